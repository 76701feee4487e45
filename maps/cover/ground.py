"""The ground of a picture: sea, land in the tints of its holders, lakes, borders and fronts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from math import cos, radians, sqrt
from typing import Any

import numpy as np

from geodata.shaping import decode
from maps.cover.frame import HEIGHT, WIDTH, Frame, Points, line_path, number, ring_path
from maps.cover.frontline import Frontline
from maps.cover.held import Holdings, lasts
from maps.cover.pieces import Pieces
from maps.cover.tints import tinted
from maps.scene import Scene

FAR_RIVERS = 3.6  # zoom below which no river is drawn
DISPUTED = 4.0  # and no disputed border
STEPS = ((1.6, 30), (4.0, 10), (6.0, 5))  # degrees between meridians, up to a zoom
ROWS = tuple(HEIGHT * share / 12 for share in range(1, 12))  # of the picture, to find room in
AROUND_EARTH = 40_075.0  # km

IsOn = Callable[[str], bool]


def ground(scene: Scene, frame: Frame, at: int, is_on: IsOn, name: str) -> dict[str, Any]:
    """The ground at an instant: `drawn` as SVG, the `names` of who owns it, and its `fronts`.

    `name` begins the ids of what is named in it. Names are [name, extent, chords], an extent the
    root of an area and chords [from x, to x, y]; fronts are lists of points. All in units.
    """
    basemap, holdings, pieces = scene["basemap"], Holdings(scene, at), Pieces(scene, frame)
    has_tints = is_on("polities") and bool(scene["histories"])
    fronts = [
        Frontline(front, at, frame, f"{name}-front{number_}")
        for number_, front in enumerate(scene["fronts"])
        if is_on("fronts") and lasts(front, at)
    ]
    land = ring_path(_lines(basemap["land"], frame))
    coast = f'stroke="var(--coast)" stroke-width="{number(frame.by_zoom(0.7, 0.8, 1, 1.2))}"'
    parts = [f'<path d="M0 0H{WIDTH}V{HEIGHT}H0z" fill="var(--sea)"/>']
    if is_on("graticule"):
        parts.append(_graticule(frame))
    parts += [
        f'<defs><path id="{name}-land" d="{land}"/><clipPath id="{name}-shore">',
        f'<use href="#{name}-land" clip-rule="evenodd"/></clipPath></defs>',
        *(front.clips() for front in fronts),
        f'<use href="#{name}-land" fill="var(--land)" fill-rule="evenodd"/>',
    ]
    if has_tints:
        parts += tinted(scene, holdings, pieces, fronts, name)
    if is_on("borders"):
        width = frame.by_zoom(0.85, 1.1, 1.4, 1.8)
        parts.append(_drawn(_lines(basemap["borders"], frame), "border", width))
    if is_on("rivers") and frame.zoom >= FAR_RIVERS:
        width = frame.by_zoom(0.5, 0.6, 0.8, 1.2)
        parts.append(_drawn(_lines(basemap["rivers"], frame), "coast", width))
    parts.append(f'<use href="#{name}-land" fill="none" {coast} stroke-linejoin="round"/>')
    if is_on("lakes"):
        lakes = ring_path(_lines(basemap["lakes"], frame))
        parts.append(f'<path d="{lakes}" fill="var(--sea)" fill-rule="evenodd" {coast}/>')
    if has_tints and frame.zoom >= DISPUTED:
        parts += _disputed(scene, holdings, frame, at)
    parts += [front.drawn(holdings, scene["sides"]) for front in fronts]
    return {
        "drawn": "".join(parts),
        "names": list(_names(holdings, pieces, frame)) if has_tints else [],
        "fronts": [front.points.round(1).tolist() for front in fronts],
    }


def _names(holdings: Holdings, pieces: Pieces, frame: Frame) -> Iterator[list[Any]]:
    """The name of each owner of ground, how large that is, and where there is room for it."""
    for polity, name, label in holdings.names():
        chords = [
            [*frame.units([(west, lat), (east, lat)])[:, 0].tolist(), _height(lat, frame)]
            for west, east, lat in label["chords"]
        ]
        north = max((abs(lat) for _, _, lat in label["chords"]), default=0.0)
        extent = sqrt(label["area"]) * frame.scale / AROUND_EARTH / cos(radians(north))
        if extent > HEIGHT:  # every chord may lie beyond the picture
            chords += pieces.chords(holdings.owned_by(polity), ROWS)
        yield [name, round(extent, 1), [[round(one, 1) for one in chord] for chord in chords]]


def _height(lat: float, frame: Frame) -> float:
    return float(frame.units([(0.0, lat)])[0, 1])


def _lines(packed: str, frame: Frame) -> list[Points]:
    return [frame.units(line) for line in decoded(packed)]


@lru_cache(maxsize=8)
def decoded(packed: str) -> list[Points]:
    """The lines of a packed layer; those of one project's ground are the same in every scene."""
    return decode(packed)


def _drawn(lines: list[Points], tone: str, width: float) -> str:
    """Lines in one colour."""
    stroke = f'stroke="var(--{tone})" stroke-width="{number(width)}"'
    path = line_path(lines)
    return f'<path d="{path}" fill="none" {stroke} stroke-linejoin="round"/>' if path else ""


def _graticule(frame: Frame) -> str:
    """Meridians and parallels, and the line between two days."""
    step = next((degrees for zoom, degrees in STEPS if frame.zoom < zoom), 1)
    west, north = frame.degrees(0, 0)
    east, south = frame.degrees(WIDTH, HEIGHT)
    across = [k * step for k in range(int(west // step), int(east // step) + 1)]
    down = [k * step for k in range(int(south // step), int(north // step) + 1)]
    x = frame.units([(lng, 0.0) for lng in across])[:, 0]
    y = frame.units([(0.0, lat) for lat in down if abs(lat) < 85])[:, 1]
    path = "".join([*(f"M{number(at)} 0V{HEIGHT}" for at in x)]) + "".join(
        f"M0 {number(at)}H{WIDTH}" for at in y
    )
    date_line = number(float(frame.units([(180.0, 0.0)])[0, 0]))
    dots = 'stroke-width="2" stroke-dasharray="3 9"'
    return (
        f'<path d="{path}" fill="none" stroke="var(--coast)" opacity=".3"/>'
        f'<path d="M{date_line} 0V{HEIGHT}" stroke="var(--water)" {dots}/>'
    )


def _disputed(scene: Scene, holdings: Holdings, frame: Frame, at: int) -> Iterator[str]:
    """Each border that is claimed at an instant, in its claimant's colour."""
    sides = {side["id"] for side in scene["sides"]}
    for segment in scene["segments"]:
        if segment["kind"] != "claim" or not lasts(segment, at):
            continue
        side = holdings.side_of(segment["claimants"][0])
        tone = f"hatch-of-{side}" if side in sides else "front"
        path = line_path([frame.units(np.array(segment["line"]))])
        if path:
            yield f'<g fill="none"><path d="{path}" stroke="var(--halo)" stroke-width="7.2"/>'
            stroke = f'stroke="var(--{tone})" stroke-width="3.2" stroke-dasharray="14 6"'
            yield f'<path d="{path}" {stroke}/></g>'
