"""Insets, the scale bar, and the words of the graticule."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from boxes import FRAME, LOOK, clashes
from pixels import changed, colour_of, go, look, near, place_of, shot, still, until
from playwright.sync_api import Page

MOSCOW = "20,48,50,62"
HAWAII = "195,14,210,28"
SIZES = [(1280, 800), (1920, 1080), (768, 1024), (390, 844), (360, 640)]


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map on the day of Pearl Harbor, without a card."""
    page = shared_page("two-directions.html#ch=malaya-hawaii")
    page.click(".card .close")
    return page


@pytest.fixture(autouse=True)
def no_insets(page: Page) -> None:
    """Each test begins with one map of the whole south, as its chapter has it."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("historyMap.chapter('malaya-hawaii')")
    page.click(".card .close")
    close_all(page)


def close_all(page: Page) -> None:
    """Closes every inset, that of the chapter too."""
    page.evaluate("document.querySelectorAll('.inset .close').forEach(one => one.click())")
    page.evaluate("document.querySelectorAll('.inset .close').forEach(one => one.click())")
    assert page.locator(".inset").count() == 0


def box_of(page: Page, selector: str) -> tuple[float, float, float, float]:
    """Where an element lies on the page."""
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"], box["y"], box["width"], box["height"]


def test_an_inset_shows_the_mark_where_its_place_is(page: Page) -> None:
    """The attack on Pearl Harbor is in the inset, as many pixels from its edges as its place is."""
    go(page, f"t=1941-12-07&inset={HAWAII}")
    assert page.evaluate("historyMap.insets().map(one => one.label)") == ["Pearl Harbor"]
    x, y, width, height = box_of(page, ".inset-map")
    west, south, east, north = map(float, HAWAII.split(","))
    across = max((east - west) / width, 0.0)
    tall = (mercator(north) - mercator(south)) / height
    scale = max(across, tall)
    middle = (mercator(north) + mercator(south)) / 2
    at = (
        x + width / 2 + (202.05 - (west + east) / 2) / scale,
        y + height / 2 + (middle - mercator(21.35)) / scale,
    )
    picture = shot(page, (at[0] - 9, at[1] - 9, 18, 18))
    assert near(picture, colour_of(page, "direction-south")).sum() > 60
    away = shot(page, (at[0] - 9, at[1] + 35, 18, 18))
    assert near(away, colour_of(page, "direction-south")).sum() == 0


def mercator(lat: float) -> float:
    """The height of a latitude in degrees of the equator."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def test_an_inset_follows_the_clock(page: Page) -> None:
    """Before the war in the Pacific the inset of Hawaii has other pixels than on its first day."""
    go(page, f"t=1941-12-07&inset={HAWAII}")
    now = shot(page, box_of(page, ".inset"))
    page.evaluate("historyMap.seek('1940-01-01')")
    page.evaluate(FRAME)
    assert changed(now, shot(page, box_of(page, ".inset"))).sum() > 100


def test_while_the_clock_plays_the_inset_stays_and_ends_at_its_moment(
    open_page: Callable[..., Page],
) -> None:
    """Playing moves no inset about; at rest it shows what the same moment shows when sought."""
    page = open_page(f"two-directions.html#t=1941-12-05&inset={HAWAII}&c=30,180,2.5")
    page.evaluate(FRAME)
    before = box_of(page, ".inset")
    page.select_option("#speed", "day")
    page.evaluate("historyMap.play()")
    until(page, "historyMap.state().time > '1941-12-07'")
    assert box_of(page, ".inset") == before
    page.evaluate("historyMap.pause()")
    page.evaluate("new Promise(done => setTimeout(done, 300))")
    assert near(shot(page, box_of(page, ".inset")), colour_of(page, "direction-south")).sum() > 60


def test_the_map_frames_what_its_inset_shows(page: Page) -> None:
    """On the map a thin frame in ink stands where the inset lies."""
    go(page, f"t=1941-12-07&inset={HAWAII}")
    x, y = place_of(page, 24, 195)
    line = (x - 3, y - 30, 6, 60)
    assert near(shot(page, line), colour_of(page, "ink"), 90).any(axis=1).sum() > 30
    page.click(".inset .close")
    page.evaluate(FRAME)
    assert near(shot(page, line), colour_of(page, "ink"), 90).any(axis=1).sum() < 15


def test_the_reader_keeps_a_view_and_closes_it(page: Page) -> None:
    """The button in the zoom group keeps what the map shows; that of the inset takes it away."""
    look(page, 55.7, 37, 5.5)
    page.get_by_role("button", name="Keep this view as an inset").click()
    assert page.get_by_role("region", name="Inset: Moscow").is_visible()
    look(page, 21, 202, 6)
    page.get_by_role("button", name="Keep this view as an inset").click()
    assert page.locator(".inset").count() == 2
    until(page, "location.hash.includes('inset=')")
    page.get_by_role("button", name="Close the inset Moscow").click()
    assert page.locator(".inset").count() == 1
    assert page.evaluate("document.activeElement.id") == "pin"


def test_there_are_never_more_than_two(page: Page) -> None:
    """A third view takes the place of the oldest."""
    for view in ((55.7, 37, 5), (21, 202, 6), (1.3, 103.8, 6)):
        look(page, *view)
        page.click("#pin")
    assert page.evaluate("historyMap.insets().length") == 2
    assert page.locator(".inset").count() == 2
    assert "Moscow" not in page.evaluate("historyMap.insets().map(one => one.label)")


def test_a_press_takes_the_map_there_by_key_too(page: Page) -> None:
    """The inset is a button that says where it leads; inside it nothing takes the focus."""
    go(page, f"t=1941-12-07&inset={MOSCOW}")
    page.click(".card .close")
    button = page.get_by_role("button", name="Go there: Moscow")
    button.focus()
    page.keyboard.press("Enter")
    view = page.evaluate("historyMap.state().view")
    assert abs(view["lng"] - 35) < 4
    assert view["zoom"] > 4
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "close"
    page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('.inset'))")


def test_the_address_keeps_the_insets(page: Page, shared_page: Callable[..., Page]) -> None:
    """The views that the reader keeps are there again in a new window; nonsense is not."""
    go(page, f"t=1941-12-07&inset={MOSCOW};{HAWAII}")
    until(page, "location.hash.includes('195.00,14.00,210.00,28.00')")
    again = shared_page("two-directions.html" + page.evaluate("location.hash"))
    assert again.locator(".inset").count() == 2
    again.close()
    page.click(".inset .close")
    page.click(".inset .close")
    go(page, "inset=1,2,3;9,9,1,1;a,b,c,d")
    assert page.locator(".inset").count() == 0


def test_a_chapter_brings_its_own_inset(page: Page) -> None:
    """What a chapter names is shown while it is open, under the name that it has there."""
    page.evaluate("historyMap.chapter('malaya-hawaii')")
    assert page.get_by_role("region", name="Inset: Before Moscow").is_visible()
    page.evaluate("historyMap.chapter('both-directions')")
    assert page.locator(".inset").count() == 0


def test_a_chapter_s_inset_that_outlives_it_is_in_the_address(page: Page) -> None:
    """Who goes on from a chapter by hand still sees its inset, and so does who gets the link."""
    page.evaluate("historyMap.chapter('malaya-hawaii')")
    until(page, "location.hash.includes('ch=')")
    assert "inset=" not in page.url
    page.evaluate("historyMap.next()")
    until(page, "!location.hash.includes('ch=')")
    view = page.evaluate("historyMap.insets()[0].view")
    go(page, page.url.partition("#")[2] + "&step=hour")
    assert page.evaluate("historyMap.insets().map(one => one.view)") == [view]


def test_the_reader_s_view_stands_beside_the_chapter_s(page: Page) -> None:
    """A kept view stays from chapter to chapter; the chapter's own comes first and leaves one."""
    go(page, f"t=1941-12-07&inset={MOSCOW};{HAWAII}")
    page.evaluate("historyMap.chapter('malaya-hawaii')")
    labels = "historyMap.insets().map(one => one.label)"
    assert page.evaluate(labels) == ["Before Moscow", "Pearl Harbor"]
    page.evaluate("historyMap.chapter('both-directions')")
    assert page.evaluate(labels) == ["Moscow", "Pearl Harbor"]


def test_insets_leave_no_map_behind(page: Page) -> None:
    """Opened and closed twenty times, there are as many nodes and listeners as before."""
    session = page.context.new_cdp_session(page)

    def counts() -> dict[str, int]:
        session.send("HeapProfiler.collectGarbage")
        return session.send("Memory.getDOMCounters")

    def turn() -> None:
        page.click("#pin")
        page.click(".inset .close")

    turn()
    before = counts()
    for _ in range(20):
        turn()
    after = counts()
    assert after["nodes"] <= before["nodes"] + 60
    assert after["jsEventListeners"] <= before["jsEventListeners"] + 20


def test_a_hidden_page_has_its_inset_when_shown(page: Page) -> None:
    """An inset that was kept while the page had no size is drawn when it has one."""
    page.evaluate("document.getElementById('app').style.display = 'none'")
    go(page, f"t=1941-12-07&inset={HAWAII}")
    page.evaluate("document.getElementById('app').style.display = ''")
    until(page, "document.querySelector('.inset')?.checkVisibility()")
    south = colour_of(page, "direction-south")
    shots = (shot(page, box_of(page, ".inset")) for _ in range(20))  # it is drawn a little later
    assert any(near(one, south).sum() > 60 for one in shots)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_insets_cover_nothing(shared_page: Callable[..., Page], size: Any) -> None:
    """At every chapter an inset keeps clear of panels, pills, words and the mark that is chosen."""
    viewport = dict(zip(("width", "height"), size, strict=True))
    page = shared_page(f"two-directions.html#inset={MOSCOW};{HAWAII}", viewport=viewport)
    seen = 0
    for chapter in page.evaluate("historyMap.scene.chapters.map(one => one.id)"):
        page.evaluate("id => historyMap.chapter(id)", chapter)
        page.evaluate(FRAME)
        look = page.evaluate(LOOK)
        insets = page.evaluate(
            """() => [...document.querySelectorAll(".inset")].filter(one => one.checkVisibility())
                .map(one => ({ name: "inset", ...one.getBoundingClientRect().toJSON() }))"""
        )
        seen += len(insets)
        assert clashes(insets) == [], chapter
        assert clashes(insets, look["panels"]) == [], chapter
        assert clashes(insets, look["words"]) == [], chapter
        assert not look["chosen"] or look["onTop"], chapter
        assert look["wide"] <= 0
        assert look["tall"] <= 0
    assert seen >= 4
    page.close()


def test_the_scale_bar_holds_at_its_latitude(page: Page) -> None:
    """Its length on the map is the distance that it names, at the latitude that it names."""
    for lat in (60, 35, 0, -8):
        page.mouse.move(*place_of(page, lat, 165))
        text = page.inner_text(".scalebar span")
        assert (f"{abs(lat)}° {'N' if lat > 0 else 'S'}" if lat else "equator") in text
        km = float(text.split(" km")[0].replace(",", ""))
        pixels = page.evaluate("document.querySelector('.scalebar i').offsetWidth")
        a, b = place_of(page, lat, 150)[0], place_of(page, lat, 190)[0]
        degree = 40075.017 / 360 * math.cos(math.radians(lat))
        assert abs(pixels * 40 * degree / (b - a) - km) < 0.03 * km


def test_two_days_meet_at_the_date_line(page: Page) -> None:
    """On a day the line at 180° names the day on each side; over a month it does not."""
    days = "historyMap.words().map(word => word.text).filter(text => text.includes('180°'))"
    page.evaluate("historyMap.seek('1941-12-07')")
    assert page.evaluate(days) == ["Mon 8 Dec  |  Sun 7 Dec 180°"]
    page.evaluate("historyMap.seek('1941-12-07T02:00Z')")
    assert page.evaluate(days) == ["Sun 7 Dec  |  Sat 6 Dec 180°"]
    page.evaluate("historyMap.seek('1941-12')")
    assert page.evaluate(days) == ["180°"]


def test_the_lines_of_the_graticule_say_their_degrees(page: Page) -> None:
    """Degrees stand at the edges, each at its own line, and go with the layer."""
    word = "historyMap.words().find(word => /^\\d+° [EW]$/.test(word.text))"
    until(page, word)
    box = page.evaluate(word)
    degrees = int(box["text"].split("°")[0])
    lng = degrees if box["text"].endswith("E") else 360 - degrees
    assert abs(box["x"] + box["width"] / 2 - place_of(page, 0, lng)[0]) < 2
    page.click("#show-layers")
    page.click("#layers [data-layer=graticule] input")
    assert not page.evaluate(word)
    page.click("#layers [data-layer=graticule] input")
    page.click("#show-layers")


COVERED = """selector => {
    const box = document.querySelector(".inset").getBoundingClientRect();
    const home = document.querySelector(".map-frame");
    return [...home.querySelectorAll(".mark")]
        .map(one => [one.ariaLabel, one.getBoundingClientRect()])
        .filter(([, { x, y, width, height }]) =>
            x + width / 2 > box.left && x + width / 2 < box.right
            && y + height / 2 > box.top && y + height / 2 < box.bottom)
        .map(([name]) => name);
}"""


@pytest.mark.parametrize("width", [390, 360])
def test_on_a_phone_the_inset_leaves_malaya_free(
    shared_page: Callable[..., Page], width: int
) -> None:
    """In the seventh chapter it covers none of the marks of the south, and is smaller for that."""
    page = shared_page(
        "two-directions.html#ch=malaya-hawaii",
        viewport={"width": width, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    page.evaluate(FRAME)
    assert page.locator(".inset").is_visible()
    covered = page.evaluate(COVERED)
    assert not [name for name in covered if "Kota Bharu" in name or "Singora" in name], covered
    assert len(covered) <= 2
    assert page.locator(".inset").bounding_box()["width"] < 0.36 * width


def test_no_pill_tells_of_what_an_inset_shows(page: Page) -> None:
    """Moscow stands in a pill while no inset shows it, and in none when one does."""
    pills = "[...document.querySelectorAll('.pill')].map(one => one.ariaLabel).join('; ')"
    go(page, "t=1941-12-07&c=20,160,3.2")
    assert "Moscow" in page.evaluate(pills)
    go(page, f"t=1941-12-07&c=20,160,3.2&inset={MOSCOW}")
    until(page, "document.querySelector('.inset:not([hidden])') !== null")
    assert page.evaluate(pills)
    assert "Moscow" not in page.evaluate(pills)


def test_the_corner_of_an_inset_weighs_arrows(page: Page) -> None:
    """Where arrows are, and no marks, the inset stands where it covers none of them."""
    go(page, f"ch=malaya-hawaii&inset={MOSCOW}")
    page.click(".card .close")
    south = colour_of(page, "direction-south")
    box = box_of(page, ".inset")
    page.evaluate("document.querySelector('.inset').style.visibility = 'hidden'")
    under = near(shot(page, box), south).sum()
    page.evaluate("document.querySelector('.inset').style.visibility = ''")
    assert under < 250  # the head of an arrow has more


@pytest.mark.parametrize("size", [(390, 844), (844, 390), (1280, 800)])
def test_pills_keep_off_one_another_and_the_chosen_mark(
    open_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    """Before Pearl Harbor no two pills touch, and none hides the mark of the moment."""
    page = open_page("two-directions.html", viewport={"width": size[0], "height": size[1]})
    page.evaluate("historyMap.chapter('malaya-hawaii')")
    page.evaluate(FRAME)
    still(page)
    pills = [
        box for one in page.locator(".stage > .pills .pill").all() if (box := one.bounding_box())
    ]
    assert pills
    x, y = place_of(page, 21.36, -157.95)
    for k, one in enumerate(pills):
        across, down = one["x"] + one["width"], one["y"] + one["height"]
        assert not (one["x"] - 8 < x < across + 8 and one["y"] - 8 < y < down + 8)
        for other in pills[:k]:
            is_beside = other["x"] >= across or other["x"] + other["width"] <= one["x"]
            assert is_beside or other["y"] >= down or other["y"] + other["height"] <= one["y"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_scale_bar_has_a_ground_of_its_own(open_page: Callable[..., Page], theme: str) -> None:
    """Most of what lies under its words has the panel's tone, not that of the sea."""
    page = open_page("two-directions.html", color_scheme=theme)
    look = near(shot(page, box_of(page, ".scalebar")), colour_of(page, "panel"), 8)
    assert look.mean() > 0.5


def test_a_pill_for_what_lies_below_stands_at_the_foot_of_the_map(page: Page) -> None:
    """Beside date and buttons, not above them, and on none of them."""
    go(page, "t=1941-12-08&c=52,120,3.4")
    until(page, "document.querySelector('.pill.down') !== null")
    x, y, width, height = box_of(page, ".pill.down")
    _, top, _, tall = box_of(page, ".map-frame")
    assert top + tall - 14 <= y + height <= top + tall
    for other in (".zoom", ".caption", ".scalebar", ".credit"):
        left, upper, wide, high = box_of(page, other)
        is_beside = x + width <= left or left + wide <= x
        assert is_beside or y + height <= upper or upper + high <= y, other
