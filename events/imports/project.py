"""A sheet -> the tables of a project that builds; what cannot come stands apart with its reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from events.imports.columns import Mapped
from events.imports.dates import Habits, Reading, is_when, read_parts, read_span, read_when, spanned
from events.imports.positions import degrees, read_point, turned
from events.imports.shapes import is_route
from events.imports.sheet import Record, Sheet
from events.imports.ways import Ways, lanes_of
from events.imports.wikidata import shortened
from events.problem import Problem
from events.reading import EVENTS, FOLDER
from events.row import SLUG, Row, slugged
from events.when import WhenProblem
from events.words import KEY, KINDS, RESERVED, STATUSES, VERIFIED
from events.writing import csv_text, defused

TABLE = f"{FOLDER}/events.csv"
LEFT_OUT = "left_out.csv"
_CHOICES = {"kind": KINDS, "status": STATUSES, "verified": VERIFIED, "key": KEY}
_LANES = ("both", "context")  # words of `direction` that name no lane of their own
_LONGEST_ID = 60
UNSOUND = "is a route whose times or places are none, or go back"


@dataclass(slots=True)
class Missing:
    """How many events came without their hour, the part of their time, a title, their way."""

    hours: int = 0  # whose zone nobody knew
    parts: int = 0  # early, mid or late
    titles: int = 0
    ways: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """The texts of a project by their paths, none where nothing is an event; and what was said."""

    texts: dict[str, str]
    problems: list[Problem]
    events: int
    left_out: int
    routes: int
    missing: Missing


def project_of(
    sheet: Sheet, mapped: Mapped, habits: Habits, shown_as: str, cited: str = ""
) -> Imported:
    """The project that a sheet makes; `shown_as` is the path that problems name.

    `cited` is the source of events that name none.
    """
    problems: list[Problem] = []
    events: list[tuple[Record, dict[str, str]]] = []
    lost: list[tuple[Record, str]] = []
    ids, taken = set[str](), set[str]()
    ways, missing = Ways(), Missing()
    for record in sheet.records:
        if record.way and is_route(record.cells) and not record.fault:
            cells = _route(record, _ours(record, mapped), taken)
            if not ways.add(cells, record.way, habits):
                lost.append((record, UNSOUND))
            continue
        row = Row(shown_as, record.number, _ours(record, mapped), [])
        when = _check(row, record, habits)
        faults = [one for one in row.problems if one.severity == "error"]
        if not record.fault:
            problems += [_placed(problem, sheet.noun, record.number) for problem in row.problems]
        if faults or when is None:
            lost.append((record, "; ".join(map(_reason, faults))))
            continue
        _complete(row, when, sheet.noun, cited, missing)
        row.cells["id"] = _new_id(row, sheet.noun, ids)
        events.append((record, row.cells))
        if record.way:
            cells = {**row.cells, "id": unused(row.cells["id"], taken)}
            missing.ways += not ways.add(cells, record.way, habits)
    problems += _unfit(sheet, shown_as)
    texts = _texts(sheet, events, lost, mapped) if events else {}
    if events:
        texts |= ways.texts(lanes_of(cells.get("direction", "") for _, cells in events))
    return Imported(texts, problems, len(events), len(lost), len(ways.found), missing)


# One record


def _ours(record: Record, mapped: Mapped) -> dict[str, str]:
    """The cells by our names for them, the position as plain degrees."""
    cells = {ours: record.cells.get(theirs, "") for ours, theirs in mapped.items()}
    lat, lon = degrees(cells.get("lat", "")), turned(degrees(cells.get("lon", "")))
    if not lat and not lon and cells.get("point"):
        lat, lon = read_point(cells["point"])
    title = cells.get("title") or cells.get("place") or _telling(cells.get("id", ""))
    title = title or cells.get("summary", "")[:_LONGEST_ID]
    return {**cells, "lat": lat, "lon": lon, "title": " ".join(title.split())}


def _telling(name: str) -> str:
    """An id that somebody can read, where there is no title."""
    return name if name[:1].isalpha() and "://" not in name else ""


def _check(row: Row, record: Record, habits: Habits) -> Reading | None:
    """When it was, once row and record have all that an event must; their faults are recorded."""
    if record.fault:
        row.problems.append(Problem(row.path, row.line, None, None, record.fault, ""))
        return None
    when = _when(row, habits)
    if row.text("lat") or row.text("lon"):
        row.position()
    else:
        row.report(
            "lat", "is empty, and so is lon: no place", "write both, or choose columns with --map"
        )
    for column, known in _CHOICES.items():
        word = row.text(column).casefold()
        row.cells[column] = word if word in known else ""
    if any(slugged(word) in RESERVED and word not in _LANES for word in row.words("direction")):
        row.cells["direction"] = ""
    return when


def _when(row: Row, habits: Habits) -> Reading | None:
    at, start, end = row.text("when"), row.text("start"), row.text("end")
    column = "when" if at else "start" if start or end else "year"
    try:
        if habits.ours and is_when(at):
            return Reading(at)
        if at and (start or not end or "/" in at):
            return read_when(shortened(at, row.text("precision")), habits)
        if at or start or end:
            return read_span(at or start, end, habits)
        begins, ends = (_parts(row, prefix, habits) for prefix in ("", "end_"))
        if begins.text:
            return spanned(begins, ends)
    except WhenProblem as problem:
        row.cells.setdefault(column, "")
        row.report(column, problem.message, problem.hint)
        return None
    row.report("when", "is empty: no date", "write one, or choose a column with --map")
    return None


def _parts(row: Row, prefix: str, habits: Habits) -> Reading:
    parts = [row.text(f"{prefix}{part}") for part in ("year", "month", "day", "clock")]
    return read_parts(parts, habits) if parts[0] else Reading("")


def _complete(row: Row, when: Reading, noun: str, cited: str, missing: Missing) -> None:
    """Gives an event its time, a title and a source; counts what it comes without."""
    row.cells["when"] = when.text
    missing.hours += when.hourless
    missing.parts += when.whole
    if not row.text("title"):
        missing.titles += 1
        row.cells["title"] = f"{noun.capitalize()} {row.line}"
    if not row.text("sources"):
        row.cells["sources"] = cited.replace(";", "%3B")  # which would begin another source


def _new_id(row: Row, noun: str, ids: set[str]) -> str:
    """Its own id where that is one, else one made of the title; each once."""
    own = row.text("id") if "://" not in row.text("id") else ""
    name = own if SLUG.fullmatch(own) else slugged(own) or _short(slugged(row.text("title")))
    return unused(name or f"{slugged(noun)}-{row.line}", ids)


def unused(name: str, ids: set[str]) -> str:
    """The name, with a number behind it where it is taken; it is taken then."""
    unique, number = name, 1
    while unique in ids:
        number += 1
        unique = f"{name}-{number}"
    ids.add(unique)
    return unique


def _route(record: Record, cells: dict[str, str], taken: set[str]) -> dict[str, str]:
    """The cells of a route that `export` wrote."""
    name = slugged(record.cells["route"]) or f"route-{record.number}"
    return {**record.cells, **cells, "id": unused(name, taken), "title": cells["title"] or name}


def _short(slug: str) -> str:
    if len(slug) <= _LONGEST_ID:
        return slug
    return slug[: _LONGEST_ID + 1].rpartition("-")[0] or slug[:_LONGEST_ID]


# What is said


def _unfit(sheet: Sheet, shown_as: str) -> Iterator[Problem]:
    """One problem for all records that are no events for one reason."""
    numbers: dict[str, list[int]] = {}
    for record in sheet.records:
        if record.fault:
            numbers.setdefault(record.fault, []).append(record.number)
    for fault, found in numbers.items():
        more = f" (so with {len(found) - 1:,} more)" if len(found) > 1 else ""
        problem = Problem(shown_as, found[0], None, None, fault + more, "")
        yield _placed(problem, sheet.noun, found[0])


def _placed(problem: Problem, noun: str, number: int) -> Problem:
    """The problem as a warning, at its line or, in a file without lines, at its feature."""
    problem = replace(problem, severity="warning")
    if noun in ("line", "row"):
        return problem
    column = ", ".join(filter(None, (f"{noun} {number}", problem.column)))
    return replace(problem, line=None, column=column)


def _reason(problem: Problem) -> str:
    value = f"'{problem.value}' " if problem.value else ""
    hint = f"; {problem.hint}" if problem.hint else ""
    return f"{problem.column or ''} {value}{problem.message}{hint}".strip()


# What is written


def _texts(
    sheet: Sheet,
    events: list[tuple[Record, dict[str, str]]],
    lost: list[tuple[Record, str]],
    mapped: Mapped,
) -> dict[str, str]:
    columns = [
        column
        for column in (*EVENTS.required, *EVENTS.optional)
        if column in EVENTS.required or any(cells.get(column) for _, cells in events)
    ]
    own = _own_columns(sheet, events, mapped)
    rows = (
        [*(_cell(column, cells) for column in columns), *_kept(record, own.values())]
        for record, cells in events
    )
    texts = {TABLE: csv_text([*columns, *own], rows)}
    if lost:
        theirs = sheet.columns
        rows = (
            [str(record.number), defused(reason), *_kept(record, theirs)] for record, reason in lost
        )
        texts[LEFT_OUT] = csv_text([sheet.noun, "reason", *map(defused, theirs)], rows)
    return texts


def _cell(column: str, cells: Mapping[str, str]) -> str:
    cell = cells.get(column, "")
    return cell if column in ("id", "when", "lat", "lon") else defused(cell)


def _kept(record: Record, columns: Iterable[str]) -> list[str]:
    return [defused(record.cells.get(column, "")) for column in columns]


def _own_columns(
    sheet: Sheet, events: list[tuple[Record, dict[str, str]]], mapped: Mapped
) -> dict[str, str]:
    """What our tables have no column for, or tell in other words: `_name` -> their column."""
    tables = (*EVENTS.required, *EVENTS.optional)
    told = {theirs: ours for ours, theirs in mapped.items() if ours in tables}
    own: dict[str, str] = {}
    for theirs in sheet.columns:
        ours = told.get(theirs, "")
        if all(record.cells.get(theirs, "") in ("", cells.get(ours)) for record, cells in events):
            continue
        name = theirs if theirs.startswith("_") else f"_{theirs}"
        while name in own:
            name += "_"
        own[name] = theirs
    return own
