"""The record as parts of the scene: claims by event, local clocks, series for charts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from events.civil import DAY_MS
from events.record import Claim, Clock, Event, Place, Reading, Tables
from events.row import slugged
from events.when import When
from events.zones import offset_at
from maps.story import Story

Part = dict[str, Any]

_MINUTE_MS = 60_000
LEAST = 2  # points that make a line
_THERE = "there"  # the id of the clock of the event's own place


def claims_by_event(events: Iterable[Event], tables: Tables) -> dict[str, list[Part]]:
    """The claims of each event that has any, in the order of their table."""
    shown = {event.id for event in events}
    claims: dict[str, list[Part]] = {}
    for claim in tables.claims:
        if claim.event in shown:
            claims.setdefault(claim.event, []).append(_claim(claim))
    return claims


def _claim(claim: Claim) -> Part:
    return {
        "id": claim.id,
        "about": claim.about,
        "says": claim.says,
        "when": claim.when.label if claim.when else "",
        "quantity": claim.quantity,
        "side": claim.side,
        "value": claim.value,
        "low": claim.low,
        "high": claim.high,
        "unit": claim.unit,
        "whole": claim.whole,
        "sources": list(claim.sources),
        "locator": claim.locator,
        "stance": claim.stance,
        "verified": claim.verified,
        "note": claim.note,
    }


def clocks_by_event(events: Iterable[Event], tables: Tables) -> dict[str, list[Part]]:
    """What the clocks showed as each event began of which the hour is known: there, then cities."""
    if not tables.clocks:
        return {}
    places = {place.id: place for place in tables.places}
    return {
        event.id: _clocks(event, places.get(event.place), tables.clocks)
        for event in events
        if event.when.timed
    }


def _clocks(event: Event, place: Place | None, clocks: Iterable[Clock]) -> list[Part]:
    instant = event.when.moment[0]
    label = place.name if place else event.place
    rows = [_clock(_THERE, label, instant, event.when.offset)]
    for clock in clocks:
        offset = offset_at(clock.zone, instant)
        if offset is not None:
            rows.append(_clock(clock.id, clock.label, instant, offset))
    return rows


def _clock(name: str, label: str, instant: int, offset: int) -> Part:
    """The hour and the day of one clock, finished words."""
    local = instant + offset
    minutes = local // _MINUTE_MS % 1440
    return {
        "id": name,
        "label": label,
        "time": f"{minutes // 60:02}:{minutes % 60:02}",
        "day": When.parse(_day(local)).label,
        "offset": offset,
    }


def _day(local: int) -> str:
    """The day of an instant as dates have it."""
    return str(np.datetime64(local // DAY_MS, "D"))


def series_of(story: Story, tables: Tables) -> list[Part]:
    """Each series of which a point meets the story's span, first those that the story names.

    All points come with it, in order of time. `chart` says which can be drawn (two points within
    the span make a line), `shown` which of those the page shows at first: those that the story
    names, else all.
    """
    readings = readings_by_series(tables)
    named = dict.fromkeys(story.series or ())
    rest = [name for name in readings if name not in named]
    return [
        _series(name, readings[name], story)
        for name in (*(name for name in named if name in readings), *rest)
        if count_met(story, readings[name])
    ]


def readings_by_series(tables: Tables) -> dict[str, list[Reading]]:
    """The points of each series, in the order of their table."""
    readings: dict[str, list[Reading]] = {}
    for reading in tables.series:
        readings.setdefault(reading.series, []).append(reading)
    return readings


def count_met(story: Story, readings: Iterable[Reading]) -> int:
    """How many points of a series the story's span meets."""
    return sum(story.reaches(reading.when) for reading in readings)


def _series(name: str, readings: list[Reading], story: Story) -> Part:
    first = readings[0]
    ordered = sorted(readings, key=lambda reading: _span(reading.when))
    chart = count_met(story, readings) >= LEAST
    return {
        "id": slugged(name),
        "label": name,
        "unit": first.unit,
        "direction": first.direction,
        "chart": chart,
        "shown": chart and (story.series is None or name in story.series),
        "points": [_point(reading) for reading in ordered],
    }


def _point(reading: Reading) -> Part:
    first, last = _span(reading.when)
    return {
        "when": reading.when.label,
        "first": first,
        "last": last,
        "value": reading.value,
        "low": reading.low,
        "high": reading.high,
        "sources": list(reading.sources),
        "verified": reading.verified,
        "note": reading.note,
    }


def _span(when: When) -> tuple[int, int]:
    """All the time that a point stands for; an open end is where the known one is."""
    first, last = when.moment
    return (
        first if when.first is None else when.first,
        last if when.last is None else when.last,
    )
