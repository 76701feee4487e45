"""Builds that are killed at random moments: is every file whole, and the next build exact?

    python tests/bench/kills.py [--times 200] [--seed 1]

Two states of the small project take turns, so that each build has something to write. Needs a
system that can kill a process at once.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = ".made.json"


def main() -> int:
    """Kills so many builds; 1 where any file was torn or a later build was not exact."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return trial(Path(folder), options.times, random.Random(options.seed))


def trial(work: Path, times: int, chance: random.Random) -> int:
    """Builds and kills, and says what was found."""
    os.environ["HISTORY_MAP_CACHE"] = ""
    states = [work / "one", work / "two"]
    for state in states:
        shutil.copytree(ROOT / "tests" / "project", state)
    events = states[1] / "events" / "tables" / "events.csv"
    events.write_text(events.read_text("utf-8").replace("The fleet", "A fleet"), encoding="utf-8")
    story = states[1] / "maps" / "stories" / "one-lamp.md"
    story.write_text("---\ntitle: One Lamp\nspan: 1887\n---\nOne.\n", encoding="utf-8")
    exact = []
    for state in states:
        begun = time.perf_counter()
        assert _start(state, work / f"{state.name}-site").wait() == 0
        longest = time.perf_counter() - begun
        exact.append(_contents(work / f"{state.name}-site"))
    os.environ["HISTORY_MAP_CACHE"] = str(work / "memory")
    site = work / "site"
    torn = wrong = killed = turn = 0
    while killed < times:
        turn += 1
        running = _start(states[turn % 2], site, *(["--force"] if turn % 4 else []))
        try:
            running.wait(chance.uniform(0, longest))
        except subprocess.TimeoutExpired:
            running.kill()
            killed += 1
            running.wait()
        for name, found in _contents(site).items() if site.is_dir() else ():
            torn += name != LIST and found not in (each.get(name) for each in exact)
        if turn % 10 == 9:
            assert _start(states[turn % 2], site).wait() == 0
            wrong += _contents(site) != exact[turn % 2]
    print(f"{killed} of {turn} builds killed: {torn} files torn, {wrong} later builds not exact")
    return int(bool(torn or wrong))


def _start(project: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "make_maps.py", "--project", str(project), "--out", str(out), *more]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)


def _contents(folder: Path) -> dict[str, bytes]:
    """What a reader of the site can meet: parts are nobody's."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".part")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


if __name__ == "__main__":
    sys.exit(main())
