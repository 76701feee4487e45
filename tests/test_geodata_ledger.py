"""Atoms, the ledger of who held them, and the ground as of a day, on made-up squares."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from events.when import When
from geodata.atoms import ATOMS, Index, read_atoms
from geodata.dated import Ownership, square_kilometres
from geodata.ledger import OWNERSHIP, read_ledger
from geodata.polities import POLITIES, SIDES, read_polities, read_sides, sides_of

SQUARES = {
    "AAA/West": (0, 0, 1, 1),
    "AAA/East:coast": (1, 0, 2, 1),
    "AAA/East:rest": (2, 0, 3, 1),
    "BBB": (3, 0, 4, 1),
    "DDD": (179, 0, 181, 1),
}
POLITIES_KNOWN = ("amber", "blue", "coral")
HEAD = "when,from,selector,to,status,sources,verified,note\n"
BASE = "1936-01-01,,AAA/*,amber,sovereign,,,\n1936-01-01,,BBB;DDD,blue,sovereign,,,\n"

Written = Callable[[str, str], Path]


def day(text: str) -> int:
    """Its first instant."""
    first = When.parse(text).first
    assert first is not None
    return first


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a file of the project and gives the project's folder."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def features(squares: dict[str, tuple[float, float, float, float]]) -> str:
    """Boxes as GeoJSON."""
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"id": name},
                    "geometry": json.loads(shapely.to_geojson(shapely.box(*box))),
                }
                for name, box in squares.items()
            ],
        }
    )


@pytest.fixture
def ledger(written: Written) -> Callable[[str], tuple[Ownership, list[str]]]:
    """Reads a ledger over the squares; gives it with its problems as they are printed."""
    project = written(ATOMS, features(SQUARES))
    atoms, problems = read_atoms(project)
    assert not problems

    def read(rows: str) -> tuple[Ownership, list[str]]:
        written(OWNERSHIP, HEAD + BASE + rows)
        holdings, found = read_ledger(project, atoms, POLITIES_KNOWN)
        return Ownership(atoms, holdings), list(map(str, found))

    return read


def test_a_unit_is_all_its_parts() -> None:
    """A pattern without a star names a unit and its parts, and no name that only begins so."""
    index = Index(["A/East", "A/East:coast", "A/East:b.c", "A/Eastern", "A"])
    assert index.named("A/East") == ["A/East", "A/East:coast", "A/East:b.c"]
    assert index.named("*:b") == index.named("*:b.*") == ["A/East:b.c"]
    assert len(index.named("A")) == 5
    assert not index.named("A/Eas")


def test_the_more_exact_row_counts_where_the_ledger_begins(ledger) -> None:
    """A wildcard takes what no other row names, wherever the two stand."""
    ground, problems = ledger("1936-01-01,,AAA/East:coast,coral,lease,,,\n")
    assert not problems
    assert ground.at(0.5, 1.5, day("1936-01-01")).holder == "coral"
    assert ground.at(0.5, 2.5, day("1936-01-01")).holder == "amber"


def test_a_transfer_holds_from_its_day(ledger) -> None:
    """The day before, the giver holds; on the day itself, the taker."""
    ground, problems = ledger("1938-10-01,amber,AAA/West,blue,annexed,,,\n")
    assert not problems
    assert ground.at(0.5, 0.5, day("1938-10-01") - 1).holder == "amber"
    assert ground.at(0.5, 0.5, day("1938-10-01")).holder == "blue"
    assert ground.at(0.5, 0.5, day("1935-12-31")) is None


def test_an_occupation_leaves_the_owner(ledger) -> None:
    """Occupied ground stays its owner's; garrisons leave the holder too; restored is both."""
    ground, problems = ledger(
        "1940-05-01,amber,AAA/West,blue,garrisoned,,,\n"
        "1941-05-01,amber,AAA/West,blue,occupied,,,\n"
        "1945-05-01,blue,AAA/West,amber,restored,,,\n"
    )
    assert not problems
    held = [ground.at(0.5, 0.5, day(f"{year}-06-01")) for year in (1940, 1941, 1945)]
    assert [(each.owner, each.holder, each.garrison) for each in held] == [
        ("amber", "amber", "blue"),
        ("amber", "blue", ""),
        ("amber", "amber", ""),
    ]


def test_a_wildcard_moves_only_what_the_giver_holds(ledger) -> None:
    """What another took before stays his."""
    ground, problems = ledger(
        "1938-01-01,amber,AAA/West,coral,annexed,,,\n1939-01-01,amber,*,blue,annexed,,,\n"
    )
    assert not problems
    assert ground.at(0.5, 0.5, day("1939-01-01")).holder == "coral"
    assert ground.at(0.5, 1.5, day("1939-01-01")).holder == "blue"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "1938-01-01,coral,AAA/West,blue,annexed,,,",
            "4:from: 'coral' does not hold AAA/West on 1938-01-01: amber does; write amber",
        ),
        (
            "1938-01-01,ambr,AAA/West,blue,annexed,,,",
            "4:from: 'ambr' is not in geodata/layers/polities.csv; did you mean amber?",
        ),
        (
            "1938-01-01,amber,AAA/Wst;BBB,blue,annexed,,,",
            "4:selector: 'AAA/Wst;BBB' names 'AAA/Wst', which is no atom; did you mean AAA/West?",
        ),
        (
            "1938-01-01,coral,*,blue,annexed,,,",
            "4:selector: '*' names nothing that coral holds on this day",
        ),
        (
            "1938-01-01,amber,AAA/West,blue,anexed,,,",
            "4:status: 'anexed' is not a choice for status; did you mean annexed?",
        ),
        ("../1938,amber,AAA/West,blue,annexed,,,", "4:when: '../1938' has no beginning; write"),
    ],
)
def test_a_wrong_transfer_is_named_with_its_cure(ledger, row: str, problem: str) -> None:
    """Line, column, cell, fault and cure."""
    _, problems = ledger(row + "\n")
    assert any(each.startswith(f"{OWNERSHIP}:{problem}") for each in problems), problems


def test_nothing_changes_hands_twice_on_a_day(ledger) -> None:
    """The second row is told of the first."""
    _, problems = ledger(
        "1938-01-01,amber,AAA/West,blue,annexed,,,\n1938-01-01,blue,AAA/West,coral,annexed,,,\n"
    )
    (problem,) = problems
    assert problem.startswith(f"{OWNERSHIP}:5:selector: 'AAA/West' names AAA/West, which changes")
    assert problem.endswith("in line 4 already; leave one of the two rows out")


def test_the_ground_of_a_day_is_a_coverage(ledger) -> None:
    """Neighbours share edges, and what lies across 180 degrees is one piece."""
    ground, _ = ledger("1938-01-01,amber,AAA/West,blue,occupied,,,\n")
    held = ground.as_of(day("1938-01-01"))
    assert shapely.coverage_is_valid([each.area for each in held])
    assert {(each.owner, each.holder): each.area.area for each in held} == {
        ("amber", "amber"): 2,
        ("amber", "blue"): 1,
        ("blue", "blue"): 3,
    }
    assert len(shapely.get_parts(shapely.union_all([each.area for each in held]))) == 2


def test_a_harbour_off_the_shore_is_that_of_the_shore(ledger) -> None:
    """Within a tenth of a degree; beyond it is sea."""
    ground, _ = ledger("")
    assert ground.at(1.05, 3.5, day("1938-01-01")).holder == "blue"
    assert ground.at(1.5, 3.5, day("1938-01-01")) is None
    assert ground.at(0.5, -179.5, day("1938-01-01")).holder == "blue"


def test_square_kilometres_are_of_the_ellipsoid() -> None:
    """A degree square at the equator, whichever way its ring runs."""
    box = shapely.box(0, 0, 1, 1)
    assert square_kilometres(box) == pytest.approx(12_309, abs=1)
    assert square_kilometres(shapely.reverse(box)) == pytest.approx(12_309, abs=1)


def test_atoms_must_be_a_coverage(written: Written) -> None:
    """Atoms that overlap, and those beyond the sheet, are refused."""
    lapping = {"A": (0, 0, 2, 1), "B": (1, 0, 3, 1)}
    _, (problem,) = read_atoms(written(ATOMS, features(lapping)))
    assert "is no coverage" in str(problem)
    _, (problem,) = read_atoms(written(ATOMS, features({"A": (-40, 0, -35, 1)})))
    assert "'A' lies beyond the sheet" in str(problem)
    _, (problem,) = read_atoms(written(ATOMS, "{"))
    assert "is no GeoJSON" in str(problem)


def test_polities_hold_a_name_and_a_side_for_a_time(written: Written) -> None:
    """Two rows of one id may not overlap; a side is one of the table."""
    written(SIDES, "id,label,colour\nred,The Reds,#aa0000\n")
    project = written(
        POLITIES,
        "id,name,side,when\nland,Land,red,../1938\nland,New,rde,1939/..\nland,Third,red,1940\n",
    )
    sides, _ = read_sides(project)
    polities, problems = read_polities(project, sides)
    assert [polity.name for polity in polities] == ["Land", "Third"]
    assert [str(problem) for problem in problems] == [
        f"{POLITIES}:3:side: 'rde' is not in {SIDES}; did you mean red?"
    ]
    written(POLITIES, "id,name,side,when\nland,Land,red,../1940\nland,New Land,red,1939/..\n")
    _, (problem,) = read_polities(project, sides)
    assert "'1939/..' overlaps the time of land in line 2" in str(problem)


def test_sides_are_those_that_polities_name_where_no_table_does(written: Written) -> None:
    """Any folder with polities is enough."""
    polities, problems = read_polities(written(POLITIES, "id,name,side\na,A,red\nb,B,blue\n"), [])
    assert not problems
    assert [side.id for side in sides_of([], polities)] == ["red", "blue"]
