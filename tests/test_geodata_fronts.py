"""Fronts: what their files must say, which side of a line is whose, and how a line moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from events.when import When
from geodata.fronts import (
    FRONTS,
    LINES,
    NOON,
    Front,
    front_scene,
    is_simple_throughout,
    matched,
    parted,
    read_fronts,
    within,
)

THEATRE = [[0, 0], [10, 0], [10, 8], [0, 8], [0, 0]]
HEAD = "id,name,left,left_sides,right,right_sides,accuracy_km\n"
ROW = "west,The west,amber,warm,blue,cold,20\n"
Written = Callable[..., Path]


def feature(kind: str, coordinates: Any, **properties: str) -> dict[str, Any]:
    """A feature of the front `west`."""
    shape = "LineString" if kind == "line" else "Polygon"
    cells = {"kind": kind, "front": "west", "basis": "from memory"} | properties
    return {
        "type": "Feature",
        "properties": cells,
        "geometry": {"type": shape, "coordinates": coordinates},
    }


FIELD = feature("theatre", [THEATRE])
JUNE = feature("line", [[2, 8.5], [2, 4], [3, -0.5]], when="1941-06-22")
JULY = feature("line", [[6, 8.5], [5, 4], [7, -0.5]], when="1941-07-02")
RING = feature(
    "pocket",
    [[[1, 1], [1, 2], [2, 2], [1, 1]]],
    when="1941-06-25/1941-06-27",
    name="Pocket",
    holder="amber",
)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """A project with a front and these features, one a line."""

    def write(*features: dict[str, Any], table: str = HEAD + ROW) -> Path:
        path = tmp_path / LINES
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = ",\n".join(map(json.dumps, features))
        path.write_text('{"features":[\n' + lines + "\n]}\n", encoding="utf-8")
        (tmp_path / FRONTS).write_text(table, encoding="utf-8")
        return tmp_path

    return write


def read(project: Path) -> tuple[list[Front], list[str]]:
    """The fronts, and the problems as they are printed."""
    fronts, problems = read_fronts(project, ("amber", "blue"), ("warm", "cold"))
    return fronts, list(map(str, problems))


def noon(day: str) -> int:
    """The instant for which the line of a day is drawn."""
    first = When.parse(day).first
    assert first is not None
    return first + NOON


def test_a_line_holds_at_noon_and_moves_evenly(written: Written) -> None:
    """Half way in time it is half way on the ground."""
    (front,), problems = read(written(FIELD, JUNE, JULY))
    assert not problems
    assert (front.first + NOON, front.last + 1 - NOON) == (noon("1941-06-22"), noon("1941-07-02"))
    begin, middle = front.line_at(front.first), front.line_at(noon("1941-06-27"))
    assert begin[0] == pytest.approx([2, 8])
    assert middle[0] == pytest.approx([3.944, 8], abs=0.001)
    assert shapely.LineString(middle).is_simple


def test_left_is_the_left_hand(written: Written) -> None:
    """Walking south, the east; and the two parts are the whole theatre."""
    (front,), _ = read(written(FIELD, JUNE, JULY))
    left, right = front.parts_at(front.first)
    assert left.contains(shapely.Point(9, 4))
    assert right.contains(shapely.Point(1, 4))
    assert left.area + right.area == pytest.approx(80)


@pytest.mark.parametrize("clockwise", [False, True])
def test_the_hand_does_not_depend_on_how_the_theatre_runs(clockwise: bool) -> None:
    """Rings are drawn either way."""
    ring = tuple((x, y) for x, y in (THEATRE[::-1] if clockwise else THEATRE))
    left, _ = parted(ring, within(ring, [(2, 8), (2, 0)]))
    assert left.contains(shapely.Point(9, 4))


def test_pockets_last_as_long_as_they_say(written: Written) -> None:
    """Both days included."""
    (front,), problems = read(written(FIELD, JUNE, JULY, RING))
    assert not problems
    found = [[p.name for p in front.pockets_at(noon(f"1941-06-{d}"))] for d in (24, 25, 27, 28)]
    assert found == [[], ["Pocket"], ["Pocket"], []]


@pytest.mark.parametrize(
    ("features", "problem"),
    [
        ([FIELD, JUNE], f"{FRONTS}:2:id: 'west' has 1 theatres and 1 lines in {LINES}"),
        ([JUNE, JULY], f"{FRONTS}:2:id: 'west' has 0 theatres and 2 lines"),
        (
            [FIELD, JUNE, JULY | {"properties": JULY["properties"] | {"when": "1941-06-22"}}],
            f"{LINES}:4:when: '1941-06-22' is the day of line 3 too",
        ),
        (
            [FIELD, JUNE, feature("line", [[1, 9], [9, 4], [9, 6], [1, -1]], when="1941-07")],
            f"{LINES}:4:when: '1941-07' is not one whole day; write a day",
        ),
        (
            [FIELD, JUNE, feature("line", [[1, 9], [6, 1], [6, 6], [1, -1]], when="1941-07-01")],
            f"{LINES}:4:when: '1941-07-01' has a line that crosses itself",
        ),
        (
            [FIELD, JUNE, feature("line", [[11, 9], [12, 4]], when="1941-07-01")],
            f"{LINES}:4:when: '1941-07-01' has a line that does not part its theatre",
        ),
        (
            [FIELD, JUNE, JULY, RING | {"properties": RING["properties"] | {"holder": "ambr"}}],
            f"{LINES}:5:holder: 'ambr' is not in geodata/layers/polities.csv; did you mean amber?",
        ),
        (
            [FIELD, JUNE, JULY | {"properties": JULY["properties"] | {"front": "east"}}],
            f"{LINES}:4:front: 'east' is not in {FRONTS}",
        ),
        (
            [FIELD, JUNE, JULY, JUNE | {"properties": JUNE["properties"] | {"kind": "lin"}}],
            f"{LINES}:5:kind: 'lin' is not a choice for kind; did you mean line?",
        ),
        (
            [feature("theatre", [[[0, 0], [10, 8], [10, 0], [0, 8], [0, 0]]]), JUNE, JULY],
            f"{LINES}:2:geometry: crosses itself at 5, 4; draw its edge anew",
        ),
        (
            [FIELD, JUNE, JULY, RING | {"geometry": JUNE["geometry"]}],
            f"{LINES}:5:kind: 'pocket' is drawn as LineString; draw a pocket as Polygon",
        ),
    ],
)
def test_a_wrong_line_is_named(
    written: Written, features: list[dict[str, Any]], problem: str
) -> None:
    """By file, line and what to do."""
    _, (found,) = read(written(*features))
    assert found.startswith(problem), found


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (HEAD + ROW + ROW, f"{FRONTS}:3:id: 'west' is already the id of line 2"),
        (HEAD + ROW.replace("20", "0"), f"{FRONTS}:2:accuracy_km: '0' is not above 0; write a"),
        (HEAD + ROW.replace("blue", "amber"), f"{FRONTS}:2:right: 'amber' is on the left hand too"),
        (HEAD + ROW.replace(",20", ""), f"{FRONTS}:2: has 6 cells where the header has 7"),
    ],
)
def test_a_wrong_row_is_named(written: Written, table: str, problem: str) -> None:
    """Its lines, which name a front that cannot be read, are not to blame."""
    _, (found,) = read(written(FIELD, JUNE, JULY, table=table))
    assert found.startswith(problem), found


def test_a_way_that_leaves_the_theatre_is_told(written: Written) -> None:
    """Half way the line is none; then the nearest day says what lies on either hand."""
    field = feature("theatre", [[[-1, 2], [5, 6], [6, 4], [-1, 2]]])
    june = feature("line", [[3, 2], [3, 7]], when="1941-06-20")
    july = feature("line", [[4, 2], [4, 4], [2, -1], [8, 6]], when="1941-06-21")
    (front,), (problem,) = read(written(field, june, july))
    assert problem.startswith(
        f"{LINES}:4:when: warning: '1941-06-21' cannot be reached evenly from line 3: half way the"
        " line crosses the edge of its theatre, or itself; draw the line of a day between them"
    )
    for share in range(5):
        left, right = front.parts_at(front.first + (front.last - front.first) * share // 4)
        assert left.area + right.area == pytest.approx(shapely.Polygon(front.theatre).area)


@pytest.mark.parametrize(
    "when", ["1941-06-21/1941-06-27", "1941-06-25/1941-07-03", "1942", "1940/.."]
)
def test_a_pocket_beyond_its_front_is_told(written: Written, when: str) -> None:
    """It would not be seen on the days on which there is no line."""
    late = RING | {"properties": RING["properties"] | {"when": when}}
    fronts, (problem,) = read(written(FIELD, JUNE, JULY, late))
    assert problem.startswith(
        f"{LINES}:5:when: warning: '{when}' lasts beyond its front, 1941-06-22 to 1941-07-02;"
    )
    assert len(fronts) == 1


@pytest.mark.parametrize(("there", "missing"), [(FRONTS, LINES), (LINES, FRONTS)])
def test_a_front_is_a_table_and_a_file_of_lines(written: Written, there: str, missing: str) -> None:
    """One without the other is told."""
    project = written(FIELD, JUNE, JULY)
    (project / missing).unlink()
    assert read(project) == ([], [f"{there}: stands alone; add {missing}"])


def test_the_page_gets_matched_vertices(written: Written) -> None:
    """As many at the end of a leg as at its beginning; a leg begins where the one before ended."""
    (front,), _ = read(written(FIELD, JUNE, JULY, RING))
    scene = front_scene(front)
    (leg,) = scene["legs"]
    assert len(leg["from"]) == len(leg["to"]) >= 4
    assert scene["snapshots"] == [noon("1941-06-22"), noon("1941-07-02")]
    assert json.loads(json.dumps(scene)) == scene


@st.composite
def lines(draw: st.DrawFn) -> list[tuple[float, float]]:
    """A line from north to south that bulges, but never turns back north."""
    lngs = draw(st.lists(st.floats(1, 9), min_size=3, max_size=12))
    return [(lng, 8 - 8 * k / (len(lngs) - 1)) for k, lng in enumerate(lngs)]


@given(lines(), lines())
def test_matches_keep_their_order(
    before: list[tuple[float, float]], after: list[tuple[float, float]]
) -> None:
    """The ends match, nobody is passed over, and no vertex lies off its line."""
    one, other = matched(np.array(before), np.array(after))
    assert len(one) == len(other)
    for line, points in ((before, one), (after, other)):
        whole = shapely.LineString(line)
        assert points[0] == pytest.approx(line[0], abs=0.001)
        assert points[-1] == pytest.approx(line[-1], abs=0.001)
        along = [whole.project(shapely.Point(point)) for point in points]
        assert all(here <= there + 0.01 for here, there in pairwise(along))
        assert shapely.distance(whole, shapely.points(points)).max() < 0.002


def test_a_line_that_turns_back_is_found() -> None:
    """A leg whose way crosses itself is told from one that does not."""
    straight = np.array([[0.0, 2.0], [0.0, 1.0], [0.0, 0.0]])
    assert is_simple_throughout(straight, straight + np.array([3, 0]))
    loop = np.array([[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0]])
    assert not is_simple_throughout(loop, loop)


def test_ground_that_stays_is_told_once() -> None:
    """What two lines share keeps its vertices and no others; only what lies between them moves."""
    before = np.array([[2.0, 8], [2, 7], [2.5, 6], [2, 5], [2, 4], [2, 1], [3, 0]])
    after = np.array([[2.0, 8], [2, 7], [2.5, 6], [4, 5], [4.5, 4], [2, 1], [3, 0]])
    one, other = matched(before, after)
    assert (one[:3] == other[:3]).all()
    assert (one[:3] == before[:3]).all()
    assert (one[-2:] == other[-2:]).all()
    assert shapely.LineString(one).hausdorff_distance(shapely.LineString(before)) < 0.03
    assert shapely.LineString(other).hausdorff_distance(shapely.LineString(after)) < 0.03
