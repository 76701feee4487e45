"""Who runs against whom, and how a page of each is watched and told what to show."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

LARGEST_PEER = 100_000  # events; at a million folium's pages are some 300 MB


class Contender(NamedTuple):
    """A way to make a map; a `plugin` of folium's draws on a canvas or as SVG."""

    name: str
    plugin: str = ""
    drawing: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether it is this project."""
        return not self.plugin


OURS = Contender("ours")
PEERS = tuple(
    Contender(f"folium {name}, {drawing}", plugin, drawing)
    for plugin, name in (("timeline", "Timeline"), ("timestamped", "TimestampedGeoJson"))
    for drawing in ("canvas", "svg")
)
TIMELINE_SVG = "folium Timeline, svg"

_OURS_READY = "async () => Boolean(window.historyMap && (await window.historyMap.ready, true))"
_PEER_READY = """() => document.readyState === "complete"
    && document.querySelector(".leaflet-timeline-control, .timecontrol-slider")
    && document.querySelector(".leaflet-overlay-pane > *")"""


def contenders_at(number: int) -> tuple[Contender, ...]:
    """Who is measured at so many events, ours between the others."""
    if number > LARGEST_PEER:
        return (OURS,)
    return (OURS, *PEERS)


def watch_script(contender: Contender) -> str:
    """Notes when a page is usable: ours says so; theirs has its slider and drew its marks."""
    return f"bench.watch({_OURS_READY if contender.is_ours else _PEER_READY});"


def seek_script(contender: Contender, page: Path) -> str:
    """A function that shows an instant, in JavaScript."""
    if contender.is_ours:
        return "(t) => historyMap.seek(t)"
    return f"(t) => {page.with_suffix('.seek').read_text(encoding='utf-8')}"
