"""A front in a picture: its line at an instant, and what of its theatre lies on either hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from geodata.fronts import parted, within
from maps.cover.frame import Frame, Points, line_path, number, ring_path
from maps.cover.held import Holdings, lasts

HANDS = ("left", "right")
SOFT = (12, 22, 32)  # units: widths, one on the other, of the band where it goes forward


class Frontline:
    """One front of a scene at an instant."""

    def __init__(self, told: Mapping[str, Any], at: int, frame: Frame, name: str) -> None:
        """`name` begins the ids of what is named in the picture."""
        self.told, self.name = told, name
        self.theatre = shapely.Polygon(frame.units(told["theatre"]))
        self._frame, self._at = frame, at
        self._line, self._gains = _line_at(told, at)
        self._parts: dict[str, shapely.Geometry] = {}
        try:
            self._line = within(told["theatre"], self._line)
            self._parts = dict(zip(HANDS, parted(told["theatre"], self._line), strict=True))
        except ValueError:  # on its way between two days it does not part the theatre
            pass

    @property
    def points(self) -> Points:
        """The line in the picture."""
        return self._frame.units(self._line)

    def clips(self) -> str:
        """A clip path for either hand."""
        return "".join(
            f'<clipPath id="{self.name}-{hand}"><path d="{self._area(hand)}"/></clipPath>'
            for hand in HANDS
        )

    def drawn(self, holdings: Holdings, sides: Sequence[Mapping[str, Any]]) -> str:
        """The line, soft on the side that goes forward, and what it has shut in."""
        path = line_path([self.points])
        pockets = [each for each in self.told["pockets"] if lasts(each, self._at)]
        rings = ring_path(self._frame.units(each["ring"]) for each in pockets)
        if not path and not rings:
            return ""
        friends = self.told[f"{self._gains}Sides"]
        side = friends[0] if friends else holdings.side_of(self.told[self._gains])
        tone = f"hatch-of-{side}" if any(each["id"] == side for each in sides) else "front"
        soft = "".join(
            f'<path d="{path}" stroke="var(--{tone})" stroke-width="{width}" opacity=".16"/>'
            for width in SOFT
        )
        return (
            '<g fill="none" stroke-linejoin="round">'
            f'<g clip-path="url(#{self.name}-{self._gains})">{soft}</g>'
            f"{self._stroked(path, 1)}{self._stroked(rings, 0.6)}</g>"
        )

    def _stroked(self, path: str, share: float) -> str:
        if not path:
            return ""
        wide, thin = self._frame.by_zoom(4, 4.6, 5, 5), self._frame.by_zoom(2, 2.3, 2.6, 2.6)
        return (
            f'<path d="{path}" stroke="var(--halo)" stroke-width="{number(wide * share)}"/>'
            f'<path d="{path}" stroke="var(--front)" stroke-width="{number(thin * share)}"/>'
        )

    def _area(self, hand: str) -> str:
        area = self._parts.get(hand)
        return ring_path([self._frame.units(shapely.get_coordinates(area))]) if area else ""


def _line_at(told: Mapping[str, Any], at: int) -> tuple[Points, str]:
    """The line of a front at an instant, and the hand that goes forward."""
    snapshots, legs = told["snapshots"], told["legs"]
    leg = max(sum(each <= at for each in snapshots[: len(legs)]) - 1, 0)
    begin, end = (np.asarray(legs[leg][side], dtype=np.float64) for side in ("from", "to"))
    whole = snapshots[leg + 1] - snapshots[leg]
    share = min(max((at - snapshots[leg]) / whole, 0), 1)
    ways, run = end - begin, np.diff(begin, axis=0)
    to_left = run[:, 0] * ways[1:, 1] - run[:, 1] * ways[1:, 0]
    return begin + ways * share, "right" if to_left.sum() >= 0 else "left"
