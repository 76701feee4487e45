"""Where something lies that is more than a point: one place for its mark."""

from collections.abc import Iterator
from typing import Any

from events.imports.json_text import cell, member
from events.imports.sheet import number_text

NO_EVENT = "is a {}, and only events are read"
# What the features of `export` are called that are no events.
_GROUND = ("route", "polity", "front", "segment")

Point = tuple[float, float]  # longitude, latitude


def place_of(geometry: Any) -> dict[str, str]:
    """The cells lat and lon: of a point, the first of a line, the middle of an area."""
    kind = member(geometry, "type")
    if kind == "GeometryCollection":
        parts = member(geometry, "geometries")
        found = (place_of(part) for part in parts) if isinstance(parts, list) else ()
        return next(filter(None, found), {})
    points = list(_points(member(geometry, "coordinates")))
    if not points:
        wkt = cell(member(geometry, "geo_wkt") or member(geometry, "geowkt"))  # of Linked Places
        return {"wkt": wkt} if wkt else {}
    return lat_lon(middle(points) if kind in ("Polygon", "MultiPolygon") else points[0])


def lat_lon(point: Point) -> dict[str, str]:
    """The cells of a point."""
    return {"lat": number_text(point[1]), "lon": number_text(point[0])}


def middle(points: list[Point]) -> Point:
    """Of the box round them."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return round((min(lons) + max(lons)) / 2, 5), round((min(lats) + max(lats)) / 2, 5)


def ground_fault(cells: dict[str, str]) -> str:
    """Why a feature of `export` is no event, or "" where it may be one."""
    if cells.get("event"):
        return ""
    return next((NO_EVENT.format(name) for name in _GROUND if cells.get(name)), "")


def _points(coordinates: Any) -> Iterator[Point]:
    if not isinstance(coordinates, list):
        return
    if len(coordinates) >= 2 and all(_is_number(one) for one in coordinates[:2]):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _points(part)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9
