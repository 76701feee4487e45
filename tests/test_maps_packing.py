"""The columns of a scene's events come out of the page as they went in, and are small."""

from __future__ import annotations

import base64
import json
import random
import re
import zlib
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from geodata.shaping import encode
from maps.packing import STEPS, TEXTS, pack
from maps.page import PLAYER

Columns = dict[str, list[Any]]

DAY = 86_400_000
FAR = 8_640_000_000_000_000  # ms: as far as a browser's clock counts either way
AGES = FAR // 23  # about 12,000 years
instants = st.integers(-AGES, AGES) | st.integers(-FAR, FAR)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
lists = st.lists(st.sampled_from(["north", "south", "</script>", "{{7*7}}"]), max_size=3)


GROUND = {"land": encode([[(10.5, 20.25), (-30, 84)]]), "lakes": encode([[(1, 2), (3, 4)]] * 2)}


@st.composite
def columns(draw: st.DrawFn) -> Columns:
    """Columns as `maps.scene` makes them, of up to nine events of any century."""
    size = draw(st.integers(0, 9))

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=size, max_size=size))

    degrees = st.integers(-180 * STEPS, 330 * STEPS).map(lambda steps: steps / STEPS)
    return (
        {name: column(texts) for name in TEXTS}
        | {"note": column(st.sampled_from(["", "</script>", "{{ 7*7 }}", "Хасан 張鼓峰 \0\u2028"]))}
        | {"first": sorted(column(instants)), "last": column(instants)}
        | {"momentFirst": column(instants), "momentLast": column(instants)}
        | {"offset": column(st.sampled_from([0, 32_400_000, -37_800_000]))}
        | {"lng": column(degrees), "lat": column(degrees)}
        | {"kind": column(st.sampled_from(["battle", "plan"])), "key": column(st.booleans())}
        | {"directions": column(lists), "actors": column(lists)}
    )


def packed(given_columns: Columns, **more: Any) -> dict[str, str]:
    """The blocks of these columns, on a ground of two layers."""
    return pack({"events": given_columns, "basemap": GROUND, **more})


def unpacked(given_columns: Columns) -> dict[str, list[Any]]:
    """What the blocks of packed columns say, read in the plainest way."""
    blocks = packed(given_columns).values()
    scene, _, planes, characters = (zlib.decompress(base64.b64decode(block)) for block in blocks)
    head = json.loads(scene)["events"]
    found: dict[str, list[Any]] = {}
    for column in head["columns"]:
        size = head["count"] * column["width"]
        rests, planes = planes[:size], planes[size:]
        numbers: list[int] = []
        for row in range(head["count"]):
            rest = int.from_bytes(rests[row :: head["count"]], "little")
            before = numbers[-1] if numbers else 0
            base = column["base"]
            start = before if base == "previous" else found[base][row] if base else 0
            numbers.append(start + column["least"] + column["unit"] * rest)
        values: list[Any] = numbers
        if "text" in column:
            values = []
            for length in numbers:
                values.append(characters[:length].decode())
                characters = characters[length:]
        elif "values" in column:
            values = [column["values"][code] for code in numbers]
        elif "steps" in column:
            values = [number / column["steps"] for number in numbers]
        found[column["name"]] = values
    assert not planes
    assert not characters
    return found


@given(columns())
def test_columns_come_back(given_columns: Columns) -> None:
    """Whatever the century, the language and the signs in the texts."""
    assert unpacked(given_columns) == given_columns


def test_equal_columns_have_equal_parts() -> None:
    """Packing twice gives the same bytes."""
    assert packed(many(50)) == packed(many(50))


def test_a_lone_surrogate_is_replaced() -> None:
    """What UTF-8 cannot write does not stop a page; no table that was read holds it."""
    assert unpacked(many(1) | {"title": ["\ud800 alone"]})["title"] == ["? alone"]


def test_ten_thousand_events_are_small() -> None:
    """Days, places and short titles take less than 30 bytes an event, as base64."""
    assert sum(map(len, packed(many(10_000)).values())) < 30 * 10_000


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_the_rest_of_a_scene_comes_back(value: Any) -> None:
    """Whatever else a scene holds is read as it was, and a block is letters, digits, + / = only."""
    block = packed(many(2), text=value)["scene"]
    assert json.loads(zlib.decompress(base64.b64decode(block, validate=True)))["text"] == value


def many(number: int) -> Columns:
    """So many events in order of time, the same ones every time."""
    chance = random.Random(1941)
    first = sorted(DAY * chance.randint(-12_400, -8_800) for _ in range(number))
    return {name: [""] * number for name in TEXTS} | {
        "id": [f"e{n}" for n in range(number)],
        "title": [f"Landing near {chance.choice('AEIOU')}{chance.randint(1, 99)}" for _ in first],
        "when": [f"1941-{chance.randint(10, 12)}-{chance.randint(10, 30)}" for _ in first],
        "label": [f"{chance.randint(1, 31)} December 1941" for _ in first],
        "first": first,
        "last": [at + DAY * chance.randint(1, 300) - 1 for at in first],
        "momentFirst": first,
        "momentLast": [at + DAY - 1 for at in first],
        "offset": [0] * number,
        "lng": [round(chance.uniform(-30, 330), 4) for _ in first],
        "lat": [round(chance.uniform(-60, 80), 4) for _ in first],
        "directions": [[chance.choice(["north", "south"])] for _ in first],
        "kind": [chance.choice(["battle", "decision"]) for _ in first],
    }


@cache
def reader() -> str:
    """The page's own reader as a plain script, which a page without a policy can run."""
    names = ("base64", "dom", "scene")
    modules = ((PLAYER / f"{name}.js").read_text(encoding="utf-8") for name in names)
    return re.sub(r"^import .*|^export ", "", "\n".join(modules), flags=re.MULTILINE)


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Page:
    """An empty page that knows `readScene`."""
    page = browser.new_page()
    page.add_script_tag(content=f"{reader()}; window.readScene = readScene;")
    return page


READ = """async blocks => {
    for (const [id, text] of Object.entries(blocks)) {
        const block = document.createElement("script");
        Object.assign(block, { id, type: "text/plain", textContent: text });
        document.body.append(block);
    }
    const { events } = await readScene();
    const rows = Array.from({ length: events.count }, (_, i) => i);
    const ids = rows.map(i => events.indexOf(events.id.at(i)));
    const columns = Object.entries(events).filter(([, column]) => column.at);
    const read = columns.map(([name, column]) => [name, rows.map(i => column.at(i))]);
    return { ids, missing: events.indexOf("no such id at all"), columns: Object.fromEntries(read) };
}"""


@given(columns())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_page_reads_what_was_packed(blank: Page, given_columns: Columns) -> None:
    """The browser's own reader gives the same columns, and finds each id where it stands first."""
    read = blank.evaluate(READ, packed(given_columns))
    assert read["columns"] == given_columns
    ids = given_columns["id"]
    assert read["ids"] == [ids.index(one) for one in ids]
    assert read["missing"] == -1
