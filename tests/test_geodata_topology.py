"""Arcs that areas share, and the chords on which names stand."""

from __future__ import annotations

import numpy as np
import shapely

from geodata.topology import NOBODY, Topology, topology


def outline(found: Topology, ring: list[int]) -> list[tuple[float, ...]]:
    """The corners of a ring put together from its arcs."""
    corners: list[tuple[float, ...]] = []
    for number in ring:
        points = found.arcs[number].points if number >= 0 else found.arcs[~number].points[::-1]
        assert not corners or corners[-1] == tuple(points[0])
        corners += list(map(tuple, points))[bool(corners) :]
    assert corners[0] == corners[-1]
    return corners


def areas_of(found: Topology) -> list[float]:
    """Square degrees of each area, whose first ring is its outline and others are holes."""
    return [
        sum(shapely.Polygon(outline(found, ring)).area for ring in rings[:1])
        - sum(shapely.Polygon(outline(found, ring)).area for ring in rings[1:])
        for rings in found.areas
    ]


def test_an_edge_between_two_areas_is_one_arc() -> None:
    """It names both; the rest of each ring is coast."""
    found = topology([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    assert sorted(arc.sides for arc in found.arcs) == [(0, NOBODY), (0, 1), (1, NOBODY)]
    assert areas_of(found) == [1, 1]
    (shared,) = (arc for arc in found.arcs if arc.sides == (0, 1))
    assert sorted(map(tuple, shared.points)) == [(1, 0), (1, 1)]


def test_an_area_inside_another_shares_its_ring() -> None:
    """An enclave's coast is the hole of the land around it, wherever their rings begin."""
    around = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (1, 3), (3, 3), (3, 1)]])
    inside = shapely.Polygon([(3, 3), (1, 3), (1, 1), (3, 1)])
    found = topology([around, inside])
    assert len(found.arcs) == 2
    assert areas_of(found) == [12, 4]


def test_four_areas_meet_at_a_corner() -> None:
    """Each edge is one arc, and every ring closes."""
    boxes = [shapely.box(x, y, x + 1, y + 1) for y in (0, 1) for x in (0, 1)]
    found = topology(boxes)
    assert len(found.arcs) == 8
    assert areas_of(found) == [1, 1, 1, 1]


def test_islets_beside_larger_land_are_left_out() -> None:
    """A lone one is kept: an atoll is a landmark."""
    main, near, lone = (
        shapely.box(0, 0, 1, 1),
        shapely.box(1.05, 0, 1.06, 0.01),
        shapely.box(5, 0, 5.01, 0.01),
    )
    found = topology([shapely.MultiPolygon([main, near, lone])])
    assert len(found.areas[0]) == 2


def test_no_areas_have_no_arcs() -> None:
    """A project without a ledger has an empty topology."""
    assert topology([]) == Topology([], [])


def test_a_round_coast_keeps_a_shape() -> None:
    """However small, an island is an area."""
    island = shapely.buffer(shapely.Point(10, 10), 0.02)
    found = topology([island])
    assert np.ptp(found.arcs[0].points, axis=0).min() > 0.02
