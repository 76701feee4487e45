"""The fronts that are shipped: whole on every day, and the right side of known towns."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from events.when import When
from geodata.dated import holder_at
from geodata.fronts import NOON, Front, front_scene, is_simple_throughout
from geodata.reading import Ground
from shipped import shipped_project

ROOT = Path(__file__).parents[1]
TESTS = Path(__file__).parent
DAY = 86_400_000
DEGREE = 111.2  # kilometres
SQUASHED = (0.62, 1.0)  # a degree of longitude in degrees of latitude, at 52 north
NEAR = 25  # kilometres within which a town may be told a day early or late

EARLY = {
    "Lwow": "the line of 2 July lies far beyond it, and it fell two days before",
    "Novgorod": "fought for from the 15th; the next line is that of 21 August",
    "Nikolaev": "reached from the north on the 15th; its own day has a line",
    "Dnepropetrovsk": "the bridgehead of the 25th is drawn on the 26th",
    "Kharkov": "its western edge was reached on the 23rd; its own day has a line",
    "Kursk": "the line of the 3rd is drawn beyond it, for a town taken in the evening",
}


def ground() -> Ground:
    """The ground of the atlas."""
    return shipped_project().ground


def front(name: str) -> Front:
    """One of the fronts."""
    return next(each for each in ground().fronts if each.id == name)


def noon(day: str) -> int:
    """The instant for which the line of a day is drawn."""
    first = When.parse(day).first
    assert first is not None
    return first + NOON


def holder(row: dict[str, str], instant: int) -> str:
    """Who holds the place of a row of a table."""
    here = ground()
    assert here.ownership
    place = (float(row["lat"]), float(row["lon"]))
    return holder_at(here.ownership, here.fronts, here.polities, place, instant)


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table beside the tests."""
    with (TESTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days() -> list[tuple[str, int]]:
    """Every day of 1941 from the first line, then every thirtieth, for each front."""
    found = []
    for name in ("eastern", "finnish"):
        one = front(name)
        dense = range(one.first, noon("1941-12-31") + 1, DAY)
        found += [(name, at) for at in (*dense, *range(noon("1942-01-15"), one.last, 30 * DAY))]
    return found


def test_a_front_parts_its_theatre_on_every_day() -> None:
    """One line that does not cross itself; two parts that are the whole theatre."""
    for name, instant in days():
        one = front(name)
        whole = shapely.Polygon(one.theatre)
        assert shapely.LineString(one.line_at(instant)).is_simple
        left, right = one.parts_at(instant)
        assert min(left.area, right.area) > whole.area / 1000, (name, instant)
        assert left.area + right.area == pytest.approx(whole.area)
        assert shapely.intersection(left, right).area < 1e-9


def test_no_leg_crosses_itself_on_its_way() -> None:
    """So the browser may blend the vertices of one line with those of the next."""
    for one in ground().fronts:
        for (begin, end), (this, _) in zip(one.legs, pairwise(one.snapshots), strict=True):
            assert is_simple_throughout(begin, end, 15), (one.id, this.when.text)


def grid(one: Front) -> NDArray[np.float64]:
    """Places of a theatre, some ten kilometres apart."""
    area = shapely.Polygon(one.theatre)
    west, south, east, north = area.bounds
    lngs, lats = np.meshgrid(np.arange(west, east, 0.15), np.arange(south, north, 0.1))
    places = np.column_stack([lngs.ravel(), lats.ravel()])
    return np.asarray(places[shapely.contains_xy(area, places)], dtype=np.float64)


def is_left(one: Front, places: NDArray[np.float64], instant: int) -> NDArray[np.bool_]:
    """Which places lie left of the line."""
    left, _ = one.parts_at(instant)
    shapely.prepare(left)
    return np.asarray(shapely.contains_xy(left, places), dtype=np.bool_)


def far(one: Front, places: NDArray[np.float64], instant: int) -> NDArray[np.float64]:
    """How far from the line each place lies, in kilometres."""
    line = shapely.LineString(one.line_at(instant) * SQUASHED)
    return np.asarray(shapely.distance(line, shapely.points(places * SQUASHED)) * DEGREE)


def pocketed(one: Front, places: NDArray[np.float64], instant: int) -> NDArray[np.bool_]:
    """Which places lie in pockets."""
    rings = [shapely.Polygon(each.ring) for each in one.pockets_at(instant)]
    return np.asarray(shapely.contains_xy(shapely.union_all(rings), places), dtype=np.bool_)


@pytest.mark.parametrize("name", ["eastern", "finnish"])
def test_ground_held_at_both_ends_is_not_lost_between(name: str) -> None:
    """Half way between two lines nobody has lost ground that both lines give him, by over 20 km."""
    one = front(name)
    places = grid(one)
    instants = [each.instant for each in one.snapshots]
    sides = [is_left(one, places, instant) for instant in instants]
    for (start, end), (before, after) in zip(pairwise(instants), pairwise(sides), strict=True):
        if np.array_equal(one.line_at(start), one.line_at(end)):
            continue
        middle = (start + end) // 2
        between = is_left(one, places, middle)
        lost = places[(before == after) & (between != before) & ~pocketed(one, places, middle)]
        worst = float(far(one, lost, middle).max(initial=0))
        assert worst < 20, (start, worst)


def test_towns_of_1941_fall_on_their_day() -> None:
    """Soviet the day before, not the day after; who is early lies near the line, and is named."""
    early = set()
    line = front("eastern")
    for row in table("towns_1941.csv"):
        taken = row["captured"] or "1941-12-31"
        before, after = noon(taken) - DAY, noon(taken) + DAY
        if before >= line.first and holder(row, before) != "soviet-union":
            early.add(row["city"])
            place = shapely.Point(float(row["lon"]) * SQUASHED[0], float(row["lat"]))
            way = shapely.LineString(line.line_at(before) * SQUASHED).distance(place) * DEGREE
            assert way < NEAR, (row["city"], way)
        held = holder(row, after)
        assert (held == "soviet-union") == (not row["captured"]), (row["city"], held)
    assert early == set(EARLY)


def test_cities_are_on_the_side_that_held_them() -> None:
    """By ledger, line and pocket, at noon of each day of the table."""
    wrong = [
        (row["city"], row["when"], held, row["holder"])
        for row in table("cities_fronts.csv")
        if (held := holder(row, noon(row["when"]))) != row["holder"]
    ]
    assert not wrong


def test_stalingrad_was_contested() -> None:
    """On 18 November 1942 the line goes through the city."""
    line = shapely.LineString(front("eastern").line_at(noon("1942-11-18")) * SQUASHED)
    assert line.distance(shapely.Point(44.52 * SQUASHED[0], 48.71)) * DEGREE < 5


def test_the_scene_of_a_front_is_small() -> None:
    """Ground that stays is told by few vertices."""
    scenes = [front_scene(one) for one in ground().fronts]
    assert sum(len(leg["from"]) for scene in scenes for leg in scene["legs"]) < 14_000
