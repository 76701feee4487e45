"""The shipped project, read and checked once for all tests of a process: it takes seconds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from geodata.dated import Ownership
from maps.site import Project, read_project

ROOT = Path(__file__).parents[1]


@cache
def shipped_project() -> Project:
    """The shipped project, and everything that is wrong with it."""
    return read_project(ROOT)


def shipped_ownership() -> Ownership:
    """Who held what, by the shipped ledger; nothing is wrong with the project."""
    read = shipped_project()
    assert [str(problem) for problem in read.problems] == []
    assert read.ground.ownership is not None
    return read.ground.ownership
