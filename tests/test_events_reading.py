"""Reading: a project's tables as records, with all their problems."""

import tempfile
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.problem import Problem
from events.reading import (
    ACTORS,
    CLAIMS,
    CLOCKS,
    DIRECTIONS,
    ESSAY_CLAIMS,
    EVENTS,
    PHASES,
    PLACES,
    SERIES,
    SOURCES,
    TOPICS,
    read_tables,
)
from events.record import Direction, Tables
from events.when import When

HEAD = "id,title,when,lat,lon"


def read(folder: Path, **tables: str) -> tuple[Tables, list[Problem]]:
    """Read a project with these tables."""
    place = folder / "events" / "tables"
    place.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return read_tables(folder)


def told(problems: list[Problem]) -> list[str]:
    """The problems as people read them, without the folder."""
    return [str(problem).removeprefix("events/tables/") for problem in problems]


def sound(folder: Path, **tables: str) -> Tables:
    """Read a project that has no problem."""
    records, problems = read(folder, **tables)
    assert told(problems) == []
    return records


def test_bare_table(tmp_path: Path) -> None:
    """Five columns make events of one lane, with every default."""
    text = f"{HEAD}\nmarathon,Battle of Marathon,-0489-09,38.118,23.978\n"
    tables = sound(tmp_path, events=text)
    assert tables.directions == (Direction("events", "Events", "", None, 0),)
    assert (tables.places, tables.actors, tables.sources) == ((), (), ())
    (event,) = tables.events
    assert (event.id, event.title) == ("marathon", "Battle of Marathon")
    assert (event.lat, event.lon, event.line) == (38.118, 23.978, 2)
    assert event.when.label == "September 490 BCE"
    assert event.directions == ("events",)
    assert (event.kind, event.status, event.verified) == ("event", "executed", "unverified")
    assert (event.place, event.summary, event.note) == ("", "", "")
    assert (event.actors, event.sources) == ((), ())


WHOLE = {  # a row of each table, every column of it filled with something of its own
    "events": {
        "id": "mukden-incident",
        "title": "Mukden Incident",
        "when": "1931-09-18",
        "lat": "41.85",
        "lon": "123.46",
        "direction": "north",
        "kind": "battle",
        "status": "planned",
        "place": "mukden",
        "actors": "japan",
        "summary": "Manchuria, occupied",
        "sources": "COOX1985",
        "verified": "partly",
        "note": "22:20 local",
        "key": "yes",
    },
    "directions": {
        "id": "north",
        "label": "North",
        "colour": "#0b63a5",
        "colour_dark": "#5db1f3",
        "order": "7",
    },
    "places": {
        "id": "mukden",
        "name": "Mukden",
        "today": "Shenyang",
        "lat": "41.8",
        "lon": "123.43",
        "accuracy_km": "2.5",
        "names": "Fengtian;Hoten",
        "zone": "Asia/Shanghai",
    },
    "actors": {"id": "japan", "name": "Japan"},
    "sources": {
        "id": "COOX1985",
        "type": "book",
        "author": "Coox",
        "title": "Nomonhan",
        "year": "1985",
        "where": "Stanford",
        "opened": "no",
        "note": "never printed",
    },
    "phases": {
        "id": "occupation",
        "label": "occupation",
        "direction": "north",
        "when": "1931-09-18/1932-02",
        "sources": "COOX1985",
        "verified": "partly",
        "note": "from Mukden on",
    },
    "claims": {
        "id": "mukden-strength",
        "event": "mukden-incident",
        "about": "number",
        "says": "so many were there",
        "when": "1931-09",
        "quantity": "strength",
        "side": "Japan",
        "value": "10400.5",
        "low": "10000.5",
        "high": "11000.5",
        "unit": "men",
        "whole": "another-claim",
        "sources": "COOX1985",
        "locator": "p. 3",
        "stance": "disputes",
        "verified": "partly",
        "note": "at the start",
    },
    "essay_claims": {
        "id": "s1-01",
        "essay": "COOX1985",
        "paragraph": "3",
        "says": "it began so",
        "verdict": "imprecise",
        "value": "it began otherwise",
        "sources": "COOX1985",
        "locator": "p. 7",
        "events": "mukden-incident",
        "topic": "cause",
        "verified": "partly",
        "note": "a slip",
    },
    "topics": {"id": "cause", "label": "cause", "stands": "nobody knows"},
    "series": {
        "id": "army-1931",
        "series": "Army",
        "when": "1931-09",
        "value": "10400.5",
        "low": "10000.5",
        "high": "11000.5",
        "unit": "men",
        "direction": "north",
        "sources": "COOX1985",
        "verified": "partly",
        "note": "at the start",
    },
    "clocks": {"id": "tokyo", "label": "Tokyo", "zone": "Asia/Tokyo"},
}
COLUMNS = {
    "events": EVENTS,
    "directions": DIRECTIONS,
    "places": PLACES,
    "actors": ACTORS,
    "sources": SOURCES,
    "phases": PHASES,
    "claims": CLAIMS,
    "essay_claims": ESSAY_CLAIMS,
    "topics": TOPICS,
    "series": SERIES,
    "clocks": CLOCKS,
}


def as_written(value: object) -> str:
    """What a record holds, as the cell that it came from."""
    if isinstance(value, When):
        return value.text
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


@pytest.mark.parametrize("table", COLUMNS)
def test_every_column_of_every_table_arrives(tmp_path: Path, table: str) -> None:
    """Each cell is found again in its record, under the name of its column."""
    rows = {
        name: ",".join(cells) + "\n" + ",".join(f'"{cell}"' for cell in cells.values()) + "\n"
        for name, cells in WHOLE.items()
    }
    (record,) = getattr(sound(tmp_path, **rows), table)
    cells = {column: WHOLE[table].get(column) for column in chain(*COLUMNS[table])}
    fields = {column: column if hasattr(record, column) else f"{column}s" for column in cells}
    assert {column: as_written(getattr(record, fields[column])) for column in cells} == cells


def lanes(folder: Path, *cells: str, **tables: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """The ids of the lanes, and the lanes of an event for each direction cell."""
    rows = "".join(f"e{n},E,1941,1,1,{cell}\n" for n, cell in enumerate(cells))
    records = sound(folder, events=f"{HEAD},direction\n{rows}", **tables)
    ids = [direction.id for direction in records.directions]
    return ids, [event.directions for event in records.events]


def test_directions_of_a_table(tmp_path: Path) -> None:
    """A cell names one lane, several, both (which is all) or none."""
    table = "id,label,order\nnorth,North,3\nsouth,South,1\nwest,West,2\n"
    cells = "north", "north; south", "both", "context", ""
    assert lanes(tmp_path, *cells, directions=table) == (
        ["south", "west", "north"],
        [("north",), ("north", "south"), ("south", "west", "north"), (), ()],
    )


def test_directions_keep_the_order_of_their_table(tmp_path: Path) -> None:
    """Without an order the rows of the table are the order of the lanes."""
    table = "id,label\nnorth,North\nsouth,South\n"
    assert lanes(tmp_path, "south", directions=table)[0] == ["north", "south"]


def test_free_directions(tmp_path: Path) -> None:
    """Without a table the words of the cells become lanes in order of appearance."""
    cells = "far-east", "context", "Army Group North;far-east", "both", ""
    text = "".join(f"e{n},E,1941,1,1,{cell}\n" for n, cell in enumerate(cells))
    tables = sound(tmp_path, events=f"{HEAD},direction\n{text}")
    names = [(direction.id, direction.label) for direction in tables.directions]
    assert names == [("far-east", "Far East"), ("army-group-north", "Army Group North")]
    assert [event.directions for event in tables.events] == [
        ("far-east",),
        (),
        ("army-group-north", "far-east"),
        ("far-east", "army-group-north"),
        (),
    ]


def test_one_lane_when_nobody_has_a_direction(tmp_path: Path) -> None:
    """Where no cell names a direction there is one lane, and all events belong to it."""
    expected = ["events"], [("events",)] * 3
    assert lanes(tmp_path, "", "context", "both") == expected


def test_reserved_free_direction(tmp_path: Path) -> None:
    """A word that the map needs cannot be a lane."""
    text = f"{HEAD},direction\na,A,1941,1,1,routes\n"
    _, problems = read(tmp_path, events=text)
    assert len(problems) == 1
    assert told(problems)[0].startswith("events.csv:2:direction: 'routes' has a meaning")


def test_reserved_direction_of_a_table(tmp_path: Path) -> None:
    """Neither can it in the table of directions."""
    _, problems = read(
        tmp_path, events=f"{HEAD}\n", directions="id,label,colour\nlakes,Lakes,blue\n"
    )
    assert [(problem.line, problem.column) for problem in problems] == [(2, "colour"), (2, "id")]


def test_free_words_without_tables(tmp_path: Path) -> None:
    """Places, actors and sources are free text where there is no table of them."""
    text = f"{HEAD},place,actors,sources\na,A,1941,1,1,Somewhere,Who; Whom,A book\n"
    (event,) = sound(tmp_path, events=text).events
    assert (event.place, event.actors, event.sources) == ("Somewhere", ("Who", "Whom"), ("A book",))


def test_place_without_another_name_today(tmp_path: Path) -> None:
    """A place that is still called so is named once, another one by both of its names."""
    places = "id,name,today,lat,lon\na,Tokyo,Tokyo,1,1\nb,Kyoto,,1,1\nc,Mukden,Shenyang,1,1\n"
    tables = sound(tmp_path, events=f"{HEAD}\na,A,1941,1,1\n", places=places)
    shown = [place.shown for place in tables.places]
    assert shown == ["Tokyo", "Kyoto", "Mukden (today Shenyang)"]


def test_a_place_is_not_known_to_less_than_nothing(tmp_path: Path) -> None:
    """A distance below 0 is told at its cell."""
    table = "id,name,lat,lon,accuracy_km\na,A,1,2,-5\nb,B,1,2,0\n"
    _, problems = read(tmp_path, events=f"{HEAD}\n", places=table)
    assert told(problems) == [
        "places.csv:2:accuracy_km: '-5' is below 0; write how far off it may be, such as 20"
    ]


def test_years_of_sources(tmp_path: Path) -> None:
    """A year may be several, doubtful or missing; what is none is told and costs nothing."""
    years = ["1968/1974", "1890~", "", "1941?", "196X", "1968-1974", "n.d."]
    rows = "".join(f"s{n},Title,{year}\n" for n, year in enumerate(years))
    tables, problems = read(tmp_path, events=f"{HEAD}\n", sources=f"id,title,year\n{rows}")
    assert len(tables.sources) == len(years)
    assert [(problem.line, problem.severity) for problem in problems] == [
        (7, "warning"),
        (8, "warning"),
    ]
    assert told(problems)[0].endswith("'1968-1974' is not a year; write 1968/1974")


def test_no_events_at_all(tmp_path: Path) -> None:
    """A folder without events.csv is one problem."""
    tables, problems = read_tables(tmp_path)
    assert tables.events == ()
    assert told(problems) == ["events.csv: is not there; write this table, or name another folder"]


def test_all_problems_of_a_row(tmp_path: Path) -> None:
    """A row with several faults has them all told, and no event."""
    text = f"{HEAD},kind\nA B,,soon,x,200,batle\n"
    tables, problems = read(tmp_path, events=text)
    assert tables.events == ()
    columns = [problem.column for problem in problems]
    assert columns == ["id", "kind", "lat", "lon", "title", "when"]


def test_damage_in_one_table_is_not_told_again_in_another(tmp_path: Path) -> None:
    """A place whose own row is damaged is still known to the events."""
    places = 'id,name,lat,lon\na,A,91,1\nb,B,1\nc,"C,1,1\nd,D,1,1,1\n'
    rows = "".join(f"{name},E,1941,1,1,{name}\n" for name in "abcd")
    tables, problems = read(tmp_path, events=f"{HEAD},place\n{rows}", places=places)
    assert [(problem.path[14:], problem.line) for problem in problems] == [
        ("places.csv", 2),
        ("places.csv", 3),
        ("places.csv", 4),
        ("places.csv", 5),
    ]
    assert len(tables.events) == 4


def test_unreadable_table_is_not_told_again_either(tmp_path: Path) -> None:
    """A table of which nothing can be read leaves the words that refer to it alone."""
    text = f"{HEAD},place\na,A,1941,1,1,somewhere\n"
    _, problems = read(tmp_path, events=text, places="id;name;lat;lon\n")
    assert [problem.path for problem in problems] == ["events/tables/places.csv"]


def test_empty_table_knows_nothing(tmp_path: Path) -> None:
    """A table of actors without rows knows no actor."""
    text = f"{HEAD},actors\na,A,1941,1,1,japan\n"
    _, problems = read(tmp_path, events=text, actors="id,name\n")
    table = "events/tables/actors.csv"
    line = f"events.csv:2:actors: 'japan' is not in {table}; add it to {table}"
    assert told(problems) == [line]


def test_duplicate_ids_in_every_table(tmp_path: Path) -> None:
    """Ids are unique within each table."""
    _, problems = read(
        tmp_path,
        events=f"{HEAD}\na,A,1941,1,1\na,B,1941,1,1\n",
        actors="id,name\nx,X\nx,Y\n",
        sources="id,title\nX1,X\nX1,Y\n",
    )
    assert [(problem.path[14:], problem.line, problem.value) for problem in problems] == [
        ("actors.csv", 3, "x"),
        ("events.csv", 3, "a"),
        ("sources.csv", 3, "X1"),
    ]


def test_warnings_do_not_cost_the_event(tmp_path: Path) -> None:
    """An event at 0,0 is warned about and kept."""
    tables, problems = read(tmp_path, events=f"{HEAD}\na,A,1941,0,0\n")
    assert [problem.severity for problem in problems] == ["warning"]
    assert len(tables.events) == 1


@given(
    st.binary(max_size=200)
    | st.text(alphabet='id,tlewhna\n\r";12-/\t\0', max_size=200).map(lambda text: text.encode())
)
def test_no_bytes_make_a_traceback(raw: bytes) -> None:
    """Whatever the files hold, reading gives records and problems."""
    with tempfile.TemporaryDirectory() as name:
        tables = Path(name) / "events" / "tables"
        tables.mkdir(parents=True)
        (tables / "events.csv").write_bytes(b"id,title,when,lat,lon\n" + raw)
        (tables / "places.csv").write_bytes(raw)
        _, problems = read_tables(Path(name))
    assert all(str(problem) for problem in problems)


@pytest.mark.parametrize(
    ("word", "cure"),
    [
        ("Both", "write both"),
        ("Context", "write context"),
        ("Names", "choose another word than both, context"),
    ],
)
def test_reserved_words_with_a_capital(tmp_path: Path, word: str, cure: str) -> None:
    """A word that the map needs makes no lane with a capital either, and the cure says which."""
    _, problems = read(tmp_path, events=f"{HEAD},direction\na,A,1941,1,1,{word}\n")
    assert len(problems) == 1
    assert problems[0].message == "has a meaning of its own on the map"
    assert problems[0].hint.startswith(cure)
