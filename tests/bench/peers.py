"""The same map by folium's own time plugins: Timeline and TimestampedGeoJson, canvas and SVG.

They are fed from memory and get what makes them quick: circle markers instead of pins, one block
of GeoJSON, no popups, no tiles. Run by `builder.py` in a process of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import folium
from folium.plugins import Timeline, TimelineSlider, TimestampedGeoJson
from folium.utilities import JsCode
from synthetic import DAY, Happening, Movement, happenings, instant, movements

# TimestampedGeoJson sorts instants as text and so wants numbers of one length: forty years later.
LATER = 14_610 * DAY
STYLE = {"radius": 4, "weight": 1, "fillOpacity": 0.8, "color": "#2166ac"}

Feature = dict[str, Any]


class Made(NamedTuple):
    """A map that is ready to be written, and how a page of it is told to show an instant `t`."""

    map: folium.Map
    seek: str


def features_for(plugin: str, number: int) -> list[Feature]:
    """All events and routes as the GeoJSON features that a plugin wants."""
    if plugin == "timeline":
        point, line = _spanned_point, _spanned_line
    else:
        point, line = _timed_point, _timed_line
    return [*map(point, happenings(number)), *map(line, movements())]


def timeline(features: list[Feature], canvas: bool) -> Made:
    """A map with folium's Timeline and its slider."""
    shown = folium.Map(location=(20, 0), zoom_start=2, tiles=None, prefer_canvas=canvas)
    as_circle = JsCode(f"(feature, place) => L.circleMarker(place, {_js(STYLE)})")
    layer = Timeline({"type": "FeatureCollection", "features": features}, point_to_layer=as_circle)
    layer.add_to(shown)
    slider = TimelineSlider(auto_play=False, show_ticks=False).add_timelines(layer)
    slider.add_to(shown)
    return Made(shown, f"{slider.get_name()}.setTime(t)")


def timestamped(features: list[Feature], canvas: bool) -> Made:
    """A map with folium's TimestampedGeoJson, a step a day."""
    shown = folium.Map(location=(20, 0), zoom_start=2, tiles=None, prefer_canvas=canvas)
    TimestampedGeoJson(
        {"type": "FeatureCollection", "features": features},
        period="P1D",
        duration="P1D",
        auto_play=False,
        loop=False,
    ).add_to(shown)
    return Made(shown, f"{shown.get_name()}.timeDimension.setCurrentTime(t + {LATER})")


PLUGINS = {"timeline": timeline, "timestamped": timestamped}


def save(made: Made, path: Path) -> None:
    """Writes the page as folium makes it, and beside it how it is told to show an instant."""
    made.map.save(path)
    path.with_suffix(".seek").write_text(made.seek, encoding="utf-8")


def _js(style: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {value!r}" for key, value in style.items()) + "}"


def _spanned_point(event: Happening) -> Feature:
    properties = {"title": event.title, "start": instant(event.first), "end": _end(event.last)}
    return _feature("Point", [event.lon, event.lat], properties)


def _spanned_line(route: Movement) -> Feature:
    """Timeline cannot move anything: the whole way, while somebody is on it."""
    start, end = instant(route.way[0][0]), _end(route.way[-1][0])
    coordinates = [[lon, lat] for _, lat, lon in route.way]
    return _feature("LineString", coordinates, {"title": route.title, "start": start, "end": end})


def _timed_point(event: Happening) -> Feature:
    times = [instant(event.first) + LATER, _end(event.last) + LATER]
    properties = {"title": event.title, "times": times, "icon": "circle", "iconstyle": STYLE}
    return _feature("Point", [event.lon, event.lat], properties)


def _timed_line(route: Movement) -> Feature:
    """A place for each day: within its duration of a day the plugin shows the last of them."""
    days = range(route.way[0][0], route.way[-1][0] + 1)
    times = [instant(day) + LATER for day in days]
    properties = {"title": route.title, "times": times, "icon": "circle", "iconstyle": STYLE}
    return _feature("LineString", [_place_on(route, day) for day in days], properties)


def _place_on(route: Movement, day: int) -> list[float]:
    leg = max(k for k in range(len(route.way) - 1) if route.way[k][0] <= day)
    (since, lat, lon), (until, next_lat, next_lon) = route.way[leg], route.way[leg + 1]
    share = (day - since) / (until - since)
    return [round(lon + (next_lon - lon) * share, 3), round(lat + (next_lat - lat) * share, 3)]


def _feature(kind: str, coordinates: list[Any], properties: dict[str, Any]) -> Feature:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _end(day: int) -> int:
    return instant(day + 1) - 1
