"""Speaker notes of a story: what stands between a line `::: notes` and a line `:::`.

    ::: notes
    What to point at, what to ask, which sources stand behind it.
    :::

Quarto and Pandoc write them so too. They belong to the chapter under whose heading they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from maps.prose import Complain

OPENS = "::: notes"
CLOSES = ":::"
_FENCE = re.compile(r" {0,3}:::+(?:[ \t]|$)")
_OPENING = re.compile(r" {0,3}:::+[ \t]*(?:notes|\{\.notes\})[ \t]*$")
_CLOSING = re.compile(r" {0,3}:::+[ \t]*$")


class Notes(NamedTuple):
    """One block of notes: its words, and the line of the file on which they begin."""

    text: str
    line: int


def take_notes(lines: list[str], line: int, complain: Complain) -> Iterator[Notes]:
    """Each block of notes in `lines`, the first of which is the line-th of the file.

    Its lines are left empty, so that what remains is what the audience reads.
    """
    opened: int | None = None
    for index, text in enumerate(lines):
        if opened is None and _OPENING.match(text):
            opened = index
        elif opened is not None and _CLOSING.match(text):
            yield Notes("\n".join(lines[opened + 1 : index]), line + opened + 1)
            lines[opened : index + 1] = [""] * (index + 1 - opened)
            opened = None
        elif _FENCE.match(text):
            hint = f"write {OPENS} before speaker notes and {CLOSES} after them"
            complain(line + index, None, text.strip(), "begins or ends no notes", hint)
    if opened is not None:
        hint = f"write {CLOSES} on a line of its own after them"
        complain(line + opened, None, OPENS, "opens notes that do not end", hint)
