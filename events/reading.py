"""Reading: a project's tables become records, and everything that is wrong with them a list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from events.checking import check_direction, check_ids, check_swapped
from events.problem import Problem
from events.record import (
    KINDS,
    STATUSES,
    VERIFIED,
    Actor,
    Direction,
    Event,
    Place,
    Source,
    Tables,
)
from events.row import Row, slugged
from events.table import scan_table

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
    ),
)
DIRECTIONS = Columns(required=("id", "label"), optional=("colour", "colour_dark", "order"))
PLACES = Columns(required=("id", "name", "lat", "lon"), optional=("today", "accuracy_km"))
ACTORS = Columns(required=("id", "name"))
SOURCES = Columns(required=("id", "title"), optional=("type", "author", "year", "where", "opened"))


class Gazette(NamedTuple, Generic[T]):
    """What an optional table knows: whole records by id, and the names of all its ids.

    The names include those of damaged rows, so that a fault there is not told again at each row
    that refers to it. They are None without a table: then any word will do.
    """

    records: dict[str, T]
    names: dict[str, str] | None


class Lanes(NamedTuple):
    """The directions, and how the words of a direction cell name them."""

    directions: tuple[Direction, ...]
    ids: dict[str, str]  # by the word written
    names: dict[str, str] | None  # as in a Gazette
    alone: bool  # nobody wrote a direction: all events share one lane


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
    lanes = _lanes(directions, scan.rows)
    read = (_event(row, lanes, places, actors, sources) for row in scan.rows)
    events = tuple(event for event in read if event is not None)
    problems += scan.problems
    return (
        Tables(
            events,
            lanes.directions,
            tuple(places.records.values()),
            tuple(actors.records.values()),
            tuple(sources.records.values()),
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
    place = _place_of(row, places, position)
    directions = _directions_of(row, lanes)
    kind = row.choice("kind", KINDS, "event")
    status = row.choice("status", STATUSES, "executed")
    verified = row.choice("verified", VERIFIED, "unverified")
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
        place=place,
        directions=directions,
        kind=kind,
        status=status,
        actors=acting,
        summary=row.text("summary"),
        sources=cited,
        verified=verified,
        note=row.text("note"),
        line=row.line,
    )


def _place_of(row: Row, places: Gazette[Place], position: tuple[float, float] | None) -> str:
    """The name of an event's place, and a look whether the event's point can be there."""
    word = row.text("place")
    if word and row.known("place", word, places.names, f"{FOLDER}/places.csv"):
        place = places.records.get(word)
        if place is not None:
            if position is not None:
                check_swapped(row, *position, place)
            return place.shown
    return word


def _references(row: Row, column: str, names: Mapping[str, str] | None) -> tuple[str, ...]:
    words = row.words(column)
    for word in words:
        row.known(column, word, names, f"{FOLDER}/{column}.csv")
    return words


def _direction(row: Row) -> Direction:
    name = row.slug()
    check_direction(row, "id", name)
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


# Directions


def _lanes(table: Gazette[Direction], rows: Sequence[Row]) -> Lanes:
    if table.names:
        directions = tuple(sorted(table.records.values(), key=lambda direction: direction.order))
        return Lanes(directions, {name: name for name in table.names}, table.names, alone=False)
    words = dict.fromkeys(word for row in rows for word in row.words("direction"))
    lanes = dict(_free_lanes(word for word in words if word not in ("both", "context")))
    if not lanes:
        return Lanes((Direction("events", "Events", "", None, 0),), {}, None, alone=True)
    by_id = {lane.id: lane for lane in lanes.values()}
    return Lanes(
        tuple(by_id.values()), {word: lane.id for word, lane in lanes.items()}, None, False
    )


def _free_lanes(words: Iterable[str]) -> Iterable[tuple[str, Direction]]:
    """Words for which there is no table, as directions: "far-east" becomes "Far East"."""
    for order, word in enumerate(words, 1):
        name = slugged(word) or f"direction-{order}"
        label = word.replace("-", " ").title() if word == name else word
        yield word, Direction(name, label, "", None, order)


def _directions_of(row: Row, lanes: Lanes) -> tuple[str, ...]:
    if lanes.alone:
        return (lanes.directions[0].id,)
    words = row.words("direction")
    if "both" in words:
        return tuple(direction.id for direction in lanes.directions)
    named = [word for word in words if word != "context"]
    for word in named:
        if lanes.names is None:
            check_direction(row, "direction", word)
        else:
            row.known("direction", word, lanes.names, f"{FOLDER}/directions.csv")
    return tuple(dict.fromkeys(lanes.ids[word] for word in named if word in lanes.ids))
