"""Saves of a served table: how long from an edited row to its picture in a browser?

    python tests/bench/saves.py [--saves 10] [--seed 1] [--project DIR]

A copy of the shipped project is served by a process of its own and stands open in Chromium, with
the card of an event before the map. The event gets another title, and the time counts until a
frame with that was painted, after the page has loaded anew. One save before warms both up.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from edits import EVENTS, FOLDERS, ROOT, Row, of_rows
from playwright.sync_api import Page

sys.path.insert(0, str(ROOT))
from maps.takeaway.camera import browsing

STORY = "two-directions"
PATIENCE = 60_000  # milliseconds

# The frame after the one in which the card has the word is one that was painted with it.
SHOWN = """title => {
  const card = document.querySelector("#card");
  if (!card || !card.textContent.includes(title)) return false;
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
}"""


def main() -> int:
    """Saves so often, and prints the seconds of each and their median."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--saves", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--project", type=Path, default=ROOT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        project = Path(folder) / "project"
        for name in FOLDERS:
            if (options.project / name).is_dir():
                shutil.copytree(options.project / name, project / name)
        serving = serve(project, Path(folder))
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            chance = random.Random(options.seed)
            found = trial(page, url_of(serving), project, options.saves, chance)
        finally:
            serving.terminate()
            serving.wait()
    half = statistics.median(found)
    print(f"edit to picture: {half:.2f} s, the median of {len(found)}; slowest {max(found):.2f} s")
    return 0


def serve(project: Path, work: Path) -> subprocess.Popen[str]:
    """Starts to serve a project, with a memory of its own."""
    told = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    words = ["serve", "--project", str(project), "--out", str(work / "site"), "--port", "0"]
    return subprocess.Popen(
        [sys.executable, str(ROOT / "make_maps.py"), *words],
        env=told | {"HISTORY_MAP_CACHE": str(work / "memory")},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def url_of(serving: subprocess.Popen[str]) -> str:
    """The address that a server tells once its site stands."""
    assert serving.stdout
    for line in serving.stdout:
        if found := re.match(r"http://\S+", line):
            return found[0]
    raise RuntimeError("the site is not served")


def trial(page: Page, url: str, project: Path, saves: int, chance: random.Random) -> list[float]:
    """The seconds from each save to the painted frame."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"{url}{STORY}.html")
    page.evaluate("() => historyMap.ready")
    found = []
    for number in range(saves + 1):
        while not (name := chosen(page, project, chance)):
            pass
        title = f"Saved {number} times"
        begun = time.perf_counter()
        of_rows(EVENTS, partial(renamed, name, title))(project, chance)
        page.wait_for_function(SHOWN, arg=title)
        found.append(time.perf_counter() - begun)
        if number:
            print(f"{name:40.40} {found[-1]:5.2f} s", flush=True)
    return found[1:]


def chosen(page: Page, project: Path, chance: random.Random) -> str | None:
    """Opens the card of a random event; None where this map does not have it."""
    with (project / EVENTS).open(encoding="utf-8-sig", newline="") as opened:
        name = chance.choice(list(csv.DictReader(opened)))["id"]
    page.evaluate("id => historyMap.select(id)", name)
    return name if page.evaluate("() => historyMap.state().selected") == name else None


def renamed(name: str, title: str, rows: list[Row], chance: random.Random) -> str:
    """Gives an event another title."""
    next(row for row in rows if row["id"] == name)["title"] = title
    return title


if __name__ == "__main__":
    sys.exit(main())
