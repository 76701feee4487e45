"""The numbers: charts on the timeline's stretch of time, in step with the clock, and as tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from boxes import FRAME, LOOK, clashes
from conftest import READY
from pixels import colour_of, near, shot
from playwright.sync_api import Locator, Page, expect

OPEN = """() => {
    if (document.getElementById("charts").hidden) document.getElementById("show-charts").click();
}"""
STRETCH = "historyMap.scene.opening"
POINTS = "label => historyMap.scene.series.find(one => one.label === label).points"
SCALE = 8
OIL = "Japan's oil stock"
ARMY = "Kwantung Army"
FAR_EAST = "Soviet troops in the Far East"
KREMLIN = "German front to the Kremlin"


def opened(page: Page, when: str = "1941-12-07") -> Page:
    """The page with its numbers open, at a moment."""
    page.evaluate("when => historyMap.seek(when)", when)
    page.evaluate(OPEN)
    page.evaluate(FRAME)
    return page


@pytest.fixture(scope="module")
def shipped(shared_page: Callable[..., Page]) -> Page:
    """The shipped map, one for all these tests."""
    return shared_page("two-directions.html")


@pytest.fixture
def page(shipped: Page) -> Page:
    """The shipped map with its numbers open at Pearl Harbor."""
    return opened(shipped)


def chart(page: Page, label: str) -> Locator:
    """One chart by its series."""
    return page.locator("#charts .chart").filter(has=page.get_by_text(label, exact=True))


def plot(page: Page, label: str) -> Locator:
    """What the keys and hands move of a chart."""
    return page.get_by_role("slider", name=label, exact=True)


def box_of(one: Locator) -> tuple[float, float, float, float]:
    """Where it lies on the page."""
    box = one.bounding_box()
    assert box
    return box["x"], box["y"], box["width"], box["height"]


def x_of(page: Page, label: str, instant: float) -> float:
    """Where an instant lies on a plot, in pixels of the page, while the opening is shown."""
    first, last = page.evaluate(STRETCH)
    x, _, width, _ = box_of(plot(page, label))
    return x + (instant - first) / (last - first) * width


def test_the_charts_are_those_of_the_story_in_its_order(page: Page) -> None:
    """The story names four series, and they stand there in that order; a press shows the others."""
    shown = page.locator("#charts .chart:visible figcaption")
    assert shown.all_text_contents() == [ARMY, FAR_EAST, OIL, KREMLIN]
    page.get_by_role("button", name="4 more").click()
    expect(shown).to_have_count(8)
    assert "7 December" not in " ".join(shown.all_text_contents())  # one day makes no line
    page.get_by_role("button", name="Fewer").click()
    expect(shown).to_have_count(4)


def test_each_chart_is_drawn_in_the_colour_of_its_direction(page: Page) -> None:
    """The army's plot has pixels of north, that of oil of south, the front's of no direction."""
    tones = {ARMY: "direction-north", OIL: "direction-south", KREMLIN: "context"}
    for label, tone in tones.items():
        picture = shot(page, box_of(plot(page, label)))
        assert near(picture, colour_of(page, tone), within=60).sum() > 25, label


@pytest.mark.parametrize("when", ["1936-08-07", "1939-05-11", "1941-12-07", "1945-08-09"])
def test_the_cursor_stands_at_the_clock(page: Page, when: str) -> None:
    """On every chart the cursor is where the day is on the timeline's stretch."""
    opened(page, when)
    noon = page.evaluate("when => Date.parse(when + 'T12:00Z')", when)
    for label in (ARMY, OIL):
        x, _, width, _ = box_of(chart(page, label).locator(".cursor"))
        assert x + width / 2 == pytest.approx(x_of(page, label, noon), abs=0.6), label


def test_a_value_has_its_own_date(page: Page) -> None:
    """What is told is the last figure that the clock has come to, and since when it is known."""
    told = chart(page, OIL).locator(".chart-value")
    for when, value, date in [
        ("1941-11-30", "48,893thousand barrels", "as of April 1941"),
        ("1941-12-01", "43,000thousand barrels", "as of December 1941"),
        ("1945-09-02", "4,946thousand barrels", "as of April 1945"),
        ("1938-01-01", "–", "no figure before April 1939"),
    ]:
        opened(page, when)
        expect(told.locator("b")).to_have_text(value)
        expect(told.locator(".as-of")).to_have_text(date)


def test_an_old_figure_is_not_told_as_that_of_the_day(page: Page) -> None:
    """Beyond the gap over which no line goes, it stands with its date only, and is spoken so."""
    page.evaluate("historyMap.seek('1939-08-25')")
    shown = chart(page, "Soviet troops in the Far East")
    expect(shown.locator(".chart-value b")).to_have_text("–")
    expect(shown.locator(".as-of")).to_have_text("152,000 in December 1932")
    spoken = shown.get_by_role("slider").get_attribute("aria-valuetext") or ""
    assert spoken.startswith("no figure now, the last known is 152,000 men")
    page.evaluate("historyMap.seek('1941-12-01')")
    expect(shown.locator(".chart-value b")).to_contain_text("1,343,307")


@pytest.mark.parametrize("width", [1280, 1366, 1440, 1920])
def test_numbers_beside_another_panel_leave_the_date_free(
    shared_page: Callable[..., Page], width: int
) -> None:
    """With the list open the date has moved; the charts stand above it."""
    opened = shared_page("two-directions.html", viewport={"width": width, "height": 800})
    opened.evaluate("historyMap.seek('1941-11-01')")
    for button in ("show-charts", "show-list"):
        opened.locator(f"#{button}").click()
    date = opened.locator(".caption").bounding_box()
    numbers = opened.locator("#charts").bounding_box()
    assert date
    assert numbers
    assert numbers["y"] + numbers["height"] <= date["y"]
    for button in ("show-charts", "show-list"):
        opened.locator(f"#{button}").click()


def test_before_the_first_figure_nothing_is_drawn(page: Page) -> None:
    """The oil stock of before 1939 and of after 1945 is not guessed at: there is only the foot."""
    opened(page, "1945-12-31")
    points = page.evaluate(POINTS, OIL)
    _, y, _, height = box_of(plot(page, OIL))
    for left, right in [
        (x_of(page, OIL, page.evaluate(STRETCH)[0]), x_of(page, OIL, points[0]["first"]) - 5),
        (x_of(page, OIL, points[-1]["last"]) + 6, x_of(page, OIL, page.evaluate(STRETCH)[1]) - 2),
    ]:
        picture = shot(page, (left, y, right - left, height - 3))
        assert near(picture, colour_of(page, "direction-south"), within=90).sum() == 0


def test_no_line_goes_over_a_gap(page: Page) -> None:
    """From January 1942 to March 1943 the front before Moscow is not known: nothing is drawn."""
    opened(page, "1945-12-31")
    points = page.evaluate(POINTS, KREMLIN)
    before, after = points[14], points[15]
    _, y, _, height = box_of(plot(page, KREMLIN))
    left, right = (x_of(page, KREMLIN, one["first"]) for one in (before, after))
    picture = shot(page, (left + 6, y, right - left - 12, height - 3))
    assert near(picture, colour_of(page, "context"), within=90).sum() == 0


def test_what_is_ahead_is_paler_than_what_was(page: Page) -> None:
    """As the clock goes on, the dots of a line become whole: more of it is drawn in full."""
    tone = colour_of(page, "direction-north")
    inks = []
    for when in ("1936-01-01", "1941-12-07", "1945-12-31"):
        opened(page, when)
        inks.append(near(shot(page, box_of(plot(page, ARMY))), tone, within=40).sum())
    assert inks[0] < inks[1] < inks[2]


def test_dots_tell_how_far_a_figure_was_seen(shared_page: Callable[..., Page]) -> None:
    """A verified dot is full, one that is not is hollow, one that is partly verified is half."""
    fine = opened(shared_page("two-directions.html", device_scale_factor=SCALE), "1945-12-31")
    ink, paper = colour_of(fine, "direction-north"), colour_of(fine, "panel")
    for verified, left, right in [
        ("verified", ink, ink),
        ("partly", ink, paper),
        ("unverified", paper, paper),
    ]:
        dot = chart(fine, ARMY).locator(f".past .dot.{verified}").first
        x, y, width, height = box_of(dot)
        for side, colour in ((-0.8, left), (0.8, right)):
            picture = shot(fine, (x + width / 2 + side - 0.5, y + height / 2 - 0.5, 1, 1))
            assert near(picture, colour).mean() > 0.5, (verified, side)


def test_a_press_goes_to_a_figure_or_to_a_day(page: Page) -> None:
    """On a dot the clock goes to all of its own time, beside it to the day that is there."""
    (year,) = (one for one in page.evaluate(POINTS, ARMY) if one["when"] == "1938")
    _, y, _, height = box_of(plot(page, ARMY))
    page.mouse.click(x_of(page, ARMY, (year["first"] + year["last"]) / 2), y + height / 2)
    assert page.evaluate("historyMap.state().time") == "1938"
    told = chart(page, ARMY).locator(".as-of")
    expect(told).to_have_text("in 1938")
    points = page.evaluate(POINTS, OIL)
    between = (points[0]["last"] + points[1]["first"]) / 2
    page.mouse.click(x_of(page, OIL, between), box_of(plot(page, OIL))[1] + 5)
    assert page.evaluate("historyMap.state().time").startswith("1940-04")


def test_a_hand_draws_the_clock_along(page: Page) -> None:
    """While a pressed hand moves over a chart the clock follows it, and stays where it lets go."""
    x, y, width, height = box_of(plot(page, KREMLIN))
    page.mouse.move(x + 0.2 * width, y + height / 2)
    page.mouse.down()
    page.mouse.move(x + 0.3 * width, y + height / 2)
    page.mouse.move(x + 0.35 * width, y + height / 2)
    page.mouse.up()
    assert page.evaluate("historyMap.state().time").startswith("1939-0")


def test_keys_go_from_figure_to_figure(page: Page) -> None:
    """Arrows lead to the next figure and the one before, Home and End to the first and the last."""
    opened(page, "1941-06-01")
    oil = plot(page, OIL)
    oil.focus()
    for key, date in [
        ("ArrowRight", "1941-12"),
        ("ArrowRight", "1942-04"),
        ("ArrowLeft", "1941-12"),
        ("ArrowLeft", "1941-04"),
        ("End", "1945-04"),
        ("ArrowRight", "1945-04"),
        ("Home", "1939-04"),
    ]:
        page.keyboard.press(key)
        assert page.evaluate("historyMap.state().time") == date, key
    expect(oil).to_have_attribute("aria-valuetext", "51,398 thousand barrels, April 1939, verified")
    opened(page, "1941-06-01")
    oil.press("ArrowLeft")
    assert page.evaluate("historyMap.state().time") == "1941-04"


def test_every_chart_is_reached_by_tab(page: Page) -> None:
    """One press of Tab leads from each chart to the next, and from the last to the buttons."""
    plot(page, ARMY).focus()
    for label in (FAR_EAST, OIL, KREMLIN):
        page.keyboard.press("Tab")
        expect(plot(page, label)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="4 more")).to_be_focused()


def test_a_figure_tells_its_source_and_note(page: Page) -> None:
    """With the focus on it a figure says how far it was seen, who says so, and what to know."""
    plot(page, OIL).focus()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    tip = page.locator("#chart-tip")
    expect(tip).to_contain_text("51,398 thousand barrels")
    expect(tip).to_contain_text("April 1939 · verified")
    expect(tip).to_contain_text("Not yet compared with the survey's own table.")
    title = page.evaluate("historyMap.scene.sources['ussbs-oil']")
    expect(tip).to_contain_text(title)
    x, y, width, _ = box_of(tip)
    assert min(x, y) >= 0
    assert x + width <= 1280
    page.evaluate("document.activeElement.blur()")
    expect(tip).to_be_hidden()


def test_the_tables_hold_every_figure(page: Page) -> None:
    """All rows of series.csv stand in the tables, those of one day together, with their sources."""
    page.get_by_role("button", name="Tables").click()
    dialog = page.get_by_role("dialog", name="Numbers")
    expect(dialog.locator("tbody tr")).to_have_count(98)
    oil = dialog.get_by_role("table", name=OIL)
    cells = oil.get_by_role("row").nth(3).locator("th, td").all_text_contents()
    assert cells[:4] == ["December 1941", "43,000", "up to 61,000", "verified"]
    days = dialog.get_by_role("table", name="Single figures")
    expect(days.get_by_role("row")).to_have_count(6)
    expect(days).to_contain_text("Japanese divisions in China, 7 December 1941")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Tables")).to_be_focused()


def test_the_key_n_opens_and_escape_closes(page: Page) -> None:
    """N shows and hides the numbers; Escape hides them, and the focus returns to their button."""
    panel, button = page.locator("#charts"), page.get_by_role("button", name="Numbers")
    page.locator("body").press("n")
    expect(panel).to_be_hidden()
    page.locator("body").press("n")
    expect(panel).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    plot(page, OIL).focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()


def test_the_charts_follow_the_timeline(page: Page) -> None:
    """Closer time on the timeline is closer time on the charts: dots that met come apart."""
    dots = chart(page, KREMLIN).locator(".past .dot:nth-of-type(-n + 4)")
    narrow = apart(dots)
    slider = page.get_by_role("slider", name="Date")
    for _ in range(3):
        slider.press("+")
    assert apart(dots) > 5 * narrow
    years = chart(page, KREMLIN).locator(".chart-years").text_content()
    assert "1941" in years
    assert "1936" not in years
    page.evaluate("historyMap.seek('1936-01-01')")
    slider.press("0")
    expect(chart(page, ARMY).locator(".chart-years")).to_contain_text("1904")
    page.reload()
    assert page.evaluate(READY)


def apart(dots: Locator) -> float:
    """How far the first and the last of some dots are from each other, along time."""
    return box_of(dots.last)[0] - box_of(dots.first)[0]


def test_a_step_of_the_clock_makes_no_element(page: Page) -> None:
    """From one day to the next of one figure nothing of the panel is made anew or written."""
    opened(page, "1943-06-01")
    changes = page.evaluate("""async () => {
        const seen = [];
        const watcher = new MutationObserver(list => seen.push(...list));
        watcher.observe(document.getElementById("charts"),
            { childList: true, characterData: true, subtree: true });
        for (let day = 2; day < 29; day += 1)
            historyMap.seek(`1943-06-${String(day).padStart(2, "0")}`);
        await new Promise(requestAnimationFrame);
        return seen.length;
    }""")
    assert changes == 0


def test_words_and_pills_keep_clear_of_the_numbers(page: Page) -> None:
    """What is written on the map, and what points beyond its edge, gives way to the panel."""
    for chapter in page.evaluate("historyMap.scene.chapters.map(one => one.id)"):
        page.evaluate("id => historyMap.chapter(id)", chapter)
        page.evaluate(FRAME)
        look = page.evaluate(LOOK)
        panel = [box for box in look["panels"] if box["name"] == "charts"]
        assert clashes(look["words"], panel) == [], chapter
        others = [box for box in look["panels"] if box["name"] != "charts"]
        assert clashes(others, panel) == [], chapter
        assert look["chosen"] is None or look["onTop"], chapter


def test_numbers_leave_a_phone_its_map_and_timeline(shared_page: Callable[..., Page]) -> None:
    """On a phone they stand where the card does, below the lanes, and a button closes them."""
    phone = shared_page(
        "two-directions.html", viewport={"width": 390, "height": 844}, has_touch=True
    )
    opened(phone)
    panel, lanes = phone.locator("#charts"), phone.locator(".timeline")
    _, y, width, height = box_of(panel)
    assert y >= box_of(lanes)[1] + box_of(lanes)[3] - 1
    assert (width, y + height) == (390, 844)
    expect(chart(phone, ARMY)).to_be_in_viewport()
    assert "charts" not in phone.evaluate(TOO_WIDE)
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    expect(phone.locator("#show-more")).to_be_focused()


TOO_WIDE = """() => [...document.querySelectorAll("#charts, #charts *")].filter(one =>
    one.clientWidth && getComputedStyle(one).display !== "inline"
        && one.scrollWidth > one.clientWidth + 1).map(one => one.id || one.className).join()"""


def test_a_narrow_window_shows_one_panel_at_its_side(shared_page: Callable[..., Page]) -> None:
    """Below 1200 px the numbers take the list's place, and it theirs."""
    narrow = opened(shared_page("two-directions.html", viewport={"width": 1000, "height": 700}))
    narrow.locator("body").press("e")
    expect(narrow.locator("#charts")).to_be_hidden()
    narrow.locator("body").press("n")
    expect(narrow.locator("#charts")).to_be_visible()
    expect(narrow.locator("#list")).to_be_hidden()


def test_two_dates_keep_their_captions(page: Page) -> None:
    """While two dates are compared the numbers stand at the side: neither caption is covered."""
    page.evaluate("historyMap.compare('1939-09-01')")
    page.evaluate(FRAME)
    captions = page.locator(".stage .caption:visible")
    expect(captions).to_have_count(2)
    x, y, width, height = box_of(page.locator("#charts"))
    assert (
        y + height
        <= box_of(page.locator(".map-frame").first)[1] + box_of(page.locator(".map-frame").first)[3]
    )
    for caption in captions.all():
        left, top, _, _ = box_of(caption)
        assert left >= x + width or top >= y + height
    page.evaluate("historyMap.compare(null)")


def test_the_readers_own_colours_hold(shared_page: Callable[..., Page]) -> None:
    """Where the reader sets all colours, lines and words take his: one ink on one ground."""
    own = opened(shared_page("two-directions.html", forced_colors="active"))
    script = "one => getComputedStyle(one)[one.matches('.line') ? 'stroke' : 'color']"
    inks = {
        own.locator(selector).first.evaluate(script)
        for selector in (".chart .past .line", ".chart-value b", ".chart figcaption")
    }
    assert len(inks) == 1


@pytest.fixture(scope="module")
def greek(make_site: Callable[..., Path]) -> Path:
    """Another war: ships of 480 BCE, from two spans of years to a day, with a hostile name."""
    return make_site(
        {
            "events/tables/events.csv": [
                ["id", "title", "when", "lat", "lon", "direction"],
                ["salamis", "Salamis", "-0479-09-20", 37.95, 23.57, "sea"],
                ["marathon", "Marathon", "-0489-09-12", 38.1, 23.97, "sea"],
            ],
            "events/tables/series.csv": [
                ["id", "series", "when", "value", "low", "high", "unit", "direction", "verified"],
                ["a", HOSTILE, "-0489/-0484", 70, "", "", "triremes", "sea", "verified"],
                ["b", HOSTILE, "-0482", 100, "", "", "triremes", "sea", ""],
                ["c", HOSTILE, "-0479-09-20", 380, 310, 400, "triremes", "sea", "partly"],
                ["d", "\u540d", "-0485", -2.5, "", "", "", "", ""],
                ["e", "\u540d", "-0480", 1234.5, "", "", "", "", ""],
                ["f", "Alone", "-0480", 300, "", "", "men", "", ""],
            ],
        }
    )


HOSTILE = "<img src=x onerror=alert(1)>"


def test_charts_of_another_war(shared_page: Callable[..., Page], greek: Path) -> None:
    """Years before our era, numbers below nothing and any name: all is drawn, told and a table."""
    page = opened(shared_page("map.html", within=greek), "-0479-09-20")
    told = chart(page, HOSTILE).locator(".chart-value")
    expect(told).to_contain_text("380triremes")
    expect(told).to_contain_text("as of 20 September 480 BCE")
    expect(chart(page, HOSTILE).locator(".chart-years")).to_contain_text("490 BCE")
    opened(page, "-0486")
    expect(told).to_contain_text("in 490–485 BCE")
    expect(chart(page, "\u540d").locator(".as-of")).to_have_text("no figure before 486 BCE")
    opened(page, "-0479-09-20")
    expect(chart(page, "\u540d").locator("b")).to_have_text("1,234.5")
    south = colour_of(page, "direction-sea")
    assert near(shot(page, box_of(plot(page, HOSTILE))), south, within=60).sum() > 25
    plot(page, HOSTILE).press("Home")
    assert page.evaluate("historyMap.state().time") == "-0489-01-01/-0484-12-31"
    page.get_by_role("button", name="Tables").click()
    expect(page.get_by_role("dialog").locator("tbody tr")).to_have_count(6)
    assert page.locator("#charts img, dialog img").count() == 0


def test_where_every_figure_stands_alone_the_panel_says_so(
    shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """With nothing to draw it leads to the tables, in words."""
    lone = make_site(
        {
            "events/tables/events.csv": "id,title,when,lat,lon\na,One,1941,1,1\n",
            "events/tables/series.csv": "id,series,when,value\na,Ships,1941,70\n",
        }
    )
    page = shared_page("map.html", within=lone)
    page.locator("#show-charts").click()
    expect(page.locator("#charts")).to_contain_text("Single figures, no line to draw")
    page.locator("#charts").get_by_role("button", name="Tables").click()
    expect(page.locator("#tables-dialog")).to_contain_text("70")


def test_where_there_are_no_series_there_is_no_button(
    shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """A project without series.csv has neither the button nor the key."""
    bare = make_site({"events/tables/events.csv": "id,title,when,lat,lon\na,One,1941,1,1\n"})
    page = shared_page("map.html", within=bare)
    assert page.locator("#show-charts").count() == 0
    page.locator("body").press("n")
    expect(page.locator("#charts")).to_be_hidden()
