"""Reading the whole ground of one project."""

from dataclasses import dataclass
from pathlib import Path

from events.problem import Problem
from geodata.basemap import Basemap, read_basemap
from geodata.names import Name, read_names
from geodata.routes import Known, Route, read_routes


@dataclass(frozen=True, slots=True)
class Ground:
    """The basemap that comes with the code, and the routes and names of a project."""

    basemap: Basemap
    routes: tuple[Route, ...]
    names: tuple[Name, ...]


def read_ground(project: Path, known: Known | None = None) -> tuple[Ground, list[Problem]]:
    """The ground of a project folder and every problem found, in order of file and line.

    `known` holds the ids of the project's other tables that routes may name.
    """
    routes, route_problems = read_routes(project, known)
    names, name_problems = read_names(project)
    ground = Ground(read_basemap(), tuple(routes), tuple(names))
    return ground, sorted([*route_problems, *name_problems])
