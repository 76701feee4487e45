"""Whatever is done to a drawn file, it is read or refused in one line; nothing is raised."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.reading import read_ground

LAYERS = Path("geodata", "layers")
SQUARE = [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]
EAST = [[[4, 0], [8, 0], [8, 4], [4, 4], [4, 0]]]
CELLS = {"front": "west", "basis": "x", "kind": "line"}


def feature(shape: str, coordinates: Any, **cells: Any) -> dict[str, Any]:
    """A feature with these cells."""
    geometry = {"type": shape, "coordinates": coordinates}
    return {"type": "Feature", "properties": cells, "geometry": geometry}


DRAWN = {
    "atoms": [feature("Polygon", SQUARE, id="A"), feature("MultiPolygon", [EAST], id="B")],
    "segments": [
        feature("LineString", [[1, 1], [2, 2]], id="a", label="A", kind="claim", basis="x")
    ],
    "fronts": [
        feature("Polygon", SQUARE, **CELLS | {"kind": "theatre"}),
        feature("LineString", [[1, 5], [1, -1]], **CELLS, when="1941-06-22"),
        feature("LineString", [[3, 5], [3, -1]], **CELLS, when="1941-06-24"),
        feature("Polygon", SQUARE, **CELLS | {"kind": "pocket"}, when="1941-06-22", holder="a"),
    ],
}
TABLES = {
    "polities": "id,name\na,A\nb,B\n",
    "fronts": "id,name,left,right,accuracy_km\nwest,West,a,b,20\n",
    "ownership": "when,from,selector,to,status\n1936-01-01,,A;B,a,sovereign\n",
}
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-400, 400)
    | st.just(10**400)
    | st.floats()
    | st.sampled_from(["", "A", ";", "*", "\ud800", "\0", "Polygon", "Point", "1941", "theatre"]),
    lambda some: (
        st.lists(some, max_size=3) | st.dictionaries(st.text(max_size=3), some, max_size=2)
    ),
    max_leaves=6,
)


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each place in a JSON value: what holds it and its key there."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from spots(value[key])


@pytest.mark.parametrize("name", DRAWN)
@settings(max_examples=60)
@given(draw=st.data())
def test_no_damage_is_raised(name: str, draw: st.DataObject) -> None:
    """One or two values, anywhere, become anything else or are gone."""
    whole = {"type": "FeatureCollection", "features": deepcopy(DRAWN[name])}
    for _ in range(draw.draw(st.integers(1, 2))):
        holder, key = draw.draw(st.sampled_from(list(spots(whole))))
        junk = draw.draw(JUNK)
        if junk is None:
            del holder[key]
        else:
            holder[key] = junk
    with TemporaryDirectory() as folder:
        project = Path(folder)
        (project / LAYERS).mkdir(parents=True)
        for table, text in TABLES.items():
            (project / LAYERS / f"{table}.csv").write_text(text, encoding="utf-8")
        for file, features in (DRAWN | {name: None}).items():
            text = json.dumps({"features": features} if features else whole)
            (project / LAYERS / f"{file}.geojson").write_text(text, encoding="utf-8")
        ground, problems = read_ground(project)
        if ground.ownership:
            assert ground.ownership.histories is not None
        for problem in problems:
            assert problem.path.startswith("geodata/layers/")
            assert "\n" not in str(problem)
