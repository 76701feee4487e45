"""From a file to a project: what it is, which column is which, and what became of its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from events.cures import readings
from events.habits import ASTRONOMICAL, BCE
from events.imports.addresses import without_secrets
from events.imports.columns import SYNONYMS, guess
from events.imports.dates import Habits, is_when
from events.imports.encodings import is_encoding
from events.imports.positions import read_point
from events.imports.project import Missing, project_of
from events.imports.sheet import Sheet
from events.imports.sniffing import read_sheet
from events.problem import Problem, nearest, visible
from events.table import LARGEST_FILE, Unreadable


class WrongOption(ValueError):
    """`--map` names a column that is not there, `--zone` no zone ...; its text says which."""


@dataclass(frozen=True, slots=True)
class Brought:
    """The project's files by their paths, none where nothing could come; and what is to be said."""

    texts: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    notes: Sequence[str] = ()
    events: int = 0
    left_out: int = 0
    routes: int = 0


def bring(
    source: Path | str,
    chosen: Sequence[str] = (),
    prefer: Sequence[str] = (),
    zone: str = "",
    largest: int = LARGEST_FILE,
    encoding: str = "",
) -> Brought:
    """Reads a file of any known format, or what stands at the address that a text names.

    `chosen` are words such as "when=Datum,lat=Breite". Events of an address without sources of
    their own have the address for one.
    """
    if zone and not is_when(f"2000-01-01T12:00{zone}"):
        raise WrongOption(f"{zone!r} is not a distance from UTC; write Z or one such as +09:00")
    if encoding and not is_encoding(encoding):
        raise WrongOption(f"{encoding!r} is no encoding; write one such as cp1252 or mac-roman")
    address = "" if isinstance(source, Path) else without_secrets(source)
    shown_as = address or Path(source).as_posix()
    try:
        sheet = read_sheet(source, largest, encoding)
    except Unreadable as fault:
        problem = Problem(shown_as, fault.line, None, None, fault.message, fault.hint)
        return Brought(problems=[problem])
    mapped = guess(sheet.columns, _chosen(chosen, sheet.columns), _points(sheet), _worded(sheet))
    ours = mapped.get("when") == "when"
    habits = replace(_habits(sheet, prefer), zone=zone, ours=ours)
    made = project_of(sheet, mapped, habits, shown_as, address)
    notes = [_shown(sheet, mapped), *map(visible, sheet.notes)]
    notes += _notes(made.missing)
    return Brought(made.texts, made.problems, notes, made.events, made.left_out, made.routes)


_MISSING = (  # how many of the events came without their ...
    ("hours", "hours without a zone are left out, in {:,} of the events; --zone +09:00 reads them"),
    (
        "ways",
        "drawn at the first point alone, since their times lack a zone or go back: {:,} lines",
    ),
    ("parts", "early, mid or late in the time that they have: {:,} of the events"),
    ("titles", "for want of a title numbered: {:,} of the events"),
)


def _notes(missing: Missing) -> Iterator[str]:
    """What events came without, and how many."""
    for name, words in _MISSING:
        count = getattr(missing, name)
        if count:
            yield words.format(count)


def _chosen(words: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    chosen = {}
    for word in ",".join(words).split(","):
        ours, sign, theirs = (part.strip() for part in word.partition("="))
        if not word.strip():
            continue
        if not sign or ours not in SYNONYMS:
            near = nearest(ours, SYNONYMS)
            cure = f"did you mean {near}?" if near else f"ours are {', '.join(SYNONYMS)}"
            raise WrongOption(f"{word!r} maps no column of ours; {cure}")
        if theirs not in columns:
            near = nearest(theirs, columns)
            cure = f"did you mean {near}?" if near else f"there are {', '.join(columns)}"
            raise WrongOption(visible(f"there is no column {theirs!r}; {cure}"))
        chosen[ours] = theirs
    return chosen


def _points(sheet: Sheet) -> list[str]:
    """The columns that hold a position each, in most of the first rows that have a cell there."""
    return [column for column in sheet.columns if _holds_points(sheet, column)]


def _holds_points(sheet: Sheet, column: str) -> bool:
    cells = [text for one in sheet.records[:200] if (text := one.cells.get(column))]
    points = [read_point(text) for text in cells]
    return 2 * sum(_is_position(*point) for point in points) > len(cells)


def _worded(sheet: Sheet) -> list[str]:
    """The columns that hold words in most of the first records: no numbers, dates or addresses."""
    first = sheet.records[:200]
    return [
        column
        for column in sheet.columns
        if 2 * sum(_is_worded(one.cells.get(column, "")) for one in first) > len(first)
    ]


def _is_worded(cell: str) -> bool:
    plain = cell[:1].isalpha() and "://" not in cell and ";" not in cell
    return plain and not is_when(cell) and not readings(cell, is_when)


def _is_position(lat: str, lon: str) -> bool:
    try:
        return abs(float(lat)) <= 90 and abs(float(lon)) <= 180
    except ValueError:
        return False


def _habits(sheet: Sheet, prefer: Sequence[str]) -> Habits:
    """How dates are written, as somebody said, else as the format has it.

    TimelineJS counts 1 BCE as -1, in its files and its spreadsheets; tables of Linked Places too.
    """
    columns = set(sheet.columns)
    if not {BCE, ASTRONOMICAL} & set(prefer):
        if sheet.kind == "TimelineJS" or {"Headline", "Year", "Display Date"} <= columns:
            return Habits(tuple(prefer), years=(BCE,))
        if {"title_source", "start"} <= columns:
            return Habits((*prefer, BCE))
    return Habits(tuple(prefer))


def _shown(sheet: Sheet, mapped: Mapping[str, str]) -> str:
    """What the file is, and which column is which: "lat ← Latitude"."""
    pairs = ", ".join(f"{ours} ← {theirs}" for ours, theirs in mapped.items()) or "no column known"
    count = f"{len(sheet.records):,} {sheet.noun}{'' if len(sheet.records) == 1 else 's'}"
    return visible(f"{sheet.kind}, {count}: {pairs}")
