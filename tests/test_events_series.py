"""Series: their points agree, and no name is another's under a slip of the hand."""

from __future__ import annotations

import pytest

from events.record import Reading
from events.series import check_series
from events.when import When


def points(*rows: tuple[str, str], unit: str = "men", direction: str = "") -> list[Reading]:
    """Points of series by name and date, on lines from 2."""
    return [
        Reading(f"p{n}", name, When.parse(when), n, None, None, unit, direction, (), "", "", n)
        for n, (name, when) in enumerate(rows, 2)
    ]


def told(readings: list[Reading]) -> list[tuple[int, str, str]]:
    """What is wrong, by line, column and message."""
    return [
        (problem.line or 0, problem.column or "", problem.message)
        for problem in check_series(readings)
    ]


ARMY = [("Kwantung Army", "1931"), ("Kwantung Army", "1932")]


@pytest.mark.parametrize(
    ("name", "but"),
    [
        ("kwantung army", "capitals, spaces or marks"),
        ("Kwantung  Army", "capitals, spaces or marks"),
        ("Kwantung-Army", "capitals, spaces or marks"),
        ("Kwantng Army", "one letter"),
        ("Kwantumg army", "one letter"),
        ("Kwantung Armys", "one letter"),
    ],
)
def test_a_name_with_a_slip(name: str, but: str) -> None:
    """A name that is another's but for capitals, spaces or a letter is told where it stands."""
    found = told(points(*ARMY, (name, "1933")))
    assert found == [(4, "series", f"is 'Kwantung Army' but for {but}")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Army A", "Army B"),
        ("III Corps", "II Corps"),
        ("XVIII Corps", "XXIII Corps"),
        ("Fleet 1", "Fleet 2"),
        ("East front", "West front"),
        ("Imports", "Exports"),
        ("Divisions", "Divisions, 7 December 1941"),
        ("長春", "長沙"),
    ],
)
def test_names_that_are_two(one: str, other: str) -> None:
    """Letters and numbers that tell series apart are no slips."""
    assert told(points((one, "1931"), (one, "1932"), (other, "1931"))) == []


def test_of_two_as_long_neither_is_a_slip() -> None:
    """A letter tells series apart where none is the longer one."""
    assert told(points(*ARMY, ("Kwantong Army", "1931"), ("Kwantong Army", "1932"))) == []


def test_two_directions() -> None:
    """A series has one direction, as far as its points name any."""
    north = points(*ARMY, ("Kwantung Army", "1933"), direction="north")
    south = points(*[("Kwantung Army", f"193{n}") for n in range(4, 8)], direction="south")[3:]
    unnamed = points(*[("Kwantung Army", f"194{n}") for n in range(6)])[4:]
    found = told([*north, *south, *unnamed])
    assert found == [(5, "direction", "is not the direction of Kwantung Army, which is north")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("1934/1936", "1935"), ("1941", "1941-12"), ("1941-03/1941-09", "1941-06/1942-02")],
)
def test_times_that_overlap(one: str, other: str) -> None:
    """A point within the time of another is told by the line of that one."""
    found = told(points(("Oil", other), ("Oil", one)))
    assert found == [(2, "when", f"overlaps line 3 of this series, {When.parse(one).label}")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("1934", "1935"), ("1941-12-01/1941-12-07", "1941-12-07/1941-12-09"), ("1941", "1942-01")],
)
def test_times_that_touch(one: str, other: str) -> None:
    """Points may follow on each other, and share the day on which they do."""
    assert told(points(("Oil", one), ("Oil", other))) == []
