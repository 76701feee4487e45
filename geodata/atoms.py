"""Atoms: the pieces of ground that a ledger deals in, from atoms.geojson.

They are a coverage: neighbours share their edges vertex by vertex, so that what is made of them
has no gap and no overlap. Longitudes are counted from the seam.
"""

import json
from collections.abc import Callable, Mapping
from fnmatch import translate
from functools import lru_cache
from pathlib import Path
from re import Pattern
from re import compile as compiled

import shapely
from shapely import Geometry, MultiPolygon, Polygon

from events.problem import Problem
from geodata.seam import SEAM

ATOMS = "geodata/layers/atoms.geojson"

Atoms = Mapping[str, Geometry]


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


def chosen(selector: tuple[str, ...], atoms: Mapping[str, object]) -> dict[str, bool]:
    """The atoms that the patterns of a selector name, and whether one named them without a `*`."""
    found: dict[str, bool] = {}
    for pattern in selector:
        matches, exact = _matcher(pattern), "*" not in pattern
        for atom in atoms:
            if matches(atom):
                found[atom] = found.get(atom, False) or exact
    return found


@lru_cache(maxsize=4096)
def _matcher(pattern: str) -> Callable[[str], bool]:
    """`CHN/Liaoning` is the unit with all its parts; `*` stands for anything."""
    literal = pattern.replace("[", "[[]").replace("?", "[?]")
    whole: Pattern[str] = compiled(translate(literal))
    part: Pattern[str] = compiled(translate(literal + "[:./]*"))
    return lambda atom: bool(whole.match(atom) or part.match(atom))
