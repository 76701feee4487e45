"""The seam: the meridian where the sheet begins and ends.

Tables count longitudes from -180 to 180. The sheet counts them from the seam, -30 to 330, so that
the Pacific lies whole in the middle and nothing that crosses 180 degrees is torn.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

SEAM = -30.0

Longitude = TypeVar("Longitude", float, NDArray[np.float64])


def unwrap(lon: Longitude) -> Longitude:
    """Longitude on the sheet, -30 to 330, of one in -180 to 180 (degrees; a number or an array)."""
    return lon + 360.0 * (lon < SEAM)


def on_sheet(west: float, east: float) -> tuple[float, float]:
    """The ends on the sheet of what runs eastward from one longitude to another (degrees).

    What runs across the seam is cut there, and its wider part kept.
    """
    if (east - west) % 360 == 0:
        return SEAM, SEAM + 360
    begins, ends = unwrap(west), unwrap(east)
    if begins < ends:
        return begins, ends
    return (begins, SEAM + 360) if SEAM + 360 - begins >= ends - SEAM else (SEAM, ends)


def wrap(lon: Longitude) -> Longitude:
    """Longitude in -180 to 180 of one on the sheet (degrees; a number or an array)."""
    return lon - 360.0 * (lon > 180.0)
