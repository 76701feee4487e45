"""What is drawn, counted in pixels: every layer, one mark on its day, one line across 180°."""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pixels import changed, colour_of, go, near, place_of, shot
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
PEARL_HARBOR = (21.365, 202.05)  # latitude, longitude from the seam
SOUTH_ONLY = ["south"]
ZONES = [("Pacific/Kiritimati", "ar-EG"), ("America/New_York", "en-US"), ("Asia/Tokyo", "ja-JP")]

# What to look at for each layer, and the least number of pixels that it must draw there.
PACIFIC = {"lat": 25, "lng": 150, "zoom": 2.6}
BAIKAL = {"lat": 53.5, "lng": 107, "zoom": 5}
MOSCOW = {"lat": 55, "lng": 34, "zoom": 5}
LAYERS = {
    "north": ("1941-07", PACIFIC, 200),
    "south": ("1941-12", PACIFIC, 200),
    "context": ("1941-06", PACIFIC, 100),
    "planned": ("1941-08-29", PACIFIC, 100),
    "routes": ("1941-12-07", PACIFIC, 500),
    "polities": ("1941-12-07", PACIFIC, 500),
    "fronts": ("1941-12-05", MOSCOW, 500),
    "borders": ("1941-12-07", BAIKAL, 500),
    "lakes": ("1941-12-07", BAIKAL, 500),
    "rivers": ("1941-12-07", BAIKAL, 500),
    "graticule": ("1941-12-07", PACIFIC, 500),
    "names": ("1941-12-07", PACIFIC, 500),
}


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map with nothing lying on it: no card, no legend, no caption."""
    opened = shared_page("two-directions.html")
    bare(opened)
    return opened


def bare(page: Page) -> None:
    """Closes the card and hides the other panels, so that only the map's own pixels count."""
    page.evaluate(
        """() => {
            document.getElementById("show-story").click();
            for (const panel of document.querySelectorAll(".legend, .caption, .zoom, .credit"))
                panel.style.visibility = "hidden";
        }"""
    )


def every_layer(page: Page) -> list[str]:
    """The ids of all layers of the scene."""
    script = "historyMap.scene.layers.map(one => one.id)"
    return page.evaluate(script)


def show(page: Page, when: str, layers: list[str], view: dict[str, float] | None = None) -> None:
    """Brings the map to a moment, with these layers on; `view` goes by the page's address."""
    if view:
        go(page, "c={lat},{lng},{zoom}".format(**view))
    page.evaluate("ids => historyMap.setLayers(ids)", layers)
    page.evaluate("when => historyMap.seek(when)", when)


def map_picture(page: Page) -> Image.Image:
    """The map and what lies on it, without the timeline and the bars."""
    box = page.locator(".stage").bounding_box()
    assert box
    return shot(page, (box["x"], box["y"], box["width"], box["height"]))


def mark_pixels(page: Page, colour: str) -> int:
    """Pixels of a colour where Pearl Harbor's mark stands."""
    x, y = place_of(page, *PEARL_HARBOR)
    return int(near(shot(page, (x - 12, y - 12, 24, 24)), colour).sum())


def test_each_layer_of_the_scene_is_looked_at(page: Page) -> None:
    """The shipped map has exactly the layers that are counted below."""
    assert sorted(every_layer(page)) == sorted(LAYERS)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_off_changes_the_picture_and_on_restores_it(page: Page, layer: str) -> None:
    """Switching a layer off takes its pixels away; switching it on brings the same ones back."""
    when, view, least = LAYERS[layer]
    layers = every_layer(page)
    show(page, when, layers, view)
    whole = map_picture(page)
    page.evaluate("ids => historyMap.setLayers(ids)", [one for one in layers if one != layer])
    without = map_picture(page)
    page.evaluate("ids => historyMap.setLayers(ids)", layers)
    again = map_picture(page)
    assert changed(whole, without).sum() > least
    assert not changed(whole, again).any()


def test_marks_stand_in_the_order_of_time(page: Page) -> None:
    """A mark that comes back takes its old place among the others, for the eye and for Tab."""
    layers = every_layer(page)
    show(page, "1941-12-07", layers, PACIFIC)
    before = mark_names(page)
    page.evaluate("ids => historyMap.setLayers(ids)", [one for one in layers if one != "context"])
    page.evaluate("ids => historyMap.setLayers(ids)", layers)
    assert mark_names(page) == before


def mark_names(page: Page) -> list[str]:
    """The names of the marks on the map, in the order of Tab."""
    script = "[...document.querySelectorAll('.mark')].map(one => one.getAttribute('aria-label'))"
    return page.evaluate(script)


def test_the_picture_of_a_moment_does_not_depend_on_the_way_to_it(page: Page) -> None:
    """A day looks the same whether the clock came to it from before or from after."""
    layers = every_layer(page)
    show(page, "1941-12-07", layers, PACIFIC)
    straight = map_picture(page)
    for when in ("1941", "1936-08-07", "1945", "1941-12-07"):
        page.evaluate("when => historyMap.seek(when)", when)
    assert not changed(straight, map_picture(page)).any()


@pytest.mark.parametrize(
    ("day", "drawn"),
    [("1941-12-06", False), ("1941-12-07", True), ("1941-12-08", False), ("1941-12-10", False)],
)
def test_pearl_harbor_is_drawn_on_its_day_only(page: Page, day: str, drawn: bool) -> None:
    """The mark stands on the map on 7 December 1941, not the day before nor after."""
    show(page, day, SOUTH_ONLY, PACIFIC)
    assert (mark_pixels(page, colour_of(page, "direction-south")) > 30) is drawn


@pytest.fixture(scope="module")
def abroad(shared_page: Callable[..., Page]) -> list[tuple[Page, dict[str, Any], bytes]]:
    """The map on 7 December 1941 as readers in other zones and languages see it."""
    seen = []
    for zone, locale in ZONES:
        page = shared_page("two-directions.html", timezone_id=zone, locale=locale)
        page.evaluate("historyMap.seek('1941-12-07')")
        seen.append((page, page.evaluate("historyMap.state()"), map_picture(page).tobytes()))
    return seen


def test_state_and_picture_are_alike_in_every_zone(
    abroad: list[tuple[Page, dict[str, Any], bytes]],
) -> None:
    """Readers in Kiritimati, New York and Tokyo see the same events, words and pixels."""
    _, state, picture = abroad[0]
    for _, other_state, other_picture in abroad[1:]:
        assert other_state == state
        assert other_picture == picture


def test_pearl_harbor_keeps_its_day_in_every_zone(
    abroad: list[tuple[Page, dict[str, Any], bytes]],
) -> None:
    """Wherever the reader is, the mark stands on the 7th, not on the 6th nor the 10th."""
    for page, _, _ in abroad:
        bare(page)
        counts = []
        for day in ("1941-12-06", "1941-12-07", "1941-12-10"):
            show(page, day, SOUTH_ONLY, PACIFIC)
            counts.append(mark_pixels(page, colour_of(page, "direction-south")) > 30)
        assert counts == [False, True, False]


@pytest.fixture(scope="module")
def kido_butai(shared_page: Callable[..., Page], make_site: Callable[..., Path]) -> Page:
    """A map of nothing but the carriers' way out, on the day of the attack."""
    layers = ROOT / "geodata" / "layers"
    site = make_site(
        {
            "events/tables/events.csv": [
                ["id", "title", "when", "lat", "lon", "direction"],
                ["attack", "Attack", "1941-12-07", 21.365, -157.95, "south"],
                ["begin", "Beginning", "1941-11-01", 35, 139, "south"],
            ],
            **{
                f"geodata/layers/{name}.csv": rows_of(layers / f"{name}.csv", "kido-butai-out")
                for name in ("routes", "waypoints")
            },
        }
    )
    page = shared_page("map.html", within=site)
    bare(page)
    return page


def rows_of(path: Path, route: str) -> list[list[str]]:
    """The rows of one route, below the header and without references to other tables."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    return [header, *(row for row in rows if row[0] == route)]


def test_the_carriers_line_is_unbroken_across_180(kido_butai: Page) -> None:
    """Between 175° E and 175° W every column of pixels holds a piece of Kido Butai's line."""
    page = kido_butai
    show(page, "1941-12-07", ["south", "routes"], {"lat": 38, "lng": 180, "zoom": 4})
    track = page.evaluate(
        """() => {
            const { lng, lat } = historyMap.scene.routes[0].track;
            return lng.map((one, i) => [lat[i], one]);
        }"""
    )
    assert all(abs(a[1] - b[1]) < 20 for a, b in pairwise(track))
    along = [place_of(page, *point) for point in track]
    west, east = place_of(page, 42, 175)[0], place_of(page, 42, 185)[0]
    with_line = shot(page)
    page.evaluate("historyMap.setLayers(['south'])")
    line = changed(with_line, shot(page))
    assert east - west > 100
    for x in range(round(west), round(east)):
        y = height_at(along, x)
        assert line[round(y) - 8 : round(y) + 9, x].any(), f"broken at column {x}"


def height_at(along: list[tuple[float, float]], x: float) -> float:
    """Where a track that runs eastward crosses a column."""
    (ax, ay), (bx, by) = next((a, b) for a, b in pairwise(along) if a[0] <= x <= b[0])
    return ay + (by - ay) * (x - ax) / (bx - ax)


def test_nothing_of_the_carriers_line_lies_west_of_japan(kido_butai: Page) -> None:
    """The line does not run back across the map: west of Japan the route draws no pixel."""
    page = kido_butai
    show(page, "1941-12-07", ["south", "routes"], {"lat": 30, "lng": 150, "zoom": 2.4})
    japan, _ = place_of(page, 36, 138)
    with_line = map_picture(page)
    page.evaluate("historyMap.setLayers(['south'])")
    drawn = changed(with_line, map_picture(page))
    assert drawn.any()
    assert not drawn[:, : int(japan)].any()
