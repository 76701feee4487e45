"""Where the name of a polity can stand: chords of its ground, for as long as its extent lasts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely import Geometry

from geodata.ledger import Holding, holding_at

ROUGH = 0.15  # degrees: no name needs more
INSET = 0.06  # of the root of its area: how far inside its ground a name keeps
PARTS = 4  # of a polity, the largest, that may carry its name
SHARE = 0.03  # of the largest: no smaller part carries it
CHORDS = 6  # across each of them
OVERSEAS = ("colony", "mandate", "lease")
DEGREE = 111.2  # kilometres

Chord = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """Chords (west, east, latitude; degrees on the sheet) of an extent, while it lasts.

    `area` is in square kilometres, near enough to set type by.
    """

    first: int
    last: int | None
    area: int
    chords: tuple[Chord, ...]


Extent = tuple[int, int | None, list[int]]


def extents_of(polity: str, timelines: Sequence[Sequence[Holding]]) -> list[Extent]:
    """Each extent of the ground that a polity owned: from when, until when, and which timelines'.

    Its colonies, mandates and leases do not carry its name while it has other ground.
    """
    mine = [k for k, line in enumerate(timelines) if any(each.owner == polity for each in line)]
    starts = sorted({each.first for k in mine for each in timelines[k]})
    extents = [(start, frozenset(_owned(polity, mine, timelines, start))) for start in starts]
    changed = [
        extent for before, extent in pairwise([(0, None), *extents]) if before[1] != extent[1]
    ]
    return [
        (first, None if last is None else last - 1, sorted(held))
        for (first, held), (last, _) in pairwise([*changed, (None, frozenset())])
        if held and first is not None
    ]


def label_of(extent: Extent, area_of: Callable[[int], Geometry]) -> Label:
    """The label of an extent; `area_of` gives the area of a timeline, made `rough`."""
    first, last, held = extent
    area, chords = _measured(list(map(area_of, held)))
    return Label(first, last, area, chords)


def rough(area: Geometry) -> Geometry:
    """An area with few vertices: its largest pieces, a little too wide."""
    parts = shapely.get_parts(area)
    sizes = shapely.area(parts)
    large = shapely.union_all(parts[sizes >= sizes.max() * SHARE])
    return shapely.buffer(shapely.simplify(large, ROUGH), 0.02, quad_segs=1)


def _owned(
    polity: str, mine: Iterable[int], timelines: Sequence[Sequence[Holding]], instant: int
) -> list[int]:
    held = {k: holding_at(timelines[k], instant) for k in mine}
    owned = {k: each.status for k, each in held.items() if each and each.owner == polity}
    return [k for k, status in owned.items() if status not in OVERSEAS] or list(owned)


def _measured(areas: list[Geometry]) -> tuple[int, tuple[Chord, ...]]:
    """The square kilometres of some areas together, and their chords."""
    # Neighbours, made rough each for itself, leave slits, at which no chord shall end.
    wide = shapely.buffer(shapely.union_all(areas), ROUGH, quad_segs=1)
    whole = shapely.buffer(wide, -ROUGH, quad_segs=1)
    parts = sorted(shapely.get_parts(whole), key=lambda part: -float(shapely.area(part)))[:PARTS]
    parts = [part for part in parts if shapely.area(part) > SHARE * shapely.area(parts[0])]
    chords = [chord for part in parts for chord in _chords(part)]
    return round(_area(whole)), tuple(chords)


def _chords(part: Geometry) -> Iterator[Chord]:
    """The longest chord at each of some latitudes, well inside where there is room."""
    size = float(np.sqrt(shapely.area(part)))
    inner = shapely.buffer(part, -INSET * size, quad_segs=1)
    area = part if shapely.is_empty(inner) else inner
    west, south, east, north = shapely.bounds(area)
    for lat in south + (np.arange(CHORDS) + 0.5) / CHORDS * (north - south):
        line = shapely.linestrings([(west - 1, lat), (east + 1, lat)])
        pieces = shapely.get_parts(shapely.intersection(line, area))
        longest = max(pieces, key=lambda piece: float(shapely.length(piece)), default=None)
        if longest is not None and shapely.length(longest) > 0:
            begin, _, end, _ = shapely.bounds(longest)
            yield round(float(begin), 2), round(float(end), 2), round(float(lat), 2)


def _area(area: Geometry) -> float:
    """Square kilometres, each part taken at the latitude of its middle."""
    parts = shapely.get_parts(area)
    lats = shapely.get_coordinates(shapely.centroid(parts))[:, 1]
    return float((shapely.area(parts) * np.cos(np.radians(lats))).sum()) * DEGREE**2
