"""Pieces of ground in a picture, whose edges are arcs that neighbours share, each slimmed once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import shapely

from geodata.shaping import decode
from maps.cover.frame import TOLERANCE, WIDTH, Frame, Points, ring_path
from maps.cover.held import NOBODY
from maps.scene import Scene

COAST = 4.0  # units by which a coast of a tint may move, which the land cuts
ISLET = 12.0  # square units, below which a piece is not tinted

Chord = list[float]


class Pieces:
    """The pieces of ground of a scene in a frame."""

    def __init__(self, scene: Scene, frame: Frame) -> None:
        self.frame = frame
        self._sides = scene["arcs"]
        self._edges = [
            [arc if arc >= 0 else ~arc for ring in history["rings"] for arc in ring]
            for history in scene["histories"]
        ]
        self._raw, self._ends = _arcs(scene["basemap"]["atoms"])
        self._slim: dict[int, Points] = {}

    def line(self, arc: int) -> Points:
        """An arc, with fewer vertices."""
        if arc not in self._slim:
            whole = shapely.LineString(self.frame.units(self._raw[arc]))
            off = COAST if NOBODY in self._sides[arc] else TOLERANCE
            self._slim[arc] = shapely.get_coordinates(shapely.simplify(whole, off))
        return self._slim[arc]

    def near(self, area: shapely.Geometry) -> set[int]:
        """The pieces whose box meets that of an area in the picture."""
        west, north, east, south = shapely.bounds(area)
        found = set()
        for piece, edges in enumerate(self._edges):
            corners = np.vstack([self.line(arc) for arc in edges])
            (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
            if left <= east and right >= west and top <= south and bottom >= north:
                found.add(piece)
        return found

    def path(self, numbers: Collection[int]) -> str:
        """The outline of pieces: what lies between two of them is no edge."""
        return ring_path(self._outlines(self._outer(numbers)), ISLET, finish=False)

    def chords(self, numbers: Collection[int], rows: Iterable[float]) -> list[Chord]:
        """Where rows of the picture cross pieces: [from x, to x, y], all of it in sight."""
        lines = [self.line(arc) for arc in self._outer(numbers)]
        if not lines:
            return []
        begins = np.vstack([line[:-1] for line in lines])
        ends = np.vstack([line[1:] for line in lines])
        found = []
        for y in rows:
            meets = (begins[:, 1] > y) != (ends[:, 1] > y)
            (x0, y0), (x1, y1) = begins[meets].T, ends[meets].T
            at = np.sort(x0 + (x1 - x0) * (y - y0) / (y1 - y0))
            cut = np.clip(at, 0, WIDTH)
            pairs = zip(cut[::2].tolist(), cut[1::2].tolist(), strict=False)
            found += [[west, east, y] for west, east in pairs if east > west]
        return found

    def _outer(self, numbers: Collection[int]) -> list[int]:
        """The arcs about pieces, not those between two of them."""
        inside = set(numbers)
        sides = enumerate(self._sides)
        return [arc for arc, (left, right) in sides if (left in inside) != (right in inside)]

    def _outlines(self, arcs: Sequence[int]) -> Iterator[Points]:
        """The rings of arcs of which an even number meets at each node."""
        meeting: dict[int, list[int]] = {}
        for arc in arcs:
            for node in self._ends[arc]:
                meeting.setdefault(node, []).append(arc)
        done: set[int] = set()
        for first in arcs:
            if first in done:
                continue
            node, arc, run = self._ends[first][0], first, []
            while True:
                done.add(arc)
                begin, end = self._ends[arc]
                run.append(self.line(arc) if begin == node else self.line(arc)[::-1])
                node = end if begin == node else begin
                rest = [one for one in meeting[node] if one not in done]
                if not rest:
                    break
                arc = rest[0]
            ring = np.vstack([run[0], *(part[1:] for part in run[1:])])
            if len(ring) > 3:
                yield ring


@lru_cache(maxsize=4)
def _arcs(packed: str) -> tuple[list[Points], list[tuple[int, int]]]:
    """The arcs of a scene, and of each the nodes at its ends, the same where arcs meet."""
    lines = decode(packed)
    known: dict[tuple[float, float], int] = {}

    def node(point: Points) -> int:
        return known.setdefault((float(point[0]), float(point[1])), len(known))

    return lines, [(node(line[0]), node(line[-1])) for line in lines]
