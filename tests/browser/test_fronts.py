"""Fronts that move over the ground, in a war that never was: line, band, pockets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pixels import colour_of, go, near, place_of, shot, until
from playwright.sync_api import Page

from maps.site import build

WEST, ISLES, COAST = (64.5, 168.0), (61.5, 197.0), (64.0, 207.0)  # latitude, longitude
VIEW = "c=60,190,3.8"


def instant(day: str) -> int:
    """Midnight of a day in milliseconds."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)


def line(lng: float) -> list[list[float]]:
    """A line from north to south that reaches beyond the theatre."""
    return [[lng, 67.0], [lng, 60.0], [lng, 50.0]]


FRONT: dict[str, Any] = {
    "id": "the-ice",
    "name": "Front of the ice",
    "left": "atka",
    "leftSides": ["lamp"],
    "right": "bering",
    "rightSides": ["crown"],
    "accuracyKm": 30,
    "theatre": [[156, 51], [214, 51], [214, 65.9], [156, 65.9], [156, 51]],
    "first": instant("1887-06-01"),
    "last": instant("1887-08-01") - 1,
    "snapshots": [instant("1887-06-01"), instant("1887-07-01")],
    "legs": [{"from": line(170), "to": line(205)}],
    "pockets": [
        {
            "name": "The lamp besieged",
            "holder": "atka",
            "first": instant("1887-06-28"),
            "last": instant("1887-07-10") - 1,
            "ring": [[196, 61], [198, 61], [198, 62.2], [196, 62.2], [196, 61]],
        }
    ],
    "sources": [],
    "note": "",
}


@pytest.fixture(scope="module")
def page(
    shared_page: Callable[..., Page], project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Page:
    """The small war with a front that goes east in June 1887, without a card."""
    import maps.scene

    def with_front(*given: Any) -> Any:
        scene = whole(*given)
        offered = [one for one in scene["layers"] if one["id"] != "fronts"]
        layer = {"id": "fronts", "label": "Front lines", "group": "map", "on": True}
        return {**scene, "fronts": [FRONT], "layers": [*offered, layer]}

    whole = maps.scene.build_scene
    out = tmp_path_factory.mktemp("front")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(maps.scene, "build_scene", with_front)
        build(project, out)
    opened = shared_page("two-lamps.html", within=out)
    opened.evaluate("document.getElementById('show-story').click()")
    go(opened, VIEW)
    opened.evaluate("historyMap.setLayers(['polities', 'fronts'])")
    return opened


def at(page: Page, when: str) -> None:
    """Goes to a day."""
    page.evaluate("when => historyMap.seek(when)", when)


def share(page: Page, place: tuple[float, float], colour: str, within: int = 3) -> float:
    """Which part of the pixels about a place has a colour."""
    x, y = place_of(page, *place)
    return float(near(shot(page, (x - 9, y - 9, 18, 18)), colour_of(page, colour), within).mean())


def is_hatched(page: Page, place: tuple[float, float], colour: str) -> bool:
    """Whether lines of a hatch cross a place."""
    return share(page, place, colour, 60) > 0.05


def test_ground_behind_the_front_is_hatched_and_before_it_is_not(page: Page) -> None:
    """As the line goes over it the coast comes under Bering, and the west comes back to it."""
    at(page, "1887-06-01")
    assert share(page, COAST, "client-of-lamp") > 0.9
    assert not is_hatched(page, COAST, "hatch-of-crown")
    at(page, "1887-07-20")
    assert share(page, WEST, "tint-of-crown") > 0.9
    go(page, VIEW + "&t=1887-07-20")
    west_of_it = (64.5, 202.5)
    assert is_hatched(page, west_of_it, "hatch-of-crown")
    assert not is_hatched(page, COAST, "hatch-of-crown")


def test_what_the_ledger_gives_to_one_is_the_others_before_his_line(page: Page) -> None:
    """The isles, occupied by the ledger, are their owner's where his side of the front lies."""
    at(page, "1887-06-10")
    assert share(page, ISLES, "tint-of-lamp") > 0.9
    page.evaluate("historyMap.setLayers(['polities'])")
    assert is_hatched(page, ISLES, "hatch-of-crown")
    page.evaluate("historyMap.setLayers(['polities', 'fronts'])")
    assert share(page, ISLES, "tint-of-lamp") > 0.9


def dark_columns(page: Page, when: str) -> np.ndarray:
    """The columns in which the front's line crosses the latitude of 64.5 degrees."""
    at(page, when)
    left, y = place_of(page, 64.5, 160)
    right, _ = place_of(page, 64.5, 179)
    return np.flatnonzero(near(shot(page, (left, y, right - left, 3)), "#22272b", 30).any(axis=0))


def test_the_line_moves_with_the_clock(page: Page) -> None:
    """Day by day it stands farther east; before its first day and after its last there is none."""
    page.evaluate("historyMap.setLayers(['polities', 'fronts'])")
    days = [dark_columns(page, f"1887-06-0{day}") for day in (2, 4, 6)]
    assert all(len(columns) for columns in days)
    middles = [columns.mean() for columns in days]
    assert middles[0] < middles[1] < middles[2]
    assert not len(dark_columns(page, "1887-05-31"))
    assert not len(dark_columns(page, "1887-08-02"))


def test_the_line_is_soft_on_the_side_that_goes_forward(page: Page) -> None:
    """Behind the line its colour fades out over its accuracy; before the line there is no band."""
    go(page, "c=64.5,172,6&t=1887-06-02")
    points = page.evaluate("historyMap.scene.fronts[0].legs[0].from[0][0]")
    assert points == 170
    at(page, "1887-06-02")
    x, y = place_of(page, 64.5, 170 + 35 * 2 / 30)
    picture = np.asarray(shot(page, (x - 60, y, 120, 4)), dtype=int).mean(axis=(0, 2))
    plain = picture[:15].mean()
    assert picture[46:55].mean() < plain - 8
    go(page, VIEW)


def test_a_moving_front_draws_no_ground(page: Page) -> None:
    """While only the line moves, nothing is drawn on the sheet of the ground."""
    at(page, "1887-06-12")
    page.evaluate(
        """() => {
            const { prototype } = CanvasRenderingContext2D;
            const { drawImage } = prototype;
            window.drawn = { ground: 0, fronts: 0 };
            prototype.drawImage = function (...given) {
                for (const name of ["ground", "fronts"])
                    if (this.canvas.closest(`.leaflet-${name}-pane`)) window.drawn[name] += 1;
                return drawImage.apply(this, given);
            };
        }"""
    )
    for day in range(13, 20):
        at(page, f"1887-06-{day}")
    drawn = page.evaluate("window.drawn")
    assert drawn["ground"] == 0
    assert drawn["fronts"] >= 7


def test_the_state_names_the_fronts(page: Page) -> None:
    """`visible.fronts` has the ids of the fronts of the day, none without the layer."""
    visible = "historyMap.state().visible.fronts"
    at(page, "1887-06-12")
    assert page.evaluate(visible) == ["the-ice"]
    page.evaluate("historyMap.setLayers(['polities'])")
    assert page.evaluate(visible) == []
    page.evaluate("historyMap.setLayers(['polities', 'fronts'])")
    at(page, "1887-09-01")
    assert page.evaluate(visible) == []


def test_a_pocket_is_its_holders_and_has_a_name(page: Page) -> None:
    """Behind the line the besieged keep their ground, for as long as the pocket lasts."""
    go(page, "c=61.6,197,6&t=1887-07-05")
    assert share(page, (61.6, 196.4), "tint-of-lamp") > 0.7
    assert "The lamp besieged" in [word["text"] for word in page.evaluate("historyMap.words()")]
    at(page, "1887-07-12")
    assert is_hatched(page, (61.6, 196.4), "hatch-of-crown")
    go(page, VIEW)


def test_a_press_behind_the_front_says_so(page: Page) -> None:
    """Who holds the ground follows from the front, with its name and how sure it is."""
    at(page, "1887-07-20")
    page.mouse.click(*place_of(page, 64.5, 202.5))
    until(page, "!document.querySelector('.map-frame .tip').hidden")
    words = page.locator(".map-frame .tip").inner_text()
    assert words.startswith("Kingdom of Bering")
    assert "behind the front (Front of the ice), ground of Coast of the Lamp, ± 30 km" in words
    page.keyboard.press("Escape")


def test_the_legend_tells_what_the_softness_means(page: Page) -> None:
    """The front line has a row that says how uncertain it is."""
    legend = page.locator(".ground-legend").text_content()
    assert "front line" in legend
    assert "± 30 km" in legend
