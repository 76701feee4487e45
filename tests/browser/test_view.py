"""The view of the map: it goes where it is sent, also in a hurry, and hides nothing it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pixels import changed, shot, still, until
from playwright.sync_api import Page

MOVING = """(() => {
    const map = window[document.querySelector(".map").id];
    return Boolean(map._animatingZoom || (map._panAnim && map._panAnim._inProgress));
})()"""
FRAMES = """async () => {
    for (let n = 0; n < 3; n += 1) await new Promise(requestAnimationFrame);
}"""


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map, as a reader sees it who has nothing against motion."""
    return shared_page("two-directions.html", reduced_motion="no-preference")


def rest(page: Page) -> dict[str, float]:
    """The view once nothing moves any more."""
    page.evaluate(FRAMES)
    until(page, f"!{MOVING}")
    return page.evaluate("historyMap.state().view")


def chapters(page: Page) -> list[str]:
    """The ids of the story's chapters."""
    script = "historyMap.scene.chapters.map(one => one.id)"
    return page.evaluate(script)


def near(view: dict[str, float]) -> Any:
    """About this view."""
    return pytest.approx(view, abs=1e-3)


def test_a_chapter_opened_while_the_map_still_flies_has_its_own_view(page: Page) -> None:
    """Two chapters in quick succession: the map ends at the second, not at the first."""
    ids = chapters(page)
    views = {}
    for one in ids:
        page.evaluate("id => historyMap.chapter(id)", one)
        views[one] = rest(page)
    for first, second in [(ids[3], ids[5]), (ids[0], ids[2]), (ids[6], ids[4])]:
        page.evaluate("id => historyMap.chapter(id)", first)
        page.evaluate(FRAMES)
        page.evaluate("id => historyMap.chapter(id)", second)
        assert rest(page) == near(views[second]), (first, second)


def test_two_quick_presses_zoom_twice(page: Page) -> None:
    """A second press on + while the first still zooms is not lost."""
    page.evaluate("historyMap.fit()")
    before = rest(page)["zoom"]
    for _ in range(2):
        page.evaluate("document.getElementById('zoom-in').click()")
        page.evaluate(FRAMES)
    assert rest(page)["zoom"] == pytest.approx(before + 1)


@pytest.mark.parametrize("size", [(768, 1024), (1280, 800), (1920, 1080)])
def test_a_reader_who_asked_for_calm_sees_no_flight(
    shared_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    """With reduced motion nothing flies: not at the beginning, not to a chapter, not to a zoom."""
    page = shared_page("two-directions.html", viewport={"width": size[0], "height": size[1]})
    assert not page.evaluate(MOVING)
    for script in [
        "historyMap.chapter('khalkhin-gol')",
        "historyMap.chapter('malaya-hawaii')",
        "document.getElementById('zoom-in').click()",
        "historyMap.select('hull-note')",
    ]:
        page.evaluate(script)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        assert not page.evaluate(MOVING), script


@pytest.mark.parametrize("size", [(1280, 800), (768, 1024), (390, 844)])
def test_no_panel_lies_on_the_mark_that_is_selected(
    shared_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    """Select any of the 141 events: its mark can be seen and pressed, also near the map's edge."""
    page = shared_page("two-directions.html", viewport={"width": size[0], "height": size[1]})
    hidden = page.evaluate(
        """() => {
            const { events } = historyMap.scene;
            const ids = Array.from({ length: events.count }, (_, i) => events.id.at(i));
            return ids.filter(id => {
                historyMap.select(id);
                const mark = document.querySelector(".mark.selected");
                const { x, y, width, height } = mark.getBoundingClientRect();
                const top = document.elementFromPoint(x + width / 2, y + height / 2);
                return top?.closest(".mark") !== mark;
            });
        }"""
    )
    assert hidden == []


CLEAR = (20, 140, 880, 380)  # of the page, where nothing but the map is
TOLD = """(() => {
    const { view, selected } = historyMap.state();
    const words = [view.lat.toFixed(3), view.lng.toFixed(3), view.zoom.toFixed(2)].join();
    return location.hash.includes(`c=${words}`) && location.hash.includes(`sel=`) === !!selected;
})()"""
MOVES = {
    "drag": "0",
    "key": "window[document.querySelector('.map').id].panBy([-80, 0])",
    "choice": "historyMap.select('pearl-harbor')",
    "zoom": "document.getElementById('zoom-in').click()",
}


@pytest.mark.parametrize("move", MOVES)
def test_a_moved_map_is_drawn_as_one_that_opens_there(
    open_page: Callable[..., Page], move: str
) -> None:
    """Marks, arrows, words and coasts move together, in whatever way the view has changed."""
    page = open_page("two-directions.html#t=1941-12-08&c=30,110,2.6")
    page.evaluate("document.querySelector('.card .close').click()")
    if move == "drag":
        page.mouse.move(700, 330)
        page.mouse.down()
        page.mouse.move(620, 300, steps=4)
        page.mouse.move(620, 300)
        page.mouse.up()
    page.evaluate(MOVES[move])
    still(page)
    until(page, TOLD)
    again = open_page("two-directions.html" + page.evaluate("location.hash"))
    if move != "choice":
        again.evaluate("document.querySelector('.card .close').click()")
    still(again)
    assert changed(shot(page, CLEAR), shot(again, CLEAR)).mean() < 0.002
