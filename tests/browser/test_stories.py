"""The five shipped stories: each page opens, and each chapter opens with its event in sight."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from boxes import FRAME, LOOK
from pixels import until
from playwright.sync_api import Page

STORIES = sorted(path.stem for path in (Path(__file__).parents[2] / "maps/stories").glob("*.md"))
FOOT = 733  # px that the margins of A4 across leave
CHAPTERS = "historyMap.scene.chapters.map(one => one.id)"
UNSEEN = """() => {
    const { chapter, visible } = historyMap.state();
    const { highlight } = historyMap.scene.chapters.find(one => one.id === chapter);
    return highlight.filter(id => !visible.events.includes(id) && !visible.routes.includes(id));
}"""


@pytest.mark.parametrize("story", STORIES)
def test_each_chapter_opens_with_its_event_in_sight(
    shared_page: Callable[..., Page], story: str
) -> None:
    """At 1280 x 800 the mark of the chapter's event lies in the map, and nothing lies on it; all
    that it highlights is drawn, layers and all."""
    page = shared_page(f"{story}.html")
    assert page.evaluate("historyMap.state().chapter") is None
    for chapter in page.evaluate(CHAPTERS):
        assert page.evaluate("id => historyMap.chapter(id)", chapter)
        page.evaluate(FRAME)
        look = page.evaluate(LOOK)
        assert look["chosen"], chapter
        assert look["onTop"], chapter
        assert page.evaluate("historyMap.state().chapter") == chapter
        assert page.evaluate(UNSEEN) == [], chapter
    page.close()


@pytest.mark.parametrize("story", STORIES)
def test_the_title_on_the_card_keeps_clear_of_its_button(
    shared_page: Callable[..., Page], story: str
) -> None:
    """No letter of the heading lies under the button that closes the card."""
    page = shared_page(f"{story}.html")
    gap = page.evaluate(
        """() => {
            const words = document.createRange();
            words.selectNodeContents(document.querySelector("#card h2"));
            const ends = Array.from(words.getClientRects(), (line) => line.right);
            const button = document.querySelector("#card .close").getBoundingClientRect();
            return button.left - Math.max(...ends);
        }"""
    )
    assert gap >= 0
    page.close()


@pytest.mark.parametrize("story", STORIES)
def test_each_chapter_fits_on_a_page_of_a4(shared_page: Callable[..., Page], story: str) -> None:
    """Printed, the text of each chapter and its sources end above the foot of the page."""
    page = shared_page(f"{story}.html")
    page.emulate_media(media="print")
    until(page, "document.querySelector('.map').clientWidth === 1060")
    for chapter in page.evaluate(CHAPTERS):
        page.evaluate("id => historyMap.chapter(id)", chapter)
        page.evaluate(FRAME)
        foot = page.evaluate("document.querySelector('.card').getBoundingClientRect().bottom")
        assert foot <= FOOT, chapter
    page.close()


def test_speaker_notes_are_on_the_page_but_not_shown(shared_page: Callable[..., Page]) -> None:
    """A chapter's notes stand in the scene, for a presenter's view; the audience sees none."""
    page = shared_page("two-directions.html#ch=both-directions")
    (first, *_) = page.evaluate("historyMap.scene.chapters[0].notes[0].kids")
    assert len(first) > 40
    assert page.locator(".card").inner_text().count("north above, south below") == 0
    assert "north above, south below" in first
    page.close()


def test_no_line_begins_with_the_full_stop_after_a_citation(
    shared_page: Callable[..., Page],
) -> None:
    """What follows a citation at once stays on its line, in a card of any width."""
    page = shared_page("two-directions.html#ch=berlin-and-moscow")
    for width in range(200, 381, 6):
        torn = page.evaluate(
            """width => {
                document.querySelector(".card").style.width = `${width}px`;
                return [...document.querySelectorAll(".card .held")].filter(one =>
                    one.getClientRects().length > 1).length;
            }""",
            width,
        )
        assert torn == 0, width
    held = page.locator(".card .held").all_inner_texts()
    assert any(text.endswith("].") for text in held)
    page.close()
