"""Building again: what was found in the same files before, and made of them, is kept.

Loads nothing that is slow to load: where nothing changed, a build is over before that.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from events.problem import Problem
from maps.memory import Memory, digest, memory_folder
from maps.prints import Prints, print_of_code, prints_of
from maps.report import Report, Say, stops
from maps.writing import Written, stands

if TYPE_CHECKING:
    from maps.difference import Change
    from maps.site import Project


def build(
    project: Path,
    out: Path,
    stories: Sequence[str] | None = None,
    strict: bool = False,
    force: bool = False,
    say: Say = lambda step: None,
) -> Report:
    """Builds a site as `maps.site.build` does, of what changed; with `force` all of it anew."""
    begun = time.perf_counter()
    memory = Memory(memory_folder(), print_of_code(), is_blank=force)
    prints = prints_of(project)
    known = None if stories else memory.known("site", prints)
    if known and stands(out, known["pages"]):
        problems = _problems(known)
        written = Written(kept=() if stops(problems, strict) else tuple(known["pages"]))
        return Report(problems, written, known["events"], time.perf_counter() - begun)
    from maps.site import build as build_site

    report = build_site(project, out, stories, strict, say, memory, prints)
    changes: tuple[Change, ...] = ()
    if prints_of(project) == prints:  # else nobody knows which of the two was read
        if report.pages and not stories:
            memory.note("site", prints, _record(report))
            changes = _compared(project, out, prints, memory, report)
        memory.settle()
    return replace(report, seconds=time.perf_counter() - begun, changes=changes)


def check(project: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a project, from memory if a build met the same."""
    known = Memory(memory_folder(), print_of_code()).known("site", prints_of(project))
    if known:
        return _problems(known)
    from maps.site import check as check_site

    return check_site(project)


@contextmanager
def reading(project: Path) -> Iterator[tuple[Project, Memory]]:
    """A project, read and checked with what builds remember, and that memory.

    What is made with it within `with` is remembered too. Raises OSError where there is no project.
    """
    from maps.site import read_project

    memory, prints = Memory(memory_folder(), print_of_code()), prints_of(project)
    yield read_project(project, memory, prints), memory
    if prints_of(project) == prints:
        memory.settle()


def _compared(
    project: Path, out: Path, prints: Prints, memory: Memory, report: Report
) -> tuple[Change, ...]:
    """What changed since this site was built of this project before; keeps what there is now."""
    from events.when import When
    from maps.difference import differences, state_of

    where = [os.path.realpath(project), os.path.realpath(out)]
    before, now = memory.known("state", where), state_of(project, prints)
    memory.note("state", where, now)
    if not before or not report.read:
        return ()
    stories = report.read.stories

    def maps(when: str) -> tuple[str, ...]:
        time = When.parse(when)
        return tuple(story.slug for story in stories if story.reaches(time))

    return tuple(differences(before, now, maps))


def _record(report: Report) -> dict[str, Any]:
    pages = {name: digest(text.encode()) for name, text in report.pages.items()}
    return {
        "problems": [asdict(problem) for problem in report.problems],
        "events": report.events,
        "pages": pages,
    }


def _problems(known: dict[str, Any]) -> tuple[Problem, ...]:
    return tuple(Problem(**problem) for problem in known["problems"])
