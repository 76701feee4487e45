"""A story as GeoPackage: a table for each kind of feature; QGIS plays `begins` to `ends`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from events.record import Tables
from events.when import When
from geodata.reading import Ground
from maps.export.geojson import Feature, features, table_of
from maps.story import Story

_NO_CLOCK = {"OGR_CURRENT_DATE": "1970-01-01T00:00:00.000Z"}  # so that bytes do not tell the hour
_LATEST = "9999"


def gpkg(story: Story, tables: Tables, ground: Ground, at: When | None = None) -> bytes:
    """The bytes of the file; its dates have no years before 1, which only `when` tells."""
    import pyogrio

    rows: dict[tuple[str, str], list[Feature]] = {("events", "Point"): []}
    for feature in features(story, tables, ground, at):
        rows.setdefault(_table_of(feature), []).append(feature)
    pyogrio.set_gdal_config_options(_NO_CLOCK)
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{story.slug}.gpkg"
            for (name, kind), found in rows.items():
                pyogrio.write_dataframe(
                    _frame(found),
                    file,
                    layer=name,
                    geometry_type=kind,
                    promote_to_multi=kind != "Point",
                )
            return file.read_bytes()
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(_NO_CLOCK))


def _table_of(feature: Feature) -> tuple[str, str]:
    """The table of a feature and its shape; the pockets of fronts are areas beside the lines."""
    kind = feature["geometry"]["type"].removeprefix("Multi")
    name = table_of(feature)
    if name in ("events", "polities") or kind == "LineString":
        shown = name
    else:
        shown = f"{name} ({'points' if kind == 'Point' else 'areas'})"
    return shown, kind if kind == "Point" else f"Multi{kind}"


def _frame(found: Sequence[Feature]) -> Any:
    import geopandas
    import numpy as np

    columns = None if found else ["event", "geometry"]
    frame = geopandas.GeoDataFrame.from_features(found, "EPSG:4326", columns)
    for column in frame.columns.difference(["geometry", "begins", "ends", "accuracy_km"]):
        frame[column] = [
            ";".join(cell) if isinstance(cell, list) else cell for cell in frame[column]
        ]
    for column in frame.columns.intersection(["begins", "ends"]):
        frame[column] = np.array([_datetime(text) for text in frame[column]], "datetime64[ms]")
    return frame


def _datetime(text: object) -> str:
    """An instant as numpy reads it, NaT where it is open or no year from 1 to 9999.

    What is open in some rows alone pandas has made a number that is none.
    """
    is_told = isinstance(text, str) and "0001" <= text[:4] <= _LATEST and text[4] == "-"
    return str(text).removesuffix("Z") if is_told else "NaT"
