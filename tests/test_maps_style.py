"""Every mark has a shape, and every colour can be seen on what it stands on, in both themes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from events.record import Direction
from events.words import KINDS as KIND_WORDS
from geodata.polities import Side
from maps.colour import contrast, worst
from maps.style import (
    KINDS,
    MAP_GROUNDS,
    PALETTE,
    check_colours,
    check_tints,
    colours_of,
    css_variables,
    described,
    shade,
    tones,
)

NEXT = Direction("d", "D", "", None, 1)  # takes the next of the palette
THEMES = pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
SHADES = pytest.mark.parametrize("index", range(len(PALETTE) + 12))


def grounds(theme: int, *roles: str) -> list[str]:
    """The colours of these roles."""
    return [shade(theme)[role] for role in roles]


def test_every_kind_has_a_name_and_a_shape() -> None:
    """No event is without a mark, and no mark without an event; each path is closed."""
    assert set(KINDS) == set(KIND_WORDS)
    for label, shape in KINDS.values():
        assert label
        assert re.fullmatch(r"M[-\d.,MLHVQaZ ]+Z", shape), shape


def test_one_name_in_the_legend_is_one_shape() -> None:
    """Two shapes are never called the same, and no shape has two names."""
    assert (
        len(set(KINDS.values())) == len(dict(KINDS.values())) == len({s for _, s in KINDS.values()})
    )


@THEMES
@SHADES
def test_directions_can_be_read_and_seen(index: int, theme: int) -> None:
    """Words of a direction have 4.5 : 1 and marks 3 : 1 on panel, sea and land, however many."""
    tone = tones(NEXT, index, theme)
    assert worst(tone.text, [tone.band, *grounds(theme, "panel", "sea", "land")]) >= 4.5
    assert worst(tone.mark, grounds(theme, "panel", "sea", "land")) >= 3


@THEMES
@pytest.mark.parametrize(
    ("role", "ratio", "on"),
    [
        ("ink", 4.5, ("panel", "panel-2", "sea", "land")),
        ("ink-2", 4.5, ("panel", "panel-2")),
        ("map-ink", 4.5, MAP_GROUNDS),
        ("water", 4.5, ("sea",)),
        ("on-selected", 4.5, ("selected",)),
        ("control", 3, ("panel", "panel-2")),
        ("selected", 3, ("panel", "panel-2")),
        ("context", 3, MAP_GROUNDS),
        ("arrow-context", 3, MAP_GROUNDS),
    ],
)
def test_roles_can_be_read_and_seen(
    role: str, ratio: float, on: tuple[str, ...], theme: int
) -> None:
    """What is not of a direction has its contrast too."""
    assert worst(shade(theme)[role], grounds(theme, *on)) >= ratio


def test_a_colour_for_the_dark_is_derived_from_the_light_one() -> None:
    """Who gives one colour gets a lighter one of its kind for the dark, who gives two gets both."""
    one = replace(NEXT, colour="#0b63a5")
    light, dark = colours_of(one, 0)
    assert light == "#0b63a5"
    assert contrast(dark, "#000000") > contrast(light, "#000000")
    assert worst(dark, grounds(1, *MAP_GROUNDS)) >= 4.5
    assert colours_of(replace(one, colour_dark="#123456"), 0) == ("#0b63a5", "#123456")


def test_colours_of_the_palette_come_in_order() -> None:
    """Directions without a colour take the pairs of the palette, then ever new ones."""
    assert [colours_of(NEXT, index) for index in range(len(PALETTE))] == [*PALETTE]
    assert len({colours_of(NEXT, index) for index in range(16)}) == 16


@pytest.mark.parametrize(
    ("column", "colour", "theme"), [("colour", "#ffd700", 0), ("colour_dark", "#222266", 1)]
)
def test_a_colour_that_is_hard_to_see_is_a_warning(column: str, colour: str, theme: int) -> None:
    """The warning names the cell and a colour that passes."""
    given = {"colour": "#0b63a5", "colour_dark": "#5db1f3", column: colour}
    (problem,) = check_colours([replace(NEXT, line=7, **given)])
    assert (problem.line, problem.column, problem.value) == (7, column, colour)
    assert problem.severity == "warning"
    better = re.findall("#[0-9a-f]{6}", problem.hint)[0]
    assert worst(better, grounds(theme, *MAP_GROUNDS)) >= 3
    assert check_colours([replace(NEXT, **(given | {column: better}))]) == []


@pytest.mark.parametrize(
    ("column", "tint", "theme"), [("colour", "#803020", 0), ("colour_dark", "#cfe0f2", 1)]
)
def test_a_tint_on_which_no_name_can_be_read_is_a_warning(
    column: str, tint: str, theme: int
) -> None:
    """The warning names the cell and a tint of its hue that passes."""
    given = {"colour": "#cfe0f2", "colour_dark": "#27405c", column: tint}
    side = Side("s", "S", **given, hatch="", hatch_dark="", line=7)
    (problem,) = check_tints([side])
    assert (problem.line, problem.column, problem.value) == (7, column, tint)
    assert problem.severity == "warning"
    better = re.findall("#[0-9a-f]{6}", problem.hint)[0]
    assert contrast(better, shade(theme)["map-ink"]) >= 4.5
    assert check_tints([replace(side, **{column: better})]) == []


def test_no_colour_is_no_warning() -> None:
    """Nobody has to choose colours."""
    assert check_colours([NEXT]) == []


def test_the_stylesheet_has_every_variable_in_every_theme() -> None:
    """Light, the system's dark and the chosen dark name the same properties."""
    text = css_variables(described([NEXT]))
    blocks = [set(re.findall(r"(--[\w-]+):#", block)) for block in text.splitlines()]
    assert len(blocks) == 3
    assert blocks[0] == blocks[1] == blocks[2] >= {"--ink", "--direction-d", "--text-of-d"}


def test_the_variables_of_two_directions_never_meet() -> None:
    """Ids that end in a part of another's variable, such as north-text, take nothing from it."""
    ids = ("north", "north-text", "north-band")
    text = css_variables(described([replace(NEXT, id=name) for name in ids]))
    names = re.findall(r"(--[\w-]+):#", text.splitlines()[0])
    assert len(names) == len(set(names))
