"""Events in a picture: a shape by kind, a colour by direction, and where they crowd the chief."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from maps.cover.frame import Frame, holds, number
from maps.scene import Scene

RADIUS, CHOSEN = 10.0, 14.0  # units
APART = 32.0  # units between two marks
MOST, MOST_TRIED = 40, 2000
EDGE = 12.0  # units about the picture's edge in which none stands

IsOn = Callable[[str], bool]


class Mark(NamedTuple):
    """One event in the picture."""

    x: float
    y: float
    kind: str
    directions: Sequence[str]
    status: str
    is_chosen: bool
    label: str  # its place, or else its title


def marks_of(scene: Scene, frame: Frame, at: Sequence[int], select: str, is_on: IsOn) -> list[Mark]:
    """The marks of what had begun by the end of `at`, [first, last], chief ones before others.

    First comes the event `select`, then what lasted then, key events, and the latest.
    """
    events = scene["events"]
    count = len(events["id"])
    if not count:
        return []
    places = frame.units(list(zip(events["lng"], events["lat"], strict=True)))
    inside = holds(places, -EDGE)
    shown = [
        k
        for k in range(count)
        if inside[k]
        and events["first"][k] <= at[1]
        and (events["status"][k] == "executed" or is_on("planned"))
        and any(map(is_on, events["directions"][k] or ["context"]))
    ]

    def rank(k: int) -> tuple[bool, bool, bool, int]:
        is_now = events["first"][k] <= at[1] and events["last"][k] >= at[0]
        return (
            events["id"][k] != select,
            not is_now,
            not events["key"][k],
            -events["first"][k],
        )

    found: list[Mark] = []
    for k in sorted(shown, key=rank)[:MOST_TRIED]:
        x, y = map(float, places[k])
        if len(found) < MOST and all(abs(m.x - x) + abs(m.y - y) >= APART for m in found):
            chosen = events["id"][k] == select
            directions, status = events["directions"][k], events["status"][k]
            label = events["place"][k] or events["title"][k]
            found.append(Mark(x, y, events["kind"][k], directions, status, chosen, label))
    return found


def drawn(marks: Iterable[Mark], kinds: Sequence[Mapping[str, Any]], name: str) -> str:
    """Marks, the chief one on top with two rings; `name` begins the ids of what is named."""
    marks = list(marks)
    used = {mark.kind for mark in marks}
    shapes = "".join(
        f'<path id="{name}-{kind["id"]}" d="{kind["shape"]}" fill-rule="evenodd"/>'
        for kind in kinds
        if kind["id"] in used
    )
    mixed = dict.fromkeys(tuple(mark.directions) for mark in marks if len(mark.directions) > 1)
    paints = {each: f"{name}-both{k}" for k, each in enumerate(mixed)}
    gradients = "".join(_gradient(each, paints[each]) for each in mixed)
    parts = [f"<defs>{shapes}{gradients}</defs>"] if marks else []
    for mark in reversed(marks):
        directions = tuple(mark.directions)
        tone = f"var(--direction-{directions[0]})" if directions else "var(--context)"
        paint = f"url(#{paints[directions]})" if directions in paints else tone
        parts.append(_rings(mark, tone) if mark.is_chosen else "")
        parts.append(_mark(mark, paint, f"{name}-{mark.kind}"))
    return "".join(parts)


def _mark(mark: Mark, paint: str, shape: str) -> str:
    r = CHOSEN if mark.is_chosen else RADIUS
    place = f'transform="translate({number(mark.x)} {number(mark.y)})scale({number(r)})"'
    casing = f'<use href="#{shape}" {place} stroke="var(--halo)" stroke-width=".66" '
    if mark.status == "executed":
        return f'{casing}fill="{paint}" stroke-linejoin="round" paint-order="stroke"/>'
    outline = f'stroke="{paint}" stroke-width=".3" stroke-dasharray=".6 .4" fill="none"'
    return f'{casing}fill="none"/><use href="#{shape}" {place} {outline}/>'


def _rings(mark: Mark, tone: str) -> str:
    at = f'cx="{number(mark.x)}" cy="{number(mark.y)}"'
    circles = f'<circle {at} r="26" opacity=".6"/><circle {at} r="38" opacity=".3"/>'
    return f'<g fill="none" stroke="{tone}" stroke-width="2.4">{circles}</g>'


def _gradient(directions: Sequence[str], name: str) -> str:
    """Each direction's share of a mark, with hard edges."""
    stops = "".join(
        f'<stop offset="{number(10 * edge / len(directions) * 10)}%" '
        f'stop-color="var(--direction-{direction})"/>'
        for k, direction in enumerate(directions)
        for edge in (k, k + 1)
    )
    return f'<linearGradient id="{name}">{stops}</linearGradient>'
