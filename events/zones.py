"""Zones: what the clocks of a place showed, from the database that is pinned with the code.

The system's own database is never asked: another one would make another page.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

_NAME = re.compile(r"[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo | None:
    """The zone of a name such as Asia/Tokyo, or None where there is none of that name."""
    if not _NAME.fullmatch(name):
        return None
    file = files("tzdata").joinpath("zoneinfo", *name.split("/"))
    if not file.is_file():
        return None
    try:
        with file.open("rb") as opened:
            return ZoneInfo.from_file(opened, name)
    except ValueError:  # one of the database's own lists
        return None


def offset_at(name: str, instant: int) -> int | None:
    """Milliseconds by which the clocks of a zone were ahead of UTC at an instant in ms, or None."""
    zone = zone_named(name)
    if zone is None:
        return None
    try:
        ahead = (_EPOCH + timedelta(milliseconds=instant)).astimezone(zone).utcoffset()
    except OverflowError:  # before year 1 or after year 9999
        return None
    return None if ahead is None else round(ahead.total_seconds() * 1000)
