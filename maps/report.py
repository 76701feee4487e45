"""What a build found and did; light, since a build that has nothing to do loads little else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from events.problem import Problem
from maps.writing import Written

if TYPE_CHECKING:
    from maps.difference import Change
    from maps.site import Project

Say = Callable[[str], None]


class UnknownStory(ValueError):
    """A story was asked for that the project does not have."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and did: `pages` are the texts of what it made, of `read`.

    `changes` are what happened to the tables since the site was built before, where that is known.
    """

    problems: tuple[Problem, ...]
    written: Written
    events: int
    seconds: float
    pages: Mapping[str, str] = field(default_factory=dict)
    read: Project | None = None
    changes: tuple[Change, ...] = ()


def stops(problems: Iterable[Problem], strict: bool) -> bool:
    """Whether problems forbid a build: any error, and under `strict` any warning."""
    return any(strict or problem.severity == "error" for problem in problems)
