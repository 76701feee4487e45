"""GPX: a record for each waypoint, and one for each track or route, at its start."""

from events.imports.markup import Element, child_text
from events.imports.sheet import Sheet


def read_gpx(root: Element) -> Sheet:
    """The records of a document; a track lasts from its first time to its last."""
    sheet = Sheet("GPX", "mark")
    for point in root.findall("wpt"):
        sheet.add({**_told(point), "start": child_text(point, "time"), **_place(point)})
    for tag, point_tag in (("trk", "trkpt"), ("rte", "rtept")):
        for track in root.findall(tag):
            points = list(track.iter(point_tag))
            times = [child_text(point, "time") for point in points]
            timed = list(filter(None, times))
            found = {**_told(track), "points": str(len(points))}
            if timed:
                found |= {"start": timed[0], "end": timed[-1]}
            stops = zip(times, points, strict=True) if len(timed) == len(points) else ()
            way = [{"when": time, **_place(point)} for time, point in stops]
            sheet.add({**found, **(_place(points[0]) if points else {})}, way=way)
    return sheet


def _told(element: Element) -> dict[str, str]:
    names = ("name", "desc", "cmt", "src", "sym", "type", "ele")
    return {name: text for name in names if (text := child_text(element, name))}


def _place(point: Element) -> dict[str, str]:
    return {name: point.get(name) or "" for name in ("lat", "lon")}
