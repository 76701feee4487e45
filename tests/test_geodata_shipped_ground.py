"""The shipped ground at every date of its ledger: whole, on the sheet, without a scar at 180."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from events.when import When
from geodata.dated import Held, Ownership, square_kilometres
from geodata.ledger import changes
from geodata.reading import Ground
from shipped import shipped_ownership, shipped_project

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def ground() -> Ground:
    """The ground of the shipped project."""
    return shipped_project().ground


@pytest.fixture(scope="module")
def ownership() -> Ownership:
    """Who held what."""
    return shipped_ownership()


def large(area: shapely.Geometry) -> shapely.Geometry:
    """What of an area is no islet."""
    parts = shapely.get_parts(area)
    return shapely.multipolygons(parts[shapely.area(parts) > 0.05])


@pytest.fixture(scope="module")
def dates(ownership: Ownership) -> dict[int, list[Held]]:
    """What each held, at the first instant of every day on which anything changed hands.

    With few vertices and without islets: with all of them this takes minutes.
    """
    areas = [large(area) for _, area in ownership.histories]
    names = map(str, range(len(areas)))
    fine = dict(zip(names, shapely.coverage_simplify(areas, 0.3), strict=True))
    held = {name: line for name, (line, _) in zip(fine, ownership.histories, strict=True)}
    page = Ownership(fine, held)
    return {instant: page.as_of(instant) for instant in changes(ownership.holdings)}


def test_the_ground_is_a_coverage_at_every_date(dates: dict[int, list[Held]]) -> None:
    """No overlap, and neighbours share their edges vertex by vertex."""
    assert len(dates) > 100
    for instant, held in dates.items():
        areas = [each.area for each in held]
        assert shapely.coverage_is_valid(areas), instant
        assert shapely.is_valid(areas).all(), instant


@pytest.mark.parametrize("day", ["1936-01-01", "1939-10-15", "1942-06-30", "1945-09-05"])
def test_the_ground_is_a_coverage_with_all_its_vertices(ownership: Ownership, day: str) -> None:
    """As exported."""
    instant = When.parse(day).first
    assert instant is not None
    assert shapely.coverage_is_valid([each.area for each in ownership.as_of(instant)])


def test_no_ground_is_lost_or_held_twice_at_any_date(dates: dict[int, list[Held]]) -> None:
    """At every date the areas add up to all the ground that the ledger speaks of."""
    whole = sum(float(shapely.area(each.area)) for each in dates[max(dates)])
    first = min(dates)
    for instant, held in dates.items():
        known = sum(float(shapely.area(each.area)) for each in held)
        assert known == pytest.approx(whole, rel=1e-9), (instant - first) / 86_400_000


def test_nothing_lies_beside_the_sheet(ownership: Ownership) -> None:
    """From -30 to 330 degrees east."""
    west, _, east, _ = shapely.total_bounds(list(ownership.atoms.values()))
    assert west >= -30
    assert east <= 330


def test_there_is_no_seam_at_180(dates: dict[int, list[Held]]) -> None:
    """No area has an edge along 180 degrees on land: Chukotka is whole."""
    for held in dates.values():
        for each in held:
            parts = shapely.get_parts(each.area)
            west, _, east, _ = shapely.bounds(parts).T
            for part in parts[(west <= 180) & (east >= 180)]:
                line = shapely.intersection(
                    part.exterior, shapely.LineString([(180, 60), (180, 75)])
                )
                assert shapely.length(line) < 0.05, each.holder


def test_every_polity_of_the_ledger_has_a_side(ground: Ground, ownership: Ownership) -> None:
    """At every instant at which it holds or owns anything."""
    for timeline in ownership.holdings.values():
        for holding in timeline:
            for name in {holding.owner, holding.holder, holding.garrison} - {""}:
                rows = [row for row in ground.polities if row.id == name]
                (row,) = (row for row in rows if row.holds_at(holding.first))
                assert row.side, name


def test_areas_are_of_one_earth(ownership: Ownership) -> None:
    """All that the ledger speaks of is no more than the land of the earth."""
    total = sum(square_kilometres(area) for _, area in ownership.histories)
    assert total < 149e6
