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
        ({"basis": ""}, {}, "3:basis: '' is empty; every row needs its basis"),
        ({"lable": "x"}, {}, "3:lable: warning: 'x' stands under a name that is not read; did you"),
        ({}, {"coordinates": [[1, 200]]}, "3:geometry: is no Point, LineString or Polygon"),
    ],
)
def test_a_wrong_feature_is_named_by_its_line(
    tmp_path: Path, cells: dict[str, Any], geometry: dict[str, Any], problem: str
) -> None:
    """Features stand one a line, so a problem has the line of its feature."""
    project = written(tmp_path, (CLAIM, LINE), ({**CLAIM, **cells}, {**LINE, **geometry}))
    _, problems = read_segments(project, {"amber"})
    assert any(str(each).startswith(f"{SEGMENTS}:{problem}") for each in problems), problems


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    """With the line where it breaks off."""
    written(tmp_path)
    (tmp_path / SEGMENTS).write_text('{"features": [\n', encoding="utf-8")
    _, (problem,) = read_segments(tmp_path, ())
    assert str(problem).startswith(f"{SEGMENTS}:2: is no GeoJSON")


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
