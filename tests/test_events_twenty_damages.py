"""A table with many damages: each is told once, at its line and column, and nothing else is."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from events.problem import Problem
from events.reading import EVENTS, read_tables


class Damage(NamedTuple):
    """One row, or several physical lines of it, and the problem that it has."""

    row: str
    column: str | None
    value: str | None
    told: str


HEADER = "id,title,when,lat,lon,direction,kind,status,place,actors,verified,wether"
SOUND = (
    'sound-{n},"A ""sound"" row,\nover {n}\nlines",1941-12-07,'
    "35.7,139.7,north,battle,executed,tokyo,japan,partly,"
)

DAMAGES = [
    Damage(
        "ambiguous,A,12/7/1941,35,139,north,battle,,,,,",
        "when",
        "12/7/1941",
        "is not a date in ISO 8601 or EDTF; write 1941-12-07 (7 December) or 1941-07-12 (12 July)",
    ),
    Damage(
        "impossible-day,A,1941-02-30,35,139,north,battle,,,,,",
        "when",
        "1941-02-30",
        "is not a day: February 1941 has 28 days;"
        " write a day from 01 to 28, or none if it is not known",
    ),
    Damage(
        "backwards,A,1939-09-16/1939-05-11,35,139,north,battle,,,,,",
        "when",
        "1939-09-16/1939-05-11",
        "ends before it begins; write 1939-05-11/1939-09-16 if the ends are swapped",
    ),
    Damage(
        "no-zone,A,1941-12-07T07:55,35,139,north,battle,,,,,",
        "when",
        "1941-12-07T07:55",
        "has a time but no zone;"
        " write 1941-12-07T07:55Z (in UTC) or 1941-12-07T07:55+09:00 (as in Tokyo)",
    ),
    Damage(
        "impossible-time,A,1941-12-07T25:00Z,35,139,north,battle,,,,,",
        "when",
        "1941-12-07T25:00Z",
        "is not a time: 25:00; hours run from 00 to 23, minutes and seconds from 00 to 59;"
        " midnight begins the next day",
    ),
    Damage("no-date,A,,35,139,north,battle,,,,,", "when", "", "is empty; every row needs its when"),
    Damage(
        "swapped,A,1941,139.7,35.7,north,battle,,,,,",
        "lat",
        "139.7",
        "looks swapped with the longitude; write lat 35.7 and lon 139.7",
    ),
    Damage(
        "swapped-unseen,A,1941,45.01,10.44,north,battle,,berbera,,,",
        "lat",
        "45.01",
        "looks swapped with the longitude; write lat 10.44 and lon 45.01",
    ),
    Damage(
        "lat-out,A,1941,-95,139,north,battle,,,,,",
        "lat",
        "-95",
        "is not a latitude; latitudes run from -90 to 90",
    ),
    Damage(
        "lon-out,A,1941,35,215,north,battle,,,,,", "lon", "215", "is not a longitude; write -145"
    ),
    Damage(
        "polar,A,1941,89.9,15,north,battle,,,,,",
        "lat",
        "89.9",
        "lies off the sheet, which runs from 62° S to 84° N; "
        "write a place on the sheet, or leave the row out",
    ),
    Damage(
        'comma,A,1941,"35,68",139,north,battle,,,,,',
        "lat",
        "35,68",
        "has a decimal comma; write 35.68",
    ),
    Damage(
        "word,A,1941,35,east,north,battle,,,,,",
        "lon",
        "east",
        "is not a number; write a number such as 35.68",
    ),
    Damage(",A,1941,35,139,north,battle,,,,,", "id", "", "is empty; every row needs its id"),
    Damage(
        "sound-1,A,1941,35,139,north,battle,,,,,",
        "id",
        "sound-1",
        "is already the id of line 2; give each row an id of its own",
    ),
    Damage(
        "Bad Id!,A,1941,35,139,north,battle,,,,,",
        "id",
        "Bad Id!",
        "is not an id of a-z, 0-9 and -; write bad-id",
    ),
    Damage(
        "no-title,  ,1941,35,139,north,battle,,,,,",
        "title",
        "",
        "is empty; every row needs its title",
    ),
    Damage(
        "direction,A,1941,35,139,nroth,battle,,,,,",
        "direction",
        "nroth",
        "is not in events/tables/directions.csv; did you mean north?",
    ),
    Damage(
        "kind,A,1941,35,139,north,batle,,,,,",
        "kind",
        "batle",
        "is not a choice for kind; did you mean battle?",
    ),
    Damage(
        "status,A,1941,35,139,north,battle,canceled,,,,",
        "status",
        "canceled",
        "is not a choice for status; did you mean cancelled?",
    ),
    Damage(
        "place,A,1941,35,139,north,battle,,tokio,,,",
        "place",
        "tokio",
        "is not in events/tables/places.csv; did you mean tokyo?",
    ),
    Damage(
        "actor,A,1941,35,139,north,battle,,,japan;Soviet Union,,",
        "actors",
        "japan;Soviet Union",
        "names 'Soviet Union', which is not in events/tables/actors.csv; did you mean ussr?",
    ),
    Damage(
        "verified,A,1941,35,139,north,battle,,,,sure,",
        "verified",
        "sure",
        "is not a choice for verified; write one of verified, partly, unverified",
    ),
    Damage(
        "too-many,A title, with a comma,1941,35,139,north,battle,,,,,",
        None,
        None,
        "has 13 cells where the header has 12;"
        ' a cell that holds a comma needs quotes around it: "Kyoto, Japan"',
    ),
    Damage(
        "too-few,A,1941,35,139,north,battle",
        None,
        None,
        "has 7 cells where the header has 12; an empty cell needs its comma too",
    ),
    Damage(
        'unclosed,"A,1941,35,139,north,battle,,,,,',
        None,
        None,
        "has a quote that does not fit;"
        ' a cell that begins with " ends with ", and a " inside it is written ""',
    ),
    Damage(
        "nul,A\0,1941,35,139,north,battle,,,,,", "title", "A\0", "has a NUL character; delete it"
    ),
]

COLUMNS = ", ".join((*EVENTS.required, *EVENTS.optional))
CURE = f"known are {COLUMNS}; _wether would be ignored"
UNKNOWN_COLUMN = (1, "wether", "wether", f"is not a column of this table; {CURE}")

OTHER_TABLES = {
    "directions": "id,label\nnorth,North\nsouth,South\n",
    "places": "id,name,lat,lon\ntokyo,Tokyo,35.685,139.753\nberbera,Berbera,10.44,45.01\n",
    "actors": "id,name\njapan,Japan\nussr,Soviet Union\n",
}

Told = tuple[int | None, str | None, str | None, str]


def write_project(folder: Path, damages: Sequence[Damage], newline: str) -> list[Told]:
    """Write a project where a sound row of three lines precedes each damaged one."""
    tables = folder / "events" / "tables"
    tables.mkdir(parents=True)
    for name, text in OTHER_TABLES.items():
        (tables / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    lines, expected = [HEADER], [UNKNOWN_COLUMN]
    for number, damage in enumerate(damages, 1):
        lines += SOUND.format(n=number).split("\n")
        lines.append(damage.row)
        expected.append((len(lines), *damage[1:]))
    text = newline.join((*lines, ""))
    (tables / "events.csv").write_text(text, encoding="utf-8", newline="")
    return expected


def told(problem: Problem) -> Told:
    """Line, column, value, and message with cure."""
    assert problem.path == "events/tables/events.csv"
    return problem.line, problem.column, problem.value, f"{problem.message}; {problem.hint}"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_damage_is_told_once_where_it_is(tmp_path: Path, newline: str) -> None:
    """Of all damages in a table none is missed, none invented; lines count as in an editor."""
    expected = write_project(tmp_path, DAMAGES, newline)
    tables, problems = read_tables(tmp_path)
    assert [told(problem) for problem in problems] == expected
    assert {problem.severity for problem in problems} == {"error"}
    assert len(expected) > 20
    assert [event.id for event in tables.events] == [f"sound-{n + 1}" for n in range(len(DAMAGES))]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.row.split(",")[0] or "no-id")
def test_each_damage_alone(tmp_path: Path, damage: Damage) -> None:
    """A single damage in a table is its single problem, apart from the unknown column."""
    expected = write_project(tmp_path, [damage], "\n")
    _, problems = read_tables(tmp_path)
    assert [told(problem) for problem in problems] == expected


# Ten kinds of damage to a sound row: what becomes of which cell, and the cell that is then told of.
KINDS: list[tuple[str, Callable[[str], str], str]] = [
    ("when", lambda _: "12/7/1941", "when"),
    ("when", lambda _: "1941-02-30", "when"),
    ("when", lambda _: "1941-12-07T07:55", "when"),
    ("lat", lambda _: "139.7", "lat"),
    ("lat", lambda cell: cell.replace(".", ","), "lat"),
    ("lon", lambda _: "", "lon"),
    ("status", lambda _: "exekuted", "status"),
    ("verified", lambda _: "yes", "verified"),
    ("id", lambda cell: cell.upper(), "id"),
    ("title", lambda _: "", "title"),
]


def damaged_table(seed: int, rows: int, damages: int) -> tuple[str, list[tuple[int, str, str]]]:
    """A table in which some rows are damaged, and the truth of it: (line, column, cell) of each."""
    chance = random.Random(seed)
    columns = ["id", "title", "when", "lat", "lon", "status", "verified"]
    damaged = set(chance.sample(range(rows), damages))
    lines, truth = [",".join(columns)], []
    line = 2
    for n in range(rows):
        folded = chance.random() < 0.1  # a title of two lines
        title = f'"Event {n},\nas told"' if folded else f"Event {n}"
        year, month, of_month = (
            chance.randrange(*ends) for ends in ((1910, 1946), (1, 13), (1, 29))
        )
        day = f"{year}-{month:02}-{of_month:02}"
        lat, lon = (f"{chance.uniform(low, high):.3f}" for low, high in ((-60, 80), (91, 179)))
        cells = dict(
            zip(columns, [f"e-{n}", title, day, lat, lon, "executed", "partly"], strict=True)
        )
        if n in damaged:
            column, damage, told_of = chance.choice(KINDS)
            cells[column] = damage(cells[column])
            truth.append((line, told_of, cells[told_of]))
        if "," in cells["lat"]:
            cells["lat"] = f'"{cells["lat"]}"'
        lines.append(",".join(cells.values()))
        line += 1 + lines[-1].count("\n")
    return "\n".join(lines), truth


@pytest.mark.parametrize("seed", [1941, 1939])
def test_a_hundred_damages_in_ten_thousand_rows(tmp_path: Path, seed: int) -> None:
    """Of ten kinds, sown by chance: each is told at its line and column, and none is invented."""
    text, truth = damaged_table(seed, 10_000, 100)
    tables = tmp_path / "events" / "tables"
    tables.mkdir(parents=True)
    (tables / "events.csv").write_text(text, encoding="utf-8", newline="")
    records, problems = read_tables(tmp_path)
    assert [(one.line, one.column, one.value) for one in problems] == truth
    assert len(records.events) == 9_900
