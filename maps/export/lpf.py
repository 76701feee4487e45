"""The events of a story in the Linked Places format: GeoJSON with `when`, as gazetteers read it."""

from __future__ import annotations

from events.record import Tables
from events.when import When
from geodata.reading import Ground
from maps.export.geojson import events_of
from maps.export.record import linked_places
from maps.story import Story


def lpf(story: Story, tables: Tables, ground: Ground, at: When | None = None) -> str:
    """The text of the file."""
    return linked_places(events_of(story, tables, at))
