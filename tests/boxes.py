"""Where on a page words, marks and panels lie, and which lie on one another."""

from __future__ import annotations

from itertools import combinations
from typing import Any

FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
LOOK = """() => {
    const box = one => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return { name: one.id || one.textContent.trim() || one.className, x, y, width, height };
    };
    const seen = (selector, from = document) =>
        [...from.querySelectorAll(selector)].filter(one => one.checkVisibility()).map(box);
    const home = document.querySelector(".map-frame").getBoundingClientRect();
    const chosen = document.querySelector(".map-frame .mark.selected");
    const middle = chosen && box(chosen);
    return {
        wide: document.scrollingElement.scrollWidth - innerWidth,
        tall: document.scrollingElement.scrollHeight - innerHeight,
        app: box(document.getElementById("app")),
        topbar: seen(".topbar > :not(.grow)"),
        controls: seen(".controls > :not(.grow), .timing > :not(.grow)"),
        panels: seen(".legend, .caption, .zoom, .panel, .credit, .scalebar, .pill"),
        marks: seen(".map-frame .mark"),
        words: historyMap.words().map(({ text, x, y, width, height }) =>
            ({ name: text, x: x + home.left, y: y + home.top, width, height })),
        chosen: middle,
        onTop: chosen && document.elementFromPoint(
            middle.x + middle.width / 2, middle.y + middle.height / 2).closest(".mark") === chosen,
    };
}"""

Box = dict[str, Any]


def meet(a: Box, b: Box, slack: float = 0.5) -> bool:
    """Whether two boxes share more than a hairline."""
    return (
        a["x"] + slack < b["x"] + b["width"]
        and b["x"] + slack < a["x"] + a["width"]
        and a["y"] + slack < b["y"] + b["height"]
        and b["y"] + slack < a["y"] + a["height"]
    )


def clashes(boxes: list[Box], others: list[Box] | None = None) -> list[tuple[str, str]]:
    """The names of those that lie on one another, or on one of the others."""
    if others is None:
        pairs = combinations(boxes, 2)
    else:
        pairs = ((one, other) for one in boxes for other in others)
    return [(a["name"][:40], b["name"][:40]) for a, b in pairs if meet(a, b)]


def core(mark: Box) -> Box:
    """The part of a mark's hit area that its shape fills."""
    centre = mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2
    return {"name": mark["name"], "x": centre[0] - 7, "y": centre[1] - 7, "width": 14, "height": 14}
