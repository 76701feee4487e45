"""The ground of a whole project."""

from itertools import pairwise
from pathlib import Path

from events.reading import read_tables
from events.row import Lanes
from geodata.basemap import read_basemap
from geodata.reading import read_ground
from geodata.routes import Known, track

PROJECT = Path(__file__).parents[1]
LAYERS = Path("geodata", "layers")


def test_an_empty_project_stands_on_the_basemap(tmp_path: Path) -> None:
    """Without tables there are no routes and names, and the basemap that comes with the code."""
    ground, problems = read_ground(tmp_path)
    assert problems == []
    assert (ground.routes, ground.names) == ((), ())
    assert ground.basemap is read_basemap()


def test_problems_of_all_tables_come_together(tmp_path: Path) -> None:
    """Routes, waypoints and names are all read, and what is wrong is told in order."""
    (tmp_path / LAYERS).mkdir(parents=True)
    tables = {
        "names": "text,kind,lat,lon\nJapan,polity,36,380\n",
        "routes": "id,title,direction\na,A,nroth\n",
        "waypoints": "route,when,lat,lon\na,1941-13,1,2\na,1942,1,2\n",
    }
    for name, text in tables.items():
        (tmp_path / LAYERS / f"{name}.csv").write_text(text, encoding="utf-8")
    lanes = Lanes(("north",), {"north": "north"}, {"north": "North"}, "t.csv")
    _, problems = read_ground(tmp_path, Known(lanes))
    assert [(Path(problem.path).stem, problem.column) for problem in problems] == [
        ("names", "lon"),
        ("routes", "direction"),
        ("waypoints", "when"),
    ]


def test_our_own_ground_is_without_fault() -> None:
    """Every committed route and name is sound, names only what the tables know, and stays on the
    sheet; and Kido Butai arrives north of Pearl Harbor.
    """
    tables, _ = read_tables(PROJECT)
    known = Known(
        lanes=tables.lanes,
        actors=[actor.id for actor in tables.actors],
        sources=[source.id for source in tables.sources],
    )
    ground, problems = read_ground(PROJECT, known)
    assert [str(problem) for problem in problems] == []
    ways = {route.id: track(route) for route in ground.routes}
    for name, way in ways.items():
        assert all(-30 <= lon <= 330 for lon, _, _ in way), name
        assert all(here[2] <= there[2] for here, there in pairwise(way)), name
    assert ways["kido-butai-out"][-1][:2] == (202.023, 24.701)
