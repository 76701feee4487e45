"""Routes: movements along waypoints in time, from routes.csv and waypoints.csv."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from events.problem import Problem
from events.row import Lanes, Row, lines_of_ids
from events.table import read_table
from events.when import When, stop_instant
from events.words import CONFIDENCES, MEANS, STATUSES, VERIFIED
from geodata.seam import unwrap

if TYPE_CHECKING:
    from pyproj import Geod

ROUTES = "geodata/layers/routes.csv"
WAYPOINTS = "geodata/layers/waypoints.csv"

DENSE = 100_000.0  # metres between the points of a great circle

Point = tuple[float, float, int]


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A place that a route passes, and the instant at which it is drawn there (milliseconds)."""

    when: When
    instant: int
    place: str
    lat: float
    lon: float
    verified: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Route:
    """A movement of somebody, by one of MEANS, through at least two waypoints.

    `verified` sums up its waypoints: all of them, none, or partly. `line` is that in routes.csv.
    """

    id: str
    title: str
    actors: tuple[str, ...]
    directions: tuple[str, ...]
    status: str
    means: str
    strength: str
    confidence: str
    sources: tuple[str, ...]
    note: str
    verified: str
    waypoints: tuple[Waypoint, ...]
    line: int

    @property
    def first(self) -> int:
        """The instant at which it sets out."""
        return self.waypoints[0].instant

    @property
    def last(self) -> int:
        """The instant at which it has arrived."""
        return self.waypoints[-1].instant


@dataclass(frozen=True, slots=True)
class Known:
    """What routes may name; None where the project has no such table and text is free.

    Without lanes a route has no direction.
    """

    lanes: Lanes | None = None
    actors: Collection[str] | None = None
    sources: Collection[str] | None = None


# Reading


def read_routes(project: Path, known: Known | None = None) -> tuple[list[Route], list[Problem]]:
    """The routes of a project in the order of their table, and all problems found.

    A route with a problem is left out; a project without the tables has no routes.
    """
    rows, problems = _rows(
        project / ROUTES,
        ROUTES,
        required=("id", "title"),
        optional=(
            *("actors", "direction", "status", "means"),
            *("strength", "confidence", "sources", "note"),
        ),
    )
    stops, stop_problems = _rows(
        project / WAYPOINTS,
        WAYPOINTS,
        required=("route", "when", "lat", "lon"),
        optional=("place", "verified", "note"),
    )
    along = _by_route(rows, stops, whole=not problems)
    if not stop_problems:
        _check_lengths(rows, along)
    routes = [_route(row, along.get(row.text("id"), []), known or Known()) for row in rows]
    return [route for route in routes if route], [*problems, *stop_problems]


def _rows(
    path: Path, shown_as: str, required: Collection[str], optional: Collection[str]
) -> tuple[list[Row], list[Problem]]:
    return read_table(path, shown_as, required, optional) if path.exists() else ([], [])


def _by_route(rows: Iterable[Row], stops: Iterable[Row], whole: bool) -> dict[str, list[Row]]:
    """The rows of waypoints by the id of their route; repeated ids are problems.

    So are unknown ones, but only while the table of routes is whole and can be believed.
    """
    along: dict[str, list[Row]] = {name: [] for name in lines_of_ids(rows)}
    for stop in stops:
        name = stop.required("route")
        if name in along or (name and whole and stop.known("route", name, along.keys(), ROUTES)):
            along[name].append(stop)
    return along


def _check_lengths(rows: Iterable[Row], along: dict[str, list[Row]]) -> None:
    """A route needs two waypoints. Not asked while rows of the waypoints cannot be read."""
    for row in rows:
        if len(along.get(row.text("id"), ())) < 2 and not row.errors:
            row.report("id", "has fewer than two waypoints", f"add its way to {WAYPOINTS}")


def _route(row: Row, stops: Sequence[Row], known: Known) -> Route | None:
    waypoints = _waypoints(stops)
    route = Route(
        id=row.text("id"),
        title=row.required("title"),
        actors=_listed(row, "actors", known.actors),
        directions=row.directions(known.lanes) if known.lanes else (),
        status=row.choice("status", STATUSES, "executed"),
        means=row.choice("means", MEANS, "land"),
        strength=row.text("strength"),
        confidence=row.choice("confidence", CONFIDENCES, "medium"),
        sources=_listed(row, "sources", known.sources),
        note=row.text("note"),
        verified=_verified(waypoints),
        waypoints=tuple(waypoints),
        line=row.line,
    )
    return route if not row.errors and len(waypoints) == len(stops) >= 2 else None


def _listed(row: Row, column: str, known: Collection[str] | None) -> tuple[str, ...]:
    """The ids in a cell, each checked against its table if there is one."""
    words = row.words(column)
    for word in words:
        row.known(column, word, known, f"events/tables/{column}.csv")
    return words


def _verified(waypoints: Sequence[Waypoint]) -> str:
    marks = {waypoint.verified for waypoint in waypoints}
    return marks.pop() if len(marks) == 1 else "partly"


# Waypoints and their instants


def _waypoints(stops: Sequence[Row]) -> list[Waypoint]:
    """The sound waypoints of one route in the order of the table."""
    waypoints: list[Waypoint] = []
    for at, stop in enumerate(stops):
        when, position = stop.when("when"), stop.position()
        verified = stop.choice("verified", VERIFIED, "unverified")
        if when is None or position is None or stop.errors:
            continue
        earliest = waypoints[-1].instant if waypoints else None
        instant = _instant(stop, when, at == 0, at == len(stops) - 1, earliest)
        if instant is not None:
            text = stop.text
            lat, lon = position
            waypoint = Waypoint(
                when, instant, text("place"), lat, lon, verified, text("note"), stop.line
            )
            waypoints.append(waypoint)
    return waypoints


def _instant(
    stop: Row, when: When, sets_out: bool, arrives: bool, earliest: int | None
) -> int | None:
    """The instant of a waypoint, not before that of the one before it, or a problem and None."""
    if when.first is None or when.last is None:
        hint = "write when the place was passed; a month or a year will do"
        stop.report("when", "has an open end", hint)
        return None
    instant = stop_instant(when, sets_out, arrives, earliest)
    if instant is not None:
        return instant
    stop.report("when", "goes back in time", "write the waypoints in the order of the way")
    return None


# The way on the sheet


def track(route: Route) -> list[Point]:
    """The way of a route: longitude on the sheet, latitude (degrees, 3 decimals), milliseconds.

    Sea and air legs follow the great circle with a point at least every hundred kilometres; land
    and rail go straight from waypoint to waypoint. Within a leg the speed is even. The longitudes
    run on across 180 degrees, and past the edge of the sheet rather than jump to the other one.
    """
    curved = route.means in ("sea", "air")
    start = route.waypoints[0]
    points = [(unwrap(start.lon), start.lat, start.instant)]
    for here, there in pairwise(route.waypoints):
        stops = _great_circle(here, there) if curved else []
        stops.append((there.lon, there.lat))
        for step, (lon, lat) in enumerate(stops, start=1):
            instant = here.instant + (there.instant - here.instant) * step // len(stops)
            points.append((_nearest_turn(lon, points[-1][0]), lat, instant))
    return [(round(lon, 3), round(lat, 3), instant) for lon, lat, instant in points]


def _great_circle(here: Waypoint, there: Waypoint) -> list[tuple[float, float]]:
    """The evenly spaced points between two waypoints: longitudes and latitudes."""
    ends = (here.lon, here.lat, there.lon, there.lat)
    metres = _earth().inv(*ends)[2]
    between = math.ceil(metres / DENSE) - 1
    return list(_earth().npts(*ends, between)) if between > 0 else []


@cache
def _earth() -> "Geod":
    from pyproj import Geod  # here, since it is slow to load and a map may have no routes

    return Geod(ellps="WGS84")


def _nearest_turn(lon: float, before: float) -> float:
    """The longitude, whole turns added, that lies nearest to the one before it."""
    return lon + 360.0 * round((before - lon) / 360.0)
