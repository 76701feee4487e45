"""Positions of the wild: degrees in two columns, or both in one."""

import re

from events.imports.shapes import middle
from events.imports.sheet import number_text
from events.row import plain_number

_WKT = re.compile(r"\b(POINT|LINESTRING|POLYGON|MULTI[A-Z]+)\s*Z?M?\s*(\([^a-z]*\))", re.IGNORECASE)
_WKT_POINT = re.compile(r"([^\s(),]+)\s+([^\s(),]+)[^,()]*")
# Two numbers apart by more than a comma, which alone may be that of a decimal; or both with points.
_PAIR = re.compile(
    r"[(\[]?\s*(?:([^][(),;\s]+)(?:[,;]?\s+|;)([^][(),;\s]+)"
    r"|([^][(),;\s]+\.\d+),([^][(),;\s]+\.\d+))\s*[)\]]?"
)
_COMPASS = re.compile(r"(\d.*[NS])\s*[,;/]?\s*(\d.*[EW])", re.IGNORECASE)


def read_point(text: str) -> tuple[str, str]:
    """Latitude and longitude of "Point(lon lat)" or "lat, lon"; "" where there is none.

    Of other well-known text: the first point of a line, the middle of an area.
    """
    wkt = _WKT.search(text)
    if wkt:
        return _of_wkt(wkt[1].upper(), wkt[2])
    pair = _COMPASS.fullmatch(text) or _PAIR.fullmatch(text)
    lat, lon = map(degrees, filter(None, pair.groups())) if pair else ("", "")
    return (lat, turned(lon)) if lat and lon else ("", "")


def _of_wkt(kind: str, text: str) -> tuple[str, str]:
    pairs = [(degrees(lat), turned(degrees(lon))) for lon, lat in _WKT_POINT.findall(text)]
    if not kind.endswith("POLYGON"):
        return pairs[0] if pairs else ("", "")
    try:
        lon, lat = middle([(float(lon), float(lat)) for lat, lon in pairs])
    except ValueError:
        return "", ""
    return number_text(lat), number_text(lon)


def degrees(text: str) -> str:
    """A number of degrees as tables have it; the text as it is where it is none."""
    return plain_number(text) or text


def turned(lon: str) -> str:
    """A longitude that counts on from 180 to 360, counted from 0 to -180 instead."""
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", lon) or not 180 < float(lon) <= 360:
        return lon
    return f"{float(lon) - 360:.10g}"
