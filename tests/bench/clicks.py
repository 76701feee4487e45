"""Whether a click on a mark answers with the right event, at every size of our own map.

Each click goes to the mark of an event that the tables hold at that moment. What answers is the
card: of that one event, or of all that lie on that pixel, which must name it.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from playwright.sync_api import Page
from synthetic import DAY, SEED, Happening, happenings, instant

CLICKS = 20
TRIED = 60 * CLICKS  # events that are tried for a free pixel, of which most lie beyond the view
SETTLED = """async () => {
    for (let n = 0; n < 2; n += 1) await new Promise(requestAnimationFrame);
}"""
SPOT = """([lat, lng, title]) => {
    const root = document.querySelector(".map");
    const isOwn = (mark) => mark.title.startsWith(`${title}, `);
    const own = [...root.querySelectorAll(".mark")].find(isOwn);
    const box = own?.getBoundingClientRect(); // where several share a place it stands beside it
    const { x, y } = window[root.id].latLngToContainerPoint([lat, lng < -30 ? lng + 360 : lng]);
    const home = root.getBoundingClientRect();
    const spot = own
        ? [box.x + box.width / 2, box.y + box.height / 2].map(Math.round)
        : [x + home.left, y + home.top].map(Math.round);
    return root.contains(document.elementFromPoint(...spot)) ? spot : null;
}"""
CARD = """() => {
    const card = document.getElementById("card");
    if (card.hidden) return [];
    if (historyMap.state().selected !== null) return [historyMap.state().selected];
    return Array.from(card.querySelectorAll("li button"), (row) => row.textContent);
}"""


class Clicks(NamedTuple):
    """How many clicks were made, and how many of them opened the right event."""

    made: int = 0
    right: int = 0


def click_around(page: Page, number: int) -> Clicks:
    """Clicks on some of a map's events, each at a day on which it goes on."""
    made = right = 0
    page.emulate_media(
        reduced_motion="reduce"
    )  # the view is cut to, so that a pixel stays what it is
    page.evaluate("document.getElementById('card').querySelector('.close').click()")
    for event in _some(number):
        if made == CLICKS:
            break
        page.evaluate(
            "t => historyMap.seek(t)", instant((event.first + event.last) // 2) + DAY // 2
        )
        page.evaluate("historyMap.fit()")
        page.evaluate(SETTLED)
        spot = page.evaluate(SPOT, [event.lat, event.lon, event.title])
        if spot is None:
            continue
        page.mouse.click(*spot)
        made += 1
        right += _names(page.evaluate(CARD), event)
        page.evaluate("historyMap.select(null)")
    return Clicks(made, right)


def _some(number: int) -> list[Happening]:
    """Events from all over the tables, the same ones every time."""
    chance = Random(SEED + 2)
    wanted = set(chance.sample(range(number), min(TRIED, number)))
    found = [event for index, event in enumerate(happenings(number)) if index in wanted]
    chance.shuffle(found)
    return found


def _names(answers: list[str], event: Happening) -> bool:
    """Whether the card is that event's, or lists it among those that lie there."""
    return any(answer == event.id or event.title in answer for answer in answers)
