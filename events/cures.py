"""Cures: what a text that is no date was probably meant to say.

Each rule turns one habit of spreadsheets, databases or prose into EDTF. The caller judges what the
rules propose, so that no cure is ever offered that would be refused in its turn.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import chain, product
from typing import NamedTuple

from events.civil import MONTHS, SEASONS
from events.habits import ASTRONOMICAL, BCE, CE, DAY_FIRST, MONTH_FIRST, WHOLE


class Reading(NamedTuple):
    """One date that a text may mean, and the reason to choose it when there are several.

    `habit` names the way of writing that would mean it, for who knows which one a table has.
    """

    text: str
    why: str = ""
    habit: str = ""


# Proposals come in groups; the cure is every valid reading of the first group that holds one.
Groups = Iterator[list[Reading]]
Rules = tuple[tuple[re.Pattern[str], Callable[..., Groups]], ...]

_LONGEST_TEXT = 80  # nobody's habit is longer, and some rules try many ways
_DASHES = re.compile("[\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]")
_CODES = {
    **{name.lower(): f"{number:02}" for number, name in enumerate(MONTHS, 1)},
    **{name.lower()[:3]: f"{number:02}" for number, name in enumerate(MONTHS, 1)},
    **{name: str(number) for number, name in enumerate(SEASONS, 21)},
    "sept": "09",
    "fall": "23",
}


def cure(text: str, valid: Callable[[str], bool]) -> str:
    """A hint of what to write instead ("write 1941-12-07"), or nothing when no rule fits."""
    found = readings(text, valid)
    return f"write {choices(found)}" if found else ""


def choices(found: list[Reading]) -> str:
    """Readings as a choice: "1941-12-07 (7 December) or 1941-07-12 (12 July)"."""
    return " or ".join(f"{iso} ({why})" if why else iso for iso, why, _ in found)


def readings(text: str, valid: Callable[[str], bool]) -> list[Reading]:
    """What a text may mean: several where it does not tell which, none when no rule fits."""
    if len(text) > _LONGEST_TEXT:
        return []
    plain = " ".join(_DASHES.sub("-", unicodedata.normalize("NFKC", text)).split())
    for group in chain(_dates(plain), _matches(_WHOLES, plain)):
        found = {reading.text: reading for reading in group if valid(reading.text)}
        if found:
            return list(found.values())
    return []


def _dates(text: str) -> Groups:
    """The text as it is, then whatever single date the rules make of it."""
    yield [Reading(text)]
    yield from _matches(_SINGLES, text)


def _matches(rules: Rules, text: str) -> Groups:
    for pattern, rule in rules:
        match = pattern.fullmatch(text)
        if match:
            yield from rule(*match.groups(default=""))


def _iso(year: str, month: str, day: str = "") -> str:
    return f"{year}-{month:0>2}-{day:0>2}" if day else f"{year}-{month:0>2}"


# Rules. Each takes the groups of its pattern.


def _tidied(text: str) -> Groups:
    bare = text.strip("'\"`‘’“”.,; ")
    yield [Reading(bare)]
    yield [Reading(bare.upper())]
    closed = bare.upper().replace(" ", "")
    yield [Reading(closed)]
    yield [Reading(re.sub(r"[?*_U]", "X", closed))]


def _year_first(year: str, _separator: str, month: str, day: str) -> Groups:
    yield [Reading(_iso(year, month, day))]
    yield [Reading(_iso(year, day, month))]


def _year_last(first: str, separator: str, second: str, year: str) -> Groups:
    month_first, day_first = _iso(year, first, second), _iso(year, second, first)
    if separator == "." or first == second:  # dots are written where the day comes first
        yield [Reading(day_first)]
        yield [Reading(month_first)]
    elif int(first) in range(1, 13) and int(second) in range(1, 13):
        yield [
            Reading(month_first, _named(second, first), MONTH_FIRST),
            Reading(day_first, _named(first, second), DAY_FIRST),
        ]
    else:
        yield [Reading(month_first), Reading(day_first)]


def _named(day: str, month: str) -> str:
    return f"{int(day)} {MONTHS[int(month) - 1]}"


def _year_and_number(year: str, number: str) -> Groups:
    if int(number) <= 12:
        yield [Reading(_iso(year, number))]
    yield [Reading(f"{year}/{year[:2]}{number:0>2}")]


def _number_and_year(month: str, year: str) -> Groups:
    if int(month) <= 12:
        yield [Reading(_iso(year, month))]


def _short_dated(day: str, month: str, year: str) -> Groups:
    """What a spreadsheet makes of a month or a day: "Dec-41", "7-Dec-41"."""
    code = _CODES.get(month.lower(), "")
    other = "20" if int(year) < 30 else "18"
    if len(code) == 2:
        yield [
            Reading(_iso(century + year, code, day), f"in {century}{year}")
            for century in ("19", other)
        ]


def _as_it_is(known: str) -> Groups:
    yield [Reading(known)]


def _unpunctuated(year: str, month: str, day: str) -> Groups:
    yield [Reading(_iso(year, month, day))]


def _short_year(minus: str, digits: str) -> Groups:
    number = int(digits)
    if minus:
        counts = ((number, ASTRONOMICAL), (number - 1, BCE))
        yield [Reading(f"-{n:04}", f"{n + 1} BCE", habit) for n, habit in counts if n > 0]
    elif number:
        before = f"-{number - 1:04}" if number > 1 else "0000"
        yield [Reading(f"{number:04}", f"{number} CE", CE), Reading(before, f"{number} BCE")]


def _long_number(minus: str, digits: str) -> Groups:
    year = Reading(f"Y{minus}{digits}", "if it is a year")
    if minus or len(digits) > 5:
        yield [year]
    else:
        day = date(1899, 12, 30) + timedelta(days=int(digits))
        yield [Reading(day.isoformat(), "if it is a spreadsheet's day number"), year]


_SMALL_WORDS = re.compile(
    r"(?<=\d)(?:st|nd|rd|th)\b|\b(?:of|the|(?:mon|tues?|wed|wednes|thu|thurs|fri|satur?|sun)(?:day)?)\b"
)


def _worded(text: str) -> Groups:
    """Dates in English words: "Dec 7, 1941", "7th of December 1941", "spring 1941", "490 BC"."""
    tokens = re.findall(r"[a-z]+|\d+", _SMALL_WORDS.sub(" ", text.lower()))
    eras = [token for token in tokens if token in ("bc", "bce", "ad", "ce")]
    codes = [_CODES[token] for token in tokens if token in _CODES]
    numbers = [token for token in tokens if token.isdecimal()]
    if len(eras) + len(codes) + len(numbers) != len(tokens) or len(eras) > 1 or len(codes) > 1:
        return
    days = sorted(numbers, key=lambda number: len(number) > 2)  # a day is short, a year is long
    if not (eras or codes) or not 1 <= len(days) <= 1 + len(codes):
        return
    year = _astronomical(int(days[-1]), eras)
    if len(days[-1]) > 2 or eras:
        yield [Reading("-".join((year, *codes, *(f"{day:0>2}" for day in days[:-1]))))]


def _astronomical(year: int, eras: list[str]) -> str:
    if eras and eras[0].startswith("b"):
        return f"-{year - 1:04}" if year > 1 else "0000"
    return f"{year:04}"


def _timed(
    day: str, hour: str, minute: str, second: str, utc: str, sign: str, ahead: str, and_minutes: str
) -> Groups:
    time = f"T{hour:0>2}:{minute}" + (f":{second}" if second else "")
    zone = f"{sign}{ahead:0>2}:{and_minutes:0>2}" if sign else "Z"
    for group in _dates(day):
        if sign or utc:
            yield [one._replace(text=f"{one.text}{time}{zone}") for one in group]
        else:
            start = group[0].text + time
            yield [Reading(f"{start}Z", "in UTC"), Reading(f"{start}+09:00", "as in Tokyo")]


def _marked(mark: str, text: str) -> Groups:
    for group in _dates(text):
        yield [reading._replace(text=reading.text + mark) for reading in group]


def _whole(text: str) -> Groups:
    """Nobody can tell where "early 1942" ends, but that it lies in 1942."""
    for group in _dates(text):
        yield [reading._replace(why="all of it", habit=WHOLE) for reading in group]


def _until(text: str) -> Groups:
    for group in _dates(text):
        yield [reading._replace(text=f"../{reading.text}") for reading in group]


def _since(text: str) -> Groups:
    for group in _dates(text):
        yield [reading._replace(text=f"{reading.text}/..") for reading in group]


def _from_to(start: str, end: str) -> Groups:
    for left, right in product(_starts(start, end), _ends(start, end)):
        pairs = zip(left, right, strict=False) if len(left) == len(right) else product(left, right)
        yield [
            Reading(
                f"{a.text}/{b.text}",
                " – ".join(filter(None, (a.why, b.why))),
                a.habit or b.habit,
            )
            for a, b in pairs
        ]


def _starts(start: str, end: str) -> Groups:
    """What an interval's start may be; "11 May" borrows the year of "16 September 1939"."""
    words = end.split()
    if not re.search(r"\d{4}", start):
        for borrowed in (words[-1:], words[-2:]):
            yield from _matches(_SINGLES, " ".join((start, *borrowed)))
    yield from _dates("" if start.lower() == "unknown" else start)


def _days_of_month(month: str, start: str, end: str, year: str) -> Groups:
    yield from _from_to(f"{month} {start} {year}", f"{month} {end} {year}")


def _ends(start: str, end: str) -> Groups:
    """What an interval's end may be; "08" borrows the year and month of "1941-12-07"."""
    if end.lower() in ("open", "now", "present"):
        yield [Reading("..")]
    elif end.lower() == "unknown":
        yield [Reading("")]
    elif re.fullmatch(r"[0-9-]{2,5}", end) and len(start) > len(end):
        yield [Reading(start[: -len(end)] + end)]
    yield from _dates(end)


def _between(start: str, end: str) -> Groups:
    for group in _from_to(start, end):
        yield [one._replace(text=f"[{one.text.replace('/', '..')}]") for one in group]


def _decade(digits: str) -> Groups:
    yield [Reading(f"{digits:0>3}X")]


def _century(number: str, era: str) -> Groups:
    before = era.lower().startswith("b")
    yield [Reading(f"{'-' if before else ''}{int(number) - 1:02}XX")]


def _all_members(members: str) -> Groups:
    yield [Reading(f"[{members.replace(' ', '')}]", "if it was one of them; else give each a row")]


def _rules(*rules: tuple[str, Callable[..., Groups]]) -> Rules:
    flags = re.IGNORECASE | re.ASCII
    return tuple((re.compile(pattern, flags), rule) for pattern, rule in rules)


# What one date may look like.
_TIME = (  # in "7 December 1941, 1945" the end is rather a year
    r"(.*?\w)(?:,? (?!(?:1[5-9]|20)\d\d$)|T)(\d{1,2})[:.]?(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r" ?(Z|UTC|GMT)? ?(?:([+-])(\d{1,2})(?::?(\d\d))?)?"
)
_SINGLES = _rules(
    (r"(.+)", _tidied),
    (r"(-?\d{4})([-/. ])(\d{1,2})\2(\d{1,2})", _year_first),
    (r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})", _year_last),
    (r"(\d{4})[-/. ](\d{1,2})", _year_and_number),
    (r"(\d{1,2})[-/. ](\d{4})", _number_and_year),
    (r"(?:(\d{1,2})[- ])?([a-z]{3,9})[- ]'?(\d\d)", _short_dated),
    (r"(-?\d{4}(?:-\d\d)??)(?:-00){1,2}", _as_it_is),
    (r"Y(-?\d{4})", _as_it_is),
    (r"(\d{4})(\d\d)(\d\d)", _unpunctuated),
    (
        r"(?:(?:c|ca|circa|about|around|approx|approximately)\b[. ]*|ca?(?=\d)|~ ?)(.+)",
        partial(_marked, "~"),
    ),
    (r"(?:possibly |probably |perhaps |maybe |\? ?)(.+)", partial(_marked, "?")),
    (r"(.+?) ?\(\?\)", partial(_marked, "?")),
    (r"(?:the )?(?:early|mid|middle|late|beginning|end)[- ]+(?:of |in )?(?:the )?(.+)", _whole),
    (r"(.+)", _worded),
    (_TIME, _timed),
    (r"(?:the )?(\d{1,3})0'?s", _decade),
    (r"(?:the )?(\d{1,2})(?:st|nd|rd|th) ?(?:century|cent\.?|c\.?) ?(ad|ce|bce?|)", _century),
)

# What a whole text may look like.
_WHOLES = _rules(
    (r"(-?)0{0,2}(\d{1,3})", _short_year),
    (r"\+?(-?)(\d{5,6})(?:\.\d+)?", _long_number),
    (r"(?:before|until|till|by|up to|to) (.+)", _until),
    (r"(?:after|since|from) (.+)", _since),
    (r"between (.+?) and (.+)", _between),
    (r"([a-z]{3,9})\.? (\d{1,2}) ?- ?(\d{1,2}),? (\d{4}|\d{1,4} (?:bce?|ad|ce))", _days_of_month),
    (r"(?:from )?(.+?)(?: - | to | until | till | through )(.+)", _from_to),
    (r"(.+?) ?(?:/|\.\.) ?(.+)", _from_to),
    (r"(\d{4})-(\d{4})", _from_to),
    (r"(\d{1,2})-(\d{1,2} .+)", _from_to),
    (r"\{(.+)\}", _all_members),
)
