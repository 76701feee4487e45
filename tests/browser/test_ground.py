"""The ground by date, in a war that never was: tints, hatches, borders, names, and who holds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from boxes import FRAME, LOOK, clashes, core
from PIL import Image
from pixels import changed, colour_of, go, near, place_of, shot, still, until
from playwright.sync_api import Page

VIEW = "c=60,185,3.8"
BERING = (64.0, 170.0)  # latitude, longitude from the seam
ISLES = (61.5, 197.0)
COAST = (64.0, 207.0)
PEACE, WAR, TREATY = "1887-03-10", "1887-05-20", "1887-09-02"


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page], small_site: Path) -> Page:
    """The small war without a card, in a view of both kingdoms."""
    opened = shared_page("two-lamps.html", within=small_site)
    opened.evaluate("document.getElementById('show-story').click()")
    only_ground(opened)
    return opened


def only_ground(page: Page) -> None:
    """Shows the ground alone, without what lies on it, in the view that the tests look at."""
    go(page, VIEW)
    page.evaluate(
        """() => {
            for (const panel of document.querySelectorAll(".legend, .caption, .zoom, .foot-line"))
                panel.style.visibility = "hidden";
        }"""
    )
    page.evaluate("historyMap.setLayers(['polities'])")


def around(page: Page, place: tuple[float, float], reach: int = 12) -> Image.Image:
    """The pixels about a place."""
    x, y = place_of(page, *place)
    return shot(page, (x - reach, y - reach, 2 * reach, 2 * reach))


def at(page: Page, when: str) -> None:
    """Goes to a day."""
    page.evaluate("when => historyMap.seek(when)", when)


def share(picture: Image.Image, colour: str, within: int = 3) -> float:
    """Which part of a picture has a colour."""
    return float(near(picture, colour, within).mean())


def test_ground_has_the_tint_of_its_side(page: Page) -> None:
    """Each kingdom's ground is the tint of its side, that of a client the lighter one."""
    at(page, PEACE)
    assert share(around(page, BERING), colour_of(page, "tint-of-crown")) > 0.9
    assert share(around(page, ISLES), colour_of(page, "tint-of-lamp")) > 0.9
    assert share(around(page, COAST), colour_of(page, "client-of-lamp")) > 0.9
    assert colour_of(page, "client-of-lamp") != colour_of(page, "tint-of-lamp")


def test_occupied_ground_is_hatched_until_it_is_restored(page: Page) -> None:
    """From the day of the transfer it is hatched in the holder's colour, not before nor after."""
    hatched = []
    for when in ("1887-05-08", "1887-05-09", "1887-08-31", "1887-09-01"):
        at(page, when)
        hatched.append(share(around(page, ISLES), colour_of(page, "hatch-of-crown"), 70) > 0.05)
    assert hatched == [False, True, True, False]


def test_a_border_runs_between_two_owners_only(page: Page) -> None:
    """A light line parts the isles from the coast; none parts the two halves of Bering."""
    at(page, PEACE)
    border = colour_of(page, "polity-border")
    seen = []
    for lat, lng in ((64.0, 200.0), (64.5, 163.0)):
        go(page, f"c={lat},{lng},6.5")
        seen.append(bool(near(around(page, (lat, lng)), border, 12).any()))
    only_ground(page)
    assert seen == [True, False]


def test_no_bare_strip_lies_along_a_coast(page: Page) -> None:
    """Between the sea, the coast's line and the tints no pixel has the colour of bare land."""
    at(page, PEACE)
    (left, top), (right, bottom) = place_of(page, 63.0, 165.0), place_of(page, 57.0, 179.0)
    picture = shot(page, (left, top, right - left, bottom - top))
    assert near(picture, colour_of(page, "tint-of-crown"), 3).any()
    assert near(picture, colour_of(page, "land"), 3).sum() < 10


def test_the_layer_off_takes_the_tints_away_and_on_brings_them_back(page: Page) -> None:
    """Without the layer the land is bare; with it the same pixels are there again."""
    at(page, WAR)
    whole = shot(page)
    page.evaluate("historyMap.setLayers([])")
    assert share(around(page, BERING), colour_of(page, "land")) > 0.9
    page.evaluate("historyMap.setLayers(['polities'])")
    assert not changed(whole, shot(page)).any()


def test_the_picture_of_a_day_does_not_depend_on_the_way_to_it(page: Page) -> None:
    """Ground drawn anew after other days is the same to the pixel."""
    at(page, WAR)
    straight = shot(page)
    for when in (PEACE, TREATY, WAR):
        at(page, when)
    assert not changed(straight, shot(page)).any()


def test_the_state_names_who_holds_ground(page: Page) -> None:
    """`visible.polities` has the ids of those who hold or own ground, none without the layer."""
    at(page, PEACE)
    visible = "historyMap.state().visible"
    assert page.evaluate(visible)["polities"] == ["atka", "bering", "coast"]
    assert page.evaluate(visible)["fronts"] == []
    page.evaluate("historyMap.setLayers([])")
    assert page.evaluate(visible)["polities"] == []
    page.evaluate("historyMap.setLayers(['polities'])")


COUNTED = """() => {
    const { prototype } = CanvasRenderingContext2D;
    const { fill } = prototype;
    window.fills = 0;
    prototype.fill = function (...given) { window.fills += 1; return fill.apply(this, given); };
}"""


def test_ground_is_drawn_only_when_it_changes_hands(page: Page) -> None:
    """Steps within a period draw no ground; the step into the next one does."""
    at(page, "1887-05-12")
    page.evaluate(COUNTED)
    counts = []
    for when in ("1887-05-13", "1887-06-20", "1887-08-31", "1887-09-01"):
        page.evaluate("window.fills = 0")
        at(page, when)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        counts.append(page.evaluate("window.fills"))
    assert counts[:3] == [0, 0, 0]
    assert counts[3] > 0


def names_of(page: Page) -> list[dict[str, Any]]:
    """The words on the map."""
    return page.evaluate("historyMap.words()")


def test_polities_are_named_by_the_ledger(page: Page) -> None:
    """A polity's name stands on its ground and changes on its day; without the layer is none."""
    page.evaluate("historyMap.setLayers(['polities', 'names'])")
    at(page, PEACE)
    before = {word["text"] for word in names_of(page)}
    assert {"KINGDOM OF BERING", "REPUBLIC OF ATKA", "COAST OF THE LAMP"} <= before
    at(page, TREATY)
    after = {word["text"] for word in names_of(page)}
    assert "ATKA" in after
    assert "REPUBLIC OF ATKA" not in after
    page.evaluate("historyMap.setLayers(['polities'])")
    assert not names_of(page)


@pytest.mark.parametrize("lat", [62.1, 63.3, 64.5])
def test_a_name_stands_in_every_close_view(page: Page, lat: float) -> None:
    """Where a window shows a little of a polity, its name stands there all the same."""
    page.evaluate("historyMap.setLayers(['polities', 'names'])")
    at(page, PEACE)
    go(page, f"c={lat},170,9")
    assert "KINGDOM OF BERING" in [word["text"] for word in names_of(page)]
    only_ground(page)


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_names_lie_on_nothing(
    shared_page: Callable[..., Page], small_site: Path, size: tuple[int, int]
) -> None:
    """Names of polities overlap no other word, no mark and no panel, on a desk and on a phone."""
    viewport = dict(zip(("width", "height"), size, strict=True))
    opened = shared_page("two-lamps.html", within=small_site, viewport=viewport)
    for when in (PEACE, WAR, TREATY):
        for view in (VIEW, "c=56,190,3.2", "c=62,205,5"):
            go(opened, f"t={when}&{view}")
            opened.evaluate(FRAME)
            look = opened.evaluate(LOOK)
            assert clashes(look["words"]) == [], (when, view)
            assert clashes(look["words"], look["panels"]) == [], (when, view)
            assert clashes(look["words"], list(map(core, look["marks"]))) == [], (when, view)


def said(page: Page) -> str:
    """What stands in the tip on the map; empty where there is none."""
    tip = page.locator(".map-frame .tip")
    return tip.inner_text() if tip.is_visible() else ""


def test_a_pointer_that_rests_is_told_who_holds_the_ground(page: Page) -> None:
    """The tip names holder, owner, day, source, and how far that is verified."""
    at(page, WAR)
    page.mouse.move(*place_of(page, *ISLES))
    until(page, "!document.querySelector('.map-frame .tip').hidden")
    words = said(page)
    assert words.startswith("Kingdom of Bering")
    for part in ("occupied ground of Republic of Atka", "since 9 May 1887", "Nights of", "partly"):
        assert part in words
    assert "Three days of fog" not in words
    at(page, TREATY)
    assert said(page).startswith("Atka")
    page.mouse.move(*place_of(page, 56.0, 185.0))
    until(page, "document.querySelector('.map-frame .tip').hidden")


def test_a_press_tells_all_that_the_ledger_says(page: Page) -> None:
    """A press on the ground says who holds it with the row's note; Escape takes it away."""
    at(page, WAR)
    page.mouse.click(*place_of(page, *ISLES))
    assert "Three days of fog" in said(page)
    page.keyboard.press("Escape")
    assert not said(page)


def test_a_key_tells_who_holds_the_middle(page: Page) -> None:
    """W says, aloud too, who holds the middle of the map, or that nobody is known to."""
    at(page, PEACE)
    go(page, "c=64,170,6")
    page.keyboard.press("w")
    assert said(page).startswith("Kingdom of Bering")
    aloud = page.locator(".map-frame [role=status]").first.inner_text()
    assert aloud.startswith("Kingdom of Bering. since before 1 January 1880")
    page.keyboard.press("Escape")
    go(page, "c=40,185,6")
    page.keyboard.press("w")
    assert said(page) == "Nobody is known to hold this place"
    page.keyboard.press("Escape")
    go(page, "c=64,170,6")
    page.evaluate("historyMap.setLayers([])")
    page.keyboard.press("w")
    assert said(page).startswith("Kingdom of Bering"), "without its layer too"
    page.keyboard.press("Escape")
    only_ground(page)


@pytest.mark.parametrize("corner", [(0.02, 0.05), (0.98, 0.05), (0.02, 0.95), (0.98, 0.95)])
def test_what_is_said_of_the_ground_lies_in_the_window(
    shared_page: Callable[..., Page], small_site: Path, corner: tuple[float, float]
) -> None:
    """On a phone the tip of a press at any corner of the map is seen whole, beside the finger."""
    phone = {"width": 390, "height": 844}
    opened = shared_page("two-lamps.html", within=small_site, viewport=phone)
    only_ground(opened)
    at(opened, WAR)
    go(opened, "c=64,170,9")
    frame = opened.locator(".stage").bounding_box()
    assert frame
    x, y = (frame["x"] + corner[0] * frame["width"], frame["y"] + corner[1] * frame["height"])
    opened.mouse.click(x, y)
    tip = opened.locator(".map-frame .tip").bounding_box()
    assert tip
    assert tip["x"] >= frame["x"]
    assert tip["y"] >= frame["y"]
    assert tip["x"] + tip["width"] <= frame["x"] + frame["width"]
    assert tip["y"] + tip["height"] <= frame["y"] + frame["height"]
    opened.keyboard.press("Escape")


def test_the_legend_shows_each_side_as_it_occurs(page: Page) -> None:
    """A side has a swatch for its ground, for its clients, and for what it holds of others."""
    rows = page.evaluate(
        """() => [...document.querySelectorAll(".ground-legend li")].map(row =>
            [row.lastChild.textContent, ...[...row.querySelectorAll("svg")]
                .map(one => one.getAttribute("aria-label"))])"""
    )
    assert rows == [
        ["The crown", "its own ground", "held by it, of others"],
        ["Friends of the lamp", "its own ground", "its client states"],
        ["who held it is not told here", "nothing told"],
    ]


def test_what_is_held_of_anothers_ground_has_a_soft_edge(
    shared_page: Callable[..., Page],
) -> None:
    """Within 12 px of the free ground of its owner the hatch is pale, farther in full."""
    opened = shared_page("two-directions.html")
    go(opened, "t=1941-12-07&c=34.5,113,7&layers=polities")
    left, y = place_of(opened, 35.2, 110.0)
    right, _ = place_of(opened, 35.2, 112.5)
    row = np.asarray(shot(opened, (left, y - 12, right - left, 24)).convert("L"), dtype=float)
    strength = [float(row[:, x : x + 6].std()) for x in range(0, row.shape[1] - 6, 6)]
    first = next(k for k, one in enumerate(strength) if one > 1)
    assert first > 3, "free ground, then held ground"
    full = np.median(strength[first + 6 : first + 12])
    assert strength[first] < 0.4 * full
    assert strength[first + 1] < 0.7 * full
    assert min(strength[first + 4 : first + 8]) > 0.85 * full


def test_a_change_fades_once_and_not_for_those_who_want_calm(
    open_page: Callable[..., Page], small_site: Path
) -> None:
    """What was there fades out over what is there now; with reduced motion nothing does."""
    counts = []
    for motion in ("no-preference", "reduce"):
        opened = open_page("two-lamps.html", within=small_site, reduced_motion=motion)
        opened.evaluate("historyMap.seek('1887-05-01')")
        still(opened)
        counts.append(
            opened.evaluate(
                """async () => {
                    await new Promise(requestAnimationFrame);
                    historyMap.seek("1887-05-20");
                    return document.querySelectorAll("canvas.before").length;
                }"""
            )
        )
        until(opened, "!document.querySelector('canvas.before')")
    assert counts == [1, 0]


def test_forced_colours_keep_borders_and_drop_tints(
    open_page: Callable[..., Page], small_site: Path
) -> None:
    """Where the reader has set all colours himself, ground is his canvas, borders are his text."""
    opened = open_page("two-lamps.html", within=small_site, forced_colors="active")
    opened.evaluate("document.getElementById('show-story').click()")
    only_ground(opened)
    at(opened, PEACE)
    assert share(around(opened, BERING), "#ffffff") > 0.9
    assert near(around(opened, (64.0, 200.0)), "#000000", 90).any()


def test_the_second_date_and_an_inset_show_their_own_ground(
    open_page: Callable[..., Page], small_site: Path
) -> None:
    """Compared side by side, each map has the ground of its own date."""
    opened = open_page("two-lamps.html", within=small_site, viewport={"width": 1400, "height": 900})
    opened.evaluate("document.getElementById('show-story').click()")
    only_ground(opened)
    at(opened, WAR)
    opened.evaluate("historyMap.compare('1887-03-10', 'side')")
    still(opened)
    tint, hatch = colour_of(opened, "tint-of-lamp"), colour_of(opened, "hatch-of-crown")
    width = opened.locator(".map-frame").first.bounding_box()
    assert width
    x, y = place_of(opened, *ISLES)
    first = shot(opened, (x - 10, y - 10, 20, 20))
    second = shot(opened, (x - 10 + width["width"], y - 10, 20, 20))
    assert share(first, hatch, 70) > 0.05
    assert share(second, tint) > 0.9


def test_a_project_without_a_ledger_has_no_such_layer(
    shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """Without atoms there is no switch, no legend of the ground, and country lines are on."""
    rows = [["id", "title", "when", "lat", "lon"], ["a", "A", "1941", "35", "139"]]
    opened = shared_page("map.html", within=make_site({"events/tables/events.csv": rows}))
    assert "borders" in opened.evaluate("historyMap.state().layers")
    assert "polities" not in opened.evaluate("historyMap.scene.layers.map(one => one.id)")
    assert not opened.locator(".ground-legend").count()
