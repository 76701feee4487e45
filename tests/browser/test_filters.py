"""Filters: facets that combine, each value with its count, on map, lanes and list alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import ROOT
from pixels import until
from playwright.sync_api import Page, expect

from events.reading import read_tables
from events.record import Event

EVENTS = read_tables(ROOT)[0].events
FOUND = "#list .found"
LANES = "document.querySelector('#lanes > canvas').toDataURL()"
COUNTS = """() => Object.fromEntries(
    [...document.querySelectorAll("fieldset[data-facet]")].map(set => [set.dataset.facet,
        Object.fromEntries([...set.querySelectorAll(".value")].map(
            one => [one.dataset.value, Number(one.querySelector("small").textContent)]))]))"""
ACTORS = [f"Actor {n:02}" for n in range(30)]

Wanted = dict[str, set[str]]


def values(event: Event, facet: str) -> list[str]:
    """What an event has of a facet, as the tables have it."""
    return {
        "directions": list(event.directions) or ["context"],
        "kinds": [event.kind],
        "actors": list(event.actors),
        "status": [event.status],
        "verified": [event.verified],
    }[facet]


def passing(wanted: Wanted, but: str = "") -> list[Event]:
    """The events that pass all facets, one left out."""
    return [
        event
        for event in EVENTS
        if all(
            set(values(event, facet)) & ids for facet, ids in wanted.items() if facet != but and ids
        )
    ]


def counted(wanted: Wanted, of: Iterable[str] | None = None) -> dict[str, Counter[str]]:
    """Of each facet how many events its values would leave; `of` are the events that were found."""
    found = None if of is None else set(of)
    return {
        facet: Counter(
            value
            for event in passing(wanted, but=facet)
            if found is None or event.id in found
            for value in values(event, facet)
        )
        for facet in ("directions", "kinds", "actors", "status", "verified")
    }


@pytest.fixture(scope="module")
def shipped(shared_page: Callable[..., Page]) -> Page:
    """The shipped map, one for all these tests."""
    return shared_page("two-directions.html#t=1941-12-07")


@pytest.fixture(autouse=True)
def opened(shipped: Page) -> None:
    """Each test begins with the list and its filters open, and nothing chosen."""
    fresh(shipped)


def fresh(page: Page) -> None:
    """The map as its story opens, with the list and the facets before the reader."""
    page.evaluate("location.hash = '#t=1941-12-07&kinds=nothing'")
    until(page, "location.hash === '#t=1941-12-07'")
    if page.locator("#list").is_hidden():
        page.locator("#show-list").click()
    page.locator("#search").fill("")
    page.evaluate("document.querySelector('.facets').open = true")
    expect(page.locator(".value").first).to_be_visible()
    if page.locator(".more-values:visible").count():
        page.locator(".more-values:visible").click()


def box(page: Page, facet: str, value: str) -> None:
    """Presses the box of a value."""
    page.locator(f"[data-facet={facet}] [data-value='{value}'] input").click()


def said(page: Page) -> dict[str, dict[str, int]]:
    """The counts that the page shows."""
    return page.evaluate(COUNTS)


def check(page: Page, wanted: Wanted, of: Iterable[str] | None = None) -> None:
    """Every count that stands is that of the tables, and none of the tables' values is missing."""
    expected = counted(wanted, of)
    for facet, counts in said(page).items():
        assert Counter(counts) == expected[facet], facet
        assert set(counts) >= set(expected[facet]), facet


def test_counts_are_those_of_the_tables(shipped: Page) -> None:
    """Beside each value stands how many events of the CSV have it; of 141 all are listed."""
    check(shipped, {})
    assert set(said(shipped)) == {"directions", "kinds", "actors", "status", "verified"}
    expect(shipped.locator(FOUND)).to_have_text("141 events")


def test_facets_combine(shipped: Page) -> None:
    """Values of one facet are joined by "or", facets by "and"; the counts follow every choice."""
    wanted: Wanted = {}
    for facet, value in [
        ("actors", "japan"),
        ("kinds", "battle"),
        ("actors", "soviet-union"),
        ("verified", "verified"),
        ("directions", "north"),
    ]:
        box(shipped, facet, value)
        wanted.setdefault(facet, set()).add(value)
        check(shipped, wanted)
        number = len(passing(wanted))
        expect(shipped.locator(FOUND)).to_have_text(f"{number} of 141 events")
    assert 0 < number < 40
    shipped.evaluate("historyMap.setMode('since'); historyMap.seek('1945-12-31')")
    executed = {event.id for event in passing(wanted) if event.status == "executed"}
    assert set(shipped.evaluate("historyMap.state().visible.events")) == executed
    shipped.get_by_role("button", name="Clear all").click()
    check(shipped, {})
    expect(shipped.locator(".chips button")).to_have_count(0)
    shipped.evaluate("historyMap.setMode('at')")


def test_counts_are_of_what_was_searched_for(shipped: Page) -> None:
    """With a search the counts are of the events that it finds, and filters leave of those."""
    shipped.locator("#search").fill("khalkhin")
    found = [event.id for event in EVENTS if "khalkhin" in f"{event.title} {event.place}".lower()]
    ids = shipped.evaluate(
        """() => [...document.querySelectorAll("#list li .title")].map(one => one.textContent)"""
    )
    assert len(found) > 1
    assert len(ids) >= len(found)
    shown = said(shipped)
    assert sum(shown["status"].values()) == len(ids)
    box(shipped, "kinds", "battle")
    number = shown["kinds"]["battle"]
    expect(shipped.locator(FOUND)).to_have_text(f"{number} of 141 events")


def test_what_is_left_out_goes_from_the_lanes_too(shipped: Page) -> None:
    """The lanes hold fewer ticks while an actor is chosen, and are as before without."""
    before = shipped.evaluate(LANES)
    box(shipped, "actors", "mongolia")
    until(shipped, f"{LANES} !== {before!r}")
    box(shipped, "actors", "mongolia")
    until(shipped, f"{LANES} === {before!r}")


def test_routes_obey_the_facets_that_they_have(shipped: Page) -> None:
    """With one actor chosen only his routes are drawn; a kind, which they have not, hides none."""
    routes = "historyMap.state().visible.routes"
    before = shipped.evaluate(routes)
    box(shipped, "kinds", "battle")
    assert shipped.evaluate(routes) == before
    box(shipped, "actors", "mongolia")
    assert shipped.evaluate(routes) == []


def test_the_address_keeps_filters(shipped: Page) -> None:
    """What was chosen stands in the address, and an address that has it opens so."""
    asked = "t=1941-12-07&kinds=battle,plan&actors=japan,soviet-union&verified=verified"
    shipped.evaluate(f"location.hash = '#{asked}'")
    wanted = {
        "kinds": {"battle", "plan"},
        "actors": {"japan", "soviet-union"},
        "verified": {"verified"},
    }
    number = len(passing(wanted))
    expect(shipped.locator(FOUND)).to_have_text(f"{number} of 141 events")
    box(shipped, "kinds", "plan")
    until(shipped, "location.hash.includes('kinds=battle&')")
    written = parse_qs(urlsplit(shipped.url).fragment)
    assert written["actors"] == ["japan,soviet-union"]
    assert written["verified"] == ["verified"]
    box(shipped, "kinds", "plan")
    until(shipped, f"location.hash === '#{asked}'")


def test_a_link_with_its_commas_encoded(shipped: Page) -> None:
    """Ids are told apart also where mail or chat made %2C of the commas between them."""
    shipped.evaluate("location.hash = '#t=1941-12-07&kinds=battle%2Cplan'")
    until(shipped, "location.hash === '#t=1941-12-07&kinds=battle,plan'")
    number = len(passing({"kinds": {"battle", "plan"}}))
    expect(shipped.locator(FOUND)).to_have_text(f"{number} of 141 events")


@pytest.mark.parametrize(
    "asked",
    [
        "actors=,&status=&verified=,,",
        "actors=nobody&status=%3Cb%3E&verified=constructor",
        "actors=%E0%A4%A&kinds=__proto__",
        "status=planned2,0",
    ],
)
def test_unknown_values_of_an_address_change_nothing(shipped: Page, asked: str) -> None:
    """Empty, unknown or broken values are passed over: all 141 events are there."""
    shipped.evaluate(f"location.hash = '#t=1941-12-08&{asked}'")
    until(shipped, "location.hash === '#t=1941-12-08'")
    expect(shipped.locator(FOUND)).to_have_text("141 events")


def test_who_chooses_planned_sees_it(shipped: Page) -> None:
    """The status switches its layer on; the layer switched off again drops the status."""
    box(shipped, "status", "planned")
    layer = shipped.locator("input[data-layer=planned]")
    expect(layer).to_be_checked()
    shipped.evaluate("historyMap.setMode('since'); historyMap.seek('1945-12-31')")
    planned = {event.id for event in EVENTS if event.status == "planned"}
    assert set(shipped.evaluate("historyMap.state().visible.events")) == planned
    layer.click()
    expect(shipped.locator(FOUND)).to_have_text("141 events")
    shipped.evaluate("historyMap.setMode('at')")


def test_legend_and_facets_are_one(shipped: Page) -> None:
    """A direction or a kind switched off in the legend is a chip, and going it is on again."""
    south = shipped.locator(".legend input[data-layer=south]")
    kind = shipped.get_by_role("button", name="battle", exact=True)
    south.click()
    kind.click()
    chips = shipped.locator(".chips li button")
    expect(chips.first).to_have_text("not South")
    expect(chips.nth(1)).to_have_text("not battle")
    number = len(passing({"directions": {"north", "context"}}))
    battles = sum(event.kind == "battle" for event in passing({"directions": {"north", "context"}}))
    expect(shipped.locator(FOUND)).to_have_text(f"{number - battles} of 141 events")
    chips.first.click()
    expect(south).to_be_checked()
    chips.first.click()
    expect(kind).to_have_attribute("aria-pressed", "true")
    expect(shipped.locator(FOUND)).to_have_text("141 events")


def test_filters_work_by_keys_alone(shipped: Page) -> None:
    """Tab and Space choose, a chip goes by Enter, and the focus is never lost."""
    page = shipped
    page.evaluate("document.querySelector('.facets').open = false")
    page.locator("#search").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".value").first).to_be_visible()
    page.keyboard.press("Tab")
    if page.locator(".fields:focus").count():  # which scrolls, and so takes the focus
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    north = len(passing({"directions": {"north"}}))
    expect(page.locator(FOUND)).to_have_text(f"{north} of 141 events")
    expect(page.locator(":focus")).to_be_checked()
    page.locator(".chips button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(FOUND)).to_have_text("141 events")
    expect(page.locator(".facets summary")).to_be_focused()


def test_fields_and_counts_have_names(shipped: Page) -> None:
    """Each facet is a group with its name, each box is called by its value and its count."""
    page = shipped
    group = page.get_by_role("group", name="Status", exact=True)
    number = sum(event.status == "planned" for event in EVENTS)
    expect(group.get_by_role("checkbox", name=f"planned {number}")).to_have_count(1)
    expect(page.locator(FOUND)).to_have_role("status")


def test_where_filters_leave_nothing_it_is_said(shipped: Page) -> None:
    """List and map say so, and a press clears the filters."""
    box(shipped, "kinds", "economy")
    box(shipped, "actors", "mongolia")
    line = shipped.locator("#nothing")
    shipped.evaluate("historyMap.seek('1913-01-05')")
    expect(line).to_have_text("The filters leave no event. Clear them")
    shipped.get_by_role("button", name="Clear the filters").click()
    expect(shipped.locator(FOUND)).to_have_text("141 events")
    expect(line).to_contain_text("Nothing is dated here.")


def test_what_is_chosen_is_never_left_out(shipped: Page) -> None:
    """An event that the filters leave out is let in when it is selected from elsewhere."""
    box(shipped, "actors", "mongolia")
    box(shipped, "verified", "unverified")
    shipped.evaluate("historyMap.select('pearl-harbor')")
    state = shipped.evaluate("historyMap.state()")
    assert state["selected"] == "pearl-harbor"
    assert "pearl-harbor" in state["visible"]["events"]


def test_what_no_title_names_is_found_in_summaries(shipped: Page) -> None:
    """Where nothing is named so, events that tell of it are listed, and the row says how."""
    named = [f"{e.title} {e.place} {' '.join(e.actors)}".lower() for e in EVENTS]
    words = Counter(
        word
        for event in EVENTS
        for word in {one.strip(".,;:()'") for one in event.summary.lower().split()}
        if word.isascii() and word.isalpha() and len(word) > 7
    )
    word = next(w for w, n in words.most_common() if n < 9 and not any(w in one for one in named))
    shipped.locator("#search").fill(word)
    number = sum(word in event.summary.lower() for event in EVENTS)
    expect(shipped.locator(FOUND)).to_have_text(f"none named so; {number} tell of it")
    expect(shipped.locator("#list li mark").first).to_have_text(word, ignore_case=True)


@pytest.fixture(scope="module")
def peopled(shared_page: Callable[..., Page], make_site: Callable[..., Path]) -> Page:
    """A map of thirty actors without a table of their own, one with a comma in his name."""
    header = ["id", "title", "when", "lat", "lon", "actors"]
    rows = [
        [f"e{n}", f"Event {n}", f"1900-01-{n % 28 + 1:02}", n % 60, n, ";".join(ACTORS[n % 30 :])]
        for n in range(60)
    ]
    rows.append(["last", "Last", "1900-02-01", 0, 0, "Comma, A. & Co=#"])
    return shared_page("map.html", within=make_site({"events/tables/events.csv": [header, *rows]}))


def test_of_many_actors_the_most_frequent_stand_first(peopled: Page) -> None:
    """Eight of 31 stand at once, others behind "more" or what is written; a chosen one stays."""
    page = peopled
    page.locator("#show-list").click()
    page.locator(".facets summary").click()
    rows = page.locator("[data-facet=actors] .value")
    expect(rows).to_have_count(8)
    expect(rows.first).to_contain_text("Actor 29")
    page.get_by_label("Find: actor").fill("comma")
    expect(rows).to_have_count(1)
    rows.first.locator("input").click()
    expect(page.locator(FOUND)).to_have_text("1 of 61 events")
    page.get_by_label("Find: actor").press("Escape")
    expect(page.locator("#list")).to_be_visible()
    expect(rows).to_have_count(9)
    until(page, "location.hash.includes('actors=Comma%2C%20A.%20%26%20Co%3D%23')")
    page.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))")
    expect(page.locator(FOUND)).to_have_text("1 of 61 events")
    page.locator("[data-facet=actors] .more-values").click()
    expect(rows).to_have_count(31)
    expect(rows.nth(8).locator("input")).to_be_focused()
