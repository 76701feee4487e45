"""The script that cuts units into atoms, on made-up squares."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import shapely

from geodata.build_atoms import Cut, Seed, cut_units, read_cuts

ROOT = Path(__file__).parents[1]

UNITS = {"AAA/Plain": shapely.box(0, 0, 4, 2), "BBB": shapely.box(4, 0, 6, 2)}


def cut(*points: tuple[float, float], units: tuple[str, ...] = ("AAA/Plain",)) -> Cut:
    """A line through units."""
    return Cut("line", units, shapely.LineString(points))


def seed(atom: str, x: float, y: float, cells: str = "", units: tuple[str, ...] = ()) -> Seed:
    """A named point."""
    return Seed(atom, shapely.Point(x, y), cells, units)


WEST, EAST = seed("AAA/Plain:west", 0.5, 1), seed("AAA/Plain:rest", 3, 1)


def test_a_cut_parts_a_unit_as_its_seeds_say() -> None:
    """Each piece has the name of the seed in it; a unit without cuts stays whole."""
    atoms, faults = cut_units(UNITS, [cut((1, -1), (1, 3))], [WEST, EAST])
    assert not faults
    assert {name: area.area for name, area in atoms.items()} == {
        "AAA/Plain:west": 2,
        "AAA/Plain:rest": 6,
        "BBB": 4,
    }


def test_a_cut_that_ends_within_its_unit_is_named() -> None:
    """It would silently do nothing."""
    _, faults = cut_units(UNITS, [cut((1, -1), (1, 1))], [EAST])
    assert faults == ["cut line: does not cut AAA/Plain"]


def test_seeds_that_do_not_fit_are_named() -> None:
    """Outside its unit, or two names for one piece."""
    line = cut((1, -1), (1, 3))
    _, faults = cut_units(UNITS, [line], [WEST, EAST, seed("AAA/Plain:far", 9, 9)])
    assert faults == ["seed AAA/Plain:far: 9.000, 9.000 lies outside AAA/Plain"]
    _, faults = cut_units(UNITS, [line], [WEST, EAST, seed("AAA/Plain:two", 0.6, 1)])
    assert faults == ["seed AAA/Plain:two: its piece is that of AAA/Plain:west too"]


def test_an_unknown_unit_is_named() -> None:
    """Of a cut, of a seed and of a cell."""
    line = cut((1, -1), (1, 3), units=("AAA/Plan",))
    _, faults = cut_units(UNITS, [line], [seed("CCC:x", 0, 0), seed("y", 0, 0, "c", ("DDD/*",))])
    assert faults == [
        "cut line: no unit is named AAA/Plan",
        "cell y: no unit is named DDD/*",
        "seed CCC:x: no unit is named CCC",
    ]


def test_cells_part_ground_by_the_nearest_town() -> None:
    """Across units, and within a part that a line has cut off."""
    towns = [seed("one", 2, 1, "c", ("*",)), seed("two", 4, 1, "c", ("*",))]
    atoms, faults = cut_units(UNITS, [cut((1, -1), (1, 3))], [WEST, EAST, *towns])
    assert not faults
    assert {name: area.area for name, area in atoms.items()} == {
        "AAA/Plain:west.one": 2,
        "AAA/Plain:rest.one": 4,
        "AAA/Plain:rest.two": 2,
        "BBB:two": 4,
    }


def test_an_island_without_a_seed_goes_with_the_nearest_piece() -> None:
    """No ground is lost."""
    unit = {"AAA/Plain": shapely.MultiPolygon([shapely.box(0, 0, 4, 2), shapely.box(5, 0, 6, 1)])}
    atoms, faults = cut_units(unit, [cut((1, -1), (1, 3))], [WEST, EAST])
    assert not faults
    assert atoms["AAA/Plain:rest"].area == 7


LINE = {"type": "LineString", "coordinates": [[1, -1], [1, 3]]}
POINT = {"type": "Point", "coordinates": [1, 1]}


@pytest.mark.parametrize(
    ("geometry", "about", "problem"),
    [
        (LINE, {"id": "brook"}, "units: is empty; every row needs its units"),
        (LINE, {"units": ["AAA"]}, "id: is empty; every row needs its id"),
        (POINT, {}, "atom: is empty; every row needs its atom"),
        (POINT, {"atom": "x", "cells": "c"}, "units: is empty; every row needs its units"),
        (LINE | {"coordinates": [[1, 1]]}, {"id": "a", "units": "A"}, "geometry: is a line of one"),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
            {"id": "a"},
            "geometry: is Polygon; draw it as LineString or Point",
        ),
    ],
)
def test_a_wrong_cut_is_named(
    tmp_path: Path, geometry: dict[str, Any], about: dict[str, Any], problem: str
) -> None:
    """It would silently do nothing, or break off without a word."""
    path = tmp_path / "cuts.geojson"
    text = json.dumps({"features": [{"properties": about, "geometry": geometry}]})
    path.write_text(text, encoding="utf-8")
    (found,) = read_cuts(path)[2]
    assert str(found).startswith(f"geodata/layers/cuts.geojson:1:{problem}")


def test_shipped_cuts_are_whole() -> None:
    """Each line names its units, each seed its atom."""
    cuts, seeds, problems = read_cuts(ROOT / "geodata" / "layers" / "cuts.geojson")
    assert not problems
    assert cuts
    assert all(seed.atom for seed in seeds)
    assert all(cut.units for cut in cuts)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [(["--help"], 0, "TARBALL"), (["nowhere.tgz"], 1, "nowhere.tgz cannot be read: No such file")],
)
def test_the_command_says_what_it_takes(words: list[str], status: int, said: str) -> None:
    """`--help` is a help, and a file that is not there is one line."""
    command = [sys.executable, "-m", "geodata.build_atoms", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == status
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
