"""A story as KML 2.2 with a TimeSpan for each feature: Google Earth plays it on its own slider."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from events.record import Source, Tables
from events.when import When
from geodata.reading import Ground
from maps.export.geojson import Feature, features, table_of
from maps.story import Story
from maps.style import colours_of

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
_ICON = (
    "http://maps.google.com/mapfiles/kml/shapes/placemark_circle.png"  # white, so it takes a tint
)
_GREY = "#8a8178"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def kml(story: Story, tables: Tables, ground: Ground, at: When | None = None) -> str:
    """The text of the file; descriptions are escaped text with the sources by name."""
    colours = {
        direction.id: colours_of(direction, index)[0]
        for index, direction in enumerate(tables.directions)
    }
    sources = {source.id: source for source in tables.sources}
    lines = [_HEAD, f"<Document><name>{_text(story.title)}</name>"]
    lines += [_style(name, colour) for name, colour in {**colours, "context": _GREY}.items()]
    for folder, found in _folders(features(story, tables, ground, at)).items():
        lines += [f"<Folder><name>{folder}</name>", *(_placemark(one, sources) for one in found)]
        lines.append("</Folder>")
    return "\n".join([*lines, "</Document>", "</kml>", ""])


def _folders(found: Iterable[Feature]) -> dict[str, list[Feature]]:
    folders: dict[str, list[Feature]] = {}
    for feature in found:
        folders.setdefault(table_of(feature).capitalize(), []).append(feature)
    return folders


def _style(name: str, colour: str) -> str:
    tint = f"ff{colour[5:7]}{colour[3:5]}{colour[1:3]}"  # KML counts alpha, blue, green, red
    return (
        f"<Style id={quoteattr(name)}><IconStyle><color>{tint}</color>"
        f"<Icon><href>{_ICON}</href></Icon></IconStyle><LineStyle><color>{tint}</color><width>3</width></LineStyle>"
        f"<PolyStyle><color>66{tint[2:]}</color></PolyStyle></Style>"
    )


def _placemark(feature: Feature, sources: dict[str, Source]) -> str:
    about = feature["properties"]
    title = about.get("title") or about.get("name") or about.get("label") or about.get("pocket")
    direction = next(iter(about.get("directions", ())), "context")
    return "".join(
        (
            f"<Placemark><name>{_text(title or '')}</name>",
            f"<description>{_text(_description(about, sources))}</description>",
            _time_span(about),
            f"<styleUrl>{_text('#' + direction)}</styleUrl>",
            "<ExtendedData>",
            *(
                f"<Data name={quoteattr(name)}><value>{_text(_value(value))}</value></Data>"
                for name, value in about.items()
            ),
            "</ExtendedData>",
            _shape(feature["geometry"]),
            "</Placemark>",
        )
    )


def _time_span(about: Feature) -> str:
    begins, ends = about.get("begins"), about.get("ends")
    if not begins and not ends:
        return ""
    begin = f"<begin>{begins}</begin>" if begins else ""
    return f"<TimeSpan>{begin}{f'<end>{ends}</end>' if ends else ''}</TimeSpan>"


def _description(about: Feature, sources: dict[str, Source]) -> str:
    """HTML without any of the tables: what they say is escaped in it."""
    facts = [about[name] for name in ("when", "summary", "note") if about.get(name)]
    if "verified" in about:
        facts.append(about["verified"])
    facts += [
        _cited(sources[name]) if name in sources else name for name in about.get("sources", ())
    ]
    return "".join(f"<p>{html.escape(fact)}</p>" for fact in facts)


def _cited(source: Source) -> str:
    return ", ".join(filter(None, (source.author, source.title, source.year)))


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else str(value)


def _shape(geometry: Feature) -> str:
    kind, points = geometry["type"], geometry["coordinates"]
    if kind.startswith("Multi"):
        single = kind.removeprefix("Multi")
        parts = (_shape({"type": single, "coordinates": part}) for part in points)
        return f"<MultiGeometry>{''.join(parts)}</MultiGeometry>"
    if kind == "Polygon":
        return f"<Polygon>{''.join(_rings(points))}</Polygon>"
    bent = "<tessellate>1</tessellate>" if kind == "LineString" else ""
    return f"<{kind}>{bent}{_coordinates(points if bent else [points])}</{kind}>"


def _rings(rings: Iterable[Any]) -> Iterator[str]:
    for number, ring in enumerate(rings):
        where = "innerBoundaryIs" if number else "outerBoundaryIs"
        yield f"<{where}><LinearRing>{_coordinates(ring)}</LinearRing></{where}>"


def _coordinates(points: Iterable[Any]) -> str:
    return f"<coordinates>{' '.join(f'{lon},{lat}' for lon, lat in points)}</coordinates>"


def _text(text: str) -> str:
    """Text as XML may have it; what XML has no word for is left out."""
    return escape(_NO_XML.sub("", text))
