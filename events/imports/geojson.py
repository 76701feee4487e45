"""GeoJSON, and Linked Places, which is GeoJSON with `when` and names."""

from collections.abc import Iterator
from typing import Any

from events.imports.dates import is_when
from events.imports.json_text import Json, Object, cell, cells, member, objects
from events.imports.shapes import ground_fault, lat_lon, place_of, points_of
from events.imports.sheet import Sheet

_DATED = {"when", "date", "start", "end", "times"}
_EARLIER, _LATER = ("earliest", "in", "latest"), ("latest", "in", "earliest")


def read_geojson(value: Json) -> Sheet:
    """A record for each feature: its properties, its place, its times."""
    sheet = Sheet("GeoJSON", "feature")
    for feature in objects(value.get("features", [value])):
        about = cells(member(feature, "properties"))
        if isinstance(member(feature, "properties", "when"), dict):
            del about["when"]
        name = cell(feature.get("id") or feature.get("@id")).removeprefix("#")
        found = {"id": name} if name and name not in about.values() else {}
        found |= _title(feature) | about | _times(about, member(feature, "properties"))
        found |= _linked(feature) | place_of(feature.get("geometry"))
        way = _way(feature)
        if way and not found.keys() & _DATED:
            found |= {"start": way[0].get("when", ""), "end": way[-1].get("when", "")}
        sheet.add(found, ground_fault(about, way), way=way)
    return sheet


def _title(feature: Object) -> dict[str, str]:
    """Of Linked Places: the first name, and the first description."""
    names = objects(feature.get("names"))
    descriptions = objects(feature.get("descriptions"))
    title = cell(names[0].get("toponym")) if names else ""
    summary = cell(descriptions[0].get("value")) if descriptions else ""
    found = {"title": title, "summary": summary}
    return {name: text for name, text in found.items() if text}


def _times(about: dict[str, str], properties: Any) -> dict[str, str]:
    """Of a line whose points have times: the first and the last of them."""
    for name, times in _lists_of_times(properties):
        if isinstance(times, list) and times:
            kept = {name: about[name]} if name in about else {}
            return {"start": cell(times[0]), "end": cell(times[-1]), **kept}
    return {}


def _lists_of_times(properties: Any) -> Iterator[tuple[str, Any]]:
    """Where TimestampedGeoJson, tracks and geojson-coordinate-properties have them."""
    for holder in (properties, member(properties, "coordinateProperties")):
        for name in ("times", "coordTimes", "time"):
            yield name, member(holder, name)


def _way(feature: Object) -> list[dict[str, str]]:
    """The stops of a line: as `export` wrote them, else its points with the time of each."""
    stops = objects(feature.get("waypoints"))
    if stops:
        return [cells(stop) for stop in stops]
    shape = feature.get("geometry")
    if member(shape, "type") != "LineString":
        return []
    points = list(points_of(member(shape, "coordinates")))
    for _, times in _lists_of_times(feature.get("properties")):
        if isinstance(times, list) and len(times) == len(points) > 1:
            return [
                {"when": cell(time), **lat_lon(point)}
                for time, point in zip(times, points, strict=True)
            ]
    return _fourth(member(shape, "coordinates"))


def _fourth(points: Any) -> list[dict[str, str]]:
    """The stops of a line of kepler.gl, whose points have a time behind their height."""
    if not isinstance(points, list) or not all(
        isinstance(one, list) and len(one) == 4 for one in points
    ):
        return []
    return [{"when": cell(one[3]), "lat": cell(one[1]), "lon": cell(one[0])} for one in points]


def _linked(feature: Object) -> dict[str, str]:
    """`when` of Linked Places: the label where it is a date of ours, else its first timespan."""
    when = next((one for one in _whens(feature) if isinstance(one, dict)), None)
    if when is None:
        return {}
    spans = objects(when.get("timespans")) or [{}]
    start, end = spans[0].get("start"), spans[0].get("end")
    found = {"start": _end(start, _EARLIER), "end": _end(end or start, _LATER)}
    if len(spans) > 1:
        found["timespans"] = cell(when.get("timespans"))
    label = cell(when.get("label"))
    return {**found, "when" if is_when(label) else "label": label}


def _whens(feature: Object) -> Iterator[Any]:
    """Where Linked Places may say when: of the feature, else of its shape or of its first name."""
    yield feature.get("when")
    yield member(feature, "properties", "when")
    yield member(feature, "geometry", "when")
    parts = (*objects(member(feature, "geometry", "geometries")), *objects(feature.get("names")))
    yield from (part.get("when") for part in parts)


def _end(end: Any, names: tuple[str, ...]) -> str:
    if not isinstance(end, dict):
        return cell(end)
    return next((cell(end[name]) for name in names if end.get(name)), "")
