"""Reading: a project's tables become records, and everything that is wrong with them a list."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from events.checking import check_ids, check_swapped, overlaps
from events.problem import Problem
from events.record import (
    Actor,
    Claim,
    Clock,
    Direction,
    EssayClaim,
    Event,
    Phase,
    Place,
    Reading,
    Source,
    Tables,
    Topic,
)
from events.row import Lanes, Row, slugged
from events.table import Scan, scan_table
from events.when import When, WhenProblem
from events.words import ABOUT, KEY, KINDS, STANCES, STATUSES, VERDICTS, VERIFIED
from events.zones import zone_named

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
PLACES = Columns(
    required=("id", "name", "lat", "lon"), optional=("today", "accuracy_km", "names", "zone")
)
ACTORS = Columns(required=("id", "name"))
SOURCES = Columns(
    required=("id", "title"), optional=("type", "author", "year", "where", "opened", "note")
)
PHASES = Columns(
    required=("id", "label", "direction", "when"), optional=("sources", "verified", "note")
)

CLAIMS = Columns(
    required=("id", "says", "event"),
    optional=(
        "about",
        "when",
        "quantity",
        "side",
        "value",
        "low",
        "high",
        "unit",
        "whole",
        "sources",
        "locator",
        "stance",
        "verified",
        "note",
    ),
)
ESSAY_CLAIMS = Columns(
    required=("id", "says", "essay", "verdict"),
    optional=(
        "paragraph",
        "value",
        "sources",
        "locator",
        "events",
        "topic",
        "verified",
        "note",
    ),
)
TOPICS = Columns(required=("id", "label"), optional=("stands",))
SERIES = Columns(
    required=("id", "series", "when", "value"),
    optional=("low", "high", "unit", "direction", "sources", "verified", "note"),
)
CLOCKS = Columns(required=("id", "label", "zone"))


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
    known = _whole(phases)
    problems += overlaps(known, f"{FOLDER}/phases.csv")

    happened = _names_of(scan, "title")
    claims = load("claims.csv", CLAIMS, partial(_claim, events=happened, sources=sources))
    topics = load("topics.csv", TOPICS, _topic)
    read_essay_claim = partial(_essay_claim, events=happened, sources=sources, topics=topics)
    essay_claims = load("essay_claims.csv", ESSAY_CLAIMS, read_essay_claim)
    series = load("series.csv", SERIES, partial(_reading, lanes=lanes, sources=sources))
    clocks = load("clocks.csv", CLOCKS, _clock)
    return (
        Tables(
            events,
            ordered,
            tuple(places.records.values()),
            tuple(actors.records.values()),
            tuple(sources.records.values()),
            lanes,
            known,
            _whole(claims),
            _whole(essay_claims),
            tuple(topics.records.values()),
            _whole(series),
            tuple(clocks.records.values()),
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
    names = _names_of(scan, columns.required[1])
    return Gazette({key: record for key, record, row in records if not row.errors}, names)


def _names_of(scan: Scan, label: str) -> dict[str, str] | None:
    """The ids of a table with their names, those of damaged rows too; None for a table unread."""
    if not scan.readable:
        return None
    every = (*scan.rows, *scan.damaged)
    return {row.text("id"): row.text(label) for row in every if row.text("id")}


def _whole(gazette: Gazette[T | None]) -> tuple[T, ...]:
    """The records of the rows that had no error."""
    return tuple(record for record in gazette.records.values() if record is not None)


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
    zone = _zone(row) if row.text("zone") else ""
    accuracy = row.number("accuracy_km")
    if accuracy is not None and accuracy < 0:
        row.report("accuracy_km", "is below 0", "write how far off it may be, such as 20")
    names = row.words("names")
    return Place(name, shown, row.text("today"), lat, lon, accuracy, names, zone, row.line)


def _actor(row: Row) -> Actor:
    return Actor(row.slug(), row.required("name"), row.line)


def _source(row: Row) -> Source:
    if row.text("year"):
        _check_year(row)
    return Source(
        id=row.code(),
        type=row.text("type"),
        author=row.text("author"),
        title=row.required("title"),
        year=row.text("year"),
        where=row.text("where"),
        opened=row.text("opened"),
        note=row.text("note"),
        line=row.line,
    )


def _check_year(row: Row) -> None:
    """A year may be several (1936/1938), or doubtful."""
    try:
        When.parse(row.text("year"))
    except WhenProblem as problem:
        row.report("year", "is not a year", problem.hint, "warning")


def _phase(row: Row, lanes: Lanes, sources: Gazette[Source]) -> Phase | None:
    name, label, when = row.slug(), row.required("label"), row.when("when")
    direction = row.direction(lanes)
    verified = row.choice("verified", VERIFIED, "unverified")
    cited = _references(row, "sources", sources.names)
    if row.errors or when is None:
        return None
    return Phase(name, label, direction, when, cited, verified, row.text("note"), row.line)


def _claim(row: Row, events: Mapping[str, str] | None, sources: Gazette[Source]) -> Claim | None:
    name, says, event = row.slug(), row.required("says"), row.required("event")
    if event:
        row.known("event", event, events, f"{FOLDER}/events.csv")
    about = row.choice("about", ABOUT, "matter")
    when = row.when("when") if row.text("when") or about == "date" else None
    value, low, high = _measure(row)
    if about == "number":
        row.required("quantity")
        if not any(map(row.text, ("value", "low", "high"))):
            row.report("value", "is empty", "write a number, or the ends of a range: low and high")
    stance = row.choice("stance", STANCES, "supports")
    verified = row.choice("verified", VERIFIED, "unverified")
    cited = _references(row, "sources", sources.names)
    if row.errors:
        return None
    return Claim(
        id=name,
        event=event,
        about=about,
        says=says,
        when=when,
        quantity=row.text("quantity"),
        side=row.text("side"),
        value=value,
        low=low,
        high=high,
        unit=row.text("unit"),
        whole=row.text("whole"),
        sources=cited,
        locator=row.text("locator"),
        stance=stance,
        verified=verified,
        note=row.text("note"),
        line=row.line,
    )


def _measure(row: Row) -> tuple[float | None, float | None, float | None]:
    """The columns value, low and high, which must stand in this order: low, value, high."""
    value, low, high = row.number("value"), row.number("low"), row.number("high")
    if low is not None and high is not None and low > high:
        row.report("low", f"is more than high, {row.text('high')}", "write the lesser one first")
    elif value is not None and low is not None and value < low:
        row.report("value", f"is less than low, {row.text('low')}", "correct one of the two")
    elif value is not None and high is not None and value > high:
        row.report("value", f"is more than high, {row.text('high')}", "correct one of the two")
    return value, low, high


def _essay_claim(
    row: Row,
    events: Mapping[str, str] | None,
    sources: Gazette[Source],
    topics: Gazette[Topic],
) -> EssayClaim | None:
    name, says, essay = row.slug(), row.required("says"), row.required("essay")
    if essay:
        row.known("essay", essay, sources.names, f"{FOLDER}/sources.csv")
    row.required("verdict")
    topic = row.text("topic")
    if topic:
        row.known("topic", topic, topics.names, f"{FOLDER}/topics.csv")
    verdict = row.choice("verdict", VERDICTS, "")
    verified = row.choice("verified", VERIFIED, "unverified")
    paragraph = row.whole_number("paragraph")
    cited = _references(row, "sources", sources.names)
    bearing = _references(row, "events", events)
    if row.errors:
        return None
    return EssayClaim(
        id=name,
        essay=essay,
        paragraph=paragraph,
        says=says,
        verdict=verdict,
        value=row.text("value"),
        sources=cited,
        locator=row.text("locator"),
        events=bearing,
        topic=topic,
        verified=verified,
        note=row.text("note"),
        line=row.line,
    )


def _topic(row: Row) -> Topic:
    return Topic(row.slug(), row.required("label"), row.text("stands"))


def _reading(row: Row, lanes: Lanes, sources: Gazette[Source]) -> Reading | None:
    name, series, when = row.slug(), row.required("series"), row.when("when")
    row.required("value")
    value, low, high = _measure(row)
    direction = row.direction(lanes) if row.text("direction") else ""
    verified = row.choice("verified", VERIFIED, "unverified")
    cited = _references(row, "sources", sources.names)
    if row.errors or when is None or value is None:
        return None
    return Reading(
        id=name,
        series=series,
        when=when,
        value=value,
        low=low,
        high=high,
        unit=row.text("unit"),
        direction=direction,
        sources=cited,
        verified=verified,
        note=row.text("note"),
        line=row.line,
    )


def _clock(row: Row) -> Clock:
    return Clock(row.slug(), row.required("label"), _zone(row))


def _zone(row: Row) -> str:
    """A required name of a zone that the database knows; "" when it is none."""
    name = row.required("zone")
    if not name or zone_named(name):
        return name
    row.report("zone", "is not a time zone", "write a name such as Asia/Tokyo")
    return ""


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
