"""A/B: two dates of one view, one over the other or side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from boxes import LOOK, clashes, core
from pixels import changed, go, place_of, shot, until
from playwright.sync_api import Page

SIZES = [(1280, 800), (768, 1024), (390, 844)]
EUROPE = "c=54,34,4.2"
SECOND = """() => {
    const home = document.querySelector(".map-frame.second").getBoundingClientRect();
    const share = Number(document.getElementById("app").style.getPropertyValue("--share"));
    const swiped = document.getElementById("app").classList.contains("swipe");
    const words = historyMap.words("second").map(({ text, x, y, width, height }) =>
        ({ name: text, x: x + home.left, y: y + home.top, width, height }));
    const marks = frame => [...document.querySelectorAll(`${frame} .mark`)].map(one => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return { name: one.ariaLabel, x, y, width, height };
    });
    const [a, b] = [marks(".map-frame:not(.second)"), marks(".map-frame.second")];
    return { words, marks: { a, b }, cut: home.left + (swiped ? home.width * share : 0) };
}"""
GROUND = ["borders", "rivers", "lakes"]
MARKS = ["north", "south", "context", "routes", "names", *GROUND]


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map over Europe, without a card."""
    page = shared_page(f"two-directions.html#{EUROPE}")
    page.click(".card .close")
    return page


@pytest.fixture(autouse=True)
def alone(page: Page) -> None:
    """Each test begins with one date, the first day of the war in the east."""
    page.set_viewport_size({"width": 1280, "height": 800})
    go(page, f"t=1941-06-22&layers={','.join(MARKS)}&{EUROPE}")
    page.evaluate("document.querySelector('.card .close').click()")


def compare(page: Page, when: str = "1941-12-05", way: str = "swipe") -> None:
    """Shows a second date."""
    page.evaluate("([when, way]) => historyMap.compare(when, way)", [when, way])


def clip(page: Page, selector: str = ".map-frame") -> tuple[float, float, float, float]:
    """Where an element lies on the page."""
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"], box["y"], box["width"], box["height"]


def test_the_button_shows_this_moment_twice_and_then_once_again(page: Page) -> None:
    """A/B begins with B on A's own moment, and a second press takes B away."""
    page.click("#compare")
    assert page.get_attribute("#compare", "aria-pressed") == "true"
    assert page.evaluate("historyMap.compared().time") == "1941-06-22"
    page.click("#compare")
    assert page.get_attribute("#compare", "aria-pressed") == "false"
    assert page.evaluate("historyMap.compared()") is None
    assert page.locator(".map").count() == 1


def test_the_half_of_b_shows_what_b_s_own_date_shows(page: Page) -> None:
    """Swiped, the map left of the divider is that of A's date, and right of it that of B's."""
    page.evaluate("historyMap.seek('1941-12-05')")
    compare(page, "1941-12-05")
    x, y, width, _height = clip(page)
    left, right = (
        (x, y + 80, width / 2 - 40, 280),
        (x + width / 2 + 40, y + 80, width / 2 - 60, 280),
    )
    same = shot(page, left), shot(page, right)
    page.evaluate("historyMap.compare('1941-06-22')")
    assert changed(same[0], shot(page, left)).sum() == 0
    assert changed(same[1], shot(page, right)).sum() > 400
    assert "counteroffensive-1941" not in page.evaluate("historyMap.compared().events")


def test_the_divider_moves_by_keys_and_says_where_it_is(page: Page) -> None:
    """Arrows, Page keys, Home and End move the divider and its pixels; it says so in words."""
    compare(page)
    divider = page.get_by_role("slider", name="Divider between the two dates")
    divider.focus()
    before = shot(page, clip(page))
    divider.press("ArrowRight")
    for _ in range(2):
        divider.press("PageUp")
    assert divider.get_attribute("aria-valuenow") == "72"
    assert divider.get_attribute("aria-valuetext") == "72 % of the map shows 22 June 1941"
    assert changed(before, shot(page, clip(page))).sum() > 2000
    assert page.evaluate("historyMap.state().chapter") is None
    for key, share in [("Home", "0"), ("ArrowLeft", "0"), ("End", "100"), ("PageDown", "90")]:
        divider.press(key)
        assert divider.get_attribute("aria-valuenow") == share
    for _ in range(4):
        divider.press("PageDown")
    assert divider.get_attribute("aria-valuenow") == "50"


def test_the_divider_is_dragged(page: Page) -> None:
    """A drag puts the divider under the pointer, and the map stays where it is."""
    compare(page)
    view = page.evaluate("historyMap.state().view")
    x, y, width, _height = clip(page)
    drag(page, (x + width / 2, y + 150), (x + width * 0.3, y + 160))
    knob = clip(page, ".knob")
    assert abs(knob[0] + knob[2] / 2 - (x + width * 0.3)) <= 1
    assert page.evaluate("historyMap.state().view") == view
    drag(page, (x + width * 0.3, y + 150), (x + width / 2, y + 150))


@pytest.mark.parametrize("way", ["swipe", "side"])
def test_both_maps_move_and_zoom_as_one(page: Page, way: str) -> None:
    """Whichever is dragged or zoomed, by hand or by a button, both show one view to the pixel."""
    page.evaluate("layers => historyMap.setLayers(layers)", GROUND)
    compare(page, "1941-06-22", way)
    x, y, _, _ = clip(page)
    second = clip(page, ".map-frame.second")
    views = [page.evaluate("historyMap.state().view")]

    def is_one() -> None:
        until(page, "!document.querySelector('.leaflet-zoom-anim')")
        assert ground_apart(page, way) == 0
        views.append(page.evaluate("historyMap.state().view"))
        assert views[-1] != views[-2]

    drag(page, (x + 200, y + 200), (x + 150, y + 230))
    is_one()
    drag(page, (second[0] + second[2] - 80, y + 200), (second[0] + second[2] - 20, y + 190))
    is_one()
    for key in ("zoom-in", "zoom-in", "zoom-out"):
        page.click(f"#{key}")
        is_one()
    for spot in (x + 200, second[0] + second[2] - 80):
        page.mouse.move(spot, y + 200)
        zoom = page.evaluate("historyMap.state().view.zoom")
        page.mouse.wheel(0, -240)
        until(page, f"historyMap.state().view.zoom > {zoom + 0.2}")
        is_one()


def test_both_maps_fly_together(open_page: Callable[..., Page]) -> None:
    """A zoom that is animated begins on both maps in one frame and ends on one view."""
    page = open_page(f"two-directions.html#{EUROPE}&b=1941&ab=side")
    page.evaluate("layers => historyMap.setLayers(layers)", GROUND)
    page.click(".card .close")
    page.evaluate("new Promise(requestAnimationFrame)")
    page.click("#zoom-in")
    until(page, "document.querySelector('.leaflet-zoom-anim')")
    assert page.locator(".leaflet-zoom-anim").count() == 2
    until(page, "!document.querySelector('.leaflet-zoom-anim')")
    assert ground_apart(page, "side") == 0


@pytest.mark.parametrize("half", [0, 1])
def test_two_fingers_on_one_map_zoom_both(open_page: Callable[..., Page], half: int) -> None:
    """A pinch on either half ends with one view on both."""
    page = open_page(f"two-directions.html#{EUROPE}&b=1941&ab=side", has_touch=True)
    page.evaluate("layers => historyMap.setLayers(layers)", GROUND)
    page.click(".card .close")
    session = page.context.new_cdp_session(page)
    x, y, width, height = clip(page, ".map-frame >> nth=" + str(half))
    zoom = page.evaluate("historyMap.state().view.zoom")
    for kind, reach in [("Start", 40), ("Move", 60), ("Move", 90), ("Move", 110), ("End", None)]:
        spots = [] if reach is None else [x + width / 2 - reach, x + width / 2 + reach]
        points = [{"x": spot, "y": y + height / 2} for spot in spots]
        session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
        page.evaluate("new Promise(requestAnimationFrame)")
    until(page, "!document.querySelector('.leaflet-zoom-anim')")
    assert page.evaluate("historyMap.state().view.zoom") > zoom + 0.7
    assert ground_apart(page, "side") == 0


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Presses at one spot and lets go at another, slowly enough not to throw."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=3)
    page.mouse.move(*end)
    page.evaluate("new Promise(done => setTimeout(done, 80))")
    page.mouse.up()


def ground_apart(page: Page, way: str) -> int:
    """How many pixels differ between the second map and the first, below the legend."""
    x, y, width, _ = clip(page, ".map-frame.second")
    if way == "side":
        half = (width - 90, 170)
        return changed(shot(page, (20, y + 130, *half)), shot(page, (x + 20, y + 130, *half))).sum()
    right = (x + width / 2 + 40, y + 90, width / 2 - 110, 240)
    both = shot(page, right)
    page.evaluate("document.querySelector('.map-frame.second').style.visibility = 'hidden'")
    alone = shot(page, right)
    page.evaluate("document.querySelector('.map-frame.second').style.visibility = ''")
    return changed(both, alone).sum()


def test_side_by_side_needs_no_divider(page: Page) -> None:
    """Side by side each date has a half of its own, both of one size."""
    compare(page, way="side")
    one, other = clip(page), clip(page, ".map-frame.second")
    assert abs(one[2] - other[2]) <= 1
    assert abs(one[0] + one[2] - other[0]) <= 1
    assert not page.locator(".knob").is_visible()


def test_the_bar_steps_sets_and_swaps(page: Page) -> None:
    """Beside its date B has the events before and after; set and swap do as they say."""
    compare(page, "1941-12-05")
    for _ in range(2):
        page.click("[aria-label='Second date: next event']")
    after = page.evaluate("historyMap.compared().time")
    assert after > "1941-12-05"
    page.click("[aria-label='Second date: previous event']")
    assert page.evaluate("historyMap.compared().time") < after
    page.fill("[aria-label='Second date']", "1942-03")
    page.press("[aria-label='Second date']", "Enter")
    assert page.evaluate("historyMap.compared().time") == "1942-03"
    page.get_by_role("button", name="Swap").click()
    assert page.evaluate("[historyMap.state().time, historyMap.compared().time]") == [
        "1942-03",
        "1941-06-22",
    ]
    page.get_by_role("button", name="Set B to this moment").click()
    assert page.evaluate("historyMap.compared().time") == "1942-03"
    page.fill("[aria-label='Second date']", "the day after")
    page.press("[aria-label='Second date']", "Enter")
    assert page.get_attribute("[aria-label='Second date']", "aria-invalid") == "true"
    assert page.evaluate("historyMap.compared().time") == "1942-03"


def test_what_lies_between_is_counted(page: Page) -> None:
    """The bar counts the events that began and ended between the dates, whichever is earlier."""
    compare(page, "1941-12-05")
    numbers = page.evaluate(
        """() => {
            const { events } = historyMap.scene;
            const [from, to] = [Date.UTC(1941, 5, 23), Date.UTC(1941, 11, 5)];
            const own = i => events.status.at(i) === "executed";
            const all = Array.from({ length: events.count }, (_, i) => i);
            const count = test => all.filter(i => own(i) && test(i)).length;
            return [
                count(i => events.first[i] >= from && events.first[i] < to + 864e5),
                count(i => events.last[i] >= from - 864e5 && events.last[i] < to),
            ];
        }"""
    )
    words = f"Between them {numbers[0]} events began, {numbers[1]} ended"
    until(page, f"document.querySelector('.between').textContent === {words!r}")
    page.get_by_role("button", name="Swap").click()
    until(page, f"document.querySelector('.between').textContent === {words!r}")


def test_a_mark_of_b_opens_its_card_and_moves_a(page: Page) -> None:
    """A press on B's mark selects its event as everywhere: A's clock goes there, B stays."""
    compare(page, "1941-12-05")
    page.locator(".map-frame.second .mark[aria-label*='counter-offensive']").click()
    state = page.evaluate("historyMap.state()")
    assert state["selected"]
    assert state["time"] >= "1941-12-05"
    assert page.evaluate("historyMap.compared().time") == "1941-12-05"
    assert page.locator("#card").is_visible()
    page.click(".card .close")


def test_the_address_keeps_both_dates(page: Page, shared_page: Callable[..., Page]) -> None:
    """What the address says of B and of the way is there again in a new window."""
    compare(page, "1941-12", "side")
    until(page, "location.hash.includes('b=1941-12&ab=side')")
    again = shared_page("two-directions.html" + page.evaluate("location.hash"))
    assert again.evaluate("historyMap.compared().time") == "1941-12"
    assert again.evaluate("historyMap.compared().way") == "side"
    assert again.evaluate("historyMap.state().time") == "1941-06-22"
    again.close()


def test_nonsense_is_no_second_date(page: Page) -> None:
    """compare() refuses what is no moment and no way, and changes nothing."""
    for call in ("compare('nonsense')", "compare('1941', 'up')"):
        told = page.evaluate(
            f"() => {{ try {{ historyMap.{call} }} catch (e) {{ return e.message }} }}"
        )
        assert "is no" in told
    assert page.evaluate("historyMap.compared()") is None


def test_twenty_times_on_and_off_leave_nothing_behind(page: Page) -> None:
    """Nodes and listeners are as many as before, and there is one map."""
    session = page.context.new_cdp_session(page)

    def counts() -> dict[str, int]:
        session.send("HeapProfiler.collectGarbage")
        return session.send("Memory.getDOMCounters")

    turn = """() => {
        historyMap.compare("1941-12-05", "side");
        historyMap.compare("1942", "swipe");
        historyMap.compare(null);
    }"""
    page.evaluate(turn)
    before = counts()
    for _ in range(20):
        page.evaluate(turn)
    page.evaluate("new Promise(done => setTimeout(done, 300))")
    after = counts()
    assert page.locator(".map").count() == 1
    assert after["nodes"] <= before["nodes"] + 60
    assert after["jsEventListeners"] <= before["jsEventListeners"] + 20


def test_a_hidden_frame_compares_as_well(page: Page) -> None:
    """Two dates chosen while the page has no size are both there when it is shown."""
    page.evaluate("layers => historyMap.setLayers(layers)", GROUND)
    page.evaluate("document.getElementById('app').style.display = 'none'")
    page.evaluate("historyMap.compare('1941-12-05', 'side')")
    page.evaluate("document.getElementById('app').style.display = ''")
    page.evaluate("layers => historyMap.setLayers(layers)", MARKS)
    until(page, "historyMap.words('second').length > 3 && historyMap.words().length > 3")
    page.evaluate("layers => historyMap.setLayers(layers)", GROUND)
    assert ground_apart(page, "side") == 0


def test_on_a_phone_there_is_only_the_swipe(page: Page) -> None:
    """Under 600 px two halves would be too small: the wish is kept, the divider shown."""
    compare(page, way="side")
    page.set_viewport_size({"width": 390, "height": 844})
    until(page, "document.querySelector('.knob').checkVisibility()")
    assert page.evaluate("historyMap.compared().way") == "side"
    page.set_viewport_size({"width": 1280, "height": 800})
    until(page, "!document.querySelector('.knob').checkVisibility()")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("way", ["swipe", "side"])
def test_nothing_lies_on_another(shared_page: Callable[..., Page], size: Any, way: str) -> None:
    """With two dates words, marks and panels stand clear of each other in each half."""
    page = shared_page(
        "two-directions.html", viewport=dict(zip(("width", "height"), size, strict=True))
    )
    for one, other in [("1941-06-22", "1941-12-05"), ("1941-07-02", "1942-03-09")]:
        page.evaluate("when => historyMap.seek(when)", one)
        compare(page, other, way)
        page.evaluate("new Promise(done => setTimeout(done, 400))")
        look, second = page.evaluate(LOOK), page.evaluate(SECOND)
        assert look["wide"] <= 0
        assert look["tall"] <= 0
        words = look["words"] + second["words"]
        assert all(word["x"] + word["width"] <= second["cut"] + 0.5 for word in look["words"])
        assert all(word["x"] >= second["cut"] - 0.5 for word in second["words"])
        assert clashes(words) == []
        assert clashes(words, look["panels"]) == []
        inner = [panel for panel in look["panels"] if "Basemap" not in panel["name"]]
        assert clashes(inner) == []
        assert clashes(look["words"], [core(mark) for mark in second["marks"]["a"]]) == []
        assert clashes(second["words"], [core(mark) for mark in second["marks"]["b"]]) == []
    page.close()


@pytest.mark.parametrize("way", ["swipe", "side"])
def test_a_chapter_s_view_stays_whole(open_page: Callable[..., Page], way: str) -> None:
    """Where the map becomes narrower for two dates, what the chapter shows is still all there."""
    page = open_page("two-directions.html", viewport={"width": 1920, "height": 1080})
    page.evaluate("historyMap.chapter('kantokuen')")
    compare(page, "1942-03-09", way)
    page.evaluate("new Promise(done => setTimeout(done, 1200))")
    x, _, width, _ = clip(page)
    for lng in (94, 158):
        assert x < place_of(page, 40, lng)[0] < x + width, lng


def test_on_paper_both_dates_stand_and_no_controls(page: Page) -> None:
    """Printed, both captions are there and the maps have the page's width, whatever was open."""
    compare(page)
    page.click("#show-story")
    page.emulate_media(media="print")
    until(page, "document.querySelector('.second').clientWidth === 1060")
    dates = page.locator(".caption .date").all_inner_texts()
    controls = (
        page.locator(".compare-bar, .knob, .zoom, .card .foot").locator("visible=true").count()
    )
    page.emulate_media(media="screen")
    assert dates == ["22 June 1941", "5 December 1941"]
    assert controls == 0
    page.click(".card .close")


def test_the_divider_makes_way_for_what_is_chosen(page: Page) -> None:
    """An event that B's picture would hide is chosen: the view stays, the divider moves past it."""
    go(page, "t=1941-06-22&c=30,90,2.6")
    compare(page, "1941-06-22")
    view = page.evaluate("historyMap.state().view")
    page.evaluate("historyMap.select('pearl-harbor')")
    x, _, width, _ = clip(page, ".map-frame:not(.second) .mark.selected")
    assert clip(page, ".knob")[0] > x + width
    seen = "document.elementFromPoint(...at).closest('.mark')?.classList.contains('selected')"
    y = clip(page, ".map-frame:not(.second) .mark.selected")[1]
    assert page.evaluate(f"at => {seen}", [x + width / 2, y + width / 2])
    assert page.evaluate("historyMap.state().view.zoom") == view["zoom"]
    page.focus(".divider")
    for _ in range(10):
        page.keyboard.press("PageDown")
    for _ in range(5):
        page.keyboard.press("PageUp")
    page.click(".card .close")


def test_the_lanes_show_where_b_stands(page: Page) -> None:
    """On the timeline B has a second, thinner head at its date, and none when one date is shown."""
    compare(page, "1943-07-01")
    x, y, width, height = clip(page, "#lanes")
    head = page.locator(".second-head").evaluate("one => one.getBoundingClientRect().x")
    strip = (head - 3, y + 30, 6, height - 40)
    marked = shot(page, strip)
    assert x + width * 0.6 < head < x + width
    page.evaluate("historyMap.compare(null)")
    assert not page.locator(".second-head").is_visible()
    assert changed(marked, shot(page, strip)).any(axis=1).sum() > 30


@pytest.mark.parametrize("way", ["swipe", "side"])
def test_it_may_end_in_the_middle_of_a_flight(open_page: Callable[..., Page], way: str) -> None:
    """Switched off while the maps zoom or are flung, it leaves one map that works, and no error."""
    page = open_page(f"two-directions.html#{EUROPE}&b=1941-12-05&ab={way}")
    page.evaluate("document.getElementById('zoom-in').click()")
    page.evaluate("historyMap.compare(null)")
    page.evaluate("historyMap.compare('1941-12-05')")
    x, y, width, height = clip(page, ".map-frame.second")
    page.mouse.move(x + width * 0.8, y + height / 2)
    page.mouse.down()
    page.mouse.move(x + width * 0.7, y + height / 2 - 30, steps=5)
    page.mouse.up()
    page.evaluate("historyMap.compare(null)")
    until(page, "!document.querySelector('.leaflet-zoom-anim, .leaflet-pan-anim')")
    zoom = page.evaluate("historyMap.state().view.zoom")
    page.evaluate("document.getElementById('zoom-in').click()")
    until(page, f"historyMap.state().view.zoom > {zoom}")
    assert page.locator(".map-frame").count() == 1


@pytest.mark.parametrize("touch", [True, False], ids=["touch", "mouse"])
@pytest.mark.parametrize("way", ["swipe", "side"])
@pytest.mark.parametrize("size", [(700, 400), (844, 390), (800, 600), (1000, 700)])
def test_long_dates_stay_on_their_plaques(
    open_page: Callable[..., Page], size: Any, way: str, touch: bool
) -> None:
    """However little room the card leaves: no date leaves its plaque, A/B can be switched off."""
    page = open_page(
        f"two-directions.html#t=1941-12-07/1942-03-31&b=1943-11-20/1944-02-28&ab={way}",
        viewport=dict(zip(("width", "height"), size, strict=True)),
        has_touch=touch,
        is_mobile=touch,
        reduced_motion="reduce",
    )
    look = page.evaluate(
        """() => [...document.querySelectorAll(".caption")].map(plaque => {
            const words = document.createRange();
            words.selectNodeContents(plaque.querySelector(".date"));
            const edge = one => {
                const { left, right, top, bottom } = one.getBoundingClientRect();
                return [left, -right, top, -bottom];
            };
            return [edge(plaque), edge(words)];
        })"""
    )
    assert len(look) == 2
    for plaque, words in look:
        assert all(word >= edge for edge, word in zip(plaque, words, strict=True)), (plaque, words)
    close = page.get_by_role("button", name="Show one date again")
    box = close.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.locator(".compare-bar").count() == 0
