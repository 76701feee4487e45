"""Rules between stories and tables: what a story names must be there, what happened be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from events.problem import Problem, did_you_mean
from events.record import Tables
from events.when import When
from events.words import LAYERS
from maps.story import Reference, Story

if TYPE_CHECKING:
    from geodata.reading import Ground

EVENTS = "events/tables/events.csv"
ACTORS = "events/tables/actors.csv"
DIRECTIONS = "events/tables/directions.csv"
SOURCES = "events/tables/sources.csv"

_KINDS = {"layer": "a layer", "select": "an event", "source": "a source"}


def check_stories(
    stories: Sequence[Story], tables: Tables, ground: Ground, broken: set[str]
) -> list[Problem]:
    """Every problem between stories and tables.

    `broken` are the files that have errors of their own: what they define is not all known yet,
    so nothing is said to be missing from them.
    """
    known = _known(tables, ground, broken)
    problems = [
        _unknown(story, reference, known[reference.to])
        for story in stories
        for reference in story.references
        if reference.to in known and reference.id not in known[reference.to]
    ]
    problems += [problem for story in stories for problem in _check_moments(story)]
    if EVENTS not in broken:
        problems += _check_events(stories, tables)
    return problems


def broken_files(problems: Iterable[Problem]) -> set[str]:
    """The files that have an error."""
    return {problem.path for problem in problems if problem.severity == "error"}


def _known(tables: Tables, ground: Ground, broken: set[str]) -> dict[str, list[str]]:
    """The ids that stories may name, for each kind whose tables are whole."""
    known = {}
    if not {EVENTS, DIRECTIONS} & broken:
        directions = [direction.id for direction in tables.directions]
        known["layer"] = [*directions, *LAYERS]
    if EVENTS not in broken:
        known["select"] = [event.id for event in tables.events]
    if tables.sources and SOURCES not in broken:
        known["source"] = [source.id for source in tables.sources]
    return known


def _unknown(story: Story, reference: Reference, known: Iterable[str]) -> Problem:
    column = {"layer": "layers", "select": "select", "source": None}[reference.to]
    message = f"is not the id of {_KINDS[reference.to]}"
    hint = did_you_mean(reference.id, known, "use an id that the tables have")
    return Problem(story.path, reference.line, column, reference.id, message, hint)


def _check_moments(story: Story) -> Iterator[Problem]:
    """A story opens, and its chapters stand, within its span."""
    if not story.reaches(story.opening):
        yield _outside(story, story.line, "opening", story.opening)
    for chapter in story.chapters:
        if chapter.when and not story.reaches(chapter.when):
            yield _outside(story, chapter.line, "when", chapter.when)


def _outside(story: Story, line: int, column: str, when: When) -> Problem:
    message = f"lies outside the story's span, {story.span.label}"
    return Problem(story.path, line, column, when.text, message, "correct one of the two")


def _check_events(stories: Sequence[Story], tables: Tables) -> Iterator[Problem]:
    """An event that no story's span reaches would never be seen: a warning."""
    for event in tables.events:
        if stories and not any(story.reaches(event.when) for story in stories):
            message = f"lies outside every story's span, so no map shows {event.id}"
            hint = "widen a span in maps/stories, or correct the date"
            value = event.when.text
            yield Problem(EVENTS, event.line, "when", value, message, hint, "warning")
