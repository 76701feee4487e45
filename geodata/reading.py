"""Reading the whole ground of one project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from events.problem import Problem
from geodata.basemap import Basemap, read_basemap
from geodata.fronts import FRONTS, Front, read_fronts
from geodata.names import Name, read_names
from geodata.polities import POLITIES, Polity, Side, read_polities, read_sides, sides_of
from geodata.routes import Known, Route, read_routes
from geodata.segments import SEGMENTS, Segment, read_segments

if TYPE_CHECKING:  # shapely is slow to import
    from geodata.dated import Ownership

ATOMS = "geodata/layers/atoms.geojson"
OWNERSHIP = "geodata/layers/ownership.csv"


@dataclass(frozen=True, slots=True)
class Ground:
    """The basemap that comes with the code, and what a project has of its own."""

    basemap: Basemap
    routes: tuple[Route, ...]
    names: tuple[Name, ...]
    sides: tuple[Side, ...] = ()
    polities: tuple[Polity, ...] = ()
    ownership: Ownership | None = None
    segments: tuple[Segment, ...] = ()
    fronts: tuple[Front, ...] = ()


def read_ground(project: Path, known: Known | None = None) -> tuple[Ground, list[Problem]]:
    """The ground of a project folder and every problem found, in order of file and line.

    `known` holds the ids of the project's other tables that routes may name.
    """
    known = known or Known()
    routes, route_problems = read_routes(project, known)
    names, name_problems = read_names(project)
    sides, side_problems = read_sides(project)
    polities, polity_problems = read_polities(project, sides if _is_sound(side_problems) else [])
    polity_problems += _lacking(project)
    named = [side.id for side in sides_of(sides, polities)]
    ids = [polity.id for polity in polities] if _is_sound(polity_problems) else None
    side_ids = named if _is_sound([*side_problems, *polity_problems]) else None
    segments, segment_problems = read_segments(project, ids, known.sources)
    fronts, front_problems = read_fronts(project, ids, side_ids, known.sources)
    ownership, ledger_problems = _ownership(project, ids, polities, known)
    ground = Ground(
        read_basemap(),
        tuple(routes),
        tuple(names),
        tuple(sides_of(sides, polities)),
        tuple(polities),
        ownership,
        tuple(segments),
        tuple(fronts),
    )
    problems = [*route_problems, *name_problems, *side_problems, *polity_problems]
    return ground, sorted([*problems, *segment_problems, *front_problems, *ledger_problems])


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
