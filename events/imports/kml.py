"""KML and KMZ: a record for each placemark."""

from events.imports.markup import Element, child_text, parse_xml, plain_text
from events.imports.shapes import Point, ground_fault, lat_lon, middle
from events.imports.sheet import Sheet
from events.imports.zips import Zip
from events.table import Unreadable


def read_kmz(packed: Zip) -> Sheet:
    """The records of the first KML that a KMZ packs."""
    names = sorted(name for name in packed.names if name.lower().endswith(".kml"))
    names.sort(key=lambda name: name.lower() != "doc.kml")
    if not names:
        raise Unreadable("packs no KML", "unpack it, and import what it holds")
    return read_kml(parse_xml(packed.read(names[0])))


def read_kml(root: Element) -> Sheet:
    """The records of a document: name, description, times, place and extended fields."""
    sheet = Sheet("KML", "placemark")
    for mark in root.iter("Placemark"):
        extended = {one.get("name") or "": child_text(one, "value") for one in mark.iter("Data")}
        extended |= {
            one.get("name") or "": (one.text or "").strip() for one in mark.iter("SimpleData")
        }
        shown = {
            "title": child_text(mark, "name"),
            "summary": plain_text(child_text(mark, "description")),
            "address": child_text(mark, "address"),
            **_times(mark),
        }
        fields = {name: text for name, text in extended.items() if name and text}
        found = {name: text for name, text in shown.items() if text}
        sheet.add({**found, **fields, **_place(mark)}, ground_fault(fields))
    return sheet


def _times(mark: Element) -> dict[str, str]:
    """Of a time span, a time stamp, or a track from its first time to its last."""
    times = [(when.text or "").strip() for when in mark.iter("when")] or [""]
    return {
        "start": child_text(mark, "TimeSpan/begin") or times[0],
        "end": child_text(mark, "TimeSpan/end") or times[-1],
    }


def _place(mark: Element) -> dict[str, str]:
    """The point of a placemark, the first of its line, or the middle of its area."""
    for shape in ("Point", "LineString", "Track", "Polygon"):
        for element in mark.iter(shape):
            texts = [
                one.text or "" for one in (*element.iter("coordinates"), *element.iter("coord"))
            ]
            points = [point for text in texts for point in _points(text, shape == "Track")]
            if points:
                return lat_lon(middle(points) if shape == "Polygon" else points[0])
    return {}


def _points(text: str, spaced: bool) -> list[Point]:
    """Coordinates as KML has them, `lon,lat,height` apart by spaces; tracks have spaces within."""
    groups = [text.split()] if spaced else [group.split(",") for group in text.split()]
    points = []
    for group in groups:
        try:
            points.append((float(group[0]), float(group[1])))
        except (ValueError, IndexError):
            continue
    return [point for point in points if all(abs(one) < 1e9 for one in point)]
