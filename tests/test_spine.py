"""The twelve turns of 1936 to 1945 that the shipped story cannot miss."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from events.reading import read_tables
from events.record import Tables

ROOT = Path(__file__).parents[1]
TURNS = {
    "August 1936, both directions adopted": ["fundamentals-1936"],
    "Khasan, 1938": ["khasan"],
    "Khalkhin Gol, August 1939": ["kg-august-offensive"],
    "the pact of 23 August 1939 and the fall of Hiranuma": [
        "molotov-ribbentrop",
        "hiranuma-resigns",
    ],
    "the fall of France": ["fall-of-france"],
    "the neutrality pact": ["neutrality-pact"],
    "22 June 1941": ["barbarossa"],
    "2 July 1941 and Kantokuen": ["imp-conf-july2", "kantokuen-101", "kantokuen-102"],
    "the freeze, southern Indochina, oil": ["us-freeze", "south-indochina", "oil-embargo"],
    "9 August 1941, the north dropped": ["decision-aug9"],
    "the conferences of autumn 1941": ["imp-conf-sept6", "imp-conf-nov5", "imp-conf-dec1"],
    "the transfers and the counter-offensive": ["transfer-32rd", "transfer-78rd", "moscow-counter"],
    "7 and 8 December 1941": ["pearl-harbor"],
    "Midway": ["midway"],
    "Yalta to August 1945": ["yalta", "pact-denounced", "ussr-declares", "august-storm"],
}


@pytest.fixture(scope="module")
def shipped() -> Tables:
    """The tables of the atlas that comes with the code."""
    tables, _ = read_tables(ROOT)
    return tables


@pytest.mark.parametrize("turn", TURNS)
def test_each_turn_is_an_event_with_claims_and_a_card(shipped: Tables, turn: str) -> None:
    """Each of its events has a summary on its card and two claims at least, each with a source."""
    events = {event.id: event for event in shipped.events}
    claims = Counter(claim.event for claim in shipped.claims if claim.sources)
    for name in TURNS[turn]:
        assert events[name].summary, name
        assert claims[name] >= 2, name
