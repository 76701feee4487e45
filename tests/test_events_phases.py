"""Phases: bands of a lane, from their table, with all that can be wrong with them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from events.reading import read_tables
from events.record import Tables
from events.words import VERIFIED

ROOT = Path(__file__).parents[1]
TABLES = {
    "directions": "id,label\nnorth,North\nsouth,South\n",
    "sources": "id,title\nCOOX1985,Nomonhan\n",
    "events": "id,title,when,lat,lon\na,A,1941,35.7,139.7\n",
}
HEAD = "id,label,direction,when,sources,verified,note\n"


def read(folder: Path, phases: str, **others: str) -> tuple[Tables, list[str]]:
    """The tables of a project with these phases, and its problems as people read them."""
    place = folder / "events" / "tables"
    place.mkdir(parents=True)
    for name, text in (TABLES | others | {"phases": phases}).items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    tables, problems = read_tables(folder)
    return tables, [str(one).removeprefix("events/tables/phases.csv:") for one in problems]


DAMAGES = [
    ("a,A,nroth,1941,,,", "2:direction: 'nroth' is not in events/tables/directions.csv; did you"),
    ("a,A,,1941,,,", "2:direction: '' is empty; every row needs its direction"),
    ("a,A,both,1941,,,", "2:direction: 'both' is not one direction; write one of north, south,"),
    ("a,A,context,1941,,,", "2:direction: 'context' is not one direction; write one of north"),
    ("a,A,north;south,1941,,,", "2:direction: 'north;south' is not one direction; write one of"),
    ("a,A,routes,1941,,,", "2:direction: 'routes' has a meaning of its own on the map; choose"),
    ("a,A,north,12/7/1941,,,", "2:when: '12/7/1941' is not a date in ISO 8601 or EDTF; write"),
    ("a,A,north,1941-02-30,,,", "2:when: '1941-02-30' is not a day: February 1941 has 28 days"),
    ("a,A,north,,,,", "2:when: '' is empty; every row needs its when"),
    ("a,A,north,1945/1941,,,", "2:when: '1945/1941' ends before it begins; write 1941/1945"),
    ("a,,north,1941,,,", "2:label: '' is empty; every row needs its label"),
    (",A,north,1941,,,", "2:id: '' is empty; every row needs its id"),
    ("A b,A,north,1941,,,", "2:id: 'A b' is not an id of a-z, 0-9 and -; write a-b"),
    ("a,A,north,1941,COOX,,", "2:sources: 'COOX' is not in events/tables/sources.csv; did you"),
    ("a,A,north,1941,,sure,", "2:verified: 'sure' is not a choice for verified; write one of"),
    ("a,A,north,1941,,,\na,B,south,1941,,,", "3:id: 'a' is already the id of line 2; give each"),
    ("a,A,north,1941,,", "2: has 6 cells where the header has 7; an empty cell needs"),
    (
        "a,A,north,1941-01/1941-06,,,\nb,B,north,1941-05-02/1942-03,,,",
        "3:when: warning: '1941-05-02/1942-03' overlaps 'A' on line 2, January–June 1941; end",
    ),
]


@pytest.mark.parametrize(("rows", "told"), DAMAGES)
def test_each_damage_is_told_once_where_it_is(tmp_path: Path, rows: str, told: str) -> None:
    """A damaged phase is one problem with line, column, value and cure."""
    _, problems = read(tmp_path, HEAD + rows + "\n")
    assert len(problems) == 1, problems
    assert problems[0].startswith(told)


def test_a_damaged_phase_is_no_phase(tmp_path: Path) -> None:
    """Of sound and damaged rows the sound ones are read; a warning costs nothing."""
    rows = "a,A,nroth,1941,,,\nb,B,north,1941,,,\nc,C,north,1941,,,\n"
    tables, problems = read(tmp_path, HEAD + rows)
    assert [phase.id for phase in tables.phases] == ["b", "c"]
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("1939-05-11/1939-09-16", "1939-09-16/1941-04-13", False),  # the day they share
        ("1939-05-11/1939-09-17", "1939-09-16/1941-04-13", True),  # one more
        ("1939/1941", "1941/1945", False),  # known to the year, so is the year they share
        ("1939/1941", "1940-12-30/1945", True),
        ("1939/1941-06", "1941-06-01/1945", False),  # the coarser of the two counts
        ("1939/..", "1941/1945", True),  # an open end runs on
        ("../1939", "1940/..", False),
        ("1941", "1941/1945", True),
        ("1941", "1936/1945", True),  # the one within the other, whatever their order
        ("1939-09-16T02:00+03:00/1941", "1939/1939-09-16", False),
    ],
)
def test_phases_may_share_a_unit_of_their_dates(
    tmp_path: Path, first: str, second: str, told: bool
) -> None:
    """One ends on the day on which the next begins; what is more is a warning."""
    _, problems = read(tmp_path, f"{HEAD}a,A,north,{first},,,\nb,B,north,{second},,,\n")
    assert bool(problems) == told
    assert all("warning" in problem for problem in problems)


def test_phases_of_two_directions_never_overlap(tmp_path: Path) -> None:
    """Each lane has phases of its own."""
    assert read(tmp_path, f"{HEAD}a,A,north,1941,,,\nb,B,south,1941,,,\n")[1] == []


def test_a_long_phase_is_met_again(tmp_path: Path) -> None:
    """A phase within another does not hide that a third overlaps the longer one."""
    rows = "a,A,north,1936/1945,,,\nb,B,north,1937,,,\nc,C,north,1944,,,\n"
    _, problems = read(tmp_path, HEAD + rows)
    assert [problem.split(",")[0] for problem in problems] == [
        "3:when: warning: '1937' overlaps 'A' on line 2",
        "4:when: warning: '1944' overlaps 'A' on line 2",
    ]


def test_without_directions_phases_are_of_the_one_lane(tmp_path: Path) -> None:
    """Where nobody names a direction, the lane is called events, and phases name it so."""
    bare = "id,label\n"
    (folder := tmp_path / "a").mkdir()
    tables, problems = read(folder, HEAD + "a,A,events,1941,,,\n", directions=bare)
    assert (problems, tables.phases[0].direction) == ([], "events")
    (folder := tmp_path / "b").mkdir()
    _, problems = read(folder, HEAD + "a,A,evnts,1941,,,\n", directions=bare)
    assert problems[0].endswith("did you mean events?")


def test_a_project_needs_no_phases(tmp_path: Path) -> None:
    """The table is optional, and may be empty."""
    tables, problems = read(tmp_path, HEAD)
    assert (tables.phases, problems) == ((), [])


def test_what_is_unknown_in_a_key_cell_is_told(tmp_path: Path) -> None:
    """The column key of the events holds yes, no or nothing."""
    events = "id,title,when,lat,lon,key\na,A,1941,1,1,yes\nb,B,1941,1,1,\nc,C,1941,1,1,x\n"
    tables, problems = read(tmp_path, HEAD, events=events)
    assert [event.key for event in tables.events] == [True, False]
    assert problems == [
        "events/tables/events.csv:4:key: 'x' is not a choice for key; write one of yes, no"
    ]


def test_the_shipped_phases_rest_on_events() -> None:
    """Each begins on a day of one event that its note names and ends on a day of the other.

    It cites only what they cite, and is no more verified than they are.
    """
    with (ROOT / "events/tables/events.csv").open(encoding="utf-8") as file:
        events = {row["id"]: row for row in csv.DictReader(file)}
    tables, _ = read_tables(ROOT)
    whens = {event.id: event.when for event in tables.events}
    assert len(tables.phases) == 18
    for phase in tables.phases:
        named = re.match(r"From ([a-z0-9-]+) to ([a-z0-9-]+)\.", phase.note)
        assert named, phase.note
        day = 86_400_000
        for at, name in zip((phase.when.first, phase.when.last), named.groups(), strict=True):
            ends = (whens[name].first or 0, whens[name].last or 0)
            assert (at or 0) // day in {end // day for end in ends}, (phase.id, name)
        rows = [events[name] for name in named.groups()]
        assert set(phase.sources) <= {one for row in rows for one in row["sources"].split(";")}
        firmness = [VERIFIED.index(row["verified"]) for row in rows]
        assert VERIFIED.index(phase.verified) >= max(firmness), phase.id
