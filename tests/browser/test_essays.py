"""The page of the essays: every link opens the map at its moment, with the card of the event."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from conftest import OpenPage
from playwright.sync_api import Page

from events.reading import read_tables
from events.record import Event
from events.when import When

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
ROOT = Path(__file__).parents[2]
SHOWN = """() => {
    const { time, selected } = historyMap.state();
    const card = document.getElementById("card");
    return { time, selected, title: card.hidden ? "" : card.innerText };
}"""
LINKS = ".maps a"
# Each address in turn, and what is shown once its event is chosen; a second is ample.
FOLLOW = f"""async links => {{
    const seen = [];
    for (const [hash, name] of links) {{
        location.hash = hash;
        const until = performance.now() + 1000;
        while (historyMap.state().selected !== name && performance.now() < until)
            await new Promise(requestAnimationFrame);
        seen.push(({SHOWN})());
    }}
    return seen;
}}"""


def meets(time: str, event: Event) -> bool:
    """Whether the moment that the clock shows lies in that at which a map opens the event."""
    shown, (first, last) = When.parse(time), event.when.moment
    return first <= shown.last and shown.first <= last


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    """The shipped events by their ids."""
    return {event.id: event for event in read_tables(ROOT)[0].events}


@pytest.fixture(scope="module")
def essays(shared_page: Callable[..., Page]) -> Page:
    """The page of the essays at a desk."""
    return shared_page("essays.html", ready=False)


def test_all_claims_stand_on_the_page(essays: Page) -> None:
    """All 104 claims have their verdict and a link, and the count of verdicts is right."""
    claims = essays.locator(".claim")
    assert claims.count() == 104
    assert essays.locator(".claim .verdict").count() == 104
    assert essays.evaluate(
        "[...document.querySelectorAll('.claim')].every(e => e.querySelector('.maps a'))"
    )
    verdicts = [text.lower() for text in essays.locator(".claim .verdict").all_inner_texts()]
    rows = essays.locator(".counts tbody tr").all_inner_texts()
    counted = {row.split("\t")[0]: int(row.split("\t")[-1]) for row in rows}
    assert counted == {verdict: verdicts.count(verdict) for verdict in counted}
    assert sum(counted.values()) == 104


def test_every_link_opens_the_map_at_its_moment(
    essays: Page, shared_page: Callable[..., Page], events: dict[str, Event]
) -> None:
    """Each address of the page is followed: the clock stands in the event, and its card is open."""
    links = essays.eval_on_selector_all(LINKS, "all => all.map(one => one.getAttribute('href'))")
    assert len(links) >= 104
    assert {link.partition("#")[0] for link in links} == {"two-directions.html"}
    hashes = [link.partition("#")[2] for link in dict.fromkeys(links)]
    names = [re.fullmatch(r"t=[^&]+&sel=(.+)", hash_)[1] for hash_ in hashes]
    seen = shared_page().evaluate(FOLLOW, [list(pair) for pair in zip(hashes, names, strict=True)])
    for hash_, name, shown in zip(hashes, names, seen, strict=True):
        assert shown["selected"] == name, hash_
        assert events[name].title in shown["title"], hash_
        assert meets(shown["time"], events[name]), hash_


@pytest.mark.parametrize(
    "name", ["rjw-tsushima", "pearl-harbor", "kantokuen-103", "plan-kamchatka"]
)
def test_a_link_opens_a_map_that_was_closed(
    essays: Page, open_page: OpenPage, events: dict[str, Event], name: str
) -> None:
    """Opened anew, the map stands at that moment with the card, also of what never happened."""
    link = essays.locator(f"{LINKS}[href$='sel={name}']").first.get_attribute("href")
    shown = open_page(link).evaluate(SHOWN)
    assert shown["selected"] == name
    assert events[name].title in shown["title"]
    assert meets(shown["time"], events[name])


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_reads_at_every_width(
    shared_page: Callable[..., Page], width: int, scheme: str
) -> None:
    """Nothing is wider than the window, and axe finds nothing, light and dark."""
    viewport = {"width": width, "height": 844}
    page = shared_page(
        "essays.html", ready=False, bypass_csp=True, viewport=viewport, color_scheme=scheme
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(found => found.violations.map(one => one.id))")
    assert found == []


def test_the_index_leads_to_the_record(shared_page: Callable[..., Page]) -> None:
    """The list of maps links to the essays and to each file of the record; all are there."""
    index = shared_page("index.html", ready=False)
    links = index.eval_on_selector_all("nav a", "all => all.map(one => one.href)")
    assert any(link.endswith("essays.html") for link in links)
    assert sum("/data/" in link for link in links) >= 9
    for link in links:
        assert Path(link.removeprefix("file://")).is_file()
