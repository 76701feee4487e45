"""Where something lies that is more than a point: one place for its mark."""

from collections.abc import Collection, Iterator
from typing import Any

from events.imports.json_text import cell, member
from events.imports.sheet import number_text

NO_EVENT = "is a {}, which is not read"
# What the features of `export` are called that are no events, and what they have besides.
_GROUND = (
    *(("route", "confidence"), ("polity", "owner"), ("segment", "claimants")),
    *(("front", "accuracy_km"), ("front", "holder")),
)

Point = tuple[float, float]  # longitude, latitude


def place_of(geometry: Any) -> dict[str, str]:
    """The cells lat and lon: of a point, the first of a line, the middle of an area."""
    kind = member(geometry, "type")
    if kind == "GeometryCollection":
        parts = member(geometry, "geometries")
        found = (place_of(part) for part in parts) if isinstance(parts, list) else ()
        return next(filter(None, found), {})
    points = list(points_of(member(geometry, "coordinates")))
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


def is_route(cells: dict[str, str]) -> bool:
    """Whether a feature is a route that `export` wrote."""
    return _subject(cells) == "route"


def ground_fault(cells: dict[str, str], way: Collection[object] = ()) -> str:
    """Why a feature of `export` is no event; "" where it may be one, or a route with its way."""
    subject = _subject(cells)
    return NO_EVENT.format(subject) if subject and not (way and subject == "route") else ""


def _subject(cells: dict[str, str]) -> str:
    """What a feature of `export` is, if no event: others may use one of its names, hardly two."""
    if cells.get("event"):
        return ""
    named = (name for name, also in _GROUND if cells.get(name) and cells.get(also))
    return next(named, "")


def points_of(coordinates: Any) -> Iterator[Point]:
    """The points of a shape of any depth, in their order."""
    if not isinstance(coordinates, list):
        return
    if len(coordinates) >= 2 and all(_is_number(one) for one in coordinates[:2]):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from points_of(part)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9
