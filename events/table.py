"""Tables: a CSV file from anybody's spreadsheet, read into rows that know where they stand.

UTF-8 with or without a byte-order mark, UTF-16 with one; lines that end in LF, CRLF or CR; cells
that span lines. Whatever is damaged becomes a Problem and the rest is read on.
"""

import codecs
import csv
import io
import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from events.problem import Problem, nearest
from events.row import Row

LARGEST_FILE = 100_000_000  # bytes
MOST_COLUMNS = 1000


class Scan(NamedTuple):
    """What a file holds: whole rows, the rows that have too many or too few cells, the problems.

    `readable` is False when nothing can be said of the rows, not even which there are. A damaged
    row holds a guess at its cells.
    """

    rows: list[Row]
    damaged: list[Row]
    problems: list[Problem]
    readable: bool


def read_table(
    path: Path, shown_as: str, required: Collection[str], optional: Collection[str]
) -> tuple[list[Row], list[Problem]]:
    """The whole rows of a CSV file, and all that is wrong with it as a table.

    `shown_as` is the path that problems name. The rows' readers add to the same list of problems.
    """
    scan = scan_table(path, shown_as, required, optional)
    return scan.rows, scan.problems


def scan_table(
    path: Path,
    shown_as: str,
    required: Collection[str],
    optional: Collection[str],
    largest: int = LARGEST_FILE,
) -> Scan:
    """Like read_table, but with the damaged rows; refuses a file of more than `largest` bytes."""
    problems: list[Problem] = []
    try:
        text = text_within(path, shown_as, largest)
        header, records = _without_empty_columns(*_header(text, required))
        columns = _columns(header, shown_as, required, optional, problems)
    except Unreadable as fault:
        problems.append(Problem(shown_as, fault.line, None, None, fault.message, fault.hint))
        return Scan([], [], problems, readable=False)
    if columns is None:
        return Scan([], [], problems, readable=False)
    rows, damaged = _rows(records, columns, shown_as, problems)
    if "\0" in text:
        _report_nul(rows)
    return Scan(rows, damaged, problems, readable=True)


# Bytes to text


class Unreadable(Exception):
    """A file of which no row can be read."""

    def __init__(self, message: str, hint: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.hint, self.line = message, hint, line


class Outside(Unreadable):
    """A file to which a link leads out of the project."""


def text_within(path: Path, shown_as: str, largest: int) -> str:
    """The text of a project's own file; Unreadable too where a link leads out of the project."""
    project = os.path.realpath(path.parents[shown_as.count("/")])
    if not Path(os.path.realpath(path)).is_relative_to(project):
        raise Outside("leads outside the project's folder", "copy the file into the folder")
    return text_of(path, largest)


def text_of(path: Path, largest: int) -> str:
    """The text of a file; Unreadable where it is too large, no file, or in no known encoding."""
    return decoded(bytes_of(path, largest))


def bytes_of(
    path: Path, largest: int, cure: str = "write this table, or name another folder"
) -> bytes:
    """What a file holds; Unreadable where it is too large or no file, with the cure if none is."""
    try:
        if not path.is_file() and path.exists():  # to read a pipe would be to wait for ever
            raise Unreadable("is not a file", "put the table itself there")
        if path.stat().st_size > largest:
            message = f"is larger than {largest / 1e6:g} MB"
            raise Unreadable(message, "split the table, or leave out what no map shows")
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("is not there", cure) from None
    except OSError as fault:
        raise Unreadable(f"cannot be read: {fault.strerror}", "") from None


def decoded(raw: bytes) -> str:
    """The text of bytes in UTF-8 or, by its mark, UTF-16; Unreadable with the line if neither."""
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Unreadable("is UTF-32", _SAVE_AS, 1)
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and b"\0" in raw[:2]:
        raise Unreadable("looks like UTF-16 without a byte-order mark", _SAVE_AS, 1)
    try:
        return raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as fault:
        good = fault.object[: fault.start].decode("utf-16" if wide else "utf-8", "ignore")
        line = len(_physical_lines(good + "."))
        encoding = "UTF-16" if wide else "UTF-8"
        message = f"is not {encoding}: this line has the byte 0x{fault.object[fault.start]:02X}"
        raise Unreadable(message, _SAVE_AS, line) from None


_SAVE_AS = 'save the table as UTF-8 (in Excel: "CSV UTF-8")'


_WITH_COMMAS = "save it with commas (LibreOffice asks; Excel takes your region's list separator)"


# Text to records


class Record(NamedTuple):
    """The cells of one record, and the line on which it begins."""

    line: int
    cells: list[str]
    fault: str = ""  # why the cells are a guess


class _Lines:
    """The physical lines of a text, for a reader that may be sent back."""

    def __init__(self, text: str) -> None:
        self.lines = _physical_lines(text)
        self.position = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.position == len(self.lines):
            raise StopIteration
        self.position += 1
        return self.lines[self.position - 1]


def _physical_lines(text: str) -> list[str]:
    return list(io.StringIO(text, newline=""))  # str.splitlines would split at U+2028 and the like


def records_of(text: str, delimiter: str = ",") -> Iterator[Record]:
    """The records that are not blank, each with the line on which it begins.

    A quote that is never closed would swallow the rest of the table. Such a record is given up at
    its first line, and reading goes on at the next.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, strict=True, delimiter=delimiter)
    while True:
        start = lines.position
        try:
            cells = list(map(str.strip, next(reader)))
        except StopIteration:
            return
        except csv.Error:
            lines.position = start + 1
            yield _misread(start + 1, lines.lines[start], delimiter)
        else:
            if any(cells):
                yield Record(start + 1, cells)


def _misread(line: int, text: str, delimiter: str) -> Record:
    cells = [cell.strip('" \r\n') for cell in text.split(delimiter)]
    longest = csv.field_size_limit()
    fault = f"has a cell of more than {longest:,} characters" if len(text) > longest else _MISFIT
    return Record(line, cells, fault)


_MISFIT = "has a quote that does not fit"
_MISFIT_CURE = 'a cell that begins with " ends with ", and a " inside it is written ""'

# Records to rows


def _header(text: str, required: Collection[str]) -> tuple[Record, Iterator[Record]]:
    columns = ",".join(required)
    first_line = re.split("[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    if re.fullmatch('"?sep=.?"?,*', first_line.strip(), re.IGNORECASE):
        message = f"begins with {first_line.strip()}, a line that only Excel understands"
        raise Unreadable(message, f"delete that line; with commas the next begins {columns}", 1)
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if separator in first_line and "," not in first_line:
            message = f"separates its columns by {name}"
            raise Unreadable(message, f"{_WITH_COMMAS}, so that it begins {columns}", 1)
    records = records_of(text)
    header = next(records, None)
    if header is None:
        raise Unreadable("is empty", f"its first line names the columns: {columns}")
    if header.fault:
        raise Unreadable(header.fault, _MISFIT_CURE, header.line)
    if len(header.cells) > MOST_COLUMNS:
        message = f"has {len(header.cells):,} columns"
        raise Unreadable(message, f"leave {MOST_COLUMNS:,} at most", header.line)
    return header, records


def _without_empty_columns(
    header: Record, records: Iterator[Record]
) -> tuple[Record, Iterator[Record]]:
    """The same without the columns at the end that have neither a name nor a cell."""
    named = max((at for at, name in enumerate(header.cells, 1) if name), default=0)
    if named == len(header.cells):
        return header, records
    kept = list(records)
    if any(any(record.cells[named:]) for record in kept):
        return header, iter(kept)
    header, *kept = [record._replace(cells=record.cells[:named]) for record in (header, *kept)]
    return header, iter(kept)


def _columns(
    header: Record,
    shown_as: str,
    required: Collection[str],
    optional: Collection[str],
    problems: list[Problem],
) -> list[str] | None:
    """The names of the columns, a misspelt one put right; None when a required one is missing."""

    def report(name: str, value: str | None, message: str, hint: str) -> None:
        problems.append(Problem(shown_as, header.line, name, value, message, hint))

    names = list(header.cells)
    absent = [name for name in (*required, *optional) if name not in names]
    for index, name in enumerate(names):
        if not name:
            hint = "name it or delete it; a name that begins with _ is your own and ignored"
            report(f"column {index + 1}", None, "has no name", hint)
        elif name in names[:index]:
            report(name, name, "is the name of two columns", "give each column its own name")
            names[index] = ""
        elif name not in required and name not in optional and not name.startswith("_"):
            meant = nearest(name, absent)
            others = f"known are {', '.join((*required, *optional))}; _{name} would be ignored"
            hint = f"did you mean {meant}?" if meant else others
            report(name, name, "is not a column of this table", hint)
            names[index] = meant or name
            absent = [other for other in absent if other != meant]
    missing = [name for name in required if name not in names]
    for name in missing:
        report(name, None, "is missing", f"add the column {name}")
    return None if missing else names


def _rows(
    records: Iterator[Record], columns: Sequence[str], shown_as: str, problems: list[Problem]
) -> tuple[list[Row], list[Row]]:
    rows: list[Row] = []
    damaged: list[Row] = []
    width = len(columns)
    for line, cells, fault in records:
        row = Row(shown_as, line, dict(zip(columns, cells, strict=False)), problems)
        if fault:
            damaged.append(row)
            problems.append(Problem(shown_as, line, None, None, fault, _MISFIT_CURE))
        elif len(cells) != width:
            damaged.append(row)
            problems.append(_miscounted(shown_as, line, cells, width))
        else:
            rows.append(row)
    return rows, damaged


def _miscounted(shown_as: str, line: int, cells: Sequence[str], width: int) -> Problem:
    message = f"has {len(cells)} cells where the header has {width}"
    hint = "an empty cell needs its comma too"
    if len(cells) > width:
        hint = 'a cell that holds a comma needs quotes around it: "Kyoto, Japan"'
        if any(cell[:1] in ("“", "”", "„") for cell in cells if cell):
            hint = 'write straight quotes, "Kyoto, Japan", not curly ones'
    return Problem(shown_as, line, None, None, message, hint)


def _report_nul(rows: Sequence[Row]) -> None:
    for row in rows:
        for column, cell in row.cells.items():
            if "\0" in cell:
                row.report(column, "has a NUL character", "delete it")
