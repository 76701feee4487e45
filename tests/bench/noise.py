"""How quiet the machine is: the same work, timed again and again between the measurements."""

from __future__ import annotations

import time
from statistics import median, quantiles

TOO_NOISY = 0.25  # the spread beyond which nothing is judged
_TURNS = 1_500_000


class Calibration:
    """Times a fixed loop; its spread is what other programs do to our figures."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def sample(self) -> None:
        """Runs the loop once."""
        begun = time.perf_counter()
        total = 0
        for turn in range(_TURNS):
            total += turn & 7
        self.seconds.append(time.perf_counter() - begun)

    @property
    def spread(self) -> float:
        """From the fastest tenth to the slowest, as a part of the median."""
        if len(self.seconds) < 4:
            return 0.0
        tenths = quantiles(self.seconds, n=10)
        return (tenths[-1] - tenths[0]) / median(self.seconds)

    @property
    def quiet(self) -> bool:
        """Whether figures may be judged."""
        return self.spread <= TOO_NOISY

    def words(self) -> str:
        """The finding as a sentence."""
        loop = f"the same loop took {median(self.seconds) * 1000:.0f} ms"
        spread = f"{loop} with a spread of {self.spread:.0%} in {len(self.seconds)} samples"
        if self.quiet:
            return f"The machine was quiet: {spread}."
        return f"The machine was TOO NOISY TO JUDGE: {spread}; {TOO_NOISY:.0%} is the limit."
