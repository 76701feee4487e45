"""The seam: longitudes as the tables count them and as the sheet does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.seam import SEAM, on_sheet, unwrap, wrap

longitudes = st.floats(-180.0, 180.0)


@pytest.mark.parametrize(
    ("lon", "shown"),
    [(0.0, 0.0), (-30.0, -30.0), (-30.5, 329.5), (179.9, 179.9), (-179.9, 180.1), (-158.0, 202.0)],
)
def test_places_stand_where_expected(lon: float, shown: float) -> None:
    """Hawaii comes after the date line, the Azores at the far right, Greenwich stays."""
    assert unwrap(lon) == pytest.approx(shown)


@given(longitudes)
def test_everything_lies_on_the_sheet(lon: float) -> None:
    """Every longitude of the tables has a place from -30 to 330."""
    assert SEAM <= unwrap(lon) <= SEAM + 360.0


@given(longitudes)
def test_there_and_back(lon: float) -> None:
    """Wrapping takes unwrapping back, but for -180, which is written 180."""
    assert wrap(unwrap(lon)) == pytest.approx(180.0 if lon == -180.0 else lon, abs=1e-9)


@given(longitudes)
def test_unwrapping_twice_is_once(lon: float) -> None:
    """A longitude of the sheet is left alone."""
    assert unwrap(unwrap(lon)) == unwrap(lon)


@given(st.lists(longitudes, min_size=1))
def test_arrays_are_unwrapped_like_numbers(lons: list[float]) -> None:
    """An array gives what its numbers give one by one."""
    assert unwrap(np.array(lons)).tolist() == [unwrap(lon) for lon in lons]


@pytest.mark.parametrize(
    ("west", "east", "cut"),
    [
        (60, -120, (60, 240)),
        (-30, 20, (-30, 20)),
        (-80, 10, (280, 330)),
        (-40, 60, (-30, 60)),
        (-180, 180, (-30, 330)),
    ],
)
def test_what_crosses_the_seam_is_cut_there(
    west: float, east: float, cut: tuple[float, float]
) -> None:
    """Of a box across the seam the wider part stays; what goes all round is the whole sheet."""
    assert on_sheet(west, east) == cut
