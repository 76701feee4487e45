"""The ground as of an instant: whose each area is, who holds it, and who holds one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

import shapely
from shapely import Geometry

from geodata.fronts import Front
from geodata.labels import Extent, extents_of, rough
from geodata.ledger import OCCUPIED, Holding, Holdings, holding_at, merged
from geodata.polities import Polity
from geodata.seam import unwrap
from geodata.topology import Topology, topology

if TYPE_CHECKING:
    from pyproj import Geod

NEAR = 0.1  # degrees: a harbour may lie so far off the shore of its atom


@dataclass(frozen=True, slots=True)
class Held:
    """An area that one holds, for another where it is occupied; longitudes from the seam."""

    owner: str
    holder: str
    garrison: str
    status: str
    area: Geometry


@dataclass(frozen=True)
class Ownership:
    """Atoms and the ledger of who held them."""

    atoms: Mapping[str, Geometry] = field(default_factory=dict)
    holdings: Holdings = field(default_factory=dict)

    def as_of(self, instant: int) -> list[Held]:
        """Every area that was held, one for each owner, holder and status, in order of these.

        They are parts of one coverage: no gap, no overlap, whole across 180 degrees.
        """
        groups: defaultdict[tuple[str, str, str, str], list[Geometry]] = defaultdict(list)
        for timeline, area in self.histories:
            holding = holding_at(timeline, instant)
            if holding:
                key = (holding.owner, holding.holder, holding.garrison, holding.status)
                groups[key].append(area)
        return [
            Held(*key, shapely.coverage_union_all(areas)) for key, areas in sorted(groups.items())
        ]

    def at(self, lat: float, lon: float, instant: int) -> Holding | None:
        """Who held a place (degrees, as in tables) at an instant; None where nobody is known.

        A place just off the shore is that of the nearest atom.
        """
        place = shapely.Point(unwrap(lon), lat)
        near = self._tree.query_nearest(place, max_distance=NEAR, all_matches=False)
        if not len(near):
            return None
        return holding_at(self.holdings.get(self._ids[near[0]], ()), instant)

    @cached_property
    def histories(self) -> list[tuple[Sequence[Holding], Geometry]]:
        """Each history that any ground had, with all of that ground."""
        timelines = [timeline for timeline, _ in merged(self.holdings)]
        return [(timeline, self._area(k)) for k, timeline in enumerate(timelines)]

    @cached_property
    def topology(self) -> Topology:
        """The arcs of the histories' ground, in their order."""
        return topology([area for _, area in self.histories])

    @cached_property
    def extents(self) -> dict[str, list[Extent]]:
        """The extents of each polity that ever owned ground, by numbers of histories."""
        timelines = [timeline for timeline, _ in merged(self.holdings)]
        names = dict.fromkeys(each.owner for timeline in timelines for each in timeline)
        return {name: extents_of(name, timelines) for name in names}

    @cached_property
    def rough(self) -> Callable[[int], Geometry]:
        """The ground of a history by its number, with few vertices, for labels."""
        return cache(lambda number: rough(self._area(number)))

    @cached_property
    def _area(self) -> Callable[[int], Geometry]:
        """The ground of a history by its number, joined when it is first asked for."""
        ground = [atoms for _, atoms in merged(self.holdings)]
        return cache(
            lambda number: shapely.coverage_union_all([self.atoms[at] for at in ground[number]])
        )

    @cached_property
    def _ids(self) -> list[str]:
        return list(self.atoms)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(list(self.atoms.values()))


def holder_at(
    ownership: Ownership,
    fronts: Iterable[Front],
    polities: Iterable[Polity],
    place: tuple[float, float],
    instant: int,
) -> str:
    """Who held a place (latitude, longitude as in tables) by ledger, front and pocket; "" nobody.

    In the theatre of a front, ground is that side's on whose hand it lies, save what the ledger
    gives to a friend of that side.
    """
    lat, lon = place
    holding = ownership.at(lat, lon, instant)
    holder = holding.holder if holding else ""
    spot = shapely.Point(unwrap(lon), lat)
    side = next((row.side for row in polities if row.id == holder and row.holds_at(instant)), "")
    for front in fronts:
        if not front.first <= instant <= front.last:
            continue
        for pocket in front.pockets_at(instant):
            if shapely.intersects(shapely.Polygon(pocket.ring), spot):
                return pocket.holder
        left, right = front.parts_at(instant)
        if shapely.intersects(left, spot):
            return holder if side in front.left_sides else front.left
        if shapely.intersects(right, spot):
            return holder if side in front.right_sides else front.right
    return holder


def behind_fronts(
    held: Iterable[Held], fronts: Iterable[Front], polities: Iterable[Polity], instant: int
) -> list[Held]:
    """Areas of the ledger parted by the fronts and pockets of an instant.

    What lies on the wrong side of a front is occupied by who holds that side; nothing is lost.
    """
    sides = {polity.id: polity.side for polity in polities if polity.holds_at(instant)}
    areas = list(held)
    for front in fronts:
        if front.first <= instant <= front.last:
            for ground, holder, friends in _grounds(front, sides, instant):
                areas = [
                    part
                    for each in areas
                    for part in _taken(each, ground, holder, sides.get(each.holder) in friends)
                ]
    return areas


def _grounds(
    front: Front, sides: Mapping[str, str], instant: int
) -> Iterator[tuple[Geometry, str, tuple[str, ...]]]:
    """Pockets and the two hands of a front: ground, who holds it, and which sides keep theirs."""
    pockets = [(shapely.Polygon(each.ring), each.holder) for each in front.pockets_at(instant)]
    for ring, holder in pockets:
        yield ring, holder, (sides.get(holder, ""),)
    rings = shapely.union_all([ring for ring, _ in pockets])
    left, right = (shapely.difference(part, rings) for part in front.parts_at(instant))
    yield left, front.left, front.left_sides
    yield right, front.right, front.right_sides


def _taken(held: Held, ground: Geometry, holder: str, is_friend: bool) -> Iterator[Held]:
    """An area, or what of it lies off some ground and what of it on that, which another holds."""
    if is_friend or held.holder == holder or not shapely.intersects(held.area, ground):
        yield held
        return
    status = "restored" if held.owner == holder else OCCUPIED
    parts = (
        (shapely.difference(held.area, ground), held),
        (shapely.intersection(held.area, ground), replace(held, holder=holder, status=status)),
    )
    for area, each in parts:
        whole = shapely.union_all(_polygons(area))
        if not shapely.is_empty(whole):
            yield replace(each, area=whole)


def _polygons(shape: Geometry) -> list[Geometry]:
    """The polygons of any geometry: a cut can leave lines and points."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [part for part in parts if shapely.get_dimensions(part) == 2]


def square_kilometres(area: Geometry) -> float:
    """The area of a shape on the WGS 84 ellipsoid."""
    return abs(float(_geod().geometry_area_perimeter(shapely.orient_polygons(area))[0])) / 1e6


def _geod() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")
