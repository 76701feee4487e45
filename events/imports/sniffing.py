"""What a file is, told by what it holds and not by its name."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from events.imports.delimited import read_delimited
from events.imports.geojson import read_geojson
from events.imports.geopackage import read_geopackage
from events.imports.gpx import read_gpx
from events.imports.json_text import Json, member, parse_json
from events.imports.kml import read_kml, read_kmz
from events.imports.markup import parse_xml
from events.imports.sheet import Sheet
from events.imports.slides import marked, read_story_map, read_timeline
from events.imports.wikidata import read_list, read_results
from events.imports.xlsx import read_xlsx
from events.imports.zips import Zip
from events.table import LARGEST_FILE, Unreadable, bytes_of

_WEB_PAGE = re.compile(r"<!doctype html|<html\b|<head\b|<script\b", re.IGNORECASE)
_NO_TABLE = (
    "in Google Sheets: File, Share, Publish to web, CSV; elsewhere name the file that it shows"
)
_KNOWN = "known are CSV, XLSX, GeoJSON, KML, GPX, GeoPackage, TimelineJS, StoryMapJS, Wikidata"


def read_sheet(source: Path | str, largest: int = LARGEST_FILE, encoding: str = "") -> Sheet:
    """The records of a file, or of what stands at an address, in any format that is known.

    Unreadable where nothing can be read. `encoding` is that of a table that is not UTF-8.
    """
    if isinstance(source, Path):
        return sheet_of(bytes_of(source, largest, "look for a slip in its name"), encoding)
    from events.imports.fetching import fetch  # here, since it loads all that TLS needs

    return sheet_of(fetch(source, largest), encoding)


def sheet_of(raw: bytes, encoding: str = "") -> Sheet:
    """The records in the bytes of a file."""
    if raw.startswith(b"SQLite format 3\0"):
        return read_geopackage(raw)
    if raw.startswith(b"PK"):
        packed = Zip(raw)
        is_book = "xl/workbook.xml" in packed.names
        return marked(read_xlsx(packed)) if is_book else read_kmz(packed)
    wide = raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    begins = raw[:200].decode("utf-16" if wide else "utf-8-sig", "ignore").lstrip()
    if _WEB_PAGE.match(begins):
        raise Unreadable("is a web page, and no table", _NO_TABLE)
    if begins[:1] == "<":
        return _of_xml(raw.lstrip())
    if begins[:1] in ("{", "["):
        return _of_json(parse_json(raw))
    return marked(read_delimited(raw, encoding))


def _of_xml(raw: bytes) -> Sheet:
    root = parse_xml(raw)
    if root.tag == "gpx":
        return read_gpx(root)
    if root.tag == "kml" or root.find(".//Placemark") is not None:
        return read_kml(root)
    raise Unreadable(f"is XML, but of no known kind: <{root.tag}>", _KNOWN)


def _of_json(value: Json) -> Sheet:
    if isinstance(value, list):
        return read_list(value)
    if value.get("type") in ("FeatureCollection", "Feature"):
        return read_geojson(value)
    if isinstance(member(value, "storymap", "slides"), list):
        return read_story_map(value)
    if isinstance(member(value, "results", "bindings"), list):
        return read_results(value)
    if isinstance(value.get("events"), list):
        return read_timeline(value)
    raise Unreadable("is JSON, but of no known kind", _KNOWN)
