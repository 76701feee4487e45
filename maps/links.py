"""Links into the maps: the address at which a page opens at an event, with its card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from events.civil import DAY_MS
from events.record import Event
from events.when import When
from maps.story import Story

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_MONTH_MS = 31 * DAY_MS


def link_to(event: Event, stories: Sequence[Story]) -> str:
    """The address of an event on the first map that shows it; "" where none does."""
    story = next((story for story in stories if story.reaches(event.when)), None)
    if story is None:
        return ""
    moment = address_of(event.when)
    parts = [f"t={moment}"] if moment else []
    return f"{quote(story.slug)}.html#{'&'.join([*parts, f'sel={event.id}'])}"


def address_of(when: When) -> str:
    """The moment at which a map opens a time, as addresses have it: a minute, day, month, year."""
    first, last = when.moment
    try:
        opens = _EPOCH + timedelta(milliseconds=first)
    except OverflowError:
        return ""
    day = f"{opens.year:04}-{opens.month:02}-{opens.day:02}"
    if last - first < DAY_MS - 1:
        return f"{day}T{opens.hour:02}:{opens.minute:02}Z"
    if last - first < DAY_MS:
        return day
    return day[:7] if last - first < _LONGEST_MONTH_MS else day[:4]
