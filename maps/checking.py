"""Rules across files: what a story names is there, what happened is shown, no table is missed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from events.checking import distance_km
from events.evidence import check_evidence
from events.problem import Problem, did_you_mean
from events.record import Event, Phase, Tables
from events.row import NORTH, SOUTH
from events.when import When
from events.words import LAYERS, STATUSES
from geodata.seam import SEAM
from maps.evidence import LEAST, count_met, readings_by_series
from maps.story import Reference, Story

if TYPE_CHECKING:
    from geodata.reading import Ground
    from geodata.routes import Point, Route, Waypoint

EVENTS = "events/tables/events.csv"
PHASES = "events/tables/phases.csv"
ACTORS = "events/tables/actors.csv"
DIRECTIONS = "events/tables/directions.csv"
SOURCES = "events/tables/sources.csv"
SERIES = "events/tables/series.csv"
ROUTES = "geodata/layers/routes.csv"

# Where each table belongs, and what else a spreadsheet may leave there by mistake.
_FOLDERS = {
    **dict.fromkeys(
        (
            "events.csv",
            "directions.csv",
            "places.csv",
            "actors.csv",
            "sources.csv",
            "phases.csv",
            "claims.csv",
            "essay_claims.csv",
            "topics.csv",
            "series.csv",
            "clocks.csv",
        ),
        "events/tables",
    ),
    **dict.fromkeys(
        (
            *("routes.csv", "waypoints.csv", "names.csv"),
            *("ownership.csv", "polities.csv", "sides.csv", "fronts.csv"),
            *("atoms.geojson", "segments.geojson", "fronts.geojson", "cuts.geojson"),
            *("land.geojson", "lakes.geojson", "rivers.geojson", "borders.geojson"),
        ),
        "geodata/layers",
    ),
}
Time = tuple[int | None, int | None]  # first and last instant

_SHEETS = (".csv", ".tsv", ".xls", ".xlsx", ".ods", ".geojson", ".json")

# Kilometres an hour that nobody can keep up by these means; armies come nowhere near.
FASTEST = {"land": 60.0, "rail": 100.0, "sea": 75.0, "air": 800.0}
_HOUR_MS = 3_600_000

_KINDS = {
    "layer": "a layer",
    "select": "an event",
    "highlight": "an event or a route",
    "source": "a source",
    "series": "a series",
}


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
    problems += [problem for story in stories for problem in _check_selected(story, tables)]
    problems += [problem for each in stories for problem in _check_lit(each, tables, ground)]
    problems += [problem for story in stories for problem in _check_fates(story, tables)]
    if SERIES not in broken:
        problems += [problem for story in stories for problem in _check_charts(story, tables)]
    if EVENTS not in broken:
        problems += _check_shown(stories, EVENTS, tables.events)
    problems += _check_shown(stories, PHASES, tables.phases)
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
        if ROUTES not in broken:
            known["highlight"] = [*known["select"], *(route.id for route in ground.routes)]
    if SERIES not in broken:
        known["series"] = list(readings_by_series(tables))
    if tables.sources and SOURCES not in broken:
        known["source"] = [source.id for source in tables.sources]
    return known


def _unknown(story: Story, reference: Reference, known: Iterable[str]) -> Problem:
    column = {"layer": "layers", "source": None}.get(reference.to, reference.to)
    called = "name" if reference.to == "series" else "id"
    message = f"is not the {called} of {_KINDS[reference.to]}"
    hint = did_you_mean(reference.id, known, f"write the {called} of one that the tables have")
    return Problem(story.path, reference.line, column, reference.id, message, hint)


def _check_moments(story: Story) -> Iterator[Problem]:
    """The chapters of a story stand within its span."""
    for chapter in story.chapters:
        for key, when in (("when", chapter.when), ("beside", chapter.beside)):
            if when and not story.reaches(when):
                message = f"lies outside the story's span, {story.span.label}"
                line = chapter.lines.get(key, chapter.line)
                yield Problem(story.path, line, key, when.text, message, "correct one of the two")


def _check_selected(story: Story, tables: Tables) -> Iterator[Problem]:
    """An event that a chapter selects is one that the story's map shows."""
    whens = {event.id: event.when for event in tables.events}
    for reference in story.references:
        when = whens.get(reference.id) if reference.to == "select" else None
        if when and not story.reaches(when):
            message = f"is an event of {when.label}, outside the story's span, {story.span.label}"
            hint = "widen the span, or select another event"
            yield Problem(story.path, reference.line, "select", reference.id, message, hint)


def _check_lit(story: Story, tables: Tables, ground: Ground) -> Iterator[Problem]:
    """What a chapter highlights is there in the story's span and at the chapter's time."""
    times: dict[str, list[Time]] = {}
    for event in tables.events:
        times.setdefault(event.id, []).append((event.when.first, event.when.last))
    for route in ground.routes:
        times.setdefault(route.id, []).append((route.first, route.last))
    for chapter in story.chapters:
        spans = [("the story's span", story.span), ("the chapter's time", chapter.when)]
        for name in chapter.highlight:
            for whose, when in spans:
                if when is None or name not in times or _meets(when, times[name]):
                    continue
                message = f"is not to be seen in {whose}, {when.label}"
                hint = "leave it out, or correct the time"
                line = chapter.lines["highlight"]
                yield Problem(story.path, line, "highlight", name, message, hint)
                break


def _meets(when: When, times: Iterable[Time]) -> bool:
    """Whether any of some times overlaps another."""
    opens = -math.inf if when.first is None else when.first
    closes = math.inf if when.last is None else when.last
    return any(
        (first is None or first <= closes) and (last is None or last >= opens)
        for first, last in times
    )


def _check_fates(story: Story, tables: Tables) -> Iterator[Problem]:
    """A warning where a chapter on what never was does not say so, or does not show it."""
    statuses = {event.id: event.status for event in tables.events}
    for chapter in story.chapters:
        fate = statuses.get(chapter.select or "", STATUSES[0])
        if fate != STATUSES[0] and chapter.status == STATUSES[0]:
            message = f"was {fate} and never executed, and its chapter does not say so"
            line, hint = chapter.lines["select"], f"write status: {fate}"
            value = chapter.select
            yield Problem(story.path, line, "select", value, message, hint, "warning")
        shown = chapter.layers if chapter.layers is not None else story.layers or ()
        if chapter.status != STATUSES[0] and "planned" not in shown:
            message = "is the status of a chapter that does not show the layer of what never was"
            line, hint = chapter.lines["status"], "write planned among its layers:"
            yield Problem(story.path, line, "status", chapter.status, message, hint, "warning")


def _check_charts(story: Story, tables: Tables) -> Iterator[Problem]:
    """A series that a story shows as a chart has enough points within its span to make a line."""
    readings = readings_by_series(tables)
    for reference in story.references:
        points = readings.get(reference.id) if reference.to == "series" else None
        if points and count_met(story, points) < LEAST:
            message = f"has too few points within the story's span, {story.span.label}, for a chart"
            hint = "leave it out, as the page has it in its tables, or widen the span"
            yield Problem(story.path, reference.line, "series", reference.id, message, hint)


def _check_shown(
    stories: Sequence[Story], path: str, records: Iterable[Event | Phase]
) -> Iterator[Problem]:
    """An event or a phase that no story's span reaches would never be seen: a warning."""
    for record in records:
        if stories and not any(story.reaches(record.when) for story in stories):
            message = f"lies outside every story's span, so no map shows {record.id}"
            hint = "widen a span in maps/stories, or correct the date"
            value = record.when.text
            yield Problem(path, record.line, "when", value, message, hint, "warning")


def check_record(
    stories: Sequence[Story], tables: Tables, ground: Ground, broken: set[str]
) -> Iterator[Problem]:
    """What the record lacks or contradicts; stories and the ground cite sources too."""
    cited = {each.id for story in stories for each in story.references if each.to == "source"}
    cited.update(name for route in ground.routes for name in route.sources)
    cited |= ground.cited
    acting = {actor for route in ground.routes for actor in route.actors}
    yield from check_evidence(tables, cited, acting, broken)


def check_speeds(routes: Iterable[Route]) -> Iterator[Problem]:
    """A warning for each waypoint that cannot be reached in time by its route's means."""
    from geodata.routes import WAYPOINTS

    for route in routes:
        for start, stop in pairwise(route.waypoints):
            way = distance_km(start.lat, start.lon, stop.lat, stop.lon)
            speed = way / _hours_between(start, stop)
            if speed > FASTEST[route.means]:
                message = f"is {way:,.0f} km from the waypoint before: {speed:,.0f} km/h by"
                message += f" {route.means} at least"
                hint = "correct the date or the place, or the means of the route"
                line, value = stop.line, stop.when.text
                yield Problem(WAYPOINTS, line, "when", value, message, hint, "warning")


def _hours_between(start: Waypoint, stop: Waypoint) -> float:
    """The most hours that there can have been between two waypoints, half an hour at least."""
    first = start.instant if start.when.first is None else start.when.first
    last = stop.instant if stop.when.last is None else stop.when.last
    return max(0.5, (last + 1 - first) / _HOUR_MS)


def check_files(project: Path) -> Iterator[Problem]:
    """A warning for each table that nobody reads, since its name or its folder is another."""
    for folder in sorted(set(_FOLDERS.values())):
        path = project / folder
        for file in sorted(path.iterdir()) if path.is_dir() else ():
            if file.suffix.lower() in _SHEETS and file.name[0] not in ".~_":
                yield from _check_file(folder, file.name)


def _check_file(folder: str, name: str) -> Iterator[Problem]:
    belongs = _FOLDERS.get(name)
    if belongs == folder:
        return
    known = [table for table in _FOLDERS if _FOLDERS[table] == folder]
    hint = f"the tables here are {', '.join(known)}; a name that begins with _ is your own"
    hint = f"move it to {belongs}" if belongs else did_you_mean(name, known, hint)
    message = "is not a table of this folder, so it is not read"
    yield Problem(f"{folder}/{name}", None, None, None, message, hint, "warning")


def check_tracks(ground: Ground) -> Iterator[Problem]:
    """A warning for each route whose way leaves the sheet, at the waypoint where it has left."""
    from geodata.routes import WAYPOINTS

    for route in ground.routes:
        left = next((point for point in ground.tracks[route.id] if not _lies_on_sheet(point)), None)
        if left:
            line = next(stop.line for stop in route.waypoints if stop.instant >= left[2])
            yield Problem(WAYPOINTS, line, "route", route.id, *_left(left), "warning")


def _lies_on_sheet(point: Point) -> bool:
    lng, lat, _ = point
    return SEAM <= lng <= SEAM + 360 and SOUTH <= lat <= NORTH


def _left(point: Point) -> tuple[str, str]:
    """Where a way has left the sheet, and what to do about it."""
    if not SEAM <= point[0] <= SEAM + 360:
        hint = "make two routes of it, one on each side of 30° W"
        return "crosses 30° W, where the sheet begins and ends; the rest of it is cut", hint
    edge = f"{NORTH:g}° N" if point[1] > 0 else f"{-SOUTH:g}° S"
    hint = "add a waypoint on the sheet between these two"
    return f"leaves the sheet, which ends at {edge}; that part of it is cut", hint
