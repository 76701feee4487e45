"""The events of a story as CSV, with the columns of events.csv, so that they can be read again."""

from __future__ import annotations

from events.reading import EVENTS
from events.record import Event, Tables
from events.when import When
from geodata.reading import Ground
from maps.export.geojson import events_of
from maps.export.record import defused_csv
from maps.story import Story

_COLUMNS = (*EVENTS.required, *EVENTS.optional)


def csv(story: Story, tables: Tables, ground: Ground, at: When | None = None) -> str:
    """The text of the file; a cell that a spreadsheet would run begins with an apostrophe."""
    return defused_csv(_COLUMNS, map(_cells, events_of(story, tables, at)))


def _cells(event: Event) -> list[str | float | tuple[str, ...]]:
    cells = {
        "when": event.when.text,
        "direction": event.directions or "context",
        "key": "yes" if event.key else "no",
    }
    return [cells.get(column) or getattr(event, column) for column in _COLUMNS]
