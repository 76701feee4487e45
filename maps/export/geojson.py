"""A story as GeoJSON (RFC 7946): its events and routes, or all the ground as of one moment.

Every feature says what it is by one property that holds its id: `event`, `route`, `polity`,
`front` or `segment`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import shapely

from events.civil import iso_instant
from events.record import Event, Tables
from events.when import When
from geodata.dated import Held, Ownership, behind_fronts
from geodata.fronts import Front, Pocket
from geodata.polities import Polity
from geodata.reading import Ground
from geodata.routes import Route, Waypoint, track
from geodata.seam import unwrap
from geodata.segments import Segment
from geodata.wrapping import as_geojson
from maps.export.record import event_properties
from maps.story import Story

Feature = dict[str, Any]

# The property that says what a feature is, and what many of them are called.
SUBJECTS = {
    "event": "events",
    "route": "routes",
    "polity": "polities",
    "front": "fronts",
    "segment": "segments",
}


def geojson(story: Story, tables: Tables, ground: Ground, at: When | None = None) -> str:
    """The text of the file; with `at`, only what holds at the end of the time that it names."""
    found = features(story, tables, ground, at)
    lines = [json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in found]
    head = {"type": "FeatureCollection", "title": story.title, "at": at.text if at else None}
    begin = json.dumps(head, ensure_ascii=False, separators=(",", ":")).removesuffix("}")
    return begin + ',"features":[\n' + ",\n".join(lines) + "\n]}\n"


def features(
    story: Story, tables: Tables, ground: Ground, at: When | None = None
) -> Iterator[Feature]:
    """What the file holds; `begins` and `ends` are instants in ISO 8601, None where open."""
    return _all(story, tables, ground) if at is None else _as_of(at, story, tables, ground)


def table_of(feature: Feature) -> str:
    """What a feature is one of: events, routes, polities, fronts or segments."""
    return next(name for subject, name in SUBJECTS.items() if subject in feature["properties"])


def events_of(story: Story, tables: Tables, at: When | None = None) -> Iterator[Event]:
    """The events of a story, or those of them that meet a time."""
    for event in tables.events:
        if story.reaches(event.when) and (at is None or _meets(event.when, at)):
            yield event


def _all(story: Story, tables: Tables, ground: Ground) -> Iterator[Feature]:
    yield from map(_event, events_of(story, tables))
    for route in ground.routes:
        if story.meets(route.first, route.last):
            yield _route(route, route.last)


def _as_of(at: When, story: Story, tables: Tables, ground: Ground) -> Iterator[Feature]:
    assert at.first is not None
    assert at.last is not None
    yield from _polities(ground, at.last)
    for front in ground.fronts:
        if front.first <= at.last and front.last >= at.first:
            yield from _front(front, min(at.last, front.last))
    for segment in ground.segments:
        if _meets(segment.when, at):
            yield _segment(segment)
    for route in ground.routes:
        if route.first <= at.last and route.last >= at.first:
            yield _route(route, at.last)
    yield from map(_event, events_of(story, tables, at))


def _meets(when: When | None, at: When) -> bool:
    """Whether a time, or none, which is always, has any instant in common with another."""
    if when is None or at.first is None or at.last is None:
        return True
    begins = when.first is None or when.first <= at.last
    return begins and (when.last is None or when.last >= at.first)


def _polities(ground: Ground, instant: int) -> Iterator[Feature]:
    names = {polity.id: polity for polity in ground.polities if polity.holds_at(instant)}
    ledger = (ground.ownership or Ownership()).as_of(instant)
    for held in behind_fronts(ledger, ground.fronts, ground.polities, instant):
        yield _feature(held.area, _held(held, names.get(held.holder)))


def _held(held: Held, polity: Polity | None) -> Feature:
    return {
        "polity": held.holder,
        "name": polity.name if polity else held.holder,
        "side": polity.side if polity else "",
        "owner": held.owner,
        "garrison": held.garrison,
        "status": held.status,
    }


def _front(front: Front, instant: int) -> Iterator[Feature]:
    """The line of a front at an instant, and its pockets."""
    about = {
        "front": front.id,
        "name": front.name,
        "left": front.left,
        "right": front.right,
        "accuracy_km": front.accuracy_km,
        "sources": list(front.sources),
        "note": front.note,
    }
    yield _feature(shapely.LineString(front.line_at(instant)), about)
    for pocket in front.pockets_at(instant):
        yield _feature(shapely.polygons(pocket.ring), _pocket(front, pocket))


def _pocket(front: Front, pocket: Pocket) -> Feature:
    return {
        "front": front.id,
        "pocket": pocket.name,
        "holder": pocket.holder,
        "when": pocket.when.text,
        **_ends(pocket.when.first, pocket.when.last),
        "basis": pocket.basis,
        "verified": pocket.verified,
    }


def _segment(segment: Segment) -> Feature:
    line = shapely.linestrings(segment.line) if len(segment.line) > 1 else None
    shape = shapely.points(segment.line[0]) if line is None else line
    return _feature(
        shapely.polygons(segment.line) if segment.kind == "strip" else shape,
        {
            "segment": segment.id,
            "label": segment.label,
            "kind": segment.kind,
            "claimants": list(segment.claimants),
            "accuracy_km": segment.accuracy_km,
            "basis": segment.basis,
            "sources": list(segment.sources),
            "verified": segment.verified,
            "note": segment.note,
        },
    )


def _route(route: Route, instant: int) -> Feature:
    """A route as far as it has come by an instant."""
    points = [(lng, lat, t) for lng, lat, t in track(route)]
    gone = [(lng, lat) for lng, lat, t in points if t <= instant]
    ahead = [point for point in points if point[2] > instant]
    if gone and ahead:
        gone.append(_between(points[len(gone) - 1], ahead[0], instant))
    shape = shapely.linestrings(gone) if len(gone) > 1 else shapely.points(points[0][:2])
    feature = _feature(
        shape,
        {
            "route": route.id,
            "title": route.title,
            "actors": list(route.actors),
            "directions": list(route.directions),
            "status": route.status,
            "means": route.means,
            "strength": route.strength,
            "confidence": route.confidence,
            "when": f"{route.waypoints[0].when.text}/{route.waypoints[-1].when.text}",
            **_ends(route.first, route.last),
            "sources": list(route.sources),
            "verified": route.verified,
            "note": route.note,
        },
    )
    return feature if ahead else {**feature, "waypoints": list(map(_waypoint, route.waypoints))}


def _waypoint(waypoint: Waypoint) -> Feature:
    """A stop as the table has it, beside the shape that passes it: so a route can be read again."""
    return {
        "when": waypoint.when.text,
        "place": waypoint.place,
        "lat": waypoint.lat,
        "lon": waypoint.lon,
        "verified": waypoint.verified,
        "note": waypoint.note,
    }


def _between(
    here: tuple[float, float, int], there: tuple[float, float, int], instant: int
) -> tuple[float, float]:
    share = (instant - here[2]) / (there[2] - here[2])
    return here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])


def _event(event: Event) -> Feature:
    return _feature(
        shapely.points(unwrap(event.lon), event.lat),
        {
            **event_properties(event),
            "when": event.when.text,
            **_ends(event.when.first, event.when.last),
        },
        places=5,
    )


def _ends(first: int | None, last: int | None) -> Feature:
    return {
        "begins": None if first is None else iso_instant(first),
        "ends": None if last is None else iso_instant(last),
    }


def _feature(shape: shapely.Geometry, properties: Feature, places: int = 3) -> Feature:
    return {"type": "Feature", "properties": properties, "geometry": as_geojson(shape, places)}
