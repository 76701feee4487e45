"""The formats of export: each is whole, and tells what the tables say to its own readers."""

from __future__ import annotations

import csv
import functools
import html
import io
import json
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from events.civil import DAY_MS, date_of, day_number, iso_instant
from events.when import When
from maps.export import FORMATS
from maps.site import choose_stories, read_project
from shipped import shipped_project

ROOT = Path(__file__).parents[1]
LAMPS = ROOT / "tests" / "project"
AT = "1887-05-09"
KML = "{http://www.opengis.net/kml/2.2}"
HOSTILE = '=HYPERLINK("http://a") <script>alert(1)</script> & {{7*7}}\x0b'
Export = Callable[..., bytes]


@pytest.fixture(scope="module")
def export() -> Export:
    """The bytes of a map of the shipped atlas, or of another project, in a format."""

    read = functools.cache(read_project)

    def bytes_of(
        to: str, at: str = "", project: Path = ROOT, story: str = "two-directions"
    ) -> bytes:
        found = shipped_project() if project == ROOT else read(project)
        (chosen,) = choose_stories(found.stories, [story])
        file_in = getattr(import_module(f"maps.export.{to}"), to)
        file = file_in(chosen, found.tables, found.ground, When.parse(at) if at else None)
        return file if isinstance(file, bytes) else file.encode()

    return bytes_of


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A project of one event in 490 BCE whose text would do harm."""
    tables = tmp_path / "hostile" / "events" / "tables"
    tables.mkdir(parents=True)
    row = ["marathon", HOSTILE, "-0489-09~", "38.118", "23.978", HOSTILE]
    text = io.StringIO()
    csv.writer(text).writerows([["id", "title", "when", "lat", "lon", "summary"], row])
    (tables / "events.csv").write_text(text.getvalue(), encoding="utf-8")
    return tmp_path / "hostile"


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_tables_give_the_same_bytes(export: Export, project: Path, to: str) -> None:
    """Nothing of the hour or of a random order gets into a file."""
    first, second = (export(to, project=project, story="two-lamps") for _ in range(2))
    assert first == second


def test_csv_has_the_columns_of_the_table(export: Export) -> None:
    """All events are there with what the table says of them, `both` and `context` spelled out."""
    rows = list(csv.DictReader(io.StringIO(export("csv").decode())))
    assert len(rows) == 141
    (pearl,) = (row for row in rows if row["id"] == "pearl-harbor")
    assert (pearl["direction"], pearl["kind"]) == ("south", "battle")
    assert {"context", "north;south"} <= {row["direction"] for row in rows}


def test_csv_of_a_stranger_runs_nothing(export: Export, hostile: Path) -> None:
    """What would be a formula begins with an apostrophe."""
    (row,) = csv.DictReader(io.StringIO(export("csv", project=hostile, story="map").decode()))
    assert row["title"] == f"'{HOSTILE}".strip()
    assert row["when"] == "'-0489-09~"


def test_kml_shows_times_and_sources(export: Export) -> None:
    """A placemark has its time span, the style of its direction and its sources by name."""
    document = ET.fromstring(export("kml"))
    styles = {style.get("id") for style in document.iter(f"{KML}Style")}
    assert styles == {"north", "south", "context"}
    marks = {mark.findtext(f"{KML}name"): mark for mark in document.iter(f"{KML}Placemark")}
    mukden = marks["Battle of Mukden"]
    assert mukden.findtext(f"{KML}TimeSpan/{KML}begin") == "1905-02-20T00:00:00Z"
    assert mukden.findtext(f"{KML}TimeSpan/{KML}end") == "1905-03-10T23:59:59Z"
    assert mukden.findtext(f"{KML}styleUrl") == "#north"
    assert "Rensselaer Semi-Weekly Republican, Russian losses" in html.unescape(
        mukden.findtext(f"{KML}description") or ""
    )
    assert mukden.findtext(f"{KML}Point/{KML}coordinates") == "123.43,41.8"
    folders = [folder.findtext(f"{KML}name") for folder in document.iter(f"{KML}Folder")]
    assert folders == ["Events", "Routes"]


def test_kml_of_a_stranger_is_text(export: Export, hostile: Path) -> None:
    """It can be parsed, and the balloon shows the tags of a stranger as text."""
    document = ET.fromstring(export("kml", project=hostile, story="map"))
    (mark,) = document.iter(f"{KML}Placemark")
    assert mark.findtext(f"{KML}TimeSpan/{KML}begin") == "-0489-09-01T00:00:00Z"
    description = mark.findtext(f"{KML}description") or ""
    assert "<script" not in description
    assert "&lt;script&gt;" in description


def test_the_ground_of_a_moment_is_in_kml_and_geopackage(export: Export, tmp_path: Path) -> None:
    """With a moment they hold polities too."""
    document = ET.fromstring(export("kml", AT, project=LAMPS, story="two-lamps"))
    folders = {folder.findtext(f"{KML}name") for folder in document.iter(f"{KML}Folder")}
    assert {"Polities", "Routes", "Events"} <= folders
    file = tmp_path / "map.gpkg"
    file.write_bytes(export("gpkg", AT, project=LAMPS, story="two-lamps"))
    layers = dict(pyogrio.list_layers(file))
    assert layers["polities"] == "MultiPolygon"
    assert layers["routes"] == "MultiLineString"


def test_geopackage_has_dates_that_can_be_played(export: Export, tmp_path: Path) -> None:
    """SQLite finds it sound, and each event has its point and two dates."""
    file = tmp_path / "map.gpkg"
    file.write_bytes(export("gpkg"))
    with sqlite3.connect(file) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    database.close()
    events = pyogrio.read_dataframe(file, layer="events").set_index("event")
    assert len(events) == 141
    mukden = events.loc["rjw-mukden"]
    assert (str(mukden["begins"])[:10], str(mukden["ends"])[:10]) == ("1905-02-20", "1905-03-10")
    assert (mukden.geometry.x, mukden.geometry.y) == (123.43, 41.8)


def test_years_before_1_are_told_by_when(export: Export, hostile: Path, tmp_path: Path) -> None:
    """A GeoPackage has no date for 490 BCE: its fields stay empty, the text is there."""
    file = tmp_path / "map.gpkg"
    file.write_bytes(export("gpkg", project=hostile, story="map"))
    event = pyogrio.read_dataframe(file, layer="events").iloc[0]
    assert event["when"] == "-0489-09~"
    assert str(event["begins"]) == "NaT"


def test_timelinejs_has_slides_groups_and_eras(export: Export) -> None:
    """Dates are as exact as the table's, lanes are groups, phases eras."""
    timeline: dict[str, Any] = json.loads(export("timelinejs"))
    assert timeline["title"]["text"]["headline"] == "Two Directions"
    assert len(timeline["eras"]) == 18
    slides = {slide["unique_id"]: slide for slide in timeline["events"]}
    assert len(slides) == 141
    assert slides["rjw-mukden"]["start_date"] == {"year": 1905, "month": 2, "day": 20}
    assert slides["rjw-mukden"]["end_date"] == {"year": 1905, "month": 3, "day": 10}
    assert slides["pearl-harbor"]["group"] == "South"
    assert "end_date" not in slides["rjw-port-arthur"]


def test_timelinejs_of_a_stranger_is_text(export: Export, hostile: Path) -> None:
    """Its tags are escaped, and 490 BCE is the year -490, as TimelineJS counts."""
    (slide,) = json.loads(export("timelinejs", project=hostile, story="map"))["events"]
    assert slide["start_date"] == {"year": -490, "month": 9}
    assert "<script" not in slide["text"]["headline"] + slide["text"]["text"]


@pytest.mark.parametrize("year", [-100_000, -480, -1, 0, 1, 1600, 1900, 1941, 2000, 9999])
def test_days_go_there_and_back(year: int) -> None:
    """A date made from a day number is the date of which the number was made."""
    for month, day in ((1, 1), (2, 28), (3, 1), (12, 31)):
        assert date_of(day_number(year, month, day)) == (year, month, day)


def test_an_instant_is_told_in_iso() -> None:
    """Also before our era, where 0000 is 1 BCE."""
    assert iso_instant(day_number(-480, 9) * DAY_MS + 3_723_000) == "-0480-09-01T01:02:03Z"
    assert iso_instant(0) == "1970-01-01T00:00:00Z"
