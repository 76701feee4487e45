"""The record in the scene: claims side by side, the clocks of the day, series in order."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from events.reading import read_tables
from events.record import Tables
from events.when import When
from maps.evidence import claims_by_event, clocks_by_event, series_of
from maps.story import Story, story_of

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def shipped() -> Tables:
    """The tables of the atlas that comes with the code."""
    return read_tables(ROOT)[0]


def clocks(tables: Tables, event: str) -> dict[str, tuple[str, str]]:
    """The hour and the day of each clock of an event."""
    rows = clocks_by_event(tables.events, tables)[event]
    return {row["id"]: (row["time"], row["day"]) for row in rows}


def test_the_clocks_of_pearl_harbor(shipped: Tables) -> None:
    """07:55 in Honolulu was 13:25 in Washington, 21:25 in Moscow and 03:25 on the 8th in Tokyo."""
    assert clocks(shipped, "pearl-harbor") == {
        "there": ("07:55", "7 December 1941"),
        "tokyo": ("03:25", "8 December 1941"),
        "moscow": ("21:25", "7 December 1941"),
        "washington": ("13:25", "7 December 1941"),
        "honolulu": ("07:55", "7 December 1941"),
    }


def test_clocks_of_other_days(shipped: Tables) -> None:
    """Washington kept war time in August 1945, and Malaya its own half hours in 1941."""
    assert clocks(shipped, "hiroshima")["washington"] == ("19:15", "5 August 1945")
    assert clocks(shipped, "ussr-declares")["tokyo"] == ("23:00", "8 August 1945")
    assert clocks(shipped, "kota-bharu")["there"] == ("00:45", "8 December 1941")
    assert clocks(shipped, "kota-bharu")["tokyo"] == ("02:15", "8 December 1941")


def test_only_hours_have_clocks(shipped: Tables) -> None:
    """An event that is known to the day has none."""
    timed = clocks_by_event(shipped.events, shipped)
    assert "midway" not in timed
    assert set(timed) == {event.id for event in shipped.events if event.when.timed}


def test_claims_stand_by_their_events(shipped: Tables) -> None:
    """Khalkhin Gol has more than four claims of the Japanese killed, each with its source."""
    claims = claims_by_event(shipped.events, shipped)
    killed = [
        claim
        for claim in claims["kg-august-offensive"]
        if (claim["side"], claim["quantity"]) == ("Japan", "killed")
    ]
    assert len(killed) >= 4
    assert len({claim["value"] or claim["low"] for claim in killed}) == len(killed)
    assert all(claim["sources"] for claim in killed)
    assert json.loads(json.dumps(claims, allow_nan=False)) == claims


def test_an_event_off_the_map_has_no_claims_there(shipped: Tables) -> None:
    """Only what the story shows has its claims in the page."""
    (event,) = (event for event in shipped.events if event.id == "midway")
    assert set(claims_by_event([event], shipped)) == {"midway"}


def test_series_are_in_order(shipped: Tables) -> None:
    """Each series has a lane or none, one unit, and points in order of time."""
    series = {each["id"]: each for each in series_of(_story("1904/1945"), shipped)}
    assert series["kwantung-army"]["direction"] == "north"
    assert series["japan-s-oil-stock"]["unit"] == "thousand barrels"
    assert sum(len(each["points"]) for each in series.values()) == len(shipped.series)
    for each in series.values():
        firsts = [point["first"] for point in each["points"]]
        assert firsts == sorted(firsts)


def _story(span: str, *series: str) -> Story:
    """A story of a span, which names some series or none."""
    (event,) = (event for event in read_tables(ROOT)[0].events if event.id == "midway")
    story = story_of([event], "any")
    assert story
    return replace(story, span=When.parse(span), series=series or None)


def test_a_story_chooses_its_charts(shipped: Tables) -> None:
    """What a story names comes first and is shown, the rest not; one day makes no line."""
    named = ("Japan's oil stock", "Kwantung Army")
    rows = series_of(_story("1904/1945", *named), shipped)
    assert tuple(row["label"] for row in rows if row["shown"]) == named
    assert tuple(row["label"] for row in rows[:2]) == named
    assert [row["chart"] for row in rows].count(False) == 5
    assert all(len(row["points"]) == 1 for row in rows if not row["chart"])


def test_a_story_that_names_none_shows_all_that_make_a_line(shipped: Tables) -> None:
    """A chart needs two points within the span, a table one; all points of a series come."""
    rows = {row["label"]: row for row in series_of(_story("1919/1931-12"), shipped)}
    assert {name for name, row in rows.items() if row["shown"]} == {"Kwantung Army"}
    assert len(rows["Kwantung Army"]["points"]) == 17
    assert not rows["Soviet troops in the Far East"]["chart"]
    assert "Japan's oil stock" not in rows


def test_a_point_stands_for_all_its_time() -> None:
    """A figure of two years is as long as both, one with an open end as long as what is known."""
    (long,) = _points("-0479/-0478")
    assert long["last"] + 1 - long["first"] == 2 * 365 * 86_400_000
    (open_,) = _points("1887/..")
    assert open_["first"] == When.parse("1887").first
    assert open_["last"] == When.parse("1887").last


def _points(when: str) -> list[dict[str, Any]]:
    """The only point of a series, as the scene has it."""
    reading = read_tables(ROOT)[0].series[0]
    moved = replace(reading, when=When.parse(when))
    only = replace(read_tables(ROOT)[0], series=(moved,))
    return series_of(_story("-1000/2000"), only)[0]["points"]
