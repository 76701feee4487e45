"""Positions of the wild: degrees in two columns, or both in one."""

import re

from events.row import plain_number

_WKT = re.compile(r"POINT\s*Z?\s*\(\s*(\S+)\s+(\S+)(?:\s+\S+)?\s*\)", re.IGNORECASE)
# Two numbers apart by more than a comma, which alone may be that of a decimal; or both with points.
_PAIR = re.compile(
    r"[(\[]?\s*(?:([^,;\s]+)(?:[,;]?\s+|;)([^,;\s]+)|([^,;\s]+\.\d+),([^,;\s]+\.\d+))\s*[)\]]?"
)


def read_point(text: str) -> tuple[str, str]:
    """Latitude and longitude of "Point(lon lat)" or "lat, lon"; "" where there is none."""
    first = text.split(";")[0] if "(" in text else text
    wkt = _WKT.search(first)
    if wkt:
        return degrees(wkt[2]), turned(degrees(wkt[1]))
    pair = _PAIR.fullmatch(text)
    lat, lon = map(degrees, filter(None, pair.groups())) if pair else ("", "")
    return (lat, turned(lon)) if lat and lon else ("", "")


def degrees(text: str) -> str:
    """A number of degrees as tables have it; the text as it is where it is none."""
    return plain_number(text) or text


def turned(lon: str) -> str:
    """A longitude that counts on from 180 to 360, counted from 0 to -180 instead."""
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", lon) or not 180 < float(lon) <= 360:
        return lon
    return f"{float(lon) - 360:.10g}"
