"""The door: what it prints, where, and with which exit status."""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import make_maps
from maps import commandline

ROOT = Path(__file__).parents[1]
EVENTS = "events/tables/events.csv"
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def broken(project: Path, tmp_path: Path) -> Path:
    """The five-event war with one error and one warning."""
    copy = Path(shutil.copytree(project, tmp_path / "broken"))
    table = copy / EVENTS
    text = table.read_text(encoding="utf-8")
    text = text.replace("1887-09-01?", "9/1/1887").replace("1887-06,", "1899-06,")
    table.write_text(text, encoding="utf-8")
    return copy


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., int]:
    """Runs the door in an empty folder; gives the exit status, argparse's own too."""
    empty = tmp_path / "elsewhere"
    empty.mkdir()
    monkeypatch.chdir(empty)

    def status(*words: object) -> int:
        try:
            return make_maps.main(list(map(str, words)))
        except SystemExit as leaving:
            return int(leaving.code or 0)

    return status


def test_the_default_is_to_build(run: Callable[..., int], project: Path, capsys: Printed) -> None:
    """Without a command the site is built into ./site, and one line says so."""
    assert run("--project", project) == 0
    assert sorted(path.name for path in Path("site").glob("*.*")) == [
        ".made.json",
        "embed.html",
        "embed.js",
        "index.html",
        "two-lamps.html",
    ]
    printed = capsys.readouterr()
    assert re.fullmatch(
        r"site: made embed two-lamps index and 2 files; \d+\.\d s; no problems\n", printed.out
    )
    assert printed.err == ""


@pytest.mark.parametrize(
    "words",
    [
        ("build", "two-lamps", "--project", "{}", "--out", "x"),
        ("--project", "{}", "--out", "x", "build", "two-lamps"),
        ("two-lamps", "--project", "{}", "--out", "x"),
        ("--out", "x", "two-lamps", "--project={}"),
        ("--project", "{}", "build", "--out", "x"),
    ],
)
def test_options_stand_before_or_after_the_command(
    run: Callable[..., int], project: Path, words: tuple[str, ...]
) -> None:
    """The same options mean the same in every order, with `build` or without it."""
    assert run(*(word.format(project) for word in words)) == 0
    assert Path("x/two-lamps.html").is_file()


def test_an_edit_is_told_before_the_summary(
    run: Callable[..., int],
    project: Path,
    tmp_path: Path,
    capsys: Printed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A line for each change in words, or of JSON alone; of many in words, how many more."""
    monkeypatch.setenv("HISTORY_MAP_CACHE", str(tmp_path / "memory"))
    copy = Path(shutil.copytree(project, tmp_path / "copy"))
    table = copy / EVENTS
    text = table.read_text(encoding="utf-8")
    run("--project", copy)
    table.write_text(text.replace("52.05,", "52.15,", 1), encoding="utf-8")
    capsys.readouterr()
    assert run("--project", copy) == 0
    change, summary = capsys.readouterr().out.splitlines()
    assert change == "lamp-quarrel: lat 52.05 → 52.15; moves on 1 map"
    assert summary.startswith("site: made two-lamps, kept embed index and 2 files; ")
    rows = [f"e{n},E,1887,1,1{',' * 10}" for n in range(25)]
    table.write_text("\n".join([text.rstrip(), *rows, ""]), encoding="utf-8")
    assert run("--project", copy) == 0
    assert capsys.readouterr().out.splitlines()[20] == "... and 6 more changes"
    table.write_text(text, encoding="utf-8")
    assert run("--project", copy, "--json") == 0
    printed = capsys.readouterr()
    assert len([json.loads(line) for line in printed.out.splitlines()]) == 25
    assert printed.err.startswith("site: made two-lamps")


def test_check_writes_nothing(run: Callable[..., int], project: Path, capsys: Printed) -> None:
    """`check` says that there are no problems and makes no site."""
    assert run("check", "--project", project) == 0
    assert list(Path().iterdir()) == []
    assert capsys.readouterr().out == "no problems\n"


HEADER = "id,title,when,lat,lon,direction,kind,status,place,actors,summary,sources,verified,note"
DAMAGED = [
    ("when", "a,A,12/7/1941,1,1,west,battle,executed,,,,,,"),
    ("when", "b,B,1941-02-30,1,1,west,battle,executed,,,,,,"),
    ("when", "c,C,1941-12-08/1941-12-07,1,1,west,battle,executed,,,,,,"),
    ("when", 'd,D,"Dec 7, 1941",1,1,west,battle,executed,,,,,,'),
    ("when", "e,E,1941-12-07T25:00Z,1,1,west,battle,executed,,,,,,"),
    ("when", "f,F,1941-12-07T07:55,1,1,west,battle,executed,,,,,,"),
    ("when", "g,G,,1,1,west,battle,executed,,,,,,"),
    ("lat", 'h,H,1887,"1,5",1,west,battle,executed,,,,,,'),
    ("lat", "i,I,1887,139.7,35.7,west,battle,executed,,,,,,"),
    ("lat", "j,J,1887,89,1,west,battle,executed,,,,,,"),
    ("lon", "k,K,1887,1,200,west,battle,executed,,,,,,"),
    ("lon", "l,L,1887,1,,west,battle,executed,,,,,,"),
    ("id", ",M,1887,1,1,west,battle,executed,,,,,,"),
    ("id", "a,N,1887,1,1,west,battle,executed,,,,,,"),
    ("id", "Bad Id,O,1887,1,1,west,battle,executed,,,,,,"),
    ("title", "p,,1887,1,1,west,battle,executed,,,,,,"),
    ("direction", "q,Q,1887,1,1,wets,battle,executed,,,,,,"),
    ("kind", "r,R,1887,1,1,west,batle,executed,,,,,,"),
    ("status", "s,S,1887,1,1,west,battle,exekuted,,,,,,"),
    ("sources", "t,T,1887,1,1,west,battle,executed,,,,ANON1809,,"),
    ("verified", 'u,"U,\nin two lines",1887,1,1,west,battle,executed,,,,,perhaps,'),
    (None, "v,V,1887,1,1"),
    (None, "w,W,1887,1,1,west,battle,executed,,,,,,,,"),
]


def test_each_damaged_row_is_named_by_line_and_column(
    run: Callable[..., int], broken: Path, capsys: Printed
) -> None:
    """Twenty-three damages give twenty-three problems, none missed and none invented."""
    table = broken / EVENTS
    table.write_text("\n".join([HEADER, *(row for _, row in DAMAGED), ""]), encoding="utf-8")
    Path("site").mkdir()
    Path("site/index.html").write_text("old", encoding="utf-8")
    assert run("--project", broken) == 1
    places, line = [], 2
    for column, row in DAMAGED:
        places.append(f"{EVENTS}:{line}:{column}:" if column else f"{EVENTS}:{line}:")
        line += 1 + row.count("\n")
    printed = capsys.readouterr().err.splitlines()
    assert len(printed) == len(places), "\n".join(printed)
    for place, shown in zip(places, printed, strict=True):
        assert shown.startswith(place)
    assert Path("site/index.html").read_text(encoding="utf-8") == "old"
    assert [path.name for path in Path("site").iterdir()] == ["index.html"]


@pytest.mark.parametrize("command", ["build", "check"])
def test_problems_are_lines_on_stderr(
    run: Callable[..., int], broken: Path, capsys: Printed, command: str
) -> None:
    """Each problem is one line with file, line and column; the exit status is 1."""
    assert run(command, "--project", broken) == 1
    printed = capsys.readouterr()
    assert len(printed.err.splitlines()) == 1
    assert printed.err.startswith(f"{EVENTS}:6:when: '9/1/1887' is not a date in ISO 8601 or EDTF;")
    assert printed.out.startswith("1 error")
    assert not Path("site").exists()


def test_json_gives_a_line_of_json_a_problem(
    run: Callable[..., int], broken: Path, capsys: Printed
) -> None:
    """With --json stdout holds nothing but the problems, in the order of keys that is promised."""
    assert run("check", "--json", "--project", broken) == 1
    printed = capsys.readouterr()
    (line,) = printed.out.splitlines()
    problem = json.loads(line)
    assert list(problem) == ["severity", "path", "line", "column", "value", "message", "hint"]
    assert problem["severity"] == "error"
    assert (problem["path"], problem["line"], problem["column"]) == (EVENTS, 6, "when")
    assert problem["value"] == "9/1/1887"
    assert printed.err == "1 error\n"


def test_strict_makes_warnings_errors(
    run: Callable[..., int], broken: Path, capsys: Printed
) -> None:
    """A warning alone is status 0, and 1 with --strict."""
    table = broken / EVENTS
    table.write_text(
        table.read_text(encoding="utf-8").replace("9/1/1887", "1887-09-01"), encoding="utf-8"
    )
    assert run("check", "--project", broken) == 0
    assert "no map shows eastern-plan" in capsys.readouterr().err
    assert run("--strict", "check", "--project", broken) == 1
    assert run("build", "--project", broken, "--strict") == 1
    assert not Path("site").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--nonsense",),
        ("check", "a-story"),
        ("check", "--out", "x"),
        ("--out", "x", "check"),
        ("build", "--projec", "x"),
        ("chek",),
        ("export", "two-lamps", "--to", "geojsn"),
        ("export", "two-lamps", "--to", "geojson", "--at", ""),
        ("--project",),
    ],
)
def test_wrong_usage_is_status_2(
    run: Callable[..., int], project: Path, capsys: Printed, words: tuple[str, ...]
) -> None:
    """Unknown options, words and stories are wrong usage, said on stderr."""
    assert run(*words, *(() if words == ("--project",) else ("--project", project))) == 2
    printed = capsys.readouterr()
    assert printed.err
    assert printed.out == ""


def test_a_new_command_is_no_story() -> None:
    """A command is known by its word alone, wherever its options stand; others are stories."""
    runs = {**make_maps.COMMANDS, "a-new-command": lambda options: 0}
    parser, commands = commandline._parser(runs)
    commandline._add(commands, runs, "a-new-command", "write another form")
    for words in (["--project", "x", "a-new-command"], ["a-new-command", "--project", "x"]):
        first = commandline._command_first(words, commands.choices)
        assert first == ["a-new-command", "--project", "x"]
        assert parser.parse_args(first).project == Path("x")
    named_so = ["--project", "a-new-command", "a-story"]
    assert commandline._command_first(named_so, commands.choices) == ["build", *named_so]


def test_garbage_is_looked_for_again_afterwards(run: Callable[..., int], project: Path) -> None:
    """Who calls the door from Python gets the collector back as it was."""
    assert run("check", "--project", project) == 0
    assert gc.isenabled()


def test_help_names_every_command_option_and_status(
    run: Callable[..., int], capsys: Printed
) -> None:
    """`--help` is whole, and so is that of each command."""
    assert run("--help") == 0
    text = capsys.readouterr().out
    for word in ("build", "check", "--project", "--out", "--strict", "--json", "  3  "):
        assert word in text
    assert run("build", "--help") == 0
    assert "STORY" in capsys.readouterr().out


def test_a_missing_project_is_one_line_and_status_1(
    run: Callable[..., int], capsys: Printed
) -> None:
    """No traceback where there is no folder."""
    assert run("--project", "nowhere") == 1
    assert capsys.readouterr().err == "make_maps: nowhere: no such folder\n"


def test_a_site_that_cannot_be_written_is_one_line_and_status_1(
    run: Callable[..., int], project: Path, capsys: Printed
) -> None:
    """A file where the folder should be: one line, and the file stays."""
    Path("site").write_text("mine", encoding="utf-8")
    assert run("--project", project) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert Path("site").read_text(encoding="utf-8") == "mine"


def test_a_missing_library_is_status_3(
    run: Callable[..., int], project: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the requirements the door says how to get them."""

    def missing(project: Path) -> None:
        raise ModuleNotFoundError("No module named 'geopandas'", name="geopandas")

    monkeypatch.setattr("maps.site.check", missing)
    assert run("check", "--project", project) == 3
    assert capsys.readouterr().err == (
        "geopandas is missing; run: pip install -r requirements.txt\n"
    )


def test_names_in_any_script_are_printed_in_any_locale(broken: Path, tmp_path: Path) -> None:
    """Output is UTF-8 even where the system's locale is not, and no name can break it."""
    table = broken / EVENTS
    table.write_text(
        table.read_text(encoding="utf-8").replace("9/1/1887", "昭和十六年"), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, str(ROOT / "make_maps.py"), "check", "--project", str(broken)],
        cwd=tmp_path,
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "昭和十六年" in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr


def test_a_year_bce_may_follow_its_option(
    run: Callable[..., int], project: Path, capsys: Printed
) -> None:
    """Its minus begins no option, nor does that of a zone."""
    words = ("two-lamps", "--project", str(project), "--to", "csv")
    assert run("export", "--at", "-0479-08", *words) == 2
    assert "lies outside the span" in capsys.readouterr().err
    known = commandline._parser(make_maps.COMMANDS)[1].choices
    tied = commandline._tied(["--zone", "-05:00", "-5", "--at"], known)
    assert tied == ["--zone=-05:00", "-5", "--at"]


@pytest.mark.skipif(os.name != "posix", reason="needs a named pipe")
def test_what_is_no_file_is_written_into(
    run: Callable[..., int], project: Path, tmp_path: Path
) -> None:
    """A pipe or a device gets the text, and stays what it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    words = ("two-lamps", "--project", str(project), "--to", "csv", "--out", str(pipe))
    assert run("export", *words) == 0
    assert os.read(reader, 3) == b"id,"
    os.close(reader)
    assert pipe.is_fifo()


def test_where_a_file_cannot_be_is_said_before_the_work(
    run: Callable[..., int], project: Path, tmp_path: Path, capsys: Printed
) -> None:
    """Nobody waits for a film whose folder is not there: not even the tables are read."""
    out = tmp_path / "nowhere" / "film.mp4"
    assert run("video", "two-lamps", "--project", str(project / "none"), "--out", str(out)) == 1
    assert f"{out.parent}: no such folder" in capsys.readouterr().err
