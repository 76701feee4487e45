"""Routes in a picture: tapered arrows of what happened, a dash of what was only planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from maps.cover.frame import BEYOND, Frame, Points, holds, line_path, polygon_path

WIDEST = {"sea": 18.0, "land": 18.0, "rail": 10.0, "air": 6.0}  # units
SHORTEST = 14.0  # units, below which a route is left out
SAMPLE = 8.0  # units between the points of a rounded line
ROUNDING = {"sea": 7, "land": 2, "rail": 5, "air": 0}  # samples on either side
TAIL = 3.0  # units


def line_of(route: Mapping[str, Any], at: int, frame: Frame) -> Points | None:
    """A route as far as it had come at an instant; None where nothing of it can be seen."""
    points = _covered(route, at, frame)
    if len(points) < 2 or _length(points) < SHORTEST:
        return None
    line = _rounded(points, ROUNDING[route["means"]])
    (seen,) = np.nonzero(holds(line, 4 * BEYOND))
    return line[max(seen[0] - 1, 0) : seen[-1] + 2] if holds(line).any() else None


def arrow(route: Mapping[str, Any], line: Points, tone: str) -> str:
    """The arrow of a route along a line."""
    if route["status"] != "executed":
        return _planned(line, tone)
    path = polygon_path(_outline(line, WIDEST[route["means"]]))
    casing = 'stroke="var(--halo)" stroke-width="3.2" stroke-linejoin="round" paint-order="stroke"'
    return f'<path d="{path}" fill="var(--{tone})" {casing}/>'


def _covered(route: Mapping[str, Any], at: int, frame: Frame) -> Points:
    """The points of a track up to an instant."""
    track = route["track"]
    times = np.asarray(track["t"], dtype=np.float64)
    points = frame.units(np.column_stack([track["lng"], track["lat"]]))
    passed = times <= at
    if passed.all() or not passed.any():
        return points[passed]
    head = [np.interp(at, times, points[:, k]) for k in (0, 1)]
    return np.vstack([points[passed], [head]])


def _length(points: Points) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def evenly(points: Points) -> Points:
    """A line at equal steps."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    count = max(2, min(400, round(along[-1] / SAMPLE) + 1))
    at = np.linspace(0, along[-1], count)
    return np.column_stack([np.interp(at, along, points[:, k]) for k in (0, 1)])


def _rounded(points: Points, half: int) -> Points:
    """A line at equal steps, its corners rounded, its ends where they were."""
    line = evenly(points)
    count = len(line)
    if not half:
        return line
    round_ = line.copy()
    for reach in range(1, half + 1):  # less of it near the ends
        weights = 1 + np.cos(np.pi * np.arange(-reach, reach + 1) / (reach + 1))
        weights /= weights.sum()
        at = np.arange(reach, count - reach)
        at = at if reach == half else at[[0, -1][: len(at)]]
        round_[at] = sum(weight * line[at + k - reach] for k, weight in enumerate(weights))
    return round_


def _outline(line: Points, widest: float) -> Points:
    """A tapered arrow: w(s) = w0 + (w1 - w0) * (s / (L - h)) ** 0.85, then the head."""
    length = _length(line)
    body = max(4.8, min(widest, 3.2 + 0.11 * length))
    head = min(2.3 * body, 0.45 * length)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    neck = length - head
    spine = np.vstack([line[along < neck], [np.interp(neck, along, line[:, k]) for k in (0, 1)]])
    s = np.append(along[along < neck], neck)
    ways = np.gradient(spine, axis=0) if len(spine) > 1 else line[-1:] - line[:1]
    ways = ways / np.maximum(np.hypot(*ways.T), 1e-9)[:, None]
    across = np.column_stack([-ways[:, 1], ways[:, 0]])
    half = (TAIL + (body - TAIL) * (s / neck) ** 0.85)[:, None] / 2
    tip = line[-1]
    way = (tip - spine[-1]) / max(float(np.hypot(*(tip - spine[-1]))), 1e-9)
    back = spine[-1] - 0.35 * body * way
    barb = 1.05 * body * np.array([-way[1], way[0]])
    left, right = spine + across * half, (spine - across * half)[::-1]
    return np.vstack([left, back + barb, tip, back - barb, right])


def _planned(line: Points, tone: str) -> str:
    """A dash with an open head."""
    way = (line[-1] - line[-2]) / max(float(np.hypot(*(line[-1] - line[-2]))), 1e-9)
    turns = [np.array([[0.9, side * 0.43], [-side * 0.43, 0.9]]) for side in (1, -1)]
    barbs = [line[-1] - 18 * (way @ turn) for turn in turns]
    body, head = line_path([line]), line_path([np.array([barbs[0], line[-1], barbs[1]])])
    return (
        '<g fill="none" stroke-linecap="round">'
        f'<path d="{body}{head}" stroke="var(--halo)" stroke-width="8.8"/>'
        f'<path d="{body}" stroke="var(--{tone})" stroke-width="4" stroke-dasharray="10 7"/>'
        f'<path d="{head}" stroke="var(--{tone})" stroke-width="4"/></g>'
    )
