"""Building again: what was found in the same files before, and made of them, is kept.

Loads nothing that is slow to load: where nothing changed, a build is over before that.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from events.problem import Problem
from maps.memory import Memory, digest, memory_folder
from maps.prints import print_of_code, prints_of
from maps.report import Report, Say, stops
from maps.writing import Written, stands


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
    if prints_of(project) == prints:  # else nobody knows which of the two was read
        if report.pages and not stories:
            memory.note("site", prints, _record(report))
        memory.settle()
    return replace(report, seconds=time.perf_counter() - begun)


def check(project: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a project, from memory if a build met the same."""
    known = Memory(memory_folder(), print_of_code()).known("site", prints_of(project))
    if known:
        return _problems(known)
    from maps.site import check as check_site

    return check_site(project)


def _record(report: Report) -> dict[str, Any]:
    pages = {name: digest(text.encode()) for name, text in report.pages.items()}
    return {
        "problems": [asdict(problem) for problem in report.problems],
        "events": report.events,
        "pages": pages,
    }


def _problems(known: dict[str, Any]) -> tuple[Problem, ...]:
    return tuple(Problem(**problem) for problem in known["problems"])
