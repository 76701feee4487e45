"""The `key: value` lines of a story: reading them, and what they may hold.

Each reader notes a problem and gives None (or nothing) where a value cannot be understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import yaml

from events.problem import did_you_mean
from events.row import NORTH, OFF_SHEET, SOUTH
from events.when import When, WhenProblem
from geodata.seam import on_sheet, wrap
from maps.prose import Complain

Bbox = tuple[float, float, float, float]

_KEY = re.compile(r"([A-Za-z][A-Za-z_-]*):(?:[ \t]+(.*))?$")
_UNHOLDABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_BBOX_HINT = "write west, south, east, north in degrees, such as 60, -15, -120, 65"
_INSET_HINT = "write a label, | and west, south, east, north, such as Moscow | 30, 53, 42, 59"


class Cell(NamedTuple):
    """The text of one key, and its line in the file."""

    text: str
    line: int


class Inset(NamedTuple):
    """A second, small view on the same clock; its label may be empty."""

    label: str
    view: Bbox


class Keys:
    """The keys of a front matter or a chapter, as the types that they stand for."""

    def __init__(
        self, cells: dict[str, Cell], line: int, complain: Complain, warn: Complain
    ) -> None:
        self.cells = cells
        self.line = line
        self.complain = complain
        self.warn = warn

    def check_known(self, known: Iterable[str]) -> None:
        """Notes each key that is none of these."""
        known = list(known)
        for key in self.cells.keys() - set(known):
            hint = did_you_mean(key, known, f"the keys are {', '.join(known)}")
            if "title" not in known:
                hint += "; an empty line parts the keys from the text"
            self.complain(self.cells[key].line, None, key, "is not a key of a story", hint)

    def wrong(self, key: str, message: str, hint: str) -> None:
        """Notes that the value of a key is wrong."""
        text, line = self.cells[key]
        self.complain(line, key, text, message, hint)

    def text(self, key: str) -> str:
        """The text of a key; empty where it is not given."""
        return self.cells[key].text if key in self.cells else ""

    def required(self, key: str, hint: str) -> str:
        """The text of a key that must be there."""
        text = self.text(key)
        if not text:
            line = self.cells[key].line if key in self.cells else self.line
            self.complain(line, key, None, "is missing", hint)
        return text

    def when(self, key: str) -> When | None:
        """A date or timespan."""
        if not self.text(key):
            return None
        try:
            return When.parse(self.text(key))
        except WhenProblem as wrong:
            self.wrong(key, wrong.message, wrong.hint)
            return None

    def span(self, key: str) -> When | None:
        """A timespan with both of its ends."""
        when = self.when(key)
        if when and (when.first is None or when.last is None):
            self.wrong(key, "has an open end", "write both ends, such as 1904/1945")
            return None
        return when

    def view(self) -> Bbox | None:
        """The bounding box of `view` in degrees: west, south, east, north."""
        return self.box("view", self.text("view"), _BBOX_HINT) if self.text("view") else None

    def inset(self) -> Inset | None:
        """The second view of `inset`, before which its label may stand: Moscow | 30, 53, 42, 59."""
        if not self.text("inset"):
            return None
        label, _, view = self.text("inset").rpartition("|")
        box = self.box("inset", view, _INSET_HINT)
        return Inset(label.strip(), box) if box else None

    def box(self, key: str, text: str, hint: str) -> Bbox | None:
        """The bounding box that `text` is, as the value of a key or a part of it."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            self.wrong(key, "is not four numbers", hint)
            return None
        for fits, message in (
            (-180 <= west <= 180 and -180 <= east <= 180, "has a longitude beyond 180 degrees"),
            (-90 <= south <= 90 and -90 <= north <= 90, "has a latitude beyond the poles"),
            (west != east, "is as narrow as a line"),
            (south < north, "has its south above its north"),
            (south < NORTH and north > SOUTH, OFF_SHEET),
        ):
            if not fits:
                self.wrong(key, message, hint)
                return None
        box = west, max(south, SOUTH), east, min(north, NORTH)
        self.check_uncut(key, box)
        return box

    def check_uncut(self, key: str, view: Bbox) -> None:
        """Warns of a view across the seam, of which the sheet can show a part only."""
        west, south, east, north = view
        begins, ends = on_sheet(west, east)
        if (east - west) % 360 > ends - begins:
            kept = ", ".join(f"{side:g}" for side in (wrap(begins), south, wrap(ends), north))
            message = f"crosses 30° W, where the sheet begins and ends, so it is cut to {kept}"
            text, line = self.cells[key]
            self.warn(line, key, text, message, "write that, or a view on the other side of it")

    def layers(self) -> tuple[str, ...] | None:
        """The ids of `layers`, in the order given; `none` is no layer at all."""
        text = self.text("layers")
        if not text:
            return None
        if text == "none":
            return ()
        return tuple(part.strip() for part in text.split(",") if part.strip())

    def series(self) -> tuple[str, ...] | None:
        """The names of `series`, joined by `;`, in the order given; `none` is no chart at all."""
        text = self.text("series")
        if not text:
            return None
        if text == "none":
            return ()
        return tuple(part.strip() for part in text.split(";") if part.strip())

    def ids(self, key: str) -> tuple[str, ...]:
        """The ids of a key, joined by commas or `;`, each once, in the order given."""
        parts = (part.strip() for part in re.split("[,;]", self.text(key)))
        return tuple(dict.fromkeys(filter(None, parts)))

    def choice(self, key: str, known: Sequence[str]) -> str:
        """One of the known words; the first where the key is not given or holds another."""
        word = self.text(key) or known[0]
        if word in known:
            return word
        self.wrong(key, f"is not a {key}", did_you_mean(word, known, f"write {', '.join(known)}"))
        return known[0]

    def one_of(self, key: str, ids: Sequence[str], what: str) -> str | None:
        """One of these ids, each that of `what`; None where the key is not given."""
        text = self.text(key)
        if not text or text in ids:
            return text or None
        cure = did_you_mean(text, ids, f"there are: {', '.join(ids) or 'none'}")
        self.wrong(key, f"is not the id of {what}", cure)
        return None

    def lang(self) -> str:
        """The language of the story, English where it is not given."""
        text = self.text("lang") or "en"
        if not _LANG.fullmatch(text):
            self.wrong("lang", "is not a language tag", "write en, de, ja, zh-Hant or the like")
        return text


def chapter_keys(lines: list[str], line: int, complain: Complain) -> dict[str, Cell]:
    """The `key: value` lines that open `lines`, whose first is the line-th of the file."""
    cells: dict[str, Cell] = {}
    for number, text in enumerate(lines, line):
        found = _KEY.match(text)
        if not found:
            break
        if found[1] in cells:
            complain(number, None, found[1], "stands here twice", "keep one of the two")
        cells[found[1]] = Cell((found[2] or "").strip(), number)
    return cells


def front_keys(text: str, line: int, complain: Complain) -> dict[str, Cell]:
    """The keys of a front matter, YAML in which every value stays the text that it is."""
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        hint = "write each as key: value, and quotes around a value that has a colon or # in it"
        where = line + mark.line if mark else line
        complain(where, None, None, "the front matter cannot be read", hint)
        return {}
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        complain(line, None, None, "the front matter holds no keys", "write each as key: value")
        return {}
    cells: dict[str, Cell] = {}
    lines = text.splitlines()
    for key, value in root.value:
        number = line + key.start_mark.line
        if not isinstance(key, yaml.ScalarNode):
            complain(number, None, None, "is not a key", "write each as key: value")
            continue
        if key.value in cells:
            complain(number, None, key.value, "stands here twice", "keep one of the two")
        _check_comment(key, value, lines, number, complain)
        cells[str(key.value)] = Cell(_front_text(key, value, number, complain), number)
    return cells


def _check_comment(
    key: yaml.Node, value: yaml.Node, lines: list[str], line: int, complain: Complain
) -> None:
    """Complains of a comment after a value: who writes `War #1` wants it in the title."""
    ends = value.end_mark
    rest = lines[ends.line][ends.column :].strip() if ends.line < len(lines) else ""
    if rest.startswith("#"):
        hint = "put the whole value in quotes, or a comment on a line of its own"
        complain(line, str(key.value), rest, "is a comment and would be left out", hint)


def _front_text(key: yaml.Node, value: yaml.Node, line: int, complain: Complain) -> str:
    """A value as text; a list of values as they would stand on one line."""
    values = value.value if isinstance(value, yaml.SequenceNode) else [value]
    if not all(isinstance(each, yaml.ScalarNode) for each in values):
        complain(line, str(key.value), None, "holds more than one value", "write one line of text")
        return ""
    text = ", ".join(str(each.value) for each in values).strip()
    if _UNHOLDABLE.search(text):
        complain(line, str(key.value), text, "has a character that no page can hold", "delete it")
    return text
