"""A story as the JSON of TimelineJS 3: slides with dates, lanes as groups, phases as eras.

TimelineJS shows its texts as HTML, so they are escaped; it passes over members that it does not
know, and those hold what its dates cannot say, and the place.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any

from events.civil import DAY_MS, date_of
from events.record import Event, Tables
from events.when import When
from geodata.reading import Ground
from maps.export.geojson import events_of
from maps.story import Story

Json = dict[str, Any]
_PARTS = {
    **dict.fromkeys(("century", "decade", "year"), 1),
    **dict.fromkeys(("season", "month"), 2),
    "day": 3,
    "minute": 5,
    "second": 6,
}
_NAMES = ("year", "month", "day", "hour", "minute", "second")


def timelinejs(story: Story, tables: Tables, ground: Ground, at: When | None = None) -> str:
    """The text of the file."""
    labels = {direction.id: direction.label for direction in tables.directions}
    places = {place.id: place.shown for place in tables.places}
    phases = [phase for phase in tables.phases if story.reaches(phase.when)]
    timeline = {
        "title": {"text": {"headline": html.escape(story.title)}},
        "events": [_slide(event, labels, places) for event in events_of(story, tables, at)],
        "eras": [{**_dates(one.when), "text": _headline(one.label)} for one in phases],
    }
    return json.dumps(timeline, ensure_ascii=False, indent=1) + "\n"


def _slide(event: Event, labels: dict[str, str], places: dict[str, str]) -> Json:
    paragraphs = filter(None, (event.summary, event.note))
    return {
        "unique_id": event.id,
        **_dates(event.when),
        "display_date": html.escape(event.when.label),
        "text": {
            **_headline(event.title),
            "text": "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs),
        },
        "group": html.escape(" and ".join(labels.get(name, name) for name in event.directions)),
        "when": event.when.text,
        "location": {
            "name": html.escape(places.get(event.place, event.place)),
            "lat": event.lat,
            "lon": event.lon,
        },
        "place": event.place,
        "direction": ";".join(event.directions) or "context",
        "kind": event.kind,
        "status": event.status,
        "verified": event.verified,
    }


def _headline(text: str) -> Json:
    return {"headline": html.escape(text)}


def _dates(when: When) -> Json:
    """Both ends; an open one is that of the moment at which the map opens it, or left out."""
    parts = _PARTS[when.precision]
    start = _date(when.moment[0] if when.first is None else when.first, parts)
    if when.last is None:
        return {"start_date": start}
    end = _date(when.last, parts)
    return {"start_date": start} if end == start else {"start_date": start, "end_date": end}


def _date(instant: int, parts: int) -> Json:
    days, rest = divmod(instant, DAY_MS)
    year, month, day = date_of(days)
    seconds = rest // 1000
    shown = year if year > 0 else year - 1  # its readers count 1 BCE as -1
    numbers: Iterable[int] = (shown, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60)
    return dict(list(zip(_NAMES, numbers, strict=True))[:parts])
