"""Reading the whole ground of one project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from events.problem import Problem
from geodata.basemap import Basemap, read_basemap
from geodata.drawn import Ledger, Lines, Memory, cited_by, cited_by_lines, draw_ledger, draw_lines
from geodata.fronts import FRONTS, LINES, Front, read_fronts
from geodata.names import Name, read_names
from geodata.polities import POLITIES, Polity, Side, read_polities, read_sides, sides_of
from geodata.routes import Known, Point, Route, read_routes, track
from geodata.segments import SEGMENTS, Segment, read_segments

if TYPE_CHECKING:  # shapely is slow to import
    from geodata.dated import Ownership

ATOMS = "geodata/layers/atoms.geojson"
OWNERSHIP = "geodata/layers/ownership.csv"

Prints = Mapping[str, str]  # hashes of files by their paths


@dataclass(frozen=True)
class Ground:
    """The basemap that comes with the code, and what a project has of its own.

    Where a memory knows the drawing, that is all that is told of ownership, segments and fronts.
    """

    basemap: Basemap
    routes: tuple[Route, ...]
    names: tuple[Name, ...]
    sides: tuple[Side, ...] = ()
    polities: tuple[Polity, ...] = ()
    ownership: Ownership | None = None
    segments: tuple[Segment, ...] = ()
    fronts: tuple[Front, ...] = ()
    ways: Mapping[str, list[Point]] | None = None
    told_ledger: Ledger | None = None
    told_lines: Lines | None = None

    @cached_property
    def tracks(self) -> Mapping[str, list[Point]]:
        """The way of each route by its id."""
        return self.ways or {route.id: track(route) for route in self.routes}

    @cached_property
    def ledger(self) -> Ledger:
        """What the page draws of ownership."""
        return self.told_ledger or draw_ledger(self.ownership)

    @cached_property
    def lines(self) -> Lines:
        """What the page draws of segments and fronts."""
        return self.told_lines or draw_lines(self.segments, self.fronts)

    @property
    def cited(self) -> set[str]:
        """The sources that ownership, segments and fronts cite."""
        if self.told_ledger:
            sources = set(self.told_ledger.cited)
        else:
            sources = cited_by(self.ownership) if self.ownership else set()
        if self.told_lines:
            return sources | set(self.told_lines.cited)
        return sources | cited_by_lines(self.segments, self.fronts)


def read_ground(
    project: Path,
    known: Known | None = None,
    memory: Memory | None = None,
    prints: Prints | None = None,
) -> tuple[Ground, list[Problem]]:
    """The ground of a project folder and every problem found, in order of file and line.

    `known` holds the ids of the project's other tables that routes may name. What the memory knows
    of files with these prints is neither read nor drawn again.
    """
    known = known or Known()
    routes, problems = read_routes(project, known)
    names, name_problems = read_names(project)
    sides, side_problems = read_sides(project)
    polities, polity_problems = read_polities(project, sides if _is_sound(side_problems) else [])
    polity_problems += _lacking(project)
    problems += [*name_problems, *side_problems, *polity_problems]
    ground = Ground(
        Basemap(**memory.recall("basemap", None, _basemap)) if memory else read_basemap(),
        tuple(routes),
        tuple(names),
        tuple(sides_of(sides, polities)),
        tuple(polities),
        ways=_ways(routes, memory) if memory else None,
    )
    ids = [polity.id for polity in polities] if _is_sound(polity_problems) else None
    named = [side.id for side in ground.sides]
    side_ids = named if _is_sound([*side_problems, *polity_problems]) else None
    reader = _Reader(project, known, ids, side_ids, memory, prints or {})
    ground, line_problems = reader.lines(ground)
    ground, ledger_problems = reader.ledger(ground)
    return ground, sorted([*problems, *line_problems, *ledger_problems])


def _basemap() -> dict[str, str]:
    return asdict(read_basemap())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what lay or moved on the ground by date, or remembers how it was drawn.

    `ids` and `side_ids` are None where their tables cannot be believed.
    """

    project: Path
    known: Known
    ids: list[str] | None
    side_ids: list[str] | None
    memory: Memory | None
    prints: Prints

    def lines(self, ground: Ground) -> tuple[Ground, list[Problem]]:
        """The ground with its segments and fronts, and what is wrong with them."""
        of = [*map(self.prints.get, (SEGMENTS, FRONTS, LINES)), self.ids, self.side_ids]
        told = self.remembered("lines", of)
        if told:
            return replace(ground, told_lines=Lines(**told["drawn"])), _problems(told)
        sources = self.known.sources
        segments, problems = read_segments(self.project, self.ids, sources)
        fronts, front_problems = read_fronts(self.project, self.ids, self.side_ids, sources)
        problems += front_problems
        ground = replace(ground, segments=tuple(segments), fronts=tuple(fronts))
        if self.memory and _is_sound(problems):
            ground = replace(ground, told_lines=ground.lines)
            self.note("lines", of, ground.lines, problems)
        return ground, problems

    def ledger(self, ground: Ground) -> tuple[Ground, list[Problem]]:
        """The ground with its ledger, and what is wrong with that."""
        of = [*map(self.prints.get, (ATOMS, OWNERSHIP, POLITIES)), self.ids]
        told = self.remembered("ledger", of)
        if told:
            return replace(ground, told_ledger=Ledger(**told["drawn"])), _problems(told)
        atoms = self.prints.get(ATOMS)
        ownership, problems = _ownership(
            self.project, self.ids, ground.polities, self.known, self.memory, atoms
        )
        ground = replace(ground, ownership=ownership)
        if self.memory and self.ids is not None and _is_sound(problems):
            drawn = draw_ledger(ownership, self.memory, atoms)
            ground = replace(ground, told_ledger=drawn)
            self.note("ledger", of, drawn, problems)
        return ground, problems

    def remembered(self, what: str, of: Any) -> Any:
        """What was drawn of the same before, if all sources that it cites are still there."""
        told = self.memory.known(what, of) if self.memory else None
        sources = self.known.sources
        if told and sources is not None and not set(told["drawn"]["cited"]) <= set(sources):
            return None
        return told

    def note(self, what: str, of: Any, drawn: Ledger | Lines, problems: list[Problem]) -> None:
        """Notes a drawing with its warnings."""
        if self.memory:
            warnings = list(map(asdict, problems))
            self.memory.note(what, of, {"drawn": drawn._asdict(), "problems": warnings})


def _problems(told: Any) -> list[Problem]:
    return [Problem(**problem) for problem in told["problems"]]


def _ways(routes: Iterable[Route], memory: Memory) -> dict[str, list[Point]]:
    """The way of each route, by its means and waypoints alone."""
    stops = {
        route.id: [route.means, *((stop.lon, stop.lat, stop.instant) for stop in route.waypoints)]
        for route in routes
    }
    ways = memory.recall("ways", stops, lambda: {route.id: track(route) for route in routes})
    return {name: list(map(tuple, way)) for name, way in ways.items()}


def _is_sound(problems: Iterable[Problem]) -> bool:
    """Whether a table can be believed: what it has damaged, others may name for all that."""
    return all(problem.severity == "warning" for problem in problems)


def _lacking(project: Path) -> Iterator[Problem]:
    """A problem for each table that names polities where no table has them."""
    for name in (OWNERSHIP, SEGMENTS, FRONTS):
        if (project / name).exists() and not (project / POLITIES).exists():
            yield Problem(name, None, None, None, "needs polities to name", f"add {POLITIES}")


def _ownership(
    project: Path,
    ids: Collection[str] | None,
    polities: Sequence[Polity],
    known: Known,
    memory: Memory | None = None,
    prints_of_atoms: str | None = None,
) -> tuple[Ownership | None, list[Problem]]:
    """Who held what, where a project says so: shapes are slow to import.

    None where atoms are amiss, of which no ground could be made.
    """
    if not any((project / name).exists() for name in (ATOMS, OWNERSHIP)):
        return None, []
    from geodata.atoms import LateAtoms, read_atoms
    from geodata.dated import Ownership
    from geodata.ledger import check_names, read_ledger

    sound = memory.known("atoms", prints_of_atoms) if memory else None
    atoms, problems = (LateAtoms(project, sound), []) if sound else read_atoms(project)
    if memory and not problems:
        memory.note("atoms", prints_of_atoms, list(atoms))
    holdings, ledger_problems = read_ledger(project, atoms, ids, known.sources)
    ownership = Ownership(atoms, holdings) if _is_sound(problems) else None
    if ids is not None and _is_sound(ledger_problems):
        ledger_problems += check_names(holdings, polities)
    return ownership, [*problems, *ledger_problems]
