"""Tables: files from anybody's spreadsheet, and what may be wrong with them."""

import os
from pathlib import Path

import pytest

from events.problem import Problem
from events.row import Row
from events.table import read_table, scan_table
from geodata.features import read_rows

REQUIRED = ("id", "title")
OPTIONAL = ("note",)
SHOWN = "events/tables/events.csv"


def read(folder: Path, raw: bytes | str) -> tuple[list[Row], list[Problem]]:
    """Read a table of these bytes, or of this text in UTF-8."""
    path = folder / "table.csv"
    path.write_bytes(raw.encode("utf-8") if isinstance(raw, str) else raw)
    return read_table(path, SHOWN, REQUIRED, OPTIONAL)


def only(problems: list[Problem]) -> tuple[int | None, str | None, str | None, str]:
    """Line, column, value and message of the one problem."""
    assert len(problems) == 1, [str(problem) for problem in problems]
    problem = problems[0]
    assert problem.path == SHOWN
    return problem.line, problem.column, problem.value, problem.message


# Encodings and line ends


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, newline: str) -> None:
    """UTF-8 with or without a mark and UTF-16 with one read alike, with LF, CRLF or CR."""
    text = newline.join(("id,title", "a,Lüshun 旅順", "b,Ōsaka", ""))
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    rows, problems = read(tmp_path, (mark + text).encode(encoding))
    assert problems == []
    assert [(row.line, row.text("title")) for row in rows] == [(2, "Lüshun 旅順"), (3, "Ōsaka")]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_broken_encoding_names_the_line(tmp_path: Path, mark: bytes, newline: bytes) -> None:
    """The first byte that is not UTF-8 is named with its line."""
    raw = mark + newline.join((b"id,title", b"a,Good \xc3\xbc", b"b,Caf\xe9", b"c,\xff", b""))
    rows, problems = read(tmp_path, raw)
    assert rows == []
    assert only(problems) == (3, None, None, "is not UTF-8: this line has the byte 0xE9")
    assert "UTF-8" in problems[0].hint


def test_broken_utf_16(tmp_path: Path) -> None:
    """Half a character in UTF-16 is named with its line."""
    raw = "id,title\na,A\nb,B".encode("utf-16") + b"\x00"
    assert only(read(tmp_path, raw)[1])[0] == 3


def test_utf_16_without_a_mark(tmp_path: Path) -> None:
    """UTF-16 without a byte-order mark is recognised and refused."""
    message = "looks like UTF-16 without a byte-order mark"
    assert only(read(tmp_path, "id,title\n".encode("utf-16-le"))[1]) == (1, None, None, message)


# Files


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is one problem."""
    _, problems = read_table(tmp_path / "none.csv", SHOWN, REQUIRED, OPTIONAL)
    assert only(problems) == (None, None, None, "is not there")


def test_folder_instead_of_a_file(tmp_path: Path) -> None:
    """A folder of that name is a problem, not a traceback."""
    _, problems = read_table(tmp_path, SHOWN, REQUIRED, OPTIONAL)
    assert only(problems)[3] == "is not a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_instead_of_a_file(tmp_path: Path) -> None:
    """A named pipe is a problem; nobody waits for what may come out of it."""
    os.mkfifo(tmp_path / "table.csv")
    _, problems = read_table(tmp_path / "table.csv", SHOWN, REQUIRED, OPTIONAL)
    assert only(problems)[3] == "is not a file"


@pytest.mark.parametrize("text", ["", "\n\n", " , \r\n"])
def test_empty_file(tmp_path: Path, text: str) -> None:
    """An empty file is told which columns to begin with."""
    _, problems = read(tmp_path, text)
    assert only(problems) == (None, None, None, "is empty")
    assert problems[0].hint == "its first line names the columns: id,title"


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    """A file beyond the limit is not read at all."""
    path = tmp_path / "table.csv"
    path.write_bytes(b"id,title\n" * 100)
    scan = scan_table(path, SHOWN, REQUIRED, OPTIONAL, largest=500)
    assert only(scan.problems) == (None, None, None, "is larger than 0.0005 MB")
    assert not scan.readable


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    """A line of a hundred thousand names is no header; to compare them all would take hours."""
    _, problems = read(tmp_path, "id,title" + ",x" * 100_000)
    assert only(problems) == (1, None, None, "has 100,002 columns")
    assert problems[0].hint == "leave 1,000 at most"


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    """A table that leads to another file does not tell that file's cells; within, it may lead."""
    tables, secret = tmp_path / "atlas" / "events" / "tables", tmp_path / "secret.txt"
    tables.mkdir(parents=True)
    secret.write_text("secret\n", encoding="utf-8")
    (tables.parent / "mine.csv").write_text("id,title\na,A\n", encoding="utf-8")
    try:
        (tables / "events.csv").symlink_to(secret)
        (tables / "places.csv").symlink_to(tables.parent / "mine.csv")
    except OSError:
        pytest.skip("links cannot be made here")
    _, problems = read_table(tables / "events.csv", SHOWN, REQUIRED, OPTIONAL)
    assert only(problems) == (None, None, None, "leads outside the project's folder")
    rows, problems = read_table(tables / "places.csv", SHOWN, REQUIRED, OPTIONAL)
    assert (len(rows), problems) == (1, [])
    _, problems = read_rows(tables / "events.csv", SHOWN, ())
    assert str(problems[0]).endswith("the project's folder; copy the file into the folder")


# Headers


def test_header_alone_is_a_table(tmp_path: Path) -> None:
    """A table without rows has no problem."""
    assert read(tmp_path, "id,title\n") == ([], [])


def test_missing_required_column(tmp_path: Path) -> None:
    """A required column that is missing is named on the header's line."""
    rows, problems = read(tmp_path, "\nid,note\na,A\n")
    assert only(problems) == (2, "title", None, "is missing")
    assert rows == []


def test_unknown_column(tmp_path: Path) -> None:
    """A column that nobody knows is a problem; the rows are read all the same."""
    rows, problems = read(tmp_path, "id,title,weather\na,A,fine\n")
    assert only(problems) == (1, "weather", "weather", "is not a column of this table")
    assert len(rows) == 1


@pytest.mark.parametrize("name", ["titel", "Title", "titles"])
def test_misspelt_column_is_read_as_the_one_meant(tmp_path: Path, name: str) -> None:
    """A misspelt column is one problem, and its cells are checked under the right name."""
    rows, problems = read(tmp_path, f"id,{name}\na,A\n")
    assert only(problems)[:3] == (1, name, name)
    assert problems[0].hint == "did you mean title?"
    assert rows[0].text("title") == "A"


def test_own_columns_are_ignored(tmp_path: Path) -> None:
    """Columns that begin with _ are the author's own."""
    assert read(tmp_path, "id,title,_todo,_todo2\na,A,x,y\n")[1] == []


def test_duplicate_column(tmp_path: Path) -> None:
    """Of two columns with one name the first counts, and that is a problem."""
    rows, problems = read(tmp_path, "id,title,title\na,A,B\n")
    assert only(problems)[:3] == (1, "title", "title")
    assert rows[0].text("title") == "A"


def test_nameless_column(tmp_path: Path) -> None:
    """A column without a name but with a cell in it is a problem."""
    assert only(read(tmp_path, "id,title,\na,A,x\n")[1]) == (1, "column 3", None, "has no name")
    assert only(read(tmp_path, "id,,title\na,,A\n")[1]) == (1, "column 2", None, "has no name")


def test_empty_columns_at_the_end(tmp_path: Path) -> None:
    """Columns at the end without a name or a cell, as spreadsheets leave them, are passed over."""
    rows, problems = read(tmp_path, "id,title,,\na,A,,\nb,B\nc,C,\n")
    assert problems == []
    assert [row.cells for row in rows] == [{"id": n, "title": n.upper()} for n in "abc"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("first", ["sep=;", "sep=,", '"sep=;"', "SEP=;"])
def test_line_for_excel(tmp_path: Path, newline: str, first: str) -> None:
    """A first line that tells Excel the separator is named, with its cure."""
    _, problems = read(tmp_path, newline.join((first, "id;title", "a;A, B", "")))
    message = f"begins with {first}, a line that only Excel understands"
    assert only(problems) == (1, None, None, message)
    assert problems[0].hint == "delete that line; with commas the next begins id,title"


def test_semicolons_and_bare_returns(tmp_path: Path) -> None:
    """The separator of the header is judged by the header, also where lines end in CR."""
    _, problems = read(tmp_path, 'id;title\ra;"A, B"\r')
    assert only(problems) == (1, None, None, "separates its columns by semicolons")


def test_utf_32(tmp_path: Path) -> None:
    """UTF-32 is called by its name and cured."""
    _, problems = read(tmp_path, "id,title\na,A\n".encode("utf-32"))
    assert only(problems) == (1, None, None, "is UTF-32")
    assert "UTF-8" in problems[0].hint


def test_curly_quotes(tmp_path: Path) -> None:
    """Quotes that a word processor has bent do not hold a cell together; the cure says so."""
    _, problems = read(tmp_path, "id,title\na,“Kyoto, Japan”\n")
    assert only(problems)[3] == "has 3 cells where the header has 2"
    assert "straight quotes" in problems[0].hint


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs")])
@pytest.mark.parametrize("quote", ["", '"'])
def test_wrong_separator(tmp_path: Path, separator: str, name: str, quote: str) -> None:
    """A table with other separators is one problem, not one for each row."""
    text = f"{quote}id{quote}{separator}{quote}title{quote}\n1{separator}2,5\n"
    assert only(read(tmp_path, text)[1]) == (1, None, None, f"separates its columns by {name}")


# Rows


def test_lines_are_physical(tmp_path: Path) -> None:
    """A row is named by the line on which it begins, after cells that span lines."""
    text = (
        'id,title,note\r\na,"one\r\ntwo\r\nthree",\r\n\r\nb,B,"x\ny"\r\nc,C,\u2028\x0b\r\nd,D,\r\n'
    )
    rows, problems = read(tmp_path, text)
    assert problems == []
    assert [(row.text("id"), row.line) for row in rows] == [("a", 2), ("b", 6), ("c", 8), ("d", 9)]
    assert rows[0].text("title") == "one\r\ntwo\r\nthree"


def test_blank_rows_are_skipped(tmp_path: Path) -> None:
    """Rows whose cells are all blank are no rows, however many cells they have."""
    rows, problems = read(tmp_path, "id,title\n\n,\n , ,,\na,A\n   \n")
    assert problems == []
    assert [row.line for row in rows] == [5]


def test_cells_are_stripped_only(tmp_path: Path) -> None:
    """Cells lose the blanks around them and nothing else."""
    rows, _ = read(tmp_path, 'id,title\n a ,"  He said ""hi"", twice \u00a0"\n')
    assert rows[0].cells == {"id": "a", "title": 'He said "hi", twice'}


@pytest.mark.parametrize(("cells", "count"), [("a", 1), ("a,A,n,x", 4), ("a,A,n,", 4)])
def test_wrong_number_of_cells(tmp_path: Path, cells: str, count: int) -> None:
    """A row with too many or too few cells is a problem at its line."""
    rows, problems = read(tmp_path, f"id,title,note\nx,X,\n{cells}\ny,Y,\n")
    assert only(problems) == (3, None, None, f"has {count} cells where the header has 3")
    assert [row.text("id") for row in rows] == ["x", "y"]


def test_unclosed_quote_costs_one_row(tmp_path: Path) -> None:
    """A quote that is never closed is a problem at its line, and the rest is read."""
    text = 'id,title\na,"A\nb,B\nc,"C, quoted"\nd,D\n'
    rows, problems = read(tmp_path, text)
    assert only(problems) == (2, None, None, "has a quote that does not fit")
    assert [(row.text("id"), row.line) for row in rows] == [("b", 3), ("c", 4), ("d", 5)]


def test_unclosed_quote_without_another(tmp_path: Path) -> None:
    """The same holds when no other quote stops the reader before the end."""
    rows, problems = read(tmp_path, 'id,title\na,"A\n' + "b,B\n" * 3)
    assert only(problems)[0] == 2
    assert len(rows) == 3


def test_stray_quote(tmp_path: Path) -> None:
    """A quote inside a quoted cell that is not doubled is a problem at its line."""
    rows, problems = read(tmp_path, 'id,title\na,"He said "hi" there"\nb,B\n')
    assert only(problems) == (2, None, None, "has a quote that does not fit")
    assert [row.text("id") for row in rows] == ["b"]


def test_endless_cell(tmp_path: Path) -> None:
    """A cell longer than the reader takes is a problem, not a traceback."""
    rows, problems = read(tmp_path, f"id,title\na,{'x' * 200_000}\nb,B\n")
    assert only(problems)[:2] == (2, None)
    assert [row.text("id") for row in rows] == ["b"]


def test_nul_is_found(tmp_path: Path) -> None:
    """A NUL character is a problem at its cell."""
    _, problems = read(tmp_path, "id,title\na,A\nb,B\0B\n")
    assert only(problems) == (3, "title", "B\0B", "has a NUL character")


def test_damaged_rows_are_kept_apart(tmp_path: Path) -> None:
    """Who asks gets the damaged rows too, with a guess at their cells."""
    path = tmp_path / "table.csv"
    path.write_text('id,title\na,A,x\nb,"B\nc\n', encoding="utf-8", newline="")
    scan = scan_table(path, SHOWN, REQUIRED, OPTIONAL)
    assert [row.text("id") for row in scan.damaged] == ["a", "b", "c"]
    assert len(scan.problems) == 3
