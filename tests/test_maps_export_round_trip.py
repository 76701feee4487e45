"""Export and import: the events of the shipped atlas come back from every format as they went."""

from __future__ import annotations

import functools
from importlib import import_module
from pathlib import Path

import pytest

from events.imports.bringing import bring
from events.reading import read_tables
from events.record import Event
from maps.export import FORMATS
from maps.site import Project, choose_stories, read_project

ROOT = Path(__file__).parents[1]
ALL = ("id", "title", "when", "lat", "lon", "directions", "kind", "status", "place", "verified")
MORE = (*ALL, "actors", "summary", "sources", "note")
HELD = {**dict.fromkeys(FORMATS, MORE), "timelinejs": ALL}  # its text is summary and note in one


@functools.cache
def shipped() -> Project:
    """The shipped atlas."""
    return read_project(ROOT)


@pytest.mark.parametrize("to", FORMATS)
def test_events_come_back_as_they_went(tmp_path: Path, to: str) -> None:
    """All 141 of them, in their order, with all that the format holds; the project is sound."""
    atlas = shipped()
    (story,) = choose_stories(atlas.stories, ["two-directions"])
    file_in = getattr(import_module(f"maps.export.{to}"), to)
    file = file_in(story, atlas.tables, atlas.ground)
    path = tmp_path / "map"
    path.write_bytes(file if isinstance(file, bytes) else file.encode())
    brought = bring(path)
    for name, text in brought.texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    tables, problems = read_tables(tmp_path)
    assert problems == []
    assert len(tables.events) == 141

    for there, back in zip(atlas.tables.events, tables.events, strict=True):
        assert held(back, HELD[to]) == held(there, HELD[to])


def held(event: Event, columns: tuple[str, ...]) -> list[object]:
    """What an event says in some columns; a time is a tuple too, and is told by its text."""
    return [getattr(getattr(event, column), "text", getattr(event, column)) for column in columns]
