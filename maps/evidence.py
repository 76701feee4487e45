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

Part = dict[str, Any]

_MINUTE_MS = 60_000
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


def series_of(tables: Tables) -> list[Part]:
    """Each series with its points in order of time, steps and gaps as they are."""
    readings: dict[str, list[Reading]] = {}
    for reading in tables.series:
        readings.setdefault(reading.series, []).append(reading)
    return [_series(name, points) for name, points in readings.items()]


def _series(name: str, readings: list[Reading]) -> Part:
    first = readings[0]
    ordered = sorted(readings, key=lambda reading: reading.when.moment)
    return {
        "id": slugged(name),
        "label": name,
        "unit": first.unit,
        "direction": first.direction,
        "points": [_point(reading) for reading in ordered],
    }


def _point(reading: Reading) -> Part:
    first, last = reading.when.moment
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
