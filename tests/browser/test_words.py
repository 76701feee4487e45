"""Words on the map and the arrows they name: clear of everything, and calm while the clock runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from boxes import FRAME, LOOK, clashes, core
from playwright.sync_api import Page

SIZES = [(1280, 800), (1920, 1080), (390, 844)]
DATES = [f"{year}-{month:02}-15" for year in (1937, 1939, 1940, 1942, 1944) for month in (2, 8)]
DATES += [f"1941-{month:02}-{day:02}" for month in (4, 6, 7, 8, 9, 10, 11, 12) for day in (8, 22)]
DATES += ["1938-09-01", "1939-08-25", "1941-06-22", "1941-09-01", "1941-12-05", "1942-06-30"]
DATES += ["1945-08-06", "1945-08-09", "1945-08-14", "1941-12-07T18:30Z"]


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: "x".join(map(str, size)))
def page(request: pytest.FixtureRequest, shared_page: Callable[..., Page]) -> Page:
    """The shipped map in a window of this size."""
    width, height = request.param
    phone = {"has_touch": True, "is_mobile": True} if width < 600 else {}
    return shared_page("two-directions.html", viewport={"width": width, "height": height}, **phone)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_lie_on_nothing_at_every_chapter_and_thirty_dates(page: Page, theme: str) -> None:
    """Measured boxes of words never overlap one another, marks or panels."""
    page.emulate_media(color_scheme=theme)
    chapters = page.evaluate("historyMap.scene.chapters.map(one => one.id)")
    moments = [("chapter", one) for one in chapters] + [("seek", one) for one in DATES]
    assert len(DATES) >= 30
    for call, name in moments:
        page.evaluate(f"name => historyMap.{call}(name)", name)
        page.evaluate(FRAME)
        look = page.evaluate(LOOK)
        assert look["words"], name
        assert clashes(look["words"]) == [], name
        assert clashes(look["words"], look["panels"]) == [], name
        assert clashes(look["words"], [core(mark) for mark in look["marks"]]) == [], name
    page.emulate_media(color_scheme="light")


def test_names_of_lands_keep_their_places_while_the_clock_runs(page: Page) -> None:
    """Day by day through a month, a name that gives way to a mark comes back to where it stood."""
    page.evaluate("historyMap.seek('1941-07-01')")
    page.evaluate("historyMap.fit()")
    page.evaluate(FRAME)
    first = {word["text"]: (word["x"], word["y"]) for word in page.evaluate("historyMap.words()")}
    for day in range(2, 31):
        page.evaluate("when => historyMap.seek(when)", f"1941-07-{day:02}")
    page.evaluate("historyMap.seek('1941-07-01')")
    again = {word["text"]: (word["x"], word["y"]) for word in page.evaluate("historyMap.words()")}
    assert again == first


def test_trains_on_one_track_are_one_arrow_that_lists_them(page: Page) -> None:
    """In October 1941 six divisions on one line have one name, and a press names each; the two that
    the chapter wants to stand out keep their own."""
    page.evaluate("historyMap.chapter('trains-west')")
    page.evaluate(FRAME)
    words = [word["text"] for word in page.evaluate("historyMap.words()")]
    if page.evaluate("innerWidth") < 600:
        pytest.skip("a phone has no room for the name")
    for own in ("78th Rifle Division (Beloborodov)", "32nd Rifle Division (Polosukhin)"):
        assert own in words
    assert any(text.endswith(" divisions") for text in words)
    assert not any(" × " in text for text in words)
    found = page.evaluate(
        """() => {
            const map = window[document.querySelector(".map").id];
            const home = document.querySelector(".map").getBoundingClientRect();
            const irkutsk = map.latLngToContainerPoint([52.29, 104.3]);
            for (let by = -14; by <= 14; by += 2) {
                const there = [irkutsk.x + home.left, irkutsk.y + by + home.top];
                const element = document.elementFromPoint(...there);
                if (!element?.closest(".map")) continue;
                element.dispatchEvent(new MouseEvent("click",
                    { bubbles: true, clientX: there[0], clientY: there[1] }));
                const rows = document.querySelectorAll("#card .rows button");
                if (document.querySelector("#card h2").textContent.endsWith(" divisions"))
                    return [...rows].map(row => row.textContent);
            }
            return [];
        }"""
    )
    assert len(found) >= 2
    assert all("Division" in text for text in found)
