"""Plays the shipped map for a minute and prints what it holds, and how late its frames came.

`python tests/bench/soak.py --seconds 60`: event by event, by hours, days, months and years, round
after round; after each it rests at one moment and is counted there, so that all figures compare.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[1:1] = [str(HERE.parent), str(HERE.parents[1])]  # for ensure_browser, resting and maps

from playwright.sync_api import CDPSession, Page, sync_playwright  # noqa: E402
from resting import Held, held, metrics, watched  # noqa: E402

from ensure_browser import find_browser, is_root  # noqa: E402

ROOT = HERE.parents[1]
REST = "at rest"  # the page alone: how late frames come that have nothing to draw
SPEEDS = ("event", "hour", "day", "month", "year", REST)
MOMENT = "1941-12-07"
LATE = 100  # ms: no frame may come later than this after the one before
FLAT_MB = 0.5
WINDOW = {"width": 1280, "height": 800}
WARM = """async () => {
    historyMap.seek(Number.MIN_SAFE_INTEGER);
    for (let before = null; historyMap.state().selected !== before || before === null; ) {
        before = historyMap.state().selected;
        historyMap.next();
        await new Promise(requestAnimationFrame);
    }
}"""
PLAY = """async ([speed, seconds]) => {
    const menu = document.getElementById("speed");
    menu.value = speed;
    menu.dispatchEvent(new Event("change"));
    historyMap.seek("1941-05-01");
    if (speed !== "at rest") historyMap.play();
    const gaps = [];
    const ends = performance.now() + seconds * 1000;
    let before = await new Promise(requestAnimationFrame);
    while (performance.now() < ends) {
        const now = await new Promise(requestAnimationFrame);
        gaps.push(now - before);
        before = now;
    }
    historyMap.pause();
    return gaps;
}"""


class Round(NamedTuple):
    """One speed for some seconds: the gaps between frames, work a frame, and what is held then."""

    speed: str
    gaps: list[float]  # ms
    work: float  # ms of the main thread on a processor, a frame
    held: Held


def main() -> int:
    """Builds, plays, prints; 1 if something grew or a frame was late."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=int, default=60, help="how long it plays in all")
    options.add_argument("--rounds", type=int, default=2, help="how often each speed has its turn")
    options.add_argument("--page", type=Path, help="a page that is there already")
    asked = options.parse_args()
    with TemporaryDirectory() as folder:
        page = asked.page or _built(Path(folder))
        rounds = _played(page, asked.seconds, asked.rounds)
    for line in _report(rounds):
        print(line)
    return 0 if not _faults(rounds) else 1


def _built(folder: Path) -> Path:
    from maps.site import build

    build(ROOT, folder / "site")
    return folder / "site" / "two-directions.html"


def _played(path: Path, seconds: int, rounds: int) -> list[Round]:
    """All rounds in one page; what is built when first asked for is built before them."""
    flags = ["--disable-gpu", "--disable-background-networking"]
    sandbox = ["--no-sandbox"] if sys.platform.startswith("linux") and is_root() else []
    each = seconds / (rounds * len(SPEEDS))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags + sandbox)
        page = browser.new_page(viewport=WINDOW)
        page.goto(path.resolve().as_uri())
        page.evaluate("historyMap.ready")
        session = watched(page)
        page.evaluate(WARM)
        turns = [speed for _ in range(rounds) for speed in SPEEDS]
        found = [_round(page, session, speed, each) for speed in turns]
        browser.close()
    return found


def _round(page: Page, session: CDPSession, speed: str, seconds: float) -> Round:
    before = metrics(session)["TaskDuration"]
    gaps: list[float] = page.evaluate(PLAY, [speed, seconds])
    work = (metrics(session)["TaskDuration"] - before) * 1000 / len(gaps)
    return Round(speed, gaps, work, held(page, session, MOMENT))


def _report(rounds: list[Round]) -> list[str]:
    head = f"{'speed':8}{'frames':>8}{'CPU ms':>8}{'median':>8}{'p99':>8}{'latest':>8}"
    lines = [f"{head}{'heap MB':>9}{'nodes':>7}{'listeners':>10}"]
    for speed, gaps, work, found in rounds:
        late = sorted(gaps)
        times = f"{median(gaps):8.1f}{late[int(len(late) * 0.99)]:8.1f}{late[-1]:8.1f}"
        holds = f"{found.heap_mb:9.2f}{found.nodes:7}{found.listeners:10}"
        lines.append(f"{speed:8}{len(gaps):8}{work:8.2f}{times}{holds}")
    idle = max(gap for each in rounds if each.speed == REST for gap in each.gaps)
    if idle > LATE:
        words = f"a page at rest had a frame {idle:.0f} ms late"
        lines.append(f"The machine was TOO NOISY TO JUDGE the frames: {words}.")
    return [*lines, *(_faults(rounds) or ["Flat, and no frame late."])]


def _faults(rounds: list[Round]) -> list[str]:
    """What grew from the first half of the rounds to the last, and which frames were late.

    A card that was just replaced may still be held, so that least is compared with most.
    """
    half = len(rounds) // 2
    before = [each.held for each in rounds[:half]]
    after = [each.held for each in rounds[half:]]
    grown = [
        f"{name} grew from {max(column)} to {min(later)}"
        for name, column, later in zip(
            ("nodes", "listeners"),
            zip(*(one[1:] for one in before), strict=True),
            zip(*(one[1:] for one in after), strict=True),
            strict=True,
        )
        if min(later) > max(column)
    ]
    heap = after[-1].heap_mb - before[-1].heap_mb
    if heap > FLAT_MB:
        grown.append(f"the heap grew by {heap:.2f} MB")
    late = sum(gap > LATE for each in rounds if each.speed != REST for gap in each.gaps)
    return grown + ([f"{late} frames came later than {LATE} ms"] if late else [])


if __name__ == "__main__":
    sys.exit(main())
