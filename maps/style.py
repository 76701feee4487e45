"""Colours and symbols: one table for the stylesheet, the canvas, the legend and what comes later.

Colours are named by role, never by country. Each was measured against the ground it stands on:
text 4.5 : 1, marks and controls 3 : 1, in both themes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import hypot
from typing import Any

from events.problem import Problem
from events.record import Direction
from geodata.polities import Side
from maps.colour import contrast, mix, reach, spun, worst

# role: (light, dark)
TOKENS: dict[str, tuple[str, str]] = {
    "ink": ("#1b2126", "#eff2f4"),  # text on panels
    "ink-2": ("#454e56", "#b4bec6"),  # secondary text, on panels only
    "map-ink": ("#3a4147", "#d3d9de"),  # names of polities
    "water": ("#3c5a6b", "#8fb0c2"),  # names of seas, the date line
    "control": ("#757b81", "#7d8993"),  # borders of buttons, axes
    "context": ("#566069", "#a7b1b9"),  # marks of no direction
    "arrow-context": ("#3b4248", "#c9d0d6"),  # routes of no direction
    "selected": ("#1b2126", "#e8ecef"),  # filled buttons, the playhead
    "on-selected": ("#ffffff", "#12171c"),  # what is written on them
    "highlight": ("#f3c033", "#c8920c"),  # about what a chapter wants to stand out
    "sea": ("#dde7f0", "#0b151e"),
    "land": ("#f5f0e8", "#272c32"),
    "border": ("#c9bfae", "#4a535c"),  # country lines for context
    "polity-border": ("#ffffff", "#0f151b"),  # between those who own the ground
    "front": ("#22272b", "#f2f4f5"),  # front lines
    "coast": ("#8799a6", "#5a6974"),
    "halo": ("#ffffff", "#0c1116"),  # casing of marks, routes and words on the map
    "panel": ("#fcfbf8", "#1a2027"),
    "panel-2": ("#f2f0ea", "#232a32"),
    "hairline": ("#d6d3ca", "#353e47"),  # rules inside panels
}
MAP_GROUNDS = ("sea", "land")
CONTEXT = "context"

# The first directions of any project take these (light, dark); the pair is chosen to stay apart
# for every kind of colour vision.
PALETTE = (
    ("#0b63a5", "#5db1f3"),
    ("#c8501e", "#ff8d5e"),
    ("#6a4c93", "#b79be0"),
    ("#2b7549", "#6cc08f"),
)


def _circle(r: float) -> str:
    return f"M{-r},0a{r},{r} 0 1 0 {2 * r},0a{r},{r} 0 1 0 {-2 * r},0Z"


def _cross(arm: float, half: float) -> str:
    """A diagonal cross: a plus of that arm and half thickness, turned by 45 degrees."""
    plus = [(half, half), (half, arm), (-half, arm), (-half, half)]
    corners: list[tuple[float, float]] = []
    for _ in range(4):
        corners += plus[:3]
        plus = [(-y, x) for x, y in plus]
    turn = hypot(0.5, 0.5)
    turned = [(turn * (x - y), turn * (x + y)) for x, y in corners]
    return "M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in turned) + "Z"


_DIAMOND = "M0,-1.18L1.18,0L0,1.18L-1.18,0Z"
_TAG = "M-.92,-.86H.5L1.25,0L.5,.86H-.92Z"
_EYE = "M-1.35,0Q0,-1.55 1.35,0Q0,1.55 -1.35,0Z" + _circle(0.38)

# kind: (name in the legend, path about 0,0 with radius 1, filled by the even-odd rule)
KINDS: dict[str, tuple[str, str]] = {
    "battle": ("battle", _cross(1.14, 0.27)),
    "decision": ("decision, plan", _DIAMOND),
    "plan": ("decision, plan", _DIAMOND),
    "diplomacy": ("diplomacy, surrender", _circle(1)),
    "surrender": ("diplomacy, surrender", _circle(1)),
    "deployment": ("deployment", _TAG),
    "mobilisation": ("deployment", _TAG),
    "economy": ("economy", "M-.9,-.9H.9V.9H-.9Z"),
    "intelligence": ("intelligence", _EYE),
    "context": ("context", _circle(0.7)),
    "event": ("event", _circle(0.9)),
}


@dataclass(frozen=True, slots=True)
class Tones:
    """The shades of one direction in one theme: marks, words and the ground of its lane."""

    mark: str
    text: str
    band: str


def shade(theme: int) -> dict[str, str]:
    """Role -> colour in one theme (0 light, 1 dark)."""
    return {role: pair[theme] for role, pair in TOKENS.items()}


def _grounds(theme: int) -> list[str]:
    tokens = shade(theme)
    return [tokens[role] for role in MAP_GROUNDS]


def colours_of(direction: Direction, index: int) -> tuple[str, str]:
    """The direction's own colours where its table gives them, else the next of the palette."""
    if direction.colour:
        dark = direction.colour_dark or reach(direction.colour, _grounds(1), 4.5, lighter=True)
        return direction.colour, dark
    if index < len(PALETTE):
        return PALETTE[index]
    light = reach(spun(index), _grounds(0), 3, lighter=False)
    return light, reach(light, _grounds(1), 4.5, lighter=True)


def tones(direction: Direction, index: int, theme: int) -> Tones:
    """The shades of the index-th direction in a theme (0 light, 1 dark)."""
    mark = colours_of(direction, index)[theme]
    panel = shade(theme)["panel"]
    band = mix(mark, panel, (0.15, 0.22)[theme])
    text = reach(mark, [panel, band, *_grounds(theme)], 4.5, lighter=theme == 1)
    return Tones(mark, text, band)


def check_colours(directions: Sequence[Direction]) -> list[Problem]:
    """A warning for each direction whose colour is hard to see on the map (below 3 : 1)."""
    problems = []
    for theme, column in enumerate(("colour", "colour_dark")):
        for direction in directions:
            colour = getattr(direction, column)
            if not colour or worst(colour, _grounds(theme)) >= 3:
                continue
            ratio = worst(colour, _grounds(theme))
            better = reach(colour, _grounds(theme), 3, lighter=theme == 1)
            problems.append(
                Problem(
                    path="events/tables/directions.csv",
                    line=direction.line,
                    column=column,
                    value=colour,
                    message=f"is hard to see on the map (contrast {ratio:.1f}, 3 is needed)",
                    hint=f"the nearest colour that is clear enough is {better}",
                    severity="warning",
                )
            )
    return problems


def check_tints(sides: Sequence[Side]) -> list[Problem]:
    """A warning for each side on whose tint the names of polities are hard to read (4.5 : 1)."""
    problems = []
    for theme, column in enumerate(("colour", "colour_dark")):
        ink = shade(theme)["map-ink"]
        for side in sides:
            tint = getattr(side, column)
            if not tint or contrast(ink, tint) >= 4.5:
                continue
            ratio = contrast(ink, tint)
            better = reach(tint, [ink], 4.5, lighter=theme == 0)
            problems.append(
                Problem(
                    path="geodata/layers/sides.csv",
                    line=side.line,
                    column=column,
                    value=tint,
                    message=f"is hard to read names on (contrast {ratio:.1f}, 4.5 is needed)",
                    hint=f"the nearest tint that is {('pale', 'dark')[theme]} enough is {better}",
                    severity="warning",
                )
            )
    return problems


def described(directions: Sequence[Direction]) -> list[dict[str, Any]]:
    """The directions as the scene holds them: id, label and the shades of both themes."""
    return [
        {
            "id": direction.id,
            "label": direction.label,
            "light": asdict(tones(direction, index, 0)),
            "dark": asdict(tones(direction, index, 1)),
        }
        for index, direction in enumerate(directions)
    ]


@dataclass(frozen=True, slots=True)
class Tints:
    """The grounds of one side in one theme: its own, that of its clients, and lines of a hatch."""

    tint: str
    client: str
    hatch: str


def described_sides(sides: Sequence[Side]) -> list[dict[str, Any]]:
    """The sides as the scene holds them: id, label and the tints of both themes."""
    return [
        {
            "id": side.id,
            "label": side.label,
            "light": asdict(_tints(index, side.colour, side.hatch, 0)),
            "dark": asdict(_tints(index, side.colour_dark, side.hatch_dark, 1)),
        }
        for index, side in enumerate(sides)
    ]


def _tints(index: int, tint: str, hatch: str, theme: int) -> Tints:
    """Colours that a table leaves out are made: the tints of sides are spun, apart from others'."""
    land = shade(theme)["land"]
    tint = tint or mix(spun(index), land, (0.22, 0.3)[theme])
    hatch = hatch or reach(mix(tint, shade(theme)["map-ink"], 0.5), [tint], 3, lighter=theme == 1)
    return Tints(tint, mix(tint, land, 0.5), hatch)


def colours_in(
    directions: Sequence[dict[str, Any]], sides: Sequence[dict[str, Any]], theme: int
) -> dict[str, str]:
    """Every colour of one theme (0 light, 1 dark) by the name that the stylesheet gives it."""
    colours = shade(theme)
    for direction in directions:
        tone = direction[("light", "dark")[theme]]
        colours[f"direction-{direction['id']}"] = tone["mark"]
        colours |= {f"{part}-of-{direction['id']}": tone[part] for part in ("text", "band")}
    for side in sides:
        tints = side[("light", "dark")[theme]]
        colours |= {f"{part}-of-{side['id']}": tints[part] for part in ("tint", "client", "hatch")}
    return colours


def css_variables(
    directions: Sequence[dict[str, Any]] = (), sides: Sequence[dict[str, Any]] = ()
) -> str:
    """Both themes as custom properties; `data-theme` on the root overrides the reader's system."""
    light, dark = (
        ";".join(f"--{name}:{colour}" for name, colour in colours_in(directions, sides, k).items())
        for k in (0, 1)
    )
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"])'
        f"{{color-scheme:dark;{dark}}}}}\n"
        f':root[data-theme="dark"]{{color-scheme:dark;{dark}}}\n'
    )
