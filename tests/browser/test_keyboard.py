"""The page without a mouse: every control and mark by Tab, the date by arrows, the way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

LOOK = """() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(x, y);
    return {
        id: one.id,
        kind: one.className,
        name: one.getAttribute("aria-label") ?? one.title ?? one.textContent,
        text: one.textContent,
        body: one === document.body,
        inside: x >= 0 && y >= 0 && x < innerWidth && y < innerHeight,
        seen: Boolean(top && (top === one || one.contains(top) || top.contains(one))),
        ring: getComputedStyle(one).outlineStyle !== "none" || one.id === "moment",
    };
}"""


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map, walked by keys only."""
    return shared_page("two-directions.html")


@pytest.fixture(scope="module")
def walk(page: Page) -> list[dict[str, Any]]:
    """What Tab meets on 7 December 1941, from the beginning of the page to its end."""
    page.evaluate("historyMap.seek('1941-12-07')")
    page.evaluate("historyMap.fit()")
    page.evaluate("document.activeElement.blur()")
    met = []
    for _ in range(150):
        page.keyboard.press("Tab")
        found = page.evaluate(LOOK)
        if found["body"] or (met and found == met[0]):
            break
        met.append(found)
    return met


def test_tab_reaches_every_control(page: Page, walk: list[dict[str, Any]]) -> None:
    """Tab meets each button, field and switch that can be seen, and comes out at the end."""
    reached = {found["id"] for found in walk}
    visible = page.evaluate(
        """() => [...document.querySelectorAll("button[id], input[id], select[id]")]
            .filter(one => one.checkVisibility() && !one.disabled).map(one => one.id)"""
    )
    assert {"moment", "play", "prev", "next", "show-list", "show-layers"} <= set(visible)
    assert set(visible) - reached == set()
    assert len(walk) < 150
    assert any(found["text"] == "All maps" for found in walk)


def test_tab_reaches_every_mark_in_order_of_time(page: Page, walk: list[dict[str, Any]]) -> None:
    """Each mark in sight is met once, by its title and date; pills tell of the rest."""
    marks = page.locator(".mark:not([tabindex='-1'])").evaluate_all(
        "all => all.map(one => one.ariaLabel)"
    )
    met = [found["name"] for found in walk if found["kind"].startswith("mark")]
    assert len(met) > 5
    assert met == marks
    assert any("Attack on Pearl Harbor, 7 December 1941" in name for name in met)


def test_what_has_the_focus_can_be_seen(walk: list[dict[str, Any]]) -> None:
    """Whatever Tab stops at lies in the window, under nothing else, with a ring about it."""
    assert [found["name"] for found in walk if not found["inside"]] == []
    assert [found["name"] for found in walk if not found["seen"]] == []
    assert [found["name"] for found in walk if not found["ring"]] == []


def test_a_mark_out_of_view_does_not_shift_the_page(page: Page) -> None:
    """Focus on a mark beyond the map's edge scrolls nothing: map and panels keep their places."""
    page.evaluate("historyMap.seek('1941-12-07')")
    before = page.evaluate("document.querySelector('.stage').getBoundingClientRect().toJSON()")
    moved = page.evaluate(
        """() => {
            const scrolled = new Set();
            for (const mark of document.querySelectorAll(".mark")) {
                mark.focus();
                for (let one = mark; one; one = one.parentElement)
                    if (one.scrollLeft || one.scrollTop) scrolled.add(one.className || one.tagName);
            }
            return [...scrolled];
        }"""
    )
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert moved == []
    after = page.evaluate("document.querySelector('.stage').getBoundingClientRect().toJSON()")
    assert after == before


def test_arrows_step_the_slider_and_it_says_the_date(page: Page) -> None:
    """On the slider arrows go to the next and the previous event, and it says where in words."""
    page.evaluate("historyMap.select('pearl-harbor')")
    slider = page.locator("#moment")
    slider.focus()
    words = [slider.get_attribute("aria-valuetext")]
    met = []
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        slider.press(key)
        met.append(page.evaluate("historyMap.state().selected"))
        words.append(slider.get_attribute("aria-valuetext"))
    assert met[1] == met[3] == "pearl-harbor"
    assert met[0] == met[2] != "pearl-harbor"
    assert words[0].startswith("7 December 1941")
    slider.press("Home")
    assert slider.get_attribute("aria-valuetext").startswith("1 January 1904")
    slider.press("End")
    assert slider.get_attribute("aria-valuetext").startswith("31 December 1945")


def test_arrows_step_by_the_chosen_unit(page: Page) -> None:
    """With the step set to months an arrow moves the moment by a month."""
    page.evaluate("historyMap.seek('1941-12')")
    page.locator("#step").get_by_role("button", name="month").press("Enter")
    page.locator("#moment").press("ArrowRight")
    assert page.locator("#moment").get_attribute("aria-valuetext") == "January 1942"
    page.locator("#moment").press("ArrowLeft")
    assert page.locator(".caption .date").inner_text() == "December 1941"
    page.locator("#step").get_by_role("button", name="event").press("Enter")


def test_escape_closes_a_panel_and_gives_the_focus_back(page: Page) -> None:
    """Escape closes list, layers and card, and the focus returns to the button that opened it."""
    for button, panel in (("show-list", "list"), ("show-layers", "layers"), ("show-story", "card")):
        if page.locator("#card").is_visible():
            page.locator("#show-story").press("Enter")
        page.locator(f"#{button}").press("Enter")
        assert page.locator(f"#{panel}").is_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert not page.locator(f"#{panel}").is_visible()
        assert page.evaluate("document.activeElement.id") == button


def test_page_keys_walk_the_chapters(page: Page) -> None:
    """PageDown opens the chapters one after the other, PageUp goes back."""
    chapters = page.evaluate(
        "JSON.parse(document.getElementById('scene').textContent).chapters.map(one => one.id)"
    )
    page.evaluate("historyMap.seek('1936')")
    met = []
    for key in ["PageDown"] * len(chapters) + ["PageUp"]:
        page.keyboard.press(key)
        met.append(page.evaluate("historyMap.state().chapter"))
    assert met == [*chapters, chapters[-2]]


def test_enter_on_a_mark_opens_its_card(page: Page) -> None:
    """A mark that has the focus is selected by Enter."""
    page.evaluate("historyMap.seek('1941-12-07')")
    mark = page.locator(".mark[aria-label^='Attack on Pearl Harbor']")
    mark.press("Enter")
    assert page.evaluate("historyMap.state().selected") == "pearl-harbor"
    assert page.locator("#card h2").inner_text() == "Attack on Pearl Harbor"
    assert mark.evaluate("one => one === document.activeElement")
