"""What an edit did: the difference between the tables of one build and of the next, in words."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from events.problem import visible
from events.table import Unreadable, text_of
from maps.prints import Prints

EVENTS = "events/tables/events.csv"
LARGEST = 10_000_000  # bytes of a table of which every cell is kept
LONGEST = 60  # letters of a cell that is told
_PLACED = {"when", "lat", "lon"}

Row = dict[str, str]
State = dict[str, Any]  # of each file its rows, or its print where it is no table, as plain JSON


@dataclass(frozen=True, slots=True)
class Change:
    """An event that was added, removed or changed, or a file: `id` is empty then.

    `cells` are its columns with what stood there and what stands there now; `rows` are how many of
    a table were changed, added and removed; `maps` how many show the event, None where unknown.
    """

    path: str
    id: str
    change: str
    cells: tuple[tuple[str, str, str], ...] = ()
    rows: tuple[int, int, int] = (0, 0, 0)
    maps: int | None = None

    def __str__(self) -> str:
        name = self.id or self.path.rpartition("/")[2]
        told = [_cell(*cell) for cell in self.cells]
        words = ("changed", "added", "removed")
        told += [
            f"{_number(n, 'row')} {word}" for n, word in zip(self.rows, words, strict=True) if n
        ]
        maps = ""
        if self.maps is not None:
            moves = any(column in _PLACED for column, _, _ in self.cells)
            maps = f"; {'moves ' if moves else ''}on {_number(self.maps, 'map')}"
        return visible(f"{name}: {', '.join(told) or self.change}{maps}")

    def as_json(self) -> dict[str, Any]:
        """The change as `--json` prints it: cells are whole, as pairs of old and new."""
        changed, added, removed = self.rows
        return {
            "change": self.change,
            "path": self.path,
            "id": self.id or None,
            "cells": {column: [old, new] for column, old, new in self.cells},
            "rows": {"changed": changed, "added": added, "removed": removed},
            "maps": self.maps,
        }


def state_of(project: Path, prints: Prints) -> State:
    """What to keep of a sound project, so that the next build can tell what changed."""
    return {
        path: (_rows(project / path) if path.endswith(".csv") else None) or shown
        for path, shown in prints.items()
        if "." in path and not path.rpartition("/")[2].startswith((".", "_", "~"))
    }


def differences(before: State, after: State, maps: Callable[[str], int]) -> Iterator[Change]:
    """What was changed from one state to another, events first; `maps` counts those of an event."""
    for path in sorted(before.keys() | after.keys(), key=lambda path: (path != EVENTS, path)):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        if path == EVENTS and isinstance(old, list) and isinstance(new, list):
            for change in _events(_by_id(old), _by_id(new)):
                known = None if change.change == "removed" else maps(change.id)
                yield replace(change, maps=known)
        elif isinstance(old, list) and isinstance(new, list):
            counts = _counts(old, new)
            if any(counts):
                yield Change(path, "", "changed", rows=counts)
        else:
            word = "added" if old is None else "removed" if new is None else "changed"
            yield Change(path, "", word)


def _rows(path: Path) -> list[Row] | None:
    """The cells of a table that are not empty; None where it is too large or cannot be read."""
    try:
        lines = csv.reader(text_of(path, LARGEST).splitlines(keepends=True))
        names = [name.strip() for name in next(lines, [])]
        return [
            {name: cell for name, cell in zip(names, row, strict=False) if cell and name[:1] != "_"}
            for row in lines
            if any(row)
        ]
    except (Unreadable, csv.Error):
        return None


def _by_id(rows: list[Row]) -> dict[str, Row]:
    return {row.get("id", "").strip(): row for row in rows}


def _events(before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[Change]:
    for name, row in after.items():
        old = before.get(name)
        if old is None:
            yield Change(EVENTS, name, "added")
        elif old != row:
            columns = dict.fromkeys([*row, *old])
            pairs = [(column, old.get(column, ""), row.get(column, "")) for column in columns]
            yield Change(
                EVENTS, name, "changed", tuple(pair for pair in pairs if pair[1] != pair[2])
            )
    for name in (name for name in before if name not in after):
        yield Change(EVENTS, name, "removed")


def _counts(before: list[Row], after: list[Row]) -> tuple[int, int, int]:
    """How many rows were changed, added and removed; a row that only moved is none of these."""
    old, new = (Counter(tuple(sorted(row.items())) for row in rows) for rows in (before, after))
    gone, come = (old - new).total(), (new - old).total()
    changed = min(gone, come)
    return changed, come - changed, gone - changed


def _cell(column: str, old: str, new: str) -> str:
    if max(len(old), len(new)) > LONGEST:
        return f"{column} changed"
    return f"{column} {old or '(empty)'} → {new or '(empty)'}"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
