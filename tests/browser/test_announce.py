"""What a screen reader is told of the clock: where it stands, not every step on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pixels import until
from playwright.sync_api import Page

SAID = "document.getElementById('announce').textContent"
LISTEN = """() => {
    window.said = [];
    new MutationObserver(() => said.push(document.getElementById("announce").textContent))
        .observe(document.getElementById("announce"), { childList: true, characterData: true });
}"""


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map, to whose announcements somebody listens."""
    opened = shared_page("two-directions.html")
    opened.evaluate(LISTEN)
    return opened


def test_the_moment_and_what_is_shown_are_said(page: Page) -> None:
    """After a step it says the date and the event; after a seek how many events there are."""
    page.evaluate("historyMap.select('pearl-harbor')")
    until(page, f"{SAID}.includes('Attack on Pearl Harbor')")
    assert page.evaluate(SAID).startswith("7 December 1941")
    page.evaluate("historyMap.seek('1941-12-08')")
    until(page, f"{SAID}.startsWith('8 December 1941')")
    assert page.evaluate(SAID).endswith(" events")


def test_the_day_is_that_of_the_place(page: Page) -> None:
    """Hiroshima was bombed on the 6th as its clocks had it, and on the 5th by universal time."""
    page.evaluate("historyMap.select('hiroshima')")
    until(page, f"{SAID}.startsWith('6 August 1945')")
    assert page.locator(".caption .date").first.inner_text() == "6 August 1945"
    clocks = page.locator(".caption .clock-line").first.inner_text()
    assert clocks.endswith("08:15 local time · 23:15 UTC on 5 August 1945")


def test_a_hand_on_the_slider_is_not_talked_over(page: Page) -> None:
    """A hundred moments in a second are said a few times only, the last of them for certain."""
    page.evaluate(
        """async () => {
            said.length = 0;
            for (let day = 1; day <= 30; day += 1) {
                historyMap.seek(`1942-06-${String(day).padStart(2, "0")}`);
                await new Promise(requestAnimationFrame);
            }
        }"""
    )
    until(page, f"{SAID}.startsWith('30 June 1942')")
    assert page.evaluate("said.length") <= 6


def test_while_days_run_by_it_says_one_every_two_seconds_at_most(page: Page) -> None:
    """Not each day that passes; and where it is stopped it says where."""
    page.emulate_media(reduced_motion="no-preference")  # else it goes from event to event
    page.select_option("#speed", "day")
    page.evaluate("historyMap.seek('1941-06-01')")
    until(page, f"{SAID}.startsWith('1 June 1941')")
    page.evaluate("() => { said.length = 0; historyMap.play(); }")
    until(page, "historyMap.state().time > '1941-06-04'")
    assert page.evaluate("said.length") <= 2
    page.evaluate("historyMap.pause()")
    stopped = page.evaluate("Number(historyMap.state().time.slice(-2))")
    until(page, f"{SAID}.startsWith('{stopped} June')")
