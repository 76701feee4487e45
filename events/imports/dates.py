"""Dates of the wild -> ISO 8601 and EDTF, where they can mean only one thing.

What a text may mean is known by `events/cures.py`; here stands who chooses, and what databases do
to dates: midnights that are days, hours without a zone, beginnings and ends in two columns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from events.cures import choices, readings
from events.habits import BCE, CE, OPTIONS
from events.when import When, WhenProblem

_CLOCK = re.compile(
    r"(?P<day>.*\d)(?:T|,? +)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r" ?(?P<half>[ap]m)? ?(?P<zone>Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE | re.ASCII,
)
_BEFORE_CHRIST = re.compile(r"-(\d{1,4})(.*)")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a file writes its dates, as far as somebody said; `zone` is that of hours without one.

    `years` is the habit of years in a column of their own, where the format has one.
    """

    prefer: tuple[str, ...] = ()
    zone: str = ""
    years: tuple[str, ...] = ()


class Reading(NamedTuple):
    """A time as tables have it, and whether an hour was left out because nobody knew its zone."""

    text: str
    hourless: bool = False


@lru_cache(maxsize=1 << 14)
def read_when(text: str, habits: Habits) -> Reading:
    """One time of the wild; WhenProblem with the choices where it may mean several or nothing."""
    text = text.removeprefix("+")  # so Wikidata marks years after Christ
    if BCE in habits.prefer and text.startswith("-"):
        text = _BEFORE_CHRIST.sub(lambda found: _before_christ(int(found[1])) + found[2], text)
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        return Reading(_read(text, habits))
    day = _read(clock["day"], habits)
    hour, minute, second = int(clock["hour"]), clock["minute"], clock["second"]
    if clock["half"] and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (clock["half"].lower() == "pm")
    if (hour, minute, second) == (0, "00", "00"):  # so databases write a day
        return Reading(day)
    zone = (clock["zone"] or habits.zone).upper()
    if not zone:
        return Reading(day, hourless=True)
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    return Reading(_read(f"{day}T{hour:02}:{minute}{f':{second}' if second else ''}{zone}", habits))


def read_span(start: str, end: str, habits: Habits) -> Reading:
    """A time from one to another, of which either may be empty; WhenProblem as above."""
    read = [read_when(text, habits) for text in (start, end) if text]
    texts = list(dict.fromkeys(one.text for one in read))
    hourless = any(one.hourless for one in read)
    if len(texts) == 2 and start:
        return Reading(When.parse("/".join(texts)).text, hourless)
    return Reading(texts[0] if start else f"../{texts[0]}", hourless)


def read_parts(parts: Sequence[str], habits: Habits) -> Reading:
    """A time of year, month and day in three cells, of which the last may be empty."""
    year, month, day = (part.removesuffix(".0") for part in parts)
    counted = replace(habits, prefer=(*habits.prefer, *habits.years))
    if not month:
        return read_when(year, counted)
    if not (month.isdecimal() and (day.isdecimal() or not day)):
        return read_when(" ".join(filter(None, (day, month, year))), habits)
    count = read_when(year, counted).text
    return Reading(
        _read("-".join((count, f"{month:0>2}", *([f"{day:0>2}"] if day else ()))), habits)
    )


def _read(text: str, habits: Habits) -> str:
    if is_when(text):
        return text
    found = readings(text, is_when)
    chosen = [one for one in found if one.habit in (*habits.prefer, CE)]
    if len(found) == 1 or len(chosen) == 1:
        return (chosen or found)[0].text
    if not found:
        return When.parse(text).text  # which says what is wrong
    options = [OPTIONS[one.habit] for one in found if one.habit in OPTIONS]
    by_option = f"; {' or '.join(options)} chooses for all rows" if options else ""
    raise WhenProblem("can be read in several ways", f"{choices(found)}{by_option}")


@lru_cache(maxsize=1 << 14)
def is_when(text: str) -> bool:
    """Whether a text is a time as tables have it."""
    try:
        When.parse(text)
    except WhenProblem:
        return False
    return True


def _before_christ(year: int) -> str:
    return f"-{year - 1:04}" if year > 1 else "0000"
