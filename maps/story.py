"""A story: one Markdown file that says what one map shows, and tells it in chapters.

    ---
    title: Two Directions
    span: 1904/1945
    opening: 1936/1945
    view: 60, -15, -120, 65
    layers: north, south, routes
    ---
    An introduction.

    ## The pact with Moscow {#pact}
    when: 1941-04-13
    select: neutrality-pact

    The text of the chapter, with its sources [@slavinsky2004].

    ::: notes
    What the speaker alone reads.
    :::

Dates are ISO 8601 or EDTF; a view is west, south, east, north in degrees as GeoJSON has it, so a
west greater than the east crosses 180 degrees. A chapter may also have a second view with its
label, `inset: Moscow | 30, 53, 42, 59`, and a second moment, `beside: 1941-06-22`; it may
`highlight` events and routes, have a `picture` with its `credit` and `alt`, and a `status`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from events.civil import DAY_MS, day_number
from events.problem import Problem
from events.record import Event
from events.row import SLUG, slugged
from events.when import When
from events.words import STATUSES
from maps.keys import Bbox, Cell, Inset, Keys, chapter_keys, front_keys
from maps.notes import OPENS, Notes, take_notes
from maps.pictures import Picture, Unshowable, read_picture
from maps.prose import Node, Part, parts

STORIES = Path("maps/stories")
MOST_BYTES = 2_000_000  # a thousand pages of a book

_FRONT_KEYS = ("title", "span", "opening", "view", "layers", "series", "cover", "lang")
_CHAPTER_KEYS = (
    *("when", "view", "layers", "select", "highlight", "inset", "beside"),
    *("status", "picture", "credit", "alt"),
)
_HEADING = re.compile(r" {0,3}##(?:[ \t]|$)")
_STRAY = re.compile(rf"\s*({'|'.join(_CHAPTER_KEYS)})\s*:.*")
_ID = re.compile(r"\s*\{#([^}]*)\}\s*$")
# Names that other pages of the site bear, and those that Windows keeps for itself.
_TAKEN = {"index", "essays", "embed", "data", "con", "prn", "aux", "nul"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}

Named = Literal["layer", "select", "highlight", "source", "series"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a story that names something of the tables."""

    to: Named
    id: str
    line: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step of a story: a moment, a view, and what is said of it.

    `inset` is a second view on the same clock, `beside` a second moment of the same view;
    `highlight` are ids of events and routes that stand out; a `status` other than executed says
    that what it tells never was; `notes` are for the speaker alone; `lines` are those on which its
    keys stand.
    """

    id: str
    title: str
    when: When | None
    view: Bbox | None
    layers: tuple[str, ...] | None
    select: str | None
    text: list[Node]
    line: int
    inset: Inset | None = None
    beside: When | None = None
    highlight: tuple[str, ...] = ()
    status: str = STATUSES[0]
    picture: Picture | None = None
    notes: list[Node] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def fate(self) -> str:
        """What became of what it tells, where that never happened: "planned, never executed"."""
        return "" if self.status == STATUSES[0] else f"{self.status}, never executed"

    @property
    def address(self) -> str:
        """The part of an address, after #, that opens it."""
        return f"ch={quote(self.id, safe='')}"


@dataclass(frozen=True, slots=True)
class Story:
    """What one map shows: its span of time, where it opens, its text and chapters.

    `path` is the file as problems name it; `references` are what its text and keys name elsewhere;
    `series` are the charts shown at first, None for all that there are; `cover` is the id of the
    chapter that its picture shows.
    """

    slug: str
    title: str
    lang: str
    span: When
    opening: When
    view: Bbox | None
    layers: tuple[str, ...] | None
    text: list[Node]
    chapters: tuple[Chapter, ...]
    path: str
    line: int
    references: tuple[Reference, ...] = ()
    series: tuple[str, ...] | None = None
    cover: str | None = None

    def reaches(self, when: When) -> bool:
        """Whether a time overlaps the story's span."""
        return self.meets(when.first, when.last)

    def holds(self, when: When) -> bool:
        """Whether a time lies within the story's span; an open end does not."""
        if when.first is None or when.last is None:
            return False
        return self.meets(when.first, when.first) and self.meets(when.last, when.last)

    def meets(self, first: int | None, last: int | None) -> bool:
        """Whether what lasts from one instant to another does; an open end reaches everything."""
        span = self.span
        begins_in_time = first is None or span.last is None or first <= span.last
        ends_in_time = last is None or span.first is None or span.first <= last
        return begins_in_time and ends_in_time


def read_stories(project: Path) -> tuple[list[Story], list[Problem]]:
    """The stories of a project, those that begin first before others, and everything wrong.

    A story that cannot be made at all is left out; then there is an error that says why.
    """
    files = [_StoryFile(path, project) for path in sorted(_story_files(project))]
    _check_twins(files)
    stories = [story for file in files if (story := file.read())]
    stories.sort(key=lambda story: (story.span.moment[0], story.slug))
    return stories, [problem for file in files for problem in file.problems]


def story_of(events: Iterable[Event], title: str) -> Story | None:
    """The one story of a project without any: all its events. None where no event has a date."""
    ends = [end for event in events for end in (event.when.first, event.when.last)]
    known = [end for end in ends if end is not None]
    if not known:
        return None
    span = _extent(min(known), max(known))
    words = re.sub(r"[\W_]+", " ", title).strip() or "Map"
    return Story(
        slug="map",
        title=words[0].upper() + words[1:],
        lang="en",
        span=span,
        opening=span,
        view=None,
        layers=None,
        text=[],
        chapters=(),
        path="",
        line=1,
    )


def _extent(first: int, last: int) -> When:
    """The timespan from one instant to another in whole years, or in days where it is short."""
    begins, ends = _date(first), _date(last)
    if ends[0] - begins[0] < 2 and max(abs(begins[0]), abs(ends[0])) < 10_000:
        return _between(_day(*begins), _day(*ends))
    return _between(_year(begins[0]), _year(ends[0]))


def _between(begins: str, ends: str) -> When:
    return When.parse(begins if begins == ends else f"{begins}/{ends}")


def _day(year: int, month: int, day: int) -> str:
    """A day as EDTF writes it; only years of four digits have any."""
    return f"{_year(year)}-{month:02}-{day:02}"


def _year(year: int) -> str:
    """A year as EDTF writes it: four digits and a minus where it needs one, or a Y before more."""
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}" if abs(year) < 10_000 else f"Y{year}"


def _date(instant: int) -> tuple[int, int, int]:
    """The year, month and day of an instant."""
    days = instant // DAY_MS
    year = next(
        year for year in count(days * 400 // 146_097 + 1971, -1) if day_number(year, 1) <= days
    )
    month = next(month for month in range(12, 0, -1) if day_number(year, month) <= days)
    return year, month, days - day_number(year, month) + 1


def _story_files(project: Path) -> Iterator[Path]:
    """The Markdown files of the stories' folder, without what editors leave beside them."""
    folder = project / STORIES
    if folder.is_dir():
        for path in folder.iterdir():
            if path.suffix.lower() == ".md" and path.name[0] not in ".~_":
                yield path


def _check_twins(files: Iterable[_StoryFile]) -> None:
    """No two files make the same page, as a.md and a.MD would."""
    first: dict[str, str] = {}
    for file in files:
        name = file.path.name
        other = first.setdefault(file.path.stem.casefold(), name)
        if other != name:
            message = f"would be the same page as {other}"
            file.complain(None, None, name, message, "rename one of the two")


class _StoryFile:
    """One story file while it is read, and the problems found in it so far."""

    def __init__(self, path: Path, project: Path) -> None:
        self.path = path
        self.project = project
        self.shown_as = path.relative_to(project).as_posix()
        self.problems: list[Problem] = []
        self.references: list[Reference] = []

    def complain(
        self, line: int | None, column: str | None, value: str | None, message: str, hint: str
    ) -> None:
        """Notes a problem of this file."""
        self.problems.append(Problem(self.shown_as, line, column, value, message, hint))

    def warn(
        self, line: int | None, column: str | None, value: str | None, message: str, hint: str
    ) -> None:
        """Notes what may be meant so, but hardly is."""
        problem = Problem(self.shown_as, line, column, value, message, hint, "warning")
        self.problems.append(problem)

    def read(self) -> Story | None:
        """The story, or None where no story can be made of the file."""
        slug, lines = self.slug(), self.lines()
        end = self.front_end(lines) if lines else None
        if not lines or end is None:
            return None
        cells = front_keys("\n".join(lines[1:end]), 2, self.complain)
        front = Keys(cells, 1, self.complain, self.warn)
        front.check_known(_FRONT_KEYS)
        self.refer_to_layers(front)
        for name in front.series() or ():
            self.refer("series", name, front.cells["series"].line)
        introduction, chapters = self.body(lines[end + 1 :], end + 2)
        title = front.required("title", "write title: and the name of the map")
        front.required("span", "write span: and the first and last date, such as 1904/1945")
        span, opening = front.span("span"), front.span("opening")
        view, layers, lang = front.view(), front.layers(), front.lang()
        if not (slug and title and span):
            return None
        story = Story(
            slug=slug,
            title=title,
            lang=lang,
            span=span,
            opening=opening or span,
            view=view,
            layers=layers,
            text=introduction,
            chapters=tuple(chapters),
            path=self.shown_as,
            line=1,
            references=tuple(self.references),
            series=front.series(),
            cover=front.one_of("cover", [chapter.id for chapter in chapters], "a chapter"),
        )
        if not story.holds(story.opening):
            part = "partly " if story.reaches(story.opening) else ""
            message = f"lies {part}outside the story's span, {span.label}"
            front.wrong("opening", message, "correct one of the two")
        return story

    def slug(self) -> str | None:
        """The story's name in links, which is its file's without `.md`."""
        slug = self.path.stem
        if SLUG.fullmatch(slug) and slug not in _TAKEN:
            return slug
        message = "is not a name that a page can have"
        if slug in _TAKEN:
            message = "is a name that another page has, or that Windows refuses"
        hint = "rename the file with a-z, 0-9 and hyphens, such as two-directions.md"
        self.complain(None, None, self.path.name, message, hint)
        return None

    def lines(self) -> list[str]:
        """The file's lines; none where it cannot be read."""
        try:
            inside = self.path.resolve().is_relative_to(self.project.resolve())
        except RuntimeError:  # a link that leads to itself
            inside = False
        if not inside:
            hint = "copy the file into the folder"
            self.complain(None, None, None, "leads outside the project's folder", hint)
            return []
        try:
            if not self.path.is_file() and self.path.exists():  # a pipe would be waited for
                self.complain(None, None, None, "is not a file", "put the story itself there")
                return []
            large = self.path.stat().st_size > MOST_BYTES
            content = b"" if large else self.path.read_bytes()
        except OSError as failed:
            message = f"cannot be read: {failed.strerror}"
            self.complain(None, None, None, message, "close it elsewhere, or allow reading it")
            return []
        if large:
            message = f"is larger than {MOST_BYTES / 1e6:g} MB"
            self.complain(None, None, None, message, "make several stories of it")
            return []
        text = self.decoded(content)
        return [] if text is None else re.split(r"\r\n|\r|\n", text)

    def decoded(self, content: bytes) -> str | None:
        """The text of a file in UTF-8, with or without a mark, or in UTF-16 with one."""
        marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        try:
            return content.decode("utf-16" if marked else "utf-8-sig")
        except UnicodeDecodeError as wrong:
            line = content.count(b"\n", 0, wrong.start) + 1
            hint = "save the file as UTF-8"
            self.complain(line, None, None, "holds bytes that are not UTF-8", hint)
            return None

    def front_end(self, lines: list[str]) -> int | None:
        """The index of the line that closes the front matter."""
        if lines[0].rstrip() == "---":
            for index, line in enumerate(lines[1:], 1):
                if line.rstrip() == "---":
                    return index
        hint = "begin the file with --- and, each on its own line, title:, span: and ---"
        self.complain(1, None, None, "has no front matter", hint)
        return None

    def body(self, lines: list[str], line: int) -> tuple[list[Node], list[Chapter]]:
        """The introduction and the chapters in `lines`, the first of which is the line-th."""
        keys: dict[int, dict[str, Cell]] = {}
        notes = list(take_notes(lines, line, self.complain))
        for index, text in enumerate(lines):
            if _HEADING.match(text):
                found = chapter_keys(lines[index + 1 :], line + index + 1, self.complain)
                keys[line + index] = found
                self.check_stray(lines, index + 1 + len(found), line)
                for cell in found.values():
                    lines[cell.line - line] = ""  # now read; what is left is the text
        introduction, *rest = parts("\n".join(lines), line, self.complain)
        self.cite(introduction)
        spoken = self.spoken(notes, rest)
        taken: dict[str, int] = {}
        return introduction.blocks, [
            self.chapter(
                part,
                Keys(keys.get(part.line, {}), part.line, self.complain, self.warn),
                spoken.get(part.line, []),
                taken,
            )
            for part in rest
        ]

    def spoken(self, notes: Iterable[Notes], chapters: Iterable[Part]) -> dict[int, list[Node]]:
        """Speaker notes by the line of the chapter under which they stand."""
        heads = [part.line for part in chapters]
        found: dict[int, list[Node]] = {}
        for block in notes:
            text, *others = parts(block.text, block.line, self.complain)
            self.cite(text)
            head = max((line for line in heads if line < block.line), default=None)
            if others:
                hint = "end the notes with ::: before it"
                self.complain(others[0].line, None, "##", "begins a chapter within notes", hint)
            if head is None:
                hint = "write them under the heading of a chapter"
                self.complain(block.line - 1, None, OPENS, "stands before any chapter", hint)
            elif head in found:
                hint = "keep one block of notes in a chapter"
                self.complain(block.line - 1, None, OPENS, "stands in this chapter twice", hint)
            else:
                found[head] = text.blocks
        return found

    def check_stray(self, lines: list[str], index: int, line: int) -> None:
        """Complains of a key that is missed: after an empty line, indented or without a space."""
        while index < len(lines) and not lines[index].strip():
            index += 1
        stray = _STRAY.match(lines[index]) if index < len(lines) else None
        if stray:
            hint = f"write {stray[1]}: and a value, with no empty line between it and the heading"
            message = "is read as text, not as a key"
            self.complain(line + index, stray[1], stray[0].strip(), message, hint)

    def chapter(self, part: Part, keys: Keys, notes: list[Node], taken: dict[str, int]) -> Chapter:
        """The chapter under one heading; `taken` are the ids of those before it."""
        heading = part.heading or ""
        title = _ID.sub("", heading)
        if not title:
            self.complain(part.line, None, None, "a chapter has no title", "write it after ##")
        keys.check_known(_CHAPTER_KEYS)
        self.refer_to_layers(keys)
        if keys.text("select"):
            self.refer("select", keys.text("select"), keys.cells["select"].line)
        for name in keys.ids("highlight"):
            self.refer("highlight", name, keys.cells["highlight"].line)
        self.cite(part)
        return Chapter(
            id=self.chapter_id(heading, title, part.line, taken),
            title=title,
            when=keys.when("when"),
            view=keys.view(),
            layers=keys.layers(),
            select=keys.text("select") or None,
            text=part.blocks,
            line=part.line,
            inset=keys.inset(),
            beside=keys.when("beside"),
            highlight=keys.ids("highlight"),
            status=keys.choice("status", STATUSES),
            picture=self.picture(keys),
            notes=notes,
            lines={key: cell.line for key, cell in keys.cells.items()},
        )

    def picture(self, keys: Keys) -> Picture | None:
        """The picture of a chapter with its words, all of which must be there."""
        if not keys.text("picture"):
            for key in ("picture", "credit", "alt"):
                if key in keys.cells:
                    hint = "write picture: and the path of a file within maps/stories"
                    line = keys.cells[key].line
                    self.complain(line, key, keys.text(key) or None, "has no picture", hint)
            return None
        line = keys.cells["picture"].line
        words = {"credit": "who made the picture", "alt": "what is to be seen in it"}
        for key, what in words.items():
            if not keys.text(key):
                where = keys.cells[key].line if key in keys.cells else line
                self.complain(where, key, None, "is missing", f"write {key}: and {what}")
        try:
            kind, content = read_picture(self.path.parent, keys.text("picture"))
        except Unshowable as wrong:
            keys.wrong("picture", wrong.message, wrong.hint)
            return None
        return Picture(kind, content, keys.text("alt"), keys.text("credit"))

    def chapter_id(self, heading: str, title: str, line: int, taken: dict[str, int]) -> str:
        """The id that the heading gives in `{#id}`, or else one made of its title."""
        given = _ID.search(heading)
        chosen = given[1] if given else slugged(title) or f"chapter-{len(taken) + 1}"
        if not SLUG.fullmatch(chosen):
            hint = f"write {{#{slugged(chosen) or 'a-name'}}}"
            self.complain(line, None, chosen, "is not an id", hint)
        if chosen in taken:
            message = f"is the id of the chapter on line {taken[chosen]} too"
            self.complain(line, None, chosen, message, "give one of them its own {#id}")
        taken.setdefault(chosen, line)
        return chosen

    def refer(self, to: Named, name: str, line: int) -> None:
        """Notes that the story names something of the tables."""
        self.references.append(Reference(to, name, line))

    def refer_to_layers(self, keys: Keys) -> None:
        """Notes the layers that some keys name."""
        for layer in keys.layers() or ():
            self.refer("layer", layer, keys.cells["layers"].line)

    def cite(self, part: Part) -> None:
        """Notes the sources that a part cites."""
        for line, source in part.citations:
            self.refer("source", source, line)
