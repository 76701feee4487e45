"""The committed layers: whole, on the sheet, without a scar, and small enough for a page."""

import subprocess
import sys

import numpy as np
import pytest
import shapely

from geodata.basemap import LAYERS, lines_of, read_basemap
from geodata.packages import CHECKSUMS
from geodata.seam import unwrap
from geodata.shaping import decode

NAMES = ("land", "borders", "lakes", "rivers")


@pytest.fixture(scope="module")
def land() -> list[shapely.Polygon]:
    """The pieces of land, each with its holes."""
    text = (LAYERS / "land.geojson").read_text(encoding="utf-8")
    return list(shapely.get_parts(shapely.from_geojson(text)))


def gap(pieces: list[shapely.Polygon], lon: float, lat: float) -> float:
    """Degrees from a place (as in a table) to the nearest land."""
    return float(shapely.distance(pieces, shapely.Point(unwrap(lon), lat)).min())


def crossed(pieces: list[shapely.Polygon], lat: float) -> list[tuple[float, float]]:
    """Where a parallel runs over land between 175 and 185 degrees."""
    line = shapely.LineString([(175.0, lat), (185.0, lat)])
    cuts = shapely.get_parts(shapely.intersection(line, shapely.union_all(pieces)))
    return sorted((cut.bounds[0], cut.bounds[2]) for cut in cuts)


@pytest.mark.parametrize("layer", NAMES)
def test_nothing_lies_beside_the_sheet(layer: str) -> None:
    """Every point is from -30 to 330 degrees east and from 60 south to 84 north."""
    points = np.concatenate([np.array(line) for line in lines_of(layer)])
    assert points[:, 0].min() >= -30.0
    assert points[:, 0].max() <= 330.0
    assert points[:, 1].min() >= -60.0
    assert points[:, 1].max() <= 84.0


@pytest.mark.parametrize("layer", NAMES)
def test_there_is_no_scar_at_180(layer: str) -> None:
    """No edge runs along the meridian where the source was cut."""
    for line in map(np.array, lines_of(layer)):
        on_it = np.abs(line[:, 0] - 180.0) < 0.0005
        assert not (on_it[:-1] & on_it[1:]).any()


@pytest.mark.parametrize("layer", ["land", "lakes"])
def test_areas_are_a_valid_coverage(layer: str) -> None:
    """No piece overlaps another and no ring crosses itself: even-odd filling is right."""
    text = (LAYERS / f"{layer}.geojson").read_text(encoding="utf-8")
    pieces = shapely.get_parts(shapely.from_geojson(text))
    assert shapely.is_valid(pieces).all()
    assert shapely.coverage_is_valid(pieces)
    assert shapely.area(pieces).min() > 0


def test_land_across_180_is_whole(land: list[shapely.Polygon]) -> None:
    """Chukotka, Wrangel and Taveuni in Fiji each reach over the meridian in one piece."""
    for lat in (68.5, 71.2, -16.8):
        assert any(west < 179.998 and east > 180.1 for west, east in crossed(land, lat)), lat


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        ("Wake", 166.63, 19.29),
        ("Midway", -177.37, 28.21),
        ("Guam", 144.79, 13.45),
        ("Oahu", -157.95, 21.45),
        ("Johnston", -169.53, 16.73),
        ("Kwajalein", 167.73, 8.72),
        ("Tarawa", 172.98, 1.4),
        ("Truk", 151.8, 7.4),
        ("Saipan", 145.75, 15.2),
        ("Iwo Jima", 141.3, 24.78),
        ("Marcus", 153.98, 24.29),
        ("Iturup", 147.7, 45.0),
        ("Shumshu", 156.3, 50.75),
        ("Attu", 172.9, 52.9),
        ("Palau", 134.5, 7.4),
        ("Nauru", 166.93, -0.53),
        ("Malta", 14.4, 35.9),
        ("Singapore", 103.8, 1.35),
    ],
)
def test_islands_that_matter_are_there(
    land: list[shapely.Polygon], name: str, lon: float, lat: float
) -> None:
    """Simplifying has dropped no island on which something happened."""
    assert gap(land, lon, lat) < 0.16, name


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [("Caspian", 50.9, 41.6), ("Black Sea", 34.5, 43.3), ("Bering Strait", -169.0, 66.0)],
)
def test_seas_are_open(land: list[shapely.Polygon], name: str, lon: float, lat: float) -> None:
    """Inner seas are holes in the land."""
    assert gap(land, lon, lat) > 0.1, name


@pytest.mark.parametrize(
    ("name", "layer", "lon", "lat"),
    [
        ("Ladoga", "lakes", 31.5, 60.8),
        ("Baikal", "lakes", 108.0, 53.5),
        ("Amur", "rivers", 135.0, 48.4),
        ("Volga", "rivers", 44.6, 48.7),
        ("Yangtze", "rivers", 114.3, 30.6),
        ("Halha", "rivers", 118.54, 47.70),
    ],
)
def test_waters_are_where_they_should_be(layer: str, name: str, lon: float, lat: float) -> None:
    """The great lakes and rivers of the record lie within a fifth of a degree."""
    shape = shapely.Polygon if layer == "lakes" else shapely.LineString
    spot = shapely.Point(lon, lat)
    assert min(shape(line).distance(spot) for line in lines_of(layer)) < 0.2, name


def test_borders_are_inner_lines_only(land: list[shapely.Polygon]) -> None:
    """No country line runs along a coast."""
    coasts = shapely.boundary(shapely.union_all(land))
    borders = shapely.MultiLineString([line for line in lines_of("borders") if len(line) > 1])
    along = shapely.intersection(borders, shapely.buffer(coasts, 0.0005))
    assert along.length < 0.005 * borders.length


def test_the_page_gets_what_is_committed() -> None:
    """The packed text holds every line of every layer to the thousandth."""
    basemap = read_basemap()
    for layer in NAMES:
        packed, drawn = decode(getattr(basemap, layer)), lines_of(layer)
        assert len(packed) == len(drawn)
        for ours, theirs in zip(packed, drawn, strict=True):
            np.testing.assert_allclose(ours, np.array(theirs), atol=1e-9)


def test_the_basemap_is_small() -> None:
    """All four layers together add less than 300 kB to a page."""
    basemap = read_basemap()
    assert sum(len(getattr(basemap, layer)) for layer in NAMES) < 300_000


def test_the_basemap_is_light() -> None:
    """Reading it loads neither geopandas nor shapely nor pyproj."""
    code = (
        "import sys, geodata.reading as reading;"
        "reading.read_basemap();"
        "print({'geopandas', 'shapely', 'pyproj'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert run.stdout.strip() == "set()"


def test_licences_name_what_the_layers_are_made_of() -> None:
    """Every package and checksum that the script pins stands in LICENCES.md."""
    text = (LAYERS / "LICENCES.md").read_text(encoding="utf-8")
    for package, checksum in CHECKSUMS.items():
        assert package.replace("@", " ") in text
        assert checksum in text


def test_layers_have_unix_line_ends() -> None:
    """The committed bytes are the same wherever they were made."""
    for layer in NAMES:
        raw = (LAYERS / f"{layer}.geojson").read_bytes()
        assert b"\r" not in raw
