"""The page without a mouse: every control and mark by Tab, the date by arrows, the way out.

axe is content with a slider that nobody can reach, so here it is walked.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pixels import changed, still, until
from playwright.sync_api import CDPSession, Page

DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}}
UPRIGHT = {"viewport": {"width": 768, "height": 1024}, "forced_colors": "active"}
ZOOMED = {"viewport": {"width": 320, "height": 256}}
# In what window the page is walked, and what is opened first.
WALKS: dict[str, tuple[dict[str, Any], str]] = {
    "desk": (DESK, ""),
    "two dates": (DESK, "historyMap.compare('1941-12-05')"),
    "side by side": (DESK, "historyMap.compare('1941-12-05', 'side')"),
    "list, window": (
        DESK,
        "document.getElementById('show-list').click(), historyMap.setMode('window')",
    ),
    "insets": (DESK, "historyMap.chapter('trains-west')"),
    "upright, forced colours": (UPRIGHT, ""),
    "phone": (PHONE, ""),
    "phone, two dates": (PHONE, "document.getElementById('compare').click()"),
    "400 % zoom": (ZOOMED, ""),
}
MAP = ".stage > .map-frame:not(.second)"  # insets have marks too
FRAMES = """async () => {
    for (let n = 0; n < 3; n += 1) await new Promise(requestAnimationFrame);
}"""
NAME = "one.ariaLabel || one.title || one.labels?.[0]?.textContent || one.textContent"
LOOK = """() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    const spot = (x, y) => [box.left + box.width * x, box.top + box.height * y];
    const [x, y] = spot(0.5, 0.5);
    const part = one.closest(`.topbar, .map-frame, .left-column, .stage > .pills, .zoom, .split,
        .inset, .card, .compare-bar, .flags, .lanes, .controls`);
    return {
        id: one.id,
        kind: one.className,
        name: NAME,
        body: one === document.body,
        part: part?.className.split(" ").at(-1),
        box: [box.left, box.top, box.right, box.bottom],
        inside: x >= 0 && y >= 0 && x < innerWidth && y < innerHeight,
        // Two maps that are swiped lie one upon the other, each half covered.
        seen: [spot(0.5, 0.5), spot(0.2, 0.6), spot(0.7, 0.6)].some(spot => {
            const top = document.elementFromPoint(...spot);
            return top && (one.contains(top) || top.contains(one));
        }),
    };
}""".replace("NAME", NAME)
# All that Tab should meet, in the order of the page.
REACHABLE = f"""[...document.querySelectorAll(
        "a[href], button, input, select, summary, [tabindex]")]
    .filter(one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0)
    .filter(one => !one.closest("[inert]"))
    .map(one => {NAME})"""


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map, walked by keys only."""
    return shared_page("two-directions.html")


@pytest.fixture(scope="module", params=WALKS)
def walked(request: pytest.FixtureRequest, shared_page: Callable[..., Page]) -> Page:
    """The same in several windows and states, on 7 December 1941."""
    options, script = WALKS[request.param]
    page = shared_page("two-directions.html", **options)
    page.evaluate("historyMap.seek('1941-12-07')")
    page.evaluate("historyMap.fit()")
    page.evaluate(f"({script or 1}, 1)")
    return page


@pytest.fixture(scope="module")
def operated(shared_page: Callable[..., Page]) -> Page:
    """The shipped map with its contents open, whose controls are used one after the other."""
    return shared_page("two-directions.html")


def tabs(page: Page, key: str = "Tab") -> Iterator[dict[str, Any]]:
    """What Tab stops at, one after the other, until it comes out of the page or round again."""
    met: list[dict[str, Any]] = []
    for _ in range(200):
        page.keyboard.press(key)
        found = page.evaluate(LOOK)
        if found["body"] or (
            met and (found["id"], found["name"]) == (met[0]["id"], met[0]["name"])
        ):
            return
        met.append(found)
        yield found
    pytest.fail(f"200 times {key} do not lead out of the page")


@pytest.fixture(scope="module")
def walk(walked: Page) -> list[dict[str, Any]]:
    """What Tab meets from the beginning of the page to its end, with what it changes on screen."""
    walked.evaluate("document.activeElement.blur()")
    camera = walked.context.new_cdp_session(walked)
    return [
        found | {"picture": quick_shot(camera), "scrolled": walked.evaluate("scrollY")}
        for found in tabs(walked)
    ]


def quick_shot(camera: CDPSession) -> Image.Image:
    """The window as it is: a walk takes many pictures, and Playwright's own take twice the time."""
    taken = camera.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
    return Image.open(io.BytesIO(base64.b64decode(taken["data"]))).convert("RGB")


def test_tab_reaches_everything_in_the_order_of_the_page(
    walked: Page, walk: list[dict[str, Any]]
) -> None:
    """Tab meets each button, field and switch once, part by part, each with a name, to the end."""
    assert {"moment", "play", "prev", "next", "show-list", "show-layers"} <= {
        found["id"] for found in walk
    }
    assert [found["name"] for found in walk] == walked.evaluate(REACHABLE)
    parts = [part for part, _ in groupby(found["part"] for found in walk)]
    assert None not in parts
    assert all(found["name"].strip() for found in walk)
    assert len(parts) == len(set(parts))


def test_shift_tab_goes_the_same_way_back(walked: Page, walk: list[dict[str, Any]]) -> None:
    """Backwards the stops are the same."""
    walked.evaluate("document.activeElement.blur()")
    back = [found["name"] for found in tabs(walked, "Shift+Tab")]
    assert back == [found["name"] for found in reversed(walk)]


def test_tab_reaches_every_mark_in_order_of_time(walked: Page, walk: list[dict[str, Any]]) -> None:
    """Each mark in sight is met once, by its title and date; pills tell of the rest."""
    marks = walked.locator(".mark:not([tabindex='-1'])").evaluate_all(
        "all => all.filter(one => !one.closest('[inert]')).map(one => one.ariaLabel)"
    )
    met = [found["name"] for found in walk if found["kind"].startswith("mark")]
    assert len(met) >= 1
    assert met == marks


def test_what_has_the_focus_can_be_seen(walk: list[dict[str, Any]]) -> None:
    """Whatever Tab stops at lies in the window, under nothing else."""
    assert [found["name"] for found in walk if not found["inside"]] == []
    assert [found["name"] for found in walk if not found["seen"]] == []


def test_the_focus_itself_can_be_seen(walk: list[dict[str, Any]]) -> None:
    """At each stop the pixels about it are others than when the focus has gone on."""
    pale = []
    for one, after in pairwise(walk):
        if one["scrolled"] != after["scrolled"]:
            continue
        left, top, right, bottom = (max(0, round(edge)) for edge in one["box"])
        ring = changed(one["picture"], after["picture"])[
            max(0, top - 5) : bottom + 5, max(0, left - 5) : right + 5
        ]
        if ring.sum() < min(60, right - left + bottom - top):
            pale.append((one["name"], int(ring.sum())))
    assert pale == []


def test_a_mark_out_of_view_does_not_shift_the_page(page: Page) -> None:
    """Focus on a mark beyond the map's edge scrolls nothing: map and panels keep their places."""
    page.evaluate("historyMap.seek('1941-12-07')")
    before = page.evaluate("document.querySelector('.stage').getBoundingClientRect().toJSON()")
    moved = page.evaluate(
        """() => {
            const scrolled = new Set();
            for (const mark of document.querySelectorAll(".mark")) {
                mark.focus();
                for (let one = mark; one; one = one.parentElement)
                    if (one.scrollLeft || one.scrollTop) scrolled.add(one.className || one.tagName);
            }
            return [...scrolled];
        }"""
    )
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert moved == []
    after = page.evaluate("document.querySelector('.stage').getBoundingClientRect().toJSON()")
    assert after == before


def test_arrows_step_the_slider_and_it_says_the_date(page: Page) -> None:
    """On the slider arrows go to the next and the previous event, and it says where in words."""
    page.evaluate("historyMap.select('pearl-harbor')")
    slider = page.locator("#moment")
    slider.focus()
    words = [slider.get_attribute("aria-valuetext")]
    met = []
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        slider.press(key)
        met.append(page.evaluate("historyMap.state().selected"))
        words.append(slider.get_attribute("aria-valuetext"))
    assert met[1] == met[3] == "pearl-harbor"
    assert met[0] == met[2] != "pearl-harbor"
    assert words[0].startswith("7 December 1941")
    slider.press("Home")
    assert slider.get_attribute("aria-valuetext").startswith("1 January 1904")
    slider.press("End")
    assert slider.get_attribute("aria-valuetext").startswith("31 December 1945")


def test_arrows_step_by_the_chosen_unit(page: Page) -> None:
    """With the step set to months an arrow moves the moment by a month."""
    page.evaluate("historyMap.seek('1941-12')")
    page.locator("#step").get_by_role("button", name="month").press("Enter")
    page.locator("#moment").press("ArrowRight")
    assert page.locator("#moment").get_attribute("aria-valuetext") == "January 1942"
    page.locator("#moment").press("ArrowLeft")
    assert page.locator(".caption .date").inner_text() == "December 1941"
    page.locator("#step").get_by_role("button", name="event").press("Enter")


def test_escape_closes_a_panel_and_gives_the_focus_back(page: Page) -> None:
    """Escape closes list, layers and card, and the focus returns to the button that opened it."""
    for button, panel in (("show-list", "list"), ("show-layers", "layers"), ("show-story", "card")):
        if page.locator("#card").is_visible():
            page.locator("#show-story").press("Enter")
        page.locator(f"#{button}").press("Enter")
        assert page.locator(f"#{panel}").is_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert not page.locator(f"#{panel}").is_visible()
        assert page.evaluate("document.activeElement.id") == button


@pytest.mark.parametrize("width", [390, 1000, 1280])
def test_a_key_on_the_lists_button_leads_to_its_search(
    open_page: Callable[..., Page], width: int
) -> None:
    """A finger or a mouse only opens the list, so that no keyboard rises over it."""
    page = open_page(
        "two-directions.html", viewport={"width": width, "height": 844}, has_touch=True
    )
    button, focused = page.locator("#show-list"), "document.activeElement.id"
    for key in ("Enter", "Space"):
        button.press(key)
        assert page.evaluate(focused) == "search"
        page.keyboard.press("Escape")
        assert page.evaluate(focused) == "show-list"
    for press in (button.tap, button.click):
        press()
        assert page.locator("#list").is_visible()
        assert page.evaluate(focused) != "search"
        press()
        assert page.locator("#list").is_hidden()


def test_escape_from_a_card_returns_to_what_opened_it(page: Page) -> None:
    """A card that was opened at a mark, or from a row, gives the focus back to it."""
    page.evaluate("historyMap.seek('1941-12-07')")
    mark = page.locator(".mark[tabindex='0']").first
    name = mark.get_attribute("title")
    mark.press("Enter")
    page.locator("#card .close").focus()
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert page.locator(":focus").get_attribute("title") == name
    page.locator("#show-list").press("Enter")
    row = page.locator("#list li button[tabindex='0']")
    title = row.locator(".title").inner_text()
    row.press("Enter")
    page.locator("#card .close").press("Enter")
    assert page.locator(":focus .title").inner_text() == title
    page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("control", "key", "what"),
    [
        (".contents button", "Space", "historyMap.state().chapter"),
        (".foot button", "Enter", "document.getElementById('card').textContent"),
        ("#play", "Space", "historyMap.state().playing"),
        ("#play", "Enter", "historyMap.state().playing"),
        ("#next", "Enter", "historyMap.state().selected"),
        ("#prev", "Space", "historyMap.state().selected"),
        ("#speed", "ArrowDown", "document.getElementById('speed').value"),
        ("#mode [aria-pressed=false]", "Space", "historyMap.state().mode"),
        ("#axis-zoom button", "Enter", "document.getElementById('moment').min"),
        ("#loop", "Space", "document.getElementById('loop').ariaPressed"),
        ("#pause-at-keys", "Enter", "document.getElementById('pause-at-keys').ariaPressed"),
        (".overview-window", "+", "document.querySelector('.overview-window').ariaValueText"),
        (
            ".overview-window",
            "ArrowLeft",
            "document.querySelector('.overview-window').ariaValueText",
        ),
        (".window-handle", "ArrowLeft", "document.querySelector('.window-handle').ariaValueText"),
        (".window-handle", "Home", "document.querySelector('.window-handle').ariaValueText"),
        ("#zoom-in", "Enter", "historyMap.state().view.zoom"),
        ("#zoom-out", "Space", "historyMap.state().view.zoom"),
        (".map", "+", "historyMap.state().view.zoom"),
        (".map", "ArrowLeft", "historyMap.state().view.lng"),
        ("#fit", "Enter", "historyMap.state().view.zoom"),
        (".switch input", "Space", "historyMap.state().layers"),
        (".flag[aria-label^='Chapter 2']", "Enter", "historyMap.state().chapter"),
        (".pill", "Enter", "document.getElementById('card').textContent"),
        (".mark:not([tabindex='-1'])", "Space", "historyMap.state().selected"),
        ("#card .close", "Enter", "document.getElementById('card').hidden"),
        ("#show-list", "Space", "document.getElementById('list').hidden"),
        ("#show-layers", "Enter", "document.getElementById('layers').hidden"),
        ("#show-story", "Enter", "document.getElementById('card').hidden"),
    ],
)
def test_each_control_is_operated_by_keys(
    operated: Page, control: str, key: str, what: str
) -> None:
    """What a press of the mouse does, Enter, Space or an arrow does too."""
    operated.evaluate("historyMap.pause()")
    operated.evaluate("historyMap.seek('1941-12-07')")
    operated.evaluate("historyMap.fit()")
    operated.evaluate("mode => historyMap.setMode(mode)", "window" if "handle" in control else "at")
    if "flag" in control:
        operated.locator(".overview-window").press("0")
    if control == "#fit":
        operated.locator("#zoom-in").press("Enter")
    if control == "#speed":  # there is one to be chosen where things may move
        operated.emulate_media(reduced_motion="no-preference")
        until(operated, "!document.getElementById('speed').disabled")
    still(operated)
    before = operated.evaluate(f"JSON.stringify({what})")
    operated.locator(control).first.focus()
    operated.keyboard.press(key)
    until(operated, f"JSON.stringify({what}) !== {before!r}")
    operated.emulate_media(reduced_motion="reduce")


def test_page_keys_walk_the_chapters(page: Page) -> None:
    """PageDown opens the chapters one after the other, PageUp goes back."""
    chapters = page.evaluate("historyMap.scene.chapters.map(one => one.id)")
    page.evaluate("historyMap.seek('1936')")
    met = []
    for key in ["PageDown"] * len(chapters) + ["PageUp"]:
        page.keyboard.press(key)
        met.append(page.evaluate("historyMap.state().chapter"))
    assert met == [*chapters, chapters[-2]]


def test_enter_on_a_mark_opens_its_card(page: Page) -> None:
    """A mark that has the focus is selected by Enter."""
    page.evaluate("historyMap.seek('1941-12-07')")
    mark = page.locator(f"{MAP} .mark[aria-label^='Attack on Pearl Harbor']")
    mark.press("Enter")
    assert page.evaluate("historyMap.state().selected") == "pearl-harbor"
    assert page.locator("#card h2").inner_text() == "Attack on Pearl Harbor"
    assert mark.evaluate("one => one === document.activeElement")


def test_the_focus_never_falls_out_of_the_page(page: Page) -> None:
    """When the clock takes away the mark that has the focus, the map has it."""
    page.evaluate("historyMap.seek('1941-12-07')")
    page.locator(f"{MAP} .mark[aria-label^='Attack on Pearl Harbor']").focus()
    page.evaluate("historyMap.seek('1938-01-01')")
    assert page.evaluate("document.activeElement.closest('.map-frame') !== null")


def test_a_mark_keeps_the_focus_while_the_clock_steps(page: Page) -> None:
    """A mark that stays on the map has the focus through every step."""
    page.evaluate("historyMap.seek('1941-12-07')")
    name = page.evaluate(
        """() => {
            historyMap.setMode("since");
            const mark = document.querySelector(".mark[aria-label^='Attack on Pearl Harbor']");
            mark.focus();
            return mark.ariaLabel;
        }"""
    )
    for when in ("1941-12-08", "1941-12-10", "1941-12-07"):
        page.evaluate("when => historyMap.seek(when)", when)
        assert page.evaluate("document.activeElement.ariaLabel") == name
    page.evaluate("historyMap.setMode('at')")


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("dialog", ["help", "share"])
def test_a_dialog_keeps_the_focus_and_gives_it_back(
    shared_page: Callable[..., Page], window: dict[str, Any], dialog: str
) -> None:
    """Opened by keys it has the focus; Tab stays in it; Escape closes it, and the page goes on."""
    page = shared_page("two-directions.html", **window)
    if page.locator("#show-more").is_visible():
        page.locator("#show-more").press("Enter")
    page.locator(f"#{dialog}").press("Enter")
    for key in ["Tab"] * 12 + ["Shift+Tab"] * 3:
        where = page.evaluate("document.activeElement.closest('dialog, body').tagName")
        page.keyboard.press(key)
        assert where in ("DIALOG", "BODY")
        assert page.evaluate("document.activeElement.closest('#app')") is None
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.closest('.topbar')?.className") == "topbar"
    assert page.evaluate("document.activeElement.checkVisibility()")


def test_a_frame_is_no_trap(shared_page: Callable[..., Page], site: Path, tmp_path: Path) -> None:
    """In another page's frame Tab comes in from before it and goes out after it, and back."""
    address = (site / "two-directions.html").as_uri()
    (tmp_path / "host.html").write_text(
        f"""<!doctype html><button>before</button>
        <iframe sandbox="allow-scripts" src="{address}" width="1000" height="600"></iframe>
        <button>after</button>""",
        encoding="utf-8",
    )
    host = shared_page("host.html", within=tmp_path, ready=False)
    host.frames[1].wait_for_load_state()
    host.frames[1].evaluate("historyMap.ready")
    for first, key, last in (("before", "Tab", "after"), ("after", "Shift+Tab", "before")):
        host.get_by_role("button", name=first).focus()
        inside = 0
        while host.evaluate("document.activeElement.textContent") != last:
            host.keyboard.press(key)
            inside += 1
            assert inside < 200
        assert inside > 20


def test_every_slider_says_its_value_in_words(page: Page) -> None:
    """A screen reader hears dates, not numbers of minutes, and hears another after an arrow."""
    page.evaluate("historyMap.seek('1941-12-07'), historyMap.setMode('window')")
    sliders = page.locator("input[type=range]:visible, [role=slider]:visible")
    names = set()
    for slider in sliders.all():
        names.add(slider.get_attribute("aria-label"))
        before = slider.get_attribute("aria-valuetext")
        slider.press("ArrowLeft")
        after = slider.get_attribute("aria-valuetext")
        assert before != after
        assert re.search(r"19[34]\d", before)
        assert re.search(r"19[34]\d", after)
    page.evaluate("historyMap.setMode('at')")
    assert names == {"Date", "Beginning of the window", "Visible part of the timeline"}


def test_every_event_is_met_and_chosen_in_the_list(page: Page) -> None:
    """By arrows through all events in order of time, and by Enter to one of them."""
    page.evaluate("historyMap.seek('1941-12-07')")
    page.locator("#show-list").press("Enter")
    page.locator("#search").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    wanted = page.evaluate(
        "Array.from(historyMap.scene.events.id, (_, i) => historyMap.scene.events.title.at(i))"
        if page.evaluate("Array.isArray(historyMap.scene.events.id)")
        else "Array.from({ length: historyMap.scene.events.count },"
        " (_, i) => historyMap.scene.events.title.at(i))"
    )
    met = []
    for _ in wanted:
        met.append(page.evaluate("document.activeElement.querySelector('.title').textContent"))
        page.keyboard.press("ArrowDown")
    assert met == wanted
    page.keyboard.press("Home")
    for _ in range(7):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = page.evaluate("historyMap.state().selected")
    assert chosen == page.evaluate("historyMap.scene.events.id.at(7)")
    page.keyboard.press("Escape")


def test_page_keys_scroll_a_text_that_has_the_focus(page: Page) -> None:
    """In the card PageDown reads on; it does not open the next chapter."""
    page.evaluate("historyMap.chapter('malaya-hawaii')")
    page.locator("#card .scroll").focus()
    page.keyboard.press("PageDown")
    page.evaluate(FRAMES)
    assert page.evaluate("historyMap.state().chapter") == "malaya-hawaii"
