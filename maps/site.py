"""Tables, ground and stories -> the site: one page a story, the record, an index that lists them.

Every page is made in memory first; with errors nothing is written. What an earlier build knows of
the same contents is not made again (memory.py).
"""

from __future__ import annotations

import errno
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from events.problem import Problem, did_you_mean
from events.reading import read_tables
from events.record import Tables
from maps.checking import (
    ACTORS,
    DIRECTIONS,
    EVENTS,
    SOURCES,
    broken_files,
    check_files,
    check_record,
    check_speeds,
    check_stories,
    check_tracks,
)
from maps.memory import Memory
from maps.prints import Prints
from maps.report import Report, Say, UnknownStory, stops
from maps.story import Story, read_stories, story_of
from maps.writing import Written, write

if TYPE_CHECKING:  # geopandas is slow to import
    from geodata.reading import Ground
    from geodata.routes import Known
    from maps.scene import Scene

INDEX = "index.html"
_LINKS = {
    "essays.html": "The essays, claim by claim",
    "embed.html": "Show a map in another page",
}


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder, read and checked: what pages are made of, and what is wrong with it."""

    tables: Tables
    ground: Ground
    stories: tuple[Story, ...]
    problems: tuple[Problem, ...]


def build(
    project: Path,
    out: Path,
    stories: Sequence[str] | None = None,
    strict: bool = False,
    say: Say = lambda step: None,
    memory: Memory | None = None,
    prints: Prints | None = None,
) -> Report:
    """Checks a project and writes its pages to `out`; nothing if there are errors.

    `stories` names the only ones to make; with `strict` warnings count as errors; `say` is told
    each step. What the `memory` knows of files with these `prints` is not made again. Raises
    UnknownStory, and OSError where a file cannot be read or written.
    """
    begun = time.perf_counter()
    say("reading the tables")
    read = read_project(project, memory, prints)
    pages: dict[str, str] = {}
    written = Written()
    if not stops(read.problems, strict):
        chosen = choose_stories(read.stories, stories)  # what has errors may be one of them
        pages = _pages(read, chosen, out, say, memory or Memory())
        written = write(out, pages, is_all=not stories, anew=bool(memory and memory.is_blank))
    seconds = time.perf_counter() - begun
    return Report(read.problems, written, len(read.tables.events), seconds, pages, read)


def check(project: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a project, in order of files and lines."""
    return read_project(project).problems


def read_project(
    project: Path, memory: Memory | None = None, prints: Prints | None = None
) -> Project:
    """Reads and checks everything in a project folder. Raises OSError where there is none.

    With a memory, the ground may be one of which only the drawing is known.
    """
    from geodata.reading import read_ground
    from maps.style import check_colours, check_tints

    if not project.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(project))
    tables, problems = read_tables(project)
    known = _known(tables, broken_files(problems))
    ground, ground_problems = read_ground(project, known, memory, prints)
    stories, story_problems = read_stories(project)
    problems += [*ground_problems, *story_problems]
    if not stories and not broken_files(problems):
        stories, lacking = _map_of_all(tables, project)
        problems += lacking
    problems += check_stories(stories, tables, ground, broken_files(problems))
    problems += check_record(stories, tables, ground, broken_files(problems))
    problems += [*check_colours(tables.directions), *check_tints(ground.sides)]
    problems += [*check_files(project), *check_tracks(ground), *check_speeds(ground.routes)]
    return Project(tables, ground, tuple(stories), tuple(sorted(problems)))


def _known(tables: Tables, broken: set[str]) -> Known:
    """What routes may name; None for a table that is not there or not whole."""
    from geodata.routes import Known

    return Known(
        lanes=None if {DIRECTIONS, tables.lanes.table} & broken else tables.lanes,
        actors=None if ACTORS in broken else [each.id for each in tables.actors] or None,
        sources=None if SOURCES in broken else [each.id for each in tables.sources] or None,
    )


def _map_of_all(tables: Tables, project: Path) -> tuple[list[Story], list[Problem]]:
    """One story of all events, for a project that tells none."""
    story = story_of(tables.events, project.resolve().name)
    if story:
        return [story], []
    message, hint = "no event has a date, so there is nothing to show", "add a row for each event"
    return [], [Problem(EVENTS, None, None, None, message, hint)]


def choose_stories(stories: Sequence[Story], names: Sequence[str] | None) -> list[Story]:
    """The stories of these names, or all of them where none is named."""
    by_name = {story.slug: story for story in stories}
    for name in names or ():
        if name not in by_name:
            cure = did_you_mean(name, by_name, f"there are: {', '.join(by_name) or 'none'}")
            raise UnknownStory(f"there is no story {name!r}; {cure}")
    return [story for story in stories if not names or story.slug in names]


def made_page(project: Project, story: Story, memory: Memory) -> str:
    """The page of one story as text, from memory if the same scene was made into one before."""
    from maps.scene import build_scene

    scene = build_scene(story, project.tables, project.ground)
    return _made(scene, memory.print_of(scene), memory)


def _made(scene: Scene, shown: str, memory: Memory) -> str:
    """The page of a scene with this print."""
    page: str = memory.recall("page", shown, partial(_page, scene, memory))
    return page


def _page(scene: Scene, memory: Memory) -> str:
    from maps.page import made_shell, render_page

    return render_page(scene, memory.recall("shell", None, made_shell))


def _pages(
    project: Project, chosen: Sequence[Story], out: Path, say: Say, memory: Memory
) -> dict[str, str]:
    """The text of each page by its file's name; the index comes last."""
    say("loading the map maker")
    from maps.cover.cover import cover_of, with_colours
    from maps.embed import PAGE as EMBED
    from maps.embed import SCRIPT, embed_script, render_embed
    from maps.essays import PAGE as ESSAYS
    from maps.essays import render_essays
    from maps.export.record import record_files
    from maps.gallery import render_gallery
    from maps.scene import build_scene
    from maps.style import css_variables, described, described_sides

    names = {f"{story.slug}.html" for story in chosen} | {page.name for page in out.glob("*.html")}
    listed = [story for story in project.stories if f"{story.slug}.html" in names]
    pages, pictures = {}, {}
    for story in listed:
        slug = story.slug
        scene = build_scene(story, project.tables, project.ground)
        shown = memory.print_of(scene)
        if story in chosen:
            say(f"making {slug}.html")
            pages[f"{slug}.html"] = _made(scene, shown, memory)
        draw = partial(cover_of, scene, story.cover, memory)
        pictures[slug] = memory.recall("picture", [shown, story.cover], draw)
        pages[f"pictures/{slug}.svg"] = with_colours(pictures[slug], scene)
    others = record_files(project.tables)
    if project.tables.essay_claims:
        others = {ESSAYS: render_essays(listed, project.tables), **others}
    others = {EMBED: render_embed(listed), **others}
    names_of_others = {path: _LINKS.get(path, path.rpartition("/")[2]) for path in others}
    colours = css_variables(
        described(project.tables.directions), described_sides(project.ground.sides)
    )
    events = project.tables.events
    pages[INDEX] = render_gallery(listed, events, names_of_others, pictures, colours)
    return {SCRIPT: embed_script(), **others, **pages}
