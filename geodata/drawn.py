"""What the page draws of who held what: plain JSON, the same for every story of a project."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from geodata.fronts import Front, front_scene
from geodata.segments import Segment
from geodata.shaping import encode

if TYPE_CHECKING:  # shapely is slow to import
    from geodata.dated import Ownership
    from geodata.labels import Extent
    from geodata.ledger import Holding

Json = dict[str, Any]


class Memory(Protocol):
    """What remembers plain JSON by what it was made of, and learns."""

    def recall(self, what: str, of: Any, make: Callable[[], Any]) -> Any:
        """What was made of the same before, or else what `make` makes."""

    def known(self, what: str, of: Any) -> Any:
        """What was made of something; None where nobody knows."""

    def note(self, what: str, of: Any, made: Any) -> None:
        """Notes what was made of something."""


class Ledger(NamedTuple):
    """What a scene has of the ledger, and the sources that it cites.

    `atoms` are the arcs' points, packed, and `arcs` what lies on the two sides of each; `labels`
    are those of each polity by its id.
    """

    atoms: str = ""
    arcs: Sequence[list[int]] = ()
    histories: Sequence[Json] = ()
    labels: Mapping[str, list[Json]] = {}
    cited: Sequence[str] = ()


class Lines(NamedTuple):
    """What a scene has of disputed ground and fronts, and the sources that they cite."""

    segments: Sequence[Json] = ()
    fronts: Sequence[Json] = ()
    cited: Sequence[str] = ()


def draw_ledger(
    ownership: Ownership | None, memory: Memory | None = None, atoms: Any = None
) -> Ledger:
    """The drawing of a sound ledger; what the memory knows of these `atoms` is not drawn again."""
    if ownership is None:
        return Ledger()
    from geodata.ledger import merged

    groups = merged(ownership.holdings)
    shape = partial(_shape, ownership)
    ground = [names for _, names in groups]
    drawn = memory.recall("shape", [atoms, ground], shape) if memory else shape()
    return Ledger(
        atoms=drawn["points"],
        arcs=drawn["arcs"],
        histories=[
            {"rings": rings, "held": [_holding(each) for each in timeline]}
            for (timeline, _), rings in zip(groups, drawn["areas"], strict=True)
        ],
        labels=_labels(ownership, ground, memory, atoms),
        cited=sorted(cited_by(ownership)),
    )


def draw_lines(segments: Sequence[Segment], fronts: Sequence[Front]) -> Lines:
    """The drawing of sound segments and fronts."""
    sources = sorted(cited_by_lines(segments, fronts))
    return Lines(list(map(_segment, segments)), list(map(front_scene, fronts)), sources)


def cited_by_lines(segments: Iterable[Segment], fronts: Iterable[Front]) -> set[str]:
    """The sources that segments and fronts cite."""
    cited = {name for segment in segments for name in segment.sources}
    return cited | {name for front in fronts for name in front.sources}


def cited_by(ownership: Ownership) -> set[str]:
    """The sources that a ledger cites."""
    timelines = ownership.holdings.values()
    transfers = {each.transfer for timeline in timelines for each in timeline}
    return {name for transfer in transfers for name in transfer.sources}


def _shape(ownership: Ownership) -> Json:
    topology = ownership.topology
    return {
        "points": encode([arc.points for arc in topology.arcs]),
        "arcs": [list(arc.sides) for arc in topology.arcs],
        "areas": topology.areas,
    }


def _labels(
    ownership: Ownership, ground: Sequence[list[str]], memory: Memory | None, atoms: Any
) -> dict[str, list[Json]]:
    """The labels of each polity; those of the same ground as before are not measured again."""
    known = (memory.known("labels", atoms) if memory else None) or {}
    used = {}

    def label(extent: Extent) -> Json:
        first, last, held = extent
        key = hashlib.sha256(json.dumps([ground[k] for k in held]).encode()).hexdigest()
        if key not in used:
            used[key] = known.get(key) or _measured(extent, ownership)
        return {"first": first, "last": last, **used[key]}

    labels = {name: list(map(label, extents)) for name, extents in ownership.extents.items()}
    if memory:
        memory.note("labels", atoms, used)
    return labels


def _measured(extent: Extent, ownership: Ownership) -> Json:
    from geodata.labels import label_of

    label = label_of(extent, ownership.rough)
    return {"area": label.area, "chords": list(map(list, label.chords))}


def _holding(holding: Holding) -> Json:
    return {
        "first": holding.first,
        "owner": holding.owner,
        "holder": holding.holder,
        "garrison": holding.garrison,
        "status": holding.status,
        "sources": list(holding.transfer.sources),
        "verified": holding.transfer.verified,
        "note": holding.transfer.note,
    }


def _segment(segment: Segment) -> Json:
    return {
        "id": segment.id,
        "label": segment.label,
        "kind": segment.kind,
        "claimants": list(segment.claimants),
        "first": segment.when.first if segment.when else None,
        "last": segment.when.last if segment.when else None,
        "accuracyKm": segment.accuracy_km,
        "basis": segment.basis,
        "sources": list(segment.sources),
        "verified": segment.verified,
        "note": segment.note,
        "line": [list(point) for point in segment.line],
    }
