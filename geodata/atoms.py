"""Atoms: the pieces of ground that a ledger deals in, from atoms.geojson.

They are a coverage: neighbours share their edges vertex by vertex, so that what is made of them
has no gap and no overlap. Longitudes are counted from the seam.
"""

import errno
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import translate
from functools import cached_property
from pathlib import Path
from re import compile as compiled
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, Polygon

from events.problem import Problem
from events.row import Row
from geodata.features import Misdrawn, check_sound, kind_of, read_rows, ring, spot
from geodata.seam import SEAM

ATOMS = "geodata/layers/atoms.geojson"


def read_atoms(project: Path) -> tuple[dict[str, Geometry], list[Problem]]:
    """The atoms of a project by id, and what is wrong with the file; none where it is missing.

    An atom that is badly drawn is known by its id, and empty.
    """
    path = project / ATOMS
    if not path.exists():
        return {}, []
    read, problems = read_rows(path, ATOMS, ("id",))
    rows: dict[str, Row] = {}
    atoms: dict[str, Geometry] = {}
    for row, geometry in read:
        area = _area(row, geometry)
        if _check_id(row, rows):
            rows[row.text("id")], atoms[row.text("id")] = row, area
    if not read and not problems:
        message = "has no atom"
        problems.append(Problem(ATOMS, None, None, None, message, "draw some, or delete the file"))
    if not problems:
        _check_coverage(list(rows.values()), np.array(list(atoms.values())))
    return atoms, problems


class LateAtoms(Mapping[str, Geometry]):
    """Atoms that were sound before, by their ids; each is drawn when it is asked for.

    Raises OSError where somebody has saved another file meanwhile.
    """

    def __init__(self, project: Path, names: Sequence[str]) -> None:
        self._project, self._names = project, dict.fromkeys(names)
        self._drawn: dict[str, Geometry] = {}

    def __getitem__(self, name: str) -> Geometry:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._drawn:
            try:
                self._drawn[name] = _drawn(self._written[name])
            except (KeyError, Misdrawn):
                raise OSError(errno.EAGAIN, "changed while it was read", ATOMS) from None
        return self._drawn[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    @cached_property
    def _written(self) -> dict[str, Any]:
        rows, _ = read_rows(self._project / ATOMS, ATOMS, ("id",))
        return {row.text("id"): geometry for row, geometry in rows}


def _check_id(row: Row, rows: dict[str, Row]) -> bool:
    """Whether a row has an id under which its atom can be known."""
    name = row.text("id")
    row.required("id")
    if set(";*") & set(name):
        row.report("id", "has ; or *, which join and widen selectors", "write another character")
    if name in rows:
        hint = "join the two, or name them apart"
        row.report("id", f"is already the id of line {rows[name].line}", hint)
    return bool(name) and name not in rows


def _area(row: Row, geometry: Any) -> Geometry:
    """The area of an atom; an empty one where that is a problem, which names the atom."""
    try:
        return _drawn(geometry)
    except Misdrawn as fault:
        row.report("id", fault.message, fault.hint)
        return shapely.MultiPolygon()


def _drawn(geometry: Any) -> Geometry:
    kind, written = kind_of(geometry)
    parts = {"Polygon": [written], "MultiPolygon": written}.get(kind)
    if not isinstance(parts, list) or not parts or not all(map(_is_list, parts)):
        raise Misdrawn("is no area", "draw it as Polygon or MultiPolygon")
    area = shapely.MultiPolygon([_polygon(part) for part in parts])
    if not (area.bounds[0] >= SEAM and area.bounds[2] <= SEAM + 360):
        message = "lies beyond the sheet, which runs from -30 to 330 degrees east"
        raise Misdrawn(message, "add 360 to longitudes below -30")
    check_sound(area)
    return area


def _is_list(part: Any) -> bool:
    return isinstance(part, list) and bool(part)


def _polygon(rings: list[Any]) -> Polygon:
    shell, *holes = map(ring, rings)
    return Polygon(shell, holes)


def _check_coverage(rows: list[Row], areas: NDArray[np.object_]) -> None:
    """A problem for each two atoms that overlap, or that do not share the vertices of an edge."""
    if shapely.coverage_is_valid(areas):
        return
    edges = shapely.coverage_invalid_edges(areas)
    tree = shapely.STRtree(edges)
    for at, row in enumerate(rows):
        if shapely.is_empty(edges[at]):
            continue
        near = sorted(other for other in tree.query(edges[at], "intersects") if other != at)
        if near and near[-1] < at:
            continue  # told already, of the other
        other = rows[near[-1]].text("id") if near else "a neighbour"
        met = shapely.intersection(edges[at], edges[near[-1]]) if near else edges[at]
        place = spot(*shapely.get_coordinates(met)[0])
        message = f"overlaps {other}, or shares no vertices with it, near {place}"
        row.report("id", message, "clean the atoms with shapely.coverage_clean")


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
