"""Lines and rings packed into short text for the page.

The stream, read as base64, is a row of unsigned varints: seven bits a byte, lowest first, the
eighth bit set on every byte but the last of a number. For each line: how many points, then for
each point the step in longitude and in latitude from the point before (from 0, 0 at the start of
every line) in whole 10**-places degrees, zigzag: 0, -1, 1, -2, 2 ... become 0, 1, 2, 3, 4 ...
"""

import base64
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Points = Sequence[Sequence[float]] | NDArray[np.float64]


def encode(lines: Iterable[Points], places: int = 3) -> str:
    """Base64 text of lines or rings of (longitude, latitude), rounded to `places` decimals."""
    numbers: list[NDArray[np.int64]] = []
    for line in lines:
        grid = np.rint(np.asarray(line, dtype=np.float64).reshape(-1, 2) * 10**places)
        steps = np.diff(grid.astype(np.int64), axis=0, prepend=[[0, 0]]).ravel()
        numbers += [np.array([len(grid)], dtype=np.int64), (steps << 1) ^ (steps >> 63)]
    packed = _varints(np.concatenate(numbers)) if numbers else b""
    return base64.b64encode(packed).decode("ascii")


def decode(text: str, places: int = 3) -> list[NDArray[np.float64]]:
    """The lines of `encode`: one array of (longitude, latitude) a line."""
    numbers = _read_varints(base64.b64decode(text))
    lines = []
    at = 0
    while at < len(numbers):
        end = at + 1 + 2 * numbers[at]
        zigzag = np.array(numbers[at + 1 : end], dtype=np.int64).reshape(-1, 2)
        steps = (zigzag >> 1) ^ -(zigzag & 1)
        lines.append(np.cumsum(steps, axis=0) / 10**places)
        at = end
    return lines


def _varints(numbers: NDArray[np.int64]) -> bytes:
    """All numbers at once: a table of seven-bit groups, of which the unused are left out."""
    groups = max(1, -(-int(numbers.max(initial=0)).bit_length() // 7))
    shifts = 7 * np.arange(groups)
    rest = numbers[:, None] >> shifts
    used = rest > 0
    used[:, 0] = True
    more = np.zeros_like(rest)
    more[:, :-1] = used[:, 1:] * 128
    return ((rest & 127) | more)[used].astype(np.uint8).tobytes()


def _read_varints(packed: bytes) -> list[int]:
    numbers = []
    number = shift = 0
    for byte in packed:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(number)
            number = shift = 0
    return numbers
