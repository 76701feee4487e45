"""The keys of the page, the help that names them, and the buttons of the top bar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pixels import still, until
from playwright.sync_api import Page

STATE = "JSON.stringify(historyMap.state())"
HIDDEN = "document.getElementById('{}').hidden"


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map."""
    return shared_page("two-directions.html")


@pytest.fixture(autouse=True)
def at_rest(page: Page) -> None:
    """Each test begins at one moment, with nothing open but the card, and the focus nowhere."""
    page.evaluate(
        """() => {
            document.querySelector("dialog[open]")?.close();
            historyMap.pause();
            historyMap.setMode("at");
            historyMap.seek("1941-06-22");
            historyMap.fit();
            document.activeElement.blur();
        }"""
    )


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("Space", "historyMap.state().playing"),
        ("k", "historyMap.state().playing"),
        ("K", "historyMap.state().playing"),
        (">", "historyMap.state().selected"),
        ("<", "historyMap.state().selected"),
        (",", "historyMap.state().selected"),
        ("ArrowRight", STATE),
        ("ArrowLeft", STATE),
        ("Home", "historyMap.state().time.startsWith('1904')"),
        ("End", "historyMap.state().time.startsWith('1945')"),
        ("PageDown", "historyMap.state().chapter"),
        ("PageUp", "historyMap.state().chapter"),
        ("m", "historyMap.state().mode"),
        ("+", "historyMap.state().view.zoom"),
        ("e", HIDDEN.format("list")),
        ("l", HIDDEN.format("layers")),
        ("c", HIDDEN.format("card")),
        ("d", "document.activeElement.id === 'when'"),
        ("s", "document.getElementById('share-dialog')?.open ?? false"),
        ("?", "document.getElementById('help-dialog')?.open ?? false"),
        ("t", "document.documentElement.dataset.type"),
        (".", "document.getElementById('blank')?.open ?? false"),
        ("b", "document.getElementById('blank')?.open ?? false"),
        ("a", "document.getElementById('compare').getAttribute('aria-pressed')"),
    ],
)
def test_a_key_does_what_the_help_says(page: Page, key: str, what: str) -> None:
    """With the focus nowhere each key of the table acts; a second press of a switch undoes it."""
    before = page.evaluate(what)
    page.keyboard.press(key)
    assert page.evaluate(what) != before
    if key in "elatb.":
        page.keyboard.press(key)
        assert page.evaluate(what) == before


def test_the_slash_leads_to_the_search(page: Page) -> None:
    """To the top bar's field where there is one, else to that of the list, which opens."""
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-bar"
    page.evaluate("document.activeElement.blur()")
    page.set_viewport_size({"width": 1199, "height": 800})
    page.keyboard.press("/")
    assert page.locator("#list").is_visible()
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    assert page.locator("#list").is_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})


def test_zero_goes_back_to_the_whole_story(page: Page) -> None:
    """After the map was moved, 0 fits the story again."""
    fitted = page.evaluate("historyMap.state().view")
    page.keyboard.press("-")
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert page.evaluate("historyMap.state().view") != fitted
    page.keyboard.press("0")
    found = page.evaluate("historyMap.state().view")
    assert found == pytest.approx(fitted, abs=1e-6)


def test_arrows_on_the_map_move_the_map_and_not_the_clock(page: Page) -> None:
    """What has the focus keeps its keys: the map pans and zooms once."""
    page.evaluate("historyMap.state()")
    page.locator("#zoom-in").click()
    page.locator("#zoom-in").click()
    page.locator(".map").focus()
    before = page.evaluate("historyMap.state()")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    until(page, f"historyMap.state().view.zoom > {before['view']['zoom']} + 0.4")
    after = page.evaluate("historyMap.state()")
    assert after["time"] == before["time"]
    assert after["view"]["zoom"] == pytest.approx(before["view"]["zoom"] + 0.5, abs=0.01)
    page.keyboard.press("k")
    assert page.evaluate("historyMap.state().playing")


@pytest.mark.parametrize("control", ["#when", "#speed"])
def test_keys_are_left_to_what_is_written_in(page: Page, control: str) -> None:
    """In the field of the date and in a menu letters, space and page keys stay letters."""
    page.emulate_media(reduced_motion="no-preference")
    until(page, "!document.getElementById('speed').disabled")
    still(page)
    before = page.evaluate(STATE)
    page.locator(control).focus()
    for key in ("l", "e", "0", "?", ".", "PageDown"):
        page.keyboard.press(key)
    page.evaluate("document.querySelector('#when').value = ''")
    assert page.evaluate(STATE) == before
    assert page.locator("dialog[open]").count() == 0
    assert page.locator("#layers").is_hidden()
    page.evaluate("document.activeElement.blur()")
    page.emulate_media(reduced_motion="reduce")


def test_space_on_a_button_presses_that_button(page: Page) -> None:
    """Space belongs to what has the focus, and does not play besides."""
    page.locator("#show-layers").focus()
    page.keyboard.press("Space")
    assert page.locator("#layers").is_visible()
    assert not page.evaluate("historyMap.state().playing")
    page.keyboard.press("Space")


def test_keys_with_ctrl_and_alt_are_the_browsers(page: Page) -> None:
    """Ctrl+F, Alt+D and their like do nothing here."""
    before = page.evaluate(STATE)
    for modifier, key in (("ctrlKey", "l"), ("altKey", "d"), ("metaKey", "k")):
        page.evaluate(
            """([modifier, key]) => document.body.dispatchEvent(
                new KeyboardEvent("keydown", { key, bubbles: true, [modifier]: true }))""",
            [modifier, key],
        )
    assert page.evaluate(STATE) == before
    assert page.evaluate("document.activeElement.id") != "when"


def test_single_keys_can_be_switched_off(page: Page) -> None:
    """The help switches letters and signs off, for the session; page keys go on."""
    page.keyboard.press("?")
    page.locator("#single-keys").press("Space")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    for key in ("l", "k", "?"):
        page.keyboard.press(key)
    assert page.locator("#layers").is_hidden()
    assert page.locator("dialog[open]").count() == 0
    assert not page.evaluate("historyMap.state().playing")
    page.keyboard.press("PageDown")
    assert page.evaluate("historyMap.state().chapter")
    assert page.evaluate("sessionStorage.getItem('history-map-single-keys')") == "off"
    page.locator("#help").click()
    page.locator("#single-keys").press("Space")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("l")
    assert page.locator("#layers").is_visible()
    page.keyboard.press("l")


def test_the_help_names_every_key(page: Page) -> None:
    """It is a window over the page with each key, dashes, the basemap and what verified means."""
    page.locator("#help").click()
    dialog = page.locator("#help-dialog")
    words = dialog.inner_text()
    for expected in ("Space or K", "write a date", "two dates", "never executed", "Natural Earth"):
        assert expected in words, expected
    assert "not verified" in words
    assert page.evaluate("document.getElementById('help-dialog').matches(':modal')")
    assert dialog.get_attribute("aria-labelledby") == "help-dialog-title"


def test_the_help_keeps_the_focus_and_gives_it_back(page: Page) -> None:
    """Tab stays within; Escape closes nothing else, and the focus returns to the button."""
    card = page.locator("#card").is_visible()
    page.locator("#help").press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        within = page.evaluate(
            "['BODY', 'HTML'].includes(document.activeElement.tagName)"
            " || Boolean(document.activeElement.closest('dialog'))"
        )
        assert within
    page.keyboard.press("PageDown")
    assert page.evaluate("historyMap.state().chapter") is None
    page.keyboard.press("Escape")
    assert page.locator("#help-dialog").is_hidden()
    assert page.evaluate("document.activeElement.id") == "help"
    assert page.locator("#card").is_visible() == card


def test_the_help_leads_to_the_legend(page: Page) -> None:
    """Its button closes it and puts the focus on the legend."""
    page.locator("#help").click()
    page.locator("#help-dialog .inline").click()
    assert page.locator("#help-dialog").is_hidden()
    assert page.evaluate("document.activeElement.id") == "legend"


FRAMED = """<!doctype html><iframe width="900" height="600" sandbox="allow-scripts"
    src="{}?embed=1"></iframe>"""


def test_in_a_frame_letters_need_the_map(
    open_page: Callable[..., Page], site: Path, tmp_path: Path
) -> None:
    """In a page that holds the map single keys act when map or timeline have the focus only."""
    address = (site / "two-directions.html").as_uri()
    (tmp_path / "deck.html").write_text(FRAMED.format(address), encoding="utf-8")
    page = open_page("deck.html", within=tmp_path, ready=False)
    frame = page.frames[1]
    frame.wait_for_load_state()
    frame.evaluate("historyMap.ready")
    frame.evaluate("window.focus()")
    for key in ("l", "ArrowRight"):
        before = frame.evaluate("historyMap.state().time")
        page.keyboard.press(key)
        assert frame.evaluate("historyMap.state().time") == before
    assert frame.locator("#layers").is_hidden()
    frame.locator(".map").focus()
    page.keyboard.press("l")
    assert frame.locator("#layers").is_visible()


# --- the top bar ----------------------------------------------------------------------------------

BUTTONS = [
    "show-list",
    "show-layers",
    "show-story",
    "compare",
    "present",
    "share",
    "help",
    "fullscreen",
]


@pytest.mark.parametrize("width", [320, 360, 600, 768, 1199, 1280])
def test_every_button_of_the_top_bar_can_be_reached(
    open_page: Callable[..., Page], width: int
) -> None:
    """With a name at every width; what a phone has no room for stands in its menu, 44 px high."""
    page = open_page("two-directions.html", viewport={"width": width, "height": 700})
    if width < 600:
        assert page.locator("#share").is_hidden()
        page.locator("#show-more").click()
    else:
        assert page.locator("#show-more").is_hidden()
    for name in BUTTONS:
        button = page.locator(f"#{name}")
        assert button.get_attribute("aria-label"), name
        assert button.get_attribute("title"), name
        box = button.bounding_box()
        assert box, name
        assert min(box["width"], box["height"]) >= (44 if width < 600 else 30), name
        assert box["x"] >= 0, name
        assert box["x"] + box["width"] <= width, name
    assert page.get_by_role("link", name="All maps").is_visible()
    assert page.locator("#share .word").is_visible() == (width >= 1200 or width < 600)


def test_the_menu_of_the_top_bar_closes(open_page: Callable[..., Page]) -> None:
    """By Escape, with the focus back at its button, and by a press beside it."""
    page = open_page("two-directions.html", viewport={"width": 360, "height": 640})
    page.locator("#show-more").press("Enter")
    page.locator("#share").press("Escape")
    assert page.locator("#more").is_hidden()
    assert page.evaluate("document.activeElement.id") == "show-more"
    page.locator("#show-more").click()
    page.mouse.click(180, 300)
    assert page.locator("#more").is_hidden()


# --- ?ui, ?wheel ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ui", "kept", "gone"),
    [
        (
            "min",
            [".map", ".caption", ".lanes", "#play", "#next"],
            ["#show-list", ".legend", "#when"],
        ),
        ("none", [".map", ".caption"], [".lanes", "#play", "#card", ".topbar", ".zoom"]),
    ],
)
@pytest.mark.parametrize("width", [390, 1000])
def test_less_can_be_asked_for(
    open_page: Callable[..., Page], ui: str, kept: list[str], gone: list[str], width: int
) -> None:
    """`ui=min` leaves map, date, lanes, play and step, `ui=none` map and date; the map grows, and
    its scale stands at its foot."""
    size = {"width": width, "height": 500}
    page = open_page(f"two-directions.html?ui={ui}#ch=malaya-hawaii", viewport=size)
    for name in kept:
        assert page.locator(name).first.is_visible(), name
    for name in gone:
        assert page.locator(name).first.is_hidden(), name
    box = page.locator(".map").first.bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"]) == (0, 0, width)
    assert box["height"] > (300 if ui == "min" else 499)
    foot = page.locator(".foot-line").bounding_box()
    assert foot
    assert box["height"] - 8 <= foot["y"] + foot["height"] <= box["height"]
    assert page.evaluate("document.scrollingElement.scrollHeight") <= 500


def wheel(page: Page, **how: Any) -> dict[str, Any]:
    """What comes of turning the wheel over the map: how far it zooms, and what is said."""
    return page.evaluate(
        """async how => {
            const before = historyMap.state().view.zoom;
            const place = { deltaY: -240, clientX: 300, clientY: 300 };
            const event = new WheelEvent("wheel",
                { ...place, bubbles: true, cancelable: true, ...how });
            document.querySelector(".map").dispatchEvent(event);
            const said = document.querySelector(".wheel-hint")?.textContent;
            for (let n = 0; n < 60; n += 1) {
                await new Promise(requestAnimationFrame);
                if (historyMap.state().view.zoom !== before) break;
            }
            const zoomed = historyMap.state().view.zoom - before > 0.1;
            return { zoomed, taken: event.defaultPrevented, said };
        }""",
        how,
    )


@pytest.mark.parametrize(
    ("query", "plain"),
    [("", True), ("?embed=1", False), ("?embed=1&wheel=free", True), ("?wheel=ctrl", False)],
)
def test_an_embedded_map_leaves_the_wheel_to_its_page(
    open_page: Callable[..., Page], query: str, plain: bool
) -> None:
    """There the wheel scrolls the page that holds it, and zooms with Ctrl; it says so."""
    page = open_page(f"two-directions.html{query}", reduced_motion="reduce")
    found = wheel(page)
    assert (found["zoomed"], found["taken"]) == (plain, plain)
    if not plain:
        assert found["said"] == "Hold Ctrl to zoom"
        again = wheel(page, ctrlKey=True)
        assert again["zoomed"]
        assert again["taken"]
