"""Room for everything: five sizes, light and dark, at every chapter nothing lies on another."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from boxes import FRAME, LOOK, clashes, core
from pixels import colour_of
from playwright.sync_api import Page

SIZES = [(1280, 800), (1920, 1080), (768, 1024), (390, 844), (360, 640)]


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: "x".join(map(str, size)))
def page(request: pytest.FixtureRequest, shared_page: Callable[..., Page]) -> Page:
    """The shipped map in a window of this size; a phone's has a finger for a pointer."""
    width, height = request.param
    phone = {"has_touch": True, "is_mobile": True} if width < 600 else {}
    return shared_page("two-directions.html", viewport={"width": width, "height": height}, **phone)


@pytest.fixture(scope="module")
def looks(page: Page) -> dict[str, dict[str, Any]]:
    """What lies where at the beginning, at each chapter, and with each panel open."""
    page.evaluate(FRAME)
    found = {"opening": page.evaluate(LOOK)}
    ids = "historyMap.scene.chapters.map(one => one.id)"
    for chapter in page.evaluate(ids):
        page.evaluate("id => historyMap.chapter(id)", chapter)
        page.evaluate(FRAME)
        found[chapter] = page.evaluate(LOOK)
    for button in ("show-list", "show-layers"):
        page.evaluate("id => document.getElementById(id).click()", button)
        page.evaluate(FRAME)
        found[button] = page.evaluate(LOOK)
        page.evaluate("id => document.getElementById(id).click()", button)
    return found


def test_nothing_is_wider_or_taller_than_the_window(looks: dict[str, Any]) -> None:
    """The page never scrolls sideways, and its bars end within the window."""
    for name, look in looks.items():
        assert look["wide"] <= 0, name
        assert look["tall"] <= 0, name
        right = look["app"]["x"] + look["app"]["width"]
        for box in [*look["topbar"], *look["controls"], *look["panels"]]:
            assert box["x"] >= -0.5, (name, box)
            assert box["x"] + box["width"] <= right + 0.5, (name, box)


def test_the_controls_do_not_lie_on_one_another(looks: dict[str, Any]) -> None:
    """In the top bar and below the lanes each control has its own ground."""
    for name, look in looks.items():
        assert clashes(look["topbar"]) == [], name
        assert clashes(look["controls"]) == [], name


def test_words_on_the_map_lie_on_no_word_no_panel_and_no_mark(looks: dict[str, Any]) -> None:
    """At every chapter the boxes of the words stand clear of each other, of panels and marks."""
    for name, look in looks.items():
        assert look["words"], name
        assert clashes(look["words"]) == [], name
        assert clashes(look["words"], look["panels"]) == [], name
        assert clashes(look["words"], [core(mark) for mark in look["marks"]]) == [], name


def test_the_mark_of_a_chapter_is_in_sight(looks: dict[str, Any]) -> None:
    """The event that a chapter is about is on the map, and no panel hides it."""
    chapters = {name: look for name, look in looks.items() if not name.startswith("show-")}
    assert sum(look["chosen"] is not None for look in chapters.values()) >= 5
    hidden = [name for name, look in chapters.items() if look["chosen"] and not look["onTop"]]
    assert hidden == []


def test_a_long_date_ends_beside_the_buttons(page: Page) -> None:
    """The words of a span of two years lie in the window and on no button."""
    page.evaluate("historyMap.seek('1941-12-05/1942-01-07')")
    page.evaluate(FRAME)
    lines, buttons = page.evaluate(
        """() => {
            const words = document.createRange();
            words.selectNodeContents(document.querySelector(".caption .date"));
            const bare = ({ x, y, width, height }) => ({ x, y, width, height });
            const zoom = document.querySelector(".zoom").getBoundingClientRect();
            return [[...words.getClientRects()].map(bare), [bare(zoom)]];
        }"""
    )
    assert clashes(lines, buttons) == []
    assert all(line["x"] + line["width"] <= page.evaluate("innerWidth") for line in lines)


def test_the_dark_theme_has_the_same_boxes(page: Page) -> None:
    """Dark changes colours only: every box stands where it stood."""
    seen = {}
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for chapter in ("both-directions", "malaya-hawaii"):  # insets stay where they stood before
            page.evaluate("id => historyMap.chapter(id)", chapter)
            page.evaluate(FRAME)
        seen[theme] = colour_of(page, "panel"), rounded(page.evaluate(LOOK))
    page.emulate_media(color_scheme="light")
    assert seen["dark"][0] != seen["light"][0]
    assert seen["dark"][1] == seen["light"][1]


def rounded(look: dict[str, Any]) -> str:
    """A look with its numbers as whole pixels: what came by another way may differ by a hair."""
    return json.dumps(json.loads(json.dumps(look), parse_float=lambda text: round(float(text))))


def test_long_titles_and_labels_do_not_widen_the_page(
    shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """However long a title or a direction's label is, bars and panels stay in the window."""
    long = "a very long name without an end " * 6 + "w" * 60
    site = make_site(
        {
            "events/tables/events.csv": [
                ["id", "title", "when", "lat", "lon", "direction", "summary"],
                ["one", long, "1941", 1, 2, "up", long],
                ["two", long, "1942", 3, 50, "down", long],
            ],
            "events/tables/directions.csv": [
                ["id", "label", "colour"],
                ["up", long, "#0b63a5"],
                ["down", long, "#c8501e"],
            ],
        },
        name=("long " * 20).strip(),
    )
    page = shared_page("map.html", within=site)
    for width, height in [(1280, 800), (390, 844)]:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("historyMap.select('one')")
        page.evaluate(FRAME)
        look = page.evaluate(LOOK)
        for box in [look["app"], *look["topbar"], *look["controls"], *look["panels"]]:
            assert box["x"] >= 0, box
            assert box["x"] + box["width"] <= width, box
        card = page.locator("#card .scroll")
        assert card.evaluate("one => one.scrollWidth <= one.clientWidth")
