"""KML and KMZ: a record for each placemark."""

from collections.abc import Iterator

from events.imports.markup import Element, child_text, parse_xml, plain_text
from events.imports.shapes import Point, ground_fault, lat_lon, middle
from events.imports.sheet import Sheet
from events.imports.zips import Zip
from events.table import Unreadable

Times = dict[str, str]

_FOLDERS = ("kml", "Document", "Folder")
_SHOWN = ("Placemark", "GroundOverlay", "PhotoOverlay", "ScreenOverlay", "NetworkLink")


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
    for mark, times in _marks(root, {}):
        if mark.tag != "Placemark":
            sheet.add({"title": child_text(mark, "name")}, f"is a {mark.tag}, and no placemark")
            continue
        extended = {one.get("name") or "": child_text(one, "value") for one in mark.iter("Data")}
        extended |= {
            one.get("name") or "": (one.text or "").strip() for one in mark.iter("SimpleData")
        }
        shown = {
            "title": child_text(mark, "name"),
            "summary": plain_text(child_text(mark, "description")),
            "address": child_text(mark, "address"),
            **times,
        }
        fields = {name: text for name, text in extended.items() if name and text}
        found = {name: text for name, text in shown.items() if text and name not in extended}
        sheet.add({**found, **fields, **_place(mark)}, ground_fault(fields), way=_way(mark))
    return sheet


def _marks(element: Element, times: Times) -> Iterator[tuple[Element, Times]]:
    """What a document shows, each with its own times or those of the folder that it lies in."""
    times = _times(element) or times
    if element.tag in _SHOWN:
        yield element, times
    elif element.tag in _FOLDERS:
        for inner in element:
            yield from _marks(inner, times)


def _times(element: Element) -> Times:
    """Of a time span, a time stamp, or a track from its first time to its last."""
    tracks = element.iter("Track") if element.tag == "Placemark" else ()
    stamps = [
        *element.findall("TimeStamp/when"),
        *(one for track in tracks for one in track.iter("when")),
    ]
    found = [(when.text or "").strip() for when in stamps] or [""]
    begin, end = (child_text(element, f"TimeSpan/{name}") for name in ("begin", "end"))
    times = {"start": begin or found[0], "end": end or (".." if begin else found[-1])}
    return {name: text for name, text in times.items() if text}


def _way(mark: Element) -> list[dict[str, str]]:
    """The stops of its tracks, where each has a time and a place."""
    stops = []
    for track in mark.iter("Track"):
        times = [(when.text or "").strip() for when in track.iter("when")]
        points = [_points(one.text or "", spaced=True) for one in track.iter("coord")]
        if len(times) != len(points) or not all(points):
            return []
        stops += [
            {"when": time, **lat_lon(found[0])} for time, found in zip(times, points, strict=True)
        ]
    return stops


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
