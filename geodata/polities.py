"""Polities and their sides, from polities.csv and sides.csv: who can hold ground, beside whom."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from events.problem import Problem
from events.row import Row, lines_of_ids
from events.table import read_table
from events.when import When

POLITIES = "geodata/layers/polities.csv"
SIDES = "geodata/layers/sides.csv"


@dataclass(frozen=True, slots=True)
class Side:
    """Those who stand together and share a tint; an empty colour is chosen by the map."""

    id: str
    label: str
    colour: str
    colour_dark: str
    hatch: str
    hatch_dark: str
    line: int


@dataclass(frozen=True, slots=True)
class Polity:
    """A state or land under one name and on one side, always or only during `when`.

    Where its name or its side changes it has several rows, one for each time.
    """

    id: str
    name: str
    side: str
    when: When | None
    line: int

    def holds_at(self, instant: int) -> bool:
        """Whether this row is that of an instant (milliseconds)."""
        first, last = bounds(self)
        return first <= instant <= last


def bounds(polity: Polity) -> tuple[float, float]:
    """First and last instant of a row, infinite where it is open."""
    when = polity.when
    first = when.first if when else None
    last = when.last if when else None
    return (
        -float("inf") if first is None else first,
        float("inf") if last is None else last,
    )


def read_sides(project: Path) -> tuple[list[Side], list[Problem]]:
    """The sides of a project in the order of their table, and all problems found."""
    path = project / SIDES
    if not path.exists():
        return [], []
    colours = ("colour", "colour_dark", "hatch", "hatch_dark")
    rows, problems = read_table(path, SIDES, ("id", "label"), colours)
    lines_of_ids(rows)
    return [_side(row) for row in rows], problems


def read_polities(project: Path, sides: Iterable[Side]) -> tuple[list[Polity], list[Problem]]:
    """The polities of a project in the order of their table, and all problems found.

    Where no table names the sides, each that a polity names is one.
    """
    path = project / POLITIES
    if not path.exists():
        return [], []
    rows, problems = read_table(path, POLITIES, ("id", "name"), ("side", "when", "note"))
    known = [side.id for side in sides] or None
    read = [(row, _polity(row, known)) for row in rows]
    polities = [polity for _, polity in read if polity]
    for row, polity in read:
        if polity:
            _check_apart(row, polity, polities)
    return polities, problems


def sides_of(sides: Sequence[Side], polities: Iterable[Polity]) -> list[Side]:
    """The sides of the table, or where there is none those that polities name."""
    if sides:
        return list(sides)
    named = dict.fromkeys(polity.side for polity in polities if polity.side)
    return [Side(name, name, "", "", "", "", 0) for name in named]


def _side(row: Row) -> Side:
    light, dark = row.colour("colour"), row.colour("colour_dark")
    hatches = row.colour("hatch"), row.colour("hatch_dark")
    return Side(row.text("id"), row.required("label"), light, dark, *hatches, row.line)


def _polity(row: Row, sides: Collection[str] | None) -> Polity | None:
    name, label, side = row.slug(), row.required("name"), row.text("side")
    if side:
        row.known("side", side, sides, SIDES)
    when = row.when("when") if row.text("when") else None
    return None if row.errors else Polity(name, label, side, when, row.line)


def _check_apart(row: Row, polity: Polity, polities: Iterable[Polity]) -> None:
    """Two rows of one polity hold at different times."""
    first, last = bounds(polity)
    for other in polities:
        begins, ends = bounds(other)
        if other.id == polity.id and other.line < polity.line and begins <= last and first <= ends:
            hint = "let one end on the day before the other begins"
            message = f"overlaps the time of {polity.id} in line {other.line}"
            row.report("when" if polity.when else "id", message, hint)
