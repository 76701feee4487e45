"""Reading: a project's tables become records, and everything that is wrong with them a list."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from events.checking import check_ids, check_swapped, overlaps
from events.problem import Problem
from events.record import Actor, Direction, Event, Phase, Place, Source, Tables
from events.row import Lanes, Row, slugged
from events.table import scan_table
from events.words import KEY, KINDS, STATUSES, VERIFIED

FOLDER = "events/tables"

T = TypeVar("T")


class Columns(NamedTuple):
    """The columns of one table; the first required one is its id, the second names the record."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


EVENTS = Columns(
    required=("id", "title", "when", "lat", "lon"),
    optional=(
        "direction",
        "kind",
        "status",
        "place",
        "actors",
        "summary",
        "sources",
        "verified",
        "note",
        "key",
    ),
)
DIRECTIONS = Columns(required=("id", "label"), optional=("colour", "colour_dark", "order"))
PLACES = Columns(required=("id", "name", "lat", "lon"), optional=("today", "accuracy_km"))
ACTORS = Columns(required=("id", "name"))
SOURCES = Columns(required=("id", "title"), optional=("type", "author", "year", "where", "opened"))
PHASES = Columns(
    required=("id", "label", "direction", "when"), optional=("sources", "verified", "note")
)


class Gazette(NamedTuple, Generic[T]):
    """What an optional table knows: whole records by id, and the names of all its ids.

    The names include those of damaged rows, so that a fault there is not told again at each row
    that refers to it. They are None without a table: then any word will do.
    """

    records: dict[str, T]
    names: dict[str, str] | None


def read_tables(project: Path) -> tuple[Tables, list[Problem]]:
    """The records of a project folder and its problems, in the order of files and lines.

    Rows with an error are not among the records: the error stands for them.
    """
    problems: list[Problem] = []

    def load(name: str, columns: Columns, read: Callable[[Row], T]) -> Gazette[T]:
        return _gazette(project, name, columns, read, problems)

    directions = load("directions.csv", DIRECTIONS, _direction)
    places = load("places.csv", PLACES, _place)
    actors = load("actors.csv", ACTORS, _actor)
    sources = load("sources.csv", SOURCES, _source)

    scan = scan_table(project / FOLDER / "events.csv", f"{FOLDER}/events.csv", *EVENTS)
    check_ids(scan.rows)
    ordered, lanes = _lanes(directions, scan.rows)
    read = (_event(row, lanes, places, actors, sources) for row in scan.rows)
    events = tuple(event for event in read if event is not None)
    problems += scan.problems
    phases = load("phases.csv", PHASES, partial(_phase, lanes=lanes, sources=sources))
    known = tuple(phase for phase in phases.records.values() if phase is not None)
    problems += overlaps(known, f"{FOLDER}/phases.csv")
    return (
        Tables(
            events,
            ordered,
            tuple(places.records.values()),
            tuple(actors.records.values()),
            tuple(sources.records.values()),
            lanes,
            known,
        ),
        sorted(problems),
    )


def _gazette(
    project: Path,
    name: str,
    columns: Columns,
    read: Callable[[Row], T],
    problems: list[Problem],
) -> Gazette[T]:
    path = project / FOLDER / name
    if not path.exists():
        return Gazette({}, None)
    scan = scan_table(path, f"{FOLDER}/{name}", *columns)
    check_ids(scan.rows)
    records = [(row.text("id"), read(row), row) for row in scan.rows]
    problems += scan.problems
    if not scan.readable:
        return Gazette({}, None)
    label = columns.required[1]
    every = (*scan.rows, *scan.damaged)
    names = {row.text("id"): row.text(label) for row in every if row.text("id")}
    return Gazette({key: record for key, record, row in records if not row.errors}, names)


# One row each


def _event(
    row: Row,
    lanes: Lanes,
    places: Gazette[Place],
    actors: Gazette[Actor],
    sources: Gazette[Source],
) -> Event | None:
    name, title, when = row.slug(), row.required("title"), row.when("when")
    position = row.position()
    _check_place(row, places, position)
    directions = row.directions(lanes)
    kind = row.choice("kind", KINDS, "event")
    status = row.choice("status", STATUSES, "executed")
    verified = row.choice("verified", VERIFIED, "unverified")
    key = row.choice("key", KEY, "no") == "yes"
    acting = _references(row, "actors", actors.names)
    cited = _references(row, "sources", sources.names)
    if row.errors or when is None or position is None:
        return None
    return Event(
        id=name,
        title=title,
        when=when,
        lat=position[0],
        lon=position[1],
        place=row.text("place"),
        directions=directions,
        kind=kind,
        status=status,
        actors=acting,
        summary=row.text("summary"),
        sources=cited,
        verified=verified,
        note=row.text("note"),
        line=row.line,
        key=key,
    )


def _check_place(row: Row, places: Gazette[Place], position: tuple[float, float] | None) -> None:
    """An event's place is known, and the event's point can be there."""
    word = row.text("place")
    if word:
        row.known("place", word, places.names, f"{FOLDER}/places.csv")
    if position and word in places.records:
        check_swapped(row, *position, places.records[word])


def _references(row: Row, column: str, names: Mapping[str, str] | None) -> tuple[str, ...]:
    words = row.words(column)
    for word in words:
        row.known(column, word, names, f"{FOLDER}/{column}.csv")
    return words


def _direction(row: Row) -> Direction:
    name = row.slug()
    row.unreserved("id", name)
    order = row.whole_number("order")
    return Direction(
        id=name,
        label=row.required("label"),
        colour=row.colour("colour"),
        colour_dark=row.colour("colour_dark") or None,
        order=row.line if order is None else order,
        line=row.line,
    )


def _place(row: Row) -> Place:
    name, shown, position = row.slug(), row.required("name"), row.position()
    lat, lon = position or (0.0, 0.0)
    return Place(name, shown, row.text("today"), lat, lon, row.number("accuracy_km"))


def _actor(row: Row) -> Actor:
    return Actor(row.slug(), row.required("name"))


def _source(row: Row) -> Source:
    return Source(
        id=row.code(),
        type=row.text("type"),
        author=row.text("author"),
        title=row.required("title"),
        year=row.text("year"),
        where=row.text("where"),
        opened=row.text("opened"),
    )


def _phase(row: Row, lanes: Lanes, sources: Gazette[Source]) -> Phase | None:
    name, label, when = row.slug(), row.required("label"), row.when("when")
    direction = row.direction(lanes)
    verified = row.choice("verified", VERIFIED, "unverified")
    cited = _references(row, "sources", sources.names)
    if row.errors or when is None:
        return None
    return Phase(name, label, direction, when, cited, verified, row.text("note"), row.line)


# Directions


def _lanes(table: Gazette[Direction], rows: Sequence[Row]) -> tuple[tuple[Direction, ...], Lanes]:
    """The directions in order, and how cells name them: by their table, else as the events do."""
    if table.names:
        directions = tuple(sorted(table.records.values(), key=lambda direction: direction.order))
        ids = {direction.id: direction.id for direction in directions}
        return directions, Lanes(tuple(ids), ids, table.names, f"{FOLDER}/directions.csv")
    words = dict.fromkeys(word for row in rows for word in row.named_directions())
    free = {word: _free_direction(word, order) for order, word in enumerate(words, 1)}
    by_id = {direction.id: direction for direction in free.values()}
    ids = {name: name for name in by_id} | {word: free[word].id for word in free}
    by_id = by_id or {"events": Direction("events", "Events", "", None, 0)}
    return tuple(by_id.values()), Lanes(tuple(by_id), ids, ids, f"{FOLDER}/events.csv")


def _free_direction(word: str, order: int) -> Direction:
    """A word for which there is no table, as a direction: "far-east" becomes "Far East"."""
    name = slugged(word) or f"direction-{order}"
    label = word.replace("-", " ").title() if word == name else word
    return Direction(name, label, "", None, order)
