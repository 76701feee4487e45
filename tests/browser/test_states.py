"""The states of the page beside the usual one: kinds switched off, nothing dated, on paper."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from pixels import colour_of, near, shot, until
from playwright.sync_api import Page, expect

MAP = (20, 130, 880, 400)  # without the legend
MOMENT = "historyMap.seek('1941-12-07T18:30Z')"


@pytest.fixture
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map at 1280 x 800."""
    return shared_page("two-directions.html")


def battles(page: Page) -> list[str]:
    """The battles that are visible."""
    return page.evaluate(
        """() => {
            const { id, kind, count } = historyMap.scene.events;
            const battles = new Set(Array.from({ length: count }, (_, i) => i)
                .filter(i => kind.at(i) === "battle").map(i => id.at(i)));
            return historyMap.state().visible.events.filter(one => battles.has(one));
        }"""
    )


def test_a_kind_of_the_legend_is_a_switch(page: Page) -> None:
    """Without battles there is less of the south's colour on the map; the switch brings it back."""
    page.evaluate(MOMENT)
    page.evaluate("historyMap.setLayers(['south', 'names'])")
    south = colour_of(page, "direction-south")
    before = near(shot(page, MAP), south).sum()
    assert battles(page)
    button = page.get_by_role("button", name="battle", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert battles(page) == []
    assert near(shot(page, MAP), south).sum() < before / 2
    button.click()
    assert near(shot(page, MAP), south).sum() == before


def test_choosing_an_event_shows_its_kind_again(page: Page) -> None:
    """What is chosen is never hidden: its kind is switched on, and the legend says so."""
    button = page.get_by_role("button", name="battle", exact=True)
    button.click()
    page.evaluate("historyMap.select('pearl-harbor')")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert "pearl-harbor" in battles(page)


def test_on_a_narrow_page_the_legend_unfolds(shared_page: Callable[..., Page]) -> None:
    """Below 1200 px its shapes stand behind a button that is called Legend."""
    page = shared_page("two-directions.html", viewport={"width": 1024, "height": 768})
    shape = page.get_by_role("button", name="battle", exact=True)
    expect(shape).to_be_hidden()
    page.get_by_role("button", name="Legend").click()
    expect(shape).to_be_visible()
    page.get_by_role("button", name="Legend").click()
    expect(shape).to_be_hidden()


def test_where_nothing_is_dated_the_next_event_is_named(page: Page) -> None:
    """A line says so, and a press goes there; where something is shown there is no such line."""
    page.evaluate("historyMap.seek('1913-01-05')")
    line = page.locator("#nothing")
    expect(line).to_have_text(
        "Nothing is dated here. Next: October Revolution in Petrograd, 7 November 1917"
    )
    line.click()
    expect(line).to_be_hidden()
    assert page.evaluate("historyMap.state().time").startswith("1917-11-07")


def test_without_layers_nothing_can_be_gone_to(page: Page) -> None:
    """With every layer off the line says that no event is switched on."""
    page.evaluate("historyMap.setLayers([])")
    expect(page.locator("#nothing")).to_have_text("No event is switched on.")
    expect(page.locator("#nothing")).to_be_disabled()


def test_the_word_of_loading_goes(page: Page) -> None:
    """Once the map is there, nothing says that it is being read."""
    expect(page.locator(".loading")).to_have_count(0)


def test_a_print_is_light_with_legend_date_and_text(shared_page: Callable[..., Page]) -> None:
    """From a dark screen: white sea, no controls, the date, the legend, the chapter's text."""
    page = shared_page("two-directions.html#ch=malaya-hawaii", color_scheme="dark")
    page.emulate_media(media="print")
    try:
        for seen in (".caption .date", "#legend", "#card h2", "h1"):
            expect(page.locator(seen).first).to_be_visible()
        for hidden in (".timeline", ".zoom", "#show-list", "#card .close"):
            expect(page.locator(hidden).first).to_be_hidden()
        pixels = np.asarray(shot(page, (200, 150, 700, 400)))
        assert (pixels > 250).all(axis=2).mean() > 0.6  # the sea
        assert (pixels > 205).all(axis=2).mean() > 0.85  # and the pale tints of the land
    finally:
        page.emulate_media(media="screen")
    until(page, "document.documentElement.dataset.theme === undefined")


def test_after_a_chapter_with_layers_the_readers_come_back(page: Page) -> None:
    """What the reader switched off before a chapter of its own layers is off again after it."""
    page.evaluate("historyMap.setLayers(['north', 'south', 'routes'])")
    page.evaluate("historyMap.chapter('kantokuen')")
    assert "planned" in page.evaluate("historyMap.state().layers")
    page.evaluate("historyMap.chapter('north-dropped')")
    assert page.evaluate("historyMap.state().layers") == ["north", "south", "routes"]
