"""The ledger: who held each atom from which day, from ownership.csv.

A row is a transfer: on the day `when`, what `selector` names goes from `from` to `to`. An
occupation leaves the owner and changes the holder; garrisons leave both; any other status changes
both. Rows whose `from` is empty say where the ledger begins: of two patterns that name an atom the
more exact one counts, so that `RUS/*` is all of it that no other names.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from events.problem import Problem, nearest
from events.row import Row
from events.table import read_table
from events.when import When
from events.words import VERIFIED
from geodata.atoms import ATOMS, Index
from geodata.polities import POLITIES, Polity, bounds

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
    atoms: Collection[str],
    polities: Collection[str] | None,
    sources: Collection[str] | None = None,
) -> tuple[dict[str, list[Holding]], list[Problem]]:
    """The holdings of each atom in order of time, and all problems found."""
    path = project / OWNERSHIP
    if not path.exists():
        return {}, []
    required = ("when", "from", "selector", "to", "status")
    rows, problems = read_table(path, OWNERSHIP, required, ("sources", "verified", "note"))
    is_whole = not problems
    read = [(row, _transfer(row, polities, sources)) for row in rows]
    if not atoms:
        if not (project / ATOMS).exists():
            message, hint = "needs atoms to speak of", f"add {ATOMS}"
            problems.append(Problem(OWNERSHIP, None, None, None, message, hint))
        return {}, problems
    book = _Book(Index(atoms), () if is_whole else atoms)
    book.enter(read)
    return book.held, problems


def holding_at(holdings: Sequence[Holding], instant: int) -> Holding | None:
    """What holds at an instant; None before the ledger begins."""
    return next((each for each in reversed(holdings) if each.first <= instant), None)


def changes(holdings: Holdings) -> list[int]:
    """The instants at which anything changes hands, in order."""
    return sorted({each.first for timeline in holdings.values() for each in timeline})


def check_names(holdings: Holdings, polities: Iterable[Polity]) -> Iterator[Problem]:
    """A warning for each time in which the ledger speaks of a polity that has no row for it."""
    rows: defaultdict[str, list[Polity]] = defaultdict(list)
    for polity in sorted(polities, key=bounds):
        rows[polity.id].append(polity)
    end = max(changes(holdings), default=0)
    uses = {use for timeline, _ in merged(holdings) for use in _uses(timeline, end)}
    for name, own in rows.items():
        ends = [-float("inf"), *(bounds(row)[1] + 1 for row in own)]
        begins = [*(bounds(row)[0] - 1 for row in own), float("inf")]
        for at, (first, last) in enumerate(zip(ends, begins, strict=True)):
            lines = [
                use[3] for use in uses if use[0] == name and use[1] <= last and use[2] >= first
            ]
            row = own[max(at - 1, 0)]
            if lines and first <= last and row.when:
                message = f"leaves out a time in which line {min(lines)} of {OWNERSHIP} speaks of"
                hint = "widen it, or add a row for that time: it has no name and no tint in it"
                value = row.when.text
                yield Problem(
                    POLITIES, row.line, "when", value, f"{message} {name}", hint, "warning"
                )


def _uses(timeline: Sequence[Holding], end: int) -> Iterator[tuple[str, int, int, int]]:
    """Each polity of a history: its name, first and last instant of a holding, and its line."""
    for each, after in zip_longest(timeline, timeline[1:]):
        for name in {each.owner, each.holder, each.garrison} - {""}:
            yield name, each.first, after.first - 1 if after else end, each.transfer.line


def _transfer(
    row: Row, polities: Collection[str] | None, sources: Collection[str] | None
) -> Transfer | None:
    """A row, if all is well in the columns on which later rows depend."""
    when = row.day("when")
    giver, taker = row.text("from"), row.required("to")
    for column, polity in (("from", giver), ("to", taker)):
        if polity:
            row.known(column, polity, polities, POLITIES)
    row.required_words("selector")
    row.required("status")
    status = row.choice("status", STATUSES, "sovereign")
    is_sound = not row.errors
    for source in row.words("sources"):
        row.known("sources", source, sources, SOURCES)
    verified = row.choice("verified", VERIFIED, "unverified")
    if when is None or not is_sound:
        return None
    selector, cited = row.words("selector"), row.words("sources")
    return Transfer(
        when, giver, selector, taker, status, cited, verified, row.text("note"), row.line
    )


def _first(transfer: Transfer) -> int:
    assert transfer.when.first is not None
    return transfer.when.first


class _Entry(NamedTuple):
    """One pattern of a row, with its atoms; of the entries of a day the most exact comes first."""

    first: int
    is_transfer: bool  # where the ledger begins nobody gives
    is_wild: bool
    shortness: int
    row: Row
    transfer: Transfer
    atoms: Sequence[str]

    @property
    def order(self) -> tuple[int, bool, bool, int]:
        """What entries are sorted by: of two that are equal neither is the more exact."""
        return self[:4]


class _Book:
    """The ledger as its entries are made.

    Of an atom that a faulty row names, nothing more can be said: it is `unsure`, so that a fault
    is told once.
    """

    def __init__(self, index: Index, unsure: Iterable[str]) -> None:
        self.held: dict[str, list[Holding]] = {}
        self._index = index
        self._unsure = set(unsure)
        self._last: dict[str, _Entry] = {}  # what moved an atom last

    def enter(self, read: Iterable[tuple[Row, Transfer | None]]) -> None:
        """Enter all rows, None for a faulty one; what cannot be moved is a problem of its row."""
        entries = [entry for row, transfer in read for entry in self._entries(row, transfer)]
        entries.sort(key=lambda entry: entry.order)
        begun = next((entry for entry in entries if not entry.is_transfer), None)
        moved: set[int] = set()
        for entry in entries:
            for atom in entry.atoms:
                if self._moves(entry, atom, begun):
                    timeline = self.held.setdefault(atom, [])
                    timeline.append(_holding(entry.transfer, timeline))
                    self._last[atom] = entry
                    moved.add(entry.row.line)
        for entry in entries:
            if not (entry.row.line in moved or entry.row.errors or self._unsure & set(entry.atoms)):
                _report_idle(entry)

    def _entries(self, row: Row, transfer: Transfer | None) -> Iterator[_Entry]:
        for pattern in row.words("selector"):
            atoms = self._index.named(pattern)
            if not atoms:
                self._report_unknown(row, pattern)
            elif transfer is None:
                self._unsure.update(atoms)
            else:
                order = (_first(transfer), bool(transfer.giver), "*" in pattern, -len(pattern))
                yield _Entry(*order, row, transfer, atoms)

    def _moves(self, entry: _Entry, atom: str, begun: _Entry | None) -> bool:
        """Whether an entry moves an atom; where it should and cannot, that is a problem."""
        last, giver = self._last.get(atom), entry.transfer.giver
        if last is None and not giver:
            return True
        if last and last.transfer is entry.transfer:
            return False  # another pattern of the row names it too
        holder = self.held[atom][-1].holder if last else ""
        if last and last.first < entry.first and holder == giver:
            return True
        if atom not in self._unsure and (fault := _fault(entry, atom, last, holder, begun)):
            self._unsure.update(entry.atoms)
            entry.row.report(*fault)
        return False

    def _report_unknown(self, row: Row, pattern: str) -> None:
        part = "" if pattern == row.text("selector") else f"names '{pattern}', which "
        meant = nearest(pattern, self._index.names)
        self._unsure.update(self._index.named(meant or ""))
        cure = f"did you mean {meant}?" if meant else f"write ids of {ATOMS}"
        row.report("selector", f"{part}is no atom", cure)


def _fault(
    entry: _Entry, atom: str, last: _Entry | None, holder: str, begun: _Entry | None
) -> tuple[str, str, str] | None:
    """Why an entry cannot move an atom: column, message and cure. None where it need not.

    What a pattern with a `*` names is only what the giver holds; a less exact row leaves to the
    more exact what it names.
    """
    giver, day = entry.transfer.giver, entry.transfer.when.text
    if begun and entry.first < begun.first:
        message = f"is before the ledger begins, on {begun.transfer.when.text}"
        return "when", message, "write that day or a later one, or let it begin earlier"
    if last and last.first == entry.first and not giver:
        if entry.order > last.order:
            return None
        message = f"names {atom}, which line {last.row.line} gives to {holder} no less exactly"
        return "selector", message, "leave it out of one of the two"
    if last and last.first == entry.first and (holder == giver or not entry.is_wild):
        message = f"names {atom}, which changes hands on this day in line {last.row.line} already"
        return "selector", message, "leave one of the two rows out"
    if entry.is_wild:
        return None
    if last and not giver:
        message = f"is empty, but {atom} is held by {holder} since line {last.row.line}"
        return "from", message, f"write {holder}"
    known = f"{holder} does, since line {last.row.line}" if last else "nobody does yet"
    cure = f"write {holder}" if holder else "leave the cell empty"
    return "from", f"does not hold {atom} on {day}: {known}", cure


def _report_idle(entry: _Entry) -> None:
    """A row that moves nothing."""
    giver = entry.transfer.giver
    message = f"names nothing that {giver} holds on this day"
    if not giver:
        message = "names only ground that other rows give away"
    entry.row.report("selector", message, "correct the row, or leave it out")


def _holding(transfer: Transfer, before: Sequence[Holding]) -> Holding:
    """What follows from a transfer, after what was before."""
    owner = holder = transfer.taker
    garrison = ""
    if before and transfer.status in (OCCUPIED, GARRISONED):
        owner = before[-1].owner
    if before and transfer.status == GARRISONED:
        holder, garrison = before[-1].holder, transfer.taker
    return Holding(_first(transfer), owner, holder, garrison, transfer.status, transfer)


def merged(holdings: Holdings) -> list[tuple[Sequence[Holding], list[str]]]:
    """Atoms of one history together: each history once, with its atoms, in order of the first."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for atom, timeline in holdings.items():
        groups.setdefault(tuple(each.transfer.line for each in timeline), []).append(atom)
    return [(holdings[atoms[0]], sorted(atoms)) for key, atoms in groups.items() if key]
