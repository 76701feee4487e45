"""The few words of a picture: the largest names, where there is most room for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from maps.cover.frame import HEIGHT, WIDTH, Frame, Points, number
from maps.cover.marks import Mark

MOST = 3
SERIF = "Charter, Palatino Linotype, Georgia, Liberation Serif, serif"
SANS = "Segoe UI, Roboto, Helvetica Neue, Liberation Sans, Arial, sans-serif"
LETTER = 0.72  # of its size that a capital is wide, about
SMALLEST, LARGEST = 24.0, 40.0  # units
PLACE = 26.0  # units: the type of a place
EDGE = 20.0  # units about the picture's edge in which no word stands


class Word(NamedTuple):
    """A name, in the middle of where it stands."""

    text: str
    x: float
    y: float
    size: float
    tracking: float
    kind: str

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        half = _width(self.text, self.size, self.tracking) / 2
        return self.x - half, self.y - self.size / 2, self.x + half, self.y + self.size / 2


def words_of(
    owners: Iterable[Sequence[Any]], names: Iterable[Mapping[str, Any]], frame: Frame, busy: Points
) -> list[Word]:
    """The largest names that have room beside one another, off `busy` points where that can be.

    `owners` are those of the ground: name, extent and chords in units; `names` those of the scene.
    """
    found: list[Word] = []
    for tried in _ordered(owners, names, frame):
        free = [word for word in tried if not _meets(word, found)]
        if free and len(found) < MOST:
            found.append(min(free, key=lambda word: _covered(word, busy)))
    return found


def _ordered(
    owners: Iterable[Sequence[Any]], names: Iterable[Mapping[str, Any]], frame: Frame
) -> Iterator[list[Word]]:
    """Of each name, the largest first, where it may stand; owners before seas."""
    ranked = sorted(owners, key=lambda each: (-each[1], each[0]))
    for name, extent, chords in ranked:
        yield [
            word
            for chord in sorted(chords, key=_seen)
            for word in _along(name.upper(), chord, extent)
        ]
    for one in sorted(names, key=lambda one: (one["kind"] != "polity", one["rank"], one["text"])):
        if one["kind"] == "sea" or (one["kind"] == "polity" and not ranked):
            yield list(_about(one, frame))


def labels_of(marks: Sequence[Mark], busy: Points) -> list[Word]:
    """The places of the chief marks, where nothing else is named: beside each, if there is room."""
    found: list[Word] = []
    for mark in marks:
        away = 22 + _width(mark.label, PLACE, 0) / 2
        tried = [Word(mark.label, mark.x + x, mark.y, PLACE, 0, "place") for x in (away, -away)]
        tried = [word for word in tried if _is_whole(word) and not _meets(word, found)]
        free = [word for word in tried if all(not _within(other, word) for other in marks)]
        if free and len(found) < MOST:
            found.append(min(free, key=lambda word: _covered(word, busy)))
    return found


def _within(mark: Mark, word: Word) -> bool:
    left, top, right, bottom = word.box
    return left < mark.x + 12 and mark.x - 12 < right and top < mark.y + 12 and mark.y - 12 < bottom


def _is_whole(word: Word) -> bool:
    left, top, right, bottom = word.box
    return left > EDGE and top > EDGE and right < WIDTH - EDGE and bottom < HEIGHT - EDGE


def _meets(word: Word, others: Iterable[Word]) -> bool:
    return any(_overlap(word, other) for other in others)


def _seen(chord: Sequence[float]) -> float:
    """Sorts the chords of which most is in sight before others."""
    return max(chord[0], 0) - min(chord[1], WIDTH)


def _along(text: str, chord: Sequence[float], extent: float) -> Iterator[Word]:
    """A name on a chord of its ground, in its middle and towards its ends, if it fits."""
    a, b, y = max(chord[0], EDGE), min(chord[1], WIDTH - EDGE), chord[2]
    size = min(LARGEST, max(SMALLEST, 20 + 0.03 * extent))
    while size >= SMALLEST and _width(text, size, 0) > b - a - 8:
        size -= 2
    if size < SMALLEST or not EDGE + size / 2 < y < HEIGHT - EDGE - size / 2:
        return
    spare = (0.55 * (b - a) - _width(text, size, 0)) / len(text)
    tracking = max(0.06 * size, min(spare, size / 4))
    room = max(0.0, b - a - _width(text, size, tracking))
    for share in (0, -0.45, 0.45):
        yield Word(text, (a + b) / 2 + share * room, y, size, tracking, "")


def _about(name: Mapping[str, Any], frame: Frame) -> Iterator[Word]:
    """A name that stands at a point, or a little off it."""
    x, y = map(float, frame.units([(name["lng"], name["lat"])])[0])
    sea = name["kind"] == "sea"
    size = 32.0 - 4 * min(int(name["rank"]), 2)
    text = name["text"] if sea else name["text"].upper()
    for across, down in product((0, -48, 48), (0, -32, 32)):
        word = Word(text, x + across, y + down, size, 1.0, name["kind"])
        if _is_whole(word):
            yield word


def drawn(words: Iterable[Word]) -> str:
    """Words as SVG."""
    return "".join(map(_text, words))


def _text(word: Word) -> str:
    tone, halo, slant = ("map-ink", "", "")
    if word.kind == "sea":
        tone, halo, slant = "water", "sea", ' font-style="italic"'
    elif word.kind == "place":
        tone, halo, slant = "ink", "halo", f' font-family="{SANS}" font-weight="700"'
    casing = f' stroke="var(--{halo})" stroke-width="6" paint-order="stroke"' if halo else ""
    place = f'x="{number(word.x)}" y="{number(word.y + 0.34 * word.size)}" text-anchor="middle"'
    type_ = f'font-size="{number(word.size)}" letter-spacing="{number(word.tracking)}"{slant}'
    return f'<text {place} {type_} fill="var(--{tone})"{casing}>{escape(word.text)}</text>'


def _width(text: str, size: float, tracking: float) -> float:
    return len(text) * (LETTER * size + tracking)


def _overlap(one: Word, other: Word) -> bool:
    a, b = one.box, other.box
    return a[0] < b[2] + 8 and b[0] < a[2] + 8 and a[1] < b[3] + 8 and b[1] < a[3] + 8


def _covered(word: Word, busy: Points) -> int:
    """How much a word would lie on busy points, or close by them."""
    if not len(busy):
        return 0
    left, top, right, bottom = word.box
    x, y = busy[:, 0], busy[:, 1]
    near = (x > left - 10) & (x < right + 10) & (y > top - 10) & (y < bottom + 10)
    return int(near.sum()) + 3 * int(
        np.sum(near & (x > left) & (x < right) & (y > top) & (y < bottom))
    )
