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

Maps = tuple[str, ...]
Row = dict[str, str]
State = dict[str, Any]  # of each file its rows, or its print where it is no table, as plain JSON


@dataclass(frozen=True, slots=True)
class Change:
    """An event that was added, removed or changed, or a file: `id` is empty then.

    `cells` are its columns with what stood there and what stands there now, of a table those of
    the one row that changed, with its id; `rows` are how many of a table were changed, added and
    removed; `maps` which of today's showed the event before and which show it now.
    """

    path: str
    id: str
    change: str
    cells: tuple[tuple[str, str, str], ...] = ()
    rows: tuple[int, int, int] = (0, 0, 0)
    maps: tuple[Maps, Maps] | None = None

    def __str__(self) -> str:
        file = "" if self.path == EVENTS else self.path.rpartition("/")[2]
        name = ", ".join(filter(None, (file, self.id))) or EVENTS.rpartition("/")[2]
        words = ("changed", "added", "removed")
        rows = zip(self.rows, words, strict=True)
        told = [_cell(*cell) for cell in self.cells]
        told = told or [f"{_number(count, 'row')} {word}" for count, word in rows if count]
        return visible(f"{name}: {', '.join(told) or self.change}{self._on_maps()}")

    def _on_maps(self) -> str:
        """On how many maps the event is, moves, comes and goes."""
        if self.maps is None:
            return ""
        before, now = map(set, self.maps)
        if self.change == "removed":
            return f"; from {_number(len(before), 'map')}"
        if self.change == "added":
            return f"; on {_number(len(now), 'map')}"
        moves = "moves " if any(column in _PLACED for column, _, _ in self.cells) else ""
        counts = (
            (f"{moves}on", before & now),
            ("comes to", now - before),
            ("leaves", before - now),
        )
        told = [f"{word} {_number(len(maps), 'map')}" for word, maps in counts if maps]
        return f"; {', '.join(told) or 'on 0 maps'}"

    def as_json(self) -> dict[str, Any]:
        """The change as `--json` prints it: cells are whole, as pairs of old and new."""
        changed, added, removed = self.rows
        return {
            "change": self.change,
            "path": self.path,
            "id": self.id or None,
            "cells": {column: [old, new] for column, old, new in self.cells},
            "rows": {"changed": changed, "added": added, "removed": removed},
            "maps": self.maps and dict(zip(("before", "now"), map(list, self.maps), strict=True)),
        }


def state_of(project: Path, prints: Prints) -> State:
    """What to keep of a sound project, so that the next build can tell what changed."""
    return {
        path: (_rows(project / path) if path.endswith(".csv") else None) or shown
        for path, shown in prints.items()
        if "." in path and not path.rpartition("/")[2].startswith((".", "_", "~"))
    }


def differences(before: State, after: State, maps: Callable[[str], Maps]) -> Iterator[Change]:
    """What was changed from one state to another, events first.

    `maps` gives those that show what happened at a time, as a table has it.
    """
    for path in sorted(before.keys() | after.keys(), key=lambda path: (path != EVENTS, path)):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        if path == EVENTS and isinstance(old, list) and isinstance(new, list):
            rows = _by_id(old), _by_id(new)
            for change in _events(*rows):
                whens = (each.get(change.id, {}).get("when", "").strip() for each in rows)
                first, last = (maps(when) if when else () for when in whens)
                yield replace(change, maps=(first, last))
        elif isinstance(old, list) and isinstance(new, list):
            yield from _table(path, old, new)
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
            yield Change(EVENTS, name, "changed", _cells(old, row))
    for name in (name for name in before if name not in after):
        yield Change(EVENTS, name, "removed")


def _table(path: str, before: list[Row], after: list[Row]) -> Iterator[Change]:
    """What changed in a table of no events; a row that only moved did not."""
    old, new = (Counter(tuple(sorted(row.items())) for row in rows) for rows in (before, after))
    gone, come = list((old - new).elements()), list((new - old).elements())
    changed = min(len(gone), len(come))
    rows = changed, len(come) - changed, len(gone) - changed
    if rows == (1, 0, 0):
        was, now = dict(gone[0]), dict(come[0])
        yield Change(path, now.get("id", "").strip(), "changed", _cells(was, now), rows)
    elif any(rows):
        yield Change(path, "", "changed", rows=rows)


def _cells(before: Row, after: Row) -> tuple[tuple[str, str, str], ...]:
    """The columns in which two rows differ, with both cells."""
    columns = dict.fromkeys([*after, *before])
    pairs = ((column, before.get(column, ""), after.get(column, "")) for column in columns)
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _cell(column: str, old: str, new: str) -> str:
    if max(len(old), len(new)) > LONGEST:
        return f"{column} changed"
    return f"{column} {old or '(empty)'} → {new or '(empty)'}"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
