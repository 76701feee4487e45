"""Features drawn by hand: a GeoJSON file whose properties are read as the cells of a table are.

Each feature stands on a line of its own, so that a problem names its line as in a table.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.problem import Problem, did_you_mean
from events.row import Row
from geodata.seam import unwrap

Line = tuple[tuple[float, float], ...]


@dataclass(slots=True)
class Feature:
    """One feature: its properties as a row, and its geometry as lines on the sheet.

    `lines` are the rings of a Polygon, the one line of a LineString, or a Point as a line of one.
    """

    row: Row
    kind: str
    lines: tuple[Line, ...]


def read_features(
    path: Path, shown_as: str, required: Collection[str], optional: Collection[str]
) -> tuple[list[Feature], list[Problem]]:
    """The features of a file in its order, and all problems found; none where there is no file."""
    problems: list[Problem] = []
    if not path.exists():
        return [], problems
    text = path.read_text(encoding="utf-8-sig")
    try:
        features = json.loads(text)["features"]
    except (ValueError, KeyError, TypeError) as fault:
        line = fault.lineno if isinstance(fault, json.JSONDecodeError) else None
        hint = "it is one object with a list of features"
        problems.append(Problem(shown_as, line, None, None, f"is no GeoJSON ({fault})", hint))
        return [], problems
    lines = _lines_of_features(text, len(features))
    read = []
    for number, feature in zip(lines, features, strict=True):
        cells = {name: _cell(value) for name, value in (feature.get("properties") or {}).items()}
        row = Row(shown_as, number, cells, problems)
        _check_names(row, required, optional)
        shape = _shape(row, feature.get("geometry") or {})
        if shape:
            read.append(Feature(row, *shape))
    return read, problems


def _lines_of_features(text: str, count: int) -> list[int]:
    """The line on which each feature begins, as far as they begin on lines of their own."""
    begins = [number for number, line in enumerate(text.splitlines(), 1) if '"Feature"' in line]
    return begins if len(begins) == count else [1] * count


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else str(value).strip()


def _check_names(row: Row, required: Collection[str], optional: Collection[str]) -> None:
    known = {*required, *optional}
    for name in required:
        row.required(name)
    for name in row.cells:
        if name not in known and not name.startswith("_"):
            cure = did_you_mean(name, known, f"there are {', '.join(sorted(known))}")
            row.report(name, "stands under a name that is not read", cure, "warning")


def _shape(row: Row, geometry: dict[str, Any]) -> tuple[str, tuple[Line, ...]] | None:
    kind, written = geometry.get("type"), geometry.get("coordinates")
    nested = {"Point": [[written]], "LineString": [written], "Polygon": written}.get(str(kind))
    try:
        lines = tuple(map(_line, nested or []))
    except (ValueError, TypeError, IndexError):
        lines = ()
    if lines and all(lines):
        return str(kind), lines
    row.report("geometry", "is no Point, LineString or Polygon of degrees", "draw it anew")
    return None


def _line(written: list[list[float]]) -> Line:
    points: NDArray[np.float64] = np.array(written, dtype=np.float64)[:, :2]
    points[:, 0] = unwrap(points[:, 0])
    if not np.isfinite(points).all() or abs(points[:, 1]).max() > 90 or points[:, 0].max() > 330:
        raise ValueError("beyond the sheet")
    return tuple((float(lng), float(lat)) for lng, lat in points)
