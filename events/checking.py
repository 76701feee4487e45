"""Rules across rows and tables. Each tells what is wrong at the row that must be mended."""

from collections.abc import Iterable, Iterator
from math import asin, cos, inf, radians, sin, sqrt

from events.civil import DAY_MS
from events.problem import Problem
from events.record import Phase, Place
from events.row import Row
from events.when import Precision, When

_EARTH_KM = 6371.0
_NEAR_KM = 100.0
_FAR_KM = 1000.0
_LONGEST_MS: dict[Precision, int] = {
    "second": 1000,
    "minute": 60_000,
    "day": DAY_MS,
    "month": 31 * DAY_MS,
    "season": 92 * DAY_MS,
    "year": 366 * DAY_MS,
    "decade": 3_653 * DAY_MS,
    "century": 36_525 * DAY_MS,
}


def check_ids(rows: Iterable[Row]) -> None:
    """No two rows of a table share an id."""
    lines: dict[str, int] = {}
    for row in rows:
        name = row.text("id")
        first = lines.setdefault(name, row.line)
        if name and first != row.line:
            row.report("id", f"is already the id of line {first}", "give each row an id of its own")


def check_swapped(row: Row, lat: float, lon: float, place: Place) -> None:
    """Latitude and longitude do not stand in each other's place, as far as the place can tell."""
    if abs(lon) > 90:
        return
    given = distance_km(lat, lon, place.lat, place.lon)
    if given > _FAR_KM and distance_km(lon, lat, place.lat, place.lon) < _NEAR_KM:
        row.swapped()


def overlaps(phases: Iterable[Phase], path: str) -> Iterator[Problem]:
    """A warning for each phase that begins before another of its direction has ended.

    They may share one unit of the coarser of their dates: a day, where both are known to the day;
    but none may lie within another.
    """
    reaching: dict[str, Phase] = {}  # of each direction, the phase that ends last so far
    for phase in sorted(phases, key=_order):
        last = reaching.get(phase.direction)
        if last and overlap(last.when, phase.when):
            yield _overlapping(phase, last, path)
        reaching[phase.direction] = max(last or phase, phase, key=lambda each: ends(each.when))


def _order(phase: Phase) -> tuple[float, float, int]:
    return begins(phase.when), -ends(phase.when), phase.line


def overlap(earlier: When, later: When) -> bool:
    """Whether two times share more than a unit of the coarser, or one lies within the other."""
    if ends(later) <= ends(earlier):
        return True
    shared = ends(earlier) - begins(later) + 1
    return shared > max(_LONGEST_MS[when.precision] for when in (earlier, later))


def _overlapping(phase: Phase, other: Phase, path: str) -> Problem:
    message = f"overlaps '{other.label}' on line {other.line}, {other.when.label}"
    hint = "end one where the other begins; a lane shows one phase at a time"
    return Problem(path, phase.line, "when", phase.when.text, message, hint, "warning")


def begins(when: When) -> float:
    """The first instant that a time may cover; open is minus infinity."""
    return -inf if when.first is None else when.first


def ends(when: When) -> float:
    """The last instant that a time may cover; open is infinity."""
    return inf if when.last is None else when.last


def distance_km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Kilometres along the great circle between two points in degrees, on a sphere."""
    phi, to_phi = radians(lat), radians(to_lat)
    across = sin((to_phi - phi) / 2) ** 2
    along = cos(phi) * cos(to_phi) * sin(radians(to_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(across + along)))
