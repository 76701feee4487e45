"""GeoPackage: the points of its first table that has any, by SQLite alone."""

import sqlite3
import struct
from contextlib import closing

from events.imports.json_text import cell
from events.imports.shapes import lat_lon
from events.imports.sheet import Sheet
from events.table import Unreadable

_ENVELOPES = (0, 32, 48, 48, 64)  # bytes before the shape, by what the flags say
_NO_LOG = b"\1\1"  # how to write and to read it: a log beside it would have no place in memory
_TABLE = """\
select table_name, column_name from gpkg_geometry_columns
order by geometry_type_name <> 'POINT', table_name <> 'events', table_name"""


def read_geopackage(raw: bytes) -> Sheet:
    """A record for each row of the first table of points; Unreadable where there is none."""
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(raw[:18] + _NO_LOG + raw[20:])
            database.execute("pragma trusted_schema = off")
            found = database.execute(_TABLE).fetchone()
            if found is None:
                raise Unreadable("has no table of places", "")
            return _sheet(database, str(found[0]), str(found[1]))
    except (sqlite3.Error, OverflowError, UnicodeError):
        raise Unreadable("is not a sound GeoPackage", "save it again") from None


def _sheet(database: sqlite3.Connection, table: str, shape: str) -> Sheet:
    sheet = Sheet("GeoPackage", "row")
    quoted = table.replace('"', '""')
    rows = database.execute(f'select * from "{quoted}"')
    names = [column[0] for column in rows.description]
    for row in rows:
        cells = dict(zip(names, row, strict=True))
        point = _point(cells.pop(shape, None))
        told = {name: _text(value) for name, value in cells.items() if name != "fid"}
        sheet.add({**told, **point})
    return sheet


def _text(value: object) -> str:
    return "" if isinstance(value, bytes) else cell(value)


def _point(blob: object) -> dict[str, str]:
    """lat and lon of a point as GeoPackage has it: a head, an envelope, then well-known binary."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return {}
    at = 8 + _ENVELOPES[min(blob[3] >> 1 & 7, 4)]
    order = "<" if blob[at : at + 1] == b"\1" else ">"
    try:
        kind, lon, lat = struct.unpack_from(f"{order}Idd", blob, at + 1)
    except struct.error:
        return {}
    is_point = kind % 1000 == 1 and abs(lon) < 1e9 and abs(lat) < 1e9
    return lat_lon((lon, lat)) if is_point else {}
