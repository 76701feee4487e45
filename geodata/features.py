"""Features drawn by hand: a GeoJSON file whose properties are read as the cells of a table are.

A problem names the line on which its feature begins.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.problem import Problem, did_you_mean
from events.row import NORTH, OFF_SHEET, SOUTH, Row
from events.table import LARGEST_FILE, Outside, Unreadable, text_within
from geodata.seam import SEAM, unwrap, wrap

Line = tuple[tuple[float, float], ...]
Points = NDArray[np.float64]

ANEW = "export it anew as GeoJSON in UTF-8: one object with a list of features"
DEGREES = "write each place as [longitude, latitude], in degrees"
_GAP = re.compile(r"[ \t\r\n,:]*")
_UNTEXT = re.compile("[\0\ud800-\udfff]")  # JSON can say them, no file and no page can hold them
_CROSSING = {"Self-intersection": "crosses itself", "Ring Self-intersection": "touches itself"}


class Misdrawn(ValueError):
    """A geometry that no map can show: what is wrong with it, and what to draw instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(slots=True)
class Feature:
    """One feature: its properties as a row, and its geometry as a line on the sheet.

    `line` is the ring of a Polygon, a LineString, or a Point as a line of one. It is empty, and so
    is `kind`, where the geometry is damaged: the row has an error then.
    """

    row: Row
    kind: str
    line: Line


def read_features(
    path: Path, shown_as: str, names: Collection[str]
) -> tuple[list[Feature], list[Problem]]:
    """The features of a file in its order, and all problems found; none where there is no file.

    `names` are those of the properties that are read.
    """
    if not path.exists():
        return [], []
    rows, problems = read_rows(path, shown_as, names)
    for row, _ in rows:
        _check_names(row, names)
    return [Feature(row, *_shape(row, geometry)) for row, geometry in rows], problems


def read_rows(
    path: Path, shown_as: str, names: Collection[str]
) -> tuple[list[tuple[Row, Any]], list[Problem]]:
    """Each feature as a row of its properties, with its geometry as written, and all problems.

    What is no feature is left out. Properties of these names are texts, numbers or lists of them.
    """
    problems: list[Problem] = []
    try:
        features = _features(text_within(path, shown_as, LARGEST_FILE))
    except Unreadable as fault:
        cure = fault.hint if isinstance(fault, Outside) else ANEW
        problems.append(Problem(shown_as, fault.line, None, None, fault.message, cure))
        return [], problems
    rows = [(Row(shown_as, line, {}, problems), feature) for line, feature in features]
    return [(row, each.get("geometry")) for row, each in rows if _fill(row, each, names)], problems


def _features(text: str) -> list[tuple[int, Any]]:
    """Each feature with the line on which it begins."""
    try:
        found = _walked(text)
    except json.JSONDecodeError as fault:
        raise Unreadable(f"is no GeoJSON ({fault.msg})", ANEW, fault.lineno) from None
    except RecursionError:
        raise Unreadable("is no GeoJSON (lists in lists without end)", ANEW) from None
    except ValueError as fault:
        raise Unreadable(f"is no GeoJSON ({fault})", ANEW) from None
    if found is None:
        raise Unreadable("is no GeoJSON with a list of features", ANEW)
    return found


def _walked(text: str) -> list[tuple[int, Any]] | None:
    """What stands in the list "features" of the one object; None where there is no such list."""

    def beyond(at: int) -> int:
        gap = _GAP.match(text, at)
        return gap.end() if gap else at

    decode = json.JSONDecoder().raw_decode
    found: list[tuple[int, Any]] | None = None
    at, line, counted = beyond(0), 1, 0
    if text[at : at + 1] != "{":
        decode(text, at)
        return None
    at = beyond(at + 1)
    while text[at : at + 1] != "}":
        name, at = decode(text, at)
        at = beyond(at)
        if name == "features" and text[at : at + 1] == "[":
            found, at = found or [], beyond(at + 1)
            while text[at : at + 1] != "]":
                line, counted = line + text.count("\n", counted, at), at
                feature, at = decode(text, at)
                found.append((line, feature))
                at = beyond(at)
            at = beyond(at + 1)
        else:
            at = beyond(decode(text, at)[1])
    if beyond(at + 1) < len(text):
        raise json.JSONDecodeError("Extra data", text, beyond(at + 1))
    return found


def _fill(row: Row, feature: Any, names: Collection[str]) -> bool:
    """Fill a row with the properties of a feature; False where it is none."""
    if not isinstance(feature, dict):
        row.report("feature", "is no object", "each feature is one, with properties and geometry")
        return False
    about = feature.get("properties") or {}
    if not isinstance(about, dict):
        row.report("properties", "are no object", 'write them as {"name": "value"}')
        return False
    row.cells.update({name: _cell(value) for name, value in about.items()})
    for name in names:
        if not _is_plain(about.get(name)):
            row.report(name, "is no text", "write a text, a number, or a list of them")
        elif _UNTEXT.search(row.text(name)):
            row.report(name, "has half a character, or a NUL", "write it anew")
    return True


def _is_plain(value: Any) -> bool:
    parts = value if isinstance(value, list) else [value]
    return not any(isinstance(part, list | dict) for part in parts)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else str(value).strip()


def _check_names(row: Row, names: Collection[str]) -> None:
    for name in row.cells:
        if name not in names and not name.startswith("_"):
            cure = did_you_mean(name, names, f"there are {', '.join(sorted(names))}")
            row.report(name, "stands under a name that is not read", cure, "warning")


# Geometries


def _shape(row: Row, geometry: Any) -> tuple[str, Line]:
    try:
        kind, points = _drawn(geometry)
    except Misdrawn as fault:
        row.report("geometry", fault.message, fault.hint)
        return "", ()
    return kind, tuple((float(lng), float(lat)) for lng, lat in points)


def _drawn(geometry: Any) -> tuple[str, Points]:
    """The kind of a Point, LineString or Polygon, and its places on the sheet."""
    kind, written = kind_of(geometry)
    if kind == "Point":
        return kind, _on_sheet(places([written]))
    if kind == "LineString":
        points = _on_sheet(places(written))
        if len(np.unique(points, axis=0)) < 2:
            raise Misdrawn("is a line of one place", "draw it through two at least")
        return kind, points
    if kind == "Polygon":
        return kind, _area(written)
    raise Misdrawn(f"is {kind or 'nothing'}", "draw it as Point, LineString or Polygon")


def _area(written: Any) -> Points:
    """The one ring of a polygon, on the sheet."""
    import shapely

    if not isinstance(written, list) or len(written) != 1:
        raise Misdrawn("is no Polygon of one ring", "draw it as one ring around, without holes")
    points = _on_sheet(ring(written[0]))
    check_sound(shapely.Polygon(points))
    return points


def kind_of(geometry: Any) -> tuple[str, Any]:
    """The type of a geometry, "" where it is none, and its coordinates as written."""
    if not isinstance(geometry, dict) or not isinstance(geometry.get("type"), str):
        return "", None
    return geometry["type"], geometry.get("coordinates")


def ring(written: Any) -> Points:
    """The places of a ring, of four at least and closed; Misdrawn in words where it is none."""
    points = places(written)
    if len(points) < 4:
        raise Misdrawn("has a ring of fewer than four places", "three corners, and the first again")
    if (points[0] != points[-1]).any():
        raise Misdrawn("has a ring that is not closed", "end it at the place where it begins")
    return points


def places(written: Any) -> Points:
    """Longitudes and latitudes of a list of places (degrees, as written); Misdrawn where wrong."""
    try:
        points: NDArray[Any] = np.array(written)
    except (ValueError, OverflowError):  # as long as one another they are not
        raise Misdrawn("has coordinates that are no places", DEGREES) from None
    if points.dtype.kind not in "if" or points.ndim != 2 or points.shape[1] < 2:
        raise Misdrawn("has coordinates that are no places", DEGREES)
    points = points[:, :2].astype(np.float64)
    if not np.isfinite(points).all():
        raise Misdrawn("has coordinates that are no numbers", DEGREES)
    wrong = points[abs(points[:, 1]) > 90]
    if len(wrong):
        raise Misdrawn(f"has the latitude {wrong[0, 1]:g}", DEGREES)
    wrong = points[(points[:, 1] < SOUTH) | (points[:, 1] > NORTH)]
    if len(wrong):
        raise Misdrawn(f"{OFF_SHEET}, at {spot(*wrong[0])}", "end it at the edge of the sheet")
    return points


def _on_sheet(points: Points) -> Points:
    """Places with longitudes from the seam; Misdrawn where they lie beyond it, or across it."""
    wrong = points[(points[:, 0] < -180) | (points[:, 0] > SEAM + 360)]
    if len(wrong):
        raise Misdrawn(f"has the longitude {wrong[0, 0]:g}", DEGREES)
    points[:, 0] = unwrap(points[:, 0])
    for before, after in pairwise(points):
        if abs(after[0] - before[0]) > 180:
            message = f"crosses 30° W, where the sheet begins and ends, at {spot(*after)}"
            raise Misdrawn(message, "draw one on each side of it")
    return points


def check_sound(area: Any) -> None:
    """Misdrawn where the edge of a polygon crosses itself or is otherwise amiss, with the place."""
    import shapely

    fault = re.fullmatch(r"(.*)\[(\S+) (\S+)\]", shapely.is_valid_reason(area))
    if fault:
        words = _CROSSING.get(fault[1], f"is no sound area ({fault[1].lower()})")
        raise Misdrawn(f"{words} at {spot(float(fault[2]), float(fault[3]))}", "draw its edge anew")


def spot(lng: float, lat: float) -> str:
    """Longitude and latitude of a place (degrees from the seam) as words."""
    return f"{wrap(lng):.7g}, {lat:.7g}"
