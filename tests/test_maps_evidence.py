"""The record in the scene: claims side by side, the clocks of the day, series in order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from events.reading import read_tables
from events.record import Tables
from maps.evidence import claims_by_event, clocks_by_event, series_of

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
    series = {each["id"]: each for each in series_of(shipped)}
    assert series["kwantung-army"]["direction"] == "north"
    assert series["japan-s-oil-stock"]["unit"] == "thousand barrels"
    assert sum(len(each["points"]) for each in series.values()) == len(shipped.series)
    for each in series.values():
        firsts = [point["first"] for point in each["points"]]
        assert firsts == sorted(firsts)
