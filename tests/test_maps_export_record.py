"""The record for other programs: safe cells, Linked Places times, CSL-JSON, the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from events.reading import read_tables
from events.record import Event, Tables
from events.when import When
from events.writing import defused
from maps.essays import render_essays
from maps.export.record import record_files
from maps.links import address_of, link_to
from maps.story import read_stories

ROOT = Path(__file__).parents[1]
HOSTILE = "<script>alert(1)</script> & {{ 7*7 }}"


@pytest.fixture(scope="module")
def shipped() -> Tables:
    """The tables of the atlas that comes with the code."""
    return read_tables(ROOT)[0]


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "-0489-09", "\r=1"])
def test_formulas_are_defused(cell: str) -> None:
    """What a spreadsheet might run begins with an apostrophe."""
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a", "-12.5", "+3", "1941-12-07", "a=b"])
def test_other_cells_stay(cell: str) -> None:
    """Numbers, dates and words are as they were."""
    assert defused(cell) == cell


def test_each_table_is_whole(shipped: Tables) -> None:
    """Every record is a row of its file, and no cell of any begins a formula."""
    files = record_files(shipped)
    counts = {
        "claims": len(shipped.claims),
        "essay_claims": len(shipped.essay_claims),
        "events": len(shipped.events),
        "places": len(shipped.places),
        "series": len(shipped.series),
        "sources": len(shipped.sources),
    }
    for name, count in counts.items():
        rows = list(csv.reader(io.StringIO(files[f"data/{name}.csv"])))
        assert len(rows) == count + 1
        assert all(defused(cell) == cell for row in rows for cell in row)


def test_files_are_the_same_every_time(shipped: Tables) -> None:
    """Two exports have the same text, with line feeds only."""
    files = record_files(shipped)
    assert files == record_files(shipped)
    assert not any("\r" in text for text in files.values())


def test_events_have_linked_places_times(shipped: Tables) -> None:
    """An event of GeoJSON has timespans and stands where the table has it."""
    collection = json.loads(record_files(shipped)["data/events.geojson"])
    raid = next(each for each in collection["features"] if each["@id"] == "#pearl-harbor")
    assert raid["when"]["timespans"] == [
        {
            "start": {"earliest": "1941-12-07T18:25:00Z"},
            "end": {"latest": "1941-12-07T20:15:59Z"},
        }
    ]
    assert raid["geometry"] == {"type": "Point", "coordinates": [-157.95, 21.365]}


def test_places_have_all_their_names(shipped: Tables) -> None:
    """A place of GeoJSON has its older and newer names."""
    collection = json.loads(record_files(shipped)["data/places.geojson"])
    mukden = next(each for each in collection["features"] if each["@id"] == "#mukden")
    names = [name["toponym"] for name in mukden["names"]]
    assert names[:2] == ["Mukden", "Shenyang"]


def test_sources_are_csl(shipped: Tables) -> None:
    """A book is one that reference managers read, and it says how far it was opened."""
    sources = json.loads(record_files(shipped)["data/sources.json"])
    coox = next(each for each in sources if each["id"] == "coox1985")
    assert coox["type"] == "book"
    assert coox["author"] == [{"literal": "Alvin D. Coox"}]
    assert coox["issued"] == {"date-parts": [[1985]]}
    assert coox["note"] == "Not opened."


def test_nothing_without_claims(shipped: Tables) -> None:
    """A project that claims nothing has no such files."""
    assert record_files(replace(shipped, claims=())) == {}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("1941-12-07", "1941-12-07"),
        ("1939-08-20/1939-08-31", "1939-08-20"),
        ("1941-12-07T07:55-10:30", "1941-12-07T18:25Z"),
        ("1941-09/1941-12", "1941-09"),
        ("1941", "1941"),
        ("../1945-09-02", "1945-09-02"),
    ],
)
def test_addresses_of_times(text: str, address: str) -> None:
    """A time is addressed as exactly as it is known."""
    assert address_of(When.parse(text)) == address


def test_links_lead_to_the_first_map_that_shows_the_event(
    project: Path, an_event: Callable[..., Event]
) -> None:
    """An event is linked on a map whose span reaches it, and on none if none does."""
    stories, _ = read_stories(project)
    inside = an_event(when=When.parse("1887-03-04"))
    assert link_to(inside, stories) == "two-lamps.html#t=1887-03-04&sel=a"
    assert link_to(an_event(when=When.parse("1999")), stories) == ""


def test_hostile_text_on_the_page_of_essays_is_shown_as_it_is(shipped: Tables) -> None:
    """HTML in any cell of an essay's claim is escaped."""
    claim = replace(
        shipped.essay_claims[0], says=HOSTILE, value=HOSTILE, note=HOSTILE, topic="cause"
    )
    topics = tuple(replace(topic, label=HOSTILE, stands=HOSTILE) for topic in shipped.topics)
    sources = tuple(replace(source, title=HOSTILE, author=HOSTILE) for source in shipped.sources)
    tables = replace(shipped, essay_claims=(claim,), topics=topics, sources=sources)
    page = render_essays(read_stories(ROOT)[0], tables)
    assert "<script" not in page
    assert "{{ 7*7 }}" in page
