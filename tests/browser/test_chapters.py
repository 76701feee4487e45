"""What a chapter says besides its text: what stands out, what never was, a picture, its time."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from boxes import FRAME
from drawings import lamp
from pixels import changed, colour_of, near, place_of, shot, until
from playwright.sync_api import Page

CROWD = [
    [f"m{k}", f"Many {k}", "1940-03-10", 10 + k % 17 / 3, 20 + k // 17 / 2, "north", "battle", ""]
    for k in range(204)
]
ROWS = [
    ["id", "title", "when", "lat", "lon", "direction", "kind", "status"],
    ["one", "One", "1940-01-10", 10, 20, "north", "battle", ""],
    ["two", "Two", "1940-01-10", 20, 30, "south", "battle", ""],
    ["pile-a", "A", "1940-01-10", 12, 40, "north", "battle", ""],
    ["pile-b", "B", "1940-01-12", 12, 40, "north", "battle", ""],
    ["far", "Far away", "1940-01-10", 40, 120, "south", "battle", ""],
    ["never", "A landing", "1940-02-10", 15, 25, "north", "plan", "planned"],
    *CROWD,
]
ROUTES = [
    ["id", "title", "direction", "means"],
    ["east", "Eastward", "south", "land"],
    ["west", "Westward", "north", "land"],
]
WAYPOINTS = [
    ["route", "when", "lat", "lon"],
    ["east", "1940-01-01", 16, 22],
    ["east", "1940-01-20", 16, 32],
    ["west", "1940-01-01", 6, 32],
    ["west", "1940-01-20", 6, 22],
]
STORY = """---
title: Chapters
span: 1940-01-01/1940-03-31
---

## Plain
when: 1940-01-08/1940-01-14
view: 10, 0, 50, 25

Nothing stands out.

## Some stand out {#some}
when: 1940-01-08/1940-01-14
view: 10, 0, 50, 25
highlight: one, pile-a; far, east

Some stand out.

## A crowd {#crowd}
when: 1940-03-10
view: 10, 5, 40, 20
highlight: m100

One of many.

## Never {#never}
when: 1940-02-10
view: 10, 0, 50, 25
status: planned
layers: north, south, planned
select: never

It never was.

## A picture {#picture}
when: 1940-01-10
view: 10, 0, 50, 25
picture: pictures/lamp.png
credit: Drawn for this test
alt: A green lamp

It burns.
"""
MAGENTA = "#d010d0"
LANES = (86, 650, 1170, 70)  # the two lanes on both sides of the axis, without flags


@pytest.fixture(scope="module")
def chapters(make_site: Callable[..., Path]) -> Path:
    """A small map with a chapter for each thing that a chapter can say."""
    return make_site(
        {
            "events/tables/events.csv": ROWS,
            "geodata/layers/routes.csv": ROUTES,
            "geodata/layers/waypoints.csv": WAYPOINTS,
            "maps/stories/pictures/lamp.png": lamp(size=(900, 600)),
            "maps/stories/chapters.md": STORY,
        }
    )


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page], chapters: Path) -> Page:
    """That map."""
    return shared_page("chapters.html", within=chapters)


def opened(page: Page, chapter: str) -> None:
    """Opens a chapter, and waits until it is drawn."""
    assert page.evaluate("id => historyMap.chapter(id)", chapter)
    page.evaluate(FRAME)


def lit(page: Page, where: tuple[float, float], reach: int = 30) -> int:
    """How many pixels about a place of the page have the colour of what stands out."""
    x, y = where
    clip = (x - reach, y - reach, 2 * reach, 2 * reach)
    return int(near(shot(page, clip), colour_of(page, "highlight"), within=12).sum())


def blue(page: Page, where: tuple[float, float]) -> int:
    """How many pixels about a place are bluish, as Chromium highlights with forced colours."""
    x, y = where
    pixels = np.asarray(shot(page, (x - 30, y - 15, 60, 30)), dtype=int)
    return int((pixels[..., 2] - pixels[..., 0] > 40).sum())


def middle(page: Page, selector: str) -> tuple[float, float]:
    """The middle of an element."""
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_chapter_highlights_is_ringed_in_colour(page: Page, scheme: str) -> None:
    """A mark, one of a fan, a route and a pill beyond the edge; none of the others, and no more
    once the chapter is left."""
    page.emulate_media(color_scheme=scheme)
    places = {"one": (10, 20), "route": (16, 25), "two": (20, 30), "other route": (6, 29)}
    opened(page, "some")
    found = {name: lit(page, place_of(page, *place)) for name, place in places.items()}
    assert found["one"] > 150
    assert found["route"] > 150
    assert found["two"] == found["other route"] == 0
    assert lit(page, middle(page, ".mark[title^='A,']"), 20) > 150
    assert lit(page, middle(page, ".mark[title^='B,']"), 5) == 0
    assert lit(page, middle(page, ".pill.right"), 60) > 150
    lanes = shot(page, LANES)
    page.evaluate("historyMap.seek('1940-01-11')")
    page.evaluate(FRAME)
    whole = shot(page)
    assert near(whole, colour_of(page, "highlight"), within=6).sum() == 0
    opened(page, "some")
    opened(page, "plain")
    assert near(shot(page), colour_of(page, "highlight"), within=6).sum() == 0
    assert changed(shot(page, LANES), lanes).sum() > 100
    page.emulate_media(color_scheme="light")


def test_others_step_back_a_little_and_are_not_hidden(page: Page) -> None:
    """Marks and arrows that do not stand out are paler, and all that was there is there."""
    opened(page, "plain")
    before = page.evaluate("historyMap.state().visible")
    strong = page.evaluate("getComputedStyle(document.querySelector('.mark .symbol')).opacity")
    opened(page, "some")
    assert page.evaluate("historyMap.state().visible") == before
    pale = "getComputedStyle(document.querySelector(`.mark[title^='Two,'] .symbol`)).opacity"
    assert float(page.evaluate(pale)) < float(strong)
    assert page.evaluate("document.querySelector(`.mark[title^='One,']`).className") == (
        "mark leaflet-zoom-animated highlighted"
    )


def test_what_stands_out_has_its_words(page: Page) -> None:
    """The label of a mark, of one in a fan and of a route is written."""
    opened(page, "some")
    words = " ".join(word["text"] for word in page.evaluate("historyMap.words()"))
    for expected in ("One", "10 Jan: A", "Eastward"):
        assert expected in words


def test_one_of_a_crowd_stands_out(page: Page) -> None:
    """Where marks are too many for elements, the one that stands out is ringed all the same."""
    opened(page, "crowd")
    assert len(page.evaluate("historyMap.state().visible.events")) > 200
    assert page.locator(".map-frame .mark.highlighted").count() == 1
    place = place_of(page, *CROWD[100][3:5])
    assert lit(page, place, 20) > 100


def test_what_stands_out_does_so_in_forced_colours(
    shared_page: Callable[..., Page], chapters: Path
) -> None:
    """Marks, arrows and ticks have the system's own colour of what is highlighted."""
    page = shared_page("chapters.html#ch=some", within=chapters, forced_colors="active")
    page.evaluate(FRAME)
    assert blue(page, place_of(page, 10, 20)) > 100
    assert blue(page, place_of(page, 16, 25)) > 100
    assert blue(page, place_of(page, 20, 30)) == blue(page, place_of(page, 6, 29)) == 0
    page.close()


def test_it_stands_out_and_the_picture_is_shown_on_paper(page: Page) -> None:
    """Printed, the colour of the rings and the picture with its credit are on the sheet."""
    page.emulate_media(color_scheme="light")
    yellow = colour_of(page, "highlight")
    marked = (("some", yellow, 800), ("crowd", yellow, 150), ("picture", MAGENTA, 2000))
    for chapter, colour, least in marked:
        opened(page, chapter)
        paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        assert len(paper) == 1
        sheet = paper[0].render(scale=1.5).to_pil().convert("RGB")
        assert near(sheet, colour, within=12).sum() > least, chapter
        text = paper[0].get_textpage().get_text_range()
        assert ("Drawn for this test" in text) == (chapter == "picture")


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desktop", "phone"])
def test_a_chapter_shows_its_picture_above_the_text(page: Page, size: tuple[int, int]) -> None:
    """It fits into the card, stands before the text with its credit below, and has its words."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page, "picture")
    image = page.locator("#card figure img")
    assert image.get_attribute("alt") == "A green lamp"
    until(page, "document.querySelector('#card img').complete")
    box, card = image.bounding_box(), page.locator("#card .scroll").bounding_box()
    assert box
    assert card
    assert card["x"] <= box["x"]
    assert box["x"] + box["width"] <= card["x"] + card["width"]
    assert box["width"] / box["height"] == pytest.approx(1.5, abs=0.02)
    assert page.locator("#card figcaption").inner_text() == "Drawn for this test"
    order = page.locator("#card .scroll > *").evaluate_all("all => all.map(one => one.tagName)")
    assert order.index("FIGURE") < order.index("P", 1)
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    if size[0] > 1000:
        assert near(shot(page, tuple(box.values())), MAGENTA).sum() > 5000
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_chapter_on_a_plan_says_so_wherever_it_is_shown(
    page: Page, shared_page: Callable[..., Page], chapters: Path
) -> None:
    """In the card, on the map where there is no card, in the contents, on its flag."""
    opened(page, "never")
    for badge in ("#card .never", ".caption .never"):
        assert page.locator(badge).inner_text() == "Planned, never executed"
        assert page.locator(badge).is_visible()
    flag = page.locator(".flag", has_text="4")
    assert flag.get_attribute("aria-label") == "Chapter 4: Never, planned, never executed"
    opened(page, "plain")
    assert not page.locator(".caption .never").is_visible()
    bare = shared_page("chapters.html?ui=none#ch=never", within=chapters)
    assert bare.locator(".caption .never").is_visible()
    assert not bare.locator("#card").is_visible()
    bare.close()
    page.locator("#card .close").click()
    page.evaluate("historyMap.seek('1940-01-01')")
    page.locator("#show-story").click()
    never = page.locator("#card .contents small", has_text="never executed")
    assert never.all_inner_texts() == ["10 February 1940 · planned, never executed"]


def test_flags_of_chapters_stand_by_their_first_day(page: Page) -> None:
    """A chapter of some days goes before one of a single day among them."""
    flags = page.locator(".flag:visible").evaluate_all(
        """all => all.map(one => [one.getBoundingClientRect().x, one.textContent])"""
    )
    assert [text for _, text in sorted(flags)] == ["1", "2", "5", "4", "3"]


OVER = ".before-chapter"  # what was there before, which goes over into the chapter
STAND = """() => {
    const { time, chapter, view, visible } = historyMap.state();
    const marks = [...document.querySelectorAll(".map-frame .mark")].map((one) => {
        const { x, y } = one.getBoundingClientRect();
        return [one.title, Math.round(x), Math.round(y)];
    });
    const sight = Object.values(view).map((number) => number.toFixed(6));
    return { time, chapter, sight, visible: visible.events, marks };
}"""


def test_a_reader_is_led_over_to_a_chapter_that_is_all_there_at_once(
    page: Page, open_page: Callable[..., Page], chapters: Path
) -> None:
    """The view, the clock and the marks are those of the chapter in the same task, while what was
    before moves and fades over them for less than a second; a key ends that at once."""
    expected = {}
    for chapter in ("crowd", "plain"):
        opened(page, chapter)
        expected[chapter] = page.evaluate(STAND)
    moving = open_page("chapters.html", within=chapters, viewport={"width": 1280, "height": 800})
    moving.evaluate("historyMap.chapter('some')")
    assert moving.locator(OVER).count() == 0
    until(moving, "!document.querySelector('.before')")
    press = "key => dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"
    now = moving.evaluate(
        """stand => {
            document.querySelector(".flag[aria-label^='Chapter 3']").click();
            const over = document.querySelectorAll(".before-chapter");
            const [ease] = over[0].getAnimations();
            return [Function("return " + stand)()(), over.length, ease.effect.getTiming().duration];
        }""",
        STAND,
    )
    assert now[0] == expected["crowd"]
    assert now[1] == 1
    assert 600 <= now[2] <= 900
    moving.evaluate(press, "Shift")
    assert moving.locator(OVER).count() == 0
    moving.evaluate("document.querySelector(`.flag[aria-label^='Chapter 1']`).click()")
    assert moving.evaluate(STAND) == expected["plain"]
    until(moving, f"!document.querySelector('{OVER}')")


def test_who_wants_nothing_to_move_is_not_led_over(page: Page) -> None:
    """With reduced motion a chapter is cut to."""
    page.locator(".flag", has_text="2").click()
    assert page.evaluate("historyMap.state().chapter") == "some"
    assert page.locator(OVER).count() == 0
