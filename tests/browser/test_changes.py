"""What changed since the clock last stood still: in words, of what is shown, and only at rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pixels import until
from playwright.sync_api import Page, expect

SINCE = ".since"
SAID = "document.querySelector('.since summary').textContent.replaceAll('\\u00a0', ' ')"
ATTACKS = [  # that began on 7 December 1941 by universal time
    "Landing at Kota Bharu",
    "Attack on Pearl Harbor",
    "Landings at Singora and Patani",
    "Japan's note reaches Hull late",
    "Air raids on Davao and Clark Field",
    "Guam bombed and taken",
    "Hong Kong attacked and taken",
    "Wake Island attacked and taken",
]


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map with its list open."""
    opened = shared_page("two-directions.html#t=1941-12-05")
    opened.locator("#show-list").click()
    stand(opened, "1941-12-01")
    return opened


def stand(page: Page, when: str) -> None:
    """The clock goes to a moment and stands still there."""
    page.evaluate("when => historyMap.seek(when)", when)
    until(page, f"document.querySelector('.since').dataset.at === {when!r}")


def step(page: Page, before: str, day: str) -> None:
    """From a day in December 1941 to another."""
    stand(page, f"1941-12-{before}")
    stand(page, f"1941-12-{day}")
    page.evaluate("document.querySelector('.since').open = true")
    until(page, "document.querySelector('.since .scroll').childElementCount > 0")


def names(page: Page, heading: str) -> list[str]:
    """What stands below a heading."""
    return page.evaluate(
        """heading => {
            const found = [...document.querySelectorAll(".since h3")]
                .find(one => one.textContent.startsWith(heading));
            const lines = [...found?.nextElementSibling.querySelectorAll("button") ?? []];
            return lines.map(one =>
                (one.querySelector(".title") ?? one.querySelector("span").firstChild).textContent);
        }""",
        heading,
    )


def test_the_day_of_pearl_harbor(page: Page) -> None:
    """From 6 to 7 December eight events begin, none ends, the carriers move, no ground changes."""
    step(page, "06", "07")
    assert names(page, "Begun (8)") == ATTACKS
    assert names(page, "Ended") == []
    assert names(page, "Changed hands") == []
    assert "Kido Butai: six carriers" in names(page, "Moved")
    assert page.evaluate(SAID).startswith("Since 6 December 1941: 8 begun, ")


def test_the_day_after(page: Page) -> None:
    """To 8 December: war is declared, raid and note are over, Japan stands in Thailand."""
    step(page, "07", "08")
    assert names(page, "Begun") == ["United States declares war on Japan"]
    assert names(page, "Ended") == ["Attack on Pearl Harbor", "Japan's note reaches Hull late"]
    ground = names(page, "Changed hands")
    assert "Thailand: troops of Japan" in ground
    assert [line for line in ground if line.startswith("Philippines") and line.endswith("→ Japan")]
    assert len(ground) == 2


def test_a_step_back_says_so(page: Page) -> None:
    """From 8 to 7 December the same things are told the other way round."""
    step(page, "08", "07")
    assert names(page, "Not begun yet") == ["United States declares war on Japan"]
    assert len(names(page, "Not over yet")) == 2
    assert len(names(page, "Was still to change hands")) == 2


def test_nothing_is_said_of_what_is_left_out(page: Page) -> None:
    """With battles only, of 7 December seven are told; without layers no route and no ground."""
    step(page, "06", "07")
    page.get_by_role("button", name="battle", exact=True).click()
    until(page, f"{SAID}.includes(': 7 begun') === false && !{SAID}.includes('8 begun, ')")
    page.get_by_role("button", name="battle", exact=True).click()
    until(page, f"{SAID}.includes(': 8 begun')")
    layers = page.evaluate("historyMap.state().layers")
    page.evaluate("historyMap.setLayers(['south'])")
    until(page, f"{SAID}.endsWith(': 8 begun')")
    page.evaluate("layers => historyMap.setLayers(layers)", layers)


def test_steps_in_a_row_are_one(page: Page) -> None:
    """Who drags or steps on without a rest is told of all since he last stood still."""
    step(page, "05", "06")
    page.evaluate("for (const day of ['07', '08', '09']) historyMap.seek(`1941-12-${day}`)")
    until(page, f"{SAID}.startsWith('Since 6 December 1941: 9 begun')")


def test_each_name_is_a_way_there(page: Page) -> None:
    """An event is selected, a route opens its card, the view flies to ground."""
    step(page, "07", "08")
    since = page.locator(SINCE)
    view = page.evaluate("historyMap.state().view")
    since.get_by_role("button", name="Thailand: troops of Japan").click()
    now = page.evaluate("historyMap.state().view")
    assert now["zoom"] > view["zoom"] + 1
    assert 95 < now["lng"] < 107
    since.get_by_role("button", name="Kido Butai").first.click()
    expect(page.locator("#card h2")).to_contain_text("Kido Butai")
    since.get_by_role("button", name="United States declares war on Japan").click()
    assert page.evaluate("historyMap.state().selected") == "us-declares"


def test_while_it_plays_nothing_is_said(page: Page) -> None:
    """The line keeps its room unseen, and tells afterwards of all that was played."""
    page.emulate_media(reduced_motion="no-preference")  # else it goes from event to event
    page.select_option("#speed", "day")
    step(page, "05", "06")
    page.evaluate(
        """() => {
            window.written = 0;
            new MutationObserver(() => { written += 1; }).observe(
                document.querySelector(".since"), { childList: true, subtree: true });
        }"""
    )
    page.evaluate("historyMap.play()")
    expect(page.locator(SINCE)).to_have_css("visibility", "hidden")
    until(page, "historyMap.state().time > '1941-12-09'")
    assert page.evaluate("written") == 0
    page.evaluate("historyMap.pause()")
    until(page, f"{SAID}.startsWith('Since 6 December 1941: ')")
    expect(page.locator(SINCE)).to_have_css("visibility", "visible")
    page.emulate_media(reduced_motion="reduce")


def test_a_closed_list_costs_nothing(page: Page) -> None:
    """What changed is reckoned when the list is opened, not before."""
    step(page, "05", "06")
    page.locator("#show-list").click()
    said = page.evaluate(SAID)
    page.evaluate("historyMap.seek('1941-12-10')")
    until(page, "document.querySelector('.since').dataset.at === '1941-12-10'")
    assert page.evaluate(SAID) == said
    page.locator("#show-list").click()
    assert page.evaluate(SAID).startswith("Since 6 December 1941: ")
