"""Export and import: the events of the shipped atlas come back from every format as they went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events.imports.bringing import Brought, bring
from events.reading import read_tables
from events.record import Event
from events.writing import csv_text, defused
from maps.export import FORMATS
from maps.export.geojson import geojson
from maps.site import Project, choose_stories, read_project
from shipped import shipped_project

ROOT = Path(__file__).parents[1]
ALL = ("id", "title", "when", "lat", "lon", "directions", "kind", "status", "place", "verified")
MORE = (*ALL, "actors", "summary", "sources", "note")
HELD = {**dict.fromkeys(FORMATS, MORE), "timelinejs": ALL}  # its text is summary and note in one


def shipped() -> Project:
    """The shipped atlas."""
    return shipped_project()


def importing(folder: Path, file: str | bytes) -> Brought:
    """Makes a project of a file in a folder."""
    path = folder / "map"
    path.write_bytes(file if isinstance(file, bytes) else file.encode())
    brought = bring(path)
    write(folder, brought.texts)
    return brought


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Writes files by their paths in a folder."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("to", HELD)
def test_events_come_back_as_they_went(tmp_path: Path, to: str) -> None:
    """All 141 of them, in their order, with all that the format holds; the project is sound."""
    atlas = shipped()
    (story,) = choose_stories(atlas.stories, ["two-directions"])
    file_in = getattr(import_module(f"maps.export.{to}"), to)
    file = file_in(story, atlas.tables, atlas.ground)
    importing(tmp_path, file)
    tables, problems = read_tables(tmp_path)
    assert problems == []
    assert len(tables.events) == 141

    for there, back in zip(atlas.tables.events, tables.events, strict=True):
        assert held(back, HELD[to]) == held(there, HELD[to])


def held(event: Event, columns: tuple[str, ...]) -> list[object]:
    """What an event says in some columns; a time is a tuple too, and is told by its text."""
    return [getattr(getattr(event, column), "text", getattr(event, column)) for column in columns]


def test_routes_come_back_as_they_went(tmp_path: Path) -> None:
    """From GeoJSON, with every waypoint as the table has it; so all 63 are drawn the same way."""
    atlas = shipped()
    (story,) = choose_stories(atlas.stories, ["two-directions"])
    back = importing(tmp_path, geojson(story, atlas.tables, atlas.ground))
    assert back.routes == 63
    project = read_project(tmp_path)
    assert project.problems == ()
    for there, here in zip(atlas.ground.routes, project.ground.routes, strict=True):
        stops = [replace(one, line=0) for one in here.waypoints]
        assert stops == [replace(one, line=0) for one in there.waypoints]
        told = {"line": 0, "waypoints": ()}
        assert replace(here, **told) == replace(there, **told)


WHENS = (
    *("-0489-09-12", "Y-10000", "-04XX", "0000", "1941", "193X", "19XX", "1941-21", "1941-XX"),
    *("1941-XX-XX", "1941-12-XX", "1941-12-07T07:55-10:30", "1941-12-07T00:00:00Z", "1941-06~"),
    *("1941-06?", "1941-06%", "1939-05-11/1939-09-16", "1939/..", "../1945", "/1945", "1939/"),
    *("1939~/1941-12-07T00:00Z", "[1941-06..1941-08]", "[1941-06,1941-08]", "[..1941]"),
)
PLACES = ((-18.1, 179.9), (-18.1, -179.9), (51.9, 180.0), (0.0, 1e-05), (1.0, -30.0))
TEXTS = (
    *('a, "b"; c', "=1+1", "+1", "-1", "@a", "'=1", "'", "<b>x</b> &amp; {{7*7}}", "дата 日付 🗾"),
    *("\u202eabc", "1941", "a\nb\n\nc", "\\N", "é e\u0301", "null", "a|b", "a\tb"),
)
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=20)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(WHENS),
        st.sampled_from(PLACES),
        st.sampled_from(TEXTS) | WORDS,
        st.sampled_from(TEXTS) | WORDS,
    ),
    min_size=1,
    max_size=4,
)
ROUGH = [
    (when, PLACES[at % len(PLACES)], TEXTS[at % len(TEXTS)], TEXTS[-at % len(TEXTS)])
    for at, when in enumerate(WHENS)
]


@settings(max_examples=30, deadline=None)
@example(ROUGH)
@given(ROWS)
def test_whatever_an_event_says_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, tuple[float, float], str, str]],
) -> None:
    """Every kind of time, both sides of 180 degrees, any text: the same from every format."""
    folder = tmp_path_factory.mktemp("rough")
    table = csv_text(
        ("id", "title", "when", "lat", "lon", "summary", "note"),
        [
            (f"e-{at}", " ".join(text.split()) or "x", when, f"{lat:f}", f"{lon:f}", more, text)
            for at, (when, (lat, lon), text, more) in enumerate(rows)
        ],
    )
    write(folder, {"events/tables/events.csv": table})
    project = read_project(folder)
    assert not [problem for problem in project.problems if problem.severity == "error"]
    (story,) = project.stories
    for to in HELD:
        file_in = getattr(import_module(f"maps.export.{to}"), to)
        made = folder / to
        made.mkdir()
        importing(made, file_in(story, project.tables, project.ground))
        tables, problems = read_tables(made)
        assert problems == []
        for there, back in zip(project.tables.events, tables.events, strict=True):
            assert held(back, HELD[to]) == as_in_table(there, HELD[to])


def as_in_table(event: Event, columns: tuple[str, ...]) -> list[object]:
    """What a table that `import` wrote says of an event: no text of it is a formula."""
    cells = zip(columns, held(event, columns), strict=True)
    texts = ("title", "summary", "note")
    return [defused(str(cell)) if column in texts else cell for column, cell in cells]
