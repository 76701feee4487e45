"""Files of other programs: each becomes a project that builds, and nothing is lost silently."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import make_maps
from events.reading import read_tables
from events.record import Event

Printed = pytest.CaptureFixture[str]
Bring = Callable[..., dict[str, Event]]


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Imports a file by the command, and gives the events of the project that it made, by id."""

    def events(content: str | bytes, *words: str, name: str = "war.txt") -> dict[str, Event]:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        assert make_maps.main(["import", str(file), "--out", str(tmp_path / "made"), *words]) == 0
        tables, problems = read_tables(tmp_path / "made")
        assert problems == []
        return {event.id: event for event in tables.events}

    return events


def left_out(tmp_path: Path) -> list[dict[str, str]]:
    """The rows of left_out.csv."""
    text = (tmp_path / "made" / "left_out.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def told(event: Event) -> tuple[Any, ...]:
    """What most formats hold of an event."""
    return event.title, event.when.text, event.lat, event.lon


GUADALCANAL = ("Guadalcanal", "1942-08-07/1943-02-09", -9.57, 160.2)
AS_CSV = """\
Name;Breite;Longitude;start_date;EndDate;Kategorie;Notes
Guadalcanal;-9,57;160.2;7 August 1942;9 Feb. 1943;battle;=1+1
"""


def test_a_table_with_semicolons_and_its_own_names(
    bring: Bring, tmp_path: Path, capsys: Printed
) -> None:
    """Columns are guessed and shown; what has no column of ours is kept as one's own, defused."""
    events = bring(AS_CSV)
    assert told(events["guadalcanal"]) == GUADALCANAL
    assert events["guadalcanal"].note == "'=1+1"
    shown = capsys.readouterr().out
    assert "lat ← Breite, lon ← Longitude" in shown
    assert "start ← start_date, end ← EndDate" in shown
    header = (tmp_path / "made/events/tables/events.csv").read_text(encoding="utf-8").split("\n")[0]
    assert header == "id,title,when,lat,lon,note,_Breite,_start_date,_EndDate,_Kategorie"


def test_what_cannot_come_is_told_with_its_reason(
    bring: Bring, tmp_path: Path, capsys: Printed
) -> None:
    """Rows without place or date, or with a date of two meanings, stand in left_out.csv."""
    rows = [
        "title,date,lat,lon,colour",
        "A,1914,1,1,red",
        "B,,1,1,",
        "C,1914,,,",
        "D,8/7/1914,1,1,",
    ]
    rows += ["E,1914,139,35,", "F,1914,1,1,red,more"]
    assert list(bring("\n".join(rows))) == ["a"]
    lost = {row["title"]: row for row in left_out(tmp_path)}
    assert list(lost) == ["B", "C", "D", "E", "F"]
    assert lost["B"]["reason"].startswith("when is empty: no date")
    assert lost["C"]["reason"].startswith("lat is empty, and so is lon: no place")
    assert "1914-08-07 (7 August) or 1914-07-08 (8 July)" in lost["D"]["reason"]
    assert "looks swapped" in lost["E"]["reason"]
    assert lost["F"]["reason"] == "has 6 cells where the first line has 5"
    assert lost["D"]["line"] == "5"
    printed = capsys.readouterr()
    assert "war.txt:5:when: warning: '8/7/1914' can be read in several ways" in printed.err
    assert "1 event; 5 left out, with reasons, in" in printed.out


def test_options_say_what_a_file_leaves_open(bring: Bring) -> None:
    """--map chooses columns, --day-first reads 8/7/1914, --zone the hours."""
    text = "wann,what,lat,lon\n8/7/1914 10:00,A,1,1\n"
    events = bring(text, "--map", "when=wann", "--day-first", "--zone", "Z")
    assert events["a"].when.text == "1914-07-08T10:00Z"


@pytest.mark.parametrize(
    "words",
    [
        ("--map", "wen=b"),
        ("--map", "when=c"),
        ("--map", "when"),
        ("--zone", "JST"),
        ("--encoding", "klingon"),
        ("--encoding", "hex"),
        ("--day-first", "--month-first"),
    ],
)
def test_wrong_options_are_wrong_usage(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A column that is not there, a word that is none of ours: exit status 2, nothing written."""
    file = tmp_path / "a.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    try:
        status = make_maps.main(["import", str(file), "--out", str(tmp_path / "made"), *words])
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    assert status == 2
    assert not (tmp_path / "made").exists()


def test_a_table_of_excel_is_read_and_that_is_said(bring: Bring, capsys: Printed) -> None:
    """Windows-1252 where nothing speaks against it, with a word that shows whether it was right."""
    text = "title,date,lat,lon\nGefecht bei Fère,1914,1,2\nL’Île d’Yeu,1942,1,2\n"
    events = bring(text.encode("cp1252"))
    assert [event.title for event in events.values()] == ["Gefecht bei Fère", "L’Île d’Yeu"]
    assert "was read as Windows-1252 (Fère, Île); --encoding names" in capsys.readouterr().out


def test_an_encoding_can_be_named(bring: Bring) -> None:
    """What could be two of them is read as somebody says; a mark of UTF-16 needs nobody to."""
    text = "title,date,lat,lon\nPlzeň,1945,1,2\n"
    assert bring(text.encode("cp1250"), "--encoding", "cp1250")["plzen"].title == "Plzeň"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_table_with_a_mark_tells_its_encoding(
    bring: Bring, encoding: str, capsys: Printed
) -> None:
    """So Excel writes Unicode, with tabs; nothing had to be guessed."""
    text = "title\tdate\tlat\tlon\nPlzeň\t1945\t1\t2\n"
    assert bring(text.encode(encoding))["plzen"].title == "Plzeň"
    assert "--encoding" not in capsys.readouterr().out


def test_a_folder_that_holds_something_stays(tmp_path: Path, capsys: Printed) -> None:
    """Nothing is written into it."""
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "a.csv").write_text("title,date,lat,lon\nA,1914,1,1\n", encoding="utf-8")
    words = ["import", str(tmp_path / "a.csv"), "--out", str(tmp_path / "made")]
    assert make_maps.main(words) == 1
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["mine.txt"]


def test_ids_are_made_of_titles(bring: Bring) -> None:
    """Each once; of a title without Latin letters, its line makes one."""
    rows = "title,date,lat,lon\nÉcluse,1914,1,1\nÉcluse,1914,1,1\nБитва,1914,1,1\n"
    assert list(bring(rows)) == ["ecluse", "ecluse-2", "line-4"]


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("date,lat,lon,Event,Commander", "Midway"),  # an id that somebody can read
        ("date,lat,lon,Battle,Commander", "Midway"),  # the first column of words
        ("date,lat,lon,x,Commander", "Midway"),
        ("date,lat,lon,Commander,Headline", "Nimitz"),
    ],
)
def test_a_title_is_found_or_made(bring: Bring, header: str, title: str) -> None:
    """Of a column called so, else of what tells most like one."""
    (event,) = bring(f"{header}\n1942-06-04,28.2,-177.3,Midway,Nimitz\n").values()
    assert event.title == title


def test_an_event_without_words_is_numbered(bring: Bring, capsys: Printed) -> None:
    """It has a place and a date, and that is enough; how many there are is said."""
    (event,) = bring("date,lat,lon,dead\n1942-06-04,28.2,-177.3,3057\n").values()
    assert event.title == "Line 2"
    assert "for want of a title numbered: 1 of the events" in capsys.readouterr().out


@pytest.mark.parametrize(
    "cell", ["-9.5, 160.25", "(-9.5, 160.25)", "9.5° S, 160.25° E", "9°30' S 160°15' E"]
)
def test_a_position_in_one_cell(bring: Bring, cell: str) -> None:
    """Both degrees, with signs or with the letters of the compass."""
    (event,) = bring(f'title,date,coordinates\nA,1942,"{cell}"\n').values()
    assert (event.lat, event.lon) == (-9.5, 160.25)


def test_nobodys_escape_reaches_the_terminal(tmp_path: Path, capsys: Printed) -> None:
    """Control characters of a file are shown, not sent."""
    file = tmp_path / "a.csv"
    file.write_text("title,date\x1b[2J,lat,lon\nA\x1b[2J,\x1b]0;x\x07,1,1\n", encoding="utf-8")
    words = ["import", str(file), "--out", str(tmp_path / "made"), "--map", "when=date\x1b[2J"]
    assert make_maps.main(words) == 1
    printed = capsys.readouterr()
    assert "\x1b" not in printed.out + printed.err


def geojson(*properties: dict[str, Any], shape: Any = None) -> str:
    """A collection of features with these properties."""
    place = shape or {"type": "Point", "coordinates": [160.2, -9.57]}
    features = [
        {"type": "Feature", "properties": {"name": "Guadalcanal", **one}, "geometry": place}
        for one in properties
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.mark.parametrize(
    "properties",
    [
        {"start": "1942-08-07", "end": "1943-02-09"},
        {"begin": "1942-08-07T00:00:00Z", "end": "1943-02-09"},
        {"date": "1942-08-07/1943-02-09"},
        {"times": ["1942-08-07", "1942-10-01", "1943-02-09"]},
        {"times": [-864777600000, -848707200000]},
        {"when": {"start": "1942-08-07", "end": "1943-02-09"}},
        {"when": {"timespans": [{"start": {"in": "1942-08-07"}, "end": {"latest": "1943-02-09"}}]}},
    ],
)
def test_geojson_has_times_in_many_places(bring: Bring, properties: dict[str, Any]) -> None:
    """start and end, begin and end, date, times, when: all are read."""
    if isinstance(properties.get("when"), dict) and "start" in properties["when"]:
        properties = {"when": {"timespans": [properties["when"]]}}
    assert told(bring(geojson(properties))["guadalcanal"]) == GUADALCANAL


def test_linked_places_as_its_specification_has_them(bring: Bring) -> None:
    """Times of a shape count for its feature; a start alone is a whole time; ids are addresses."""
    shapes = [
        {
            "type": "Point",
            "coordinates": [-1.2879, 51.6708],
            "when": {"timespans": [{"start": {"in": "1600"}}]},
        },
        {"geo_wkt": "POLYGON ((-1.3 51.6, -1.2 51.6, -1.2 51.7, -1.3 51.6))"},
    ]
    feature = {
        "@id": "http://mygaz.org/places/p_12345",
        "type": "Feature",
        "properties": {"title": "Abingdon (UK)", "ccodes": ["GB"]},
        "names": [{"toponym": "Abingdon", "lang": "en"}],
        "geometry": {"type": "GeometryCollection", "geometries": shapes},
    }
    event = bring(json.dumps({"type": "FeatureCollection", "features": [feature]}))["abingdon-uk"]
    assert told(event) == ("Abingdon (UK)", "1600", 51.6708, -1.2879)


def test_a_line_has_its_first_point_and_an_area_its_middle(bring: Bring) -> None:
    """Each shape makes one mark."""
    area = {"type": "Polygon", "coordinates": [[[160, -10], [161, -10], [161, -9], [160, -10]]]}
    event = bring(geojson({"date": "1942"}, shape=area))["guadalcanal"]
    assert (event.lat, event.lon) == (-9.5, 160.5)


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
<Placemark><name>Guadalcanal</name><description><![CDATA[<p>An <b>island</b>,
<a href="http://a.org">more</a></p>]]></description>
<TimeSpan><begin>1942-08-07</begin><end>1943-02-09</end></TimeSpan>
<ExtendedData><Data name="side"><value>both</value></Data></ExtendedData>
<Point><coordinates>160.2,-9.57,0</coordinates></Point></Placemark>
<Placemark><name>No place</name><TimeStamp><when>1942</when></TimeStamp></Placemark>
</Folder></Document></kml>"""


def test_kml_and_kmz(bring: Bring, tmp_path: Path) -> None:
    """Placemarks with time spans; descriptions become text."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as kmz:
        kmz.writestr("doc.kml", KML)
    events = bring(packed.getvalue())
    assert told(events["guadalcanal"]) == GUADALCANAL
    assert events["guadalcanal"].summary == "An island,\nmore (http://a.org)"
    assert [row["placemark"] for row in left_out(tmp_path)] == ["2"]


def test_a_track_of_kml(bring: Bring) -> None:
    """It lasts from its first time to its last, and lies where it begins."""
    track = (
        '<kml xmlns:gx="http://www.google.com/kml/ext/2.2"><Placemark><name>Guadalcanal</name>'
        "<gx:Track><when>1942-08-07</when><when>1943-02-09</when>"
        "<gx:coord>160.2 -9.57 0</gx:coord><gx:coord>160 -9.5 0</gx:coord></gx:Track>"
        "</Placemark></kml>"
    )
    assert told(bring(track)["guadalcanal"]) == GUADALCANAL


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_json_in_other_encodings(bring: Bring, encoding: str) -> None:
    """A byte-order mark tells them."""
    text = geojson({"date": "1942-08-07/1943-02-09"})
    assert told(bring(text.encode(encoding))["guadalcanal"]) == GUADALCANAL


def test_gpx(bring: Bring) -> None:
    """Waypoints, and a track from its first time to its last."""
    text = """<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1">
    <wpt lat="1" lon="2"><name>Camp</name><time>2001-05-01T10:00:00Z</time></wpt>
    <trk><name>Guadalcanal</name><trkseg>
    <trkpt lat="-9.57" lon="160.2"><time>1942-08-07T00:00:00Z</time></trkpt>
    <trkpt lat="-9.5" lon="160"><time>1943-02-09T00:00:00Z</time></trkpt></trkseg></trk></gpx>"""
    events = bring(text)
    assert told(events["guadalcanal"]) == GUADALCANAL
    assert events["camp"].when.text == "2001-05-01T10:00:00Z"


def test_timelinejs(bring: Bring, tmp_path: Path) -> None:
    """Slides with a place; years below 0 count BCE, and what has no place is told."""
    slides = [
        {
            "start_date": {"year": "-490", "month": "9"},
            "text": {"headline": "Marathon", "text": "<p>A <i>plain</i></p>"},
            "location": {"lat": 38.118, "lon": 23.978, "name": "Marathon"},
            "media": {"url": "http://a.org/b.png"},
            "group": "Land",
        },
        {"start_date": {"year": "1941"}, "text": {"headline": "Nowhere"}},
    ]
    text = json.dumps({"title": {"text": {"headline": "Wars"}}, "events": slides})
    event = bring(text)["marathon"]
    assert told(event) == ("Marathon", "-0489-09", 38.118, 23.978)
    assert (event.summary, event.directions) == ("A plain", ("land",))
    assert len(left_out(tmp_path)) == 2


def test_timelinejs_as_a_spreadsheet(bring: Bring) -> None:
    """Its columns are known; a column for the place must be added."""
    text = (
        "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Group,"
        "lat,lon\n1942,8,7,,1943,2,9,,,Guadalcanal,An island,South,-9.57,160.2\n"
    )
    event = bring(text)["guadalcanal"]
    assert told(event) == GUADALCANAL
    assert event.directions == ("south",)


def test_story_map(bring: Bring, tmp_path: Path) -> None:
    """Slides with a place and a date."""
    overview = {"type": "overview", "text": {"headline": "All", "text": ""}}
    slide = {
        "date": "August 7, 1942 - February 9, 1943",
        "text": {"headline": "Guadalcanal", "text": "x"},
        "location": {"lat": -9.57, "lon": 160.2, "zoom": 7, "line": True},
    }
    text = json.dumps({"storymap": {"slides": [overview, slide]}})
    assert told(bring(text)["guadalcanal"]) == GUADALCANAL
    assert left_out(tmp_path)[0]["reason"] == "is the overview slide"


WIKIDATA = {
    "item": "http://www.wikidata.org/entity/Q38789",
    "itemLabel": "Guadalcanal",
    "coord": "Point(160.2 -9.57)",
    "date": "1942-01-01T00:00:00Z",
    "precision": "9",
}


def test_wikidata(bring: Bring) -> None:
    """Results as SPARQL's JSON; a year is no first of January where the precision is told."""
    bound = {name: {"type": "literal", "value": value} for name, value in WIKIDATA.items()}
    text = json.dumps({"head": {"vars": list(WIKIDATA)}, "results": {"bindings": [bound]}})
    assert told(bring(text)["guadalcanal"]) == ("Guadalcanal", "1942", -9.57, 160.2)


def test_wikidata_as_a_list_and_as_csv(bring: Bring, tmp_path: Path) -> None:
    """The other ways in which the query service saves results."""
    expected = ("Guadalcanal", "1942", -9.57, 160.2)
    assert told(bring(json.dumps([WIKIDATA]))["guadalcanal"]) == expected
    text = ",".join(WIKIDATA) + "\n" + ",".join(WIKIDATA.values()) + "\n"
    (tmp_path / "made").rename(tmp_path / "first")
    assert told(bring(text)["guadalcanal"]) == expected


def workbook(rows: str, styles: str = "", strings: str = "") -> bytes:
    """An XLSX as small as can be."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", f"<workbook {space}/>")
        book.writestr("xl/styles.xml", f"<styleSheet {space}>{styles}</styleSheet>")
        book.writestr("xl/sharedStrings.xml", f"<sst {space}>{strings}</sst>")
        sheet = f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>"
        book.writestr("xl/worksheets/sheet1.xml", sheet)
    return packed.getvalue()


def test_xlsx(bring: Bring) -> None:
    """Shared texts, cells left out, and days that stand there as numbers."""
    strings = "".join(f"<si><t>{text}</t></si>" for text in ("title", "date", "lat", "lon"))
    strings += "<si><r><t>Guadal</t></r><r><t>canal</t></r></si>"
    header = "".join(
        f'<c r="{column}1" t="s"><v>{at}</v></c>' for at, column in enumerate(("A", "B", "D", "E"))
    )
    row = (
        '<c r="A2" t="s"><v>4</v></c><c r="B2" s="1"><v>15560</v></c>'
        '<c r="D2"><v>-9.5700000000000003</v></c><c r="E2"><v>160.2</v></c>'
    )
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    book = workbook(f'<row r="1">{header}</row><row r="2">{row}</row>', styles, strings)
    assert told(bring(book)["guadalcanal"]) == ("Guadalcanal", "1942-08-07", -9.57, 160.2)
