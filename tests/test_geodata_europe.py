"""Europe's ground: areas as published, cities by date, and what was handed over."""

from __future__ import annotations

import csv
import json
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import shapely
from shapely import Geometry
from shapely.geometry import shape

from events.when import When
from geodata.dated import Ownership, square_kilometres
from shipped import shipped_ownership

ROOT = Path(__file__).parents[1]
TESTS = Path(__file__).parent

# Thousand square kilometres as published, of all that one owned on a day.
OWNED = {
    "austria": ("1938-03-01", 83.9),
    "belgium": ("1938-09-01", 30.5),
    "czechoslovakia": ("1938-09-01", 140.5),
    "danzig": ("1938-09-01", 1.97),
    "estonia": ("1938-09-01", 47.5),
    "finland": ("1938-09-01", 382.8),
    "germany": ("1938-01-01", 470.7),
    "greece": ("1938-09-01", 129.3),
    "hungary": ("1938-09-01", 93.1),
    "italy": ("1938-09-01", 310.2),
    "latvia": ("1938-09-01", 65.8),
    "lithuania": ("1938-09-01", 55.7),
    "poland": ("1938-09-01", 388.6),
    "romania": ("1938-09-01", 295.0),
    "yugoslavia": ("1938-09-01", 247.5),
}

# What was handed over, thousand square kilometres as published, and how near it must be: small
# strips were drawn from memory, a line five kilometres off is a tenth of their area.
HANDED_OVER = {
    "Ceded by Finland, 1940 and 1944": (
        44.1,
        0.05,
        ("RUS/*:isthmus", "RUS/Karelia:ladoga", "RUS/*:salla", "RUS/Murmansk:petsamo"),
    ),
    "Petsamo, 1944": (10.48, 0.03, ("RUS/Murmansk:petsamo",)),
    "Vilnius region, 1939": (6.88, 0.05, ("LTU/*:vilnius",)),
    "Memel, 1939": (2.66, 0.1, ("LTU/*:memel",)),
    "Sudetenland, 1938": (28.9, 0.03, ("CZE/*:sudeten", "CZE/Karlovarský")),
    "Zaolzie, 1938": (0.80, 0.05, ("CZE/*:zaolzie",)),
    "First Vienna Award, 1938": (11.93, 0.05, ("*:award",)),
    "Subcarpathia, 1939": (11.1, 0.03, ("UKR/Transcarpathia:rest",)),
    "Northern Transylvania, 1940": (
        43.1,
        0.03,
        ("ROU/*:north", "ROU/Satu Mare", "ROU/Salaj", "ROU/Maramures"),
    ),
    "Southern Dobruja, 1940": (7.57, 0.03, ("BGR/Dobrich", "BGR/Silistra")),
    "Alsace and Lorraine, 1940": (14.5, 0.03, ("FRA:alsace*",)),
    "General Government, 1939": (
        95.5,
        0.03,
        ("POL/*:general-government", "POL/Lublin", "POL/Świętokrzyskie"),
    ),
}


@pytest.fixture(scope="module")
def ownership() -> Ownership:
    """The shipped ledger."""
    return shipped_ownership()


@pytest.fixture(scope="module")
def ladoga() -> Geometry:
    """The lake, which Natural Earth's units reach over and published areas do not count."""
    text = (ROOT / "geodata/layers/lakes.geojson").read_text(encoding="utf-8")
    lakes = [shape(feature["geometry"]) for feature in json.loads(text)["features"]]
    return next(lake for lake in lakes if lake.contains(shapely.Point(31.5, 60.9)))


def instant(day: str) -> int:
    """The first instant of a day."""
    first = When.parse(day).first
    assert first is not None
    return first


def thousands(areas: list[Geometry], ladoga: Geometry) -> float:
    """How large they are on the ellipsoid, without the lake."""
    return square_kilometres(shapely.difference(shapely.union_all(areas), ladoga)) / 1000


@pytest.mark.parametrize("owner", OWNED)
def test_states_have_their_published_areas(
    ownership: Ownership, ladoga: Geometry, owner: str
) -> None:
    """Within 2 %."""
    day, published = OWNED[owner]
    areas = [held.area for held in ownership.as_of(instant(day)) if held.owner == owner]
    assert thousands(areas, ladoga) == pytest.approx(published, rel=0.02)


@pytest.mark.parametrize("ground", HANDED_OVER)
def test_ground_handed_over_has_its_published_area(
    ownership: Ownership, ladoga: Geometry, ground: str
) -> None:
    """As near as its lines allow."""
    published, nearness, patterns = HANDED_OVER[ground]
    areas = [
        area
        for atom, area in ownership.atoms.items()
        if any(fnmatchcase(atom, pattern) for pattern in patterns)
    ]
    assert thousands(areas, ladoga) == pytest.approx(published, rel=nearness)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table beside the tests."""
    with (TESTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "row", rows("cities_europe.csv"), ids=lambda row: f"{row['city']} {row['when']}"
)
def test_cities_are_held_by_whom_history_says(ownership: Ownership, row: dict[str, str]) -> None:
    """Owner and holder on a day, without what fronts say."""
    holding = ownership.at(float(row["lat"]), float(row["lon"]), instant(row["when"]))
    assert holding is not None
    assert (holding.owner, holding.holder) == (row["owner"], row["holder"])


def test_the_ledger_leaves_the_war_in_the_east_to_the_front(ownership: Ownership) -> None:
    """At its greatest extent, Germany holds nothing of the Soviet Union by the ledger."""
    held = ownership.as_of(instant("1942-11-18"))
    assert not [each for each in held if (each.owner, each.holder) == ("soviet-union", "germany")]


def test_nobody_holds_ground_for_germany_or_its_clients_when_the_war_is_over(
    ownership: Ownership,
) -> None:
    """In September 1945 the last holders are the Allies and the states restored."""
    held = {each.holder for each in ownership.as_of(instant("1945-09-01"))}
    assert not held & {"germany", "croatia", "slovakia", "bohemia-moravia", "danzig"}
