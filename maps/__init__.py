"""How it is shown: stories, scenes, pages, the player; and `show`, a map as a notebook has it.

Nothing that is slow to load is loaded before it is asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maps.notebook import Shown, Stories

__all__ = ["show"]


def show(
    story: str | None = None,
    project: str | Path = ".",
    at: str | None = None,
    chapter: str | None = None,
    height: int = 640,
    theme: str = "auto",
) -> Shown | Stories:
    """A map, as a notebook shows what a cell gives; without a story the only one, or their list.

    `project` is a folder, by itself the one that we are in, or else the atlas that came with the
    code. It opens `at` a date in ISO 8601 or EDTF, or at a chapter by its id. `height` is in CSS
    pixels, `theme` auto, light or dark. Raises CannotShow in words.
    """
    from maps.notebook import show as show_map

    # A year is soon written as a number, and a day as a date.
    name, when, opened = (None if one is None else str(one) for one in (story, at, chapter))
    return show_map(name, Path(project), when, opened, height, theme)
