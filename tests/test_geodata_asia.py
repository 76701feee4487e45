"""Asia's and the Pacific's ground: areas as published, cities by date, towns of 1945."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
import shapely

from events.when import When
from geodata.dated import Ownership, square_kilometres
from shipped import shipped_ownership

ROOT = Path(__file__).parents[1]
TESTS = Path(__file__).parent

# Thousand square kilometres as published, and which atoms they are.
AREAS = {
    "Kwantung Leased Territory": (3.462, ("CHN/Liaoning:kwantung",)),
    "Mongolia": (1564, ("MNG",)),
    "Indochina": (739, ("VNM", "LAO", "KHM")),
    "Dutch East Indies": (1904, ("IDN",)),
    "Philippines": (300, ("PHL",)),
    "Korea": (220.8, ("KOR", "PRK")),
    "Formosa": (36.0, ("TWN:formosa",)),
    "Karafuto": (36.1, ("RUS/Sakhalin:karafuto",)),
}

# Published areas that Natural Earth does not reach, thousand square kilometres, and why.
SHORT = {
    "Karafuto": (
        33.8,
        "the survey of Karafuto counts 36.1; coasts of today (GSHHG too) give 33.4 to 33.9",
    )
}

# Towns of August 1945 that the ledger does not have on the day of the table, and why.
TOWN_EXCEPTIONS = {
    "Hailar fort": "5 km from the town, in the same atom; the fort gave up on 18 August",
    "Aigun": "its point, rounded to half a degree, falls on the Soviet bank of the Amur",
}


@pytest.fixture(scope="module")
def ownership() -> Ownership:
    """The shipped ledger."""
    return shipped_ownership()


def instant(day: str) -> int:
    """The first instant of a day."""
    first = When.parse(day).first
    assert first is not None
    return first


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table beside the tests."""
    with (TESTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def thousands(ownership: Ownership, beginnings: tuple[str, ...]) -> float:
    """The area of all atoms whose ids begin so."""
    atoms = [area for atom, area in ownership.atoms.items() if atom.startswith(beginnings)]
    return sum(map(square_kilometres, atoms)) / 1000


def holder(ownership: Ownership, lat: float, lon: float, day: str) -> str:
    """Who held a place on a day."""
    holding = ownership.at(lat, lon, instant(day))
    assert holding is not None
    return holding.holder


@pytest.mark.parametrize("name", AREAS)
def test_areas_are_those_published(ownership: Ownership, name: str) -> None:
    """Within 2 %, save where Natural Earth itself falls short."""
    published, beginnings = AREAS[name]
    expected = SHORT.get(name, (published,))[0]
    assert thousands(ownership, beginnings) == pytest.approx(expected, rel=0.02)


def test_manchukuo_and_the_japanese_empire_have_their_published_areas(ownership: Ownership) -> None:
    """Manchukuo 1,303 and the empire 681 thousand square kilometres in September 1938."""
    areas = {"manchukuo": 0.0, "empire": 0.0}
    for held in ownership.as_of(instant("1938-09-01")):
        if held.holder == "manchukuo":
            areas["manchukuo"] += square_kilometres(held.area) / 1000
        if held.owner == "japan" and held.status in ("sovereign", "colony"):
            areas["empire"] += square_kilometres(held.area) / 1000
    assert areas["manchukuo"] == pytest.approx(1303, rel=0.02)
    assert areas["empire"] == pytest.approx(681, rel=0.02)


@pytest.mark.parametrize(
    "row", rows("cities_asia.csv"), ids=lambda row: f"{row['city']} {row['when']}"
)
def test_cities_are_held_by_whom_history_says(ownership: Ownership, row: dict[str, str]) -> None:
    """Owner and holder on a day; an empty owner is left open."""
    holding = ownership.at(float(row["lat"]), float(row["lon"]), instant(row["when"]))
    assert holding is not None
    assert holding.holder == row["holder"]
    assert row["owner"] in ("", holding.owner)


@pytest.mark.parametrize("row", rows("towns_manchuria_1945.csv"), ids=lambda row: row["town"])
def test_towns_of_manchuria_fall_on_their_day(ownership: Ownership, row: dict[str, str]) -> None:
    """The day before another held the town; from the day on it is held by who took it."""
    lat, lon = float(row["lat"]), float(row["lon"])
    before = (date.fromisoformat(row["when"]) - timedelta(days=1)).isoformat()
    assert holder(ownership, lat, lon, row["when"]) == row["holder"]
    taken = holder(ownership, lat, lon, before) != row["holder"]
    assert taken == (row["town"] not in TOWN_EXCEPTIONS)


def test_the_38th_parallel_parts_korea_in_september_1945(ownership: Ownership) -> None:
    """Soviet to its north, American to its south, from coast to coast."""
    for lon in (125.5, 126.5, 127.5, 128.3):
        assert holder(ownership, 38.1, lon, "1945-09-10") == "soviet-union"
        assert holder(ownership, 37.9, lon, "1945-09-10") == "usa"


def test_japanese_garrisons_stand_in_indochina_before_it_is_occupied(ownership: Ownership) -> None:
    """In the north from September 1940, in the south from July 1941; French rule to March 1945."""
    garrisons = {
        ("1940-08-01", 21.03, 105.85): "",
        ("1940-10-01", 21.03, 105.85): "japan",
        ("1940-10-01", 10.78, 106.7): "",
        ("1941-08-01", 10.78, 106.7): "japan",
        ("1945-04-01", 10.78, 106.7): "",
    }
    for (day, lat, lon), garrison in garrisons.items():
        holding = ownership.at(lat, lon, instant(day))
        assert holding is not None
        assert holding.garrison == garrison


def test_japan_holds_more_in_1942_than_before_or_after(ownership: Ownership) -> None:
    """Its greatest extent lies between Midway and the landings of 1944."""
    days = ("1936-06-01", "1941-12-07", "1942-08-01", "1945-08-01", "1945-12-01")
    sizes = [
        sum(
            shapely.area(held.area)
            for held in ownership.as_of(instant(day))
            if held.holder == "japan"
        )
        for day in days
    ]
    assert max(sizes) == sizes[2]
    assert sizes[0] < sizes[1]
    assert sizes[4] == 0
