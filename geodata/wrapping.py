"""From the sheet back to what others read: degrees from -180 to 180, cut where they meet."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely import Geometry

from geodata.seam import SEAM, wrap

_EAST = shapely.box(180.0, -90.0, SEAM + 360.0, 90.0)
_WEST = shapely.box(SEAM, -90.0, 180.0, 90.0)


def as_geojson(shape: Geometry, places: int = 3) -> dict[str, Any]:
    """The geometry of a shape on the sheet by RFC 7946.

    It is cut at 180 degrees where it crosses them; exteriors run counterclockwise; coordinates
    have so many decimals.
    """
    west, _, east, _ = shapely.bounds(shape)
    if east <= 180:
        return _mapping(shape, places)
    moved = shapely.transform(shape, _wrapped) if west >= 180 else _cut(shape)
    return _mapping(moved, places)


def _cut(shape: Geometry) -> Geometry:
    """The two sides of a shape that crosses 180 degrees, as one of several parts."""
    west = shapely.intersection(shape, _WEST)
    east = shapely.transform(shapely.intersection(shape, _EAST), _back)
    kind = int(shapely.get_dimensions(shape))
    parts = [*_parts(west, kind), *_parts(east, kind)]
    return shapely.union_all(parts)


def _parts(shape: Geometry, dimension: int) -> list[Geometry]:
    """The parts of so many dimensions: an edge that only touches 180 degrees is no area."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [part for part in parts if shapely.get_dimensions(part) == dimension]


def _back(points: Any) -> Any:
    return points - np.array([360.0, 0.0])


def _wrapped(points: Any) -> Any:
    return np.column_stack([wrap(points[:, 0]), points[:, 1]])


def _mapping(shape: Geometry, places: int) -> dict[str, Any]:
    kind = type(shape).__name__
    match kind:
        case "Point":
            written: Any = _rounded(shape, places)[0]
        case "LineString":
            written = _rounded(shape, places)
        case "MultiLineString":
            written = [_rounded(line, places) for line in shapely.get_parts(shape)]
        case "Polygon":
            written = _rings(shape, places)
        case _:
            written = [_rings(part, places) for part in shapely.get_parts(shape)]
    return {"type": kind, "coordinates": written}


def _rings(area: Geometry, places: int) -> list[list[list[float]]]:
    turned = shapely.orient_polygons(area)
    return [_rounded(ring, places) for ring in shapely.get_rings(turned)]


def _rounded(line: Geometry, places: int) -> list[list[float]]:
    points: list[list[float]] = np.round(shapely.get_coordinates(line), places).tolist()
    return points
