"""Tables, ground and stories -> the site: one page a story, the record, an index that lists them.

Every page is made in memory first; with errors nothing is written. What is written stands whole
beside its place before it is renamed into it, so a reader meets the old page or the new one.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from events.problem import Problem, nearest
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
from maps.story import Story, read_stories, story_of

if TYPE_CHECKING:  # geopandas is slow to import
    from geodata.reading import Ground
    from geodata.routes import Known

INDEX = "index.html"
_LINKS = {"essays.html": "The essays, claim by claim"}
PART = ".part"  # what a page is called until it is whole: .NAME.WRITER.part
ABANDONED = 3600  # seconds after which nobody is still writing a page

Say = Callable[[str], None]


class UnknownStory(ValueError):
    """A story was asked for that the project does not have."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and did."""

    problems: tuple[Problem, ...]
    written: tuple[Path, ...]
    events: int
    seconds: float


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
) -> Report:
    """Checks a project and writes its pages to `out`; nothing if there are errors.

    `stories` names the only ones to make; with `strict` warnings count as errors; `say` is told
    each step. Raises UnknownStory, and OSError where a file cannot be read or written.
    """
    begun = time.perf_counter()
    say("reading the tables")
    read = read_project(project)
    chosen = choose_stories(read.stories, stories)
    written: tuple[Path, ...] = ()
    if not stops(read.problems, strict):
        written = write(out, _pages(read, chosen, out, say))
    seconds = time.perf_counter() - begun
    return Report(read.problems, written, len(read.tables.events), seconds)


def check(project: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a project, in order of files and lines."""
    return read_project(project).problems


def stops(problems: Iterable[Problem], strict: bool) -> bool:
    """Whether problems forbid a build: any error, and under `strict` any warning."""
    return any(strict or problem.severity == "error" for problem in problems)


def read_project(project: Path) -> Project:
    """Reads and checks everything in a project folder. Raises OSError where there is none."""
    from geodata.reading import read_ground
    from maps.style import check_colours, check_tints

    if not project.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(project))
    tables, problems = read_tables(project)
    ground, ground_problems = read_ground(project, _known(tables, broken_files(problems)))
    stories, story_problems = read_stories(project)
    problems += [*ground_problems, *story_problems]
    if not stories and not broken_files(problems):
        stories, lacking = _map_of_all(tables, project)
        problems += lacking
    problems += check_stories(stories, tables, ground, broken_files(problems))
    problems += check_record(stories, tables, ground, broken_files(problems))
    problems += [*check_colours(tables.directions), *check_tints(ground.sides)]
    problems += [*check_files(project), *check_tracks(ground.routes), *check_speeds(ground.routes)]
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
            near = nearest(name, by_name)
            cure = f"did you mean {near}?" if near else f"there are: {', '.join(by_name) or 'none'}"
            raise UnknownStory(f"there is no story {name!r}; {cure}")
    return [story for story in stories if not names or story.slug in names]


def _pages(project: Project, chosen: Sequence[Story], out: Path, say: Say) -> dict[str, str]:
    """The text of each page by its file's name; the index comes last."""
    say("loading the map maker")
    from maps.essays import PAGE as ESSAYS
    from maps.essays import render_essays
    from maps.export.record import record_files
    from maps.gallery import render_gallery
    from maps.page import render_page
    from maps.scene import build_scene

    pages = {}
    for story in chosen:
        say(f"making {story.slug}.html")
        pages[f"{story.slug}.html"] = render_page(
            build_scene(story, project.tables, project.ground)
        )
    names = {*pages, *(page.name for page in out.glob("*.html"))}
    listed = [story for story in project.stories if f"{story.slug}.html" in names]
    others = record_files(project.tables)
    if project.tables.essay_claims:
        others = {ESSAYS: render_essays(listed, project.tables), **others}
    names_of_others = {path: _LINKS.get(path, path.rpartition("/")[2]) for path in others}
    pages[INDEX] = render_gallery(listed, project.tables.events, names_of_others)
    return {**others, **pages}


def write(out: Path, pages: Mapping[str, str]) -> tuple[Path, ...]:
    """Writes pages into a folder, each whole or not at all, none if one of them cannot be written.

    Raises OSError; what stood there before then still stands.
    """
    out.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    texts = {out / name: text for name, text in pages.items()}
    parts = {page: page.with_name(f".{page.name}.{os.getpid()}{PART}") for page in texts}
    _refuse_folders(parts)
    for folder in {page.parent for page in parts} - {out}:
        folder.mkdir(exist_ok=True)
        _sweep(folder)
    try:
        for page, part in parts.items():
            _write_to_disk(part, texts[page].encode())
        for page, part in parts.items():
            part.replace(page)
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return tuple(parts)


def _refuse_folders(pages: Iterable[Path]) -> None:
    """Raises OSError where a page's name is that of a folder, before any page is replaced."""
    for page in pages:
        if page.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder", str(page))


def _write_to_disk(path: Path, content: bytes) -> None:
    """Writes a file and waits until it is on the disk, so that no crash can leave half of it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sweep(out: Path) -> None:
    """Removes what builds that were killed left behind."""
    for part in out.glob(f".*{PART}"):
        with suppress(OSError):
            if _abandoned(part):
                part.unlink()


def _abandoned(part: Path) -> bool:
    """Whether nobody is writing this part any more: its writer is gone, or it is old."""
    writer = part.name.removesuffix(PART).rpartition(".")[2]
    if os.name == "posix" and writer.isdecimal():  # elsewhere, asking would end the writer
        try:
            os.kill(int(writer), 0)
        except ProcessLookupError:
            return True
        except OSError:
            pass
    return time.time() - part.stat().st_mtime > ABANDONED
