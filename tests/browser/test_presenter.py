"""What somebody needs who presents: the second window, the black screen, the clicker in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pixels import until
from playwright.sync_api import Page

BLANK = "document.getElementById('blank')?.open ?? false"
CHAPTER = "historyMap.state().chapter"
STORY = """---
title: A small war
span: 1900/1902
---
The introduction.

## The pact {#the-pact}
when: 1900-05

The text, with a source [@a].

::: notes
Point at the *river*, and see [this](https://example.org) [@a].
:::

## The war {#the-war}
when: 1901-06

It begins here [@a].
"""
PLAIN = "---\ntitle: Nothing told\nspan: 1900/1902\n---\nOnly an introduction.\n"
FILES = {
    "events/tables/events.csv": [
        ("id", "title", "when", "lat", "lon"),
        ("treaty", "Treaty", "1900-05-01", 45, 120),
        ("attack", "Attack", "1901-06-01", 46, 121),
    ],
    "events/tables/sources.csv": [
        ("id", "title", "author", "year"),
        ("a", "A Small War", "Adams", "1910"),
    ],
    "maps/stories/small.md": STORY,
    "maps/stories/plain.md": PLAIN,
}


@pytest.fixture(scope="module")
def small(make_site: Callable[..., Path]) -> Path:
    """The site of a story of two chapters, the first with notes, and of one without any."""
    return make_site(FILES)


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page], small: Path) -> Page:
    """The map of the small war."""
    return shared_page("small.html", within=small)


@pytest.fixture(scope="module")
def view(page: Page) -> Page:
    """Its presenter view."""
    with page.expect_popup() as opened:
        page.keyboard.press("p")
    return opened.value


@pytest.fixture(autouse=True)
def at_rest(page: Page) -> Iterator[None]:
    """Each test begins at the first chapter, with nothing over the map and the focus nowhere."""
    page.evaluate(
        """() => {
            document.querySelectorAll("dialog[open]").forEach(one => one.close());
            historyMap.pause();
            historyMap.chapter("the-pact");
            document.activeElement.blur();
        }"""
    )
    return


def test_the_second_window_has_notes_and_what_comes_next(page: Page, view: Page) -> None:
    """Title, number, date, notes with their source, and the next chapter with its beginning."""
    assert view.title() == "Presenter: A small war"
    assert view.locator("h1").inner_text() == "The pact"
    assert view.locator(".which").inner_text() == "Chapter 1 of 2"
    assert view.locator(".date").inner_text() == "May 1900"
    notes = view.locator(".notes")
    assert "Point at the river, and see this[1]." in notes.inner_text()
    assert notes.locator("em").inner_text() == "river"
    assert notes.locator(".cited").inner_text() == "Adams, A Small War, 1910"
    assert notes.locator("a").get_attribute("target") == "_blank"
    assert view.locator("aside h2").inner_text() == "The war"
    assert view.locator("aside .words").inner_text() == "It begins here."


def test_the_second_window_is_styled_under_our_policy(page: Page, view: Page) -> None:
    """Its type is large and its colours are the map's, though no style of its own is allowed."""
    styles = """(name) => {
        const { fontSize, color, backgroundColor } = getComputedStyle(document.querySelector(name));
        return [parseFloat(fontSize), color, backgroundColor];
    }"""
    size, colour, _ = view.evaluate(styles, ".notes")
    assert size >= 18
    assert [colour, view.evaluate(styles, "body")[2]] == page.evaluate(styles, "body")[1:]


@pytest.mark.parametrize("where", ["map", "view"])
def test_the_clicker_works_in_either_window(page: Page, view: Page, where: str) -> None:
    """Page keys and arrows turn the chapters, whichever window has the focus; both show it."""
    keys = (page if where == "map" else view).keyboard
    for on, back in (("PageDown", "PageUp"), ("ArrowRight", "ArrowLeft")):
        keys.press(on)
        assert page.evaluate(CHAPTER) == "the-war"
        assert view.locator("h1").inner_text() == "The war"
        assert view.locator(".words").inner_text() == "This is the last chapter."
        assert view.locator(".notes").inner_text() == "This chapter has no speaker notes."
        keys.press(back)
        assert page.evaluate(CHAPTER) == "the-pact"


def test_the_buttons_turn_the_chapters(page: Page, view: Page) -> None:
    """At either end the one that leads nowhere is off."""
    before, after = (view.get_by_role("button", name=name) for name in ("← Before", "Next →"))
    assert before.is_disabled()
    after.click()
    assert page.evaluate(CHAPTER) == "the-war"
    assert after.is_disabled()
    before.click()
    assert page.evaluate(CHAPTER) == "the-pact"


def test_who_left_a_chapter_goes_on_from_it(page: Page, view: Page) -> None:
    """After a look elsewhere the notes still stand, page up comes back and page down goes on."""
    for key, chapter in (("PageUp", "the-pact"), ("PageDown", "the-war")):
        page.evaluate("historyMap.chapter('the-pact')")
        page.evaluate("historyMap.seek('1902-01-01')")
        assert page.evaluate(CHAPTER) is None
        assert view.locator("h1").inner_text() == "The pact"
        assert view.locator(".date").inner_text() == "1 January 1902"
        view.keyboard.press(key)
        assert page.evaluate(CHAPTER) == chapter


def test_space_plays_the_map_from_the_second_window(page: Page, view: Page) -> None:
    """And is told there in words; so does K, and a black screen stops it."""
    view.locator(".notes").focus()
    for stop in ("Space", "k", "."):
        view.keyboard.press("Space")
        assert page.evaluate("historyMap.state().playing")
        assert view.locator(".told").inner_text() == "The map is playing."
        view.keyboard.press(stop)
        assert not page.evaluate("historyMap.state().playing")


def test_the_clock_counts_and_can_begin_anew(view: Page) -> None:
    """The time of day, and the time since the window was opened, which Reset counts from now."""
    assert view.evaluate(
        """() => {
            const now = new Date();
            return document.querySelector(".wall").textContent.split(":").map(Number)[0]
                === now.getHours();
        }"""
    )
    until(view, "document.querySelector('.elapsed').textContent !== '0:00:00'")
    view.get_by_role("button", name="Count the time from now").click()
    assert view.locator(".elapsed").inner_text() == "0:00:00"


@pytest.mark.parametrize("lift", [".", "b", "Escape", "PageDown", "click"])
def test_the_screen_goes_black_and_comes_back(page: Page, lift: str) -> None:
    """Over everything; nothing under it has the keys, and what shows the map turns no chapter."""
    page.keyboard.press(".")
    assert page.evaluate(BLANK)
    covered = page.evaluate(
        """() => {
            const { x, y, width, height } = document.activeElement.getBoundingClientRect();
            const { backgroundColor } = getComputedStyle(document.activeElement);
            return [x, y, width, height, backgroundColor, document.activeElement.ariaLabel];
        }"""
    )
    assert covered[:5] == [0, 0, 1280, 800, "rgb(0, 0, 0)"]
    assert "The screen is black" in covered[5]
    page.keyboard.press("l")
    assert page.locator("#layers").is_hidden()
    if lift == "click":
        page.mouse.click(600, 400)
    else:
        page.keyboard.press(lift)
    assert not page.evaluate(BLANK)
    page.get_by_text("The map is shown again.").wait_for()
    assert page.evaluate(CHAPTER) == "the-pact"


def test_the_clicker_lifts_the_black_screen_after_tab(page: Page) -> None:
    """Where Tab leads out of the black screen, its keys are heard all the same."""
    page.keyboard.press(".")
    page.keyboard.press("Tab")
    page.keyboard.press("PageDown")
    assert not page.evaluate(BLANK)
    assert page.evaluate(CHAPTER) == "the-pact"


def test_the_second_window_makes_the_screen_black(page: Page, view: Page) -> None:
    """By the same keys and a button; the next press of the clicker only brings the map back."""
    view.keyboard.press("b")
    assert page.evaluate(BLANK)
    assert view.locator(".told").inner_text() == "The screen is black."
    view.keyboard.press("PageDown")
    assert not page.evaluate(BLANK)
    assert page.evaluate(CHAPTER) == "the-pact"
    view.get_by_role("button", name="Black screen").click()
    assert page.evaluate(BLANK)
    view.keyboard.press("Escape")
    assert not page.evaluate(BLANK)


def test_a_clicker_that_starts_by_f5_loads_nothing_anew(page: Page, view: Page) -> None:
    """While somebody presents, F5 makes the screen full, where Escape leaves it."""
    page.evaluate("window.here = true")
    page.keyboard.press("F5")
    until(page, "document.fullscreenElement")
    page.keyboard.press("f")
    until(page, "!document.fullscreenElement")
    view.keyboard.press("F5")
    assert page.evaluate("window.here")
    assert view.locator("h1").inner_text() == "The pact"


def test_the_second_window_that_is_loaded_anew_is_filled_again(page: Page, view: Page) -> None:
    """A reload leaves it empty for a moment, as browsers do that load an empty page late."""
    view.evaluate("document.body.replaceChildren()")
    view.locator("h1").wait_for()
    assert view.locator("h1").inner_text() == "The pact"


def test_both_windows_may_close(shared_page: Callable[..., Page], small: Path) -> None:
    """Without the map the notes stay and say so; without the second window the map goes on."""
    page = shared_page("small.html#ch=the-pact", within=small)
    for _ in range(2):
        with page.expect_popup() as opened:
            page.keyboard.press("p")
        opened.value.close()
        page.keyboard.press("PageDown")
        assert page.evaluate(CHAPTER) == "the-war"
        page.keyboard.press("PageUp")
    with page.expect_popup() as opened:
        page.keyboard.press("p")
    view = opened.value
    page.close()
    assert view.locator("h1").inner_text() == "The pact"
    assert "closed" in view.locator(".told").inner_text()
    assert view.get_by_role("button", name="Next →").is_disabled()
    view.keyboard.press("PageDown")


def test_the_map_outlives_what_becomes_of_the_second_window(
    shared_page: Callable[..., Page], small: Path
) -> None:
    """One shut and opened at once is watched once; one that became a stranger goes."""
    kept = "const open = window.open; window.open = (...all) => (window.last = open(...all));"
    page = shared_page("small.html", within=small, first=kept)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.clock.install()
    for _ in range(2):
        with page.expect_popup() as opened:
            page.keyboard.press("p")
        opened.value.close()
        while not page.evaluate("window.last.closed"):  # the page hears of it a little later
            pass
    page.clock.run_for(2000)
    with page.expect_popup() as opened:
        page.keyboard.press("p")
    view = opened.value
    view.goto("data:text/html,elsewhere")
    with view.expect_event("close"):
        page.clock.run_for(2000)
    assert faults == []


def test_a_window_that_may_not_open_is_told_in_words(
    shared_page: Callable[..., Page], small: Path
) -> None:
    """The page says so, and what to do; without chapters the window says that there are none."""
    shut = (
        "const open = window.open; window.open = (...all) => window.allowed ? open(...all) : null"
    )
    page = shared_page("plain.html", within=small, first=shut)
    page.keyboard.press("p")
    assert "kept the second window shut" in page.locator("#present-dialog").inner_text()
    page.evaluate("window.allowed = true")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Presenter view").click()
    assert page.locator("#present-dialog").is_hidden()
    assert "no chapters" in opened.value.locator(".notes").inner_text()
