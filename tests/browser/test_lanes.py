"""Anybody's tables: a page without JavaScript, a bare list of battles, one lane or four."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pixels import colour_of, near, place_of, shot
from playwright.sync_api import Page

BATTLES = [
    ["id", "title", "when", "lat", "lon"],
    ["marathon", "Marathon", "-0489-09-12", 38.118, 23.976],
    ["cannae", "Cannae", "-0215-08-02", 41.306, 16.132],
    ["actium", "Actium", "-0030-09-02", 38.934, 20.738],
    ["teutoburg", "Teutoburg Forest", "0009-09", 52.408, 8.129],
    ["tours", "Tours", "0732-10", 47.39, 0.69],
    ["hastings", "Hastings", "1066-10-14", 50.914, 0.487],
    ["agincourt", "Agincourt", "1415-10-25", 50.463, 2.142],
    ["lepanto", "Lepanto", "1571-10-07", 38.25, 21.25],
    ["waterloo", "Waterloo", "1815-06-18", 50.68, 4.412],
    ["isted", "Isted", "1850-07-25", 54.59, 9.5],
]
AXIS = 20  # px, the height of the strip with the dates


def test_without_javascript_title_and_events_are_readable(open_page: Callable[..., Page]) -> None:
    """Without JavaScript the page is its title and a list of all 141 events."""
    page = open_page("two-directions.html", java_script_enabled=False)
    assert page.locator("h1:visible").all_inner_texts() == ["Two Directions"]
    events = page.locator("noscript li:visible").all_inner_texts()
    assert len(events) == 141
    pearl_harbor = next(event for event in events if "Attack on Pearl Harbor" in event)
    assert pearl_harbor.startswith("7 December 1941, 07:55–09:45 (UTC−10:30)")
    assert "Oahu" in pearl_harbor
    assert page.locator("#app:visible").count() == 0


# Nothing but events.csv


@pytest.fixture(scope="module")
def battles(shared_page: Callable[..., Page], make_site: Callable[..., Path]) -> Page:
    """A map of ten battles, made of a table with five columns and nothing else."""
    site = make_site({"events/tables/events.csv": BATTLES}, name="ten-battles")
    return shared_page("map.html", within=site)


def test_a_bare_table_makes_a_map_with_one_lane(battles: Page) -> None:
    """Ten rows of id, title, when, lat and lon become a map with one lane, named after nothing."""
    assert battles.title() == "Ten battles"
    assert battles.locator(".lane-name").all_inner_texts() == ["EVENTS"]
    assert battles.locator("#legend input").count() <= 1


def test_each_battle_of_a_bare_table_can_be_reached(battles: Page) -> None:
    """All ten are met by next(), each with its card, its date in words and its mark in colour."""
    colour = colour_of(battles, "direction-events")
    battles.evaluate("historyMap.seek('-0489')")
    dates = []
    for name, title, _, lat, lon in BATTLES[1:]:
        battles.evaluate("historyMap.next()")
        assert battles.evaluate("historyMap.state().selected") == name
        assert battles.locator("#card h2").inner_text() == title
        x, y = place_of(battles, lat, lon)
        assert near(shot(battles, (x - 12, y - 12, 24, 24)), colour).sum() > 60, name
        dates.append(battles.locator(".caption .date").inner_text())
    assert dates[:5] == [
        "12 September 490 BCE",
        "2 August 216 BCE",
        "2 September 31 BCE",
        "September 9 CE",
        "October 732 CE",
    ]
    assert dates[-1] == "25 July 1850"


def test_the_axis_of_a_bare_table_counts_from_before_our_era(battles: Page) -> None:
    """The whole axis runs from 490 BCE to 1850, and a year before our era says so."""
    battles.evaluate("historyMap.seek('-0489')")
    assert battles.locator("#moment").get_attribute("aria-valuetext") == "490 BCE"
    assert battles.locator(".caption .date").inner_text() == "490 BCE"
    assert ticks_missing(battles) == []


# Lanes

PALETTE = ["#0b63a5", "#c8501e", "#6a4c93", "#2b7549"]


def war_of(count: int) -> list[Sequence[object]]:
    """Events of so many directions: each has its own, the last ones belong to all and to none."""
    names = [f"side-{chr(97 + k)}" for k in range(count)]
    rows: list[Sequence[object]] = [
        [f"e{k}", f"Event {k}", f"19{10 + k}-03", 10 + k, 20 + k, names[k % count], "executed"]
        for k in range(4 * count)
    ]
    rows += [
        ["of-all", "Of all", "1940", 5, 30, ";".join(names), "executed"],
        ["of-none", "Of none", "1942", 6, 31, "context", "executed"],
        ["never", "Never", "1944", 7, 32, names[0], "planned"],
    ]
    return [["id", "title", "when", "lat", "lon", "direction", "status"], *rows]


@pytest.fixture(scope="module", params=[1, 2, 3, 4])
def lanes(
    request: pytest.FixtureRequest, shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> tuple[int, Page]:
    """How many directions a project has, and its map."""
    site = make_site({"events/tables/events.csv": war_of(request.param)})
    return request.param, shared_page("map.html", within=site)


def test_each_direction_has_a_lane_with_its_name(lanes: tuple[int, Page]) -> None:
    """One, two, three or four directions give as many lanes, each named, none over another."""
    count, page = lanes
    names = page.locator(".lane-name")
    assert names.all_inner_texts() == ["SIDE A", "SIDE B", "SIDE C", "SIDE D"][:count]
    boxes = [name.bounding_box() for name in names.all()]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops)
    assert all(b - a >= 12 for a, b in pairwise(tops))


def test_each_lane_is_drawn_in_its_colour(lanes: tuple[int, Page]) -> None:
    """In each lane's band stand pixels of its own direction's colour and of no other's."""
    count, page = lanes
    page.evaluate("historyMap.seek('1945')")
    timeline = Timeline(page)
    for own in range(count):
        band = timeline.band(own)
        for other in range(count):
            found = near(band, PALETTE[other], 12).sum()
            assert (found > 8) == (own == other), (own, other)


def test_every_event_has_a_tick_in_each_of_its_lanes(lanes: tuple[int, Page]) -> None:
    """Each event has coloured pixels at its date in every lane that it belongs to."""
    _, page = lanes
    assert ticks_missing(page) == []


def test_every_event_of_the_shipped_map_has_a_tick(shared_page: Callable[..., Page]) -> None:
    """On the whole axis each of the 141 events has coloured pixels at its date."""
    page = shared_page("two-directions.html", viewport={"width": 1920, "height": 1080})
    page.get_by_role("button", name="Whole span").click()
    assert ticks_missing(page) == []


class Timeline:
    """The timeline of a page as a picture, with what is needed to find an event's tick on it."""

    def __init__(self, page: Page) -> None:
        self.events: dict[str, list[Any]] = page.evaluate(
            """() => {
                const { events } = historyMap.scene;
                const rows = Array.from({ length: events.count }, (_, i) => i);
                const column = name => [name, rows.map(i => events[name].at(i))];
                const names = ["id", "first", "last", "when", "directions", "status"];
                return Object.fromEntries(names.map(column));
            }"""
        )
        found = page.evaluate(
            """() => {
                const slider = document.getElementById("moment");
                const px = name => parseFloat(slider.style[name]);
                const scene = historyMap.scene;
                return {
                    left: px("left") + 15,
                    width: px("width") - 30,
                    axis: px("top"),
                    opens: slider.min * 60000,
                    closes: slider.max * 60000,
                    lanes: [...document.querySelectorAll(".lane-name")]
                        .map(name => parseFloat(name.style.top)),
                    ids: scene.directions.map(one => one.id),
                };
            }"""
        )
        self.left, self.width, self.axis = found["left"], found["width"], found["axis"]
        self.opens, self.closes = found["opens"], found["closes"]
        self.lanes, self.ids = found["lanes"], found["ids"]
        box = page.locator("#lanes").bounding_box()
        assert box
        self.picture = shot(page, (box["x"], box["y"], box["width"], box["height"]))
        self.colours = {one: colour_of(page, f"direction-{one}") for one in self.ids}
        self.grey = colour_of(page, "context")
        self.depth = 2 * (self.axis - AXIS / 2 - max(y for y in self.lanes if y < self.axis))

    def x_of(self, instant: float) -> float:
        """Where an instant stands."""
        return self.left + (instant - self.opens) / (self.closes - self.opens) * self.width

    def band(self, lane: int) -> Image.Image:
        """The picture of a lane between its edges, without the playhead's end of it."""
        top = self.lanes[lane] - self.depth / 2
        box = (self.left, top + 1, self.left + self.width - 40, top + self.depth - 1)
        return self.picture.crop(tuple(round(edge) for edge in box))

    def has_tick(self, i: int) -> bool:
        """Whether an event's colour stands at its date at the axis, in each of its lanes."""
        x = self.x_of(self.events["first"][i])
        directions = self.events["directions"][i]
        if not directions:
            return self._coloured(x, self.axis - AXIS / 2, self.axis - AXIS / 2 + 4, self.grey)
        ends = self.x_of(self.events["last"][i])
        if ends - x > 6 and "/" not in self.events["when"][i] and self._was(i):
            x = (x + ends) / 2  # a date no closer than that fades at its ends
        return all(self._in_lane(x, self.ids.index(one)) for one in directions)

    def _was(self, i: int) -> bool:
        return bool(self.events["status"][i] == "executed")

    def _in_lane(self, x: float, lane: int) -> bool:
        centre = self.lanes[lane]
        half = self.depth / 2
        low, high = (centre, centre + half) if centre < self.axis else (centre - half, centre)
        edge = (high - 8, high) if centre < self.axis else (low, low + 8)
        return self._coloured(x, *edge, self.colours[self.ids[lane]])

    def _coloured(self, x: float, top: float, bottom: float, colour: str) -> bool:
        box = (int(x) - 2, int(top), int(x) + 3, int(np.ceil(bottom)))
        return bool(near(self.picture.crop(box), colour, 90).any())


def ticks_missing(page: Page) -> list[str]:
    """The events without a tick; looked at twice, since the playhead stands over some."""
    missing: set[str] = set()
    first, last = page.evaluate("historyMap.scene.span")
    for turn, instant in enumerate((first, last)):
        page.evaluate("when => historyMap.seek(when)", instant)
        timeline = Timeline(page)
        ids = timeline.events["id"]
        lacking = {ids[i] for i in range(len(ids)) if not timeline.has_tick(i)}
        missing = missing & lacking if turn else lacking
    return sorted(missing)


def test_a_tick_that_is_not_there_is_missed(lanes: tuple[int, Page]) -> None:
    """The test above has eyes: where no event is, it finds no tick."""
    _, page = lanes
    page.evaluate("historyMap.seek('1945')")
    timeline = Timeline(page)
    timeline.events["first"][0] = timeline.events["last"][0] = timeline.opens
    assert not timeline.has_tick(0)


def test_names_that_begin_alike_are_told_apart(
    shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """On a phone each lane has a letter that the others have not there; its title is the name."""
    site = make_site(
        {
            "events/tables/events.csv": [
                ["id", "title", "when", "lat", "lon", "direction"],
                ["one", "One", "1941", 1, 2, "up"],
                ["two", "Two", "1942", 3, 50, "down"],
            ],
            "events/tables/directions.csv": [
                ["id", "label"],
                ["up", "\u0627\u0644\u0634\u0645\u0627\u0644"],
                ["down", "\u0627\u0644\u062c\u0646\u0648\u0628"],
            ],
        }
    )
    page = shared_page("map.html", within=site, viewport={"width": 390, "height": 844})
    names = page.locator(".lane-name")
    assert names.all_inner_texts() == ["\u0634", "\u062c"]
    assert names.first.get_attribute("title") == "\u0627\u0644\u0634\u0645\u0627\u0644"
