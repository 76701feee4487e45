"""Maps as GeoJSON: RFC 7946, and the ground as of a moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely

import make_maps
from geodata.wrapping import as_geojson
from maps import site
from shipped import shipped_project

ROOT = Path(__file__).parents[1]
Feature = dict[str, Any]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Feature]]:
    """The features of the shipped map, all of them or as of a moment."""

    def export(*words: str) -> list[Feature]:
        file = tmp_path_factory.mktemp("export") / "map.geojson"
        command = ["export", "two-directions", "--to", "geojson", "--out", str(file), *words]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(site, "read_project", lambda project: shipped_project())
            assert make_maps.main([*command, "--project", str(ROOT)]) == 0
        features: list[Feature] = json.loads(file.read_text(encoding="utf-8"))["features"]
        return features

    return export


def points(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Every position, however deep it is nested."""
    if isinstance(coordinates[0], list):
        for part in coordinates:
            yield from points(part)
    else:
        yield coordinates[0], coordinates[1]


def test_everything_lies_between_180_and_180(exported: Callable[..., list[Feature]]) -> None:
    """No longitude is counted from the seam, and no edge runs round the globe."""
    for feature in exported("--at", "1941-12-07"):
        assert all(-180 <= lng <= 180 for lng, _ in points(feature["geometry"]["coordinates"]))
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        for part in shapely.get_parts(shape):
            assert part.bounds[2] - part.bounds[0] < 180, feature["properties"]


def test_the_ground_says_who_held_it(exported: Callable[..., list[Feature]]) -> None:
    """Every area has its holder, owner, status and side; the Soviet Union is cut at 180 degrees."""
    areas = [one for one in exported("--at", "1938-09-01") if "polity" in one["properties"]]
    held = {(one["properties"]["polity"], one["properties"]["status"]): one for one in areas}
    soviet = held["soviet-union", "sovereign"]
    assert soviet["properties"]["side"] == "soviet"
    lngs = {lng for lng, _ in points(soviet["geometry"]["coordinates"])}
    assert min(lngs) == -180
    assert max(lngs) == 180
    assert held["manchukuo", "client"]["properties"]["name"] == "Manchukuo"


def test_what_lies_behind_a_front_is_occupied(exported: Callable[..., list[Feature]]) -> None:
    """On 5 December 1941 Minsk is Germany's by force, Leningrad and Moscow are not."""
    areas = [
        (one["properties"], shapely.from_geojson(json.dumps(one["geometry"])))
        for one in exported("--at", "1941-12-05")
        if "polity" in one["properties"]
    ]
    towns = {"Minsk": (27.56, 53.9), "Leningrad": (30.35, 59.93), "Moscow": (37.62, 55.75)}
    found = {
        town: [
            (held["polity"], held["owner"], held["status"])
            for held, area in areas
            if shapely.intersects(area, shapely.Point(*place))
        ]
        for town, place in towns.items()
    }
    assert found == {
        "Minsk": [("germany", "soviet-union", "occupied")],
        "Leningrad": [("soviet-union", "soviet-union", "sovereign")],
        "Moscow": [("soviet-union", "soviet-union", "sovereign")],
    }


def test_fronts_and_pockets_are_there(exported: Callable[..., list[Feature]]) -> None:
    """A line for each front, and Sevastopol as a pocket."""
    features = [one for one in exported("--at", "1941-12-05") if "front" in one["properties"]]
    lines = [one for one in features if one["geometry"]["type"] == "LineString"]
    assert sorted(one["properties"]["front"] for one in lines) == ["eastern", "finnish"]
    assert "Sevastopol" in {one["properties"].get("pocket") for one in features}


def test_a_moment_has_only_what_held_then(exported: Callable[..., list[Feature]]) -> None:
    """On 7 December 1941 the fleet has come as far as it had, and Midway is not yet fought."""
    features = [one["properties"] for one in exported("--at", "1941-12-07")]
    events = {one["event"] for one in features if "event" in one}
    assert "pearl-harbor" in events
    assert "midway" not in events
    routes = {one["route"] for one in features if "route" in one}
    assert "kido-butai-out" in routes
    assert len(routes) < 63
    everything = [one["properties"] for one in exported()]
    assert sum("route" in one for one in everything) == 63
    assert sum("event" in one for one in everything) == 141


def test_a_line_across_180_is_two_lines() -> None:
    """They meet at the antimeridian."""
    assert as_geojson(shapely.LineString([(170, 0), (190, 10)])) == {
        "type": "MultiLineString",
        "coordinates": [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]],
    }


def test_an_area_across_180_is_two_areas() -> None:
    """Each runs counterclockwise; one that only touches 180 degrees is one."""
    area = as_geojson(shapely.box(170, 0, 190, 10))
    assert area["type"] == "MultiPolygon"
    assert sorted(shapely.Polygon(*rings).bounds for rings in area["coordinates"]) == [
        (-180, 0, -170, 10),
        (170, 0, 180, 10),
    ]
    assert all(shapely.LinearRing(rings[0]).is_ccw for rings in area["coordinates"])
    assert as_geojson(shapely.box(170, 0, 180, 10))["type"] == "Polygon"
    assert as_geojson(shapely.Point(200, 5)) == {"type": "Point", "coordinates": [-160.0, 5.0]}


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("12/7/1941", "'12/7/1941' is not a date in ISO 8601 or EDTF; write 1941-12-07"),
        ("", "'' is"),
        ("1841", "'1841' lies outside the span, 1904–1945"),
        ("1941/..", "'1941/..' has an open end"),
    ],
)
def test_a_wrong_moment_is_wrong_usage(
    at: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named with its cure, and the exit status is 2."""
    monkeypatch.setattr(site, "read_project", lambda project: shipped_project())
    words = ["export", "two-directions", "--to", "geojson", "--at", at, "--project", str(ROOT)]
    assert make_maps.main(words) == 2
    assert capsys.readouterr().err.startswith(f"make_maps: {said}")
