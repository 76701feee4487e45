"""An unmodified reveal.js deck from disk: one clicker, hidden and lazy maps, keys and wheel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import framed
from pixels import until
from playwright.sync_api import Page
from reveal import reveal

# Eleven slides: a map on the fifth, another, loaded when it is reached, on the tenth.
DECK = """<!doctype html><meta charset="utf-8"><title>A deck</title>
<link rel="stylesheet" href="{reveal}/reveal.css">
<div class="reveal"><div class="slides">
<section>1</section><section>2</section><section>3</section><section>4</section>
<section><iframe id="near" sandbox="allow-scripts" width="940" height="600"
    src="{site}/two-lamps.html?embed=1"></iframe></section>
<section>6</section><section>7</section><section>8</section><section>9</section>
<section><iframe id="far" sandbox="allow-scripts" width="940" height="600"
    data-src="{site}/two-lamps.html?embed=1#ch=across-the-date-line"></iframe></section>
<section>11</section>
</div></div>
<script src="{reveal}/reveal.js"></script>
<script>
const said = [];
addEventListener("message", ({{ data }}) => said.push(data));
Reveal.initialize({{ transition: "none", width: 960, height: 700 }});
</script>"""
CHAPTERS = ["quarrel", "across-the-date-line"]
NEAR, FAR = 4, 9  # slides, counted from 0
MAPS = {NEAR: "near", FAR: "far"}
SLIDE = "Reveal.getIndices().h"
CHAPTER = "historyMap.state().chapter"


@pytest.fixture(scope="module")
def deck(shared_page: Callable[..., Page], small_site: Path, tmp_path_factory: Any) -> Page:
    """The deck at its first slide."""
    folder = tmp_path_factory.mktemp("deck")
    written = DECK.format(reveal=reveal().as_uri(), site=small_site.as_uri())
    (folder / "deck.html").write_text(written, encoding="utf-8")
    page = shared_page("deck.html", within=folder, ready=False)
    until(page, "window.Reveal?.isReady() && said.some(({ ev }) => ev === 'ready')")
    return page


def stands(page: Page) -> tuple[int, str | None]:
    """The slide, and the chapter of its map."""
    slide = page.evaluate(SLIDE)
    return slide, framed(page, f"#{MAPS[slide]}[src]").evaluate(CHAPTER) if slide in MAPS else None


def turn(page: Page, key: str) -> tuple[int, str | None]:
    """Presses a key of the clicker, and waits until the deck and the maps have heard of it."""
    page.keyboard.press(key)
    for _ in range(2):
        for frame in page.frames:
            if frame.url != "about:blank":
                frame.evaluate("new Promise(done => setTimeout(done))")
    return stands(page)


def go(page: Page, slide: int) -> None:
    """Goes to a slide as the deck's own script may, and waits for its map."""
    page.evaluate("slide => Reveal.slide(slide)", slide)
    assert stands(page)[0] == slide


def test_a_map_takes_no_focus_as_it_loads(deck: Page) -> None:
    """Loaded in a slide that is not shown, it leaves the focus where it was."""
    assert deck.evaluate("document.activeElement === document.body")
    assert stands(deck) == (0, None)


def test_one_clicker_walks_slides_and_chapters(deck: Page) -> None:
    """From slide to slide through every chapter and back, three times, and on to a hundred steps.

    It ends where it should, and the history does not grow.
    """
    length = deck.evaluate("history.length")
    first, last = ((NEAR, chapter) for chapter in CHAPTERS)
    before, after = ([(slide, None) for slide in some] for some in (range(NEAR), range(5, FAR)))
    there = [*before[1:], first, last, *after]
    back = [*reversed(after[:-1]), last, first, *reversed(before)]
    assert [turn(deck, "PageDown") for _ in before] == [*before[1:], (NEAR, None)]
    assert [turn(deck, "PageUp") for _ in before] == [*reversed(before)], "before its first chapter"
    walks, steps = 0, 2 * len(before)
    while steps < 100:
        chapter = framed(deck, "#near[src]").evaluate(CHAPTER)
        onward = there if chapter else [*there[:3], (NEAR, None), *there[3:]]
        assert [turn(deck, "PageDown") for _ in onward] == onward
        assert [turn(deck, "PageUp") for _ in back] == back
        walks, steps = walks + 1, steps + len(onward) + len(back)
    assert turn(deck, "PageUp") == (0, None), "the deck's own beginning"
    assert walks >= 3
    assert deck.evaluate("history.length") == length


def test_a_map_far_away_shows_its_view_when_it_is_reached(deck: Page) -> None:
    """It is not loaded before; then its chapter's view fills it, and the clicker goes on there."""
    assert deck.get_attribute("#far", "src") is None
    length = deck.evaluate("history.length")
    go(deck, FAR - 1)
    deck.keyboard.press("PageDown")
    far = framed(deck, "#far[src]")
    until(far, "historyMap.state().view.zoom > 3")
    view = far.evaluate("historyMap.state().view")
    assert view["lat"] == pytest.approx(53, abs=2)
    assert view["lng"] == pytest.approx(180, abs=10)
    assert far.evaluate("historyMap.state().visible.events.length") > 0
    until(deck, "document.activeElement.id === 'far'")
    assert deck.evaluate("history.length") == length
    first, last = CHAPTERS
    assert stands(deck) == (FAR, last)
    assert turn(deck, "PageUp") == (FAR, first)
    assert turn(deck, "PageDown") == (FAR, last)
    assert turn(deck, "PageDown") == (FAR + 1, None)


def test_a_map_on_a_hidden_slide_fits_when_it_is_reached(deck: Page) -> None:
    """One that was loaded without any size fits its chapter once it has some."""
    go(deck, 0)
    near = framed(deck, "#near[src]")
    near.evaluate("historyMap.chapter('across-the-date-line')")
    go(deck, NEAR)
    until(near, "historyMap.state().view.zoom > 3")
    assert near.evaluate("historyMap.state().view.lng") == pytest.approx(180, abs=10)


def test_a_deck_keeps_its_keys_after_a_press_on_the_map(deck: Page) -> None:
    """After a press on the map, O opens the deck's overview, and Page down is the next step."""
    go(deck, NEAR)
    near = framed(deck, "#near[src]")
    near.evaluate("historyMap.chapter('quarrel')")
    near.locator(".map").click(position={"x": 420, "y": 300})
    deck.keyboard.press("o")
    until(deck, "Reveal.isOverview()")
    deck.keyboard.press("o")
    until(deck, "!Reveal.isOverview()")
    near.locator(".map").click(position={"x": 420, "y": 300})
    near.evaluate("historyMap.chapter('across-the-date-line')")
    assert turn(deck, "PageDown") == (NEAR + 1, None)


def test_the_wheel_scrolls_the_page_that_holds_the_map(deck: Page) -> None:
    """Turned over the map it moves the page below, and zooms nothing without Ctrl."""
    go(deck, NEAR)
    near = framed(deck, "#near[src]")
    zoom = near.evaluate("historyMap.state().view.zoom")
    deck.evaluate("document.documentElement.style.cssText = 'height: 300%; overflow: auto'")
    deck.evaluate("document.body.style.cssText = 'height: 3000px; overflow: visible'")
    deck.mouse.move(640, 400)
    deck.mouse.wheel(0, 240)
    until(deck, "scrollY > 100")
    assert near.evaluate("historyMap.state().view.zoom") == zoom
