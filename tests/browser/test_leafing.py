"""Chapters turned on the card itself: by a finger, by a wheel beyond the end, by page keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pixels import until
from playwright.sync_api import Page

LONG = "\n\n".join(f"Paragraph {n}: " + "words and words and words. " * 12 for n in range(9))
STORY = f"""---
title: A small war
span: 1900/1903
---
The introduction.

## The pact {{#pact}}
when: 1900-05

{LONG}

## The war {{#war}}
when: 1901-06

It begins here.

## The peace {{#peace}}
when: 1902-06

It ends here.
"""
EVENTS = [("id", "title", "when", "lat", "lon"), ("treaty", "Treaty", "1900-05-01", 45, 120)]
CHAPTER = "historyMap.state().chapter"
TEXT = "document.querySelector('#card .scroll')"
RESTED = "performance.now() - window.turned > 450"


@pytest.fixture(scope="module")
def small(make_site: Callable[..., Path]) -> Path:
    """The site of a story of three chapters, the first with a long text."""
    return make_site({"events/tables/events.csv": EVENTS, "maps/stories/small.md": STORY})


@pytest.fixture(scope="module")
def phone(shared_page: Callable[..., Page], small: Path) -> Page:
    """The map in a telephone."""
    size = {"width": 390, "height": 844}
    return shared_page("small.html", within=small, viewport=size, has_touch=True, is_mobile=True)


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page], small: Path) -> Page:
    """The map in a window with a mouse."""
    return shared_page(
        "small.html",
        within=small,
        first="addEventListener('wheel', () => (window.turned = performance.now()))",
    )


def swipe(page: Page, selector: str, across: int, along: int = 0) -> None:
    """A finger that goes so far from the middle of an element."""
    box = page.locator(selector).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    camera = page.context.new_cdp_session(page)
    for kind, share in (("touchStart", 0), ("touchMove", 0.4), ("touchMove", 1), ("touchEnd", 1)):
        at = {"x": x + share * across, "y": y + share * along}
        points = [] if kind == "touchEnd" else [at]
        camera.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    camera.detach()
    page.evaluate("new Promise(requestAnimationFrame)")


def test_a_swipe_across_the_card_turns_the_chapter(phone: Page) -> None:
    """To the left on, to the right back, at the first to the contents, at the last nowhere."""
    phone.evaluate("historyMap.chapter('pact')")
    for across, chapter in ((-120, "war"), (-120, "peace"), (-120, "peace"), (120, "war")):
        swipe(phone, "#card", across)
        assert phone.evaluate(CHAPTER) == chapter
    swipe(phone, "#card", 120)
    swipe(phone, "#card", 120)
    assert phone.locator("#card .contents").is_visible()
    swipe(phone, "#card", -120)
    assert phone.evaluate(CHAPTER) == "pact"


@pytest.mark.parametrize(
    ("selector", "across", "along"),
    [("#card", -30, 0), ("#card", -100, -80), ("#card", -10, -150), (".map", -120, 0)],
    ids=["short", "aslant", "scroll", "map"],
)
def test_other_moves_of_a_finger_turn_nothing(
    phone: Page, selector: str, across: int, along: int
) -> None:
    """One that is short or goes aslant, that scrolls the text, or that moves the map."""
    phone.evaluate("historyMap.chapter('pact')")
    swipe(phone, selector, across, along)
    assert phone.evaluate(CHAPTER) == "pact"


def over_text(page: Page, chapter: str) -> None:
    """Opens a chapter, and rests with the pointer on its text."""
    page.evaluate("id => historyMap.chapter(id)", chapter)
    page.evaluate("window.turned = performance.now()")
    box = page.locator("#card .scroll").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    until(page, RESTED)


def turn(page: Page, down: int, times: int) -> None:
    """Turns the wheel so often, and waits until the page has heard of it."""
    for _ in range(times):
        page.evaluate("window.turned = 0")
        page.mouse.wheel(0, down)
        until(page, "window.turned")
    page.evaluate("new Promise(requestAnimationFrame)")


def test_a_wheel_that_goes_on_beyond_the_end_turns_the_chapter(page: Page) -> None:
    """Only after a rest, three notches far, one chapter at a time; at its beginning back."""
    over_text(page, "pact")
    turn(page, 4000, 6)
    assert page.evaluate(f"{TEXT}.scrollTop") > 0
    assert page.evaluate(CHAPTER) == "pact", "what swings on from reading"
    until(page, RESTED)
    turn(page, 100, 2)
    assert page.evaluate(CHAPTER) == "pact"
    assert page.locator("#card .foot .about").inner_text() == "The war"
    turn(page, 100, 1)
    assert page.evaluate(CHAPTER) == "war"
    turn(page, 100, 8)
    assert page.evaluate(CHAPTER) == "war", "what swings on"
    until(page, RESTED)
    turn(page, -100, 3)
    assert page.evaluate(CHAPTER) == "pact"


def test_page_keys_read_a_chapter_to_its_end_and_then_turn_it(page: Page) -> None:
    """With the focus in the text, as a click on the card leaves it."""
    page.evaluate("historyMap.chapter('pact')")
    page.locator("#card .scroll").focus()
    page.keyboard.press("PageDown")
    assert page.evaluate(CHAPTER) == "pact"
    page.evaluate(f"{TEXT}.scrollTop = 1e6")
    page.keyboard.press("PageDown")
    assert page.evaluate(CHAPTER) == "war"


def test_a_page_that_holds_the_map_keeps_its_wheel(
    open_page: Callable[..., Page], small: Path, tmp_path: Path
) -> None:
    """Over a text that is read to its end the wheel scrolls that page, and turns no chapter."""
    address = (small / "small.html").as_uri()
    (tmp_path / "host.html").write_text(
        f"""<!doctype html><iframe width="900" height="600" sandbox="allow-scripts"
            src="{address}?embed=1#ch=war"></iframe><p style="height: 3000px">Below.""",
        encoding="utf-8",
    )
    page = open_page("host.html", within=tmp_path, ready=False)
    frame = page.frames[1]
    frame.wait_for_load_state()
    frame.evaluate("historyMap.ready")
    box = frame.locator("#card .scroll").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 40)
    for _ in range(4):
        page.mouse.wheel(0, 100)
    until(page, "scrollY > 0")
    assert frame.evaluate(CHAPTER) == "war"
