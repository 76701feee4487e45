"""Routes: tables of waypoints become ways on the sheet, or problems with their cure."""

from itertools import pairwise
from pathlib import Path

import pytest

from events.row import Lanes
from events.when import When
from geodata.routes import Known, Route, Waypoint, read_routes, track

DAY = 86_400_000

IDS = {"north": "north", "south": "south"}
KNOWN = Known(Lanes(tuple(IDS), IDS, IDS, "t.csv"), actors=["japan"], sources=["y"])

ROUTES = "id,title,direction,means"
WAYPOINTS = "route,when,lat,lon"


def project(folder: Path, routes: str, waypoints: str) -> Path:
    """A project folder with the two tables."""
    layers = folder / "geodata" / "layers"
    layers.mkdir(parents=True)
    (layers / "routes.csv").write_text(routes, encoding="utf-8", newline="")
    (layers / "waypoints.csv").write_text(waypoints, encoding="utf-8", newline="")
    return folder


def one_route(folder: Path, *stops: str, means: str = "sea") -> Route:
    """The only route of a project, which must be free of problems."""
    routes, problems = read_routes(
        project(folder, f"{ROUTES}\nfleet,Fleet,,{means}\n", "\n".join([WAYPOINTS, *stops]))
    )
    assert [str(problem) for problem in problems] == []
    return routes[0]


def messages(folder: Path, *stops: str, route: str = "fleet,Fleet,,sea") -> list[str]:
    """The problems of a project with one route."""
    tables = project(folder, f"{ROUTES}\n{route}\n", "\n".join([WAYPOINTS, *stops]))
    return sorted(map(str, read_routes(tables)[1]))


def instant(text: str) -> int:
    """The first instant of a time."""
    first = When.parse(text).first
    assert first is not None
    return first


def sailing(*places: tuple[float, float], means: str = "sea") -> Route:
    """A route that passes a place (longitude, latitude) a day, the first on 1 January 1970."""
    when = When.parse("1970")
    waypoints = tuple(
        Waypoint(when, day * DAY, "", lat, lon, "verified", "", 2)
        for day, (lon, lat) in enumerate(places)
    )
    return Route("a", "A", (), (), "executed", means, "", "high", (), "", "verified", waypoints, 2)


def test_a_project_without_routes_has_none(tmp_path: Path) -> None:
    """The tables are optional."""
    assert read_routes(tmp_path) == ([], [])


def test_a_route_sets_out_early_passes_midway_and_arrives_late(tmp_path: Path) -> None:
    """A day leaves room: dawn for the first waypoint, noon between, night for the last."""
    route = one_route(tmp_path, *(f"fleet,1941-12-0{day},1,{day}" for day in (1, 3, 5)))
    noon = instant("1941-12-03T12:00Z") - 1
    assert [stop.instant for stop in route.waypoints] == [
        instant("1941-12-01"),
        noon,
        instant("1941-12-06") - 1,
    ]
    assert (route.first, route.last) == (instant("1941-12-01"), instant("1941-12-06") - 1)


def test_a_time_of_day_is_meant_as_it_stands(tmp_path: Path) -> None:
    """Minutes are not stretched to their ends."""
    route = one_route(tmp_path, "fleet,1941-12-07T16:30Z,1,2", "fleet,1941-12-07T18:25Z,1,3")
    assert route.last == instant("1941-12-07T18:25Z")


def test_a_coarse_date_waits_for_the_one_before_it(tmp_path: Path) -> None:
    """A month whose middle is already past is no step back while its end is still to come."""
    route = one_route(tmp_path, "fleet,1941-12-20,1,2", "fleet,1941-12,1,3", "fleet,1941-12-31,1,4")
    assert route.waypoints[1].instant == instant("1941-12-20")


def test_lists_and_defaults(tmp_path: Path) -> None:
    """Cells with ";" hold several ids; empty cells mean the usual."""
    header = "id,title,actors,direction,sources"
    tables = project(
        tmp_path,
        f"{header}\nfleet,Fleet,japan;italy,south,jm97;p\n",
        f"{WAYPOINTS},verified\nfleet,1941,1,2,verified\nfleet,1942,1,3,\n",
    )
    (route,), problems = read_routes(tables, Known(KNOWN.lanes))
    assert problems == []
    assert (route.actors, route.directions, route.sources) == (
        ("japan", "italy"),
        ("south",),
        ("jm97", "p"),
    )
    assert (route.status, route.means, route.confidence) == ("executed", "land", "medium")
    assert (route.verified, route.line, route.waypoints[1].line) == ("partly", 2, 3)


@pytest.mark.parametrize(
    ("cell", "directions"),
    [("both;south", ("north", "south")), ("context", ()), ("", ()), ("south;context", ("south",))],
)
def test_directions_are_lanes(tmp_path: Path, cell: str, directions: tuple[str, ...]) -> None:
    """Both means every lane there is; context means none."""
    tables = project(
        tmp_path,
        f"{ROUTES}\nfleet,Fleet,{cell},sea\n",
        f"{WAYPOINTS}\nfleet,1941,1,2\nfleet,1942,1,3\n",
    )
    (route,), _ = read_routes(tables, KNOWN)
    assert route.directions == directions


def test_going_back_in_time_is_a_problem(tmp_path: Path) -> None:
    """The line of the waypoint that is too early is named."""
    assert messages(tmp_path, "fleet,1941-12-08,1,2", "fleet,1941-12-07,1,3") == [
        (
            "geodata/layers/waypoints.csv:3:when: '1941-12-07' goes back in time; "
            "write the waypoints in the order of the way"
        )
    ]


def test_open_ends_are_a_problem(tmp_path: Path) -> None:
    """A waypoint needs an instant, which an open interval does not give."""
    (problem,) = messages(tmp_path, "fleet,1941/..,1,2", "fleet,1942,1,3")
    assert problem.startswith("geodata/layers/waypoints.csv:2:when: '1941/..' has an open end")


def test_a_route_of_one_waypoint_is_a_problem(tmp_path: Path) -> None:
    """A point is no way."""
    (problem,) = messages(tmp_path, "fleet,1941,1,2")
    assert problem.startswith(
        "geodata/layers/routes.csv:2:id: 'fleet' has fewer than two waypoints"
    )


def test_a_waypoint_of_an_unknown_route_is_a_problem(tmp_path: Path) -> None:
    """The id that was probably meant is named."""
    (problem,) = messages(tmp_path, "fleet,1941,1,2", "fleet,1942,1,3", "fleat,1943,1,4")
    assert problem.startswith("geodata/layers/waypoints.csv:4:route: 'fleat'")
    assert "did you mean fleet?" in problem


def test_every_problem_of_a_table_is_found(tmp_path: Path) -> None:
    """Bad cells of one row and of several rows are all told, each once."""
    problems = messages(
        tmp_path,
        "fleet,yesterday,1,2",
        "fleet,1942,91,3",
        'fleet,1943,1,"3,5"',
        route="fleet,,,boat",
    )
    where = sorted(problem.removeprefix("geodata/layers/").split(" ")[0] for problem in problems)
    assert where == [
        "routes.csv:2:means:",
        "routes.csv:2:title:",
        "waypoints.csv:2:when:",
        "waypoints.csv:3:lat:",
        "waypoints.csv:4:lon:",
    ]


def test_repeated_ids_name_the_first_line(tmp_path: Path) -> None:
    """Two routes cannot share a way."""
    (problem,) = messages(tmp_path, "a,1941,1,2", "a,1942,1,3", route="a,A,,sea\na,B,,sea")
    assert problem.startswith("geodata/layers/routes.csv:3:id: 'a' is already the id of line 2")


def test_ids_of_other_tables_are_checked_when_known(tmp_path: Path) -> None:
    """Unknown directions, actors and sources are problems only where there is such a table."""
    tables = project(
        tmp_path,
        "id,title,direction,actors,sources\nfleet,Fleet,sooth,japn,x\n",
        f"{WAYPOINTS}\nfleet,1941,1,2\nfleet,1942,1,3\n",
    )
    assert len(read_routes(tables)[0]) == 1
    routes, problems = read_routes(tables, KNOWN)
    assert routes == []
    assert {(problem.column, problem.hint) for problem in problems} >= {
        ("direction", "did you mean south?"),
        ("actors", "did you mean japan?"),
    }
    assert len(problems) == 3


def test_lf_and_crlf_read_alike(tmp_path: Path) -> None:
    """Windows' line ends change nothing."""
    tables = (f"{ROUTES}\nfleet,Fleet,,sea\n", f"{WAYPOINTS}\nfleet,1941,1,2\nfleet,1942,1,3\n")
    unix = read_routes(project(tmp_path / "unix", *tables))
    windows = read_routes(
        project(tmp_path / "windows", *(table.replace("\n", "\r\n") for table in tables))
    )
    assert unix == windows


# The way on the sheet


def test_kido_butai_runs_on_across_the_date_line() -> None:
    """Hitokappu Bay to Hawaii: eastward all the way, no jump, the last point at 202 degrees."""
    route = sailing((147.672, 44.965), (-170.0, 42.0), (-157.0, 32.0), (-157.977, 25.201))
    points = track(route)
    lons = [lon for lon, _, _ in points]
    assert (lons[0], lons[-1]) == (147.672, 202.023)
    assert all(abs(there - here) < 2 for here, there in pairwise(lons))
    assert any(179 < lon < 180 for lon in lons)
    assert any(180 < lon < 181 for lon in lons)


def test_a_way_west_crosses_the_date_line_too() -> None:
    """Hawaii to Japan stays on the sheet and runs down from 202 to 140 degrees."""
    lons = [lon for lon, _, _ in track(sailing((-158.0, 21.0), (140.0, 35.0)))]
    assert (lons[0], lons[-1]) == (202.0, 140.0)
    assert lons == sorted(lons, reverse=True)


def test_a_way_past_the_seam_does_not_jump() -> None:
    """From New York to Brest the line runs past the right edge of the sheet."""
    lons = [lon for lon, _, _ in track(sailing((-74.0, 40.7), (-4.5, 48.4)))]
    assert (lons[0], lons[-1]) == (286.0, 355.5)
    assert all(abs(there - here) < 3 for here, there in pairwise(lons))


def test_the_sea_is_sailed_on_the_great_circle() -> None:
    """Halfway from Yokohama to San Francisco a ship is far north of both."""
    points = track(sailing((139.65, 35.44), (-122.42, 37.77)))
    assert max(lat for _, lat, _ in points) > 47


def test_points_of_a_great_circle_are_close_together() -> None:
    """No more than a hundred kilometres lie between two points, and as much time each."""
    points = track(sailing((0.0, 0.0), (10.0, 0.0)))
    assert len(points) == 13  # 1113 km
    gaps = {there[2] - here[2] for here, there in pairwise(points)}
    assert max(gaps) - min(gaps) <= 1
    assert (points[0][2], points[-1][2]) == (0, DAY)


def test_land_goes_straight_from_place_to_place() -> None:
    """A march has no points but its waypoints."""
    assert track(sailing((100.6, 7.2), (100.42, 6.27), means="land")) == [
        (100.6, 7.2, 0),
        (100.42, 6.27, DAY),
    ]


def test_staying_in_a_place_is_no_fault() -> None:
    """Two waypoints at one place are two points, a day apart."""
    assert track(sailing((100.0, 7.0), (100.0, 7.0))) == [(100.0, 7.0, 0), (100.0, 7.0, DAY)]
