"""Large type for the back row: words of page and map are larger, and nothing lies on anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from boxes import FRAME, LOOK, clashes, core
from playwright.sync_api import Page

SIZES = [(1280, 800), (1920, 1080), (390, 844)]
# How large is what the back row reads: letters laid out, and the boxes of words that are drawn.
HEIGHTS = """() => {
    const styleOf = name => getComputedStyle(document.querySelector(name));
    const size = name => parseFloat(styleOf(name).fontSize);
    const { zoom } = styleOf(".card .scroll");
    const names = [".caption .date", ".legend", ".lane-name", ".axis-words", ".phase", ".flag"];
    return Object.fromEntries([
        ...names.map(name => [name, size(name)]),
        ["text", size(".card .scroll p:not(.number)") * Number(zoom)],
        ...historyMap.words().map(({ text, height }) => [text, height]),
    ]);
}"""


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: "x".join(map(str, size)))
def page(request: pytest.FixtureRequest, shared_page: Callable[..., Page]) -> Page:
    """The shipped map in a window of this size, in large type."""
    width, height = request.param
    phone = {"has_touch": True, "is_mobile": True} if width < 600 else {}
    size = {"width": width, "height": height}
    return shared_page("two-directions.html?type=large", viewport=size, **phone)


def test_large_words_lie_on_nothing(page: Page) -> None:
    """At every third chapter words, panels and marks keep clear of one another."""
    for chapter in page.evaluate("historyMap.scene.chapters.map(one => one.id)")[::3]:
        page.evaluate("id => historyMap.chapter(id)", chapter)
        page.evaluate(FRAME)
        look = page.evaluate(LOOK)
        assert look["words"], chapter
        assert clashes(look["words"]) == [], chapter
        assert clashes(look["words"], look["panels"]) == [], chapter
        assert clashes(look["words"], [core(mark) for mark in look["marks"]]) == [], chapter
        assert clashes(look["panels"]) == [], chapter
        assert clashes(look["topbar"]) == [], chapter
        assert clashes(look["controls"]) == [], chapter
        assert max(look["wide"], look["tall"]) <= 0, chapter


@pytest.mark.parametrize("panel", ["list", "layers", ""])
def test_large_panels_leave_one_another_room(page: Page, panel: str) -> None:
    """With the list or the layers beside the card, and with two dates compared; on a desk."""
    if page.evaluate("innerWidth") < 600:
        pytest.skip("a phone has one panel at a time")
    page.evaluate("historyMap.chapter('midway')")
    page.evaluate("historyMap.seek('1942-09-30')")  # as long as a day's name gets
    if panel:
        page.locator(f"#show-{panel}").click()
    else:
        page.evaluate("historyMap.compare('1942-09-29', 'side')")
    page.evaluate(FRAME)
    look = page.evaluate(LOOK)
    assert clashes(look["panels"]) == []
    assert clashes(look["words"], look["panels"]) == []
    if panel:
        page.locator(f"#show-{panel}").click()
    else:
        page.evaluate("historyMap.compare(null)")


def test_words_in_the_lanes_keep_clear_of_one_another(page: Page) -> None:
    """Names of lanes, flags, phases and the axis's words, as measured."""
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(
                ".lane-name, .flags-name, .flag, .phase span:not(.sr-only), .axis-word")]
            .filter(one => one.checkVisibility() && one.textContent)
            .map(one => ({ name: one.textContent, ...one.getBoundingClientRect().toJSON() }))"""
    )
    assert len(boxes) > 8
    assert clashes([box | {"height": box["height"] - 2} for box in boxes]) == []


def test_t_makes_words_larger_and_share_keeps_it(page: Page) -> None:
    """By the key and back; the address and the links of Share say it, the history does not."""
    page.evaluate("document.activeElement.blur()")
    page.evaluate("historyMap.chapter('khalkhin-gol')")
    length = page.evaluate("history.length")
    page.evaluate(FRAME)
    large = page.evaluate(HEIGHTS)
    page.keyboard.press("t")
    page.evaluate(FRAME)
    small = page.evaluate(HEIGHTS)
    assert "type=" not in page.url
    both = {name for name in large.keys() & small.keys() if not name.isupper()}  # set by extent
    assert len(both) >= 8
    for name in both:
        assert large[name] / small[name] == pytest.approx(1.3, abs=0.12), name
    page.keyboard.press("t")
    assert "?type=large#" in page.url
    assert page.evaluate("history.length") == length
    page.keyboard.press("s")
    for field in ("share-link", "share-embed"):
        assert "type=large" in page.evaluate("id => document.getElementById(id).value", field)
    page.keyboard.press("Escape")
