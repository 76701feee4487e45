"""Under every condition that a reader may bring: nothing is said, nothing is cut off, all works."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from PIL import Image
from pixels import changed, shot, until
from playwright.sync_api import Browser, Frame, Page, expect

NO_WEBGL = """
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return /webgl/.test(kind) ? null : get.call(this, kind, ...rest);
    };"""
NO_STORAGE = """
    const refuse = () => { throw new DOMException("storage is blocked", "SecurityError"); };
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
        Object.defineProperty(window, name, { get: refuse });
    Object.defineProperty(Document.prototype, "cookie", { get: refuse, set: refuse });"""
# What WCAG 1.4.12 lets readers ask for.
WIDE_TEXT = """
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    addEventListener("DOMContentLoaded", () => { document.adoptedStyleSheets = [sheet]; });"""
DESK = {"viewport": {"width": 1280, "height": 800}}
CONDITIONS: dict[str, dict[str, Any]] = {
    "no WebGL": DESK | {"first": NO_WEBGL},
    "storage blocked": DESK | {"first": NO_STORAGE},
    "sandboxed": DESK,
    "320 px wide": {"viewport": {"width": 320, "height": 640}},
    "400 % zoom": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
    "forced colours": DESK | {"forced_colors": "active"},
    "wide text": DESK | {"first": WIDE_TEXT},
    "wide text, 320 px": {"viewport": {"width": 320, "height": 640}, "first": WIDE_TEXT},
    "motion": DESK | {"reduced_motion": "no-preference"},
    "no ResizeObserver": DESK | {"first": "delete window.ResizeObserver;"},
    "Kiritimati": DESK | {"timezone_id": "Pacific/Kiritimati", "locale": "ar-EG"},
    "dark": DESK | {"color_scheme": "dark"},
    "touch": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
    },
    "touch, lying": {
        "viewport": {"width": 844, "height": 390},
        "has_touch": True,
        "is_mobile": True,
    },
    "right to left": DESK,
}
ARABIC = {
    "maps/stories/nahr.md": """---
title: حرب النهر
span: 1940/1942
lang: ar
---
مقدمة عن الحرب.

## العبور {#crossing}
when: 1941-06
select: crossing

عبر الجيش النهر.
""",
    "events/tables/directions.csv": [["id", "label"], ["east", "الشرق"], ["west", "الغرب"]],
    "events/tables/events.csv": [
        ["id", "title", "when", "lat", "lon", "direction", "summary"],
        ["begin", "بداية الحرب", "1940-03-01", 30, 31, "east", "بدأت الحرب في القاهرة."],
        ["crossing", "عبور النهر (1941)", "1941-06-10", 31, 35, "west", "عبر الجيش النهر."],
        ["end", "نهاية الحرب", "1942-02-01", 33, 44, "east", "انتهت الحرب."],
    ],
}
# What can be pressed, dragged or typed into. Marks come and go with time and view, and each is in
# the list of events too, whose rows come and go as it is scrolled: one stands for them.
# A citation is a number within a sentence. What the thin overview of the timeline does, its lanes
# and its buttons do too.
CONTROLS = """[...document.querySelectorAll(
        "button, a[href], input, select, textarea, summary, [role=button], [tabindex='0']")]
    .filter(one => one.checkVisibility() && !one.disabled)
    .filter(one => !one.closest(".mark, .map-frame, .list li + li"))"""
NAME = "one.id || one.ariaLabel || one.textContent.trim().slice(0, 30) || one.className"
# Brings a control into the window as a reader can; false if it lies in a part that is cut off.
SCROLL = """one => {
    const around = [];
    for (let each = one.parentElement; each; each = each.parentElement) around.push(each);
    const stiff = around.filter(each => /hidden|clip/.test(getComputedStyle(each).overflowY));
    const before = stiff.map(each => [each.scrollLeft, each.scrollTop]);
    const whole = one.closest("label") ?? one;
    whole.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const forced = stiff.filter((each, k) => Math.abs(before[k][0] - each.scrollLeft) > 2
        || Math.abs(before[k][1] - each.scrollTop) > 2);
    stiff.forEach((each, k) => each.scrollTo(...before[k]));
    return !forced.length;
}"""
# On a small screen list and layers are a sheet, how to play is a menu, over what lies below: Escape
# takes them away.
OUT_OF_REACH = f"""() => {CONTROLS}.filter(one => {{
    if (!({SCROLL})(one)) return true;
    const {{ left, right, top, bottom }} = one.getBoundingClientRect();
    const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const sheet = at?.closest(".list, .layers");
    const met = at && (one.contains(at) || at.contains(one)
        || at.closest("label")?.control === one
        || sheet && getComputedStyle(sheet).position === "fixed" && !one.closest(".panel")
        || at.closest(".timing.open") && !one.closest(".timing"));
    return !met || left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1;
}}).map(one => {NAME})"""
# How far a press to each side of a control's middle still meets it, added up per direction.
TOO_SMALL = f"""least => {CONTROLS}.flatMap(one => {{
    if (one.matches(".cite, .flag, .overview-window, p a")) return [];
    ({SCROLL})(one);
    const {{ left, right, top, bottom }} = one.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const hits = (dx, dy) => {{
        const at = document.elementFromPoint(x + dx, y + dy);
        return Boolean(at) && (one.contains(at) || at.closest("label")?.control === one
            || at.closest(".list, .layers") && !one.closest(".panel"));
    }};
    const reach = (dx, dy) => {{
        let steps = 0;
        while (steps < least && hits(dx * steps, dy * steps)) steps += 0.5;
        return steps;
    }};
    if (!hits(0, 0)) return []; // under a sheet
    const [wide, high] = [reach(-1, 0) + reach(1, 0), reach(0, -1) + reach(0, 1)];
    return wide > least - 1 && high > least - 1 ? [] : [`${{{NAME}}}: ${{wide}} x ${{high}}`];
}})"""
FRAMES = """async () => {
    for (let n = 0; n < 3; n += 1) await new Promise(requestAnimationFrame);
}"""


class Seen(NamedTuple):
    """A condition, the window, and what holds the map in it: the page itself, or a frame."""

    condition: str
    page: Page
    map: Page | Frame

    @property
    def touched(self) -> bool:
        """Whether a finger presses, not a mouse."""
        return "touch" in self.condition

    def press(self, selector: str) -> None:
        """Presses a control where it can be seen, as a reader would."""
        control = self.map.locator(selector)
        control.tap(timeout=3000) if self.touched else control.click(timeout=3000)

    def picture(self) -> Image.Image:
        """The window, with the map in it."""
        self.map.evaluate("scrollTo(0, 0)")
        self.map.evaluate(FRAMES)
        return shot(self.page)

    def state(self) -> dict[str, Any]:
        """The map's state."""
        return self.map.evaluate("historyMap.state()")


@pytest.fixture(scope="module", params=CONDITIONS)
def seen(
    request: pytest.FixtureRequest,
    shared_page: Callable[..., Page],
    make_site: Callable[..., Path],
    site: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Seen:
    """A map under one condition; it says no word in its console and asks for nothing."""
    condition: str = request.param
    options = CONDITIONS[condition]
    if condition == "sandboxed":
        deck = tmp_path_factory.mktemp("deck")
        address = (site / "two-directions.html").as_uri()
        (deck / "deck.html").write_text(
            "<!doctype html><style>* { margin: 0; border: 0; display: block }</style>"
            f'<iframe sandbox="allow-scripts" src="{address}" width="1280" height="800"></iframe>',
            encoding="utf-8",
        )
        page = shared_page("deck.html", within=deck, ready=False, **options)
        page.frames[1].wait_for_load_state()
        page.frames[1].evaluate("historyMap.ready")
        return Seen(condition, page, page.frames[1])
    if condition == "right to left":
        page = shared_page("nahr.html", within=make_site(ARABIC), **options)
    else:
        page = shared_page("two-directions.html", **options)
    return Seen(condition, page, page)


def test_nothing_is_wider_than_the_window(seen: Seen) -> None:
    """The page does not scroll sideways, with the card closed or open."""
    for script in ("historyMap.next()", "document.querySelector('#card .close').click()"):
        seen.map.evaluate(script)
        assert seen.map.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


OPEN_ONLY = """wanted => {
    for (const id of ["show-list", "show-layers", "show-story", "compare", "show-timing"]) {
        const button = document.getElementById(id);
        const open = (button.ariaExpanded ?? button.ariaPressed) === "true";
        if (button.checkVisibility() && open !== (id === wanted)) button.click();
    }
}"""
OPENERS = ["none", "show-list", "show-layers", "show-story", "compare", "show-timing"]


@pytest.mark.parametrize("opener", OPENERS)
def test_every_control_can_be_got_at_and_pressed(seen: Seen, opener: str) -> None:
    """Whatever is open, each control comes into the window by scrolling, and nothing lies on it."""
    seen.map.evaluate(OPEN_ONLY, opener)
    seen.map.evaluate("mode => historyMap.setMode(mode)", "window" if opener == "none" else "at")
    assert "; ".join(seen.map.evaluate(OUT_OF_REACH)) == ""
    assert "; ".join(seen.map.evaluate(TOO_SMALL, 44 if seen.touched else 24)) == ""
    seen.map.evaluate(OPEN_ONLY, "show-story")


def test_a_step_changes_the_picture(seen: Seen) -> None:
    """The button for the next event goes there, and the map's own pixels are others then."""
    seen.map.evaluate("historyMap.seek('1941-12-06')")
    before = seen.picture()
    seen.press("#next")
    assert seen.state()["selected"]
    after = seen.picture()
    frame = seen.map.evaluate(
        "(({ x, y, width, height }) => [x, y, x + width, y + height])"
        "(document.querySelector('.map-frame').getBoundingClientRect())"
    )
    ratio = before.width / seen.page.evaluate("innerWidth")
    x, y, right, bottom = (round(edge * ratio) for edge in frame)
    assert changed(before, after)[y:bottom, x:right].mean() > 0.002


def test_it_plays_and_pauses(seen: Seen) -> None:
    """The one button runs it and stops it."""
    seen.press("#play")
    assert seen.state()["playing"]
    seen.press("#play")
    assert not seen.state()["playing"]


def test_the_slider_obeys_keys(seen: Seen) -> None:
    """An arrow moves the clock, and the slider says where to in words."""
    slider = seen.map.locator("#moment")
    slider.press("Home")
    before = slider.get_attribute("aria-valuetext")
    slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") not in ("", None, before)


def test_list_layers_and_card_open_work_and_close(seen: Seen) -> None:
    """An event is chosen in the list, a layer switched off and on, the card closed."""
    seen.press("#show-list")
    seen.press("#list li:nth-child(2) button")
    chosen = seen.state()["selected"]
    assert chosen
    seen.map.locator("#list").press("Escape")
    assert seen.map.locator("#list").is_hidden()
    before = seen.state()["layers"]
    seen.press("#show-layers")
    for _ in range(2):
        seen.press("#layers .switch:nth-of-type(1)")
    assert seen.state()["layers"] == before
    seen.press("#show-layers")
    assert seen.map.locator("#layers").is_hidden()
    if seen.map.locator("#card").is_hidden():
        seen.press("#show-story")
    seen.press("#card .close")
    assert seen.map.locator("#card").is_hidden()


def test_a_page_read_from_the_right_is_laid_out_so(
    shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """In Arabic the card lies left and the legend right; time and map still run to the right."""
    page = shared_page("nahr.html", within=make_site(ARABIC))
    page.evaluate("historyMap.select('crossing')")
    left = """selector => document.querySelector(selector).getBoundingClientRect().left"""
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.evaluate(left, ".topbar h1") > page.evaluate(left, "#show-story")
    assert page.evaluate(left, ".legend") > page.evaluate(left, "#card")
    assert page.evaluate(left, "#next") > page.evaluate(left, "#prev")
    before = page.evaluate("document.getElementById('moment').valueAsNumber")
    page.locator("#moment").press("ArrowRight")
    assert page.evaluate("document.getElementById('moment').valueAsNumber") > before


def test_a_mixed_text_is_read_from_its_own_side(
    shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """In an English page an Arabic summary stands at the right, its full stop at the left."""
    files = ARABIC | {"maps/stories/nahr.md": "---\ntitle: The river\nspan: 1940/1942\n---\n"}
    page = shared_page("nahr.html", within=make_site(files))
    page.evaluate("historyMap.select('crossing')")
    ends = page.evaluate(
        """() => {
            const p = [...document.querySelectorAll("#card p")]
                .find(one => one.textContent.endsWith("النهر."));
            const [range, whole] = [document.createRange(), document.createRange()];
            const text = p.firstChild;
            range.setStart(text, text.length - 1);
            range.setEnd(text, text.length);
            whole.selectNodeContents(p);
            const [dot, words, box] = [range, whole, p].map(one => one.getBoundingClientRect());
            return [dot.left - words.left, box.right - words.right];
        }"""
    )
    assert ends == pytest.approx([0, 0], abs=1)


def test_in_forced_colours_a_plan_stays_hollow(shared_page: Callable[..., Page]) -> None:
    """The system's colours fill what was executed only."""
    page = shared_page("two-directions.html", forced_colors="active")
    page.evaluate("historyMap.select('kantokuen-103')")
    fills = "all => all.map(one => getComputedStyle(one).fill)"
    assert set(page.locator(".unexecuted").evaluate_all(fills)) == {"none"}


def test_in_forced_colours_letters_tell_directions(shared_page: Callable[..., Page]) -> None:
    """Marks and map have the system's colours; each mark has its direction's letter."""
    ways = {"forced_colors": "active", "color_scheme": "dark"}
    page = shared_page("two-directions.html", **ways)
    page.evaluate("historyMap.select('pearl-harbor')")
    letter = page.locator(".mark.selected .letter")
    expect(letter).to_be_visible()
    expect(letter).to_have_text("S")
    tinted = np.ptp(np.asarray(shot(page, (340, 150, 500, 350))).astype(int), axis=2) > 60
    assert tinted.mean() < 0.001
    usual = shared_page("two-directions.html")
    usual.evaluate("historyMap.select('pearl-harbor')")
    expect(usual.locator(".mark.selected .letter")).to_be_hidden()


def test_a_browser_too_old_says_so(browser: Browser, site: Path) -> None:
    """Where events cannot be unpacked, a sentence says why, and a list stands for the map."""
    context = browser.new_context(offline=True)
    context.add_init_script("delete window.DecompressionStream;")
    page = context.new_page()
    page.goto((site / "two-directions.html").as_uri())
    page.locator("[role=alert]").wait_for()
    assert "browser is too old" in page.locator("[role=alert]").inner_text()
    expect(page.locator(".plain li")).to_have_count(141)
    expect(page.locator(".plain li").first).to_contain_text("Port Arthur")
    context.close()


def test_arrows_have_letters_where_colours_are_forced(shared_page: Callable[..., Page]) -> None:
    """A route's word begins with its direction's letter; no word lies on the letter of a mark."""
    page = shared_page("two-directions.html#ch=malaya-hawaii", forced_colors="active")
    words = page.evaluate(
        "historyMap.words().map(({ text, x, y, width, height }) => ({ text, x, y, width, height }))"
    )
    assert any(one["text"].startswith("S  Kido Butai") for one in words), words
    letters = page.evaluate(
        """() => {
            const home = document.querySelector(".map-frame").getBoundingClientRect();
            return [...document.querySelectorAll(".map-frame .mark .letter")]
                .filter(one => one.checkVisibility())
                .map(one => one.getBoundingClientRect())
                .map(box => [box.x + box.width / 2 - home.x, box.y + box.height / 2 - home.y]);
        }"""
    )
    assert letters
    for x, y in letters:
        for one in words:
            within = 0 < x - one["x"] < one["width"] and 0 < y - one["y"] < one["height"]
            assert not within, one
    page.emulate_media(forced_colors="none")
    until(page, "historyMap.words().some(({ text }) => text.startsWith('Kido Butai'))")
