"""Projects that never were: the same events and routes for us and for folium's plugins.

Events are points with a timespan over 1936-1945, about four in a hundred at a time; routes move
along five waypoints. A seed makes all of it, so that every run measures the same map.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

SEED = 1941
DAY = 86_400_000  # milliseconds
OPENS, CLOSES = date(1936, 1, 1).toordinal(), date(1945, 12, 31).toordinal()
EPOCH = date(1970, 1, 1).toordinal()
ACTIVE = 0.04  # the share of events that go on at a time
ROUTES = 200
DIRECTIONS = ("north", "south")
KINDS = ("battle", "decision", "diplomacy", "deployment", "economy", "event")
DEEDS = ("Attack on", "Council at", "Landing near", "Retreat from", "Treaty of", "Siege of")
SYLLABLES = ("ka", "ro", "mi", "ten", "sha", "lu", "vor", "ne", "bi", "sul", "do", "ya")


class Happening(NamedTuple):
    """One event; days are ordinals, both included, degrees as in tables."""

    id: str
    title: str
    first: int
    last: int
    lat: float
    lon: float
    direction: str
    kind: str


class Movement(NamedTuple):
    """One route: its waypoints as (ordinal day, latitude, longitude)."""

    id: str
    title: str
    direction: str
    means: str
    way: tuple[tuple[int, float, float], ...]


def happenings(number: int) -> Iterator[Happening]:
    """So many events, the same ones every time."""
    chance = Random(SEED)
    longest = round(2 * ACTIVE * (CLOSES - OPENS))
    for index in range(number):
        first = chance.randint(OPENS, CLOSES)
        yield Happening(
            id=f"e{index}",
            title=f"{chance.choice(DEEDS)} {''.join(chance.choices(SYLLABLES, k=3)).title()}",
            first=first,
            last=min(CLOSES, first + chance.randint(0, longest)),
            lat=round(chance.uniform(-50, 70), 4),
            lon=round(chance.uniform(-179.9, 179.9), 4),
            direction=chance.choice(DIRECTIONS),
            kind=chance.choice(KINDS),
        )


def movements(number: int = ROUTES) -> Iterator[Movement]:
    """So many routes of 60 to 240 days, the same ones every time."""
    chance = Random(SEED + 1)
    for index in range(number):
        days = chance.randint(60, 240)
        first = chance.randint(OPENS, CLOSES - days)
        lat, lon = chance.uniform(-40, 55), chance.uniform(-150, 150)
        way = []
        for stop in range(5):
            way.append((first + days * stop // 4, round(lat, 3), round(lon, 3)))
            lat, lon = lat + chance.uniform(-4, 4), lon + chance.uniform(-7, 7)
        means = chance.choice(("land", "sea"))
        title = f"Column {index}"
        yield Movement(f"r{index}", title, chance.choice(DIRECTIONS), means, tuple(way))


def instant(day: int) -> int:
    """Milliseconds since 1970 at which an ordinal day begins."""
    return (day - EPOCH) * DAY


def write_project(folder: Path, number: int) -> Path:
    """A project folder of so many events, with routes, without names, borders or stories."""
    events, layers = folder / "events" / "tables", folder / "geodata" / "layers"
    header = ("id", "title", "when", "lat", "lon", "direction", "kind")
    _write(events / "events.csv", header, map(_event_row, happenings(number)))
    moving = list(movements())
    header = ("id", "title", "direction", "means")
    _write(layers / "routes.csv", header, ((r.id, r.title, r.direction, r.means) for r in moving))
    header = ("route", "when", "lat", "lon")
    _write(layers / "waypoints.csv", header, (row for r in moving for row in _waypoint_rows(r)))
    return folder


def _event_row(event: Happening) -> tuple[object, ...]:
    when = f"{_iso(event.first)}/{_iso(event.last)}"
    return (
        *(event.id, event.title, when, event.lat, event.lon),
        *(event.direction, event.kind),
    )


def _waypoint_rows(route: Movement) -> Iterator[tuple[object, ...]]:
    return ((route.id, _iso(day), lat, lon) for day, lat, lon in route.way)


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _write(path: Path, header: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
