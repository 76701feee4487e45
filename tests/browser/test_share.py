"""The state in the address, and the link that shares it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pixels import until
from playwright.sync_api import Page

ASKED = (
    "t=1941-12-07&layers=south,routes&c=20.000,200.000,4.00&sel=pearl-harbor"
    "&mode=window&win=P17D&step=hour&kinds=battle,decision"
)


def parts(address: str) -> dict[str, str]:
    """What stands behind the `#` of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).fragment).items()}


def test_the_state_goes_into_the_address_and_comes_back(open_page: Callable[..., Page]) -> None:
    """What the page writes of a state is what it was asked for: mode, window, step, kinds too."""
    page = open_page(f"two-directions.html#{ASKED}", reduced_motion="reduce")
    page.evaluate("history.replaceState(null, '', '#')")
    page.evaluate("historyMap.setLayers(historyMap.state().layers)")
    until(page, "location.hash.length > 5")
    written, asked = parts(page.url), parts(f"#{ASKED}")
    views = [[float(number) for number in each.pop("c").split(",")] for each in (written, asked)]
    assert written == asked
    assert views[0] == pytest.approx(views[1], abs=0.1)  # whole pixels
    assert page.locator("#mode [aria-pressed=true]").inner_text() == "last 17 days"
    assert page.locator("#step [aria-pressed=true]").inner_text() == "hour"


def test_what_is_as_the_story_opens_is_not_written(open_page: Callable[..., Page]) -> None:
    """A page that nobody touched has but its date in the address, and no step in the history."""
    page = open_page("two-directions.html")
    page.evaluate("historyMap.seek('1941-12')")
    until(page, "location.hash.includes('1941')")
    assert parts(page.url) == {"t": "1941-12"}
    assert page.evaluate("history.length") == 2


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("P1Y", "year"),
        ("PT90M", "2 hours"),
        ("P2W", "14 days"),
        ("P1DT12H", "2 days"),
        ("PT6H", "6 hours"),
    ],
)
def test_a_window_can_be_asked_for(open_page: Callable[..., Page], text: str, label: str) -> None:
    """Any ISO length is understood, and the button says it in words."""
    page = open_page(f"two-directions.html#win={text}&mode=window")
    assert page.locator("#mode [aria-pressed=true]").inner_text() == f"last {label}"


@pytest.mark.parametrize("text", ["P", "PT", "17", "P-1D", "P0D", "mode", "P1.5D"])
def test_a_senseless_window_is_borne(open_page: Callable[..., Page], text: str) -> None:
    """What is no length changes nothing, nor do a mode and a step that there are not."""
    page = open_page(f"two-directions.html#win={text}&mode=never&step=aeon&kinds=,")
    assert page.locator("#mode [aria-pressed=true]").inner_text() == "at date"
    assert page.locator("#step [aria-pressed=true]").inner_text() == "event"


def test_the_link_leads_to_this_very_view(open_page: Callable[..., Page]) -> None:
    """Chapter, moment, mode and view stand in the link; a page opened with it shows the same."""
    page = open_page("two-directions.html", reduced_motion="reduce")
    page.evaluate("historyMap.chapter('malaya-hawaii')")
    page.evaluate("historyMap.setMode('since')")
    page.locator("#share").click()
    link = page.locator("#share-link").input_value()
    assert {"t", "ch", "c", "mode"} <= set(parts(link))
    assert "on this computer only" in page.locator("#share-dialog").inner_text()
    state = page.evaluate("historyMap.state()")
    query, fragment = urlsplit(link).query, urlsplit(link).fragment
    other = open_page(f"two-directions.html?{query}#{fragment}", reduced_motion="reduce")
    found = other.evaluate("historyMap.state()")
    for name in ("lat", "lng", "zoom"):
        assert found["view"].pop(name) == pytest.approx(state["view"].pop(name), abs=0.4)
    assert found == state


def test_the_snippet_shows_the_view_in_another_page(
    open_page: Callable[..., Page], site: Path, tmp_path: Path
) -> None:
    """Pasted into a page that lies beside the map, the lines show it, sandboxed."""
    page = open_page("two-directions.html#ch=malaya-hawaii")
    page.locator("#share").click()
    snippet = page.locator("#share-embed").input_value()
    assert 'sandbox="allow-scripts"' in snippet
    assert "embed=1" in snippet
    (tmp_path / "two-directions.html").write_bytes((site / "two-directions.html").read_bytes())
    (tmp_path / "essay.html").write_text(f"<!doctype html>{snippet}", encoding="utf-8")
    essay = open_page("essay.html", within=tmp_path, ready=False)
    frame = essay.frames[1]
    frame.wait_for_load_state()
    frame.evaluate("historyMap.ready")
    assert frame.evaluate("historyMap.state().chapter") == "malaya-hawaii"


def test_a_title_cannot_break_out_of_the_snippet(
    open_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """Quotes and angles of a title are written as entities."""
    rows = [["id", "title", "when", "lat", "lon"], ["one", "One", "1941", 1, 2]]
    story = "---\ntitle: '\"><script>alert(1)</script>&'\nspan: 1941\n---\n"
    site = make_site({"events/tables/events.csv": rows, "maps/stories/odd.md": story})
    page = open_page("odd.html", within=site)
    page.locator("#share").click()
    snippet = page.locator("#share-embed").input_value()
    assert "<script" not in snippet
    assert 'title="&quot;&gt;&lt;script&gt;' in snippet


@pytest.mark.parametrize("allowed", [True, False])
def test_copying_says_what_it_did(open_page: Callable[..., Page], allowed: bool) -> None:
    """Where the clipboard may be written, it is; else the text is selected, the keys named."""
    page = open_page("two-directions.html")
    page.evaluate(
        """allowed => Object.defineProperty(navigator, "clipboard", { value: allowed
            ? { writeText: async text => { window.copied = text; } } : undefined })""",
        allowed,
    )
    page.locator("#share").click()
    page.get_by_role("button", name="Copy: Link to this view").click()
    status = page.locator("#share-dialog [role=status]")
    if allowed:
        assert status.inner_text() == "Copied."
        assert page.evaluate("copied") == page.locator("#share-link").input_value()
    else:
        assert "Ctrl+C" in status.inner_text()
        chosen = page.evaluate(
            """(({ id, value, selectionStart, selectionEnd }) =>
                [id, value.slice(selectionStart, selectionEnd)])(document.activeElement)"""
        )
        assert chosen == ["share-link", page.locator("#share-link").input_value()]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "share"


TOLD = """() => new Promise(done => {
    historyMap.on("state", done); // once the address is written
    historyMap.setLayers(historyMap.state().layers);
})"""


def screen_of(page: Page) -> dict[str, object]:
    """What a reader sees of the state, from the layers to the view."""
    page.evaluate(TOLD)
    state = page.evaluate("historyMap.state()")
    view = {name: round(number, 1) for name, number in state.pop("view").items()}
    del state["visible"]
    pressed = page.locator("[aria-pressed=true]:visible").all_inner_texts()
    beside = page.evaluate(
        "historyMap.compare !== undefined && !!document.querySelector('.comparing')"
    )
    return state | {"view": view, "pressed": pressed, "beside": beside, "hash": parts(page.url)}


def test_one_address_is_one_screen(open_page: Callable[..., Page]) -> None:
    """A link followed in an open page shows what it shows in a new one, and Back goes back."""
    options = {"reduced_motion": "reduce"}
    new = screen_of(open_page("two-directions.html#t=1939-08-20", **options))
    page = open_page(
        f"two-directions.html#{ASKED}&b=1941-12-05&ab=side&inset=20,48,50,62", **options
    )
    before = screen_of(page)
    page.evaluate("location.hash = 't=1939-08-20'")
    assert screen_of(page) == new
    page.go_back()
    assert screen_of(page) == before
    page.evaluate("location.hash = 't=1939-08-20&b=1941-12-05'")
    assert screen_of(page)["hash"]["ab"].startswith("swipe")


@pytest.mark.parametrize("asked", ["c=,,", "c=1,2", "inset=,,,", "kinds=nothing", "win=", "b="])
def test_what_says_nothing_is_left_out(open_page: Callable[..., Page], asked: str) -> None:
    """Empty or unknown parts of an address leave the story as it opens."""
    page = open_page(f"two-directions.html#t=1941-12-07&{asked}", reduced_motion="reduce")
    page.evaluate("historyMap.setLayers(historyMap.state().layers)")
    until(page, f"!location.hash.includes({asked!r}) && location.hash.length > 5")
    assert parts(page.url) == {"t": "1941-12-07"}
    assert page.evaluate("historyMap.state().visible.events.length") > 5


def test_the_divider_stands_in_the_address(open_page: Callable[..., Page]) -> None:
    """Moved by keys it is written as a part of `ab`, and a page that is opened so shows it."""
    page = open_page("two-directions.html#t=1941-12-07&b=1942-03-09&ab=swipe")
    knob = "document.querySelector('.divider').ariaValueNow"
    assert page.evaluate(knob) == "50"
    page.focus(".divider")
    for _ in range(2):
        page.keyboard.press("PageDown")
    assert page.evaluate(knob) == "30"
    until(page, "location.hash.includes('ab=swipe,30')")
    other = open_page("two-directions.html" + page.evaluate("location.hash"))
    assert other.evaluate(knob) == "30"
    box = other.locator(".divider").bounding_box()
    assert box
    assert box["x"] + box["width"] / 2 == pytest.approx(0.3 * 1280, abs=120)


@pytest.mark.parametrize("width", [2, 6, 40, 333])
def test_a_brushed_window_is_the_same_after_a_reload(
    open_page: Callable[..., Page], width: int
) -> None:
    """However short or long the stretch was: moment, what is visible and the shade are the same."""
    page = open_page("two-directions.html")
    box = page.locator("#lanes").bounding_box()
    assert box
    x, y = box["x"] + 700, box["y"] + 45
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + width / 2 + 5, y)
    page.mouse.move(x + width, y)
    page.mouse.up()
    look = """() => JSON.stringify([
        historyMap.state().time, historyMap.state().mode, historyMap.state().visible.events,
        document.querySelector(".window-shade").getBoundingClientRect(),
    ])"""
    if width > 4:
        until(page, "location.hash.includes('mode=window')")
    before = page.evaluate(look)
    until(page, "location.hash.includes('t=' + historyMap.state().time)")
    page.reload()
    page.evaluate("historyMap.ready")
    assert page.evaluate(look) == before
