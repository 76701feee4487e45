"""The `key: value` lines of a story: reading them, and what they may hold.

Each reader notes a problem and gives None (or nothing) where a value cannot be understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import yaml

from events.problem import nearest
from events.row import MERCATOR_LIMIT
from events.when import When, WhenProblem
from maps.prose import Complain

Bbox = tuple[float, float, float, float]

_KEY = re.compile(r"([A-Za-z][A-Za-z_-]*):(?:[ \t]+(.*))?$")
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_BBOX_HINT = "write west, south, east, north in degrees, such as 60, -15, -120, 65"


class Cell(NamedTuple):
    """The text of one key, and its line in the file."""

    text: str
    line: int


class Keys:
    """The keys of a front matter or a chapter, as the types that they stand for."""

    def __init__(self, cells: dict[str, Cell], line: int, complain: Complain) -> None:
        self.cells = cells
        self.line = line
        self.complain = complain

    def check_known(self, known: Iterable[str]) -> None:
        """Notes each key that is none of these."""
        known = list(known)
        for key in self.cells.keys() - set(known):
            near = nearest(key, known)
            hint = f"did you mean {near}?" if near else f"the keys are {', '.join(known)}"
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
        if not self.text("view"):
            return None
        try:
            west, south, east, north = (float(part) for part in self.text("view").split(","))
        except ValueError:
            self.wrong("view", "is not four numbers", _BBOX_HINT)
            return None
        for fits, message in (
            (-180 <= west <= 180 and -180 <= east <= 180, "has a longitude beyond 180 degrees"),
            (-90 <= south <= 90 and -90 <= north <= 90, "has a latitude beyond the poles"),
            (west != east, "is as narrow as a line"),
            (south < north, "has its south above its north"),
        ):
            if not fits:
                self.wrong("view", message, _BBOX_HINT)
                return None
        return west, max(south, -MERCATOR_LIMIT), east, min(north, MERCATOR_LIMIT)

    def layers(self) -> tuple[str, ...] | None:
        """The ids of `layers`, in the order given; `none` is no layer at all."""
        text = self.text("layers")
        if not text:
            return None
        if text == "none":
            return ()
        return tuple(part.strip() for part in text.split(",") if part.strip())

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
    for key, value in root.value:
        number = line + key.start_mark.line
        if key.value in cells:
            complain(number, None, key.value, "stands here twice", "keep one of the two")
        cells[str(key.value)] = Cell(_front_text(key, value, number, complain), number)
    return cells


def _front_text(key: yaml.Node, value: yaml.Node, line: int, complain: Complain) -> str:
    """A value as text; a list of values as they would stand on one line."""
    if isinstance(value, yaml.ScalarNode):
        return str(value.value).strip()
    if isinstance(value, yaml.SequenceNode) and all(
        isinstance(each, yaml.ScalarNode) for each in value.value
    ):
        return ", ".join(str(each.value) for each in value.value)
    complain(line, str(key.value), None, "holds more than one value", "write one line of text")
    return ""
