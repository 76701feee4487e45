"""Text from strangers: whatever a cell holds, it is shown and never run."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pixels import go, place_of
from playwright.sync_api import Page

# Each is followed by the name of the field it stands in, so that each field is found again.
JINJA = "{{7*7}} {% for x in [1] %}{{ ''.__class__ }}{% endfor %} {# gone #}"
HTML = "<script>window.hacked=1</script><img src=x onerror=window.hacked=2> &amp; <b>bold</b>"
ENDING = "</script><!--<script> ]]> --> </noscript></title></style> <!-- map -->"
CODE = "${7*7} `${window.hacked=3}` \\u0041 \\ ' \" \u2028 \u2029 \u202e javascript:hack()"
HOSTILE = f"{JINJA} {HTML} {ENDING} {CODE}"
# Markdown would read some of it as its own marks, so the prose of a story has this instead.
PROSE = "{{ 7 * 7 }} {% raw %} ${7 * 7} {# gone #} \u2028 end"


def text(field: str) -> str:
    """A hostile cell that can be told from the others."""
    return f"{field} {HOSTILE}"


def shown(field: str) -> str:
    """The same as a reader's eye, and a comparison, takes it: with single spaces."""
    return squeezed(text(field))


def squeezed(words: str) -> str:
    """Text with every run of white space as one space."""
    return re.sub(r"\s+", " ", words).strip()


TITLE = f"story {JINJA} {HTML} {ENDING}"


def quoted(words: str) -> str:
    """A text as a YAML string in single quotes."""
    return "'" + words.replace("'", "''") + "'"


EVENTS = [
    [
        *("id", "title", "when", "lat", "lon", "direction", "kind", "status", "place"),
        *("actors", "summary", "sources", "verified", "note"),
    ],
    [
        *("one", text("title"), "1941-12-07", 21, -158, "bold", "battle", "executed", "here"),
        *("they", text("summary"), "book", "verified", text("note")),
    ],
    [
        *("two", text("second"), "1941-12-08", 22, -150, "bold;shy", "plan", "planned", "here"),
        *("they", text("summary"), "book", "partly", text("note")),
    ],
    [
        *("three", text("third"), "1941-12-08", 22, -130, "", "event", "executed", "there"),
        *("", "", "", "", ""),
    ],
]
PROJECT: dict[str, Any] = {
    "events/tables/events.csv": EVENTS,
    "events/tables/directions.csv": [
        ["id", "label", "colour"],
        ["bold", text("bold"), "#0b63a5"],
        ["shy", text("shy"), "#c8501e"],
    ],
    "events/tables/places.csv": [
        ["id", "name", "today", "lat", "lon"],
        ["here", text("place"), text("today"), 21, -158],
        ["there", text("there"), "", 22, -130],
    ],
    "events/tables/actors.csv": [["id", "name"], ["they", text("actor")]],
    "events/tables/sources.csv": [
        ["id", "type", "author", "title", "year", "where", "opened"],
        ["book", text("type"), text("author"), text("book"), "1941", text("where"), ""],
    ],
    "geodata/layers/routes.csv": [
        ["id", "title", "actors", "direction", "status", "means", "strength", "confidence", "note"],
        ["way", text("route"), "they", "bold", "executed", "sea", text("strength"), "low", ""],
    ],
    "geodata/layers/waypoints.csv": [
        ["route", "when", "place", "lat", "lon", "note"],
        ["way", "1941-12-01", text("stop"), 40, 150, text("remark")],
        ["way", "1941-12-07", text("stop"), 21, -158, ""],
    ],
    "geodata/layers/names.csv": [
        ["text", "kind", "when", "lat", "lon", "rank"],
        [text("name"), "sea", "", 30, 180, 1],
    ],
    "maps/stories/tale.md": f"""---
title: {quoted(TITLE)}
span: 1941
---
introduction {PROSE}

## heading {PROSE} {{#first}}
when: 1941-12-07
select: one

chapter {PROSE}
""",
}


@pytest.fixture(scope="module")
def site_of_strangers(make_site: Callable[..., Path]) -> Path:
    """A site whose every free text is hostile; a copy of the page stands there without its CSP."""
    site = make_site(PROJECT)
    page = (site / "tale.html").read_text(encoding="utf-8")
    bare, count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    assert count == 1
    (site / "open.html").write_text(bare, encoding="utf-8", newline="\n")
    return site


@pytest.fixture(scope="module", params=["tale.html", "open.html"], ids=["policy", "no-policy"])
def page(
    request: pytest.FixtureRequest, shared_page: Callable[..., Page], site_of_strangers: Path
) -> Page:
    """The hostile map, with its policy and without."""
    return shared_page(request.param, within=site_of_strangers)


def words_of(page: Page, selector: str) -> str:
    """The text of the elements, with single spaces."""
    return squeezed(" ".join(page.locator(selector).all_text_contents()))


def test_the_card_shows_every_cell_of_an_event_as_written(page: Page) -> None:
    """Title, place, summary, actor, note, direction and source stand in the card verbatim."""
    page.evaluate("historyMap.select('one')")
    card = words_of(page, "#card .scroll > *")
    for field in ("title", "place", "today", "summary", "actor", "note", "bold", "author", "book"):
        assert shown(field) in card, field


def test_the_card_of_a_route_shows_every_cell_as_written(page: Page) -> None:
    """A press on a route opens its card: title, strength and places on the way, verbatim."""
    go(page, "t=1941-12-05&c=35,170,3")
    cover = page.locator(".left-column")  # such long labels leave little of the map
    cover.evaluate("one => { one.style.display = 'none'; }")
    page.mouse.click(*place_of(page, 40, 150))
    cover.evaluate("one => { one.style.display = ''; }")
    card = words_of(page, "#card .scroll > *")
    for field in ("route", "strength", "stop", "actor"):
        assert shown(field) in card, field


def test_list_legend_marks_and_title_show_text_as_written(page: Page) -> None:
    """The list of events, the legend, the names of marks and the page's title are verbatim."""
    page.evaluate("historyMap.seek('1941-12-07')")
    page.evaluate("document.getElementById('show-list').click()")
    listed = words_of(page, "#list li")
    for field in ("title", "second", "third"):
        assert shown(field) in listed
    assert shown("bold") in words_of(page, "#legend")
    assert shown("shy") in words_of(page, "#legend")
    assert squeezed(TITLE) == squeezed(page.title()) == words_of(page, ".topbar h1")
    names = page.eval_on_selector_all(".mark", "all => all.map(one => one.ariaLabel).join(' ')")
    assert shown("title") in squeezed(names)
    page.evaluate("document.getElementById('show-list').click()")


def test_the_story_shows_its_text_as_written(page: Page) -> None:
    """Introduction, heading and text of a chapter are verbatim."""
    page.evaluate("historyMap.chapter('first')")
    chapter = words_of(page, "#card .scroll > *")
    assert squeezed(f"heading {PROSE}") in chapter
    assert squeezed(f"chapter {PROSE}") in chapter
    page.get_by_role("button", name="Contents").click()
    assert squeezed(f"introduction {PROSE}") in words_of(page, "#card .scroll > *")


def test_the_words_on_the_map_are_as_written(page: Page) -> None:
    """A name on the canvas is the name of the table, braces and all."""
    page.evaluate("historyMap.seek('1941-12-07')")
    words = page.evaluate("historyMap.scene.names.map(one => one.text)")
    assert [squeezed(word) for word in words] == [shown("name")]


def test_nothing_of_it_runs_wherever_the_reader_goes(page: Page) -> None:
    """After a walk through every event, chapter, panel and layer nothing has run or been added."""
    page.evaluate(
        """() => {
            for (const id of ["one", "two", "three"]) historyMap.select(id);
            for (const mode of ["at", "window", "since"]) historyMap.setMode(mode);
            for (const id of ["show-list", "show-layers", "show-list"])
                document.getElementById(id).click();
            historyMap.chapter("first");
            historyMap.seek("1941");
            for (const one of document.querySelectorAll(".cite")) one.click();
        }"""
    )
    page.evaluate("() => new Promise(done => setTimeout(done, 0))")
    assert page.evaluate("window.hacked ?? null") is None
    added = page.eval_on_selector_all(
        "body img, body b, body script:not([type]), body title, body iframe",
        "all => all.map(one => one.outerHTML.slice(0, 60))",
    )
    assert [one for one in added if "<img" in one or "bold" in one or "hacked" in one] == []


def test_no_template_was_run_while_building(site_of_strangers: Path) -> None:
    """Neither page of the site holds what a template engine makes of the cells."""
    for name in ("tale.html", "index.html"):
        page = (site_of_strangers / name).read_text(encoding="utf-8")
        assert "__class__" in page
        assert not re.search(r"class .{1,6}str", page)


def test_the_list_of_maps_shows_text_as_written(
    open_page: Callable[..., Page], site_of_strangers: Path
) -> None:
    """index.html names a hostile story verbatim and runs nothing of it."""
    page = open_page("index.html", within=site_of_strangers, ready=False)
    assert squeezed(TITLE) in words_of(page, "main, body")
    assert page.evaluate("window.hacked ?? null") is None


def test_without_javascript_hostile_text_is_text(
    open_page: Callable[..., Page], site_of_strangers: Path
) -> None:
    """The plain list of events shows hostile titles and summaries verbatim too."""
    page = open_page("tale.html", within=site_of_strangers, java_script_enabled=False)
    plain = squeezed(page.locator("body").inner_text())
    for field in ("title", "second", "third", "summary", "place"):
        assert shown(field) in plain, field
    assert page.locator("noscript img, body b:has-text('bold')").count() == 0
