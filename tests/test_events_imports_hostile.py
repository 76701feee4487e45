"""Files that would do harm: refused in one line, never a traceback, whatever the bytes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.imports import sheet as sheets
from events.imports.bringing import bring
from events.imports.columns import guess
from events.imports.dates import Habits
from events.imports.project import TABLE, project_of
from events.imports.shapes import is_route
from events.imports.sniffing import read_sheet, sheet_of
from events.reading import read_tables
from events.table import Unreadable

KML = '<kml xmlns="http://www.opengis.net/kml/2.2">{}</kml>'
MARK = (
    "<Placemark><name>A</name><TimeStamp><when>1914</when></TimeStamp>"
    "<Point><coordinates>1,2</coordinates></Point></Placemark>"
)
BOMB = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + KML.format("&b;")
SLIDES = {"events": [{"start_date": {"year": "1914"}, "location": {"lat": 1, "lon": 2}}]}
FEATURE = {
    "type": "Feature",
    "properties": {"name": "A", "date": "1914"},
    "geometry": {"type": "Point", "coordinates": [1, 2]},
}


def zipped(**files: bytes | str) -> bytes:
    """A zip of files, named with __ for a slash."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return packed.getvalue()


def nested(depth: int) -> bytes:
    """JSON of lists in lists."""
    return b'{"type": "FeatureCollection", "features": ' + b"[" * depth + b"]" * depth + b"}"


TRAVERSAL = io.BytesIO()
with zipfile.ZipFile(TRAVERSAL, "w") as archive:
    archive.writestr("../../doc.kml", KML.format(MARK))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (BOMB.encode(), "has a DOCTYPE"),
        (BOMB.encode("utf-16"), "has a DOCTYPE"),
        (KML.format("<a>" * 70 + "</a>" * 70).encode(), "nests its elements deeper than 64"),
        (KML.format("<a>").encode(), "is not sound XML: mismatched tag"),
        (b"<svg><g/></svg>", "is XML, but of no known kind: <svg>"),
        (b"\n<!DOCTYPE html><p>Sign in", "is a web page, and no table; in Google Sheets: File"),
        (nested(70), "is nested deeper than 64"),
        (nested(100_000), "is nested deeper than 64"),
        (b'{"a": NaN}', "is not sound JSON: a number is none"),
        (b'{"a": ' + b"9" * 5000 + b"}", "is not sound JSON: a number is none"),
        (b'{"a": 1,\n}', "is not sound JSON"),
        (b'{"a": 1}', "is JSON, but of no known kind"),
        (TRAVERSAL.getvalue(), "packs a file that would lie outside of it"),
        (zipped(a="b"), "packs no KML"),
        (zipped(**{"doc.kml": b" " * 50_000_000}), "unpacks to more than 100 times its size"),
        (b"PK\3\4 and no more", "is not a sound zip"),
        (b"", "is empty"),
        (b"a,b\n\x81", "is not UTF-8: this line has the byte 0x81"),
        ("a,b\nХасан,1".encode("cp1251"), "is not UTF-8: this line has the byte 0xD5"),
        (b"SQLite format 3\0 and no more", "is not a sound GeoPackage"),
    ],
)
def test_what_would_do_harm_is_refused(tmp_path: Path, raw: bytes, message: str) -> None:
    """The problem names the file and what is wrong with it."""
    file = tmp_path / "a.bin"
    file.write_bytes(raw)
    found = bring(file)
    assert not found.texts
    (problem,) = found.problems
    assert message in str(problem)
    assert problem.severity == "error"


def test_a_file_has_a_largest_size_and_number_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both caps are named in the message."""
    file = tmp_path / "a.csv"
    file.write_text("title\n" + "A\n" * 20, encoding="utf-8")
    (problem,) = bring(file, largest=10).problems
    assert problem.message == "is larger than 1e-05 MB"
    monkeypatch.setattr(sheets, "MOST_ROWS", 5)
    (problem,) = bring(file).problems
    assert problem.message == "has more than 5 lines"


def test_a_formula_is_defused_where_a_spreadsheet_opens_it(tmp_path: Path) -> None:
    """In the table of events, in own columns, and in what is left out."""
    file = tmp_path / "a.csv"
    file.write_text("title,date,lat,lon,x y\n=1+1,1914,1,1,@a\n=2,,1,1,+b\n", encoding="utf-8")
    texts = bring(file).texts
    assert texts[TABLE].split("\n")[1] == "1-1,'=1+1,1914,1,1,'@a"
    assert texts["left_out.csv"].split("\n")[1].endswith(",'=2,,1,1,'+b")


TRACK = {
    "type": "Feature",
    "properties": {"route": "a", "confidence": "low", "times": ["1914", "1915"]},
    "geometry": {"type": "LineString", "coordinates": [[1, 2, 0, 9], [3, 4, 0, 9]]},
    "waypoints": [{"when": "1914", "lat": 1, "lon": 2}, {"when": "1915", "lat": 1, "lon": 3}],
}
SAMPLES = [
    b"title,date,lat,lon\nA,1914,1,2\n",
    b"title;date;lat;lon\nA;1914;1,5;2\n",
    json.dumps({"type": "FeatureCollection", "features": [FEATURE]}).encode(),
    json.dumps({"type": "FeatureCollection", "features": [FEATURE, TRACK]}).encode(),
    json.dumps(SLIDES).encode(),
    json.dumps({"storymap": {"slides": [{"text": {"headline": "A"}, "date": "1914"}]}}).encode(),
    json.dumps([{"itemLabel": "A", "coord": "Point(1 2)", "date": "1914"}]).encode(),
    KML.format(MARK).encode(),
    b'<gpx><wpt lat="1" lon="2"><name>A</name><time>1914</time></wpt></gpx>',
    zipped(**{"doc.kml": KML.format(MARK)}),
    zipped(
        xl__workbook_xml="<workbook/>",
        xl__worksheets__sheet1_xml='<s><row><c t="inlineStr"><is><t>title</t></is></c></row></s>',
    ),
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def reads(raw: bytes) -> None:
    """Reads bytes to the end: records and a project, or Unreadable."""
    try:
        sheet = sheet_of(raw)
    except Unreadable:
        return
    made = project_of(sheet, guess(sheet.columns, {}, []), Habits(), "a")
    routes = sum(is_route(one.cells) and bool(one.way) for one in sheet.records)
    assert made.events + made.left_out <= len(sheet.records) <= made.events + made.left_out + routes


@settings(max_examples=3000)
@given(st.sampled_from(SAMPLES), st.integers(0, 2000), st.binary(max_size=4), st.integers(0, 4))
def test_any_bytes_give_rows_or_a_problem(sample: bytes, at: int, put: bytes, cut: int) -> None:
    """A sample of any format with some bytes changed, taken away or put in."""
    at %= len(sample)
    reads(sample[:at] + put + sample[at + cut :])


@settings(max_examples=300)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_noise_gives_rows_or_a_problem(raw: bytes) -> None:
    """Bytes of no format."""
    reads(raw)


@settings(max_examples=300)
@given(
    st.sampled_from(
        ["properties", "geometry", "when", "names", "id", "text", "location", "start_date"]
    ),
    VALUES,
)
def test_members_of_any_kind_give_rows_or_a_problem(name: str, value: object) -> None:
    """Where an object is looked for, anything may stand."""
    reads(
        json.dumps({"type": "FeatureCollection", "features": [{**FEATURE, name: value}]}).encode()
    )
    reads(json.dumps({"events": [{**SLIDES["events"][0], name: value}]}).encode())
    reads(json.dumps({"storymap": {"slides": [{name: value}]}}).encode())
    reads(json.dumps({"results": {"bindings": [{name: value}]}}).encode())


TEXT = st.text(st.characters(exclude_characters="\r\n"), max_size=8)


@settings(max_examples=150)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), min_size=1, max_size=3))
def test_what_is_made_has_no_problem(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str]]
) -> None:
    """Whatever the texts, the tables that are written are read without a problem."""
    told = [
        {"title": title, "place": place, "direction": direction, "summary": text, "date": "1914"}
        for title, place, direction, text in rows
    ]
    value = [{**one, "lat": 1, "lon": 2} for one in told]
    sheet = sheet_of(json.dumps(value).encode())
    made = project_of(sheet, guess(sheet.columns, {}, []), Habits(), "a")
    if made.texts:
        folder = tmp_path_factory.mktemp("made")
        (folder / TABLE).parent.mkdir(parents=True)
        (folder / TABLE).write_text(made.texts[TABLE], encoding="utf-8", newline="\n")
        tables, problems = read_tables(folder)
        assert problems == []
        assert len(tables.events) == made.events


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """Nor is what is not there."""
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(Unreadable):
            read_sheet(path)
