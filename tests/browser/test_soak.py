"""Playing leaves nothing behind; `tests/bench/soak.py` does the same for a minute, with figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from resting import Held, held, watched

PLAY = """async speed => {
    const menu = document.getElementById("speed");
    menu.value = speed;
    menu.dispatchEvent(new Event("change"));
    historyMap.seek("1941-06");
    historyMap.play();
    for (let n = 0; n < 40; n += 1) {
        if (speed === "event" && n % 5 === 0) historyMap.next();
        await new Promise(requestAnimationFrame);
    }
}"""
OPEN_ALL = """async () => {
    for (const id of ["show-list", "show-layers", "share", "help", "compare"]) {
        document.getElementById(id).click();
        await new Promise(requestAnimationFrame);
        document.querySelector("dialog[open]")?.close();
        document.getElementById(id).getAttribute("aria-expanded") === "true"
            && document.getElementById(id).click();
        document.getElementById(id).getAttribute("aria-pressed") === "true"
            && document.getElementById(id).click();
    }
    document.querySelectorAll("dialog[open]").forEach(one => one.close());
}"""


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The shipped map."""
    return open_page("two-directions.html", viewport={"width": 1280, "height": 800})


def test_playing_leaves_no_node_and_no_listener_behind(page: Page) -> None:
    """At rest at one moment the page holds what it held before it played, at every speed."""
    session = watched(page)
    found: list[Held] = []
    for _ in range(5):
        for speed in ("event", "day", "month"):
            page.evaluate(PLAY, speed)
        page.evaluate(OPEN_ALL)
        found.append(held(page, session, "1941-12-07"))
    first, last = found[1], found[-1]  # the first round builds what is built when first asked for
    # A card that was just replaced may still be there; a card for each of 24 events may not.
    assert last.nodes < first.nodes + 100
    assert last.listeners < first.listeners + 40
    # What the browser compiles comes and goes; what is held on to is there in every round.
    assert min(one.heap_mb for one in found[2:]) < first.heap_mb + 1


def test_a_leak_would_be_seen(page: Page) -> None:
    """Nodes and listeners that somebody holds are counted, so that no growth means something."""
    session = watched(page)
    held(page, session, "1941-12-07")  # what the opening leaves goes with the first clearing up
    before = held(page, session, "1941-12-07")
    page.evaluate(
        """() => {
            window.kept = Array.from({ length: 50 }, () => {
                const one = document.createElement("button");
                one.addEventListener("click", () => one);
                return one;
            });
        }"""
    )
    after = held(page, session, "1941-12-07")
    assert after.nodes >= before.nodes + 50
    assert after.listeners >= before.listeners + 50
