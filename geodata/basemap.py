"""The basemap: the committed layers, packed for the page."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geodata.shaping import encode

LAYERS = Path(__file__).parent / "layers"


@dataclass(frozen=True, slots=True)
class Basemap:
    """Land, today's country lines, lakes and rivers, each as text of `shaping.encode`.

    Longitudes from -30 to 330. Land and lakes are rings, exteriors and holes in one stream, to be
    filled by the even-odd rule; borders and rivers are open lines.
    """

    land: str
    borders: str
    lakes: str
    rivers: str


@cache
def read_basemap() -> Basemap:
    """The basemap that comes with the code, the same for every project; read once."""
    return Basemap(*(encode(lines_of(name)) for name in ("land", "borders", "lakes", "rivers")))


def lines_of(layer: str) -> list[list[list[float]]]:
    """All rings or lines of a committed layer, in the order of its file."""
    text = (LAYERS / f"{layer}.geojson").read_text(encoding="utf-8")
    lines: list[list[list[float]]] = []
    for feature in json.loads(text)["features"]:
        geometry: dict[str, Any] = feature["geometry"]
        polygon = geometry["type"] == "Polygon"
        lines += geometry["coordinates"] if polygon else [geometry["coordinates"]]
    return lines
