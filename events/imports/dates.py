"""Dates of the wild -> ISO 8601 and EDTF, where they can mean only one thing.

What a text may mean is known by `events/cures.py`; here stands who chooses, and what databases do
to dates: midnights that are days, hours without a zone, beginnings and ends in two columns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from events.civil import iso_instant
from events.cures import choices, readings
from events.habits import BCE, CE, OPTIONS, WHOLE
from events.when import When, WhenProblem

_CLOCK = re.compile(
    r"(?P<day>.*\d)(?:T|,? +)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r" ?(?P<half>[ap]m)? ?(?P<zone>Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE | re.ASCII,
)
_COUNT = re.compile(r"-?(?:\d{9,10}|\d{12,14})", re.ASCII)
_BEFORE_CHRIST = re.compile(r"-(\d{1,4})(.*)")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a file writes its dates, as far as somebody said; `zone` is that of hours without one.

    `years` is the habit of years in a column of their own, where the format has one. `ours` is said
    of tables that have our column `when`: what is a time there stays as it was written.
    """

    prefer: tuple[str, ...] = ()
    zone: str = ""
    years: tuple[str, ...] = ()
    ours: bool = False


class Reading(NamedTuple):
    """A time as tables have it, and what of it was left out.

    `hourless`: an hour, because nobody knew its zone; `whole`: that it was early, mid or late.
    """

    text: str
    hourless: bool = False
    whole: bool = False


@lru_cache(maxsize=1 << 14)
def read_when(text: str, habits: Habits) -> Reading:
    """One time of the wild; WhenProblem with the choices where it may mean several or nothing."""
    text = counted(text.removeprefix("+"))  # so Wikidata marks years after Christ
    if BCE in habits.prefer and text.startswith("-"):
        text = _BEFORE_CHRIST.sub(lambda found: _before_christ(int(found[1])) + found[2], text)
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        return _read(text, habits)
    day = _read(clock["day"], habits)
    hour, minute, second = int(clock["hour"]), clock["minute"], clock["second"]
    if clock["half"] and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (clock["half"].lower() == "pm")
    zone = (clock["zone"] or "").upper()
    if (hour, minute) == (0, "00") and (not zone or (zone, second) == ("Z", "00")):
        return day  # so databases and spreadsheets write one
    zone = zone or habits.zone.upper()
    if not zone:
        return day._replace(hourless=True)
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    seconds = f":{second}" if second else ""
    return _read(f"{day.text}T{hour:02}:{minute}{seconds}{zone}", habits)


def counted(text: str) -> str:
    """What computers count from 1970, as a time: seconds in 9 or 10 digits, else milliseconds.

    A count that could be year, month, day and hour without signs between them stays as it is.
    """
    if not _COUNT.fullmatch(text) or is_when(f"{text[:4]}-{text[4:6]}-{text[6:8]}"):
        return text
    return iso_instant(int(text) * (1000 if len(text.lstrip("-")) < 11 else 1))


def read_span(start: str, end: str, habits: Habits) -> Reading:
    """A time from one to another; either may be empty, and the end open; WhenProblem as above."""
    first = read_when(start, habits) if start else Reading("")
    return spanned(first, Reading(end) if end in ("", "..") else read_when(end, habits))


def spanned(start: Reading, end: Reading) -> Reading:
    """The time from one to another, of which either may be empty; WhenProblem if out of order."""
    text = start.text or f"../{end.text}"
    if start.text and end.text not in ("", start.text):
        text = When.parse(f"{start.text}/{end.text}").text
    return Reading(text, start.hourless or end.hourless, start.whole or end.whole)


def read_parts(parts: Sequence[str], habits: Habits) -> Reading:
    """A time of year, month, day and clock in four cells, of which the last may be empty."""
    year, month, day, clock = (part.removesuffix(".0") for part in parts)
    counted = replace(habits, prefer=(*habits.prefer, *habits.years))
    if not month:
        return read_when(year, counted)
    if not (month.isdecimal() and (day.isdecimal() or not day)):
        return read_when(" ".join(filter(None, (day, month, year, clock))), habits)
    count = read_when(year, counted).text
    date = _read("-".join((count, f"{month:0>2}", *([f"{day:0>2}"] if day else ()))), habits)
    return read_when(f"{date.text} {clock}", habits) if day and clock else date


def _read(text: str, habits: Habits) -> Reading:
    if is_when(text):
        return Reading(text)
    found = readings(text, is_when)
    chosen = [one for one in found if one.habit in (*habits.prefer, CE)]
    if len(found) == 1 or len(chosen) == 1:
        one = (chosen or found)[0]
        return Reading(one.text, whole=one.habit == WHOLE)
    if not found:
        return Reading(When.parse(text).text)  # which says what is wrong
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
