"""Disputed ground: what a file of features must say, and what stands in the shipped one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from geodata.segments import SEGMENTS, read_segments

ROOT = Path(__file__).parents[1]
CLAIM = {
    "id": "brook",
    "label": "The brook",
    "kind": "claim",
    "claimants": "amber",
    "accuracy_km": 2,
    "basis": "from memory",
}
LINE = {"type": "LineString", "coordinates": [[-170, 1], [-169, 2]]}


def written(folder: Path, *features: tuple[dict[str, Any], dict[str, Any]]) -> Path:
    """A project with these features, one a line."""
    path = folder / SEGMENTS
    path.parent.mkdir(parents=True)
    lines = [
        json.dumps({"type": "Feature", "properties": cells, "geometry": geometry})
        for cells, geometry in features
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_segment_is_counted_from_the_seam(tmp_path: Path) -> None:
    """Its line lies on the sheet, and who claims it are ids of polities."""
    (segment,), problems = read_segments(written(tmp_path, (CLAIM, LINE)), {"amber"})
    assert not problems
    assert segment.line == ((190.0, 1.0), (191.0, 2.0))
    assert segment.claimants == ("amber",)


@pytest.mark.parametrize(
    ("cells", "geometry", "problem"),
    [
        ({"claimants": "ambr"}, {}, "3:claimants: 'ambr' is not in geodata/layers/polities.csv"),
        ({"kind": "strip"}, {}, "3:kind: 'strip' is drawn as LineString; draw a strip as Polygon"),
        ({"accuracy_km": "near"}, {}, "3:accuracy_km: 'near' is not a number"),
        ({"kind": "clam"}, {}, "3:kind: 'clam' is not a choice for kind; did you mean claim?"),
        ({"id": None}, {}, "3:id: '' is empty; every row needs its id"),
        ({"claimants": ";"}, {}, "3:claimants: ';' lists nothing; write one at least"),
        ({"basis": ""}, {}, "3:basis: '' is empty; every row needs its basis"),
        ({"lable": "x"}, {}, "3:lable: warning: 'x' stands under a name that is not read; did you"),
        ({"accuracy_km": 0}, {}, "3:accuracy_km: '0' is not above 0; write a number such as 20"),
        ({"id": "first"}, {}, "3:id: 'first' is already the id of line 2; give it another id"),
        ({"note": {}}, {}, "3:note: '{}' is no text; write a text, a number, or a list of them"),
        ({"note": "\ud800"}, {}, "3:note: '\\ud800' has half a character, or a NUL; write it anew"),
        ({}, {"coordinates": [[1, 100]]}, "3:geometry: has the latitude 100; write each place as"),
        ({}, {"coordinates": [[1, 2], [400, 1]]}, "3:geometry: has the longitude 400; write each"),
        ({}, {"coordinates": [[1, 85]]}, "3:geometry: lies off the sheet, which runs from 62° S"),
        ({}, {"coordinates": [[1, 2]]}, "3:geometry: is a line of one place; draw it through two"),
        ({}, {"coordinates": [[1, 2], [1, 2]]}, "3:geometry: is a line of one place; draw it"),
        ({}, {"coordinates": [1, 2]}, "3:geometry: has coordinates that are no places; write each"),
        (
            {},
            {"coordinates": [["1", "2"]]},
            "3:geometry: has coordinates that are no places; write",
        ),
        ({}, {"coordinates": [[1], [1, 2]]}, "3:geometry: has coordinates that are no places; wri"),
        ({}, {"coordinates": None}, "3:geometry: has coordinates that are no places; write each"),
        (
            {},
            {"coordinates": [[1, 2], [1, float("nan")]]},
            "3:geometry: has coordinates that are no",
        ),
        ({}, {"coordinates": [[-29, 2], [-31, 2]]}, "3:geometry: crosses 30° W, where the sheet"),
        (
            {},
            {"type": "MultiLineString"},
            "3:geometry: is MultiLineString; draw it as Point, LineSt",
        ),
        ({}, {"type": None}, "3:geometry: is nothing; draw it as Point, LineString or Polygon"),
        (
            {"kind": "strip"},
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1]]]},
            "3:geometry: has a ring that is not closed; end it at the place where it begins",
        ),
        (
            {"kind": "strip"},
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
            "3:geometry: has a ring of fewer than four places; three corners, and the first again",
        ),
        (
            {"kind": "strip"},
            {
                "type": "Polygon",
                "coordinates": [[[179, 0], [-179, 2], [-179, 0], [179, 2], [179, 0]]],
            },
            "3:geometry: crosses itself at 180, 1; draw its edge anew",
        ),
        (
            {"kind": "strip"},
            {"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 0]], []]},
            "3:geometry: is no Polygon of one ring; draw it as one ring around, without holes",
        ),
    ],
)
def test_a_wrong_feature_is_named_by_its_line(
    tmp_path: Path, cells: dict[str, Any], geometry: dict[str, Any], problem: str
) -> None:
    """Features stand one a line, so a problem has the line of its feature."""
    first = CLAIM | {"id": "first"}
    project = written(tmp_path, (first, LINE), (CLAIM | cells, LINE | geometry))
    _, (found,) = read_segments(project, {"amber"})
    assert str(found).startswith(f"{SEGMENTS}:{problem}"), found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b'{"features": [\n', ":2: is no GeoJSON (Expecting value); export it anew as GeoJSON in"),
        (b"[1, 2]", ": is no GeoJSON with a list of features; export it anew"),
        (b'{"features": {"a": 1}}', ": is no GeoJSON with a list of features; export it anew"),
        (b'{"features": []} 7', ":1: is no GeoJSON (Extra data); export it anew"),
        (b'{"features": [\n\n{"properties": 3}]}', ":3:properties: are no object; write them as"),
        (b'{"features": [\n3]}', ":2:feature: is no object; each feature is one, with properties"),
        (b'{"features": [\n"\xff"]}', ":2: is not UTF-8: this line has the byte 0xFF; export it"),
        (b'{"features": ' + b"[" * 100_000, ": is no GeoJSON (lists in lists without end)"),
        (b'{"features": [' + b"1" * 5000 + b"]}", ": is no GeoJSON (Exceeds the limit"),
    ],
)
def test_a_file_that_is_no_geojson_is_named(tmp_path: Path, text: bytes, problem: str) -> None:
    """With the line where it breaks off, if there is one."""
    written(tmp_path)
    (tmp_path / SEGMENTS).write_bytes(text)
    _, (found,) = read_segments(tmp_path, ())
    assert str(found).startswith(SEGMENTS + problem), found


def test_a_feature_has_its_line_however_the_file_is_laid_out(tmp_path: Path) -> None:
    """Also where each stands on many lines, and a text speaks of features."""
    written(tmp_path)
    one = {"type": "Feature", "properties": CLAIM, "geometry": LINE}
    other = {"properties": CLAIM | {"id": "other", "kind": 'a "Feature"'}, "geometry": LINE}
    text = json.dumps({"name": '"features": [', "features": [one, other]}, indent=1)
    (tmp_path / SEGMENTS).write_text(text, encoding="utf-8-sig", newline="\r\n")
    _, (problem,) = read_segments(tmp_path, {"amber"})
    assert (problem.column, problem.line) == ("kind", text[: text.rindex("properties")].count("\n"))


def test_both_borders_at_khalkhin_gol_are_drawn() -> None:
    """River and cairns meet at both ends; the strip between them is up to some 20 km wide."""
    segments, problems = read_segments(ROOT, ("manchukuo", "mongolia", "soviet-union"))
    assert not problems
    known = {segment.id: segment for segment in segments}
    river = shapely.LineString(known["khalkhin-gol-river"].line)
    cairns = shapely.LineString(known["khalkhin-gol-cairns"].line)
    strip = shapely.Polygon(known["khalkhin-gol-strip"].line)
    assert strip.is_valid
    assert strip.covers(shapely.Point(118.6, 47.75))  # where the armies met
    assert shapely.union(river, cairns).buffer(1e-6).covers(strip.boundary)
    widest = shapely.hausdorff_distance(river, cairns) * 111 * 0.674  # km at 47.6 north
    assert 14 < widest < 26


def test_the_river_of_the_basemap_is_the_border_that_was_claimed() -> None:
    """The Halha is drawn once: the claimed line lies on it."""
    segments, _ = read_segments(ROOT, ("manchukuo", "mongolia", "soviet-union"))
    (claim,) = (each.line for each in segments if each.id == "khalkhin-gol-river")
    text = (ROOT / "geodata/layers/rivers.geojson").read_text(encoding="utf-8")
    rivers = shapely.get_parts(shapely.from_geojson(text))
    assert shapely.distance(rivers[-1], shapely.points(claim)).max() < 0.002
