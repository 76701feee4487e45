"""The pages in Firefox as people have it: they open from disk, seek, play and show the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import OpenPage
from pixels import changed, colour_of, near, until

import bidi
from ensure_browser import FIREFOX, advice, find_browser

RIGHT = "\ue014"
TAB = "\ue004"
FRAMES = """async () => {
    for (let n = 0; n < 5; n += 1) await new Promise(requestAnimationFrame);
}"""
PAGES = [("site", "two-directions.html"), ("small_site", "two-lamps.html")]


@pytest.fixture(scope="module")
def tab() -> Iterator[bidi.Firefox]:
    """One tab for all tests here; when they are over, no page has complained or gone out."""
    program = find_browser(FIREFOX)
    if not program:
        pytest.skip(advice(FIREFOX))
    with bidi.firefox(program) as opened:
        opened.resize(1280, 800)
        yield opened
        assert opened.requests == []
        assert opened.errors == []


def opened(tab: bidi.Firefox, site: Path, name: str = "two-directions.html") -> bidi.Firefox:
    """The tab with a page from disk whose map is ready."""
    tab.open("about:blank")
    tab.open((site / name).as_uri())
    assert tab.evaluate("historyMap.ready.then(() => true)")
    return tab


def test_complaints_and_requests_are_heard(tab: bidi.Firefox, tmp_path: Path) -> None:
    """What the other tests find none of would be found: errors in the console, calls for a host."""
    asking = '<img src="http://host.invalid/"><script>console.error("one"); throw "two"</script>'
    (tmp_path / "asking.html").write_text(asking, encoding="utf-8")
    tab.open((tmp_path / "asking.html").as_uri())
    assert [urlsplit(request).hostname for request in tab.requests] == ["host.invalid"]
    assert "one" in tab.errors
    assert any("two" in error for error in tab.errors)
    tab.requests.clear()
    tab.errors.clear()


def test_a_page_from_disk_speaks_with_the_map_in_its_frame(
    tab: bidi.Firefox, small_site: Path
) -> None:
    """The page of lines to paste may show its frame, sandboxed, and hears the map's time."""
    tab.open((small_site / "embed.html").as_uri())
    until(tab, "document.getElementById('time').value.startsWith('1887')")


@pytest.mark.parametrize(("folder", "name"), PAGES)
def test_it_opens_and_the_map_is_drawn(
    tab: bidi.Firefox, request: pytest.FixtureRequest, folder: str, name: str
) -> None:
    """Land and sea are on the map as pixels, and every mark in time stands on it."""
    opened(tab, request.getfixturevalue(folder), name)
    tab.evaluate("historyMap.fit()")
    tab.evaluate(FRAMES)
    picture = tab.picture()
    assert picture.size == (1280, 800)
    for ground in ("land", "sea"):
        assert near(picture, colour_of(tab, ground), within=6).mean() > 0.05, ground
    assert tab.evaluate("document.querySelectorAll('.mark').length") > 0


@pytest.mark.parametrize("when", ["1941-12-07T18:30Z", "1941-06-22", "1904", "1945-12-31"])
def test_it_shows_what_chromium_shows(
    tab: bidi.Firefox, open_page: OpenPage, site: Path, when: str
) -> None:
    """At a moment the same events and routes are visible in both browsers, and the caption."""
    asked = """(() => {
        historyMap.seek(WHEN);
        const caption = document.querySelector(".caption").innerText;
        return { ...historyMap.state().visible, caption };
    })()""".replace("WHEN", f"'{when}'")
    assert opened(tab, site).evaluate(asked) == open_page("two-directions.html").evaluate(asked)


def test_next_goes_to_the_next_event(tab: bidi.Firefox, site: Path) -> None:
    """Call, button and the slider's arrow each go one event on, and the map changes."""
    opened(tab, site).evaluate("historyMap.seek('1941-12-07')")
    tab.evaluate(FRAMES)
    before = tab.picture()
    met: list[Any] = []
    tab.evaluate("historyMap.next()")
    met.append(tab.evaluate("historyMap.state().selected"))
    tab.click("#next")
    met.append(tab.evaluate("historyMap.state().selected"))
    tab.evaluate("document.getElementById('moment').focus()")
    tab.press(RIGHT)
    met.append(tab.evaluate("historyMap.state().selected"))
    assert None not in met
    assert len(set(met)) == 3
    tab.evaluate(FRAMES)
    assert changed(before, tab.picture()).mean() > 0.01


def test_it_plays_and_pauses(tab: bidi.Firefox, site: Path) -> None:
    """Pressed, it runs on day by day; pressed again, it stands."""
    opened(tab, site).evaluate("historyMap.seek('1941-06-01')")
    tab.evaluate(
        """() => {
            const speed = document.getElementById("speed");
            speed.value = "day";
            speed.dispatchEvent(new Event("change"));
        }"""
    )
    tab.click("#play")
    until(tab, "historyMap.state().playing && historyMap.state().time > '1941-06-03'")
    tab.click("#play")
    stopped = tab.evaluate("historyMap.state()")
    assert not stopped["playing"]
    tab.evaluate(FRAMES)
    assert tab.evaluate("historyMap.state().time") == stopped["time"]


def test_tab_walks_the_page(tab: bidi.Firefox, site: Path) -> None:
    """Tab meets every control that has a name of its own, and nothing twice."""
    opened(tab, site).evaluate("historyMap.seek('1941-12-07')")
    controls = tab.evaluate(
        """[...document.querySelectorAll("button[id], input[id], select[id]")]
            .filter(one => one.checkVisibility() && !one.disabled).map(one => one.id)"""
    )
    tab.evaluate("id => document.getElementById(id).focus()", controls[0])
    met = [controls[0]]
    for _ in range(150):
        tab.press(TAB)
        met.append(tab.evaluate("document.activeElement.id"))
        if met[-1] == controls[-1]:
            break
    assert [one for one in met if one in controls] == controls


def test_the_presenters_window_is_filled_and_counts(tab: bidi.Firefox, small_site: Path) -> None:
    """Under our policy and from disk, with the page's own styles; closing it is heard of."""
    opened(tab, small_site, "two-lamps.html")
    tab.evaluate(
        "void (({ open }) => (window.open = (...all) => (window.there = open(...all))))(window)"
    )
    tab.press("p")
    until(tab, "window.there?.document.querySelector('.elapsed')?.textContent > '0:00:00'")
    assert tab.evaluate("there.document.title").startswith("Presenter: ")
    notes = "parseFloat(there.getComputedStyle(there.document.querySelector('.notes')).fontSize)"
    assert tab.evaluate(notes) >= 18
    tab.evaluate("there.close()")
    until(tab, "there.closed")
