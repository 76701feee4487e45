"""The part of the sheet that a picture shows, in units of the picture, and paths in its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asinh, atan, degrees, log2, pi, radians, sinh, tan

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.seam import SEAM

WIDTH, HEIGHT = 1280, 800  # units: half pixels of a card, so that paths are whole numbers
MARGIN = 0.06  # of a view, that stays about it
BEYOND = 24  # units past the picture's edge at which what lies outside is cut off
TOLERANCE = 1.1  # units by which a line may move
LEAST_AREA = 12.0  # square units, below which an island is left out
_CLOSEST = 11.0  # zoom

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """`scale` is the width of the whole world in units; `left` and `top` the picture's corner."""

    scale: float
    left: float
    top: float

    @classmethod
    def of(cls, view: Sequence[float]) -> Frame:
        """The frame round a view [west, south, east, north] on the sheet, which it never leaves."""
        west, south, east, north = view
        x, y = (_x(west) + _x(east)) / 2, (_y(south) + _y(north)) / 2
        wide, tall = _x(east) - _x(west), _y(south) - _y(north)
        room = 1 - 2 * MARGIN
        closest = 512 * 2**_CLOSEST
        scale = min(WIDTH * room / max(wide, 1e-9), HEIGHT * room / max(tall, 1e-9), closest)
        scale = max(scale, WIDTH)
        begins, ends = _x(SEAM) * scale, _x(SEAM + 360) * scale
        left = min(max(x * scale - WIDTH / 2, begins), ends - WIDTH)
        return cls(scale, left, y * scale - HEIGHT / 2)

    @property
    def zoom(self) -> float:
        """The zoom of a map that is as large as a card."""
        return log2(self.scale / 512)

    def units(self, degrees_: Iterable[Sequence[float]] | Points) -> Points:
        """Points (longitude, latitude) as units of the picture: an array of two columns."""
        at = np.asarray(degrees_, dtype=np.float64).reshape(-1, 2)
        y = 0.5 - np.arcsinh(np.tan(np.radians(at[:, 1]))) / (2 * pi)
        x = at[:, 0] / 360 + 0.5
        return np.column_stack([x * self.scale - self.left, y * self.scale - self.top])

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude of a place in the picture."""
        world = (y + self.top) / self.scale
        return (
            360 * ((x + self.left) / self.scale - 0.5),
            degrees(atan(sinh((0.5 - world) * 2 * pi))),
        )

    def by_zoom(self, *widths: float) -> float:
        """The units of so many pixels at the zooms 2 to 3, 4 to 5, 6 to 7 and closer."""
        return 2 * widths[sum(self.zoom >= step for step in (4, 6, 8))]


def holds(points: Points, margin: float = 0.0) -> NDArray[np.bool_]:
    """Which points lie in the picture, or so many units about it."""
    x, y = points[:, 0], points[:, 1]
    inside = (x >= -margin) & (x <= WIDTH + margin) & (y >= -margin) & (y <= HEIGHT + margin)
    return np.asarray(inside, dtype=np.bool_)


def ring_path(rings: Iterable[Points], least: float = LEAST_AREA, finish: bool = True) -> str:
    """The path of rings, to be filled by the even-odd rule, of what can be seen of them.

    Those of less than `least` square units are left out; unless `finish`, none loses a vertex.
    """
    cut = _cut([shapely.Polygon(ring) for ring in rings if _is_seen(ring)])
    cut = cut[shapely.area(cut) >= least]
    slim = shapely.simplify(cut, TOLERANCE) if finish else cut
    return "".join(_path(shapely.get_coordinates(ring)[:-1]) + "z" for ring in _rings(slim))


def line_path(lines: Iterable[Points]) -> str:
    """The path of lines, of what can be seen of them."""
    seen = [shapely.LineString(line) for line in lines if len(line) > 1 and _is_seen(line)]
    slim = shapely.simplify(_cut(seen), TOLERANCE)
    parts = shapely.get_parts(slim)
    return "".join(_path(shapely.get_coordinates(part)) for part in parts if not part.is_empty)


def polygon_path(points: Points) -> str:
    """The path of a closed shape, whole."""
    ring = shapely.simplify(shapely.LineString(points), TOLERANCE / 2)
    return _path(shapely.get_coordinates(ring)) + "z"


def number(value: float) -> str:
    """A number to tenths, as short as it can be written."""
    count = round(value * 10)
    whole, rest = divmod(abs(count), 10)
    text = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{text}" if count < 0 else text


def _path(points: Points) -> str:
    """A line in steps of whole units; what does not move by one is left out."""
    grid = np.rint(points).astype(np.int64)
    steps = np.diff(grid, axis=0)
    moves = [(int(x), int(y)) for x, y in steps if x or y]
    begin = f"M{_pair(int(grid[0, 0]), int(grid[0, 1]))}"
    if not moves:
        return begin
    return f"{begin}l" + " ".join(_pair(*move) for move in moves).replace(" -", "-")


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"


def _is_seen(points: Points) -> bool:
    low, high = points.min(axis=0), points.max(axis=0)
    is_near = bool((high >= -BEYOND).all())
    return is_near and low[0] <= WIDTH + BEYOND and low[1] <= HEIGHT + BEYOND


def _cut(shapes: Sequence[shapely.Geometry]) -> NDArray[np.object_]:
    """Shapes without what lies far beyond the picture."""
    box = (-BEYOND, -BEYOND, WIDTH + BEYOND, HEIGHT + BEYOND)
    return np.asarray(shapely.clip_by_rect(np.array(shapes, dtype=object), *box), dtype=object)


def _rings(shapes: NDArray[np.object_]) -> Iterable[shapely.Geometry]:
    for part in shapely.get_parts(shapes):
        if shapely.get_type_id(part) == shapely.GeometryType.POLYGON and not part.is_empty:
            yield from shapely.get_rings(part)


def _x(lng: float) -> float:
    return lng / 360 + 0.5


def _y(lat: float) -> float:
    return 0.5 - asinh(tan(radians(lat))) / (2 * pi)
