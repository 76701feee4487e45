"""Builds in fresh processes, each with its seconds and its peak of memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import vendor
from builder import ROOT
from contenders import Contender
from synthetic import write_project

BUILD_SECONDS = 1200  # after which a build is given up
PAGE = "map.html"  # as ours is called where a project tells no story
ATLAS = ("events/tables", "geodata/layers", "maps/stories")


class Built(NamedTuple):
    """One build: its seconds, its peak of memory, the size of its page; None where unknown."""

    seconds: float | None = None
    peak_mb: float | None = None
    html_mb: float | None = None
    failed: str = ""


def project_of(work: Path, number: int) -> Path:
    """The project folder of so many events, written when it is first asked for."""
    folder = work / f"p{number}"
    return folder if folder.is_dir() else write_project(folder, number)


def build(contender: Contender, number: int, work: Path, cache: Path) -> tuple[Built, Path]:
    """Builds a contender's page anew, and says where it lies."""
    project = project_of(work, number)
    out = project / contender.name.replace(" ", "-").replace(",", "")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    page = out / PAGE
    if contender.is_ours:
        return _sized(_run("ours", str(project), str(out)), page), page
    built = _sized(_run(contender.plugin, contender.drawing, str(number), str(page)), page)
    if not built.failed:
        vendor.make_offline(page, cache)
    return built, page


class Rebuilds(NamedTuple):
    """Seconds of builds of the shipped atlas, and of a large project with nothing changed."""

    atlas: float | None
    atlas_again: float | None
    atlas_edited: float | None
    large: float | None = None
    large_again: float | None = None


def rebuild(work: Path, project: Path | None) -> Rebuilds:
    """Builds the shipped atlas from nothing, again, and after one edited row; then `project`."""
    atlas, memory = work / "atlas", work / "memory"
    shutil.rmtree(atlas, ignore_errors=True)
    shutil.rmtree(memory, ignore_errors=True)
    for room in ATLAS:
        shutil.copytree(ROOT / room, atlas / room)
    out = atlas / "site"
    first, again = _seconds(atlas, out, memory), _seconds(atlas, out, memory)
    _edit(atlas / "events" / "tables" / "events.csv")
    edited = _seconds(atlas, out, memory)
    if project is None:
        return Rebuilds(first, again, edited)
    out = project / "rebuilt"
    shutil.rmtree(out, ignore_errors=True)
    large, large_again = _seconds(project, out, memory), _seconds(project, out, memory)
    return Rebuilds(first, again, edited, large, large_again)


def _seconds(project: Path, out: Path, memory: Path) -> float | None:
    return _run("ours", str(project), str(out), memory=memory).seconds


def _edit(table: Path) -> None:
    """Changes a letter in the first event's title."""
    lines = table.read_text(encoding="utf-8").split("\n")
    at = lines[0].split(",").index("title")
    cells = lines[1].split(",")
    cells[at] = cells[at].rstrip('"') + ("s" if not cells[at].endswith('"') else 's"')
    table.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]), encoding="utf-8")


def _run(*words: str, memory: Path | None = None) -> Built:
    """One build in a process of its own, which remembers nothing unless it is told where."""
    record = Path(words[-1]).with_suffix(".json")
    command = [sys.executable, str(Path(__file__).with_name("builder.py")), str(record), *words]
    begun = time.perf_counter()
    try:
        done = subprocess.run(
            command,
            env=os.environ | {"HISTORY_MAP_CACHE": str(memory or "")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=BUILD_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Built(failed=f"no build in {BUILD_SECONDS} s")
    seconds = time.perf_counter() - begun
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return Built(failed=f"no build: {lines[-1] if lines else done.returncode}")
    told = json.loads(record.read_text(encoding="utf-8"))
    return Built(told["seconds"] or seconds, told["mb"])


def _sized(built: Built, page: Path) -> Built:
    if built.failed:
        return built
    return built._replace(html_mb=page.stat().st_size / 1e6)
