"""What a build found and did; light, since a build that has nothing to do loads little else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from events.problem import Problem
from maps.writing import Written

Say = Callable[[str], None]


class UnknownStory(ValueError):
    """A story was asked for that the project does not have."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and did; `pages` are the texts of what it made or would have made."""

    problems: tuple[Problem, ...]
    written: Written
    events: int
    seconds: float
    pages: Mapping[str, str] = field(default_factory=dict)


def stops(problems: Iterable[Problem], strict: bool) -> bool:
    """Whether problems forbid a build: any error, and under `strict` any warning."""
    return any(strict or problem.severity == "error" for problem in problems)
