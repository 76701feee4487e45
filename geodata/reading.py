"""Reading the whole ground of one project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from events.problem import Problem
from geodata.basemap import Basemap, read_basemap
from geodata.drawn import Drawn, cited, draw
from geodata.fronts import FRONTS, LINES, Front, read_fronts
from geodata.names import Name, read_names
from geodata.polities import POLITIES, SIDES, Polity, Side, read_polities, read_sides, sides_of
from geodata.routes import Known, Point, Route, read_routes, track
from geodata.segments import SEGMENTS, Segment, read_segments

if TYPE_CHECKING:  # shapely is slow to import
    from geodata.dated import Ownership

ATOMS = "geodata/layers/atoms.geojson"
OWNERSHIP = "geodata/layers/ownership.csv"
_DATED = (ATOMS, OWNERSHIP, POLITIES, SIDES, SEGMENTS, FRONTS, LINES)  # the files of what is drawn

Prints = Mapping[str, str]  # hashes of files by their paths


class Memory(Protocol):
    """What remembers plain JSON by what it was made of, and learns."""

    def recall(self, what: str, of: Any, make: Callable[[], Any]) -> Any:
        """What was made of the same before, or else what `make` makes."""

    def known(self, what: str, of: Any) -> Any:
        """What was made of something; None where nobody knows."""

    def note(self, what: str, of: Any, made: Any) -> None:
        """Notes what was made of something."""


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
    remembered: Drawn | None = None
    ways: Mapping[str, list[Point]] | None = None

    @cached_property
    def drawn(self) -> Drawn:
        """What the page draws of ownership, segments and fronts."""
        return self.remembered or draw(self.ownership, self.segments, self.fronts)

    @cached_property
    def tracks(self) -> Mapping[str, list[Point]]:
        """The way of each route by its id."""
        return self.ways or {route.id: track(route) for route in self.routes}

    @property
    def cited(self) -> set[str]:
        """The sources that ownership, segments and fronts cite."""
        if self.remembered:
            return set(self.remembered.cited)
        return cited(self.ownership, self.segments, self.fronts)


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
    if memory is None:
        ground, dated_problems = _dated(ground, project, side_problems, polity_problems, known)
        return ground, sorted([*problems, *dated_problems])
    of = [(prints or {}).get(name) for name in _DATED]
    told = memory.known("ground", of)
    if told and (known.sources is None or set(told["drawn"]["cited"]) <= set(known.sources)):
        ground = replace(ground, remembered=Drawn(**told["drawn"]))
        dated_problems = [Problem(**problem) for problem in told["problems"]]
    else:
        ground, dated_problems = _dated(ground, project, side_problems, polity_problems, known)
        if _is_sound([*problems, *dated_problems]):
            warnings = list(map(asdict, dated_problems))
            memory.note("ground", of, {"drawn": ground.drawn._asdict(), "problems": warnings})
    return ground, sorted([*problems, *dated_problems])


def _basemap() -> dict[str, str]:
    return asdict(read_basemap())


def _dated(
    ground: Ground,
    project: Path,
    side_problems: list[Problem],
    polity_problems: list[Problem],
    known: Known,
) -> tuple[Ground, list[Problem]]:
    """The ground with all that lay or moved on it by date, and what is wrong with that."""
    ids = [polity.id for polity in ground.polities] if _is_sound(polity_problems) else None
    named = [side.id for side in ground.sides]
    side_ids = named if _is_sound([*side_problems, *polity_problems]) else None
    segments, segment_problems = read_segments(project, ids, known.sources)
    fronts, front_problems = read_fronts(project, ids, side_ids, known.sources)
    ownership, ledger_problems = _ownership(project, ids, ground.polities, known)
    whole = replace(ground, ownership=ownership, segments=tuple(segments), fronts=tuple(fronts))
    return whole, [*segment_problems, *front_problems, *ledger_problems]


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
    project: Path, ids: Collection[str] | None, polities: Sequence[Polity], known: Known
) -> tuple[Ownership | None, list[Problem]]:
    """Who held what, where a project says so: shapes are slow to import.

    None where atoms are amiss, of which no ground could be made.
    """
    if not any((project / name).exists() for name in (ATOMS, OWNERSHIP)):
        return None, []
    from geodata.atoms import read_atoms
    from geodata.dated import Ownership
    from geodata.ledger import check_names, read_ledger

    atoms, problems = read_atoms(project)
    holdings, ledger_problems = read_ledger(project, atoms, ids, known.sources)
    ownership = Ownership(atoms, holdings) if _is_sound(problems) else None
    if ids is not None and _is_sound(ledger_problems):
        ledger_problems += check_names(holdings, polities)
    return ownership, [*problems, *ledger_problems]
