"""Rules across rows and tables. Each records what is wrong on the row that must be mended."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

from events.record import Place
from events.row import Row

_EARTH_KM = 6371.0
_NEAR_KM = 100.0
_FAR_KM = 1000.0


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


def distance_km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Kilometres along the great circle between two points in degrees, on a sphere."""
    phi, to_phi = radians(lat), radians(to_lat)
    across = sin((to_phi - phi) / 2) ** 2
    along = cos(phi) * cos(to_phi) * sin(radians(to_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(across + along)))
