"""On paper: a chapter is one page, the map whole, whatever the window that it is printed from."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL.Image import Image
from pixels import near, until
from playwright.sync_api import Page

A4_ACROSS = (1060, 733)  # px that its margins leave
FEET = """() => historyMap.scene.chapters.map(({ id }) => {
    historyMap.chapter(id);
    return [id, document.querySelector(".card").getBoundingClientRect().bottom];
})"""


def pages(page: Page) -> list[tuple[int, int]]:
    """The sizes of the pages of a print, in points."""
    paper = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)
    assert len(boxes) == len(re.findall(rb"/Type\s*/Page\b", paper))
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desktop", "phone"])
def test_each_chapter_is_one_page_of_a4(
    shared_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    """Every chapter of the shipped map prints on one page, A4 across."""
    page = shared_page("two-directions.html", viewport={"width": size[0], "height": size[1]})
    page.emulate_media(media="print")
    until(page, "document.querySelector('.map').clientWidth === 1060")
    feet = dict(page.evaluate(FEET))
    page.emulate_media(media="screen")
    assert max(feet.values()) <= A4_ACROSS[1]
    first, *_, last = feet
    for chapter in {first, last, *sorted(feet, key=feet.get)[-4:]}:  # the fullest are printed
        page.evaluate("id => historyMap.chapter(id)", chapter)
        assert pages(page) == [(842, 595)], chapter


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desktop", "phone"])
def test_the_printed_map_lies_within_the_first_page(
    shared_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    """Map, legend, date, inset and scale stand on the page, the text below the map, nothing cut."""
    page = shared_page(
        "two-directions.html#ch=malaya-hawaii", viewport={"width": size[0], "height": size[1]}
    )
    page.emulate_media(media="print")
    until(page, "document.querySelector('.map').clientWidth === 1060")
    boxes = page.evaluate(
        """() => Object.fromEntries(
            [".map", ".legend", ".caption", ".scalebar", ".credit", ".inset", ".card", ".sources"]
                .map(name => [name, document.querySelector(name).getBoundingClientRect()])
                .map(([name, box]) => [name, box.toJSON()]))"""
    )
    wide = "document.querySelector('.map canvas').getBoundingClientRect().width"
    until(page, f"{wide} >= 1060")  # once a zoom that is under way has come to rest
    pixels = page.evaluate(wide)
    page.emulate_media(media="screen")
    for name, box in boxes.items():
        assert box["width"] > 20, name
        assert box["left"] >= 0, name
        assert box["right"] <= A4_ACROSS[0], name
        assert box["bottom"] <= A4_ACROSS[1], name
    assert pixels >= A4_ACROSS[0]
    for name in (".legend", ".caption", ".scalebar", ".inset"):
        assert boxes[name]["top"] >= boxes[".map"]["top"], name
        assert boxes[name]["bottom"] <= boxes[".map"]["bottom"] + 1, name
    assert boxes[".card"]["top"] >= boxes[".map"]["bottom"]


@pytest.mark.parametrize("way", ["swipe", "side"])
def test_two_dates_are_printed_together(shared_page: Callable[..., Page], way: str) -> None:
    """Both maps and both dates lie within the first page, the dates on their own maps."""
    page = shared_page(f"two-directions.html#ch=malaya-hawaii&b=1942-03-09&ab={way}")
    page.emulate_media(media="print")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".map-frame, .caption")]
            .map(one => one.getBoundingClientRect().toJSON())"""
    )
    page.emulate_media(media="screen")
    assert len(boxes) == 4
    for box in boxes:
        assert 0 <= box["left"] < box["right"] <= A4_ACROSS[0]
        assert 0 < box["top"] < box["bottom"] <= 450
    first, second = sorted(
        (box for box in boxes if box["height"] < 100), key=lambda box: box["left"]
    )
    assert first["right"] < A4_ACROSS[0] / 2 < second["left"]


def on_paper(page: Page, layers: list[str]) -> Image:
    """The middle of the printed map with these layers on, at twice its size."""
    page.evaluate("layers => historyMap.setLayers(layers)", layers)
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    picture = paper[0].render(scale=2).to_pil().convert("RGB")
    width, height = picture.size
    return picture.crop(
        (int(width * 0.35), int(height * 0.2), int(width * 0.9), int(height * 0.55))
    )


def test_every_sheet_of_the_map_is_on_the_paper(shared_page: Callable[..., Page]) -> None:
    """Coasts, arrows and words are to be seen in the printed map, none wiped out by another."""
    page = shared_page("two-directions.html#ch=malaya-hawaii")
    tone = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
    page.emulate_media(media="print")
    coast, arrow, ink = (
        page.evaluate(tone, f"--{name}") for name in ("coast", "direction-south", "ink")
    )
    page.emulate_media(media="null")
    ground = on_paper(page, ["graticule"])
    assert near(ground, coast, 25).sum() > 2000
    whole = on_paper(page, ["south", "routes", "names"])
    assert near(whole, coast, 25).sum() > 2000
    assert near(whole, arrow, 40).sum() > 2000
    assert near(whole, ink, 60).sum() > 500


def test_a_long_text_flows_on_to_a_second_page(
    shared_page: Callable[..., Page], make_site: Callable[..., Path]
) -> None:
    """A chapter of a thousand words takes more pages than one; its map is whole on the first."""
    words = "\n\n".join(["Many words about what happened then. " * 20] * 12)
    site = make_site(
        {
            "events/tables/events.csv": [
                ["id", "title", "when", "lat", "lon"],
                ["one", "One", "1941", 1, 2],
                ["two", "Two", "1942", 3, 50],
            ],
            "maps/stories/long.md": "---\ntitle: Long\nspan: 1941/1942\n---\nIn short.\n\n"
            f"## One {{#one}}\nwhen: 1941\n\n{words}\n",
        }
    )
    page = shared_page("long.html#ch=one", within=site)
    assert 2 <= len(pages(page)) <= 4
    page.emulate_media(media="print")
    box = page.locator(".map").bounding_box()
    assert box
    assert box["y"] + box["height"] < A4_ACROSS[1]
