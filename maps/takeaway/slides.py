"""Slides: a story as a deck of PowerPoint, a slide a chapter, which says the same without us.

Each has the map as its chapter opens, with words for who does not see it, the chapter's title and
text, a link to the moment on the live map, and the speaker's notes with their sources.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from events.record import Tables
from maps.language import is_from_right
from maps.pictures import Picture
from maps.prose import Node, plain
from maps.report import Say
from maps.scene import citation
from maps.story import Chapter, Story
from maps.takeaway.camera import Camera, Frame, browsing
from maps.takeaway.video import Pace, filmed, shots
from maps.takeaway.words import Run, cited, length, paragraphs, shortened

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide
    from pptx.text.text import TextFrame

INCH = 914_400  # in the unit of slides
WIDTH, HEIGHT = 12_192_000, 6_858_000
MAP = round(8.5 * INCH)  # as wide as the map is; the words stand beside it
MARGIN = round(0.35 * INCH)
COLUMN = WIDTH - MAP - 2 * MARGIN
FRAME = Frame(1360, 1200, 1.6)  # 160 pixels an inch; words as large as the last row needs
TITLE_FONT, TEXT_FONT = "Georgia", "Arial"
INK, SECOND, PAPER = "17212B", "4A5560", "FDFBF6"
LARGEST, SMALLEST = 18, 12  # points of the text
TITLE_PART = 0.7  # of its box, that a long title is fitted to: its letters are wide and bold
FILL = 0.66  # of a square as high as a line's letters, what one sign takes with all around it
POINT = 12_700
OVER_HEIGHT, FOOT_HEIGHT = round(0.32 * INCH), round(0.45 * INCH)
PICTURE_HEIGHT, CREDIT_HEIGHT = round(2 * INCH), round(0.28 * INCH)
TEXT_TOP = MARGIN + round(1.6 * INCH)  # below a title of two lines
TEXT_HEIGHT = HEIGHT - TEXT_TOP - MARGIN - FOOT_HEIGHT
LONGEST_TITLE = 85  # signs in letters that the back row can read
MOST_PROPERTY = 255  # signs of what a file says of itself
MOST_NAMED = 8  # events that the words for a picture name
EPOCH = (1980, 1, 1, 0, 0, 0)  # when everything in the file was made: the same file every time
_LAYOUT = 8  # a title, a picture and a text: readers of the outline find them by that
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML
_SEEN = "() => { const { events, routes } = historyMap.state().visible; return [events, routes]; }"


def slides(
    page: str, story: Story, tables: Tables, where: str, say: Say, pace: Pace | None = None
) -> bytes:
    """A deck of a story from the text of its page, as PPTX; the same page gives the same bytes.

    `where` is the address of the page, which links lead to. With a pace the map of each chapter
    that has a time is a film, which plays at a click. Raises MissingTool.
    """
    import pptx

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _sign(deck, story)
    maker = _Maker(deck, story, tables, where)
    with browsing() as browser, Camera(browser, page, FRAME) as camera:
        say(f"slide 1 of {len(story.chapters) + 1}")
        camera.open()
        maker.opening(camera.picture(), camera.ask(_SEEN))
        for number, chapter in enumerate(story.chapters, 1):
            say(f"slide {number + 1} of {len(story.chapters) + 1}")
            camera.open(chapter.address)
            picture = camera.picture()
            slide = maker.chapter(chapter, number, picture, camera.ask(_SEEN))
            if pace and chapter.when:
                (shot,) = shots(story, chapter)
                film = filmed(camera, [shot._replace(title="")], FRAME, pace, ".mp4", say)
                _let_play(slide, film.content, picture)
    return _same_every_time(deck)


class _Maker:
    """Makes the slides of one deck."""

    def __init__(self, deck: Presentation, story: Story, tables: Tables, where: str) -> None:
        self.deck, self.story, self.where = deck, story, where
        self.titles = {event.id: event.title for event in tables.events}
        self.sources = {source.id: citation(source) for source in tables.sources}

    def opening(self, picture: bytes, seen: list[list[str]]) -> None:
        """The first slide: the story's title, its time and its introduction."""
        story = self.story
        over = [[Run(story.span.label)]]
        slide = self.slide(story.title, over, story.text, self.where)
        self.place(slide, picture, story.title, story.opening.label, seen)
        self.speak(slide, [], story.text)

    def chapter(
        self, chapter: Chapter, number: int, picture: bytes, seen: list[list[str]]
    ) -> Slide:
        """The slide of one chapter."""
        date = chapter.when.label if chapter.when else ""
        place = f"{number} of {len(self.story.chapters)}" + (f" · {date}" if date else "")
        over = [[Run(place)]]
        if chapter.fate:
            over.append([Run(_capitalised(chapter.fate), is_strong=True)])
        link = f"{self.where}#{chapter.address}"
        slide = self.slide(chapter.title, over, chapter.text, link, chapter.picture)
        title = f"{chapter.title} ({chapter.fate})" if chapter.fate else chapter.title
        self.place(slide, picture, title, date, seen)
        self.speak(slide, chapter.notes, chapter.text)
        return slide

    def slide(
        self,
        title: str,
        over: Sequence[Sequence[Run]],
        text: Sequence[Node],
        link: str,
        picture: Picture | None = None,
    ) -> Slide:
        """A new slide with its words, in a column beside the map; `over` stands over its title."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[_LAYOUT])
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = _colour(PAPER)
        left = MAP + MARGIN
        top = MARGIN + OVER_HEIGHT * len(over)
        small = slide.shapes.add_textbox(left, MARGIN, COLUMN, OVER_HEIGHT * len(over))
        self.write(small.text_frame, over, 13, SECOND, is_ours=True)
        head = slide.shapes.title
        _lay(head, left, top, COLUMN, TEXT_TOP - top)
        words: list[list[Run]] = [[Run(title, is_strong=True)]]
        size = 28.0 if len(title) <= 24 and len(over) == 1 else 24 if len(title) <= 44 else 20
        if len(title) > LONGEST_TITLE:
            words, size = _fitting(words, round((TEXT_TOP - top) * TITLE_PART))
        self.write(head.text_frame, words, size, INK, TITLE_FONT)
        body = slide.placeholders[2]
        height = TEXT_HEIGHT - (self.show(slide, picture) if picture else 0)
        _lay(body, left, TEXT_TOP, COLUMN, height)
        texts, points = _fitting(list(paragraphs(text)), height)
        self.write(body.text_frame, texts, points, INK)
        foot = slide.shapes.add_textbox(left, HEIGHT - MARGIN - FOOT_HEIGHT, COLUMN, FOOT_HEIGHT)
        link_to_it = [[Run("Open this moment on the map", href=link)]]
        self.write(foot.text_frame, link_to_it, 12, SECOND, is_ours=True)
        return slide

    def show(self, slide: Slide, picture: Picture) -> int:
        """Puts a chapter's picture below its text, with its credit; gives how high both are."""
        left, foot = MAP + MARGIN, HEIGHT - MARGIN - FOOT_HEIGHT
        shown = slide.shapes.add_picture(_as_png(picture), left, 0)
        part = min(COLUMN / shown.width, PICTURE_HEIGHT / shown.height)
        width, height = round(shown.width * part), round(shown.height * part)
        _lay(shown, left, foot - CREDIT_HEIGHT - height, width, height)
        shown.name = "Picture"
        shown._element.nvPicPr.cNvPr.set("descr", _holdable(picture.alt))
        credit = slide.shapes.add_textbox(left, foot - CREDIT_HEIGHT, COLUMN, CREDIT_HEIGHT)
        self.write(credit.text_frame, [[Run(picture.credit)]], 9, SECOND)
        taken: int = height + CREDIT_HEIGHT + MARGIN // 2
        return taken

    def place(
        self, slide: Slide, picture: bytes, title: str, date: str, seen: list[list[str]]
    ) -> None:
        """Puts the map on a slide, with what it shows in words."""
        placed = slide.placeholders[1].insert_picture(io.BytesIO(picture))
        _lay(placed, 0, 0, MAP, HEIGHT)
        placed.crop_left = placed.crop_right = placed.crop_top = placed.crop_bottom = 0
        placed.name = "Map"
        events, routes = seen
        named = [self.titles[one] for one in events][:MOST_NAMED]
        more = len(events) - len(named)
        words = f"Map{f' as of {date}' if date else ''}: {title}."
        if named:
            words += f" It shows {'; '.join(named)}{f' and {more} more' if more else ''}."
        if routes:
            words += f" Routes drawn: {len(routes)}."
        placed._element.nvPicPr.cNvPr.set("descr", _holdable(words))

    def speak(self, slide: Slide, notes: Sequence[Node], text: Sequence[Node]) -> None:
        """The notes of a slide: the speaker's, what of the text did not fit, and the sources."""
        spoken = [_plain(runs) for runs in paragraphs(notes)]
        whole = list(paragraphs(text))
        if _written(slide) != "".join(map(_plain, whole)):
            spoken += ["The whole text:", *map(_plain, whole)]
        names = cited([*text, *notes])
        if names:
            spoken += ["Sources:", *(f"– {self.sources.get(name, name)}" for name in names)]
        frame = slide.notes_slide.notes_text_frame
        frame.text = _holdable("\n".join(spoken))

    def write(
        self,
        frame: TextFrame,
        texts: Sequence[Sequence[Run]],
        points: float,
        colour: str,
        font: str = TEXT_FONT,
        is_ours: bool = False,
    ) -> None:
        """Writes paragraphs into a box from its top; `ours` are in English, as the page's are."""
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
        from pptx.util import Pt

        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        from_right = is_from_right(self.story.lang)
        for index, runs in enumerate(texts):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(points * 0.4)
            properties = paragraph._p.get_or_add_pPr()
            properties.set("algn", "r" if from_right else "l")
            properties.set("rtl", "1" if from_right and not is_ours else "0")
            for run in runs:
                made = paragraph.add_run()
                made.text = _holdable(run.text)
                made.font.size, made.font.name = Pt(points), font
                made.font.bold, made.font.italic = run.is_strong, run.is_emphasised
                made.font.color.rgb = _colour(colour)
                made._r.get_or_add_rPr().set("lang", "en" if is_ours else self.story.lang)
                if run.href:
                    made.hyperlink.address = run.href


def _fitting(texts: list[list[Run]], height: int) -> tuple[list[list[Run]], float]:
    """A text, cut if it must be, with the size in points in which it fills its column's height.

    Each paragraph leaves half a line.
    """
    points_wide, points_high = COLUMN / POINT, height / POINT
    area = points_wide * points_high
    signs = length(texts) + len(texts) * 45
    points = min(LARGEST, math.floor(math.sqrt(area / max(signs, 1) / FILL) * 2) / 2)
    if points >= SMALLEST:
        return texts, points
    return shortened(texts, int(area / SMALLEST**2 / FILL) - 45 * len(texts)), SMALLEST


def _let_play(slide: Slide, film: bytes, picture: bytes) -> None:
    """Lays a film over the map of a slide, which it shows until it is played."""
    posed = io.BytesIO(picture)
    movie = slide.shapes.add_movie(io.BytesIO(film), 0, 0, MAP, HEIGHT, posed, "video/mp4")
    movie.name = "Film"
    movie._element.nvPicPr.cNvPr.set("descr", "The clock runs; the map beneath says what is shown.")


def _written(slide: Slide) -> str:
    """The text of a slide."""
    return "".join(one.text for one in slide.placeholders[2].text_frame.paragraphs)


def _as_png(picture: Picture) -> io.BytesIO:
    """A chapter's picture in a kind that slides can hold. Raises OSError where it is broken."""
    from PIL import Image

    content, converted = io.BytesIO(picture.content), io.BytesIO()
    try:
        opened = Image.open(content)
        if picture.kind != "image/webp":
            return io.BytesIO(picture.content)
        opened.save(converted, format="PNG")
    except OSError as broken:
        raise OSError(f"the picture of {picture.alt!r} is broken; save it anew") from broken
    converted.seek(0)
    return converted


def _holdable(text: str) -> str:
    """A text without the signs that a file of slides cannot hold."""
    return _UNHOLDABLE.sub("", text)


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _plain(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _lay(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _colour(text: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(text)


def _sign(deck: Presentation, story: Story) -> None:
    """What the file says of itself: nothing of who made it, when and where."""
    told = deck.core_properties
    told.title = _holdable(story.title)[:MOST_PROPERTY]
    told.subject, told.language = _holdable(plain(story.text))[:200], story.lang
    told.author = told.last_modified_by = ""
    told.created = told.modified = datetime(*EPOCH, tzinfo=UTC)


def _same_every_time(deck: Presentation) -> bytes:
    """The file without the time at which it was packed."""
    packed, file = io.BytesIO(), io.BytesIO()
    deck.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            is_picture = name.endswith((".png", ".mp4"))
            entry.compress_type = zipfile.ZIP_STORED if is_picture else zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return file.getvalue()
