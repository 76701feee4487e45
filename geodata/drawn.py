"""What the page draws of who held what: plain JSON, the same for every story of a project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from geodata.fronts import Front, front_scene
from geodata.segments import Segment
from geodata.shaping import encode

if TYPE_CHECKING:  # shapely is slow to import
    from geodata.dated import Ownership
    from geodata.labels import Label
    from geodata.ledger import Holding

Json = dict[str, Any]


class Drawn(NamedTuple):
    """Parts of a scene, as maps/scene.py has them, and the sources that the ground cites.

    `atoms` are the arcs' points, packed, and `arcs` what lies on the two sides of each; `labels`
    are those of each polity by its id.
    """

    atoms: str
    arcs: list[list[int]]
    histories: list[Json]
    labels: dict[str, list[Json]]
    segments: list[Json]
    fronts: list[Json]
    cited: list[str]


def draw(
    ownership: Ownership | None, segments: Sequence[Segment], fronts: Sequence[Front]
) -> Drawn:
    """The drawing of a sound ground."""
    arcs = ownership.topology.arcs if ownership else []
    labels = ownership.labels if ownership else {}
    return Drawn(
        atoms=encode([arc.points for arc in arcs]),
        arcs=[list(arc.sides) for arc in arcs],
        histories=_histories(ownership) if ownership else [],
        labels={polity: list(map(_label, its)) for polity, its in labels.items()},
        segments=list(map(_segment, segments)),
        fronts=list(map(front_scene, fronts)),
        cited=sorted(cited(ownership, segments, fronts)),
    )


def cited(
    ownership: Ownership | None, segments: Iterable[Segment], fronts: Iterable[Front]
) -> set[str]:
    """The sources that ledger, segments and fronts cite."""
    found = {name for segment in segments for name in segment.sources}
    found.update(name for front in fronts for name in front.sources)
    if ownership:
        timelines = ownership.holdings.values()
        transfers = {each.transfer for timeline in timelines for each in timeline}
        found.update(name for transfer in transfers for name in transfer.sources)
    return found


def _histories(ownership: Ownership) -> list[Json]:
    return [
        {"rings": rings, "held": [_holding(each) for each in timeline]}
        for (timeline, _), rings in zip(ownership.histories, ownership.topology.areas, strict=True)
    ]


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


def _label(label: Label) -> Json:
    return {**asdict(label), "chords": list(map(list, label.chords))}


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
