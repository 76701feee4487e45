"""Areas that share edges, as arcs for the page: each edge once, with the areas on either side.

Areas whose history is the same are joined first: what lies between them is never drawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

NOBODY = -1  # stands beyond a coast, or where the areas end

TOLERANCE = 0.03  # degrees by which an edge between areas may move
COAST = 0.08  # the same at a coast, which the basemap draws
ISLET = 0.004  # square degrees: a smaller piece is left out ...
ALONE = 0.1  # ... if a larger one of its area lies nearer than so many degrees

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Arc:
    """A line (longitude, latitude) with an area, or NOBODY, on each side."""

    points: Points
    sides: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Topology:
    """Arcs, and of each area the rings: lists of numbers of arcs, ~n for arc n backwards."""

    arcs: list[Arc]
    areas: list[list[list[int]]]


def topology(areas: Sequence[Geometry]) -> Topology:
    """The arcs of a valid coverage of areas, with fewer vertices."""
    if not areas:
        return Topology([], [])
    fine = shapely.coverage_simplify(np.array(areas, dtype=object), TOLERANCE)
    rings = [(k, ring) for k, area in enumerate(fine) for ring in _rings(area)]
    sides = _sides(rings)
    writer = _Writer()
    found: list[list[list[int]]] = [[] for _ in areas]
    for (k, ring), other in zip(rings, sides, strict=True):
        found[k].append([writer.add(*run, k) for run in _runs(ring, other)])
    return Topology(writer.arcs, found)


def _rings(area: Geometry) -> Iterator[Points]:
    """The rings of an area, from that of its largest piece, islets near by left out."""
    pieces = [part for part in shapely.get_parts(area) if not shapely.is_empty(part)]
    pieces.sort(key=lambda piece: -float(shapely.area(piece)))
    large = [piece for piece in pieces if shapely.area(piece) >= ISLET] or pieces[:1]
    tree = shapely.STRtree(large)
    kept = len(large)
    for k, piece in enumerate(pieces):
        if k < kept or tree.query(piece, "dwithin", ALONE).size == 0:
            for ring in shapely.get_rings(piece):
                yield shapely.get_coordinates(ring)


def _sides(rings: list[tuple[int, Points]]) -> list[NDArray[np.int64]]:
    """For each edge of each ring the area beyond it."""
    edges = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for _, ring in rings])
    owners = np.concatenate([np.full(len(ring) - 1, k) for k, ring in rings])
    turned = edges[:, [2, 3, 0, 1]]
    backwards = (edges[:, 0] > edges[:, 2]) | (
        (edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3])
    )
    _, key = np.unique(np.where(backwards[:, None], turned, edges), axis=0, return_inverse=True)
    key = key.ravel()
    order = np.argsort(key, kind="stable")
    beyond = np.full(len(edges), NOBODY, dtype=np.int64)
    twins = np.flatnonzero(key[order][1:] == key[order][:-1])
    beyond[order[twins]] = owners[order[twins + 1]]
    beyond[order[twins + 1]] = owners[order[twins]]
    ends = np.cumsum([len(ring) - 1 for _, ring in rings])
    return np.split(beyond, ends[:-1])


def _runs(ring: Points, beyond: NDArray[np.int64]) -> Iterator[tuple[Points, int]]:
    """A ring cut where the area beyond it changes; whole if it does not."""
    changes = np.flatnonzero(beyond != np.roll(beyond, 1))
    if not len(changes):  # begins where its twin begins too
        start = int(np.lexsort((ring[:-1, 1], ring[:-1, 0]))[0])
        yield np.vstack([np.roll(ring[:-1], -start, axis=0), ring[start]]), int(beyond[0])
        return
    closed = np.roll(ring[:-1], -changes[0], axis=0)
    around = np.vstack([closed, closed[:1]])
    sides = np.roll(beyond, -changes[0])
    for begin, end in pairwise([*(changes - changes[0]), len(closed)]):
        yield around[begin : end + 1], int(sides[begin])


class _Writer:
    """Arcs, each written once, however many areas run along it."""

    def __init__(self) -> None:
        self.arcs: list[Arc] = []
        self._known: dict[tuple[float, ...], int] = {}

    def add(self, points: Points, beyond: int, area: int) -> int:
        """The number of an arc; where it is known backwards, ~n."""
        if beyond != NOBODY:
            same = self._known.get((*points[0], *points[1]))
            turned = self._known.get((*points[-1], *points[-2]))
            if same is not None or turned is not None:
                return same if same is not None else ~(turned or 0)
            self._known[(*points[0], *points[1])] = len(self.arcs)
        line = points if beyond != NOBODY else _coast(points)
        self.arcs.append(Arc(line, (area, beyond)))
        return len(self.arcs) - 1


def _coast(points: Points) -> Points:
    """Fewer vertices, but never so few that an island is none."""
    fewer = shapely.get_coordinates(shapely.simplify(shapely.LineString(points), COAST))
    return fewer if len(fewer) > 3 or (points[0] != points[-1]).any() else points
