"""A scene packed small for the page.

A hundred thousand events are 30 MB as JSON; packed they are 3. Four blocks go into the page, each
deflated and in base64, so that nothing of a table can end a block, be markup or be a template:

- scene: JSON, all but the events' columns and the basemap; of each column it says how it was
  packed, of each layer of the basemap how many bytes it has
- ground: the bytes of the basemap's layers (geodata/shaping.py), one after the other
- numbers: every column of integers as byte planes, one column after the other
- texts: the UTF-8 bytes of every column of texts, one column after the other

A column of integers holds `base + least + unit * rest`, where the base of a row is 0, or the value
of the row before, or that row's value in another column, and `rest` is what is kept: all lowest
bytes first, then all second bytes, and so on. So days in order of time become small steps.

A column of few values is a column of codes that count into its list of values. Of a column of
texts the lengths in bytes are one more column of integers. `maps/player/scene.js` reads it all.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

# What each column of integers is counted from; PREVIOUS is the row before.
PREVIOUS = "previous"
BASES = {
    "first": PREVIOUS,
    "last": "first",
    "momentFirst": "first",
    "momentLast": "momentFirst",
    "offset": None,
}
DEGREES = ("lng", "lat")
STEPS = 100_000  # of a degree: a metre
TEXTS = ("id", "title", "when", "label", "place", "summary", "note")
EXACT = 2**53  # up to which a browser's numbers are
LEVEL = 6  # of deflation: 9 takes three times as long for a fiftieth less


def pack(scene: Mapping[str, Any]) -> dict[str, str]:
    """The blocks of a scene by their names. Degrees keep five decimals."""
    columns = scene["events"]
    writer = _Writer()
    for name, base in BASES.items():
        writer.add(name, np.array(columns[name], dtype=np.int64), base)
    for name in DEGREES:
        degrees = np.array(columns[name], dtype=np.float64)
        writer.add(name, np.rint(degrees * STEPS).astype(np.int64), steps=STEPS)
    for name in TEXTS:
        writer.add_texts(name, columns[name])
    for name in columns:
        if name not in writer.known:
            writer.add_codes(name, columns[name])
    ground = {name: base64.b64decode(lines) for name, lines in scene["basemap"].items()}
    heads = {
        "events": {"count": len(columns["id"]), "columns": writer.layout},
        "basemap": {name: len(lines) for name, lines in ground.items()},
    }
    text = json.dumps({**scene, **heads}, separators=(",", ":"), allow_nan=False)
    return {
        "scene": _deflated([text.encode()]),
        "ground": _deflated_ground(b"".join(ground.values())),
        "numbers": _deflated(writer.planes),
        "texts": _deflated(writer.texts),
    }


class _Writer:
    """What has been packed so far."""

    def __init__(self) -> None:
        self.layout: list[dict[str, Any]] = []
        self.planes: list[bytes] = []
        self.texts: list[bytes] = []
        self.known: dict[str, Integers] = {}

    def add(self, name: str, numbers: Integers, base: str | None = None, **more: Any) -> None:
        """A column of integers, counted from another, from the row before (PREVIOUS) or from 0."""
        rest = numbers - self._base(numbers, base)
        if np.abs(rest).max(initial=0) > EXACT:  # the numbers themselves are not so large
            base, rest = None, numbers
        least = int(rest.min()) if len(rest) else 0
        rest = rest - least
        unit = max(1, int(np.gcd.reduce(rest, initial=0)))
        if rest.max(initial=0) > EXACT:
            unit = 1
        rest //= unit
        width = (int(rest.max(initial=0)).bit_length() + 7) // 8
        self.known[name] = numbers
        self.layout.append(
            {"name": name, "base": base, "least": least, "unit": unit, "width": width} | more
        )
        self.planes += [(rest >> 8 * plane).astype(np.uint8).tobytes() for plane in range(width)]

    def add_texts(self, name: str, texts: Sequence[str]) -> None:
        characters = "".join(texts)
        written = characters.encode(errors="replace")
        plain = len(written) == len(characters)  # each character is one byte
        sizes = map(len, texts if plain else (text.encode(errors="replace") for text in texts))
        self.add(name, np.fromiter(sizes, np.int64, len(texts)), text=True)
        self.texts.append(written)

    def add_codes(self, name: str, values: Sequence[Any]) -> None:
        """A column of few values, which may be lists."""
        listed = bool(values) and isinstance(values[0], list)
        hashable = list(map(tuple, values)) if listed else values
        codes = {value: code for code, value in enumerate(dict.fromkeys(hashable))}
        numbers = np.fromiter(map(codes.__getitem__, hashable), np.int64, len(hashable))
        self.add(name, numbers, values=list(codes))

    def _base(self, numbers: Integers, base: str | None) -> Integers | int:
        if base == PREVIOUS:
            return np.concatenate([[0], numbers[:-1]]) if len(numbers) else 0
        return self.known[base] if base else 0


@lru_cache(maxsize=2)
def _deflated_ground(ground: bytes) -> str:
    """The ground of a project is the same on all its pages."""
    return _deflated([ground])


def _deflated(parts: Sequence[bytes]) -> str:
    return base64.b64encode(zlib.compress(b"".join(parts), LEVEL)).decode("ascii")
