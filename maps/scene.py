"""Story + events + ground -> Scene: plain JSON, the only contract between Python and the player.

Here, and nowhere else, longitudes are counted from the seam, labels are finished and open ends
meet the ends of the story's span. The browser never parses a date of the tables.

A scene holds:

- `slug title lang credit`, `span` and `opening` ([first, last] in ms), `view` ([w, s, e, n])
- `directions` [{id, label, light, dark}], in the order of their lanes
- `kinds` [{id, label, shape}] and `actors` [{id, label}] that occur
- `layers` [{id, label, group, on}]: what the reader can switch
- `events`: columns of equal length, in order of beginning (see `_event_columns`)
- `routes` [{id, title, ..., track: {lng, lat, t}, stops: [...]}]
- `phases` [{id, direction, label, when, first, last, sources, verified}], in order of beginning:
  `when` is a finished label, `first` and `last` lie within the span
- `names` [{text, kind, rank, lng, lat, first, last}], `basemap` {land, borders, lakes, rivers,
  atoms}: `atoms` are the arcs of `histories`
- `sides` [{id, label, light, dark}], `polities` [{id, name, side, first, last, labels}], a row for
  each time that name and side last; `labels` [{first, last, area, chords: [[west, east, lat]]}]
- `histories` [{rings, held: [{first, owner, holder, garrison, status, sources, verified, note}]}]:
  ground that always changed hands together; `rings` are lists of numbers of arcs, ~n for one
  backwards; each of `held` lasts until the next begins
- `segments` [{id, label, kind, claimants, first, last, accuracyKm, basis, sources, verified, note,
  line}]: borders as claimed, ground in dispute; `line` [[lng, lat]] is a ring where it is a strip
- `fronts` [{id, name, left, leftSides, right, rightSides, accuracyKm, theatre, first, last,
  snapshots, legs: [{from, to}], pockets: [{name, holder, first, last, ring}], sources, note}]: a
  leg goes from its snapshot to the next, vertex by vertex; ground left of a line is held by `left`
  unless its holder is of `leftSides`
- `arcs` [[history, history]]: those on the two sides of each arc, -1 where there is none
- `text` and `chapters` [{id, title, status, label, at, plays, view, layers, select, highlight,
  inset, beside, besideLabel, picture, text, notes}], text as DOM nodes, and so the notes, which are
  for the speaker alone; `plays` if `at` is a span that can be played; `highlight` ids of events and
  routes; `inset` {label, view} or null is a second view, `beside` [first, last] or null a second
  moment, which `besideLabel` names; `picture` {src, alt, credit} or null, its bytes a data: URI
- `sources` {id: citation}
- `claims` {event: [{id, about, says, when, quantity, side, value, low, high, unit, whole, sources,
  locator, stance, verified, note}]}
- `clocks` {event: [{id, label, time, day, offset}]}, of events of which the hour is known: first
  the clock that is `there`; offsets in ms
- `series` [{id, label, unit, direction, chart, shown, points: [{when, first, last, value, low,
  high, sources, verified, note}]}]: `chart` if there are enough points, `shown` at first
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from operator import attrgetter
from typing import Any

import numpy as np

from events.civil import DAY_MS
from events.record import Event, Phase, Source, Tables
from events.row import NORTH, SOUTH
from events.when import When
from geodata.names import Name
from geodata.reading import Ground
from geodata.routes import Point, Route, Waypoint
from geodata.seam import on_sheet, unwrap
from maps.evidence import claims_by_event, clocks_by_event, series_of
from maps.keys import Inset
from maps.pictures import Picture
from maps.story import Chapter, Story
from maps.style import CONTEXT, KINDS, described, described_sides

Scene = dict[str, Any]
Bbox = tuple[float, float, float, float]

# Layers of the map itself, in the order of the panel; `routes` and `planned` only where any exist.
GROUND_LAYERS = {
    "borders": "Country lines of today",
    "lakes": "Lakes",
    "rivers": "Rivers",
    "graticule": "Graticule and date line",
    "names": "Names of seas and countries",
}
# Those of the ground by date, where a project has any.
DATED_LAYERS = {"polities": "Who held what", "fronts": "Front lines"}
_NAMELESS: list[str] = []
OFF = ("planned",)  # what is off at first where the story does not say


def build_scene(story: Story, tables: Tables, ground: Ground) -> Scene:
    """Everything that the page of one story shows."""
    clamp = _clamp_to(story)
    events = sorted(
        (event for event in tables.events if story.reaches(event.when)),
        key=lambda event: (clamp(event.when)[0], event.id),
    )
    routes = [route for route in ground.routes if story.meets(route.first, route.last)]
    return {
        "slug": story.slug,
        "title": story.title,
        "lang": story.lang,
        "credit": "Basemap: Natural Earth",
        "span": _span(story.span),
        "opening": _span(story.opening),
        "view": _unwrapped(story.view) if story.view else _extent(events),
        "directions": described(tables.directions),
        "kinds": _kinds(events),
        "actors": _actors(events, tables),
        "layers": _layers(story, tables, [*events, *routes], ground),
        "events": _event_columns(events, tables, clamp, _selected(story)),
        "routes": [_route(route, ground.tracks[route.id], tables) for route in routes],
        "phases": _phases(story, tables),
        "names": [_name(name) for name in ground.names],
        "basemap": {**asdict(ground.basemap), "atoms": ground.ledger.atoms},  # each as packed lines
        "sides": described_sides(ground.sides),
        "polities": _polities(ground),
        "histories": ground.ledger.histories,
        "segments": ground.lines.segments,
        "fronts": _fronts(story, ground),
        "arcs": ground.ledger.arcs,
        "text": story.text,
        "chapters": [_chapter(chapter, clamp) for chapter in story.chapters],
        "sources": {source.id: citation(source) for source in tables.sources},
        "claims": claims_by_event(events, tables),
        "clocks": clocks_by_event(events, tables),
        "series": series_of(story, tables),
    }


def _span(when: When) -> list[int]:
    """First and last instant of a bounded timespan."""
    if when.first is None or when.last is None:
        raise ValueError(f"{when.text!r} has an open end; a story's span needs both")
    return [when.first, when.last]


def _clamp_to(story: Story) -> Callable[[When], tuple[int, int]]:
    """Closes open ends with the story's own: the clock never leaves its span."""
    opens, closes = _span(story.span)

    def clamp(when: When) -> tuple[int, int]:
        return (
            opens if when.first is None else when.first,
            closes if when.last is None else when.last,
        )

    return clamp


def _unwrapped(view: Bbox) -> list[float]:
    """A bounding box on the sheet: west < east, counted from the seam."""
    west, south, east, north = view
    west, east = on_sheet(west, east)
    return [west, south, east, north]


def _extent(events: list[Event]) -> list[float]:
    """The box of all events with a margin; the whole sheet where there are none."""
    if not events:
        return [-30, -55, 330, 75]
    lngs = [unwrap(event.lon) for event in events]
    lats = [event.lat for event in events]
    margin = max(1.0, 0.12 * max(max(lngs) - min(lngs), max(lats) - min(lats)))
    return [
        round(max(-30, min(lngs) - margin), 3),
        round(max(SOUTH, min(lats) - margin), 3),
        round(min(330, max(lngs) + margin), 3),
        round(min(NORTH, max(lats) + margin), 3),
    ]


def _kinds(events: list[Event]) -> list[dict[str, str]]:
    used = set(map(attrgetter("kind"), events))
    return [
        {"id": kind, "label": label, "shape": shape}
        for kind, (label, shape) in KINDS.items()
        if kind in used
    ]


def _actors(events: list[Event], tables: Tables) -> list[dict[str, str]]:
    """Who takes part, in the order of the table; where there is none, of the alphabet."""
    names = {actor.id: actor.name for actor in tables.actors}
    used = {actor for event in events for actor in event.actors}
    order = [actor for actor in names if actor in used] + sorted(used - names.keys())
    return [{"id": actor, "label": names.get(actor, actor)} for actor in order]


def _layers(
    story: Story, tables: Tables, shown: list[Event | Route], ground: Ground
) -> list[dict[str, Any]]:
    """The layers that have anything to show; on is what the story says, else all but OFF, and
    of country lines only those of the ledger where there is one.
    """
    offered = {direction.id: (direction.label, "directions") for direction in tables.directions}
    if any(not one.directions for one in shown):
        offered[CONTEXT] = ("Context", "directions")
    if any(one.status != "executed" for one in shown):
        offered["planned"] = ("Never executed", "directions")
    if any(isinstance(one, Route) for one in shown):
        offered["routes"] = ("Routes", "map")
    has_ledger = bool(ground.ledger.histories)
    has = {"polities": has_ledger, "fronts": bool(_fronts(story, ground))}
    dated = {layer: label for layer, label in DATED_LAYERS.items() if has[layer]}
    offered |= {layer: (label, "map") for layer, label in (dated | GROUND_LAYERS).items()}
    if not ground.names and not has_ledger:
        del offered["names"]
    off = (*OFF, "borders") if has_ledger else OFF
    return [
        {
            "id": layer,
            "label": label,
            "group": group,
            "on": layer not in off if story.layers is None else layer in story.layers,
        }
        for layer, (label, group) in offered.items()
    ]


def _event_columns(
    events: list[Event],
    tables: Tables,
    clamp: Callable[[When], tuple[int, int]],
    selected: set[str],
) -> dict[str, list[Any]]:
    """Columns, not rows: a hundred thousand events stay small and quick to read."""
    names = {actor.id: actor.name for actor in tables.actors}
    places = {place.id: place.shown for place in tables.places}
    others = {place.id: list(place.names) for place in tables.places}
    accuracies = {place.id: place.accuracy_km for place in tables.places}
    of = _transposed(Event, events)
    when = _transposed(When, of["when"])
    spans = list(map(clamp, of["when"]))
    acting = {actors: [names.get(actor, actor) for actor in actors] for actors in set(of["actors"])}
    return {
        "id": of["id"],
        "title": of["title"],
        "when": when["text"],
        "label": when["label"],
        "certainty": when["certainty"],
        "first": [first for first, _ in spans],
        "last": [last for _, last in spans],
        "momentFirst": [first for first, _ in when["moment"]],
        "momentLast": [last for _, last in when["moment"]],
        "offset": when["offset"],
        "lng": np.round(unwrap(np.array(of["lon"])), 5).tolist(),
        "lat": of["lat"],
        "place": [places.get(place, place) for place in of["place"]],
        "names": [others.get(place, _NAMELESS) for place in of["place"]],  # of the place, others
        "accuracyKm": [accuracies.get(place) for place in of["place"]],
        "directions": list(map(list, of["directions"])),
        "kind": of["kind"],
        "status": of["status"],
        "actors": [acting[actors] for actors in of["actors"]],
        "summary": of["summary"],
        "sources": list(map(list, of["sources"])),
        "verified": of["verified"],
        "note": of["note"],
        "key": [
            int(key or name in selected) for key, name in zip(of["key"], of["id"], strict=True)
        ],
    }


def _transposed(kind: type[Event] | type[When], records: Iterable[Any]) -> dict[str, list[Any]]:
    """Records as a column for each of their fields: once through all is the quickest way."""
    columns = list(zip(*records, strict=True)) or [()] * len(kind._fields)
    return dict(zip(kind._fields, map(list, columns), strict=True))


def _selected(story: Story) -> set[str]:
    """The events that chapters select: key events, whatever the table says of them."""
    return {chapter.select for chapter in story.chapters if chapter.select}


def _phases(story: Story, tables: Tables) -> list[dict[str, Any]]:
    """The phases that meet the story's span, as much of each as lies in it."""
    shown = [_phase(phase, story) for phase in tables.phases if story.reaches(phase.when)]
    return sorted(shown, key=lambda phase: (phase["first"], phase["id"]))


def _phase(phase: Phase, story: Story) -> dict[str, Any]:
    opens, closes = _span(story.span)
    first, last = _clamp_to(story)(phase.when)
    return {
        "id": phase.id,
        "direction": phase.direction,
        "label": phase.label,
        "when": phase.when.label,
        "first": max(first, opens),
        "last": min(last, closes),
        "sources": list(phase.sources),
        "verified": phase.verified,
    }


def _fronts(story: Story, ground: Ground) -> list[dict[str, Any]]:
    """The fronts that meet the story's span."""
    return [front for front in ground.lines.fronts if story.meets(front["first"], front["last"])]


def _route(route: Route, points: list[Point], tables: Tables) -> dict[str, Any]:
    names = {actor.id: actor.name for actor in tables.actors}
    return {
        "id": route.id,
        "title": route.title,
        "directions": list(route.directions),
        "actors": [names.get(actor, actor) for actor in route.actors],
        "status": route.status,
        "means": route.means,
        "strength": route.strength,
        "confidence": route.confidence,
        "first": route.first,
        "last": route.last,
        "track": {
            "lng": [lng for lng, _, _ in points],
            "lat": [lat for _, lat, _ in points],
            "t": [instant for _, _, instant in points],
        },
        "stops": list(_stops(route, points)),
        "sources": list(route.sources),
        "verified": route.verified,
        "note": route.note,
    }


def _stops(route: Route, points: list[Point]) -> Iterator[dict[str, Any]]:
    """The waypoints, each where the track has it, which may be past the edge of the sheet."""
    rest = iter(points)
    for waypoint in route.waypoints:
        lng, lat, _ = next(point for point in rest if _is_at(point, waypoint))
        yield {
            "place": waypoint.place,
            "label": waypoint.when.label,
            "t": waypoint.instant,
            "lng": lng,
            "lat": lat,
        }


def _is_at(point: Point, waypoint: Waypoint) -> bool:
    """Whether a point of a track, which is rounded, is that of a waypoint, some turns added."""
    lng, lat, instant = point
    turned = (lng - waypoint.lon + 180) % 360 - 180
    near = max(abs(turned), abs(lat - waypoint.lat)) < 0.001
    return near and instant == waypoint.instant


def _name(name: Name) -> dict[str, Any]:
    return {
        "text": name.text,
        "kind": name.kind,
        "rank": name.rank,
        "lng": round(unwrap(name.lon), 3),
        "lat": name.lat,
        "first": name.when.first if name.when else None,
        "last": name.when.last if name.when else None,
    }


def _polities(ground: Ground) -> list[dict[str, Any]]:
    return [
        {
            "id": polity.id,
            "name": polity.name,
            "side": polity.side,
            "first": polity.when.first if polity.when else None,
            "last": polity.when.last if polity.when else None,
            "labels": ground.ledger.labels.get(polity.id, []),
        }
        for polity in ground.polities
    ]


def _chapter(chapter: Chapter, clamp: Callable[[When], tuple[int, int]]) -> dict[str, Any]:
    when = chapter.when
    return {
        "id": chapter.id,
        "title": chapter.title,
        "status": chapter.status,
        "label": when.label if when else "",
        "at": list(clamp(when)) if when else None,
        "plays": when is not None and plays(when, *clamp(when)),
        "view": _unwrapped(chapter.view) if chapter.view else None,
        "layers": list(chapter.layers) if chapter.layers is not None else None,
        "select": chapter.select,
        "highlight": list(chapter.highlight),
        "inset": _inset(chapter.inset) if chapter.inset else None,
        "beside": list(clamp(chapter.beside)) if chapter.beside else None,
        "besideLabel": chapter.beside.label if chapter.beside else "",
        "picture": _picture(chapter.picture) if chapter.picture else None,
        "text": chapter.text,
        "notes": chapter.notes,
    }


def plays(when: When, first: int, last: int) -> bool:
    """Whether a chapter's time can be played: more than a day, or hours from one to another.

    `first` and `last` are its ends within the story.
    """
    return last - first >= DAY_MS or "/" in when.text


def _picture(picture: Picture) -> dict[str, str]:
    content = base64.b64encode(picture.content).decode("ascii")
    src = f"data:{picture.kind};base64,{content}"
    return {"src": src, "alt": picture.alt, "credit": picture.credit}


def _inset(inset: Inset) -> dict[str, Any]:
    return {"label": inset.label, "view": _unwrapped(inset.view)}


def citation(source: Source) -> str:
    """A source as a list of sources has it."""
    parts = (source.author, source.title, source.where, source.year)
    return ", ".join(part for part in parts if part)
