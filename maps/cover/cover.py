"""Scene -> a picture of its map as SVG, the same bytes for the same scene.

Colours are written as `var(--role)`, as the page's stylesheet names them; `with_colours` puts those
of one theme in their place, for a file that stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import numpy as np

from maps.cover import marks, words
from maps.cover.arrows import arrow, evenly, line_of
from maps.cover.frame import HEIGHT, WIDTH, Frame
from maps.cover.ground import ground
from maps.cover.held import as_of, lasts
from maps.memory import Memory
from maps.scene import Scene
from maps.style import CONTEXT, colours_in

MOST_ARROWS = 24
_COLOUR = re.compile(r'"var\(--([\w-]+)\)"')


def cover_of(scene: Scene, cover: str | None, memory: Memory) -> str:
    """The picture of a map at its chapter `cover`; where that is None, at the first that tells what
    happened and has a date and a view.

    A map without any is shown as it opens. The ground is not drawn anew while only rows of events
    change, or who held it on other days.
    """
    chapter = _chosen(scene["chapters"], cover)
    at = (chapter and chapter["at"]) or scene["opening"]
    view = (chapter and chapter["view"]) or scene["view"]
    on = {layer["id"] for layer in scene["layers"] if layer["on"]}
    if chapter and chapter["layers"] is not None:
        on = set(chapter["layers"])
    name, frame, is_on = scene["slug"], Frame.of(view), on.__contains__
    below = as_of(scene, at[1])
    draw = partial(ground, below, frame, at[1], is_on, name)
    land = memory.recall("ground", [below, view, at[1], sorted(on), name], draw)
    routes = _routes(scene, at[1], is_on) if "routes" in on else []
    lines = [(route, line_of(route, at[1], frame)) for route in routes]
    arrows = [(line, arrow(route, line, _tone(route))) for route, line in lines if line is not None]
    shown = marks.marks_of(scene, frame, at, (chapter and chapter["select"]) or "", is_on)
    busy = [np.array([(mark.x, mark.y) for mark in shown]).reshape(-1, 2)]
    busy += [line for line, _ in arrows] + [evenly(np.array(front)) for front in land["fronts"]]
    named = [name for name in scene["names"] if lasts(name, at[1])] if "names" in on else []
    owners = land["names"] if "names" in on else []
    off = np.vstack(busy)
    written = words.words_of(owners, named, frame, off) or words.labels_of(shown, off)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(_told(scene, chapter))}">{land["drawn"]}'
        f'<g font-family="{words.SERIF}">{words.drawn(written)}</g>'
        f"{''.join(drawn for _, drawn in arrows)}{marks.drawn(shown, scene['kinds'], name)}</svg>"
    )


def with_colours(picture: str, scene: Scene, theme: int = 0) -> str:
    """A picture that stands alone, in the colours of a theme (0 light, 1 dark)."""
    colours = colours_in(scene["directions"], scene["sides"], theme)
    return _COLOUR.sub(lambda found: f'"{colours[found[1]]}"', picture)


def _chosen(chapters: Sequence[Mapping[str, Any]], cover: str | None) -> Mapping[str, Any] | None:
    told = (chapter for chapter in chapters if chapter["id"] == cover)
    happened = (chapter for chapter in chapters if chapter["status"] == "executed")
    seen = (chapter for chapter in happened if chapter["view"] and chapter["at"])
    return next(told, None) or next(seen, None)


def _routes(scene: Scene, at: int, is_on: Any) -> list[Mapping[str, Any]]:
    """The routes that had begun, the latest on top; those long over give way."""
    begun = [
        route
        for route in scene["routes"]
        if route["first"] <= at
        and (route["status"] == "executed" or is_on("planned"))
        and any(map(is_on, route["directions"] or [CONTEXT]))
    ]
    begun.sort(key=lambda route: (route["last"], route["id"]))
    return begun[-MOST_ARROWS:]


def _tone(route: Mapping[str, Any]) -> str:
    directions = route["directions"]
    return f"direction-{directions[0]}" if len(directions) == 1 else "arrow-context"


def _told(scene: Scene, chapter: Mapping[str, Any] | None) -> str:
    """The picture in words."""
    if not chapter:
        return f"Map: {scene['title']}"
    return f"Map: {scene['title']}, {chapter['label']}: {chapter['title']}"
