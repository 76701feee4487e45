"""Atoms: the pieces of ground that a ledger deals in, from atoms.geojson.

They are a coverage: neighbours share their edges vertex by vertex, so that what is made of them
has no gap and no overlap. Longitudes are counted from the seam.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import translate
from pathlib import Path
from re import compile as compiled

import shapely
from shapely import Geometry, MultiPolygon, Polygon

from events.problem import Problem
from geodata.seam import SEAM

ATOMS = "geodata/layers/atoms.geojson"


def read_atoms(project: Path) -> tuple[dict[str, Geometry], list[Problem]]:
    """The atoms of a project by id, and what is wrong with the file; none where it is missing."""
    path = project / ATOMS
    if not path.exists():
        return {}, []
    try:
        text = path.read_text(encoding="utf-8")
        ids = [str(feature["properties"]["id"]) for feature in json.loads(text)["features"]]
        shapes = list(shapely.get_parts(shapely.from_geojson(text)))
    except (ValueError, KeyError, TypeError, shapely.GEOSException) as fault:
        message = f"is no GeoJSON of areas with an id each ({fault})"
        return {}, [Problem(ATOMS, None, None, None, message, "export it anew as GeoJSON")]
    return dict(zip(ids, shapes, strict=True)), list(_faults(ids, shapes))


def _faults(ids: list[str], shapes: list[Geometry]) -> list[Problem]:
    def problem(value: str | None, message: str, hint: str) -> Problem:
        return Problem(ATOMS, None, "id" if value else None, value, message, hint)

    twice = {name for name in ids if ids.count(name) > 1} if len(set(ids)) < len(ids) else set()
    problems = [
        problem(name, "is the id of several atoms", "join them, or name them apart")
        for name in sorted(twice)
    ]
    for name, shape in zip(ids, shapes, strict=True):
        if not isinstance(shape, Polygon | MultiPolygon):
            problems.append(problem(name, "is no area", "draw it as Polygon or MultiPolygon"))
        elif not (shape.bounds[0] >= SEAM and shape.bounds[2] <= SEAM + 360):
            message = "lies beyond the sheet, which runs from -30 to 330 degrees east"
            problems.append(problem(name, message, "add 360 to longitudes below -30"))
    if not problems and not shapely.coverage_is_valid(shapes):
        message = "is no coverage: some atoms overlap, or neighbours do not share their vertices"
        problems.append(problem(None, message, "clean it with shapely.coverage_clean"))
    return problems


class Index:
    """Atoms by the patterns that name them: `CHN/Liaoning` is the unit with all its parts."""

    def __init__(self, atoms: Iterable[str]) -> None:
        self._parts: defaultdict[str, list[str]] = defaultdict(list)
        for atom in atoms:
            for name in _whole_and_parents(atom):
                self._parts[name].append(atom)

    @property
    def names(self) -> Iterable[str]:
        """Every atom, and every unit that has parts."""
        return self._parts.keys()

    def named(self, pattern: str) -> list[str]:
        """The atoms that a pattern names; `*` stands for anything."""
        if "*" not in pattern:
            return self._parts.get(pattern, [])
        match = compiled(translate(pattern.replace("[", "[[]").replace("?", "[?]"))).match
        units = [name for name in self._parts if match(name)]
        return list(dict.fromkeys(atom for name in units for atom in self._parts[name]))


def _whole_and_parents(atom: str) -> Iterator[str]:
    """`A/East:b.c` is also part of `A/East:b`, `A/East` and `A`."""
    yield atom
    for at in range(len(atom) - 1, 0, -1):
        if atom[at] in ":./":
            yield atom[:at]
