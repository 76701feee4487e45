"""Sheet: what any file becomes first: records of text by column, and what each is called."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from events.table import Unreadable

MOST_ROWS = 1_000_000
DEEPEST = 64  # of what stands in one another: elements of XML, members of JSON
LONGEST_CELL = 131_072  # characters: what csv reads of one cell


@dataclass(frozen=True, slots=True)
class Record:
    """Cells by column, all of them text; `fault` says why it can be no event, if so.

    `number` is the line of the file, or counts from 1 where the file has no lines. `way` is a line
    whose points have times: the cells of waypoints.csv of each.
    """

    number: int
    cells: dict[str, str]
    fault: str = ""
    way: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The records of a file in their order; `noun` is what the file calls one: line, feature ...

    `notes` say what had to be guessed of the file.
    """

    kind: str
    noun: str
    records: list[Record] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(
        self,
        cells: dict[str, str],
        fault: str = "",
        number: int | None = None,
        way: Iterable[dict[str, str]] = (),
    ) -> None:
        """One more record; Unreadable when there are too many."""
        if len(self.records) == MOST_ROWS:
            message = f"has more than {MOST_ROWS:,} {self.noun}s"
            raise Unreadable(message, "split the file, and import the parts")
        at = len(self.records) + 1 if number is None else number
        tidy = {tidied(name): tidied(cell) for name, cell in cells.items()}
        long = next((name for name, cell in tidy.items() if len(cell) > LONGEST_CELL), None)
        if long:
            fault = f"{long} has more than {LONGEST_CELL:,} characters"
        stops = ({name: tidied(cell) for name, cell in stop.items()} for stop in way)
        self.records.append(Record(at, tidy, fault, tuple(stops)))

    @property
    def columns(self) -> list[str]:
        """The names of all columns, in the order in which the file has them."""
        return list(dict.fromkeys(name for record in self.records for name in record.cells))


def tidied(text: str) -> str:
    """Text that a UTF-8 table can hold: no NUL, no half of a character, no space around it."""
    return (
        text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}").strip()
    )


def number_text(number: float) -> str:
    """A number as tables have it, without an exponent."""
    return format(Decimal(repr(number)), "f")
