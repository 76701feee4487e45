"""The record for other programs: tables as CSV, events and places as GeoJSON, sources as CSL-JSON.

In GeoJSON times stand as Linked Places has them (`when`, with timespans of `in` or `earliest` and
`latest`). A cell of CSV that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from events.civil import iso_instant
from events.record import Claim, EssayClaim, Event, Place, Reading, Source, Tables
from events.when import When
from events.writing import csv_text, defused

FOLDER = "data"
CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
_CSL = {"book": "book", "article": "article", "web": "webpage", "dataset": "dataset"}
_YEAR = re.compile("[0-9]{4}")

Cell = str | float | None | tuple[str, ...]
Json = dict[str, Any]


def record_files(tables: Tables) -> dict[str, str]:
    """The text of each file by its path below the site's folder; none where nothing is claimed."""
    if not tables.claims:
        return {}
    files = {
        "claims.csv": defused_csv(_CLAIM, map(_claim_cells, tables.claims)),
        "essay_claims.csv": defused_csv(_ESSAY_CLAIM, map(_essay_claim_cells, tables.essay_claims)),
        "events.csv": defused_csv(_EVENT, map(_event_cells, tables.events)),
        "events.geojson": linked_places(tables.events),
        "places.csv": defused_csv(_PLACE, map(_place_cells, tables.places)),
        "places.geojson": _collection(_place_features(tables)),
        "series.csv": defused_csv(_SERIES, map(_series_cells, tables.series)),
        "sources.csv": defused_csv(_SOURCE, map(_source_cells, tables.sources)),
        "sources.json": _json_lines(map(_citation, tables.sources)),
    }
    return {f"{FOLDER}/{name}": text for name, text in files.items()}


# CSV

_CLAIM = (
    *("id", "event", "about", "says", "when", "quantity", "side", "value", "low", "high", "unit"),
    *("whole", "sources", "locator", "stance", "verified", "note"),
)
_ESSAY_CLAIM = (
    *("id", "essay", "paragraph", "says", "verdict", "value", "sources", "locator", "events"),
    *("topic", "verified", "note"),
)
_EVENT = (
    *("id", "title", "when", "first", "last", "precision", "certainty", "place", "lat", "lon"),
    *("directions", "kind", "status", "actors", "summary", "sources", "verified", "note"),
)
_PLACE = ("id", "name", "today", "names", "lat", "lon", "accuracy_km", "zone")
_SERIES = (
    *("id", "series", "when", "first", "last", "value", "low", "high", "unit", "direction"),
    *("sources", "verified", "note"),
)
_SOURCE = ("id", "type", "author", "title", "year", "where", "opened", "note")


def defused_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The text of a table in which no cell is a formula."""
    return csv_text(columns, ([defused(_text(cell)) for cell in row] for row in rows))


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return ";".join(cell)
    return cell if isinstance(cell, str) else format(Decimal(f"{cell:.12g}"), "f")


def _cells(record: object, columns: Iterable[str]) -> list[Cell]:
    """The fields of a record by the names of columns; times as they were written."""
    cells = (getattr(record, column) for column in columns)
    return [cell.text if isinstance(cell, When) else cell for cell in cells]


def _claim_cells(claim: Claim) -> list[Cell]:
    return _cells(claim, _CLAIM)


def _essay_claim_cells(claim: EssayClaim) -> list[Cell]:
    return _cells(claim, _ESSAY_CLAIM)


def _event_cells(event: Event) -> list[Cell]:
    of = event.when
    times: list[Cell] = [_instant(of.first), _instant(of.last), of.precision, of.certainty]
    return [*_cells(event, _EVENT[:3]), *times, *_cells(event, _EVENT[7:])]


def _place_cells(place: Place) -> list[Cell]:
    return _cells(place, _PLACE)


def _series_cells(point: Reading) -> list[Cell]:
    times: list[Cell] = [_instant(point.when.first), _instant(point.when.last)]
    return [*_cells(point, _SERIES[:3]), *times, *_cells(point, _SERIES[5:])]


def _source_cells(source: Source) -> list[Cell]:
    return _cells(source, _SOURCE)


def _instant(instant: int | None) -> str:
    return "" if instant is None else iso_instant(instant)


# GeoJSON


def linked_places(events: Iterable[Event]) -> str:
    """The text of a file of events as Linked Places has them."""
    return _collection(map(_event_feature, events))


def _collection(features: Iterable[Json]) -> str:
    head = json.dumps({"type": "FeatureCollection", "@context": CONTEXT}, separators=(",", ":"))
    lines = ",\n".join(map(_line, features))
    return f'{head.removesuffix("}")},"features":[\n{lines}\n]}}\n'


def _line(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _json_lines(values: Iterable[Json]) -> str:
    return "[\n" + ",\n".join(map(_line, values)) + "\n]\n"


def event_properties(event: Event) -> Json:
    """What a feature says of an event, but for its time, which formats write each in its way."""
    return {
        "event": event.id,
        "title": event.title,
        "directions": list(event.directions),
        "kind": event.kind,
        "status": event.status,
        "place": event.place,
        "actors": list(event.actors),
        "summary": event.summary,
        "sources": list(event.sources),
        "verified": event.verified,
        "note": event.note,
    }


def _event_feature(event: Event) -> Json:
    return {
        "type": "Feature",
        "@id": f"#{event.id}",
        "properties": event_properties(event),
        "when": _linked(event.when),
        "names": [{"toponym": event.title}],
        "geometry": _point(event.lon, event.lat),
    }


def _place_features(tables: Tables) -> Iterable[Json]:
    """Each place with its names and with the times of the events that it saw."""
    seen: dict[str, list[When]] = {}
    for event in tables.events:
        seen.setdefault(event.place, []).append(event.when)
    for place in tables.places:
        whens = sorted(seen.get(place.id, ()), key=lambda when: when.moment)
        names = dict.fromkeys(filter(None, (place.name, place.today, *place.names)))
        yield {
            "type": "Feature",
            "@id": f"#{place.id}",
            "properties": {
                "title": place.name,
                "today": place.today,
                "accuracy_km": place.accuracy_km,
            },
            "when": {"timespans": [span for when in whens for span in _linked(when)["timespans"]]},
            "names": [{"toponym": name} for name in names],
            "geometry": _point(place.lon, place.lat),
        }


def _point(lon: float, lat: float) -> Json:
    return {"type": "Point", "coordinates": [lon, lat]}


def _linked(when: When) -> Json:
    """A time as Linked Places has it; an open end is left out."""
    span = {}
    if when.first is not None:
        span["start"] = {"earliest": _instant(when.first)}
    if when.last is not None:
        span["end"] = {"latest": _instant(when.last)}
    return {"timespans": [span], "certainty": when.certainty, "label": when.text}


# CSL-JSON


def _citation(source: Source) -> Json:
    """A source as Zotero and its like read it."""
    cited: Json = {"id": source.id, "type": _CSL.get(source.type, "document")}
    cited["title"] = source.title
    if source.author:
        cited["author"] = [{"literal": name.strip()} for name in source.author.split(";")]
    years = _YEAR.findall(source.year)
    if years:
        cited["issued"] = {"date-parts": [[int(year)] for year in years[:2]]}
    if source.where:
        cited["publisher" if source.type == "book" else "source"] = source.where
    opened = source.opened[:1].upper() + source.opened[1:]
    remarks = [f"{opened}." if opened else "", source.note]
    if any(remarks):
        cited["note"] = " ".join(filter(None, remarks))
    return cited
