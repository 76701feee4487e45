"""What the page bears: hidden frames, odd addresses, hands that are quicker than it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pixels import until
from playwright.sync_api import Page


def test_a_map_in_a_hidden_frame_fits_once_it_is_shown(
    open_page: Callable[..., Page], site: Path, tmp_path: Path
) -> None:
    """Framed, sandboxed and hidden at first, as in a deck, it shows its chapter's view."""
    address = (site / "two-directions.html").as_uri() + "#ch=malaya-hawaii"
    frame = f'<iframe sandbox="allow-scripts" src="{address}" width="900" height="600"></iframe>'
    (tmp_path / "deck.html").write_text(f"<div hidden>{frame}</div>", encoding="utf-8")
    page = open_page("deck.html", within=tmp_path, ready=False)
    framed = page.frames[1]
    framed.wait_for_load_state()
    before = framed.evaluate("historyMap.state().view.zoom")
    page.evaluate("document.querySelector('div').hidden = false")
    framed.evaluate(
        """async zoom => {
            while (historyMap.state().view.zoom <= zoom) await new Promise(requestAnimationFrame);
        }""",
        before,
    )
    assert framed.evaluate("historyMap.state().visible.events.length") > 5


@pytest.mark.parametrize(
    "address",
    [
        "t=Y999999",
        "c=1,1,1e308",
        "c=NaN,1,2",
        "sel=%3Cscript%3E",
        "ch=__proto__",
        "layers=,,x",
        "%",
    ],
)
def test_an_odd_address_is_borne(open_page: Callable[..., Page], address: str) -> None:
    """What an address asks for that makes no sense is left out, and the rest is shown."""
    page = open_page(f"two-directions.html#{address}")
    state = page.evaluate("historyMap.state()")
    assert state["time"] == "1936-08-07"
    assert 0 <= state["view"]["zoom"] <= 10


def test_an_address_may_count_longitudes_as_tables_do(open_page: Callable[..., Page]) -> None:
    """158° W is the same place whether it is written -158 or 202."""
    page = open_page("two-directions.html#c=21,-158,6")
    assert page.evaluate("historyMap.state().view.lng") == pytest.approx(202, abs=0.1)


def test_a_seek_while_playing_is_obeyed(open_page: Callable[..., Page]) -> None:
    """Playing goes on from where somebody put the clock, not from where it was."""
    page = open_page("two-directions.html#t=1941-06-01")
    page.select_option("#speed", "day")
    page.evaluate("historyMap.play()")
    until(page, "historyMap.state().time > '1941-06-01'")
    page.evaluate("historyMap.seek('1943-03-01')")
    until(page, "historyMap.state().time > '1943-03-01'")
    assert page.evaluate("historyMap.state().time").startswith("1943-03")


def test_pause_and_play_in_one_frame_leave_one_loop(open_page: Callable[..., Page]) -> None:
    """However often it is pressed, it plays once: the first step is one event, not six."""
    page = open_page("two-directions.html#t=1941-06-01")
    page.evaluate("for (let k = 0; k < 6; k++) { historyMap.pause(); historyMap.play(); }")
    until(page, "historyMap.state().selected")
    seen = page.evaluate(
        """async () => {
            const seen = new Set();
            for (let k = 0; k < 20; k++) {
                await new Promise(requestAnimationFrame);
                seen.add(historyMap.state().selected);
            }
            return seen.size;
        }"""
    )
    assert seen == 1


def test_open_ends_are_stepped_through_once(
    open_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """Events with an open beginning have their turn like others; next comes to an end, prev too."""
    site = make_site(
        {
            "events/tables/events.csv": [
                ["id", "title", "when", "lat", "lon"],
                ["until", "Until", "../1942", 10, 10],
                ["one", "One", "1940", 20, 20],
                ["two", "Two", "1941-08", 30, 30],
                ["late", "Late", "1944/..", 40, 40],
            ],
        },
    )
    page = open_page("map.html", within=site)
    walked = page.evaluate(
        """() => {
            const walk = (way) => {
                const met = [];
                for (let k = 0; k < 9; k++) {
                    historyMap[way]();
                    met.push(historyMap.state().selected);
                }
                return met;
            };
            historyMap.seek("1900");
            return [walk("next"), walk("prev")];
        }"""
    )
    assert list(dict.fromkeys(walked[0])) == ["one", "two", "until", "late"]
    assert walked[0][3:] == ["late"] * 6
    assert list(dict.fromkeys(walked[1])) == ["until", "two", "one"]


def test_what_a_listener_does_wrong_stops_nothing(open_page: Callable[..., Page]) -> None:
    """A host's function that throws is reported, and the map goes on."""
    page = open_page("two-directions.html")
    page.evaluate("window.reportError = () => { window.reported = true; }")
    page.evaluate("historyMap.on('time', () => { throw new Error('mine'); })")
    page.evaluate("historyMap.seek('1942')")
    assert page.evaluate("historyMap.state().time") == "1942"
    assert page.evaluate("window.reported")
    assert page.evaluate("(() => { try { historyMap.on('time'); } catch { return 'refused'; } })()")
