"""The record on the card: the clocks of an event, and what is claimed of it by whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pixels import go
from playwright.sync_api import Page, expect

TOO_WIDE = """() => [...document.querySelectorAll("#card .scroll, #card .scroll *")].filter(one =>
    one.clientWidth && getComputedStyle(one).display !== "inline"
        && one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 99))"""
CLAIMS = "#card .claims"
CASUALTIES = f"{CLAIMS} ul[aria-label='Japan: casualties'] > li"


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map, one for all these tests."""
    return shared_page("two-directions.html")


def opened(page: Page, event: str) -> Page:
    """The card of an event."""
    page.evaluate("id => historyMap.select(id)", event)
    return page


def test_the_clocks_of_pearl_harbor(page: Page) -> None:
    """Each clock has its hour and its day, in a table with a heading for each row."""
    rows = opened(page, "pearl-harbor").get_by_role("table", name="As it began").get_by_role("row")
    shown = [" ".join(row.locator("th, td").all_text_contents()) for row in rows.all()]
    assert shown == [
        "Pearl Harbor, Oahu 07:55 7 December 1941",
        "Tokyo 03:25 8 December 1941",
        "Moscow 21:25 7 December 1941",
        "Washington 13:25 7 December 1941",
        "Honolulu 07:55 7 December 1941",
    ]
    expect(page.get_by_role("rowheader", name="Moscow")).to_be_visible()


def test_a_day_without_an_hour_has_no_clocks(page: Page) -> None:
    """Clocks stand only on the card of an event of which the hour is known."""
    expect(opened(page, "kg-august-offensive").locator("#card .clocks")).to_have_count(0)


def test_conflicting_claims_stand_side_by_side(page: Page) -> None:
    """The six counts of one quantity of one side are one list, each with its source and check."""
    rows = opened(page, "kg-august-offensive").locator(CASUALTIES)
    said = rows.locator(".said").all_text_contents()
    assert [words.split(",by")[0][:6] for words in said] == [
        *("17,364", "17,716", "18,000", "20,000", "55,000", "61,000")
    ]
    assert all("verified" in text for text in rows.locator("small").all_text_contents())
    for row in rows.all():
        expect(row.get_by_role("button")).not_to_have_count(0)


def test_a_bar_is_as_long_as_its_number(page: Page) -> None:
    """The marks of a group share one scale, from nothing up; a range is as wide as it is."""
    bars = opened(page, "kg-august-offensive").locator(f"{CASUALTIES} .bar")
    middle = "one => +one.getAttribute('x') + one.getAttribute('width') / 2 - 3"
    marks = [bar.locator(".value").evaluate(middle) for bar in bars.all()]
    assert marks[0] / marks[-1] == pytest.approx(17_364 / 61_000, abs=0.001)
    wounded = opened(page, "pearl-harbor").locator(
        f"{CLAIMS} ul[aria-label='United States: wounded']"
    )
    width = wounded.locator(".range").evaluate("one => +one.getAttribute('width')")
    assert width == pytest.approx((1282 - 1139) / 1282 * 90, abs=0.1)


def test_a_part_names_its_whole(page: Page) -> None:
    """A claim that is a part of another says of which."""
    part = opened(page, "khasan").locator("[data-claim=khasan-soviet-union-missing] small")
    assert "part of killed and missing: 792, by archives, 1993" in (part.text_content() or "")


def test_every_number_on_any_card_has_a_source_or_is_called_unverified(page: Page) -> None:
    """Each claim with a number cites a source or says unverified; so does each card as a whole."""
    bare = page.evaluate(
        """() => {
            const bare = [];
            const isVouched = (row) =>
                row.querySelector("button") || row.textContent.includes("unverified");
            const { events } = historyMap.scene;
            for (let i = 0; i < events.count; i += 1) {
                const id = events.id.at(i);
                historyMap.select(id);
                const card = document.getElementById("card");
                const rows = [...card.querySelectorAll("[data-claim]")];
                for (const row of rows)
                    if (/\\d/.test(row.textContent) && !isVouched(row))
                        bare.push(row.dataset.claim);
                const cited = card.querySelector(".sources li, .unverified");
                if (!rows.length || !cited) bare.push(id);
            }
            return bare;
        }"""
    )
    assert bare == []


def test_a_place_says_how_exact_it_is(page: Page) -> None:
    """On the card in kilometres, on the map as a soft disc, where that is wider than the mark."""
    place = opened(page, "coral-sea").locator("#card .place")
    assert place.text_content() == "Coral Sea ± 80 km"
    around = page.locator(".leaders .around")
    go(page, "t=1942-05-06&c=-14,156,6")
    metres = 40_075_000 * 0.97 / (256 * 2**6)  # of a pixel at 14.7 degrees
    assert float(around.get_attribute("r") or 0) == pytest.approx(80_000 / metres, rel=0.03)
    assert around.bounding_box()
    go(page, "t=1942-05-06&c=-14,156,4")
    expect(around).to_have_count(0)


def test_a_citation_of_a_claim_goes_to_its_source(page: Page) -> None:
    """Its number is that of the line below, which is pointed at, in view and read out."""
    row = opened(page, "kg-august-offensive").locator(CASUALTIES).nth(4)
    citation = row.get_by_role("button")
    citation.focus()
    page.keyboard.press("Enter")
    line = page.locator("#card .sources .pointed")
    expect(line).to_contain_text("Zhukov")
    expect(line).to_be_focused()
    expect(line).to_be_in_viewport()
    place = line.evaluate("one => [...one.parentNode.children].indexOf(one) + 1")
    assert citation.text_content() == f"[{place}]"


def test_a_long_list_of_claims_folds(page: Page) -> None:
    """Some stand open, the rest opens by a key; all are there, each once."""
    opened(page, "kg-august-offensive")
    ids = page.evaluate("historyMap.scene.claims['kg-august-offensive'].map(one => one.id)")
    rows = page.locator(f"{CLAIMS} li")
    shown = [row.get_attribute("data-claim") for row in rows.all()]
    assert sorted(shown) == sorted(ids)
    assert 4 <= sum(row.is_visible() for row in rows.all()) <= 15
    page.locator(f"{CLAIMS} summary").focus()
    page.keyboard.press("Enter")
    expect(rows.last).to_be_visible()


@pytest.mark.parametrize("event", ["kg-august-offensive", "pearl-harbor"])
def test_no_card_is_wider_than_a_small_phone(shared_page: Callable[..., Page], event: str) -> None:
    """At 360 px nothing on the card is cut or scrolls sideways, folded or not."""
    small = shared_page("two-directions.html", viewport={"width": 360, "height": 640})
    opened(small, event)
    small.evaluate("document.querySelectorAll('#card details').forEach(one => { one.open = true })")
    assert small.evaluate(TOO_WIDE) == []


def test_paper_unfolds_the_claims(shared_page: Callable[..., Page]) -> None:
    """In print every claim is there, the folded ones too."""
    printed = opened(shared_page("two-directions.html"), "kg-august-offensive")
    printed.emulate_media(media="print")
    boxes = [row.bounding_box() for row in printed.locator(f"{CLAIMS} li").all()]
    assert all(box and box["height"] > 10 for box in boxes)


def test_claims_are_text(
    shared_page: Callable[..., Page], make_site: Callable[..., object]
) -> None:
    """Markup in a claim is shown as it was written; an end that is open is drawn paler."""
    hostile = "<img src=x onerror=alert(1)>"
    claims = f"""id,event,about,says,quantity,side,value,low,sources,locator,stance,verified
1,constructor,number,{hostile},lost,{hostile},,8,a,{hostile},disputes,partly
2,constructor,number,{hostile},lost,{hostile},9,,a,,,partly
"""
    site = make_site(
        {
            "events/tables/events.csv": "id,title,when,lat,lon\nconstructor,One,1941,1,1\n",
            "events/tables/sources.csv": "id,title\na,A book\n",
            "events/tables/claims.csv": claims,
        }
    )
    odd = opened(shared_page("map.html", within=site), "constructor")
    expect(odd.locator(f"{CLAIMS} .said").first).to_have_text(hostile)
    expect(odd.locator(f"{CLAIMS} h4")).to_have_text(f"{hostile}: lost")
    expect(odd.locator(f"{CLAIMS} .one-end")).to_have_count(1)
    assert odd.locator("#card img").count() == 0
