"""Random edits of the shipped project: how long is each build, and is it that of a new site?

    python tests/bench/edits.py [--edits 20] [--seed 1] [--project DIR]

Each edit is built again in a process of its own, then from nothing beside it, and the two sites are
compared byte for byte. Edits that the tables refuse are taken back and another is tried. Where the
system tells, ratios are those of the processor's time too: they hold while others keep it busy.
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
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("events/tables", "geodata/layers", "maps/stories")
EVENTS, CLAIMS = "events/tables/events.csv", "events/tables/claims.csv"
LEDGER = "geodata/layers/ownership.csv"
MOST_TRIES = 40
DAY = r"[12]\d{3}-\d\d-\d\d"
STILL = 5  # builds in which nothing changed

Row = dict[str, str]
Change = Callable[[list[Row], random.Random], str]
Edit = Callable[[Path, random.Random], str]


def main() -> int:
    """Edits and builds, and prints what was found; 1 where any site was not that of a new build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--project", type=Path, default=ROOT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), options.project)
        return trial.run(options.edits, random.Random(options.seed))


class Took(NamedTuple):
    """What a build took: seconds by the clock, and of the processor (0 where nobody tells)."""

    clock: float
    work: float

    def share_of(self, new: Took) -> str:
        """Which part of a build from nothing it is, by the clock and by the processor."""
        parts = [f"1/{new.clock / self.clock:.1f}"]
        if self.work:
            parts.append(f"(work 1/{new.work / self.work:.1f})")
        return " ".join(parts)


def half(found: Sequence[Took]) -> Took:
    """The medians of both."""
    return Took(*map(statistics.median, zip(*found, strict=True)))


class Trial:
    """One copy of a project, its site, and what builds of it took."""

    def __init__(self, work: Path, project: Path) -> None:
        self.work, self.project, self.site = work, work / "project", work / "site"
        self.new: list[Took] = []  # builds from nothing
        for name in FOLDERS:
            if (project / name).is_dir():
                shutil.copytree(project / name, self.project / name)

    def run(self, edits: int, chance: random.Random) -> int:
        """All of it: builds where nothing changed, then so many edits."""
        assert self.build(self.site)[1], "the project as it is does not build"
        still = [self.build(self.site)[0] for _ in range(STILL)]
        again, wrong = [], 0
        for number in range(edits):
            kind = list(KINDS)[number % len(KINDS)]
            told, took = self.edited(kind, chance)
            again.append(took)
            is_same = self.is_as_new()
            wrong += not is_same
            verdict = "the same bytes" if is_same else "OTHER BYTES"
            share = took.share_of(self.new[-1])
            print(f"{kind:10} {told:44.44} {took.clock:5.2f} s {share:22} {verdict}", flush=True)
        new = half(self.new)
        print(f"\nfrom nothing: {new.clock:.2f} s, the median of {len(self.new)}")
        for name, found in (("nothing changed", still), ("one edit", again)):
            slowest = Took(*map(max, zip(*found, strict=True)))
            print(
                f"{name}: {half(found).clock:.2f} s, {half(found).share_of(new)}; "
                f"slowest {slowest.clock:.2f} s, {slowest.share_of(new)}"
            )
        print(f"sites other than new ones: {wrong} of {edits}")
        return 1 if wrong else 0

    def build(self, site: Path, remembers: bool = True) -> tuple[Took, bool]:
        """Builds in a process of its own; what that took, and whether the tables were sound."""
        memory = str(self.work / "memory") if remembers else ""
        command = [sys.executable, str(ROOT / "make_maps.py"), "--project", str(self.project)]
        kept = {key: told for key, told in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        begun = Took(time.perf_counter(), work_of_children())
        done = subprocess.run(
            [*command, "--out", str(site)],
            env=kept | {"HISTORY_MAP_CACHE": memory},
            capture_output=True,
            check=False,
        )
        ended = Took(time.perf_counter(), work_of_children())
        took = Took(ended.clock - begun.clock, ended.work - begun.work)
        return took, done.returncode == 0

    def edited(self, kind: str, chance: random.Random) -> tuple[str, Took]:
        """Makes one edit of a kind that the tables take, and builds; what it was, what it took."""
        for _ in range(MOST_TRIES):
            texts = {file: file.read_bytes() for file in self.files()}
            told = KINDS[kind](self.project, chance)
            took, is_sound = self.build(self.site)
            if is_sound:
                return told, took
            for file, text in texts.items():
                file.write_bytes(text)
        raise RuntimeError(f"no edit of this kind was taken: {kind}")

    def files(self) -> list[Path]:
        """Every file that an edit may touch."""
        tables = self.project.glob("events/tables/*.csv")
        return [*tables, *self.project.glob("maps/stories/*.md"), self.project / LEDGER]

    def is_as_new(self) -> bool:
        """Whether the site has the bytes of one that is built from nothing."""
        new = self.work / "new"
        shutil.rmtree(new, ignore_errors=True)
        self.new.append(self.build(new, remembers=False)[0])
        return contents(new) == contents(self.site)


def work_of_children() -> float:
    """Seconds for which processes that we started kept the processor busy, 0 on Windows."""
    times = os.times()
    return times.children_user + times.children_system


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a site with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def of_rows(path: str, change: Change) -> Edit:
    """A change of a table's rows as an edit of its file; it gives what it did."""

    def edit(project: Path, chance: random.Random) -> str:
        file = project / path
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            rows = list(reader)
        told = change(rows, chance)
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, reader.fieldnames or (), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return told

    return edit


def a_text(rows: list[Row], chance: random.Random) -> str:
    """Adds a word to a title or a summary."""
    row, column = chance.choice(rows), chance.choice(("title", "summary"))
    row[column] = f"{row[column]} indeed".strip()
    return f"{row['id']}: {column}"


def a_date(rows: list[Row], chance: random.Random) -> str:
    """Lets an event last a day longer."""
    row = chance.choice([row for row in rows if re.search(f"{DAY}$", row["when"])])
    first, _, last = row["when"].rpartition("/")
    row["when"] = f"{first or last}/{next_day(last)}"
    return f"{row['id']}: when {row['when']}"


def a_transfer(rows: list[Row], chance: random.Random) -> str:
    """Lets ground change hands a day later."""
    row = chance.choice([row for row in rows if re.fullmatch(DAY, row["when"])])
    row["when"] = next_day(row["when"])
    return f"{row['selector']}: when {row['when']}"


def next_day(day: str) -> str:
    """The day after one."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def a_place(rows: list[Row], chance: random.Random) -> str:
    """Moves an event by a tenth of a degree."""
    row = chance.choice([row for row in rows if row["lat"]])
    row["lat"] = f"{float(row['lat']) - 0.1:.2f}"
    return f"{row['id']}: lat"


def one_less(project: Path, chance: random.Random) -> str:
    """Deletes an event, and what is claimed of it."""
    gone: list[str] = []

    def event(rows: list[Row], chance: random.Random) -> str:
        gone.append(rows.pop(chance.randrange(len(rows)))["id"])
        return f"{gone[0]} is gone"

    def claims(rows: list[Row], chance: random.Random) -> str:
        rows[:] = [row for row in rows if row["event"] not in gone]
        return ""

    told = of_rows(EVENTS, event)(project, chance)
    of_rows(CLAIMS, claims)(project, chance)
    return told


def one_more(rows: list[Row], chance: random.Random) -> str:
    """Adds an event like another."""
    at = chance.randrange(len(rows))
    rows.insert(at, rows[at] | {"id": f"{rows[at]['id']}-again"})
    return f"{rows[at]['id']} is new"


def a_line(project: Path, chance: random.Random) -> str:
    """Adds some words to a line of a story's text."""
    file = chance.choice(sorted((project / "maps/stories").glob("*.md")))
    lines = file.read_text(encoding="utf-8").split("\n")
    long = [n for n, line in enumerate(lines) if len(line) > 120 and line[0].isalpha()]
    at = chance.choice(long)
    lines[at] += " So it is told."
    file.write_text("\n".join(lines), encoding="utf-8")
    return f"{file.name}: line {at + 1}"


KINDS: dict[str, Edit] = {
    "a text": of_rows(EVENTS, a_text),
    "a date": of_rows(EVENTS, a_date),
    "a place": of_rows(EVENTS, a_place),
    "a row less": one_less,
    "a row more": of_rows(EVENTS, one_more),
    "the ledger": of_rows(LEDGER, a_transfer),
    "a story": a_line,
}

if __name__ == "__main__":
    sys.exit(main())
