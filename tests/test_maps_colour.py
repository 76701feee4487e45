"""Colour arithmetic against values that anybody can look up."""

from __future__ import annotations

import pytest

from maps.colour import contrast, mix, parse, reach, spun, worst, write


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),  # the grey that just fails WCAG's AA for text ...
        ("#767676", "#ffffff", 4.54),  # ... and the one that just passes it
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Known pairs have their known ratio, whichever of them comes first."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_worst_is_the_least_of_several() -> None:
    """A colour is as clear as on the ground where it is least so."""
    assert worst("#000000", ["#ffffff", "#767676"]) == contrast("#000000", "#767676")


def test_colours_are_read_and_written() -> None:
    """`#rrggbb` there and back; what lies beyond 0 and 1 is cut off."""
    assert parse("#ff8000") == (1.0, 128 / 255, 0.0)
    assert write(parse("#1f6f8b")) == "#1f6f8b"
    assert write((-1.0, 0.5, 2.0)) == "#0080ff"


def test_mixing_lays_a_share_of_one_over_the_other() -> None:
    """All of it hides the other, nothing of it leaves the other, half of it is between."""
    mixed = [mix("#ff0000", "#0000ff", share) for share in (1, 0, 0.5)]
    assert mixed == ["#ff0000", "#0000ff", "#800080"]


def test_reach_stops_where_the_ratio_is_met() -> None:
    """A colour that is clear enough stays as it is, another gets as dark or light as it needs."""
    assert reach("#0b63a5", ["#ffffff"], 4.5, lighter=False) == "#0b63a5"
    darker = reach("#8888ff", ["#ffffff"], 4.5, lighter=False)
    assert 4.5 <= contrast(darker, "#ffffff") < 5
    lighter = reach("#333388", ["#000000"], 4.5, lighter=True)
    assert 4.5 <= contrast(lighter, "#000000") < 5


def test_reach_ends_at_the_extreme() -> None:
    """Where no shade is clear enough the search ends all the same."""
    assert worst(reach("#808080", ["#777777"], 21, lighter=True), ["#777777"]) > 4


def test_spun_hues_are_all_different() -> None:
    """A golden-angle walk comes back to no colour soon."""
    assert len({spun(index) for index in range(100)}) == 100
