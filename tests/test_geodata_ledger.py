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
from geodata.reading import read_ground

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


def test_each_pattern_of_a_row_is_as_exact_as_itself(ledger) -> None:
    """A row may name one atom exactly and what is left of another unit."""
    ground, problems = ledger("1936-01-01,,AAA/East:coast;B*,coral,lease,,,\n")
    assert not problems
    holders = [ground.at(0.5, lon, day("1936-01-01")).holder for lon in (1.5, 2.5, 3.5)]
    assert holders == ["coral", "amber", "blue"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("1938-01-01,amber,AAA/West,blue,annexed,,verfied,\n", "4:verified: 'verfied' is not"),
        ("1938-01-01,amber,AAA/West,bleu,annexed,,,\n", "4:to: 'bleu' is not in"),
        ("1938-13-01,amber,AAA/West,blue,annexed,,,\n", "4:when: '1938-13-01' has no month"),
        ("1938-01-01,amber,AAA/Wst,blue,annexed,,,\n", "4:selector: 'AAA/Wst' is no atom; did"),
        ("1938-01-01,coral,AAA/West,blue,annexed,,,\n", "4:from: 'coral' does not hold AAA/West"),
        ("1938-01-01,amber,AAA/West,blue\n", "4: has 4 cells where the header has 8"),
    ],
)
def test_a_fault_is_told_once(ledger, rows: str, problem: str) -> None:
    """Rows that go on from a faulty one are not to blame."""
    _, (found,) = ledger(rows + "1939-01-01,blue,AAA/West,coral,annexed,,,\n")
    assert found.startswith(f"{OWNERSHIP}:{problem}"), found


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
            "4:from: 'coral' does not hold AAA/West on 1938-01-01: amber does, since line 2",
        ),
        (
            "1938-01-01,ambr,AAA/West,blue,annexed,,,",
            "4:from: 'ambr' is not in geodata/layers/polities.csv; did you mean amber?",
        ),
        (
            "1938-01-01,amber,AAA/Wst;AAA/East,blue,annexed,,,",
            "4:selector: 'AAA/Wst;AAA/East' names 'AAA/Wst', which is no atom",
        ),
        (
            "1938-01-01,coral,*,blue,annexed,,,",
            "4:selector: '*' names nothing that coral holds on this day",
        ),
        (
            "1938-01-01,amber,AAA/West,blue,anexed,,,",
            "4:status: 'anexed' is not a choice for status; did you mean annexed?",
        ),
        (
            "1938-01-01,,AAA/West,blue,sovereign,,,",
            "4:from: '' is empty, but AAA/West is held by amber since line 2; write amber",
        ),
        (
            "1938-01-01,,AAA/*,blue,sovereign,,,",
            "4:selector: 'AAA/*' names only ground that other rows give away; correct the row",
        ),
        (
            "1936-01-01,,AAA/*,blue,sovereign,,,",
            "4:selector: 'AAA/*' names AAA/West, which line 2 gives to amber no less exactly",
        ),
        (
            "1935-12-31,amber,AAA/West,blue,annexed,,,",
            "4:when: '1935-12-31' is before the ledger begins, on 1936-01-01; write that day or",
        ),
        (
            "1938-01-01,amber,;,blue,annexed,,,",
            "4:selector: ';' lists nothing; write one at least",
        ),
        (
            "1938-10,amber,AAA/West,blue,annexed,,,",
            "4:when: '1938-10' is not one whole day; write a day, such as 1938-10-01",
        ),
        (
            "1938-10-01~,amber,AAA/West,blue,annexed,,,",
            "4:when: '1938-10-01~' is not one whole day; write 1938-10-01",
        ),
        (
            "1938-10-01/1939,amber,AAA/West,blue,annexed,,,",
            "4:when: '1938-10-01/1939' is not one whole day; write 1938-10-01",
        ),
    ],
)
def test_a_wrong_transfer_is_named_with_its_cure(ledger, row: str, problem: str) -> None:
    """Line, column, cell, fault and cure."""
    _, (found,) = ledger(row + "\n")
    assert found.startswith(f"{OWNERSHIP}:{problem}"), found


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
    assert "1:id: 'A' overlaps B, or shares no vertices with it, near 1, 0; clean" in str(problem)
    _, (problem,) = read_atoms(written(ATOMS, features({"A": (-40, 0, -35, 1)})))
    assert "'A' lies beyond the sheet" in str(problem)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"AAA/West"', "null", "1:id: '' is empty; every row needs its id"),
        ('"AAA/West"', '"BBB"', "1:id: 'BBB' is already the id of line 1; join the two, or name"),
        ('"AAA/West"', '"A;B"', "1:id: 'A;B' has ; or *, which join and widen selectors; write"),
        ('"AAA/West"', '{"a": 1}', "1:id: '{'a': 1}' is no text; write a text, a number, or"),
        ('{"id": "AAA/West"}', "[1]", "1:properties: are no object; write them as"),
        ("[179.0, 1.0]", "[179.0, 91]", "1:id: 'DDD' has the latitude 91; write each place as"),
        ("[179.0, 1.0]", "[179.0, 85]", "1:id: 'DDD' lies off the sheet, which runs from 62° S"),
        ("[179.0, 1.0]", '["a", 1.0]', "1:id: 'DDD' has coordinates that are no places; write"),
        ("[179.0, 1.0]", "[NaN, 1.0]", "1:id: 'DDD' has coordinates that are no numbers; write"),
        (
            "[179.0, 1.0]",
            "[182, 0.5]",
            "1:id: 'DDD' crosses itself at -179, 0.3333333; draw its edge",
        ),
        ('"Polygon"', '"Point"', "1:id: 'AAA/West' is no area; draw it as Polygon or"),
        ("]]}}]}", "]]}},7]}", "1:feature: is no object; each feature is one, with properties"),
        ('{"type"', '\ufeff{"type"', ""),
        (
            "]]}}]}",
            "",
            ": is no GeoJSON (Expecting ',' delimiter); export it anew as GeoJSON in UTF-8",
        ),
        ("features", "feature", " is no GeoJSON with a list of features; export it anew"),
        ('"features": [', '"features": [], "f": [', " has no atom; draw some, or delete the file"),
    ],
)
def test_a_wrong_atom_is_named(written: Written, old: str, new: str, problem: str) -> None:
    """By line and id, with what to draw instead; one fault is one problem."""
    text = features(SQUARES)
    assert old in text
    _, problems = read_atoms(written(ATOMS, text.replace(old, new, 1)))
    assert len(problems) == (1 if problem else 0), problems
    for found in problems:
        assert problem in str(found)


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("amber,Amber,../1936\namber,New Amber,1938/..\n", 2),
        ("amber,Amber,1938/..\n", 2),
        ("amber,New Amber,1937/1938\namber,Amber,../1936\n", 2),
        ("amber,Amber,../1936\namber,New Amber,1937/..\n", None),
        ("amber,Amber,1936/1939\n", None),
    ],
)
def test_a_polity_without_a_row_for_its_time_is_told(
    written: Written, rows: str, line: int | None
) -> None:
    """Where the ledger speaks of it then; what comes after the last change is not asked."""
    project = written(ATOMS, features(SQUARES))
    written(POLITIES, "id,name,when\n" + rows + "blue,Blue,\n")
    written(OWNERSHIP, HEAD + BASE + "1939-01-01,blue,BBB,amber,annexed,,,\n")
    problems = read_ground(project)[1]
    assert [problem.line for problem in problems] == ([line] if line else [])
    for problem in problems:
        assert problem.severity == "warning"
        assert f"leaves out a time in which line 2 of {OWNERSHIP} speaks of amber" in str(problem)


def test_faulty_atoms_make_no_ground(written: Written) -> None:
    """Of areas that overlap nothing can be joined; the ledger is checked all the same."""
    project = written(ATOMS, features({"A": (0, 0, 2, 1), "B": (1, 0, 3, 1)}))
    written(POLITIES, "id,name\namber,Amber\n")
    written(OWNERSHIP, HEAD + "1936-01-01,,A;C,amber,sovereign,,,\n")
    ground, problems = read_ground(project)
    assert ground.ownership is None
    assert [problem.column for problem in problems] == ["id", "selector"]


def test_names_of_a_damaged_table_are_not_missed(written: Written) -> None:
    """A fault in polities.csv is not told again at each row that names one of them."""
    project = written(ATOMS, features(SQUARES))
    written(POLITIES, "id,name,when\namber,Amber,19O1\namber,New Amber,1940/..\nblue,Blue\n")
    written(OWNERSHIP, HEAD + BASE)
    assert [problem.line for problem in read_ground(project)[1]] == [2, 4]
    (project / POLITIES).unlink()
    (problem,) = read_ground(project)[1]
    assert str(problem) == f"{OWNERSHIP}: needs polities to name; add {POLITIES}"


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
