"""The record: contradictions between claims, sources, dates and figures, each found where it is."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from events.reading import read_tables
from events.record import Tables
from events.zones import offset_at, zone_named
from maps.site import check
from shipped import shipped_project

ROOT = Path(__file__).parents[1]
LINES = {  # a project whose record holds, line by line
    "events/tables/directions.csv": ["id,label", "north,North"],
    "events/tables/sources.csv": [
        "id,title,opened,note",
        "coox,Nomonhan,opened: p. 3,",
        "closed,Not seen,not opened,Further reading.",
        "essay,An essay,read whole,",
    ],
    "events/tables/places.csv": [
        "id,name,lat,lon,zone",
        "tokyo,Tokyo,35.7,139.7,Asia/Tokyo",
        "hawaii,Hawaii,21.4,-158,Pacific/Honolulu",
    ],
    "events/tables/actors.csv": ["id,name", "japan,Japan", "ussr,Soviet Union"],
    "events/tables/events.csv": [
        "id,title,when,lat,lon,place,actors,sources",
        "raid,Raid,1941-12-07T07:55-10:30,21.4,-158,hawaii,japan,coox",
        "battle,Battle,1939-08-20/1939-08-31,35.7,139.7,tokyo,ussr,coox",
    ],
    "events/tables/claims.csv": [
        "id,event,about,says,when,quantity,value,low,high,whole,sources,stance,verified",
        "raid-date,raid,date,Then.,1941-12-07T07:55-10:30,,,,,,coox,,verified",
        "battle-date,battle,date,Then.,1939-08-25,,,,,,coox,,",
        "lost,battle,number,All.,,casualties,30,,,,coox,,",
        "killed,battle,number,Some.,,killed,10,9,12,lost,coox,,",
        "wounded,battle,number,More.,,wounded,20,,,lost,coox,,",
        "other-date,battle,date,Later.,1939-09-16,,,,,,coox,disputes,",
    ],
    "events/tables/essay_claims.csv": [
        "id,essay,says,verdict,events",
        "e1,essay,It was so.,right,raid",
    ],
    "events/tables/series.csv": [
        "id,series,when,value,unit,sources",
        "army-1939,Army,1939,10,men,coox",
        "army-1940,Army,1940,20,men,coox",
        "army-1941,Army,1941,20,men,coox",
    ],
    "geodata/layers/routes.csv": ["id,title,actors,direction,means", "way,Way,japan,north,sea"],
    "geodata/layers/waypoints.csv": [
        "route,when,lat,lon",
        "way,1941-11-26,45,148",
        "way,1941-12-07,26,-158",
    ],
    "maps/stories/all.md": ["---", "title: All", "span: 1939/1941", "---", "Text."],
}
CLAIMS, EVENTS = "events/tables/claims.csv", "events/tables/events.csv"
TABLES = "events/tables"

# What is changed (file, line, text) and where it must be found (file, line, column).
SEEDED = {
    "claim without a source": (CLAIMS, 3, (",coox,,", ",,,"), CLAIMS, 3, "sources"),
    "source nobody uses": (
        f"{TABLES}/sources.csv",
        3,
        ("Further reading.", ""),
        f"{TABLES}/sources.csv",
        3,
        "id",
    ),
    "place nobody uses": (EVENTS, 3, ("tokyo", "hawaii"), f"{TABLES}/places.csv", 2, "id"),
    "actor nobody uses": (EVENTS, 3, ("ussr", "japan"), f"{TABLES}/actors.csv", 3, "id"),
    "event with no claim": (CLAIMS, 2, ("raid,date", "battle,matter"), EVENTS, 2, "id"),
    "essay claim that points nowhere": (
        f"{TABLES}/essay_claims.csv",
        2,
        ("right,raid", "right,"),
        f"{TABLES}/essay_claims.csv",
        2,
        "events",
    ),
    "parts that do not add up": (CLAIMS, 6, (",20,", ",21,"), CLAIMS, 4, "value"),
    "event outside every map": ("maps/stories/all.md", 3, ("1939/", "1940/"), EVENTS, 3, "when"),
    "route too fast": (
        "geodata/layers/waypoints.csv",
        3,
        ("1941-12-07", "1941-11-27"),
        "geodata/layers/waypoints.csv",
        3,
        "when",
    ),
    "hour against its zone": (EVENTS, 2, ("-10:30", "-10:00"), EVENTS, 2, "when"),
    "date against its event": (CLAIMS, 7, ("disputes", "supports"), CLAIMS, 7, "when"),
    "value outside its range": (CLAIMS, 5, (",10,9,", ",8,9,"), CLAIMS, 5, "value"),
    "verified by nothing opened": (CLAIMS, 2, ("coox", "closed"), CLAIMS, 2, "verified"),
    "sentence with another figure": (CLAIMS, 4, ("All.", '"All 7,696."'), CLAIMS, 4, "value"),
    "part of nothing": (CLAIMS, 5, ("lost,coox", "loss,coox"), CLAIMS, 5, "whole"),
    "two units in a series": (
        f"{TABLES}/series.csv",
        3,
        ("men", "guns"),
        f"{TABLES}/series.csv",
        3,
        "unit",
    ),
    "one date twice in a series": (
        f"{TABLES}/series.csv",
        3,
        (",1940", ",1939"),
        f"{TABLES}/series.csv",
        3,
        "when",
    ),
}


def write(folder: Path, lines: dict[str, list[str]]) -> Path:
    """Write these lines as the files of a project."""
    for name, text in lines.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(text) + "\n", encoding="utf-8", newline="")
    return folder


def test_a_record_that_holds(tmp_path: Path) -> None:
    """Where nothing contradicts itself, nothing is said."""
    assert [str(problem) for problem in check(write(tmp_path, LINES))] == []


@pytest.mark.parametrize("seeded", SEEDED)
def test_each_contradiction_is_found_where_it_is(tmp_path: Path, seeded: str) -> None:
    """One change makes one problem, by file, line and column, with its cure."""
    file, line, (old, new), path, found, column = SEEDED[seeded]
    changed = {name: list(lines) for name, lines in LINES.items()}
    assert old in changed[file][line - 1]
    changed[file][line - 1] = changed[file][line - 1].replace(old, new)
    problems = check(write(tmp_path, changed))
    places = {(problem.path, problem.line, problem.column) for problem in problems}
    assert (path, found, column) in places, [str(problem) for problem in problems]
    assert all(problem.hint for problem in problems)
    assert len(problems) <= 2, [str(problem) for problem in problems]


@pytest.mark.parametrize("value", ["89.662,0", "1e30"])
def test_a_damaged_number_is_not_called_empty(tmp_path: Path, value: str) -> None:
    """What stands in a cell and is no number is told once, as that."""
    lines = {name: list(text) for name, text in LINES.items()}
    lines[CLAIMS][3] = lines[CLAIMS][3].replace(",30,", f',"{value}",')
    problems = [problem for problem in check(write(tmp_path, lines)) if problem.line == 4]
    assert [problem.message for problem in problems] == ["is not a number"]


@pytest.mark.parametrize(
    ("says", "cells"),
    [
        ("Of 12,000 men 30 fell.", "30,,"),
        ("From 10,000 to 20,000 men.", "15000,10000,20000"),
        ("About 1,200,000 tons.", "1200000,,"),
        ("1,234.5 km.", "1234.5,,"),
        ("12,345 km, written as in Berlin.", "12.345,,"),
        ("One and a half million men of 1941.", "1500000,,"),
        ("12 thousand men.", "12000,,"),
    ],
)
def test_sentences_that_have_their_figure(tmp_path: Path, says: str, cells: str) -> None:
    """A figure may stand in its sentence in words, beside others, or as an end of its range."""
    lines = {name: list(text) for name, text in LINES.items()}
    lines[CLAIMS].append(f'so,battle,number,"{says}",,strength,{cells},,coox,,')
    assert [str(problem) for problem in check(write(tmp_path, lines))] == []


def _changed(line: int, old: str, new: str) -> dict[str, list[str]]:
    lines = {name: list(text) for name, text in LINES.items()}
    assert old in lines[CLAIMS][line - 1]
    lines[CLAIMS][line - 1] = lines[CLAIMS][line - 1].replace(old, new)
    return lines


def test_a_part_that_is_alone(tmp_path: Path) -> None:
    """One part is spoken of as one."""
    problems = check(write(tmp_path, _changed(6, ",lost,", ",,")))
    assert [(problem.line, problem.message) for problem in problems] == [
        (4, "is not that of its one part on line 5, which is 10")
    ]


@pytest.mark.parametrize(
    ("whole", "told"), [("lost", "lost, lost"), ("killed", "lost, killed, lost")]
)
def test_a_circle_of_wholes(tmp_path: Path, whole: str, told: str) -> None:
    """Numbers that are parts of each other are told once, as that and not as sums."""
    problems = check(write(tmp_path, _changed(4, "30,,,,", f"31,,,{whole},")))
    assert [(problem.line, problem.message) for problem in problems] == [
        (4, f"makes it a part of itself: {told}")
    ]


def test_a_number_alone_below_0(tmp_path: Path) -> None:
    """Of three numbers of killed one below 0 is told; where two are so, that is their way."""
    lines = {name: list(text) for name, text in LINES.items()}
    counts = [("killed", 40), ("killed", -40), ("degrees", -20), ("degrees", -5), ("degrees", 3)]
    for n, (quantity, count) in enumerate(counts):
        lines[CLAIMS].append(f"c{n},battle,number,So.,,{quantity},{count},,,,coox,,")
    problems = check(write(tmp_path, lines))
    assert [(problem.line, problem.column, problem.value) for problem in problems] == [
        (9, "value", "-40")
    ]


def test_silence_without_claims(tmp_path: Path) -> None:
    """A project without claims promises no evidence, so none is missed."""
    lines = {name: text for name, text in LINES.items() if "claims" not in name}
    assert [str(problem) for problem in check(write(tmp_path, lines))] == []


def test_series_without_claims(tmp_path: Path) -> None:
    """Series are checked in a project without claims too."""
    lines = {name: list(text) for name, text in LINES.items() if "claims" not in name}
    series = lines[f"{TABLES}/series.csv"]
    series[2] = series[2].replace("men", "guns")
    problems = check(write(tmp_path, lines))
    assert [(problem.line, problem.column) for problem in problems] == [(3, "unit")]


def test_damage_elsewhere_is_not_told_again(tmp_path: Path) -> None:
    """Where a table is damaged, nothing is said to be unused."""
    lines = dict(LINES)
    lines[EVENTS] = [*LINES[EVENTS][:2], LINES[EVENTS][2].replace("1939-08-20", "August")]
    problems = check(write(tmp_path, lines))
    assert [(problem.path, problem.column) for problem in problems] == [(EVENTS, "when")]


def test_zones_of_the_day() -> None:
    """Honolulu was 10:30 behind UTC in 1941, and Asia/Nowhere never was."""
    assert offset_at("Pacific/Honolulu", -886_000_000_000) == -37_800_000
    assert offset_at("Asia/Nowhere", 0) is None
    assert zone_named("../tzdata") is None
    assert zone_named("tzdata.zi") is None
    assert zone_named("") is None


# What is shipped


@pytest.fixture(scope="module")
def shipped() -> Tables:
    """The tables of the atlas that comes with the code."""
    tables, problems = read_tables(ROOT)
    assert problems == []
    return tables


def test_the_shipped_record_holds() -> None:
    """The shipped tables have no error and no warning."""
    assert [str(problem) for problem in shipped_project().problems] == []


def test_enough_claims(shipped: Tables) -> None:
    """Every event has a claim, all claims have sources, and there are far more than 140."""
    assert len(shipped.claims) >= 140
    assert {claim.event for claim in shipped.claims} == {event.id for event in shipped.events}
    assert all(claim.sources for claim in shipped.claims)


def test_all_claims_of_the_essays(shipped: Tables) -> None:
    """There are 72 claims of the first essay and 32 of the second, in order, each with an event."""
    assert Counter(each.essay for each in shipped.essay_claims) == {"essay-1": 72, "essay-2": 32}
    assert [each.id for each in shipped.essay_claims] == [
        *(f"s1-{n:02}" for n in range(1, 73)),
        *(f"s2-{n:02}" for n in range(1, 33)),
    ]
    assert all(each.events for each in shipped.essay_claims)


def test_contested_battles(shipped: Tables) -> None:
    """Khalkhin Gol has at least four claims of the Japanese killed, and others conflict too."""
    counts = Counter(
        (claim.event, claim.side, claim.quantity)
        for claim in shipped.claims
        if claim.about == "number"
    )
    assert counts["kg-august-offensive", "Japan", "killed"] >= 4
    assert counts["nanjing-falls", "China", "people killed in the massacre"] >= 3
    assert counts["pearl-harbor", "United States", "killed"] >= 3
    assert counts["barbarossa", "Germany", "strength"] >= 2
    assert counts["august-storm", "Japan", "killed"] >= 3


def test_three_fronts_of_1945(shipped: Tables) -> None:
    """The three fronts that attacked in Manchuria had 1,577,725 men together."""
    parts = [each for each in shipped.claims if each.whole == "august-storm-soviet-union-strength"]
    assert sum(part.value or 0 for part in parts) == 1_577_725
    assert len(parts) == 3


def test_series_are_whole(shipped: Tables) -> None:
    """All 98 points of the series are there."""
    assert len(shipped.series) == 98


def test_names_of_then_and_now(shipped: Tables) -> None:
    """Khalkhin Gol is found as Nomonhan, Mukden as Shenyang."""
    names = {place.id: {place.name, place.today, *place.names} for place in shipped.places}
    assert "Nomonhan" in names["khalkhin-gol"]
    assert "Shenyang" in names["mukden"]
    assert "Northern Territories" in names["hitokappu"]


def test_no_table_of_the_record_has_two_spellings_of_a_column(tmp_path: Path) -> None:
    """The cells of the shipped claims are what their columns promise: sides have capitals."""
    with (ROOT / CLAIMS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["side"][:1].isupper() for row in rows if row["side"])
    assert all(row["says"].endswith(".") for row in rows)
