"""Disputed ground, from segments.geojson: borders as claimed, strips between them, islands."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from events.problem import Problem
from events.row import lines_of_ids
from events.when import When
from events.words import VERIFIED
from geodata.features import Feature, Line, read_features
from geodata.polities import POLITIES

SEGMENTS = "geodata/layers/segments.geojson"
SOURCES = "events/tables/sources.csv"

SHAPES = {"claim": "LineString", "strip": "Polygon", "island": "Point"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A border as somebody claims it (`claim`), or ground that several claim (strip, island).

    `accuracy_km` is how far from the truth its line may lie; `basis` is what it was drawn from.
    """

    id: str
    label: str
    kind: str
    claimants: tuple[str, ...]
    when: When | None
    accuracy_km: float
    basis: str
    sources: tuple[str, ...]
    verified: str
    note: str
    line: Line


def read_segments(
    project: Path, polities: Collection[str] | None, sources: Collection[str] | None = None
) -> tuple[list[Segment], list[Problem]]:
    """The disputed segments of a project in the order of their file, and all problems found."""
    features, problems = read_features(
        project / SEGMENTS,
        SEGMENTS,
        (
            *("id", "label", "kind", "claimants", "accuracy_km", "basis"),
            *("when", "sources", "verified", "note"),
        ),
    )
    lines_of_ids(feature.row for feature in features)
    segments = [_segment(feature, polities, sources) for feature in features]
    return [segment for segment in segments if segment], problems


def _segment(
    feature: Feature, polities: Collection[str] | None, sources: Collection[str] | None
) -> Segment | None:
    row = feature.row
    row.required("kind")
    kind = row.choice("kind", SHAPES, "")
    if kind and feature.kind not in ("", SHAPES[kind]):
        row.report("kind", f"is drawn as {feature.kind}", f"draw a {kind} as {SHAPES[kind]}")
    label, basis = row.required("label"), row.required("basis")
    for claimant in row.required_words("claimants"):
        row.known("claimants", claimant, polities, POLITIES)
    for source in row.words("sources"):
        row.known("sources", source, sources, SOURCES)
    accuracy = row.positive("accuracy_km")
    when = row.when("when") if row.text("when") else None
    verified = row.choice("verified", VERIFIED, "unverified")
    if row.errors or accuracy is None:
        return None
    return Segment(
        id=row.text("id"),
        label=label,
        kind=kind,
        claimants=row.words("claimants"),
        when=when,
        accuracy_km=accuracy,
        basis=basis,
        sources=row.words("sources"),
        verified=verified,
        note=row.text("note"),
        line=feature.line,
    )
