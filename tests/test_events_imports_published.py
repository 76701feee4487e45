"""Files in the shape of the examples that each format's documentation publishes: they come whole.

Keys, nesting and oddities are theirs; the words are ours. What each is shaped after stands beside.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import make_maps
from events.imports.bringing import Brought, bring
from events.reading import read_tables
from geodata.routes import read_routes


def collection(*features: dict[str, Any], **more: Any) -> str:
    """A collection of features."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


def feature(properties: dict[str, Any], kind: str, coordinates: Any, **more: Any) -> dict[str, Any]:
    """A feature of one shape."""
    shape = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": shape, **more}


WAY = [[102.0, 0.0], [103.0, 1.0], [104.0, 0.0]]
INSTANTS = [-870000000000, -869990000000, -869980000000]
LINKED_PLACES = collection(  # the sample record of linked-places-format's README, v1.1 and v1.2.2
    {
        "@id": "http://example.org/places/p_1",
        "type": "Feature",
        "properties": {"title": "Lae (PNG)", "ccodes": ["PG"]},
        "when": {
            "timespans": [{"start": {"in": "1942"}, "end": {"in": "1943"}}],
            "periods": [{"name": "Pacific War", "@id": "periodo:x"}],
            "label": "sample 'when'",
            "duration": "P1Y",
        },
        "names": [
            {"toponym": "Lae", "lang": "en", "when": {"timespans": [{"start": {"in": "1"}}]}}
        ],
        "types": [{"identifier": "aat:300008375", "label": "town"}],
        "geometry": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Point", "coordinates": [147.0, -6.72], "certainty": "certain"},
                {"type": "Point", "coordinates": [147.1, -6.7], "geo_wkt": "POLYGON ((1 2, 3 4))"},
            ],
        },
        "descriptions": [{"@id": "http://example.org", "value": "...a town...", "lang": "en"}],
    },
    {  # of its text on geometry: well-known text instead of coordinates, times without `in`
        "@id": "http://example.org/places/p_2",
        "type": "Feature",
        "properties": {"title": "Salamaua"},
        "geometry": {
            "type": "GeometryCollection",
            "geometries": [
                {
                    "geo_wkt": "POLYGON ((147 -7, 147.2 -7,\n 147.2 -7.1, 147 -7))",
                    "when": {"timespans": [{"start": "1942"}]},
                }
            ],
        },
    },
    {
        "@id": "http://example.org/places/p_3",
        "type": "Feature",
        "properties": {"title": "Nowhere"},
        "when": {"timespans": [{"start": {"in": "1942-08?"}, "end": {"latest": "1943-01-02"}}]},
        "geometry": {"type": "GeometryCollection", "geometries": ["null"]},
    },
)
LINKED_PLACES_TABLE = (  # tsv_0.5.md of linked-places-format
    "id\ttitle\ttitle_source\tfclasses\tattestation_year\tstart\tend\tlon\tlat\tgeowkt\tdescription\n"
    "1\tUruk\tAtlas\tP\t\t-3100\t-320\t45.64\t31.32\t\tA town\n"
    "2\tLagash\tAtlas\tP\t1999\t\t\t\t\tPOLYGON((46 31,46.8 31,46.8 31.4,46 31))\tx\n"
)
TIMES_KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Points with TimeStamps</name>
<Style id="hiker"><IconStyle><Icon><href>http://example.org/i.png</href></Icon></IconStyle></Style>
<Placemark><TimeStamp><when>1942-01-14T21:05:02Z</when></TimeStamp><styleUrl>#hiker</styleUrl>
<Point><coordinates>-122.536226,37.86047,0</coordinates></Point></Placemark>
<Folder><TimeSpan><begin>1942-08</begin></TimeSpan><Placemark><name>In a folder</name>
<Point><coordinates>-104.98,39.74</coordinates></Point></Placemark></Folder>
<GroundOverlay><name>Blue</name><TimeSpan><begin>1942</begin></TimeSpan></GroundOverlay>
</Document></kml>"""  # developers.google.com/kml/documentation/time
TRACK_KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Folder>
<Placemark><gx:Track>
<when>1942-05-28T02:02:09Z</when> <when>1942-05-28T02:02:35Z</when>
<gx:coord>-122.207881 37.371915 156.0</gx:coord> <gx:coord>-122.205712 37.373288 152.0</gx:coord>
</gx:Track></Placemark></Folder></kml>"""  # developers.google.com/kml/documentation/kmlreference
GPX = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" creator="Oregon 400t" version="1.1"><metadata>
<link href="http://example.org"><text>G</text></link><time>2009-10-17T22:58:43Z</time></metadata>
<wpt lat="46.5" lon="8.8"><ele>2372</ele><name>NO TIME</name></wpt>
<trk><name>Example</name><trkseg><trkpt lat="47.644548" lon="-122.326897"><ele>4.46</ele>
<time>1942-10-17T18:37:26Z</time></trkpt><trkpt lat="47.6445" lon="-122.3268"><ele>4.94</ele>
<time>1942-10-17T18:37:34.000Z</time></trkpt></trkseg></trk><trk></trk></gpx>
"""  # the example of Wikipedia and Foursquare's documentation; an empty trk as GPX Tracker has it
TEMPLATE = (  # TimelineJS's spreadsheet, with the two columns that a map needs
    "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,"
    "Media Credit,Media Caption,Media Thumbnail,Type,Group,Background,lat,lon\n"
    ",,,,,,,,,The title,<b>Start</b>,,,,,title,,,,\n"
    '1942,6,4,12:30:00,1942,6,7,13:00:00,,Midway,"<p>A ""battle""</p>",,,,,,Sea,#fff,28.2,-177.3\n'
    "-490,9,,,,,,,490 BCE,Marathon,x,,,,,,Land,,38.1,23.9\n"
    "1941,,,,1945,,,,,War,,,,,,era,,,,\n"
)
STORY_MAP = json.dumps(  # static/demo/demo.json of StoryMapJS
    {
        "storymap": {
            "slides": [
                {"type": "overview", "date": "1790-2010", "text": {"headline": "All", "text": ""}},
                {
                    "date": "1790",
                    "text": {"headline": "1790 <small>Kent</small>", "text": "<p>A look.</p>"},
                    "location": {
                        "name": "Kent County",
                        "lat": 39.275,
                        "lon": -76.18667,
                        "zoom": 10,
                        "line": True,
                    },
                    "media": {"url": "http://example.org/a.png", "credit": "x", "caption": "y"},
                },
            ]
        }
    }
)
QUAKE = {
    "mag": 1.3,
    "place": "10 km N of X",
    "time": -870000000000,
    "tz": None,
    "type": "earthquake",
}
RESULTS = json.dumps(  # the JSON of Wikidata's query service; a date that nobody knows is a bnode
    {
        "head": {"vars": ["battle", "battleLabel", "date", "coord"]},
        "results": {
            "bindings": [
                {
                    "battle": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"},
                    "date": {"datatype": "xsd:dateTime", "type": "literal", "value": date},
                    "coord": {
                        "datatype": "wktLiteral",
                        "type": "literal",
                        "value": "Point(4.4 50.6)",
                    },
                    "battleLabel": {"xml:lang": "en", "type": "literal", "value": title},
                }
                for title, date in (
                    ("Waterloo", "1815-06-18T00:00:00Z"),
                    ("Marathon", "-0489-09-12T00:00:00Z"),
                    ("Some day", "t1290"),
                )
            ]
        },
    }
)
HISTORICAL_MAP = collection(  # OpenHistoricalMap, by overpass turbo
    feature(
        {"@id": "node/1", "name": "Fort", "start_date": "~1850", "end_date": "1901", "type": "x"},
        *("Point", [1, 2]),
        id="node/1",
    ),
    generator="overpass-turbo",
)

# What a file holds -> its events as (title, when, lat, lon), and how many are left out.
PUBLISHED: dict[str, tuple[str, list[tuple[str, str, float, float]], int]] = {
    "linked-places": (
        LINKED_PLACES,
        [("Lae (PNG)", "1942/1943", -6.72, 147.0), ("Salamaua", "1942", -7.05, 147.1)],
        1,
    ),
    "linked-places-tsv": (
        LINKED_PLACES_TABLE,
        [("Uruk", "-3099/-0319", 31.32, 45.64), ("Lagash", "1999", 31.2, 46.4)],
        0,
    ),
    "kml-times": (
        TIMES_KML,
        [
            ("Placemark 1", "1942-01-14T21:05:02Z", 37.86047, -122.536226),
            ("In a folder", "1942-08/..", 39.74, -104.98),
        ],
        1,
    ),
    "kml-track": (
        TRACK_KML,
        [("Placemark 1", "1942-05-28T02:02:09Z/1942-05-28T02:02:35Z", 37.371915, -122.207881)],
        0,
    ),
    "gpx": (
        GPX,
        [("Example", "1942-10-17T18:37:26Z/1942-10-17T18:37:34Z", 47.644548, -122.326897)],
        2,
    ),
    "timelinejs-spreadsheet": (
        TEMPLATE,
        [("Midway", "1942-06-04/1942-06-07", 28.2, -177.3), ("Marathon", "-0489-09", 38.1, 23.9)],
        2,
    ),
    "storymapjs": (STORY_MAP, [("1790 Kent", "1790", 39.275, -76.18667)], 1),
    "wikidata": (
        RESULTS,
        [("Waterloo", "1815-06-18", 50.6, 4.4), ("Marathon", "-0489-09-12", 50.6, 4.4)],
        1,
    ),
    "openhistoricalmap": (HISTORICAL_MAP, [("Fort", "1850~/1901", 2, 1)], 0),
    "folium-times": (  # TimestampedGeoJson, example 1 of folium's guide
        collection(
            feature(
                {"times": ["1942-06-02T00:00:00", "1942-06-02T00:10:00"], "style": {"weight": 5}},
                *("LineString", WAY[:2]),
            )
        ),
        [("Feature 1", "1942-06-02", 0, 102)],
        0,
    ),
    "time-dimension": (  # track_bus699.geojson of Leaflet.TimeDimension: no collection
        json.dumps(
            feature(
                {"name": "Bus 699", "times": ["1942-11-23 10:51:06", "1942-11-23 10:52:05"]},
                *("LineString", WAY[:2]),
            )
        ),
        [("Bus 699", "1942-11-23", 0, 102)],
        0,
    ),
    "coordinate-properties": (  # mapbox/geojson-coordinate-properties
        collection(
            feature({"p": 0.0, "coordinateProperties": {"times": INSTANTS}}, "LineString", WAY)
        ),
        [("Feature 1", "1942-06-07T13:20:00Z/1942-06-07T18:53:20Z", 0, 102)],
        0,
    ),
    "earthquakes": (  # USGS's feed, as the examples of Leaflet.timeline use it
        collection(feature(QUAKE, "Point", [-122.8, 38.8, 2.1], id="nc1"), metadata={"count": 1}),
        [("10 km N of X", "1942-06-07T13:20:00Z", 38.8, -122.8)],
        0,
    ),
    "kepler-csv": (  # sample trips of kepler.gl
        "pickup_datetime,pickup_longitude,pickup_latitude,dropoff_longitude\n\
1942-01-15 19:05:39 +00:00,-73.9938,40.7501,-73.9\n",
        [("Line 2", "1942-01-15T19:05:39+00:00", 40.7501, -73.9938)],
        0,
    ),
    "kepler-trip": (  # kepler.gl's trip layer: a fourth number is a time
        collection(
            feature(
                {"vendor": "A"},
                *("LineString", [[-74.20986, 40.8, 0, 1564184363], [-74.2, 40.81, 0, 1564184396]]),
            )
        ),
        [("A", "2019-07-26T23:39:23Z/2019-07-26T23:39:56Z", 40.8, -74.20986)],
        0,
    ),
    "folium-zoned": (  # the same as folium-times, with a zone
        collection(
            feature(
                {"times": ["1942-06-02T00:00:00Z", "1942-06-02T00:10:00Z"], "route": "699"},
                *("LineString", WAY[:2]),
            )
        ),
        [("Feature 1", "1942-06-02/1942-06-02T00:10:00Z", 0, 102)],
        0,
    ),
    "foursquare-csv": (  # Foursquare Studio's trip layer
        "id,latitude,longitude,timestamp\nA,40.81773,-74.20986,1564184363\n",
        [("A", "2019-07-26T23:39:23Z", 40.81773, -74.20986)],
        0,
    ),
}


def brought(folder: Path, content: str) -> Brought:
    """What becomes of a file."""
    file = folder / "file"
    file.write_text(content, encoding="utf-8", newline="")
    return bring(file)


ROUTES = {"kml-track", "gpx", "coordinate-properties", "kepler-trip", "folium-zoned"}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_example_comes_whole(tmp_path: Path, name: str) -> None:
    """A record that has a place and a date is an event; each other is left out with its reason."""
    content, expected, left_out = PUBLISHED[name]
    found = brought(tmp_path, content)
    for path, text in found.texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8", newline="\n")
    tables, problems = read_tables(tmp_path)
    assert problems == []
    assert [(one.title, one.when.text, one.lat, one.lon) for one in tables.events] == expected
    assert found.left_out == left_out
    routes, problems = read_routes(tmp_path)
    assert problems == []
    assert [route.title for route in routes] == [expected[-1][0]] * (name in ROUTES)


def test_without_times_nothing_comes_and_each_reason_is_told(tmp_path: Path) -> None:
    """The collection of RFC 7946, section 1.5, has no dates; none is made up."""
    shapes = (
        feature({"prop0": "value0"}, "Point", [102.0, 0.5]),
        feature({"prop0": "value0", "prop1": 0.0}, "LineString", WAY),
        feature({"prop1": {"this": "that"}}, "Polygon", [[[100, 0], [101, 0], [101, 1], [100, 0]]]),
    )
    found = brought(tmp_path, collection(*shapes))
    assert not found.texts
    assert [problem.message for problem in found.problems] == ["is empty: no date"] * 3


def test_an_example_builds(tmp_path: Path) -> None:
    """A file that is imported makes a site at once."""
    file, made, site = (tmp_path / name for name in ("file", "made", "site"))
    file.write_text(LINKED_PLACES, encoding="utf-8")
    assert make_maps.main(["import", str(file), "--out", str(made)]) == 0
    assert make_maps.main(["--project", str(made), "--out", str(site)]) == 0
    assert (site / "index.html").is_file()
