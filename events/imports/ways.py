"""Ways: lines whose points have times, as rows of routes.csv and of waypoints.csv."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from events.imports.dates import Habits, counted, is_when, read_when
from events.imports.positions import degrees, turned
from events.row import Row
from events.when import When, WhenProblem, stop_instant
from events.words import CONFIDENCES, MEANS, STATUSES, VERIFIED
from events.writing import csv_text, defused

ROUTES = "geodata/layers/routes.csv"
WAYPOINTS = "geodata/layers/waypoints.csv"
MOST_STOPS = 500  # of one way: a device writes one each second, and no map shows them

Stop = Mapping[str, str]  # cells of waypoints.csv

_ROUTE = (
    *("id", "title", "actors", "direction", "status", "means", "strength", "confidence"),
    *("sources", "note"),
)
_STOP = ("when", "place", "lat", "lon", "verified", "note")
_AS_WRITTEN = ("when", "lat", "lon")
_CHOICES = {"status": STATUSES, "means": MEANS, "confidence": CONFIDENCES}


@dataclass(frozen=True, slots=True)
class Ways:
    """The routes that were found, each with its stops."""

    found: list[tuple[Stop, list[Stop]]] = field(default_factory=list)

    def add(self, cells: Stop, way: Sequence[Stop], habits: Habits) -> bool:
        """One more route, if its stops have places and times that go on."""
        stops = sound(way, habits)
        if stops:
            self.found.append((cells, stops))
        return bool(stops)

    def texts(self, lanes: Collection[str]) -> dict[str, str]:
        """The two tables, none where there is no way; directions only of these lanes."""
        if not self.found:
            return {}
        routes = [[_cell(name, cells, lanes) for name in _ROUTE] for cells, _ in self.found]
        stops = (
            [cells["id"], *(_plain(name, stop) for name in _STOP)]
            for cells, way in self.found
            for stop in way
        )
        return {ROUTES: csv_text(_ROUTE, routes), WAYPOINTS: csv_text(("route", *_STOP), stops)}


def sound(way: Sequence[Stop], habits: Habits) -> list[Stop]:
    """The stops of a way as our tables have them; none where one has no place or goes back."""
    step = -(-len(way) // MOST_STOPS)
    kept = [*way[:-1:step], *way[-1:]]
    stops: list[Stop] = []
    earliest: int | None = None
    for at, stop in enumerate(kept):
        when = _when(stop.get("when", ""), habits)
        place = {"lat": degrees(stop.get("lat", "")), "lon": turned(degrees(stop.get("lon", "")))}
        if when is None or Row("", 0, dict(place), []).position() is None:
            return []
        earliest = stop_instant(when, at == 0, at == len(kept) - 1, earliest)
        if earliest is None:
            return []
        stops.append({**stop, **place, "when": when.text})
    return stops if len(stops) > 1 else []


def _when(text: str, habits: Habits) -> When | None:
    """A time with both ends; an hour whose zone nobody knows tells no way.

    Midnights are hours here, since whoever notes a way notes an hour at each of its points.
    """
    text = counted(text)
    hour = text.replace(" ", "T", 1) + habits.zone
    known = text if is_when(text) else hour if "T" in hour and is_when(hour) else ""
    if not known:
        try:
            read = read_when(text, habits)
        except WhenProblem:
            return None
        known = "" if read.hourless else read.text
    return When.parse(known) if known else None


def _cell(name: str, cells: Stop, lanes: Collection[str]) -> str:
    text = cells.get(name, "")
    if name == "direction":
        return ";".join(word for word in map(str.strip, text.split(";")) if word in lanes)
    if name in _CHOICES:
        return text if text in _CHOICES[name] else ""
    return text if name == "id" else defused(text)


def _plain(name: str, stop: Stop) -> str:
    text = stop.get(name, "")
    if name == "verified":
        return text if text in VERIFIED else ""
    return text if name in _AS_WRITTEN else defused(text)


def lanes_of(directions: Iterable[str]) -> set[str]:
    """The words that cells of `direction` list."""
    return {word.strip() for text in directions for word in text.split(";")}
