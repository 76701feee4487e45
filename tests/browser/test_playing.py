"""Playing and stepping: units, speeds, the loop, key events, and the date as a field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pixels import until
from playwright.sync_api import Page

ROWS = [
    ["id", "title", "when", "lat", "lon"],
    ["one", "One", "1940-01-10", 10, 10],
    ["two", "Two", "1940-01-20", 20, 20],
    ["two-b", "Two again", "1940-01-20", 25, 20],
    ["four", "Four", "1940-02-05", 30, 30],
    ["five", "Five", "1940-03-01", 40, 40],
]
STORY = """---
title: A small war
span: 1940-01-01/1940-03-10
---
How it went.

## Two {#second}
when: 1940-01-20
select: two

Two.

## January to February {#weeks}
when: 1940-01-15/1940-02-10

Some weeks.

## Three {#third}
when: 1940-01-20
select: two-b

Three.
"""
# Plays by hand what a browser would play in so many frames of 50 ms, without waiting for them.
RUN = """frames => {
    const wanted = [];
    const frame = window.requestAnimationFrame;
    let now = performance.now();
    window.requestAnimationFrame = call => wanted.push(call);
    const met = [];
    document.getElementById("play").click();
    for (let n = 0; n < frames && wanted.length; n += 1) {
        now += 50;
        for (const call of wanted.splice(0)) call(now);
        const { time, selected } = historyMap.state();
        met.push([time, selected]);
    }
    window.requestAnimationFrame = frame;
    return met;
}"""


@pytest.fixture(scope="module")
def small(make_site: Callable[..., Path]) -> Path:
    """Five events in two months, told in three chapters."""
    return make_site({"events/tables/events.csv": ROWS, "maps/stories/small.md": STORY})


def met(run: Iterable[list[str | None]]) -> list[str]:
    """The events that were selected on the way, each once in a row."""
    found: list[str] = []
    for _, selected in run:
        if selected and found[-1:] != [selected]:
            found.append(selected)
    return found


@pytest.fixture
def page(open_page: Callable[..., Page], small: Path) -> Page:
    """The small war, from its first day."""
    page = open_page("small.html#t=1940-01-01", within=small)
    page.evaluate("historyMap.seek('1940-01-01')")
    return page


def state(page: Page) -> dict[str, object]:
    """The map's state."""
    return page.evaluate("historyMap.state()")


def test_a_step_can_be_a_week(page: Page) -> None:
    """The step of a week shows the week from Monday on, and the next button says what it does."""
    page.locator("#step").get_by_role("button", name="week").click()
    page.evaluate("historyMap.seek('1940-01-10')")
    assert page.locator("#next").get_attribute("aria-label") == "Next week"
    page.locator("#next").click()
    assert state(page)["time"] == "1940-01-15/1940-01-21"
    page.locator("#prev").click()
    page.locator("#prev").click()
    assert state(page)["time"] == "1940-01-01/1940-01-07"


def test_it_plays_day_by_day_to_the_end_and_stops(page: Page) -> None:
    """At a day a second no day is left out, and at the end of the story it rests."""
    page.select_option("#speed", "day")
    run = page.evaluate(RUN, 3000)
    days = list(dict.fromkeys(time for time, _ in run))
    assert len(days) == 70
    assert days[0] == "1940-01-01"
    assert days[-1] == "1940-03-10"
    assert not state(page)["playing"]


def test_without_events_it_plays_by_time(page: Page) -> None:
    """With no event switched on it goes on from where it stands, by the day, and says so."""
    page.evaluate("historyMap.setLayers([])")
    page.evaluate("historyMap.seek('1940-02-01')")
    assert page.input_value("#speed") == "event"
    run = page.evaluate(RUN, 60)
    assert page.input_value("#speed") == "day"
    assert run[0][0] == "1940-02-01"
    assert run[-1][0] == "1940-02-03"


def test_a_frame_never_leaps(page: Page) -> None:
    """After a long pause of the browser a frame moves the clock by a tenth of a second only."""
    page.select_option("#speed", "day")
    page.evaluate("historyMap.play()")
    until(page, "historyMap.state().playing")
    leap = page.evaluate(
        """async () => {
            const end = performance.now() + 700;
            while (performance.now() < end) {}
            for (let n = 0; n < 2; n += 1) await new Promise(requestAnimationFrame);
            return historyMap.state().time;
        }"""
    )
    assert leap == "1940-01-01"


def test_the_loop_plays_on_from_the_beginning(page: Page) -> None:
    """With the loop on, what comes after the last day is the first; off, playing ends."""
    page.select_option("#speed", "week")
    page.locator("#loop").click()
    assert page.locator("#loop").get_attribute("aria-pressed") == "true"
    times = [time for time, _ in page.evaluate(RUN, 400)]
    assert state(page)["playing"]
    last = next(k for k, time in enumerate(times) if time.endswith("1940-03-10"))
    after = next(time for time in times[last:] if not time.endswith("1940-03-10"))
    assert after.startswith("1940-01-01")


def test_the_loop_of_events_begins_again(page: Page) -> None:
    """Event by event too: after the last one comes the first."""
    page.locator("#loop").click()
    names = met(page.evaluate(RUN, 320))
    assert names[:7] == ["one", "two", "two-b", "four", "five", "one", "two"]


def test_the_loop_of_a_chapter_stays_in_its_weeks(page: Page) -> None:
    """From within a chapter that has a span, the loop plays that span only."""
    page.locator("#loop").click()
    page.select_option("#speed", "week")
    page.evaluate("historyMap.chapter('weeks')")
    times = [time for time, _ in page.evaluate(RUN, 400)]
    assert min(times).startswith("1940-01-15")
    assert max(times) < "1940-02-13"


def test_playing_pauses_at_key_events_one_after_the_other(page: Page) -> None:
    """It stops where a chapter's event begins, opens its card, and goes on from there."""
    page.select_option("#speed", "day")
    page.locator("#pause-at-keys").click()
    stops = []
    for _ in range(3):
        page.evaluate(RUN, 3000)
        stops.append((state(page)["time"], state(page)["selected"], state(page)["playing"]))
    assert stops[0] == ("1940-01-20", "two", False)
    assert stops[1] == ("1940-01-20", "two-b", False)
    assert stops[2][0] == "1940-03-10"
    page.evaluate("historyMap.seek('1940-01-15')")
    page.evaluate(RUN, 3000)
    assert page.locator("#card h2").inner_text() == "Two"


def test_a_key_event_that_is_chosen_stops_it_again(page: Page) -> None:
    """Who goes back before the event at which it has paused meets it once more."""
    page.select_option("#speed", "day")
    page.locator("#pause-at-keys").click()
    page.evaluate("historyMap.select('two')")
    page.locator("#lanes").focus()
    page.keyboard.press("Home")
    page.evaluate(RUN, 3000)
    assert (state(page)["time"], state(page)["selected"]) == ("1940-01-20", "two")


@pytest.mark.parametrize("speed", ["week", "event"])
def test_a_loop_pauses_at_its_key_events_in_every_round(page: Page, speed: str) -> None:
    """Round after round, and a chapter's loop stays in its weeks though a card has opened."""
    page.locator("#pause-at-keys").click()
    page.locator("#loop").click()
    page.select_option("#speed", speed)
    page.evaluate("historyMap.chapter('weeks')")
    stops, times = [], []
    for _ in range(5):
        times += [time for time, _ in page.evaluate(RUN, 400)]
        stops.append(state(page)["selected"])
    assert stops == ["two", "two-b", "two", "two-b", "two"]
    assert max(times) < "1940-02-13"


def test_a_loop_pauses_at_a_key_event_at_its_beginning(
    open_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """The only key event is that of the first day: each round begins with a pause there."""
    story = "---\ntitle: Small\nspan: 1940-01-10/1940-03-10\n---\n\n## One\nselect: one\n"
    site = make_site({"events/tables/events.csv": ROWS, "maps/stories/small.md": story})
    page = open_page("small.html", within=site)
    page.locator("#pause-at-keys").click()
    page.locator("#loop").click()
    page.select_option("#speed", "week")
    page.evaluate("historyMap.select('four')")
    for _ in range(2):
        page.evaluate(RUN, 400)
        assert (state(page)["selected"], state(page)["playing"]) == ("one", False)


def test_event_by_event_it_pauses_at_key_events_too(page: Page) -> None:
    """The switch holds for the speed that goes from event to event."""
    page.locator("#pause-at-keys").click()
    assert met(page.evaluate(RUN, 300)) == ["one", "two"]
    assert not state(page)["playing"]


def test_under_reduced_motion_it_goes_from_event_to_event(
    open_page: Callable[..., Page], small: Path
) -> None:
    """Who wants nothing to move is never shown days running by, whatever the speed was."""
    page = open_page("small.html", within=small)
    page.select_option("#speed", "day")
    page.emulate_media(reduced_motion="reduce")
    until(page, "document.getElementById('speed').disabled")
    assert page.locator("#speed").input_value() == "event"
    page.evaluate("historyMap.seek('1940-01-01')")
    times = dict.fromkeys(time for time, _ in page.evaluate(RUN, 130))
    assert list(times) == ["1940-01-10", "1940-01-20"]
    page.emulate_media(reduced_motion="no-preference")
    until(page, "document.getElementById('speed').value === 'day'")


@pytest.mark.parametrize(
    ("span", "when", "steps", "speeds"),
    [
        ("-0500/2000", "1900", "day month year decade century event", "day … century"),
        ("1941-12-07/1941-12-08", "1941-12-07", "minute hour day week event", "minute … hour"),
        ("1936/1945", "1941", "hour day week month year event", "minute … year"),
    ],
)
def test_units_follow_from_the_length_of_the_story(
    open_page: Callable[..., Page],
    make_site: Callable[..., Path],
    span: str,
    when: str,
    steps: str,
    speeds: str,
) -> None:
    """Two days are told by the minute, twenty-five centuries by the century."""
    site = make_site(
        {
            "events/tables/events.csv": [ROWS[0], ["one", "One", when, 10, 10]],
            "maps/stories/long.md": f"---\ntitle: Long\nspan: {span}\n---\n",
        }
    )
    page = open_page("long.html", within=site)
    units = page.locator("#step button").all_inner_texts()
    offered = page.locator("#speed option").evaluate_all("all => all.map(one => one.value)")
    assert units == steps.split()
    assert offered[0] == "event"
    assert [offered[1], "…", offered[-1]] == speeds.split()


def test_the_day_of_pearl_harbor_can_be_played_by_the_minute(
    open_page: Callable[..., Page],
) -> None:
    """A minute that is asked for is shown; by hours and by minutes it goes on from there."""
    page = open_page("two-directions.html")
    page.evaluate("historyMap.seek('1941-12-07T18:30Z')")
    assert page.locator(".clock-line").inner_text() == "Sunday · 18:30 UTC"
    assert page.input_value("#when") == "1941-12-07T18:30Z"
    page.select_option("#speed", "minute")
    times = [time for time, _ in page.evaluate(RUN, 65)]
    assert list(dict.fromkeys(times)) == [f"1941-12-07T18:3{n}Z" for n in range(4)]
    page.evaluate("historyMap.pause()")
    page.locator("#step").get_by_role("button", name="hour").click()
    page.locator("#next").click()
    assert page.locator(".clock-line").inner_text() == "Sunday · 19:00–19:59 UTC"


# --- the date as a field --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        ("1940-02-05", "5 February 1940", "1940-02-05"),
        (" 1940-02 ", "February 1940", "1940-02"),
        ("1940-02-05T18:30Z", "5 February 1940", "1940-02-05T18:30Z"),
        ("1940-01-20/1940-02-05", "20 January – 5 February 1940", "1940-01-20/1940-02-05"),
        ("5 February 1940", "5 February 1940", "1940-02-05"),
        ("5.  feb 1940", "5 February 1940", "1940-02-05"),
        ("February 5, 1940", "5 February 1940", "1940-02-05"),
        ("Feb 1940", "February 1940", "1940-02"),
    ],
)
def test_a_date_can_be_written(page: Page, text: str, words: str, written: str) -> None:
    """By the tables' notation or as people say it; the field then has it as the tables do."""
    page.evaluate("historyMap.seek('1940-01-20')")
    page.fill("#when", text)
    page.press("#when", "Enter")
    assert page.locator(".caption .date").inner_text() == words
    assert page.input_value("#when") == written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5 February", "1941-12-07T18:30Z"),
        ("1940-02-30", "not a date"),
        ("", "Write it as"),
        ("1812", "This map runs from 1 January 1940 to 10 March 1940."),
    ],
)
def test_a_wrong_date_is_named_and_kept(page: Page, text: str, words: str) -> None:
    """What cannot be read stays in the field, with what to write beside it; Escape restores."""
    page.fill("#when", text)
    page.press("#when", "Enter")
    assert page.input_value("#when") == text
    assert page.get_attribute("#when", "aria-invalid") == "true"
    assert page.get_attribute("#when", "aria-describedby") == "when-fault"
    assert words in page.locator("#when-fault").inner_text()
    assert state(page)["time"] == "1940-01-01"
    page.press("#when", "Escape")
    assert page.input_value("#when") == "1940-01-01"
    assert page.get_attribute("#when", "aria-invalid") is None
    assert page.locator("#when-fault").is_hidden()


def test_the_field_follows_the_clock_but_not_while_it_is_written_in(page: Page) -> None:
    """It shows each moment; what somebody is writing is not lost to a clock that runs."""
    page.evaluate("historyMap.seek('1940-02')")
    assert page.input_value("#when") == "1940-02"
    page.locator("#when").focus()
    page.keyboard.type("1940-02-0")
    typed = page.input_value("#when")
    page.evaluate("historyMap.seek('1940-03-01')")
    assert page.input_value("#when") == typed
    page.keyboard.press("Escape")
    assert page.input_value("#when") == "1940-03-01"


def test_on_a_phone_the_rest_stands_in_a_menu(open_page: Callable[..., Page]) -> None:
    """Loop, speed, step and mode open above their button, work by touch, and Escape closes them."""
    page = open_page(
        "two-directions.html",
        viewport={"width": 360, "height": 640},
        has_touch=True,
        is_mobile=True,
    )
    assert page.locator("#speed").is_hidden()
    page.locator("#show-timing").tap()
    assert page.locator("#show-timing").get_attribute("aria-expanded") == "true"
    for name in ("#loop", "#pause-at-keys", "#speed", "#step select", "#mode select", "#when"):
        box = page.locator(name).bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, name
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360, name
    page.select_option("#mode select", "since")
    assert state(page)["mode"] == "since"
    page.locator("#loop").press("Escape")
    assert page.locator("#timing").is_hidden()
    assert page.evaluate("document.activeElement.id") == "show-timing"
    page.locator("#show-timing").tap()
    page.touchscreen.tap(180, 120)
    assert page.locator("#timing").is_hidden()
    page.fill("#when", "5 May")
    page.press("#when", "Enter")
    fault = page.locator("#when-fault").bounding_box()
    assert fault
    assert fault["x"] >= 0
    assert fault["x"] + fault["width"] <= 360
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360


def test_the_time_of_a_chapter_plays_in_a_quarter_of_a_minute(page: Page) -> None:
    """It opens whole; it plays from its first day to its last in 15 s and stops there, with the
    chapter open; a second time it begins again, and after a pause it goes on."""
    page.evaluate("historyMap.chapter('weeks')")
    assert state(page)["time"] == "1940-01-15/1940-02-10"
    run = page.evaluate(RUN, 3000)
    assert 290 <= len(run) <= 310  # frames of 50 ms
    days = list(dict.fromkeys(time for time, _ in run))
    assert (days[0], len(days), days[-1]) == ("1940-01-15", 27, "1940-02-10")
    assert not state(page)["playing"]
    assert state(page)["chapter"] == "weeks"
    assert page.evaluate(RUN, 100)[0][0] == "1940-01-15"
    half = state(page)["time"]
    page.evaluate("historyMap.pause()")
    again = page.evaluate(RUN, 20)
    assert half <= again[0][0] <= again[-1][0] < "1940-01-27"


def test_the_next_chapter_ends_the_time_of_one_that_plays(page: Page) -> None:
    """A clicker's press goes on whatever plays; from a chapter of a day it plays by events."""
    page.evaluate("historyMap.chapter('weeks')")
    page.evaluate(RUN, 20)
    assert page.input_value("#speed") == "span"
    page.keyboard.press("PageDown")
    assert (state(page)["chapter"], state(page)["playing"]) == ("third", False)
    assert page.input_value("#speed") == "event"
    assert met(page.evaluate(RUN, 320))[-2:] == ["four", "five"]


def test_a_speed_that_is_chosen_holds_in_a_chapter_too(page: Page) -> None:
    """At a week a second the four weeks of a chapter are over in four seconds."""
    page.select_option("#speed", "week")
    page.evaluate("historyMap.chapter('weeks')")
    run = page.evaluate(RUN, 3000)
    assert 70 <= len(run) <= 90
    assert run[-1][0].endswith("1940-02-11")


def test_who_wants_nothing_to_move_is_led_through_a_chapter_in_steps(
    open_page: Callable[..., Page], small: Path
) -> None:
    """Eight steps of some days each, two seconds apart, from the first to the last."""
    page = open_page("small.html#ch=weeks", within=small, reduced_motion="reduce")
    run = page.evaluate(RUN, 3000)
    days = list(dict.fromkeys(time for time, _ in run))
    assert 8 <= len(days) <= 9
    assert days[-1] == "1940-02-10"
    assert 200 <= len(run) <= 400
    assert state(page)["chapter"] == "weeks"
