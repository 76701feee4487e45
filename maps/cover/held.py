"""Who held what at an instant, as a scene tells it: pieces of ground and what they look like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from maps.scene import Scene

NOBODY = -1


class Look(NamedTuple):
    """What pieces that look alike have in common, each part the id of a side, or empty.

    `side` is that of the owner, `is_client` whether he is a client of it, `under` that of another
    who holds the piece, `troops` that of a garrison.
    """

    side: str
    is_client: bool
    under: str
    troops: str


Looks = dict[Look, list[int]]  # the numbers of the pieces by their look


class Holdings:
    """Who held what at one instant."""

    def __init__(self, scene: Scene, at: int) -> None:
        self.arcs: Sequence[Sequence[int]] = scene["arcs"]
        self._rows: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for row in scene["polities"]:
            self._rows[row["id"]].append(row)
        self._at = at
        self.held = [_entry(history["held"], at) for history in scene["histories"]]

    def looks(self) -> Looks:
        """The pieces by what they look like; those of nobody are left out."""
        return _grouped(self._look(entry) for entry in self.held)

    def looks_under(self, polity: str, friends: Collection[str]) -> Looks:
        """The pieces that would look otherwise if a polity held what its foes do."""
        return _grouped(
            self._look({**entry, "holder": polity, "garrison": ""})
            if entry and self.side_of(entry["holder"]) not in friends
            else None
            for entry in self.held
        )

    def borders(self) -> set[int]:
        """The numbers of the arcs between owners."""
        return {
            number
            for number, (left, right) in enumerate(self.arcs)
            if left != NOBODY and right != NOBODY and self._owner(left) != self._owner(right)
        }

    def names(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """The id and the name of each polity that owns ground, and the label of that."""
        for polity, rows in self._rows.items():
            label = next((one for one in rows[0]["labels"] if lasts(one, self._at)), None)
            if label:
                yield polity, self._row(rows)["name"], label

    def owned_by(self, polity: str) -> list[int]:
        """The numbers of the pieces of a polity."""
        return [piece for piece in range(len(self.held)) if self._owner(piece) == polity]

    def side_of(self, polity: str) -> str:
        """The side of a polity, "" where it has none."""
        rows = self._rows.get(polity)
        return str(self._row(rows)["side"]) if rows else ""

    def _row(self, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        return next((row for row in rows if lasts(row, self._at)), rows[-1])

    def _owner(self, piece: int) -> str | None:
        entry = self.held[piece]
        return entry["owner"] if entry else None

    def _look(self, entry: Mapping[str, Any] | None) -> Look | None:
        if entry is None:
            return None
        owner, holder, garrison = entry["owner"], entry["holder"], entry["garrison"]
        under = "" if owner == holder else self.side_of(holder)
        troops = self.side_of(garrison) if garrison else ""
        look = Look(self.side_of(owner), entry["status"] == "client", under, troops)
        return look if look.side or look.under or look.troops else None


def as_of(scene: Scene, at: int) -> Scene:
    """What a scene has of the ground at one instant: what changes on other days is not in it."""
    return {
        **{key: scene[key] for key in ("basemap", "sides", "arcs", "segments")},
        "fronts": [front for front in scene["fronts"] if lasts(front, at)],
        "polities": [{**row, "labels": _labels(row, at)} for row in scene["polities"]],
        "histories": [
            {"rings": history["rings"], "held": _held(history["held"], at)}
            for history in scene["histories"]
        ],
    }


def lasts(row: Mapping[str, Any], at: int) -> bool:
    """Whether an instant lies between the ends of what has `first` and `last`, None for open."""
    first, last = row["first"], row["last"]
    return (first is None or first <= at) and (last is None or at <= last)


def _entry(timeline: Sequence[Mapping[str, Any]], at: int) -> Mapping[str, Any] | None:
    begun = [each for each in timeline if each["first"] is None or each["first"] <= at]
    return begun[-1] if begun else None


def _held(timeline: Sequence[Mapping[str, Any]], at: int) -> list[dict[str, Any]]:
    entry = _entry(timeline, at)
    whose = ("owner", "holder", "garrison", "status")
    return [{"first": None, **{key: entry[key] for key in whose}}] if entry else []


def _labels(row: Mapping[str, Any], at: int) -> list[dict[str, Any]]:
    always = {"first": None, "last": None}
    return [{**label, **always} for label in row["labels"] if lasts(label, at)]


def _grouped(looks: Iterator[Look | None]) -> Looks:
    groups: Looks = {}
    for piece, look in enumerate(looks):
        if look:
            groups.setdefault(look, []).append(piece)
    return groups
