"""Lines packed for the page and read again."""

import base64

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geodata.shaping import decode, encode

points = st.tuples(st.floats(-30.0, 330.0), st.floats(-90.0, 90.0))
lines = st.lists(st.lists(points, min_size=1, max_size=20), max_size=10)


@given(lines)
def test_a_line_comes_back_to_the_thousandth(drawn: list[list[tuple[float, float]]]) -> None:
    """Decoding gives every line, in order, rounded to three decimals."""
    read = decode(encode(drawn))
    assert len(read) == len(drawn)
    for line, points in zip(read, drawn, strict=True):
        np.testing.assert_allclose(line, np.array(points), atol=0.000501)


@given(lines, st.integers(0, 6))
def test_rounding_is_as_fine_as_asked(drawn: list[list[tuple[float, float]]], places: int) -> None:
    """With more places more decimals come back."""
    for line, points in zip(decode(encode(drawn, places), places), drawn, strict=True):
        np.testing.assert_allclose(line, np.array(points), atol=0.51 * 10**-places)


def test_the_stream_is_what_the_page_expects() -> None:
    """Two points: their number, then 1, -1 and 0.3, 0 in thousandths, zigzag, low bits first."""
    text = encode([[(1.0, -1.0), (1.3, -1.0)]])
    assert list(base64.b64decode(text)) == [2, 0xD0, 0x0F, 0xCF, 0x0F, 0xD8, 0x04, 0]


def test_nothing_is_an_empty_text() -> None:
    """No lines make no bytes, and no bytes make no lines."""
    assert encode([]) == ""
    assert decode("") == []


def test_rounding_does_not_add_up() -> None:
    """A long line of uneven steps ends where it should: errors are not carried along."""
    drawn = np.cumsum(np.full((5000, 2), 0.00049), axis=0)
    (read,) = decode(encode([drawn]))
    assert np.abs(read - drawn).max() < 0.000501
