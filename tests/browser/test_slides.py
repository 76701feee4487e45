"""The commands `slides` and `handout`: what is in the files that they write."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import MagicMock

import pptx
import pypdfium2
import pytest
from drawings import lamp
from PIL import Image
from playwright.sync_api import Browser, Error

import make_maps
from maps.pictures import Picture
from maps.takeaway import camera, handout, slides
from maps.takeaway.words import Run, shortened

STORY = "two-lamps"
Take = Callable[..., int]


@pytest.fixture(scope="module")
def deck_path(browser: Browser, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The slides of the five-event war, written beside `again.pptx`, which are the same."""
    folder = tmp_path_factory.mktemp("slides")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slides, "browsing", lambda: nullcontext(browser))
        for name in ("deck.pptx", "again.pptx"):
            words = ["slides", STORY, "--project", str(project), "--out", str(folder / name)]
            assert make_maps.main(words) == 0
    return folder / "deck.pptx"


def shape(slide: pptx.slide.Slide, kind: str) -> object:
    """The one shape of a slide whose name begins so."""
    (found,) = [one for one in slide.shapes if one.name.startswith(kind)]
    return found


def test_the_same_tables_give_the_same_slides(deck_path: Path) -> None:
    """Two decks of the same project have the same bytes."""
    assert deck_path.read_bytes() == deck_path.with_name("again.pptx").read_bytes()


def test_each_chapter_is_a_slide_with_its_title(deck_path: Path) -> None:
    """After a slide with the story's title come its chapters, with their words beside the map."""
    deck = pptx.Presentation(str(deck_path))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == ["The War of the Two Lamps", "The quarrel", "Across the date line"]
    quarrel = deck.slides[1]
    assert "1 of 2 · " in quarrel.shapes[3].text_frame.text
    assert quarrel.placeholders[2].text_frame.text == "Both claim the lamp."


def test_the_map_fills_its_part_of_the_slide(deck_path: Path) -> None:
    """Each picture is whole, stands at the slide's edge, has its own shape and is no bare sheet."""
    deck = pptx.Presentation(str(deck_path))
    for slide in deck.slides:
        picture = shape(slide, "Map")
        assert (picture.left, picture.top, picture.height) == (0, 0, deck.slide_height)
        assert picture.crop_left == picture.crop_right == picture.crop_top == 0
        pixels = Image.open(io.BytesIO(picture.image.blob)).convert("RGB")
        assert pixels.width / pixels.height == pytest.approx(picture.width / picture.height, 0.01)
        assert len(pixels.getcolors(1_000_000)) > 200


def test_who_does_not_see_the_map_is_told_what_it_shows(deck_path: Path) -> None:
    """The picture's words name the date, the chapter and the events that are drawn."""
    deck = pptx.Presentation(str(deck_path))
    words = shape(deck.slides[2], "Map")._element.nvPicPr.cNvPr.get("descr")
    assert words.startswith("Map as of 9–11 May 1887: Across the date line. It shows ")


def test_notes_hold_what_is_said_and_its_sources(deck_path: Path) -> None:
    """The speaker's notes are those of the story, then each source that is cited, in full."""
    deck = pptx.Presentation(str(deck_path))
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert any("Sources:" in one for one in notes)
    assert not any("[@" in one for one in notes)


def test_links_lead_to_the_moment_on_the_map(deck_path: Path) -> None:
    """Each slide links to its chapter in the page, which lies beside the file."""
    deck = pptx.Presentation(str(deck_path))
    links = [
        run.hyperlink.address
        for slide in deck.slides
        for one in slide.shapes
        if one.has_text_frame
        for paragraph in one.text_frame.paragraphs
        for run in paragraph.runs
        if run.text == "Open this moment on the map"
    ]
    begin = "two-lamps.html"
    assert links[:2] == [begin, f"{begin}#ch=quarrel"]
    assert len(links) == 3


@pytest.fixture(scope="module")
def rich_slide(
    browser: Browser, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> pptx.slide.Slide:
    """The slide of a chapter that was only planned, is long, and has a picture and a film."""
    copy = Path(shutil.copytree(project, tmp_path_factory.mktemp("rich") / "project"))
    story = copy / "maps" / "stories" / f"{STORY}.md"
    keys = "status: planned\npicture: lamp.webp\ncredit: Nobody\nalt: A lamp\n"
    told = story.read_text(encoding="utf-8").replace(
        "layers: west, east", f"{keys}layers: west, east"
    )
    assert keys in told
    story.write_text(f"{told}\n\n{'Many more words stand here. ' * 90}The end.\n", encoding="utf-8")
    Image.new("RGB", (300, 200), "#a03020").save(story.parent / "lamp.webp")
    out = copy / "rich.pptx"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slides, "browsing", lambda: nullcontext(browser))
        words = ["slides", STORY, "--video", "--seconds", "0.2", "--project", str(copy)]
        assert make_maps.main([*words, "--out", str(out)]) == 0
    return pptx.Presentation(str(out)).slides[2]


def test_a_long_chapter_is_whole_in_the_notes(rich_slide: pptx.slide.Slide) -> None:
    """Where a text does not fit in readable letters it is cut with …, and the notes hold it all."""
    assert rich_slide.placeholders[2].text_frame.text.endswith(" …")
    assert "The end." in rich_slide.notes_slide.notes_text_frame.text


def test_what_was_planned_is_called_so(rich_slide: pptx.slide.Slide) -> None:
    """A chapter of what never was says so over its title, and to who does not see the map."""
    assert any(
        one.has_text_frame and one.text_frame.text.endswith("Planned, never executed")
        for one in rich_slide.shapes
    )
    words = shape(rich_slide, "Map")._element.nvPicPr.cNvPr.get("descr")
    assert "(planned, never executed)" in words


def test_a_chapters_picture_stands_with_its_credit(rich_slide: pptx.slide.Slide) -> None:
    """It keeps its shape, clear of the map, and has its words for who does not see it."""
    picture = shape(rich_slide, "Picture")
    assert picture.left >= shape(rich_slide, "Map").width
    assert picture.width / picture.height == pytest.approx(1.5, 0.01)
    assert picture._element.nvPicPr.cNvPr.get("descr") == "A lamp"
    assert any(one.has_text_frame and one.text_frame.text == "Nobody" for one in rich_slide.shapes)


@pytest.mark.parametrize("kind", ["PNG", "WebP"])
def test_a_broken_picture_is_named(kind: str) -> None:
    """By what is to be seen in it, as the file's name is not in the deck."""
    broken = Picture(f"image/{kind.lower()}", lamp(kind)[:20], "A lamp", "Nobody")
    with pytest.raises(OSError, match=r"^the picture of 'A lamp' is broken; save it anew$"):
        slides._as_png(broken)


def test_the_map_can_be_a_film(rich_slide: pptx.slide.Slide) -> None:
    """It lies over the map, and shows it until it plays."""
    film = shape(rich_slide, "Film")
    assert film.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.MEDIA
    assert (film.width, film.height) == (shape(rich_slide, "Map").width, 6_858_000)


def test_hostile_text_makes_a_deck(
    browser: Browser, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Titles of any length and signs that XML cannot hold; our own words stay English."""
    copy = Path(shutil.copytree(project, tmp_path / "project"))
    story = copy / "maps" / "stories" / f"{STORY}.md"
    told = story.read_text(encoding="utf-8").replace("Two Lamps\n", "Lamps " + "x" * 300 + "\n", 1)
    told = told.replace("## The quarrel", "## \x0b\ufffe{{7*7}} \x1b" + "y" * 100)
    story.write_text(told.replace("span:", "lang: he\nspan:", 1), encoding="utf-8")
    monkeypatch.setattr(slides, "browsing", lambda: nullcontext(browser))
    out = tmp_path / "deck.pptx"
    assert make_maps.main(["slides", STORY, "--project", str(copy), "--out", str(out)]) == 0
    deck = pptx.Presentation(str(out))
    assert deck.slides[0].shapes.title.text.endswith("x …")
    assert len(deck.core_properties.title) == 255
    quarrel = deck.slides[1]
    assert quarrel.shapes.title.text == "{{7*7}} " + "y" * 100
    assert quarrel.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt < 20
    over = quarrel.shapes[3].text_frame.paragraphs[0]
    assert (over.text[:6], over._p.pPr.get("rtl")) == ("1 of 2", "0")


def test_text_without_spaces_is_cut_all_the_same() -> None:
    """Japanese has none: what fits stands there, and not the … alone."""
    assert shortened([[Run("\u3042" * 90)]], 60) == [[Run("\u3042" * 60 + " …")]]
    assert shortened([[Run("one two three")]], 9) == [[Run("one two …")]]


def test_a_browser_that_stops_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash is an error of the system; Ctrl-C, which stops the browser too, is Ctrl-C."""
    monkeypatch.setattr(camera, "launch", lambda playwright: MagicMock())
    monkeypatch.setattr("playwright.sync_api.sync_playwright", nullcontext)
    with pytest.raises(OSError, match=r"^the browser stopped: gone$"), camera.browsing():
        raise Error("gone\nwith logs")
    gone = Error("gone")
    gone.__context__ = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt), camera.browsing():
        raise gone


def test_a_handout_has_a_page_a_chapter(
    browser: Browser, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Contents, then a page a chapter, across, each with its title and a map in colours."""
    monkeypatch.setattr(handout, "browsing", lambda: nullcontext(browser))
    out = tmp_path / "handout.pdf"
    assert make_maps.main(["handout", STORY, "--project", str(project), "--out", str(out)]) == 0
    with pypdfium2.PdfDocument(out) as paper:
        assert len(paper) == 3
        texts = [paper[number].get_textpage().get_text_range() for number in range(3)]
        assert all("The War of the Two Lamps" in text for text in texts)
        assert "The quarrel" in texts[1]
        width, height = paper[1].get_size()
        assert width > height
        picture = paper[1].render(scale=0.5).to_pil().convert("RGB")
        assert len(picture.getcolors(1_000_000)) > 100
