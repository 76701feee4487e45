"""The list of events: the map's twin in text, with a search, at any size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pixels import until
from playwright.sync_api import Page, expect

ROWS = "#list li"
MANY = 8_000


@pytest.fixture(scope="module")
def shipped(shared_page: Callable[..., Page]) -> Page:
    """The shipped map, one for all these tests."""
    return shared_page("two-directions.html")


@pytest.fixture(scope="module")
def crowded(shared_page: Callable[..., Page], make_site: Callable[..., Path]) -> Page:
    """A map of eight thousand events, one a day from 1900 on."""
    header = ["id", "title", "when", "lat", "lon"]
    days = [f"{1900 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(MANY)]
    rows = [[f"e{n}", f"Event number {n}", days[n], n % 60, n % 170] for n in range(MANY)]
    return shared_page("map.html", within=make_site({"events/tables/events.csv": [header, *rows]}))


@pytest.fixture(autouse=True)
def opened(shipped: Page) -> None:
    """Each test begins with the list open and nothing searched for."""
    fresh(shipped)


def fresh(page: Page) -> None:
    """The list open, nothing searched for, nothing chosen."""
    if page.locator("#list").is_hidden():
        page.locator("#show-list").click()
    page.locator("#search").fill("")
    page.evaluate("historyMap.select(null)")


def titles(page: Page) -> list[str]:
    """The titles of the rows that exist, in their order."""
    return page.locator(f"{ROWS} .title").all_text_contents()


def test_the_list_follows_the_clock(shipped: Page) -> None:
    """The newest event of the moment is in view and marked; what is over is not marked."""
    shipped.evaluate("historyMap.seek('1941-12-07')")
    title = shipped.evaluate(
        """() => {
            const { id, title } = historyMap.scene.events;
            const ids = Array.from({ length: 141 }, (_, i) => id.at(i));
            return title.at(ids.indexOf(historyMap.state().visible.events.at(-1)));
        }"""
    )
    row = shipped.locator(f"{ROWS}.now", has_text=title)
    expect(row).to_be_in_viewport(ratio=0.9)
    expect(row.locator("button")).to_have_attribute("aria-current", "time")
    shipped.evaluate("historyMap.seek('1939-05-20')")
    expect(row).to_have_count(0)
    assert shipped.locator(f"{ROWS}.now").count() > 0


def test_only_rows_that_can_be_seen_exist(crowded: Page) -> None:
    """Of eight thousand events fewer than sixty rows stand in the page, numbered among all."""
    fresh(crowded)
    assert crowded.locator(ROWS).count() < 60
    crowded.locator("#list li button[tabindex='0']").focus()
    crowded.keyboard.press("End")
    last = crowded.locator(":focus").locator("xpath=..")
    assert last.get_attribute("aria-posinset") == last.get_attribute("aria-setsize") == str(MANY)
    assert crowded.locator(ROWS).count() < 60
    crowded.keyboard.press("Enter")
    assert crowded.evaluate("historyMap.state().selected") == f"e{MANY - 1}"


def test_arrows_home_and_end_walk_the_list(shipped: Page) -> None:
    """Down from the search to the rows, on to the end, back to the first, up to the search."""
    page = shipped
    page.locator("#search").focus()
    page.evaluate("historyMap.seek('1904-02-08')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    first = page.locator(":focus").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.locator(":focus").inner_text() != first
    page.keyboard.press("PageDown")
    assert page.evaluate("historyMap.state().chapter") is None
    page.keyboard.press("End")
    assert page.locator(":focus").locator("xpath=..").get_attribute("aria-posinset") == "141"
    page.keyboard.press("Home")
    assert page.locator(":focus").inner_text() == first
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search")).to_be_focused()


def test_focus_stays_while_the_list_is_scrolled(crowded: Page) -> None:
    """The row that has the focus is kept, however far the list is scrolled."""
    fresh(crowded)
    crowded.locator("#list li button[tabindex='0']").focus()
    title = crowded.locator(":focus .title").inner_text()
    crowded.evaluate("document.querySelector('#list ol').scrollTop = 400000")
    until(crowded, "() => document.querySelectorAll('#list li').length > 15")
    assert crowded.locator(":focus .title").inner_text() == title


def test_who_scrolls_the_list_is_not_drawn_back(shipped: Page) -> None:
    """While a hand is on the list it stays where it was scrolled to, though the clock goes on."""
    page = shipped
    rows, top = page.locator("#list ol"), "document.querySelector('#list ol').scrollTop"
    page.evaluate("document.activeElement.blur()")
    page.evaluate("historyMap.seek('1938-01')")
    box = rows.bounding_box()
    assert box
    before = page.evaluate(top)
    page.mouse.move(box["x"] + 90, box["y"] + 90)
    page.mouse.wheel(0, 2000)
    until(page, f"{top} > {before} + 1500")
    scrolled = page.evaluate(top)
    page.evaluate("historyMap.seek('1938-02')")
    assert page.evaluate(top) == scrolled
    page.mouse.move(640, 20)
    page.evaluate("historyMap.seek('1938-01')")
    assert page.evaluate(top) < scrolled - 1000


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("pearl", "Attack on Pearl Harbor"),
        ("PÉARL hárbor", "Attack on Pearl Harbor"),
        ("harbor attack", "Attack on Pearl Harbor"),
        ("harbur", "Attack on Pearl Harbor"),
        ("halkhin", "Khalkhin Gol"),
        ("Pearl-Harbor", "Attack on Pearl Harbor"),
        ("pearl–harbor", "Attack on Pearl Harbor"),
        ("pearl\u2011harbor", "Attack on Pearl Harbor"),
        ("harbor’s pearl", "Attack on Pearl Harbor"),
    ],
)
def test_a_search_finds(shipped: Page, query: str, title: str) -> None:
    """Whatever the capitals, accents and order; with a slip in a long word where none is exact."""
    shipped.locator("#search").fill(query)
    assert any(title in one for one in titles(shipped)), titles(shipped)
    assert len(titles(shipped)) < 30


@pytest.mark.parametrize(
    ("query", "title", "by"),
    [
        ("Nomonhan", "Zhukov's double envelopment", "Nomonhan"),
        ("nómonhán", "Zhukov's double envelopment", "Nomonhan"),
        ("Shenyang", "Mukden", "Mukden (today Shenyang)"),
        ("hoten", "Mukden", "Hoten"),
        ("Lushun", "Port Arthur", "Lüshun"),
        ("Zhukov", "Zhukov's double envelopment", ""),
        ("oil", "US oil for Japan stops", ""),
    ],
)
def test_a_place_is_found_by_all_its_names(shipped: Page, query: str, title: str, by: str) -> None:
    """Older, newer and foreign names find what happened there, and the row says by which."""
    shipped.locator("#search").fill(query)
    rows = shipped.locator(ROWS, has_text=title)
    expect(rows).not_to_have_count(0)
    expect(rows.first.locator("small")).to_contain_text(by)
    expect(rows.first.locator("mark")).not_to_have_count(0)


def test_a_search_says_how_many_it_found(shipped: Page) -> None:
    """The count follows the search; what is not there is said, and clearing brings all back."""
    found = shipped.locator("#list .found")
    expect(found).to_have_text("141 events")
    shipped.locator("#search").fill("qqq")
    expect(found).to_have_text("0 of 141 events")
    expect(shipped.locator("#list .hint")).to_be_visible()
    shipped.locator("#list").get_by_role("button", name="Clear the search").click()
    expect(found).to_have_text("141 events")


def test_the_letters_that_were_found_are_marked(shipped: Page) -> None:
    """They stand in `mark` elements, and the title as a whole is as it was."""
    shipped.locator("#search").fill("pearl")
    row = shipped.locator(ROWS, has_text="Attack on Pearl Harbor")
    expect(row.locator("mark").first).to_have_text("Pearl")
    assert "Attack on Pearl Harbor" in titles(shipped)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        *[(query, "8,000 events") for query in ["-", "’", " – , ", "'-'"]],
        *[
            (query, "0 of 8,000 events")
            for query in ["(", "*", "[a-", "\\", ".*", "(e+)+$", "x" * 5000]
        ],
        *[(query, "8,000 of 8,000 events") for query in ["e", "e-n", "e v e n t", "ev'ent"]],
    ],
)
def test_a_search_bears_any_text(crowded: Page, query: str, found: str) -> None:
    """Signs and single letters are searched for as they are; dashes and apostrophes part words."""
    fresh(crowded)
    crowded.locator("#search").fill(query)
    until(crowded, f"document.querySelector('#list .found').textContent === {found!r}")
    assert (crowded.locator(ROWS).count() > 0) == (found[0] != "0")


def test_nothing_of_another_search_stays(crowded: Page) -> None:
    """Until a search has found something the list is empty: Enter opens nothing that was before."""
    fresh(crowded)
    crowded.locator("#search").fill("number 12")
    until(crowded, "/of 8,000 events$/.test(document.querySelector('#list .found').textContent)")
    left = crowded.evaluate(
        """() => {
            const now = performance.now;
            performance.now = () => (performance.now.told = (performance.now.told ?? 0) + 5);
            const input = document.getElementById("search");
            input.value = "number 7999";
            input.dispatchEvent(new Event("input"));
            performance.now = now;
            return document.querySelectorAll("#list li").length;
        }"""
    )
    assert left == 0


def test_enter_in_the_search_opens_the_first_that_was_found(shipped: Page) -> None:
    """Clock and card go to it; Escape empties the field before it closes the panel."""
    shipped.locator("#search").fill("attack on pearl harbor")
    shipped.keyboard.press("Enter")
    assert shipped.evaluate("historyMap.state().selected") == "pearl-harbor"
    shipped.keyboard.press("Escape")
    expect(shipped.locator("#search")).to_have_value("")
    expect(shipped.locator("#list")).to_be_visible()
    shipped.keyboard.press("Escape")
    expect(shipped.locator("#list")).to_be_hidden()


def test_a_long_search_lets_frames_through(crowded: Page) -> None:
    """Eight thousand events are searched slice by slice: a slow machine draws meanwhile."""
    fresh(crowded)
    session = crowded.context.new_cdp_session(crowded)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 20})
    frames = crowded.evaluate(
        """() => new Promise(done => {
            const input = document.getElementById("search");
            const found = document.querySelector("#list .found");
            let frames = 0;
            input.value = "number 7999";
            input.dispatchEvent(new Event("input"));
            requestAnimationFrame(function frame() {
                if (found.textContent === "1 of 8,000 events") return done(frames);
                frames += 1;
                return requestAnimationFrame(frame);
            });
        })"""
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    assert frames
    assert titles(crowded) == ["Event number 7999"]


def test_the_top_bar_searches_too(shipped: Page) -> None:
    """Its field opens the list with the query, which both show; Down and Enter go to the rows."""
    page = shipped
    page.locator("#show-list").click()
    assert page.locator("#list").is_hidden()
    for key in ("ArrowDown", "Enter"):
        page.locator("#search-bar").fill("pearl harbor")
        expect(page.locator("#list")).to_be_visible()
        expect(page.locator("#search")).to_have_value("pearl harbor")
        expect(page.locator("#list .found")).to_contain_text("of 141 events")
        page.locator("#search-bar").press(key)
        expect(page.locator(":focus")).to_have_attribute("tabindex", "0")
        assert "Pearl Harbor" in page.locator(":focus").inner_text()
        page.keyboard.press("ArrowUp")
        expect(page.locator("#search-bar")).to_be_focused()
    page.locator("#search").fill("moscow")
    expect(page.locator("#search-bar")).to_have_value("moscow")
    page.locator("#search-bar").press("Escape")
    expect(page.locator("#search")).to_have_value("")
    expect(page.locator("#list .found")).to_have_text("141 events")


def test_the_top_bar_has_a_search_where_it_has_room(shipped: Page) -> None:
    """From 1200 px on its field has at least 150 px; on narrower windows only the list has one."""
    field = shipped.locator("#search-bar")
    for width in (1200, 1280, 1920):
        shipped.set_viewport_size({"width": width, "height": 800})
        box = field.bounding_box()
        assert box
        assert box["width"] >= 150, width
        assert shipped.locator(".topbar").evaluate("one => one.scrollWidth <= one.clientWidth")
    shipped.set_viewport_size({"width": 1199, "height": 800})
    expect(field).to_be_hidden()
    expect(shipped.locator("#search")).to_be_visible()
    shipped.set_viewport_size({"width": 1280, "height": 800})


def test_a_row_that_is_cut_fades(shipped: Page) -> None:
    """While more follows the lowest row runs out into the panel; at the end nothing does."""
    rows = shipped.locator("#list ol")
    mask = "one => getComputedStyle(one).maskImage"
    rows.evaluate("one => { one.scrollTop = 0; }")
    until(shipped, "document.querySelector('#list ol').matches('.runs-on')")
    assert "gradient" in rows.evaluate(mask)
    rows.evaluate("one => { one.scrollTop = one.scrollHeight; }")
    until(shipped, "!document.querySelector('#list ol').matches('.runs-on')")
    assert rows.evaluate(mask) == "none"
