"""The ledger: who held each atom from which day, from ownership.csv.

A row is a transfer: on the day `when`, what `selector` names goes from `from` to `to`. An
occupation leaves the owner and changes the holder; garrisons leave both; any other status changes
both. Rows whose `from` is empty say where the ledger begins: of two that name an atom the more
exact one counts, so that `RUS/*` is all of it that no other row names.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from events.problem import Problem, did_you_mean
from events.row import Row
from events.table import read_table
from events.when import When
from events.words import VERIFIED
from geodata.atoms import ATOMS, Index
from geodata.polities import POLITIES

OWNERSHIP = "geodata/layers/ownership.csv"
SOURCES = "events/tables/sources.csv"

OCCUPIED = "occupied"
GARRISONED = "garrisoned"
STATUSES = (
    *("sovereign", "colony", "mandate", "lease", "client", "protectorate", "autonomous"),
    *("commonwealth", "free city", "condominium", OCCUPIED, GARRISONED, "annexed", "restored"),
)


@dataclass(frozen=True, slots=True)
class Transfer:
    """One row of the ledger; `giver` is "" where the ledger begins."""

    when: When
    giver: str
    selector: tuple[str, ...]
    taker: str
    status: str
    sources: tuple[str, ...]
    verified: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Holding:
    """Whose an atom is, and who holds it, from an instant (milliseconds) until the next holding.

    `garrison` is whose troops stand there beside the holder's, or "".
    """

    first: int
    owner: str
    holder: str
    garrison: str
    status: str
    transfer: Transfer


Holdings = Mapping[str, Sequence[Holding]]


def read_ledger(
    project: Path,
    atoms: Mapping[str, object],
    polities: Collection[str],
    sources: Collection[str] | None = None,
) -> tuple[dict[str, list[Holding]], list[Problem]]:
    """The holdings of each atom in order of time, and all problems found."""
    path = project / OWNERSHIP
    if not path.exists():
        return {}, []
    required = ("when", "from", "selector", "to", "status")
    rows, problems = read_table(path, OWNERSHIP, required, ("sources", "verified", "note"))
    read = [(row, _transfer(row, polities, sources)) for row in rows]
    if not atoms:
        message, hint = "needs atoms to speak of", f"add {ATOMS}"
        problems.append(Problem(OWNERSHIP, None, None, None, message, hint))
        return {}, problems
    index = Index(atoms)
    held: dict[str, list[Holding]] = {}
    for row, transfer in sorted(
        ((row, transfer) for row, transfer in read if transfer), key=lambda pair: _order(pair[1])
    ):
        _hand_over(row, transfer, index, held)
    return held, problems


def holding_at(holdings: Sequence[Holding], instant: int) -> Holding | None:
    """What holds at an instant; None before the ledger begins."""
    return next((each for each in reversed(holdings) if each.first <= instant), None)


def changes(holdings: Holdings) -> list[int]:
    """The instants at which anything changes hands, in order."""
    return sorted({each.first for timeline in holdings.values() for each in timeline})


def _order(transfer: Transfer) -> tuple[int, bool, bool, int]:
    """In order of time; where the ledger begins, from the most exact selector to the widest."""
    wild = any("*" in pattern for pattern in transfer.selector)
    return _first(transfer), bool(transfer.giver), wild, -min(map(len, transfer.selector))


def _first(transfer: Transfer) -> int:
    assert transfer.when.first is not None
    return transfer.when.first


def _transfer(
    row: Row, polities: Collection[str], sources: Collection[str] | None
) -> Transfer | None:
    when = row.when("when")
    if when and when.first is None:
        row.report("when", "has no beginning", "write the day of the change, such as 1938-10-01")
    giver, taker = row.text("from"), row.required("to")
    for column, polity in (("from", giver), ("to", taker)):
        if polity:
            row.known(column, polity, polities, POLITIES)
    row.required("selector")
    row.required("status")
    status = row.choice("status", STATUSES, "sovereign")
    for source in row.words("sources"):
        row.known("sources", source, sources, SOURCES)
    verified = row.choice("verified", VERIFIED, "unverified")
    if when is None or row.errors:
        return None
    selector, cited = row.words("selector"), row.words("sources")
    return Transfer(
        when, giver, selector, taker, status, cited, verified, row.text("note"), row.line
    )


def _hand_over(row: Row, transfer: Transfer, index: Index, held: dict[str, list[Holding]]) -> None:
    """Enter a transfer for each atom that it moves; what cannot be moved is a problem."""
    found = _chosen(row, transfer, index)
    moved = [atom for atom, exact in found.items() if _moves(row, transfer, atom, exact, held)]
    for atom in moved:
        timeline = held.setdefault(atom, [])
        timeline.append(_holding(transfer, timeline))
    if not moved and not row.errors:
        message = f"names nothing that {transfer.giver or 'nobody'} holds on this day"
        row.report("selector", message, "correct the row, or leave it out")


def _chosen(row: Row, transfer: Transfer, index: Index) -> dict[str, bool]:
    """The atoms that a selector names, and whether it does so without a `*`."""
    found: dict[str, bool] = {}
    for pattern in transfer.selector:
        atoms = index.named(pattern)
        if not atoms:
            part = "" if len(transfer.selector) == 1 else f"names '{pattern}', which "
            cure = did_you_mean(pattern, index.names, f"write ids of {ATOMS}")
            row.report("selector", f"{part}is no atom", cure)
        for atom in atoms:
            found[atom] = found.get(atom, False) or "*" not in pattern
    return found


def _moves(
    row: Row, transfer: Transfer, atom: str, exact: bool, held: dict[str, list[Holding]]
) -> bool:
    """Whether the giver holds an atom that is named; if one named exactly is another's, say so."""
    timeline = held.get(atom, [])
    holder = timeline[-1].holder if timeline else ""
    if holder != transfer.giver:
        if exact and transfer.giver:
            _report_holder(row, transfer, atom, holder)
        return False
    if timeline and timeline[-1].first == _first(transfer):
        line = timeline[-1].transfer.line
        message = f"names {atom}, which changes hands on this day in line {line} already"
        row.report("selector", message, "leave one of the two rows out")
        return False
    return True


def _holding(transfer: Transfer, before: Sequence[Holding]) -> Holding:
    """What follows from a transfer, after what was before."""
    owner = holder = transfer.taker
    garrison = ""
    if before and transfer.status in (OCCUPIED, GARRISONED):
        owner = before[-1].owner
    if before and transfer.status == GARRISONED:
        holder, garrison = before[-1].holder, transfer.taker
    return Holding(_first(transfer), owner, holder, garrison, transfer.status, transfer)


def _report_holder(row: Row, transfer: Transfer, atom: str, holder: str) -> None:
    day = transfer.when.text
    known = f"{holder} does" if holder else "nobody does yet"
    cure = f"write {holder}" if holder else "leave the cell empty"
    row.report("from", f"does not hold {atom} on {day}: {known}", cure)


def merged(holdings: Holdings) -> list[tuple[Sequence[Holding], list[str]]]:
    """Atoms of one history together: each history once, with its atoms, in order of the first."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for atom, timeline in holdings.items():
        groups.setdefault(tuple(each.transfer.line for each in timeline), []).append(atom)
    return [(holdings[atoms[0]], sorted(atoms)) for key, atoms in groups.items() if key]
