"""Fronts: lines between two sides that move over a theatre, from fronts.csv and fronts.geojson.

A line is drawn as it was at noon of its day (UTC). Between two of them the front moves evenly: the
vertices of one are matched with those of the next, and each goes straight from the one to the
other. A line runs so that the side called `left` is on the left hand of who walks along it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from events.problem import Problem
from events.row import Row, lines_of_ids
from events.table import read_table
from events.when import When
from events.words import VERIFIED
from geodata.features import Feature, Line, read_features
from geodata.polities import POLITIES, SIDES

if TYPE_CHECKING:  # slow to import, and a map may have no fronts
    from shapely import Geometry

FRONTS = "geodata/layers/fronts.csv"
LINES = "geodata/layers/fronts.geojson"
SOURCES = "events/tables/sources.csv"

SHAPES = {"theatre": "Polygon", "line": "LineString", "pocket": "Polygon"}
NOON = 43_200_000  # milliseconds
STEP = 0.18  # degrees of latitude between vertices that are matched: twenty kilometres
SLIM = 0.02  # degrees by which a matched vertex may be missed
DECIMALS = 3  # of a degree, in what is matched
LATITUDE = 52  # whose degrees of longitude distances are taken in
NEAR = 1e-6  # degrees: the end of a line that lies on the edge
FORWARD = 0.02  # what a match gains by going on in both lines, in degrees

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The line at an instant (milliseconds)."""

    when: When
    instant: int
    points: Line
    basis: str
    verified: str
    line: int


@dataclass(frozen=True, slots=True)
class Pocket:
    """Ground that somebody held on the other side of the line, while it lasted."""

    name: str
    holder: str
    when: When
    ring: Line
    basis: str
    verified: str
    line: int


@dataclass(frozen=True)
class Front:
    """A front and its theatre; `left` and `right` hold what lies on either hand of its line.

    Ground on one hand is that side's whoever the ledger names, save who is of `left_sides` (or
    `right_sides`). A line may lie so many kilometres from the truth.
    """

    id: str
    name: str
    left: str
    left_sides: tuple[str, ...]
    right: str
    right_sides: tuple[str, ...]
    accuracy_km: float
    sources: tuple[str, ...]
    note: str
    theatre: Line
    snapshots: tuple[Snapshot, ...]
    pockets: tuple[Pocket, ...] = field(default=())

    @property
    def first(self) -> int:
        """The first instant of the day of its first line."""
        return self.snapshots[0].instant - NOON

    @property
    def last(self) -> int:
        """The last instant of the day of its last line."""
        return self.snapshots[-1].instant + NOON - 1

    @cached_property
    def legs(self) -> list[tuple[Points, Points]]:
        """For each two snapshots in turn as many vertices of each, matched."""
        lines = [within(self.theatre, each.points) for each in self.snapshots]
        return [matched(before, after) for before, after in pairwise(lines)]

    def line_at(self, instant: int) -> Points:
        """The vertices of the line at an instant from first to last."""
        instants = [each.instant for each in self.snapshots]
        leg = min(max(int(np.searchsorted(instants, instant, "right")) - 1, 0), len(self.legs) - 1)
        begin, end = self.legs[leg]
        share = (instant - instants[leg]) / (instants[leg + 1] - instants[leg])
        return begin + (end - begin) * min(max(share, 0.0), 1.0)

    def parts_at(self, instant: int) -> tuple[Geometry, Geometry]:
        """What of the theatre lies on the left and on the right hand of the line.

        Where the line does not part it on its way between two days, the nearest of them does.
        """
        try:
            return parted(self.theatre, within(self.theatre, self.line_at(instant)))
        except ValueError:
            nearest = min(self.snapshots, key=lambda each: abs(each.instant - instant))
            return parted(self.theatre, within(self.theatre, nearest.points))

    def pockets_at(self, instant: int) -> list[Pocket]:
        """The pockets that there are at an instant."""
        return [each for each in self.pockets if _lasts(each.when, instant)]


def _lasts(when: When, instant: int) -> bool:
    begun = when.first is None or when.first <= instant
    return begun and (when.last is None or instant <= when.last)


# Reading


def read_fronts(
    project: Path,
    polities: Collection[str] | None,
    sides: Collection[str] | None,
    sources: Collection[str] | None = None,
) -> tuple[list[Front], list[Problem]]:
    """The fronts of a project in the order of their table, and all problems found."""
    missing = [name for name in (FRONTS, LINES) if not (project / name).exists()]
    if missing:
        there = [name for name in (FRONTS, LINES) if name not in missing]
        hint = f"add {missing[0]}"
        return [], [Problem(name, None, None, None, "stands alone", hint) for name in there]
    required = ("id", "name", "left", "right", "accuracy_km")
    rows, problems = read_table(
        project / FRONTS, FRONTS, required, ("left_sides", "right_sides", "sources", "note")
    )
    features, feature_problems = read_features(
        project / LINES,
        LINES,
        ("kind", "front", "when", "name", "holder", "basis", "sources", "verified", "note"),
    )
    ids = None if problems else [row.text("id") for row in rows]
    lines_of_ids(rows)
    read = [(feature, _part(feature, ids, polities)) for feature in features]
    whole = all(problem.severity == "warning" for problem in feature_problems)
    fronts = []
    for row in rows:
        parts = [(feature, part) for feature, part in read if _is_of(feature, row.text("id"))]
        fronts.append(_front(row, parts, whole, polities, sides, sources))
    return [front for front in fronts if front], [*problems, *feature_problems]


Part = Line | Snapshot | Pocket


def _is_of(feature: Feature, front: str) -> bool:
    return feature.row.text("front") == front and not feature.row.errors


def _part(
    feature: Feature, fronts: Collection[str] | None, polities: Collection[str] | None
) -> Part | None:
    """A theatre, a line or a pocket of a front."""
    row = feature.row
    row.required("kind")
    kind = row.choice("kind", SHAPES, "")
    if kind and feature.kind not in ("", SHAPES[kind]):
        row.report("kind", f"is drawn as {feature.kind}", f"draw a {kind} as {SHAPES[kind]}")
    if row.required("front"):
        row.known("front", row.text("front"), fronts, FRONTS)
    if not kind:
        return None
    if kind == "theatre":
        return feature.line if not row.errors else None
    when = row.day("when") if kind == "line" else row.when("when")
    basis = row.required("basis")
    verified = row.choice("verified", VERIFIED, "unverified")
    if when is None or row.errors:
        return None
    if kind == "line":
        return _snapshot(row, when, feature.line, basis, verified)
    name, holder = row.required("name"), row.required("holder")
    row.known("holder", holder, polities, POLITIES)
    return Pocket(name, holder, when, feature.line, basis, verified, row.line)


def _snapshot(row: Row, when: When, points: Line, basis: str, verified: str) -> Snapshot | None:
    from shapely import LineString

    assert when.first is not None
    if not LineString(points).is_simple:
        row.report("when", "has a line that crosses itself", "draw it without a loop")
        return None
    return Snapshot(when, when.first + NOON, points, basis, verified, row.line)


def _front(
    row: Row,
    parts: Sequence[tuple[Feature, Part | None]],
    whole: bool,
    polities: Collection[str] | None,
    sides: Collection[str] | None,
    sources: Collection[str] | None,
) -> Front | None:
    for column in ("left", "right"):
        row.known(column, row.required(column), polities, POLITIES)
        for side in row.words(f"{column}_sides"):
            row.known(f"{column}_sides", side, sides, SIDES)
    if row.text("left") and row.text("left") == row.text("right"):
        row.report("right", "is on the left hand too", "name who holds the other side")
    for source in row.words("sources"):
        row.known("sources", source, sources, SOURCES)
    name, accuracy = row.required("name"), row.positive("accuracy_km")
    theatres = [part for _, part in parts if isinstance(part, tuple)]
    snapshots = sorted(
        ((feature.row, part) for feature, part in parts if isinstance(part, Snapshot)),
        key=lambda pair: pair[1].instant,
    )
    drawn = len(theatres) == 1 and len(snapshots) >= 2
    if whole and not drawn:  # while some of the file is amiss, it may hold what lacks
        found = f"has {len(theatres)} theatres and {len(snapshots)} lines in {LINES}"
        row.report("id", found, "draw one theatre, and two lines at least")
    _check_days(snapshots)
    if theatres:
        _check_parting(theatres[0], snapshots)
    if drawn and not any(each.errors for each, _ in snapshots):
        _check_pockets(parts, snapshots[0][1], snapshots[-1][1])
    if accuracy is None or not drawn or row.errors or any(each.errors for each, _ in snapshots):
        return None
    front = Front(
        id=row.text("id"),
        name=name,
        left=row.text("left"),
        left_sides=row.words("left_sides"),
        right=row.text("right"),
        right_sides=row.words("right_sides"),
        accuracy_km=accuracy,
        sources=row.words("sources"),
        note=row.text("note"),
        theatre=theatres[0],
        snapshots=tuple(snapshot for _, snapshot in snapshots),
        pockets=tuple(part for _, part in parts if isinstance(part, Pocket)),
    )
    _check_ways(front, snapshots)
    return front


def _check_ways(front: Front, snapshots: Iterable[tuple[Row, Snapshot]]) -> None:
    """A line parts its theatre half way to the next, too."""
    for (_, before), (row, after) in pairwise(snapshots):
        line = front.line_at((before.instant + after.instant) // 2)
        try:
            parted(front.theatre, within(front.theatre, line))
        except ValueError as fault:
            message = f"cannot be reached evenly from line {before.line}: half way the line {fault}"
            row.report("when", message, "draw the line of a day between them", "warning")


def _check_days(snapshots: Iterable[tuple[Row, Snapshot]]) -> None:
    for (_, before), (row, after) in pairwise(snapshots):
        if before.instant == after.instant:
            row.report("when", f"is the day of line {before.line} too", "keep one of the two")


def _check_pockets(
    parts: Iterable[tuple[Feature, Part | None]], begin: Snapshot, end: Snapshot
) -> None:
    for feature, part in parts:
        if isinstance(part, Pocket):
            first, last = part.when.first, part.when.last
            early = first is not None and first < begin.instant - NOON
            if early or (last is not None and last >= end.instant + NOON):
                message = f"lasts beyond its front, {begin.when.text} to {end.when.text}"
                hint = "shorten it, or draw the line of those days: it is not shown on them"
                feature.row.report("when", message, hint, "warning")


def _check_parting(theatre: Line, snapshots: Iterable[tuple[Row, Snapshot]]) -> None:
    for row, snapshot in snapshots:
        try:
            parted(theatre, within(theatre, snapshot.points))
        except ValueError as fault:
            row.report("when", f"has a line that {fault}", "end it at two places of the edge")


# Lines


def within(theatre: Line, points: Sequence[tuple[float, float]] | Points) -> Points:
    """A line from edge to edge of its theatre: cut there, or drawn on to the nearest edge."""
    from shapely import LineString, Point, Polygon

    area = Polygon(theatre)
    line = LineString(points)
    inside = line.intersection(area)
    pieces = sorted(getattr(inside, "geoms", [inside]), key=lambda piece: -float(piece.length))
    found = list(pieces[0].coords) if pieces and pieces[0].length else list(points)
    if line.project(Point(found[0])) > line.project(Point(found[-1])):
        found.reverse()
    edge = area.exterior
    ends = [edge.interpolate(edge.project(Point(end))) for end in (found[0], found[-1])]
    whole = np.array([(ends[0].x, ends[0].y), *found, (ends[1].x, ends[1].y)])
    steps = np.hypot(*np.diff(whole, axis=0).T)
    whole[1], whole[-2] = (
        whole[0] if steps[0] < NEAR else whole[1],
        whole[-1] if steps[-1] < NEAR else whole[-2],
    )
    apart = np.hypot(*np.diff(whole, axis=0).T) > 0
    return np.vstack([whole[:-1][apart], whole[-1:]])


def parted(theatre: Line, points: Points) -> tuple[Geometry, Geometry]:
    """The parts of a theatre on the left and the right hand of a line from edge to edge.

    ValueError in words where there are not two.
    """
    import shapely

    edge = shapely.LinearRing(theatre)
    begin, end = (float(edge.project(shapely.Point(*points[k]))) for k in (0, -1))
    ring = shapely.get_coordinates(edge)[:-1]
    around = np.asarray(shapely.line_locate_point(edge, shapely.points(ring)), dtype=np.float64)
    onward = _between(ring, around, end, begin, edge.length)
    back = _between(ring, around, begin, end, edge.length)
    halves = [
        shapely.Polygon(np.vstack([points, onward])) if len(points) + len(onward) > 2 else None,
        shapely.Polygon(np.vstack([points[::-1], back])) if len(points) + len(back) > 2 else None,
    ]
    area = shapely.Polygon(theatre)
    whole = area.area
    if shapely.length(shapely.intersection(shapely.LineString(points), area)) < NEAR:
        raise ValueError("does not part its theatre")
    if any(half is None or half.area < whole / 10_000 for half in halves):
        raise ValueError("does not part its theatre")
    if any(not half.is_valid for half in halves if half is not None):
        raise ValueError("crosses the edge of its theatre, or itself")
    one, other = halves
    assert one is not None
    assert other is not None
    return (one, other) if edge.is_ccw else (other, one)


def _between(
    ring: Points, around: NDArray[np.float64], begin: float, end: float, length: float
) -> Points:
    """The corners of a ring from one place on it to another, as it runs."""
    ahead = (around - begin) % length
    order = np.argsort(ahead)
    taken = (ahead[order] > NEAR) & (ahead[order] < (end - begin) % length - NEAR)
    return np.asarray(ring[order][taken], dtype=np.float64)


def matched(before: Points, after: Points) -> tuple[Points, Points]:
    """Two lines with as many vertices each, which belong together.

    The ends match, and so does ground that both lines have; between these dynamic time warping
    matches each vertex of one with at least one of the other, in their order, so that the ways are
    short. Vertices without which neither line would differ are left out.
    """
    pairs = np.vstack([_warped(*stretch) for stretch in _stretches(before, after)])
    pairs = np.round(pairs, DECIMALS)
    moved = np.any(np.diff(pairs, axis=0), axis=1)
    pairs = pairs[np.concatenate([[True], moved])]
    slim = _slimmed(pairs)
    if not is_simple_throughout(slim[:, :2], slim[:, 2:]):
        slim = pairs
    return slim[:, :2], slim[:, 2:]


def _stretches(before: Points, after: Points) -> Iterator[tuple[Points, Points]]:
    """The two lines cut at the vertices that both have, and without what they share."""
    one, other = (list(map(tuple, line.tolist())) for line in (before, after))
    fixed = [(0, 0), *_shared(one, other), (len(one) - 1, len(other) - 1)]
    for (i, j), (k, m) in pairwise(dict.fromkeys(fixed)):
        yield before[i : k + 1], after[j : m + 1]


def _shared(one: list[tuple[float, ...]], other: list[tuple[float, ...]]) -> list[tuple[int, int]]:
    """Pairs of numbers of the vertices between the ends that both lines have, in their order."""
    blocks = SequenceMatcher(None, one[1:-1], other[1:-1], autojunk=False).get_matching_blocks()
    return [(a + k + 1, b + k + 1) for a, b, size in blocks for k in range(size)]


def _slimmed(pairs: Points) -> Points:
    """Pairs without those that lie on the way between others in both lines, to within SLIM."""
    kept = np.zeros(len(pairs), dtype=bool)
    kept[[0, -1]] = True
    left = [(0, len(pairs) - 1)]
    while left:
        first, last = left.pop()
        off = _off(pairs[first : last + 1])
        worst = int(off.argmax())
        if off[worst] > SLIM:
            kept[first + worst] = True
            halves = (first, first + worst), (first + worst, last)
            left += [half for half in halves if half[1] - half[0] > 1]
    return pairs[kept]


def _off(pairs: Points) -> NDArray[np.float64]:
    """How far each pair lies from the straight way between the first and the last, in degrees."""
    way, steps = pairs[-1] - pairs[0], pairs - pairs[0]
    share = np.clip(steps @ way / max(float(way @ way), NEAR**2), 0, 1)
    return np.asarray(np.linalg.norm(steps - share[:, None] * way, axis=1), dtype=np.float64)


def _flat(points: Points) -> Points:
    """Degrees of latitude either way."""
    flat = points.copy()
    flat[:, 0] *= np.cos(np.radians(LATITUDE))
    return flat


def _resampled(points: Points) -> Points:
    """The vertices of a line and more between them, STEP apart at most."""
    lengths = np.hypot(*np.diff(_flat(points), axis=0).T)
    counts = np.maximum(1, np.ceil(lengths / STEP)).astype(int)
    ways = np.repeat(np.diff(points, axis=0), counts, axis=0)
    shares = np.concatenate([np.arange(count) / count for count in counts])
    begun = np.repeat(points[:-1], counts, axis=0)
    return np.vstack([begun + ways * shares[:, None], points[-1:]])


def _warped(one: Points, other: Points) -> Points:
    """Rows of two places each, from the first two vertices to the last two."""
    if len(one) == len(other) == 2 and (one == other).all():
        return np.hstack([one, other])
    one, other = _resampled(one), _resampled(other)
    apart = np.linalg.norm(_flat(one)[:, None] - _flat(other)[None], axis=2)
    best = np.full((len(one) + 1, len(other) + 1), np.inf)
    best[0, 0] = 0
    for total in range(len(one) + len(other) - 1):  # along one diagonal nothing waits for another
        i = np.arange(max(0, total - len(other) + 1), min(total, len(one) - 1) + 1)
        j = total - i
        least = np.minimum(np.minimum(best[i, j] - FORWARD, best[i, j + 1]), best[i + 1, j])
        best[i + 1, j + 1] = apart[i, j] + least
    pairs = np.array(_traced(best))
    return np.hstack([one[pairs[:, 0]], other[pairs[:, 1]]])


def _traced(best: Points) -> list[tuple[int, int]]:
    """Pairs of numbers of vertices, from the first two to the last two."""
    i, j = best.shape[0] - 1, best.shape[1] - 1
    pairs = []
    while i > 0 and j > 0:
        pairs.append((i - 1, j - 1))
        steps = {
            (i - 1, j - 1): best[i - 1, j - 1] - FORWARD,
            (i - 1, j): best[i - 1, j],
            (i, j - 1): best[i, j - 1],
        }
        i, j = min(steps, key=lambda step: float(steps[step]))
    return pairs[::-1]


def is_simple_throughout(begin: Points, end: Points, shares: int = 9) -> bool:
    """Whether a line that goes from one to the other crosses itself at none of so many shares."""
    import shapely

    ways = np.arange(1, shares + 1)[:, None, None] / (shares + 1)
    lines = shapely.linestrings(begin[None] + (end - begin)[None] * ways)
    return bool(shapely.is_simple(lines).all())


# For the page


def front_scene(front: Front) -> dict[str, Any]:
    """A front as the scene holds it: degrees with three decimals, instants as numbers."""
    return {
        "id": front.id,
        "name": front.name,
        "left": front.left,
        "leftSides": list(front.left_sides),
        "right": front.right,
        "rightSides": list(front.right_sides),
        "accuracyKm": front.accuracy_km,
        "theatre": _listed(np.array(front.theatre)),
        "first": front.first,
        "last": front.last,
        "snapshots": [each.instant for each in front.snapshots],
        "legs": [{"from": _listed(begin), "to": _listed(end)} for begin, end in front.legs],
        "pockets": [_pocket(each) for each in front.pockets],
        "sources": list(front.sources),
        "note": front.note,
    }


def _pocket(pocket: Pocket) -> dict[str, Any]:
    return {
        "name": pocket.name,
        "holder": pocket.holder,
        "first": pocket.when.first,
        "last": pocket.when.last,
        "ring": _listed(np.array(pocket.ring)),
    }


def _listed(points: Points) -> list[list[float]]:
    listed: list[list[float]] = np.round(points, 3).tolist()
    return listed
