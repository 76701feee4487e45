"""When: the text of a date as the source wrote it, and the instants that it may cover.

The grammar is ISO 8601 and EDTF (ISO 8601-2) levels 0 and 1, with the one-of sets of level 2. The
player's `when.js` reads the same grammar; change both or neither.

    when     = date | interval | set
    interval = end "/" end                 at least one end is a date; both ends are included
    end      = date | ".." | ""            ".." is open, "" is unknown
    set      = "[" member *("," member) "]"                     one of these
    member   = date | date ".." date | ".." date | date ".."
    date     = (year | month | day | time) ["~" | "?" | "%"]    about, uncertain, both
    year     = ["-"] 4DIGIT                astronomical: 0000 is 1 BCE; "-0000" is none
             | ["-"] 3DIGIT "X"            a decade
             | ["-"] 2DIGIT "XX"           a century
             | "Y" ["-"] 5*6DIGIT          up to 270000, no leading zero
    month    = ["-"] 4DIGIT "-" ("01".."12" | "21".."24" | "XX")
    day      = ["-"] 4DIGIT "-" "01".."12" "-" ("01".."31" | "XX") | ["-"] 4DIGIT "-XX-XX"
    time     = day "T" hh ":" mm [":" ss] zone                  not of an XX day
    zone     = "Z" | ("+" | "-") hh ":" mm                      hh up to 15: old local times

Letters are capitals, nothing may stand around. Instants are milliseconds since 1970-01-01T00:00Z in
the proleptic Gregorian calendar; a day without a zone is a UTC day. A span is closed: it ends one
millisecond before the next unit begins. 21 is spring, March to May; 24 is winter, December to
February of the next year.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from events.civil import DAY_MS, MONTHS, SEASONS, day_number, days_in_month, month_start
from events.cures import cure

Precision = Literal["second", "minute", "day", "month", "season", "year", "decade", "century"]
Certainty = Literal["certain", "less-certain", "uncertain"]
Words = tuple[str, ...]  # of a label, the most particular first: ("7", "December", "1941")

FARTHEST_YEAR = 270_000  # a browser's clock counts some 271,000 years either way

_FINENESS: tuple[Precision, ...] = (
    "second", "minute", "day", "month", "season", "year", "decade", "century",
)  # fmt: skip
_SURENESS: tuple[Certainty, ...] = ("certain", "less-certain", "uncertain")
_LONGEST_TEXT = 200
_MINUTE = 60_000  # milliseconds
_DASH = "–"
_MINUS = "\N{MINUS SIGN}"

_DATE = re.compile(
    r"""
    (?P<year> -?[0-9]{4} | -?[0-9]{3}X | -?[0-9]{2}XX | Y-?[1-9][0-9]{4,5} )
    (?: - (?P<month> [0-9]{2} | XX )
    (?: - (?P<day>   [0-9]{2} | XX )
    (?: T (?P<time>  [0-9]{2}:[0-9]{2}(?::[0-9]{2})? ) (?P<zone> Z | [+-][0-9]{2}:[0-9]{2} )?
    )? )? )?
    (?P<mark> [~?%] )?
    """,
    re.VERBOSE,
)


class WhenProblem(ValueError):
    """A text that is no date: `message` says what is wrong with it, `hint` what to write."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.message = message
        self.hint = hint


class When(NamedTuple):
    """A time as written, with the first and the last instant that it may cover.

    `first` and `last` are milliseconds since 1970-01-01T00:00Z, both included; None is open or
    unknown. `moment` is the span of its first bounded end: where a map opens it; `offset`
    is how far that end's clock was ahead of UTC, in milliseconds. `precision` is
    that of its coarsest date. `label` is finished English: "11 May – 16 September 1939".
    """

    text: str
    first: int | None
    last: int | None
    precision: Precision
    certainty: Certainty
    label: str
    moment: tuple[int, int]
    offset: int

    @property
    def timed(self) -> bool:
        """Whether it begins at an hour, not only on a day."""
        return "T" in self.text.partition("/")[0]

    @staticmethod
    def parse(text: str) -> "When":
        """Read one time of the grammar above; raises WhenProblem with the cure."""
        return _parse(text)


def stop_instant(when: When, sets_out: bool, arrives: bool, earliest: int | None) -> int | None:
    """The instant of a stop of a way, not before `earliest`; None where it has an open end or is.

    A day or a month leaves room: a way sets out at its beginning, arrives at its end, and passes
    what lies between in the middle. A time of day is meant as it stands.
    """
    if when.first is None or when.last is None:
        return None
    if sets_out or when.last - when.first < _MINUTE:
        instant = when.first
    else:
        instant = when.last if arrives else (when.first + when.last) // 2
    if earliest is None or instant >= earliest:
        return instant
    return earliest if when.last >= earliest else None


class _Date(NamedTuple):
    """One date of the grammar."""

    first: int
    last: int
    precision: Precision
    certainty: Certainty
    words: Words
    offset: int = 0


class _Member(NamedTuple):
    """One member of a set: its dates, its bounds (None is open) and its words."""

    dates: tuple[_Date, ...]
    first: int | None
    last: int | None
    words: Words


# Tables repeat their dates, and a date is cheap to keep.
@lru_cache(maxsize=1 << 16)
def _parse(text: str) -> When:
    if not text.strip():
        raise WhenProblem("is empty", _EXAMPLES)
    if len(text) > _LONGEST_TEXT:
        raise WhenProblem("is too long for a date", _EXAMPLES)
    try:
        return _read(text)
    except WhenProblem as problem:
        hint = problem.hint or cure(text, _is_when) or _EXAMPLES
        raise WhenProblem(problem.message, hint) from None


_EXAMPLES = (
    "write it like 1941, 1941-12, 1941-12-07, 1941-12-07T07:55-10:30 or 1939-05-11/1939-09-16"
)


def _is_when(text: str) -> bool:
    try:
        _read(text)
    except WhenProblem:
        return False
    return True


def _read(text: str) -> When:
    if text.startswith("[") and text.endswith("]"):
        return _set(text)
    if text.count("/") == 1:
        return _interval(text)
    date = _date(text)
    return _when(text, date.first, date.last, [date], " ".join(date.words))


def _when(
    text: str, first: int | None, last: int | None, dates: Sequence[_Date], label: str
) -> When:
    opens = dates[0]
    precision, certainty = opens.precision, opens.certainty
    for date in dates:
        if date.precision != precision or date.certainty != certainty:
            precision = max(precision, date.precision, key=_FINENESS.index)
            certainty = max(certainty, date.certainty, key=_SURENESS.index)
    moment = (opens.first, opens.last)
    return When(text, first, last, precision, certainty, label, moment, opens.offset)


# Intervals


def _interval(text: str) -> When:
    left, _, right = text.partition("/")
    start, end = _end(left), _end(right)
    if start and end:
        _in_order(start, end, f"{right}/{left}")
        return _when(text, start.first, end.last, [start, end], _linked(start.words, end.words))
    if start:
        ending = "" if right else ", end unknown"
        return _when(text, start.first, None, [start], f"from {' '.join(start.words)}{ending}")
    if end:
        beginning = "" if left else ", start unknown"
        return _when(text, None, end.last, [end], f"until {' '.join(end.words)}{beginning}")
    raise WhenProblem("names no time at all", "give at least one end, such as 1939/.. or ../1945")


def _end(text: str) -> _Date | None:
    return None if text in ("", "..") else _part(text)


def _part(text: str) -> _Date:
    try:
        return _date(text)
    except WhenProblem as problem:
        if not text:
            raise
        raise WhenProblem(f"contains '{text}', which {problem.message}", problem.hint) from None


def _in_order(start: _Date, end: _Date, turned: str) -> None:
    if end.last < start.first:
        raise WhenProblem("ends before it begins", f"write {turned} if the ends are swapped")


# Sets


def _set(text: str) -> When:
    members = [_member(part) for part in text[1:-1].split(",")]
    dates = [date for member in members for date in member.dates]
    firsts = [member.first for member in members if member.first is not None]
    lasts = [member.last for member in members if member.last is not None]
    first = min(firsts) if len(firsts) == len(members) else None
    last = max(lasts) if len(lasts) == len(members) else None
    label = _set_label(members)
    return _when(text, first, last, [_no_more_than_likely(date) for date in dates], label)


def _member(text: str) -> _Member:
    left, dots, right = text.partition("..")
    if not dots:
        date = _part(text)
        return _Member((date,), date.first, date.last, date.words)
    if not left:
        end = _part(right)
        return _Member((end,), None, end.last, (*end.words, "or earlier"))
    start = _part(left)
    if not right:
        return _Member((start,), start.first, None, (*start.words, "or later"))
    end = _part(right)
    _in_order(start, end, f"{right}..{left}")
    return _Member((start, end), start.first, end.last, (_linked(start.words, end.words),))


def _set_label(members: Sequence[_Member]) -> str:
    if len(members) == 1 and len(members[0].dates) == 2:
        start, end = members[0].dates
        return f"between {_linked(start.words, end.words, ' and ')}"
    return _listed([member.words for member in members])


def _no_more_than_likely(date: _Date) -> _Date:
    return date._replace(certainty="less-certain") if date.certainty == "certain" else date


# Dates

_NOT_A_DATE = "is not a date in ISO 8601 or EDTF"
_TIMES = "hours run from 00 to 23, minutes and seconds from 00 to 59; midnight begins the next day"
_OFFSETS = "offsets from UTC run from -15:59 to +15:59"


@lru_cache(maxsize=1 << 16)
def _date(text: str) -> _Date:
    match = _DATE.fullmatch(text)
    if match is None:
        raise WhenProblem(_NOT_A_DATE)
    year, month, day, time, zone, mark = match.groups()
    date = _calendar_date(year, month, day)
    if time is not None:
        date = _time(date, time, zone)
    return _qualified(date, mark) if mark else date


def _calendar_date(year: str, month: str | None, day: str | None) -> _Date:
    if month is None:
        return _years(year)
    if "X" in year or "Y" in year:
        raise WhenProblem("gives a month to years that stand alone", f"write {year}")
    if month == "XX":
        return _some_month(_year(year), day)
    if day is None and "21" <= month <= "24":
        return _season(_year(year), int(month) - 21)
    if day is None or day == "XX":
        return _month(_year(year), _month_number(month), "" if day is None else "a day in ")
    return _day(_year(year), _month_number(month), int(day))


def _years(text: str) -> _Date:
    if "X" in text:
        return _decade_or_century(text)
    year = _far_year(text) if text[0] == "Y" else _year(text)
    return _days(day_number(year, 1), day_number(year + 1, 1), "year", _year_words(year))


def _decade_or_century(text: str) -> _Date:
    lowest = int(text.lstrip("-").replace("X", "0"))
    size = 100 if text.endswith("XX") else 10
    before_zero = text[0] == "-"
    first = 1 - lowest - size if before_zero else lowest
    if size == 100:
        words = (
            _ordinal(lowest // 100 + 1),
            "century",
            *_era(first if before_zero else lowest + 1),
        )
    elif before_zero or lowest == 0:
        words = (_linked(_year_words(first), _year_words(first + 9)),)
    else:
        words = (f"{lowest}s", *_era(first))
    precision: Precision = "century" if size == 100 else "decade"
    return _days(day_number(first, 1), day_number(first + size, 1), precision, words)


def _some_month(year: int, day: str | None) -> _Date:
    if day not in (None, "XX"):
        raise WhenProblem("gives a day to a month that is not known", f"write {year:04}-XX-XX")
    unit = "month" if day is None else "day"
    words = (f"a {unit} in {' '.join(_year_words(year))}",)
    return _days(day_number(year, 1), day_number(year + 1, 1), "year", words)


def _season(year: int, index: int) -> _Date:
    start = 3 * index + 3
    days = month_start(year, start), month_start(year, start + 3)
    years = _winter_words(year) if index == 3 else _year_words(year)
    return _days(*days, "season", (SEASONS[index], *years))


def _month(year: int, month: int, some: str) -> _Date:
    words = (some + MONTHS[month - 1], *_year_words(year))
    return _days(day_number(year, month), month_start(year, month + 1), "month", words)


def _day(year: int, month: int, day: int) -> _Date:
    length = days_in_month(year, month)
    if not 1 <= day <= length:
        name = " ".join((MONTHS[month - 1], *_year_words(year)))
        message = f"is not a day: {name} has {length} days"
        raise WhenProblem(message, f"write a day from 01 to {length}, or none if it is not known")
    start = day_number(year, month, day)
    return _days(start, start + 1, "day", (str(day), MONTHS[month - 1], *_year_words(year)))


def _time(day: _Date, time: str, zone: str | None) -> _Date:
    if day.precision != "day":
        raise WhenProblem("gives a time to a day that is not known", "leave out the time")
    if zone is None:
        raise WhenProblem("has a time but no zone")
    hour, minute, second = int(time[:2]), int(time[3:5]), int(time[6:] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise WhenProblem(f"is not a time: {time}", _TIMES)
    offset = _offset(zone) * 60_000
    first = day.first + ((hour * 60 + minute) * 60 + second) * 1000 - offset
    words = (f"{' '.join(day.words)}, {time}", _zone_word(zone))
    if len(time) == 5:
        return _Date(first, first + 59_999, "minute", "certain", words, offset)
    return _Date(first, first + 999, "second", "certain", words, offset)


def _qualified(date: _Date, mark: str) -> _Date:
    head, *rest = date.words
    if mark != "?":
        head = f"c. {head}"
    if mark == "~":
        return date._replace(certainty="less-certain", words=(head, *rest))
    return date._replace(certainty="uncertain", words=(head, *rest, "(uncertain)"))


def _days(start: int, end: int, precision: Precision, words: Words) -> _Date:
    """The date that covers the days from `start` up to, not including, `end`."""
    return _Date(start * DAY_MS, end * DAY_MS - 1, precision, "certain", words)


def _year(text: str) -> int:
    if text == "-0000":
        raise WhenProblem("is not a year: zero has no minus", "write 0000 for 1 BCE")
    return int(text)


def _far_year(text: str) -> int:
    year = int(text[1:])
    if abs(year) > FARTHEST_YEAR:
        message = "is farther away than a map's clock can count"
        raise WhenProblem(message, f"years run from Y-{FARTHEST_YEAR} to Y{FARTHEST_YEAR}")
    return year


def _month_number(text: str) -> int:
    if not "01" <= text <= "12":
        raise WhenProblem(f"has no month: {text} (they run from 01 to 12, seasons from 21 to 24)")
    return int(text)


def _offset(zone: str) -> int:
    """Minutes to take from a local time to come to UTC."""
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:])
    if hours > 15 or minutes > 59:
        raise WhenProblem(f"is not in a zone of this world: {zone}", _OFFSETS)
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


# Labels


def _year_words(year: int) -> Words:
    if year < 1:
        return (_counted(1 - year), "BCE")
    return (_counted(year), *_era(year))


def _era(year: int) -> Words:
    """The word without which a year would mislead: BCE, or CE below four digits."""
    if year < 1:
        return ("BCE",)
    return ("CE",) if year < 1000 else ()


def _winter_words(year: int) -> Words:
    if year >= 1000 and (year + 1) % 100:
        return (f"{_counted(year)}{_DASH}{(year + 1) % 100:02}",)
    return (_linked(_year_words(year), _year_words(year + 1)),)


def _counted(number: int) -> str:
    return f"{number:,}" if number > 9999 else str(number)


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _zone_word(zone: str) -> str:
    if zone in ("Z", "+00:00", "-00:00"):
        return "(UTC)"
    return f"(UTC{zone.replace('-', _MINUS)})"


def _linked(left: Words, right: Words, joint: str = _DASH) -> str:
    """Two labels as one, the last words that they share said once: "20–31 August 1939".

    The dash stands closed between single words, spaced between longer ones.
    """
    if left == right:
        return " ".join(left)
    has_time = ", " in left[0]
    if has_time and left[0].startswith(f"{' '.join(right)}, "):  # to the end of that day
        return " ".join(left).replace(", ", ", from ", 1)
    shared = _shared(left, right)
    start, end = " ".join(_without(left, shared)), " ".join(_without(right, shared))
    day, comma, time = start.rpartition(", ") if has_time else ("", "", start)
    end = end.removeprefix(day + comma)  # the same day, another time
    if joint == _DASH and (" " in time or " " in end):
        joint = f" {_DASH} "
    return " ".join((f"{start}{joint}{end}", *left[len(left) - shared :]))


def _listed(labels: Sequence[Words]) -> str:
    """Labels as a choice, the last words shared with the next left out: "June or August 1941"."""
    heads = [" ".join(_without(label, _shared(label, after))) for label, after in pairwise(labels)]
    choice = ", ".join(heads)
    last = " ".join(labels[-1])
    return f"{choice} or {last}" if choice else last


def _shared(left: Words, right: Words) -> int:
    """How many last words two labels share, each keeping at least one of its own."""
    most = max(min(len(left), len(right)) - 1, 0)
    shared = 0
    while shared < most and left[-1 - shared] == right[-1 - shared]:
        shared += 1
    return shared


def _without(words: Words, last: int) -> Words:
    return words[: len(words) - last]
