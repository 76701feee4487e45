"""The board: medians of all rounds, a row a contender and size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from browse import Visit
from builds import Built, Rebuilds
from clicks import Clicks


@dataclass
class Row:
    """All that was measured of one contender at one size, over the rounds."""

    number: int
    contender: str
    builds: list[Built] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    @property
    def html_mb(self) -> float | None:
        """The size of the page as it was built."""
        return middle(built.html_mb for built in self.builds)

    @property
    def build_seconds(self) -> float | None:
        """The build in a fresh process."""
        return middle(built.seconds for built in self.builds)

    @property
    def build_mb(self) -> float | None:
        """The most memory that the build held."""
        return middle(built.peak_mb for built in self.builds)

    @property
    def ready(self) -> float | None:
        """Milliseconds from the start of the navigation until the page is usable."""
        return middle(visit.ready for visit in self.visits)

    @property
    def random(self) -> float | None:
        """The median step to anywhere, in milliseconds."""
        return middle(middle(visit.random) for visit in self.visits)

    @property
    def random_p95(self) -> float | None:
        """All but a twentieth of the steps to anywhere are quicker."""
        return middle(p95(visit.random) for visit in self.visits)

    @property
    def sequential(self) -> float | None:
        """The median step to the next day, in milliseconds."""
        return middle(middle(visit.sequential) for visit in self.visits)

    @property
    def sequential_p95(self) -> float | None:
        """All but a twentieth of the steps to the next day are quicker."""
        return middle(p95(visit.sequential) for visit in self.visits)

    @property
    def cpu(self) -> float | None:
        """Milliseconds that the main thread works for a step to anywhere."""
        return middle(visit.cpu for visit in self.visits)

    @property
    def renderer_mb(self) -> float | None:
        """Resident memory of the page's process after its garbage was collected."""
        return middle(visit.renderer_mb for visit in self.visits)

    @property
    def own_mb(self) -> float | None:
        """What of that is not the browser's own code."""
        return middle(visit.own_mb for visit in self.visits)

    @property
    def requests(self) -> int:
        """How often it asked for something that is not on this disk."""
        return sum(visit.requests for visit in self.visits)

    @property
    def clicks(self) -> Clicks:
        """Clicks on marks, of all rounds."""
        made, right = (
            sum(counts) for counts in zip(*(one.clicks for one in self.visits), strict=True)
        )
        return Clicks(made, right)

    @property
    def failed(self) -> str:
        """Why it is not measured whole, or ""."""
        return next((one.failed for one in (*self.builds, *self.visits) if one.failed), "")


@dataclass
class Board:
    """Every row, and the rebuilds."""

    rows: dict[tuple[int, str], Row] = field(default_factory=dict)
    rebuilds: Rebuilds | None = None

    def row(self, number: int, contender: str) -> Row:
        """The row of a contender at a size, empty when it is first asked for."""
        return self.rows.setdefault((number, contender), Row(number, contender))


def middle(values: Iterable[float | None]) -> float | None:
    """The median of the values that there are."""
    known = [value for value in values if value is not None]
    return median(known) if known else None


def p95(values: Sequence[float]) -> float | None:
    """The value that all but a twentieth do not exceed."""
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))] if values else None
