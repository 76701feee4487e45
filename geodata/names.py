"""Names: words written on the ground, from names.csv."""

from dataclasses import dataclass
from pathlib import Path

from events.problem import Problem
from events.row import Row
from events.table import read_table
from events.when import When

NAMES = "geodata/layers/names.csv"

KINDS = ("sea", "polity", "town")


@dataclass(frozen=True, slots=True)
class Name:
    """A name at a point (degrees), written only during `when` if it has one.

    `rank` is 1 for the first to be written and grows with those that wait for room.
    """

    text: str
    kind: str
    when: When | None
    lat: float
    lon: float
    rank: int
    line: int


def read_names(project: Path) -> tuple[list[Name], list[Problem]]:
    """The names of a project in the order of the table, and all problems found."""
    path = project / NAMES
    if not path.exists():
        return [], []
    rows, problems = read_table(path, NAMES, ("text", "kind", "lat", "lon"), ("when", "rank"))
    return [name for name in map(_name, rows) if name], problems


def _name(row: Row) -> Name | None:
    text, kind = row.required("text"), row.required("kind")
    row.choice("kind", KINDS, "town")
    when = row.when("when") if row.text("when") else None
    position, rank = row.position(), _rank(row)
    if position is None or row.errors:
        return None
    return Name(text, kind, when, *position, rank, row.line)


def _rank(row: Row) -> int:
    """A whole number from 1; 2 where the table says nothing."""
    rank = row.whole_number("rank")
    if rank is not None and rank < 1:
        row.report("rank", "is not a rank", "write 1, 2, 3 or 4")
    return 2 if rank is None else rank
