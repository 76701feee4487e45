"""The script that makes the layers, on small made-up ground."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata.build_basemap import arcs, areas, borders, joined, land, on_sheet
from geodata.packages import packages

# Two squares side by side; the second reaches from 170 across the date line to -170.
TOPOLOGY = {
    "transform": {"scale": [10.0, 10.0], "translate": [-180.0, -90.0]},
    "arcs": [
        [[35, 9], [0, 1]],  # the shared side, at 170 east
        [[35, 10], [-1, 0], [0, -1], [1, 0]],  # round the west
        [[35, 10], [-34, 0], [0, -1], [34, 0]],  # round the east, by way of -170
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "West"}},
                {"type": "MultiPolygon", "arcs": [[[0, 2]]], "properties": {"name": "East"}},
            ]
        }
    },
}


def test_arcs_are_in_degrees() -> None:
    """Steps of the grid add up from the first point."""
    assert arcs(TOPOLOGY)[1].tolist() == [[170, 10], [160, 10], [160, 0], [170, 0]]


def test_arcs_are_joined_forwards_and_backwards() -> None:
    """~i is arc i backwards; where two meet their point is kept once."""
    there = np.array([[0.0, 0.0], [1.0, 0.0]])
    back = np.array([[2.0, 2.0], [1.0, 0.0]])
    assert joined([0, ~1], [there, back]).tolist() == [[0, 0], [1, 0], [2, 2]]


def test_a_ring_across_180_becomes_one_area() -> None:
    """A country cut by the date line lies on the sheet in one piece."""
    west, east = (area for _, area in areas(TOPOLOGY, "countries"))
    assert west.bounds == (160, 0, 170, 10)
    assert east.bounds == (170, 0, 190, 10)
    assert (west.area, east.area) == (100, 200)


def test_land_beyond_the_seam_is_cut_there() -> None:
    """What reaches over 30 degrees west lies in part at either edge of the sheet."""
    parts = shapely.get_parts(on_sheet(shapely.box(-40, 60, -20, 70)))
    assert sorted(part.bounds for part in parts) == [(-30, 60, -20, 70), (320, 60, 330, 70)]


def test_only_shared_edges_are_borders() -> None:
    """Of two squares the side between them is a border, the rest is coast."""
    (line,) = borders([area for _, area in areas(TOPOLOGY, "countries")])
    assert shapely.get_coordinates(line).tolist() == [[170, 0], [170, 10]]


def test_islets_are_kept_where_they_stand_alone() -> None:
    """A small island beside a mainland goes, one far out stays."""
    mainland = shapely.box(0, 0, 10, 10)
    beside, alone = shapely.box(10.1, 5, 10.2, 5.1), shapely.box(20, 5, 20.1, 5.1)
    kept = land([mainland, beside, alone])
    assert [piece.bounds for piece in kept] == [mainland.bounds, alone.bounds]


def test_other_bytes_are_refused(tmp_path: Path) -> None:
    """A tarball whose checksum is not written in the script is never opened."""
    path = tmp_path / "package.tgz"
    path.write_bytes(b"something else")
    with pytest.raises(SystemExit, match=r"package\.tgz is none of world-atlas"):
        packages([], [str(path)])
