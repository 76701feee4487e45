"""Where marks are too many for elements: none is lost to the eye, the pointer or the keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from pixels import changed, colour_of, near, shot, until
from playwright.sync_api import Page

NUMBER = 20_000
KINDS = ("battle", "decision", "diplomacy", "deployment", "economy", "intelligence", "event")
DIRECTIONS = ("north", "south", "north;south", "")
SHOWN = "historyMap.state().visible.events"
FRAMES = """async () => {
    for (let n = 0; n < 3; n += 1) await new Promise(requestAnimationFrame);
}"""


def rows() -> list[list[object]]:
    """Twenty thousand events of 1940 and 1941, a few at one place, one as long as the war."""
    chance = Random(7)
    header = ["id", "title", "when", "lat", "lon", "kind", "direction", "status"]
    found: list[list[object]] = [header]
    for index in range(NUMBER):
        year, month, day = chance.choice((1940, 1941)), chance.randint(1, 12), chance.randint(1, 27)
        first = f"{year}-{month:02}-{day:02}"
        when = f"{first}/{year}-{month:02}-28" if index % 3 else first
        place = (round(chance.uniform(-30, 60), 3), round(chance.uniform(40, 170), 3))
        if abs(place[0] - 20) < 5 and abs(place[1] - 100) < 5:
            place = (place[0] + 10, place[1])
        if index < 4:
            when, place = "1941-06-22", (20, 100)
        found.append(
            [
                f"e{index}",
                f"Event {index}",
                "1940-01-01/1941-12-31" if index == 4 else when,
                *place,
                chance.choice(KINDS),
                chance.choice(DIRECTIONS),
                "planned" if index % 50 == 7 else "executed",
            ]
        )
    return found


@pytest.fixture(scope="module")
def crowd_site(make_site: Callable[..., Path]) -> Path:
    """The site of a crowded war."""
    return make_site({"events/tables/events.csv": rows()})


@pytest.fixture
def page(shared_page: Callable[..., Page], crowd_site: Path) -> Page:
    """The crowded map on one day, with nothing lying on it."""
    opened = shared_page("map.html", within=crowd_site)
    opened.evaluate("document.getElementById('show-story').click()")
    opened.evaluate("historyMap.seek('1941-06-22')")
    opened.evaluate(FRAMES)
    return opened


def where(page: Page, event: str) -> list[float]:
    """Where an event's place lies on the page."""
    return page.evaluate(
        """id => {
            const { lat, lng, indexOf } = historyMap.scene.events;
            const i = indexOf(id);
            const map = window[document.querySelector(".map").id];
            const { x, y } = map.latLngToContainerPoint([lat[i], lng[i]]);
            const home = document.querySelector(".map").getBoundingClientRect();
            return [x + home.left, y + home.top];
        }""",
        event,
    )


def free(page: Page, apart: float) -> list[str]:
    """Events that are seen on the open map and stand at least so far from all others."""
    return page.evaluate(
        f"""apart => {{
            const {{ lat, lng, indexOf }} = historyMap.scene.events;
            const map = window[document.querySelector(".map").id];
            const home = document.querySelector(".map").getBoundingClientRect();
            const all = {SHOWN}.map(id => {{
                const i = indexOf(id);
                return {{ id, ...map.latLngToContainerPoint([lat[i], lng[i]]) }};
            }});
            return all.filter(one => all.every(other => other === one
                    || Math.hypot(other.x - one.x, other.y - one.y) > apart))
                .filter(one => document.elementFromPoint(one.x + home.left, one.y + home.top)
                    ?.closest(".map") && one.x > 20 && one.y > 20
                    && one.x < home.width - 20 && one.y < home.height - 20)
                .map(one => one.id);
        }}""",
        apart,
    )


def test_a_crowd_has_hardly_an_element_and_its_pixels(page: Page) -> None:
    """Hundreds of marks are drawn in their directions' colours without a button for each."""
    assert page.evaluate(f"{SHOWN}.length") > 300
    assert page.locator(".mark").count() == 1
    picture = shot(page)
    for direction in ("north", "south"):
        assert near(picture, colour_of(page, f"direction-{direction}")).sum() > 2000


def test_a_day_without_them_takes_their_pixels_away(page: Page) -> None:
    """Layers off, the crowd is gone; on again, every pixel is as it was."""
    whole = shot(page)
    layers = page.evaluate("historyMap.state().layers")
    page.evaluate("historyMap.setLayers([])")
    page.evaluate(FRAMES)
    without = shot(page)
    page.evaluate("ids => historyMap.setLayers(ids)", layers)
    page.evaluate(FRAMES)
    assert changed(whole, without).sum() > 10_000
    assert shot(page).tobytes() == whole.tobytes()


def test_a_click_chooses_the_event_that_is_there(page: Page) -> None:
    """Of twelve marks of the crowd each answers a click with its own card."""
    for event in Random(3).sample(free(page, 16), 12):
        page.evaluate("historyMap.seek('1941-06-22')")
        page.evaluate("historyMap.fit()")
        page.evaluate(FRAMES)
        page.mouse.click(*where(page, event))
        assert page.evaluate("historyMap.state().selected") == event
        page.evaluate("historyMap.select(null)")
        page.evaluate("document.querySelector('#card .close')?.click()")


def test_a_click_on_several_lists_them_and_sets_them_apart(page: Page) -> None:
    """Four events at one place open as a list, and stand beside it as marks of their own."""
    page.mouse.click(*where(page, "e2"))
    assert page.locator("#card h2").count() == 1
    listed = page.locator("#card .rows button span").all_inner_texts()
    assert sorted({text.split("\n")[0] for text in listed}) == [f"Event {k}" for k in range(4)]
    assert page.locator(".mark:not(.walker)").count() == 4
    assert page.locator(".leaders path").count() == 4


def test_the_pointer_is_told_what_it_is_on(page: Page) -> None:
    """Over a mark its name stands beside it; over the open map nothing does."""
    event = free(page, 16)[0]
    x, y = where(page, event)
    page.mouse.move(x + 1, y + 1)
    until(page, "!document.querySelector('.tip').hidden")
    assert page.locator(".tip").inner_text().startswith(f"Event {event[1:]},")
    page.mouse.move(5, 5)
    until(page, "document.querySelector('.tip').hidden")


def test_keys_walk_the_crowd_and_open_a_mark(page: Page) -> None:
    """One button goes from mark to mark by arrow keys, says their names, and opens one."""
    walker = page.locator(".walker")
    walker.focus()
    names = [walker.get_attribute("aria-label")]
    places = [walker.bounding_box()]
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        names.append(walker.get_attribute("aria-label"))
        places.append(walker.bounding_box())
    assert len(set(names)) >= 4
    assert all(name and "Event " in name for name in names)
    assert places[1]["x"] > places[0]["x"]
    assert places[3]["y"] > places[2]["y"]
    page.keyboard.press("Enter")
    assert page.evaluate("historyMap.state().selected") is not None or names[-1].count(
        "events here"
    )


def test_keys_reach_every_mark_of_the_crowd_in_time(page: Page) -> None:
    """From the first, > comes to each mark in the window, until the last."""
    walker = page.locator(".walker")
    walker.focus()
    seen = page.evaluate(
        """() => {
            const walker = document.querySelector(".walker");
            const press = key =>
                walker.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            press("Home");
            const found = [walker.ariaLabel];
            for (let k = 0; k < 5000; k += 1) {
                press(">");
                if (walker.ariaLabel === found.at(-1)) break;
                found.push(walker.ariaLabel);
            }
            return found.length;
        }"""
    )
    inside = page.evaluate(
        f"""() => {{
            const {{ lat, lng, indexOf }} = historyMap.scene.events;
            const map = window[document.querySelector(".map").id];
            const size = map.getSize();
            return {SHOWN}.map(indexOf).filter(i => {{
                const {{ x, y }} = map.latLngToContainerPoint([lat[i], lng[i]]);
                return x > 0 && y > 0 && x < size.x && y < size.y;
            }}).length;
        }}"""
    )
    assert inside - 4 <= seen <= inside  # those at one place share a label


def test_the_walker_stays_while_the_clock_goes_on(page: Page) -> None:
    """When its mark ends, the button that has the focus goes to the nearest that is left."""
    page.locator(".walker").focus()
    before = page.locator(".walker").get_attribute("aria-label")
    page.evaluate("historyMap.seek('1941-06-24')")
    assert page.evaluate("document.activeElement.classList.contains('walker')")
    assert page.locator(".walker").get_attribute("aria-label") != before


def test_where_the_crowd_ends_the_nearest_mark_has_the_focus(page: Page) -> None:
    """When so few events are left that each is an element, one of them has the focus."""
    page.locator(".walker").focus()
    page.evaluate("historyMap.seek('1940-01-01')")
    assert page.locator(".walker").count() == 0
    assert page.evaluate("document.activeElement.matches('.mark')")


def test_what_the_crowd_leaves_is_elements_again(page: Page) -> None:
    """Close by, where few are in sight, marks are buttons with names."""
    page.evaluate(
        "window[document.querySelector('.map').id].setView([20, 100], 8, {animate: false})"
    )
    page.evaluate(FRAMES)
    assert page.locator(".walker").count() == 0
    assert page.locator(".mark").count() >= 4
    page.evaluate("historyMap.fit()")


MODES = ["at", "window", "since"]


@pytest.mark.parametrize("mode", MODES)
def test_what_is_visible_is_what_the_plain_rule_says(page: Page, mode: str) -> None:
    """At sixty dates, by steps and leaps, with layers off: exactly the events that hold."""
    wrong = page.evaluate(PLAIN_RULE, mode)
    page.evaluate("historyMap.setMode('at')")
    assert wrong == []


# The oldest event that is shown tells the length of the window, which then hides no other.
PLAIN_RULE = """mode => {
    historyMap.setMode(mode);
    const { events, layers } = historyMap.scene;
    const all = layers.map(one => one.id);
    const DAY = 86400000;
    const wrong = [];
    let day = Date.UTC(1939, 11, 20);
    for (let k = 0; k < 60; k += 1) {
        day += (k % 3 ? 1 : 37) * (k > 30 ? -1 : 1) * DAY;
        const on = all.filter((_, i) => (i + k) % 4 || k % 2);
        historyMap.setLayers(on);
        historyMap.seek(day);
        const seen = historyMap.state().visible.events;
        const ends = seen.map(id => events.last[events.indexOf(id)]);
        const from = { at: day, since: -Infinity, window: Math.min(day, ...ends) }[mode];
        const rule = [];
        for (let i = 0; i < events.count; i += 1) {
            const own = events.directions.at(i);
            const isOn = own.length ? own.some(id => on.includes(id)) : on.includes("context");
            const isPlanned = events.status.at(i) !== "executed";
            const holds = events.first[i] <= day && events.last[i] >= from;
            if (isOn && holds && (!isPlanned || on.includes("planned"))) rule.push(events.id.at(i));
        }
        if (rule.join() !== seen.join()) wrong.push([day, seen.length, rule.length]);
    }
    historyMap.setLayers(all);
    return wrong;
}"""
