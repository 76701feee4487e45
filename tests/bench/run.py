"""The bench: our maps against folium's time plugins, in one run on one machine.

    python tests/bench/run.py [--sizes 1k,10k,100k,1m] [--rounds 3] [--keep]

Prints a table and, beside each target, what was reached. The browser files that the peers need come
from npm once, into tests/bench/.cache, which git ignores; the pages run without any network.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(1, str(HERE.parent))  # for ensure_browser

import builds  # noqa: E402
import vendor  # noqa: E402
from board import Board  # noqa: E402
from browse import NoBrowser, session, visit  # noqa: E402
from contenders import Contender, contenders_at  # noqa: E402
from noise import Calibration  # noqa: E402
from report import render  # noqa: E402

CACHE = HERE / ".cache"
SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
SLOW = 45  # seconds; what takes longer is measured once, not in every round
DONE, NO_TOOL = 0, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the bench; 3 where a browser or the peers' files are missing."""
    options = _options(argv)
    board, calibration = Board(), Calibration()
    try:
        vendor.fetch(CACHE)
        bench = Bench(board, calibration, CACHE / "work")
        bench.run(options.sizes, options.rounds)
    except (NoBrowser, vendor.NoFiles) as missing:
        print(missing, file=sys.stderr)
        return NO_TOOL
    finally:
        if not options.keep:
            shutil.rmtree(CACHE / "work", ignore_errors=True)
    print(render(board, calibration))
    return DONE


class Bench:
    """One run: builds every page, then visits them, round after round."""

    def __init__(self, board: Board, calibration: Calibration, work: Path) -> None:
        self.board, self.calibration, self.work = board, calibration, work
        self.pages: dict[tuple[int, Contender], Path] = {}
        self.once: set[tuple[str, int, Contender]] = set()  # too slow to be done again

    def run(self, sizes: Sequence[int], rounds: int) -> None:
        """Everything; rounds are interleaved, so that a noisy minute meets all alike."""
        everyone = [(number, each) for number in sizes for each in contenders_at(number)]
        for turn in range(rounds):
            for number, contender in everyone:
                self._timed("build", turn, number, contender)
        _say("rebuilds")
        largest = max((n for n in sizes if n <= 100_000), default=None)
        project = builds.project_of(self.work, largest) if largest else None
        self.board.rebuilds = builds.rebuild(self.work, project)
        with session() as browser:
            self.browser = browser
            self._warm_up(everyone)
            for turn in range(rounds):
                for number, contender in everyone:
                    self._timed("visit", turn, number, contender)

    def _warm_up(self, everyone: Sequence[tuple[int, Contender]]) -> None:
        """The first page of a browser pays for all: one visit that nobody counts."""
        smallest = min(everyone, key=lambda one: one[0])
        if smallest in self.pages:
            visit(self.browser, smallest[1], self.pages[smallest], smallest[0])

    def _timed(self, what: str, turn: int, number: int, contender: Contender) -> None:
        if (what, number, contender) in self.once:
            return
        _say(f"round {turn + 1}, {what}: {number:,} events, {contender.name}")
        self.calibration.sample()
        begun = time.perf_counter()
        whole = (
            self._build(number, contender) if what == "build" else self._visit(number, contender)
        )
        if not whole or time.perf_counter() - begun > SLOW:
            self.once.add((what, number, contender))

    def _build(self, number: int, contender: Contender) -> bool:
        built, page = builds.build(contender, number, self.work, CACHE)
        self.board.row(number, contender.name).builds.append(built)
        if not built.failed:
            self.pages[number, contender] = page
        return not built.failed

    def _visit(self, number: int, contender: Contender) -> bool:
        page = self.pages.get((number, contender))
        if page is None:
            return False
        seen = visit(self.browser, contender, page, number)
        self.board.row(number, contender.name).visits.append(seen)
        return not seen.failed


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=_sizes, default="1k,10k,100k,1m", help="numbers of events")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured")
    parser.add_argument("--keep", action="store_true", help="leave the pages in .cache/work")
    return parser.parse_args(argv)


def _sizes(text: str) -> list[int]:
    words = text.lower().split(",")
    unknown = [word for word in words if word not in SIZES]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(SIZES)}")
    return sorted(SIZES[word] for word in words)


def _say(step: str) -> None:
    """Shows progress to who sits before it, and to nobody else."""
    if sys.stderr.isatty():
        print(f"{step} ...", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
