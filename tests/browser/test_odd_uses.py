"""What the page bears: hidden frames, odd addresses, hands that are quicker than it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import READY
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
    assert framed.evaluate(READY)
    before = framed.evaluate("historyMap.state().view.zoom")
    page.evaluate("document.querySelector('div').hidden = false")
    until(framed, f"historyMap.state().view.zoom > {before}")
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


class Fingers:
    """Fingers on a page's screen."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def __call__(self, kind: str, *spots: tuple[float, float]) -> None:
        """They touch ("Start"), move or leave the screen ("End")."""
        points = [{"x": x, "y": y, "id": k} for k, (x, y) in enumerate(spots)]
        self.session.send(
            "Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points}
        )


def seen_mark(page: Page) -> tuple[float, float]:
    """The middle of a mark on which nothing lies, away from the window's edge."""
    return page.evaluate(
        """() => {
            for (const mark of document.querySelectorAll(".mark")) {
                const { x, y, width, height } = mark.getBoundingClientRect();
                const spot = [x + width / 2, y + height / 2];
                const top = document.elementFromPoint(...spot);
                if (mark.contains(top) && x > 80 && x < innerWidth - 160 && y > 160) return spot;
            }
        }"""
    )


CENTRE = "Object.values(historyMap.state().view)"


@pytest.mark.parametrize("by", ["finger", "mouse"])
def test_a_drag_may_begin_on_a_mark(open_page: Callable[..., Page], by: str) -> None:
    """The map follows a drag that began on a mark, and no card opens at its end."""
    size = {"width": 390, "height": 844} if by == "finger" else {"width": 1280, "height": 800}
    page = open_page(
        "two-directions.html#t=1942-01&c=15,125,3.6", viewport=size, has_touch=by == "finger"
    )
    page.evaluate("document.querySelector('.card .close')?.click()")
    x, y = seen_mark(page)
    before = page.evaluate(CENTRE)
    if by == "finger":
        fingers = Fingers(page)
        fingers("Start", (x, y))
        for step in (20, 50, 80):
            fingers("Move", (x + step, y + step / 2))
        fingers("End")
    else:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 80, y + 40, steps=4)
        page.mouse.up()
    until(page, f"{CENTRE}[1] < {before[1]} - 1")
    assert page.evaluate("document.getElementById('card').hidden")
    assert page.evaluate("historyMap.state().selected") is None


def test_a_pinch_may_begin_on_a_mark(open_page: Callable[..., Page]) -> None:
    """Two fingers, one of them on a mark, zoom the map."""
    page = open_page(
        "two-directions.html#t=1942-01&c=15,125,3.6",
        viewport={"width": 390, "height": 844},
        has_touch=True,
    )
    x, y = seen_mark(page)
    zoom = page.evaluate("historyMap.state().view.zoom")
    fingers = Fingers(page)
    fingers("Start", (x, y), (x + 60, y))
    for reach in (10, 30, 50):
        fingers("Move", (x - reach, y), (x + 60 + reach, y))
        page.evaluate("new Promise(requestAnimationFrame)")
    fingers("End")
    until(page, f"historyMap.state().view.zoom > {zoom} + 0.7")


def test_a_press_on_a_mark_still_opens_its_card(open_page: Callable[..., Page]) -> None:
    """A drag that is over does not swallow the next press, and a press does not move the view."""
    page = open_page("two-directions.html#t=1942-01&c=15,125,3.6")
    page.evaluate("document.querySelector('.card .close').click()")
    x, y = seen_mark(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=3)
    page.mouse.move(x + 60, y)
    page.mouse.up()
    page.mouse.click(*seen_mark(page))
    assert page.evaluate("!document.getElementById('card').hidden")
