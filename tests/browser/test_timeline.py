"""What hands and keys do on the timeline: zoom, pan, brush, phases, labels, flags, the hint."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pixels import colour_of, near, rgb, shot
from playwright.sync_api import Page, expect

DAY = 86_400_000
HEADER = ["id", "title", "when", "lat", "lon", "direction", "status"]
SHOWN = """() => {
    const slider = document.getElementById("moment");
    return [slider.min * 60000, slider.max * 60000];
}"""


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map."""
    return shared_page("two-directions.html")


@pytest.fixture
def whole(page: Page) -> Page:
    """The shipped map with its whole span on the axis, on 7 December 1941, nothing chosen."""
    page.evaluate("historyMap.select(null)")
    page.evaluate("historyMap.setMode('at')")
    page.evaluate("historyMap.seek('1941-12-07')")
    page.locator("#moment").press("0")
    page.mouse.move(5, 5)
    return page


def shown(page: Page) -> tuple[float, float]:
    """Which stretch of time the axis shows, in ms."""
    first, last = page.evaluate(SHOWN)
    return first, last


def length(page: Page) -> float:
    """How much time the axis shows, in ms."""
    first, last = shown(page)
    return last - first


def ends(page: Page) -> tuple[float, float]:
    """Where the axis begins and ends, in px of the window."""
    box = page.locator("#moment").bounding_box()
    assert box
    return box["x"] + 15, box["x"] + box["width"] - 15


def x_of(page: Page, instant: float) -> float:
    """Where an instant stands, in px of the window."""
    (first, last), (left, right) = shown(page), ends(page)
    return left + (instant - first) / (last - first) * (right - left)


def instant(page: Page, x: float) -> float:
    """The instant at a place."""
    (first, last), (left, right) = shown(page), ends(page)
    return first + (x - left) / (right - left) * (last - first)


def ms(page: Page, text: str) -> float:
    """A date in ms since 1970."""
    return page.evaluate("text => Date.parse(text)", text)


def axis_y(page: Page) -> float:
    """The middle of the axis, in px of the window."""
    box = page.locator("#moment").bounding_box()
    assert box
    return box["y"] + box["height"] / 2


def turn(page: Page, x: float, y: float, across: float, along: float) -> bool:
    """Turns the wheel there; whether the page took it for itself."""
    return page.evaluate(
        """([clientX, clientY, deltaX, deltaY]) => {
            const at = document.elementFromPoint(clientX, clientY);
            const turn = { clientX, clientY, deltaX, deltaY, bubbles: true, cancelable: true };
            return !at.dispatchEvent(new WheelEvent("wheel", turn));
        }""",
        [x, y, across, along],
    )


def test_the_wheel_zooms_about_the_pointer(whole: Page) -> None:
    """What stands under the pointer stays there while the axis shows less time, then more."""
    x, y = 900, axis_y(whole) - 20
    before, under = length(whole), instant(whole, x)
    assert turn(whole, x, y, 0, -300)
    assert length(whole) < 0.8 * before
    assert abs(instant(whole, x) - under) < before / 5000
    assert turn(whole, x, y, 0, 300)
    assert length(whole) == pytest.approx(before, rel=1e-6)


def test_the_wheel_turned_sideways_moves_along(whole: Page) -> None:
    """A wheel's turn to the side shows later time, as much of it as before."""
    turn(whole, 700, axis_y(whole) - 20, 0, -600)
    first, last = shown(whole)
    assert turn(whole, 700, axis_y(whole) - 20, 120, 0)
    after = shown(whole)
    assert after[0] > first
    assert after[1] - after[0] == pytest.approx(last - first, rel=1e-6)


def test_a_wheel_that_can_do_no_more_is_let_pass(whole: Page) -> None:
    """Where all is shown already, the wheel is left to the page that holds the map."""
    assert not turn(whole, 700, axis_y(whole) - 20, 0, 300)


@pytest.mark.parametrize("asked", ["?embed=1", "?wheel=ctrl"])
def test_an_embedded_timeline_leaves_the_wheel_alone(
    shared_page: Callable[..., Page], asked: str
) -> None:
    """Inside another page only a wheel with Ctrl zooms the timeline."""
    page = shared_page("two-directions.html" + asked)
    before = shown(page)
    assert not turn(page, 700, axis_y(page) - 20, 0, -300)
    assert shown(page) == before


def test_keys_zoom_and_pan_from_the_slider(whole: Page) -> None:
    """Plus, minus, nought and the arrows with Shift move the axis, not the date."""
    slider, state = whole.locator("#moment"), whole.evaluate("historyMap.state()")
    before = shown(whole)
    slider.press("+")
    slider.press("+")
    assert length(whole) == pytest.approx((before[1] - before[0]) / 4)
    first = shown(whole)[0]
    slider.press("Shift+ArrowLeft")
    assert shown(whole)[0] < first
    slider.press("-")
    assert length(whole) == pytest.approx((before[1] - before[0]) / 2)
    slider.press("0")
    assert shown(whole) == before
    assert whole.evaluate("historyMap.state()") == state


def test_it_zooms_in_to_ten_minutes(whole: Page) -> None:
    """At its closest the axis shows ten minutes, each with its label, and says which day it is."""
    whole.evaluate("historyMap.seek('1941-12-07T18:00Z')")
    for _ in range(30):
        whole.locator("#moment").press("+")
    assert length(whole) == pytest.approx(600_000, rel=0.01)
    words = whole.locator(".axis-word:visible").all_inner_texts()
    assert words[0] == "7 Dec 1941"
    assert "17:58" in words
    assert len(words) >= 8


def test_a_click_at_ten_minutes_goes_to_the_minute(whole: Page) -> None:
    """A press means what the eye can tell: a minute here, a day on the whole span."""
    whole.evaluate("historyMap.seek('1941-12-07T18:00Z')")
    for _ in range(30):
        whole.locator("#moment").press("+")
    whole.mouse.click(900, axis_y(whole) - 18)
    moment = whole.evaluate("historyMap.state().time")
    at = whole.evaluate("text => Date.parse(text)", moment)
    assert len(moment) == len("1941-12-07T17:58Z")
    assert at - 1000 <= instant(whole, 900) <= at + 61_000
    whole.locator("#moment").press("0")
    whole.mouse.click(ends(whole)[0] + 6, axis_y(whole) - 18)
    assert len(whole.evaluate("historyMap.state().time")) == len("1904-03-01")


# Brushing


def drag(page: Page, first: float, last: float, dy: float = -18) -> None:
    """Drags along the lanes from one place to another."""
    y = axis_y(page) + dy
    page.mouse.move(first, y)
    page.mouse.down()
    page.mouse.move((first + last) / 2, y)
    page.mouse.move(last, y)
    page.mouse.up()


def test_a_drag_over_the_lanes_becomes_the_window(whole: Page) -> None:
    """Seventeen days are dragged over: they, and no other, are the window that is shown."""
    whole.evaluate("historyMap.seek('1941-12-10')")
    for _ in range(7):
        whole.locator("#moment").press("+")
    noon = [ms(whole, f"{day}T12:00Z") for day in ("1941-12-01", "1941-12-17")]
    drag(whole, *(x_of(whole, at) for at in noon))
    state = whole.evaluate("historyMap.state()")
    assert (state["mode"], state["time"]) == ("window", "1941-12-17")
    scene = whole.evaluate("historyMap.ready.then(() => historyMap.state().visible.events)")
    assert "pearl-harbor" in scene
    assert whole.locator("#mode button[data-value=window]").inner_text() == "last 17 days"
    handle = whole.locator(".window-handle")
    assert handle.get_attribute("aria-valuetext") == "1 December 1941"


def test_a_drag_backwards_is_as_good(whole: Page) -> None:
    """Dragged from right to left the window is the same."""
    whole.evaluate("historyMap.seek('1941-12-10')")
    for _ in range(7):
        whole.locator("#moment").press("+")
    noon = [ms(whole, f"{day}T12:00Z") for day in ("1941-12-09", "1941-12-03")]
    drag(whole, *(x_of(whole, at) for at in noon))
    assert whole.evaluate("historyMap.state().time") == "1941-12-09"
    assert whole.locator("#mode button[data-value=window]").inner_text() == "last week"


def test_a_drag_chooses_and_seeks_nothing_else(whole: Page) -> None:
    """When the hand leaves the lanes at the end of a drag, that is no press on what is there."""
    drag(whole, 600, 800)
    after = whole.evaluate("historyMap.state()")
    assert after["selected"] is None
    assert after["mode"] == "window"


def test_the_windows_beginning_is_moved_by_keys(whole: Page) -> None:
    """Its handle is a slider: arrows move it by days, and it says where it stands in words."""
    whole.evaluate("historyMap.setMode('window')")
    for _ in range(7):
        whole.locator("#moment").press("+")
    drag(whole, *(x_of(whole, ms(whole, f"1941-12-{day}T12:00Z")) for day in ("01", "17")))
    handle = whole.locator(".window-handle")
    handle.press("ArrowLeft")
    assert handle.get_attribute("aria-valuetext") == "30 November 1941"
    for _ in range(3):
        handle.press("ArrowRight")
    assert handle.get_attribute("aria-valuetext") == "3 December 1941"
    assert whole.evaluate("historyMap.state().time") == "1941-12-17"
    assert whole.locator("#mode button[data-value=window]").inner_text() == "last 15 days"


def test_events_come_and_go_with_the_windows_beginning(whole: Page) -> None:
    """A longer window shows more on both maps, a shorter one less, though no date has changed."""
    seen = "[historyMap.state().visible.events.length, historyMap.compared().events.length]"
    marks = "document.querySelectorAll('.map-frame.second .mark, .second .crowd').length"
    whole.evaluate("historyMap.compare('1941-08-01')")
    whole.evaluate("historyMap.seek('1941-12-10')")
    whole.evaluate("historyMap.setMode('window')")
    handle = whole.locator(".window-handle")
    handle.focus()
    whole.keyboard.press("End")
    few, drawn = whole.evaluate(seen), whole.evaluate(marks)
    for _ in range(50):
        whole.keyboard.press("ArrowLeft")
    many = whole.evaluate(seen)
    assert many[0] > few[0] + 5
    assert many[1] > few[1] + 2
    assert whole.evaluate(marks) > drawn
    whole.keyboard.press("End")
    assert whole.evaluate(seen) == few
    whole.evaluate("historyMap.compare(null)")


def test_the_windows_beginning_is_dragged(whole: Page) -> None:
    """Pulled to the left the handle lengthens the window; the moment stays."""
    whole.evaluate("historyMap.setMode('window')")
    for _ in range(4):
        whole.locator("#moment").press("+")
    box = whole.locator(".window-handle").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    whole.mouse.move(x, y)
    whole.mouse.down()
    whole.mouse.move(x - 50, y)
    whole.mouse.move(x - 100, y)
    whole.mouse.up()
    moved = whole.locator(".window-handle").bounding_box()
    assert moved
    assert moved["x"] == pytest.approx(box["x"] - 100, abs=3)
    assert whole.evaluate("historyMap.state().time") == "1941-12-07"


def test_a_click_on_a_tick_chooses_its_event(whole: Page) -> None:
    """A press on the tick of an event opens its card; one where none is goes to that date."""
    whole.evaluate("historyMap.seek('1941-12-07')")
    for _ in range(9):
        whole.locator("#moment").press("+")
    first = whole.evaluate(
        """() => {
            const slider = document.getElementById("moment");
            return (Number(slider.min) + Number(slider.max)) / 2 * 60000;
        }"""
    )
    assert first
    at = ms(whole, "1941-12-07T18:25Z")
    for dx in range(-4, 5):
        whole.mouse.click(x_of(whole, at) + dx, axis_y(whole) + 18)
        if whole.evaluate("historyMap.state().selected"):
            break
    assert whole.evaluate("historyMap.state().selected")
    assert whole.locator("#card h2").inner_text()


# What is said


def test_the_pointer_is_told_date_and_title(whole: Page) -> None:
    """Above the lanes stands the date under the pointer, and on a tick its event."""
    hint = whole.locator(".lane-hint")
    whole.mouse.move(700, axis_y(whole) + 25)
    assert hint.is_visible()
    assert re.search(r"\d{4}", hint.locator("b").inner_text())
    whole.mouse.move(5, 5)
    assert not hint.is_visible()


def test_the_hint_goes_with_the_pointer(whole: Page) -> None:
    """A press on the lanes that is let go above them leaves no hint behind."""
    hint = whole.locator(".lane-hint")
    whole.mouse.move(700, axis_y(whole) + 25)
    whole.mouse.down()
    whole.mouse.move(701, axis_y(whole) - 200, steps=4)
    whole.mouse.up()
    assert not hint.is_visible()
    whole.mouse.move(640, axis_y(whole) + 25)
    assert hint.is_visible()
    whole.mouse.move(5, 5)
    assert not hint.is_visible()


def test_the_pointer_on_a_tick_reads_its_title(
    shared_page: Callable[..., Page], wars: Path
) -> None:
    """On the tick of Marathon the hint has its date and its name."""
    page = shared_page("map.html", within=wars)
    page.locator("#moment").press("0")
    page.mouse.move(x_of(page, ms(page, "-000489-09-12T12:00Z")), axis_y(page) - 15)
    assert page.locator(".lane-hint").inner_text().split("\n") == [
        "12 September 490 BCE",
        "Marathon",
    ]


def test_a_flag_is_told_by_pointer_and_focus_alike(whole: Page) -> None:
    """Date and title of a chapter stand above its flag while it is pointed at or has the focus."""
    hint, flag = whole.locator(".lane-hint"), whole.locator(".flag:visible").nth(1)
    title = flag.get_attribute("aria-label").split(": ", 1)[1]
    flag.hover()
    assert hint.locator("span").inner_text() == title
    whole.mouse.move(5, 5)
    assert not hint.is_visible()
    whole.locator(".flag:visible").first.focus()
    whole.keyboard.press("Tab")
    assert hint.locator("span").inner_text() == title
    whole.keyboard.press("Tab")
    assert hint.locator("span").inner_text() != title
    whole.locator("#moment").focus()
    assert not hint.is_visible()


def test_time_runs_to_the_right_in_every_language(open_page: Callable[..., Page]) -> None:
    """On a page that is read from the right the later date still stands to the right."""
    page = open_page("two-directions.html")
    page.evaluate("document.documentElement.dir = 'rtl'")
    places = []
    for year in ("1937", "1944"):
        page.evaluate("year => historyMap.seek(year)", year)
        box = page.locator(".playhead").bounding_box()
        assert box
        places.append((box["x"], page.locator(".overview-moment").bounding_box()["x"]))
    assert places[0][0] + 200 < places[1][0]
    assert places[0][1] < places[1][1]


@pytest.fixture(scope="module")
def wars(make_site: Callable[..., Path]) -> Path:
    """A project from 490 BCE to 2000 CE."""
    rows = [[f"e{k}", f"War {k}", f"{k * 37 % 1990 + 1:04d}", 10, 20, "", ""] for k in range(60)]
    table = [
        HEADER,
        ["marathon", "Marathon", "-0489-09-12", 38, 24, "", ""],
        *rows,
        ["end", "End", "2000-01-01", 10, 20, "", ""],
    ]
    return make_site({"events/tables/events.csv": table})


@pytest.fixture(scope="module")
def deep(make_site: Callable[..., Path]) -> Path:
    """A project of 12,000 years."""
    rows = [[f"e{k}", f"Find {k}", f"-{9999 - 99 * k:04d}", 10, 20, "", ""] for k in range(100)]
    return make_site(
        {"events/tables/events.csv": [HEADER, *rows, ["end", "End", "2020", 10, 20, "", ""]]}
    )


def test_a_story_of_one_day_ends_at_its_last_minute(
    open_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """Home and End go to minutes where the whole span is a day."""
    rows = [
        [f"e{hour}", f"Wave {hour}", f"1941-12-07T{hour:02}:00Z", 21, -158, "", ""]
        for hour in range(6, 20)
    ]
    page = open_page("map.html", within=make_site({"events/tables/events.csv": [HEADER, *rows]}))
    page.keyboard.press("End")
    ends = page.evaluate("historyMap.state().time")
    page.keyboard.press("Home")
    begins = page.evaluate("historyMap.state().time")
    assert ends.startswith("1941-12-07T")
    assert begins.startswith("1941-12-07T")
    assert begins < ends


def test_a_year_before_our_era_can_be_written_in_words(
    shared_page: Callable[..., Page], wars: Path
) -> None:
    """What the date field reads is what the map says of it."""
    page = shared_page("map.html", within=wars)
    for text in ("12 September 490 BCE", "480 BCE"):
        page.fill("#when", text)
        page.press("#when", "Enter")
        assert page.locator(".caption .date").inner_text() == text


WORDS = """() => [...document.querySelectorAll(".axis-word")]
    .filter(one => one.checkVisibility())
    .map(one => [one.textContent, one.getBoundingClientRect()])
    .map(([text, box]) => [text, box.left, box.right])"""


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
@pytest.mark.parametrize("story", ["shipped", "wars", "deep"])
def test_words_on_the_axis_never_touch(
    shared_page: Callable[..., Page], site: Path, wars: Path, deep: Path, story: str, width: int
) -> None:
    """From the whole span down to ten minutes labels stand apart, and within the axis."""
    within = {"shipped": site, "wars": wars, "deep": deep}[story]
    name = "two-directions.html" if story == "shipped" else "map.html"
    page = shared_page(name, within=within, viewport={"width": width, "height": 800})
    page.locator("#moment").press("0")
    left, right = ends(page)
    for _ in range(34):
        words = sorted(page.evaluate(WORDS), key=lambda word: word[1])
        assert words
        assert words[0][1] >= left - 1
        assert words[-1][2] <= right + 1, words
        assert all(a[2] + 2 <= b[1] for a, b in pairwise(words)), words
        before = length(page)
        page.locator("#moment").press("+")
        if length(page) == before:
            break
    assert length(page) == pytest.approx(600_000, rel=0.01)


def test_words_tell_before_our_era_from_after(shared_page: Callable[..., Page], deep: Path) -> None:
    """Over 12,000 years the labels are round years, and those before our era say so."""
    page = shared_page("map.html", within=deep)
    page.locator("#moment").press("0")
    words = page.locator(".axis-word:visible").all_inner_texts()
    assert {"8,000 BCE", "4,000 BCE"} <= set(words) or {"8000 BCE", "4000 BCE"} <= set(words), words
    assert any(word in ("1 CE", "1000", "2000") for word in words)


def test_days_say_their_month_and_year(whole: Page) -> None:
    """Where only days or hours are shown, the first word says month and year, midnight its day."""
    whole.evaluate("historyMap.seek('1941-12-08T00:00Z')")
    while length(whole) > 20 * DAY:
        whole.locator("#moment").press("+")
    words = whole.locator(".axis-word:visible").all_inner_texts()
    assert any("1941" in word for word in words), words
    while length(whole) > 2 * DAY:
        whole.locator("#moment").press("+")
    words = whole.locator(".axis-word:visible").all_inner_texts()
    assert "1941" in words[0], words
    assert any(word.startswith("8 Dec") for word in words), words


# Drawing


COUNT = """async when => {
    const canvas = document.querySelector(".lanes > canvas");
    const drawn = CanvasRenderingContext2D.prototype;
    const calls = { canvas: 0 };
    const own = drawn.fillRect;
    drawn.fillRect = function (...box) {
        if (this.canvas === canvas) calls.canvas += 1;
        return own.apply(this, box);
    };
    historyMap.seek(when);
    await new Promise(requestAnimationFrame);
    drawn.fillRect = own;
    return calls.canvas;
}"""


def test_a_step_draws_nothing_again(whole: Page) -> None:
    """A new date shifts the playhead and leaves the canvas alone; a zoom draws it."""
    before = whole.locator(".playhead").bounding_box()
    assert whole.evaluate(COUNT, "1938-05-05") == 0
    assert whole.locator(".playhead").bounding_box() != before
    whole.locator("#moment").press("+")
    assert whole.evaluate(COUNT, "1905-05-05") > 0


def test_a_lane_that_is_switched_off_is_dim(whole: Page) -> None:
    """Of a direction whose layer is off hardly a pixel keeps its full colour."""
    box = whole.locator("#lanes").bounding_box()
    assert box
    clip = (box["x"], box["y"], box["width"], box["height"])
    blue = colour_of(whole, "direction-north")
    layers = whole.evaluate("historyMap.state().layers")
    on = near(shot(whole, clip), blue, 12).sum()
    whole.evaluate("historyMap.setLayers(['south', 'context'])")
    off = near(shot(whole, clip), blue, 12).sum()
    whole.evaluate("layers => historyMap.setLayers(layers)", layers)
    assert on > 50
    assert off < on / 4


def test_a_crowd_is_drawn_as_bars_and_few_events_as_ticks(
    shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """Nine hundred events of two years make bars higher than a tick, and no thousand ticks."""
    rows: list[list[object]] = [
        [f"e{k}", f"E {k}", date(1940, 1, 1) + timedelta(k * 7919 % 730), 5, 6, "", ""]
        for k in range(900)
    ]
    page = shared_page("map.html", within=make_site({"events/tables/events.csv": [HEADER, *rows]}))
    box = page.locator("#lanes").bounding_box()
    assert box
    tone = colour_of(page, "direction-events")
    y = axis_y(page)
    high = shot(page, (200, y - 34, 800, 10))
    panel = colour_of(page, "band-of-events")
    assert (~near(high, panel, 40)).mean() > 0.3
    low = near(shot(page, (200, y - 13, 800, 3)), tone, 30)
    assert low.mean() > 0.5


def lane_columns(page: Page) -> np.ndarray:
    """How much of each column of the upper lane is not its bare ground."""
    box = page.locator("#lanes").bounding_box()
    assert box
    bottom = axis_y(page) - 10
    clip = (box["x"] + 130, box["y"] + 8, box["width"] - 160, bottom - box["y"] - 8)
    lane = np.asarray(shot(page, clip).convert("RGB"), dtype=int)
    ground = lane[0, -4]
    found: np.ndarray = (np.abs(lane - ground).max(axis=2) > 24).sum(axis=0)
    return found / lane.shape[0]


def test_density_fills_its_lane(
    shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """The month of most events fills the lane, and that of a single one a third of it."""
    days = [*range(1, 14), 900, 1500]
    rows: list[list[object]] = [
        [f"e{k}", f"E {k}", date(1940, 1, 1) + timedelta(day), 5, 6, "", ""]
        for k, day in enumerate(days)
    ]
    page = shared_page("map.html", within=make_site({"events/tables/events.csv": [HEADER, *rows]}))
    columns = lane_columns(page)
    assert columns.max() > 0.9
    lone = columns[len(columns) // 4 :]
    assert 0.3 < lone[lone > 0.25].min() < 0.5


def test_what_lasts_is_a_pale_bar_beyond_the_ticks(
    shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """An event of a year is a thin pale bar; one of all the years draws no line."""
    whens = ["1940-01-01/1949-12-01", "1940-01-02", "1943-01-01/1944-06-01", "1949-12-30"]
    rows: list[list[object]] = [
        [f"e{k}", f"E {k}", when, 5, 6, "", ""] for k, when in enumerate(whens)
    ]
    page = shared_page("map.html", within=make_site({"events/tables/events.csv": [HEADER, *rows]}))
    box = page.locator("#lanes").bounding_box()
    assert box
    y = axis_y(page) - 10
    tone = colour_of(page, "direction-events")

    def line(above: int) -> np.ndarray:
        """What is drawn so far above the axis: neither ground nor the full tone."""
        row = np.asarray(shot(page, (200, y - above, 900, 1)).convert("RGB"), dtype=int)[0]
        full = np.abs(row - rgb(tone)).max(axis=1) < 40
        found: np.ndarray = (np.abs(row - np.median(row, axis=0)).max(axis=1) > 12) & ~full
        return found

    assert 0.08 < line(11).mean() < 0.3
    assert line(4).mean() < 0.05


# Phases, flags, the overview


def phases(page: Page) -> list[dict[str, Any]]:
    """The bands of phases that can be seen, with their boxes."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".phase")].filter(one => one.checkVisibility())
            .map(one => ({ text: one.textContent, box: one.getBoundingClientRect().toJSON() }))"""
    )


def test_a_second_press_shows_a_phase_whole(whole: Page) -> None:
    """Pressed twice, a phase fills the axis."""
    widest = max(phases(whole), key=lambda one: one["box"]["width"])
    box = widest["box"]
    whole.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    after = next(one for one in phases(whole) if one["text"] == widest["text"])["box"]
    left, right = ends(whole)
    assert after["width"] == pytest.approx((right - left) / 1.08, rel=0.08)


def test_enter_shows_the_phase_of_the_date(whole: Page) -> None:
    """On the slider Enter zooms to the phase that holds the moment."""
    before = length(whole)
    whole.locator("#moment").press("Enter")
    first, last = shown(whole)
    assert last - first < before / 2
    assert first < ms(whole, "1941-12-07T12:00Z") < last


def test_the_names_of_phases_lie_in_their_bands(whole: Page) -> None:
    """A name that does not fit its band is left out, and read aloud all the same."""
    for _ in range(4):
        spans = whole.evaluate(
            """() => [...document.querySelectorAll(".phase > span:first-child:not(.sr-only)")]
                .filter(one => one.checkVisibility())
                .map(one => [one.getBoundingClientRect(), one.parentNode.getBoundingClientRect()])
                .map(([own, band]) => [own.left - band.left, band.right - own.right])"""
        )
        assert spans
        assert all(min(gap) >= 0 for gap in spans)
        whole.locator("#moment").press("+")


def test_the_name_of_a_phase_is_cut_short_before_it_is_dropped(
    shared_page: Callable[..., Page],
) -> None:
    """At 1280 px the phase that explains 1941 shows its beginning, and is read aloud whole."""
    band = shared_page("two-directions.html").locator(".phase", has_text="Indochina, embargoes")
    assert re.fullmatch("Indo.*…", band.locator("span").first.inner_text())
    assert band.locator("span").first.get_attribute("aria-hidden") == "true"
    spoken = band.locator(".sr-only").text_content()
    assert spoken
    assert spoken.startswith("Indochina, embargoes, ")


def test_on_a_phone_the_hint_names_the_phases(shared_page: Callable[..., Page]) -> None:
    """Where bands are too low for words, the line above the timeline tells whose time it is."""
    page = shared_page("two-directions.html", viewport={"width": 390, "height": 844})
    first, last = shown(page)
    box = page.locator("#moment").bounding_box()
    assert box
    share = (datetime(1944, 4, 1, tzinfo=UTC).timestamp() * 1000 - first) / (last - first)
    page.mouse.move(box["x"] + 15 + share * (box["width"] - 30), axis_y(page))
    words = page.locator(".lane-hint").inner_text()
    assert words.endswith("neutrality goes on · defence and retreat")


def chapters(number: int) -> dict[str, Any]:
    """A project with a story of so many chapters, most of them in one month."""
    rows = [[f"e{k}", f"E {k}", f"1940-{k % 12 + 1:02d}", 5 + k, 6, "", ""] for k in range(24)]
    parts = "\n\n".join(
        f"## Chapter {k}\nwhen: 1940-03-{k % 28 + 1:02d}\n\nText." for k in range(number)
    )
    head = "---\ntitle: Many\nspan: 1940/1941\n---\n\nIntroduction.\n\n"
    return {
        "events/tables/events.csv": [HEADER, *rows],
        "maps/stories/many.md": head + parts + "\n",
    }


@pytest.mark.parametrize("width", [360, 1280])
def test_flags_stand_apart(
    shared_page: Callable[..., Page], make_site: Callable[..., Path], width: int
) -> None:
    """Twenty chapters of one month have flags that do not touch; those without room are folded."""
    site = make_site(chapters(20))
    page = shared_page("many.html", within=site, viewport={"width": width, "height": 800})
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".flag")].filter(one => one.checkVisibility())
            .map(one => [one.getBoundingClientRect(), one.textContent])
            .map(([box, text]) => [box.left, box.right, text]).sort((a, b) => a[0] - b[0])"""
    )
    assert all(a[1] <= b[0] for a, b in pairwise(boxes)), boxes
    assert boxes[0][0] >= 0
    assert boxes[-1][1] <= width
    folded = [text for _, _, text in boxes if "–" in text]
    assert bool(folded) == (width == 360), boxes
    if folded:
        before = length(page)
        page.locator(".flag.fold:visible").first.click()
        assert length(page) < before


def test_the_overview_moves_the_axis(whole: Page) -> None:
    """Its window is moved by arrows, shows all by nought, and says what is shown in words."""
    pane = whole.locator(".overview-window")
    for _ in range(3):
        whole.locator("#moment").press("+")
    first = shown(whole)[0]
    pane.press("ArrowLeft")
    assert shown(whole)[0] < first
    pane.press("End")
    assert pane.get_attribute("aria-valuetext").endswith("1945")
    pane.press("0")
    assert pane.get_attribute("aria-valuetext") == "1904–1945"


def test_the_overview_is_dragged(whole: Page) -> None:
    """Dragged to the left, the window of the overview shows earlier time, as much as before."""
    for _ in range(3):
        whole.locator("#moment").press("+")
    (first, last), box = shown(whole), whole.locator(".overview-window").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    whole.mouse.move(x, y)
    whole.mouse.down()
    whole.mouse.move(x - 100, y)
    whole.mouse.move(x - 200, y)
    whole.mouse.up()
    moved = whole.locator(".overview-window").bounding_box()
    assert moved
    assert moved["x"] == pytest.approx(box["x"] - 200, abs=3)
    assert length(whole) == pytest.approx(last - first, rel=1e-6)
    assert shown(whole)[0] < first


# Fingers, other surroundings


def test_two_fingers_zoom_what_lies_under_them(open_page: Callable[..., Page]) -> None:
    """Two fingers that part show half as much time."""
    page = open_page("two-directions.html", viewport={"width": 390, "height": 844}, has_touch=True)
    before, y = length(page), axis_y(page) + 28
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *xs: float) -> None:
        points = [{"x": x, "y": y, "id": k} for k, x in enumerate(xs)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 150)
    fingers("touchStart", 150, 250)
    for by in (10, 30, 50):
        fingers("touchMove", 150 - by, 250 + by)
    fingers("touchEnd")
    assert length(page) == pytest.approx(before / 2, rel=0.1)


def test_the_playhead_is_seen_in_forced_colours(shared_page: Callable[..., Page]) -> None:
    """Where the reader has set all colours, playhead and ticks still stand out from the ground."""
    page = shared_page("two-directions.html", forced_colors="active", color_scheme="dark")
    page.evaluate("historyMap.seek('1938-02-02')")
    head = page.locator(".playhead").bounding_box()
    assert head
    strip = shot(page, (head["x"] - 20, head["y"] + 18, 40, 10))
    assert near(strip, "#ffffff", 60).any(axis=0).sum() in range(1, 6)
    box = page.locator("#lanes").bounding_box()
    assert box
    ticks = near(shot(page, (200, axis_y(page) - 18, 900, 7)), "#ffffff", 60)
    assert ticks.sum() > 100


@pytest.mark.parametrize(
    ("size", "height"),
    [((1280, 800), 188), ((700, 560), 148), ((390, 844), 160), ((800, 400), 96)],
)
def test_the_timeline_is_as_high_as_its_window_allows(
    shared_page: Callable[..., Page], size: tuple[int, int], height: int
) -> None:
    """On each kind of screen the timeline has its height, and its lanes lie within it."""
    page = shared_page("two-directions.html", viewport={"width": size[0], "height": size[1]})
    box = page.locator(".timeline").bounding_box()
    assert box
    assert box["height"] == height
    assert page.locator(".flag").first.is_visible() == (height > 100)
    lanes = page.locator("#lanes").bounding_box()
    assert lanes
    slider = page.locator("#moment").bounding_box()
    assert slider
    assert slider["y"] + slider["height"] <= lanes["y"] + lanes["height"]
    assert_whole(page)


@pytest.mark.parametrize("width", [800, 1280])
def test_the_least_page_has_low_lanes(shared_page: Callable[..., Page], width: int) -> None:
    """With `ui=min` the lanes are 64 px high, and their names and the buttons whole."""
    page = shared_page("two-directions.html?ui=min", viewport={"width": width, "height": 560})
    lanes = page.locator("#lanes").bounding_box()
    assert lanes
    assert lanes["height"] == 64
    assert page.locator(".flag").first.is_hidden()
    assert_whole(page)


def assert_whole(page: Page) -> None:
    """The names of lanes and phases are not cut, and what is pressed is 24 px high and wide."""
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".lane-name, .axis-word, .phase span:not(.sr-only)")]
            .filter(one => one.checkVisibility() && one.textContent)
            .filter(one => {
                const box = one.getBoundingClientRect();
                const lanes = document.getElementById("lanes").getBoundingClientRect();
                return one.scrollWidth > one.clientWidth + 1 && one.matches(".lane-name")
                    || box.top < lanes.top - 1 || box.bottom > lanes.bottom + 1;
            })
            .map(one => one.textContent)"""
    )
    assert cut == []
    names = [box for one in page.locator(".lane-name").all() if (box := one.bounding_box())]
    assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(names))
    small = page.evaluate(
        """() => [...document.querySelectorAll(".timeline :is(button, input, select)")]
            .filter(one => one.checkVisibility())
            .map(one => {
                const { width, height } = one.getBoundingClientRect();
                const more = one.matches(".flag") ? 6 : 0;  // of its hit area, above and below
                return [one.id || one.className, width + more, height + more];
            })
            .filter(([, width, height]) => width < 24 || height < 24)"""
    )
    assert small == []


@pytest.mark.parametrize(
    ("step", "at", "shown"),
    [("hour", "1941-12-07T13:20Z", "1941-12-07T14Z"), ("week", "1941-12-03", "1941-W50")],
)
def test_hours_and_weeks_are_shown_as_they_are_written(
    open_page: Callable[..., Page], step: str, at: str, shown: str
) -> None:
    """A step of an hour or a week stands short in the field, which reads what it shows."""
    page = open_page(f"two-directions.html#t={at}&step={step}")
    page.click("#next")
    field = page.locator("#when")
    expect(field).to_have_value(shown)
    moment = "historyMap.state().time"
    before = page.evaluate(moment)
    page.evaluate("historyMap.seek('1940')")
    field.fill(shown)
    field.press("Enter")
    assert page.evaluate(moment) == before
    expect(field).to_have_value(shown)
    field.fill("1941-W54")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
