"""Row: one record of a table, and the readers of its cells.

A reader returns what the cell says, or records a Problem and returns nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from events.problem import Problem, Severity, nearest
from events.when import When, WhenProblem
from events.words import RESERVED

# Degrees of latitude between which the page's sheet runs; maps/player/view.js has the same.
SOUTH, NORTH = -62.0, 84.0
OFF_SHEET = f"lies off the sheet, which runs from {-SOUTH:g}° S to {NORTH:g}° N"

MANY = 1000  # problems in a table: they have one cause, and looking for what was meant takes time

# An id neither begins nor ends with a hyphen: it stands in files' names, links and options.
SLUG = re.compile("[a-z0-9]+(?:-+[a-z0-9]+)*")
CODE = re.compile("[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*")  # also cited in prose: COOX1985
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_DEGREES_OF = ("lat", "lon")  # columns that have no thousands
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_WHOLE_DAY = re.compile("(?:-?[0-9]{4}|Y-?[1-9][0-9]{4,5})-[0-9]{2}-[0-9]{2}")


class Lanes(NamedTuple):
    """The lanes of the time slider, and how the words of a direction cell name them."""

    every: tuple[str, ...]  # the ids in order
    ids: Mapping[str, str]  # by the word written; empty where nobody named a direction
    known: Mapping[str, str]  # the words that pass, also for rows that are damaged: see Row.known
    table: str  # the file that says which lanes there are


@dataclass(slots=True)
class Row:
    """One record: its cells by column, stripped but otherwise as written; a missing column is "".

    `line` is the physical line where the record begins. `errors` counts the errors recorded so far.
    """

    path: str
    line: int
    cells: dict[str, str]
    problems: list[Problem] = field(repr=False)
    errors: int = 0

    def report(
        self, column: str, message: str, hint: str = "", severity: Severity = "error"
    ) -> None:
        """Record a problem with a cell of this row."""
        value = self.cells.get(column)
        self.problems.append(Problem(self.path, self.line, column, value, message, hint, severity))
        self.errors += severity == "error"

    def text(self, column: str) -> str:
        """The cell, or "" when it is empty or the table lacks the column."""
        return self.cells.get(column, "")

    def required(self, column: str) -> str:
        """The cell; an empty one is a problem."""
        text = self.cells.get(column, "")
        if not text:
            self.report(column, "is empty", f"every row needs its {column}")
        return text

    def words(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that lists them with ";", each once, in order."""
        text = self.cells.get(column, "")
        if ";" not in text:
            return (text,) if text else ()
        return tuple(dict.fromkeys(filter(None, map(str.strip, text.split(";")))))

    def required_words(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that must list one at least."""
        words = self.words(column)
        if self.required(column) and not words:
            self.report(column, "lists nothing", "write one at least")
        return words

    def slug(self, column: str = "id") -> str:
        """A required id of small letters, digits and hyphens; "" when it is none."""
        return self._named(column, SLUG, "an id of a-z, 0-9 and -", slugged)

    def code(self, column: str = "id") -> str:
        """A required id that may have capitals, as citations do; "" when it is none."""
        return self._named(column, CODE, "an id of letters, digits and -", coded)

    def choice(self, column: str, known: Collection[str], default: str) -> str:
        """One of the known words; the default when the cell is empty or unknown."""
        text = self.cells.get(column, "")
        if not text or text in known:
            return text or default
        meant = self._meant(text, known)
        hint = f"did you mean {meant}?" if meant else f"write one of {', '.join(known)}"
        self.report(column, f"is not a choice for {column}", hint)
        return default

    def known(self, column: str, word: str, ids: Collection[str] | None, table: str) -> bool:
        """Whether a word of the cell is an id of another table; if not, that is a problem.

        A mapping of ids to names lets the cure find a name as well. None stands for no such table:
        any word will do.
        """
        if ids is None or word in ids:
            return True
        named = {ids[key]: key for key in ids} if isinstance(ids, Mapping) else {}
        meant = self._meant(word, (*named, *ids))
        meant = meant if meant in ids else named.get(meant or "")
        hint = f"did you mean {meant}?" if meant else f"add it to {table}"
        part = "" if word == self.text(column) else f"names '{word}', which "
        self.report(column, f"{part}is not in {table}", hint)
        return False

    def directions(self, lanes: Lanes) -> tuple[str, ...]:
        """The lanes that the cell `direction` names: `both` is all of them, `context` is none.

        Where nobody named a direction, every row is of the one lane.
        """
        text = self.text("direction")
        lane = lanes.ids.get(text)
        if lane and text in lanes.known and slugged(text) not in RESERVED:
            return (lane,)  # as in nearly every row
        named = self.named_directions()
        for word in named:
            if self.unreserved("direction", word):
                self.known("direction", word, lanes.known, lanes.table)
        if not lanes.ids or "both" in self.words("direction"):
            return lanes.every
        return tuple(dict.fromkeys(lanes.ids[word] for word in named if word in lanes.ids))

    def direction(self, lanes: Lanes) -> str:
        """The one lane that the cell `direction` must name; "" when it names none or several.

        Where nobody named a direction, it names the one lane that there is.
        """
        word = self.required("direction")
        if ";" in word or word in ("both", "context"):
            hint = f"write one of {', '.join(lanes.every)}, and a row for each"
            self.report("direction", "is not one direction", hint)
            return ""
        ids = lanes.ids or {lane: lane for lane in lanes.every}
        if word and self.unreserved("direction", word):
            self.known("direction", word, lanes.known or ids, lanes.table)
        return ids.get(word, "")

    def named_directions(self) -> list[str]:
        """The words of the cell `direction` that are names."""
        return [word for word in self.words("direction") if word not in ("both", "context")]

    def unreserved(self, column: str, word: str) -> bool:
        """Whether a direction may be called so; if the map needs the word, that is a problem.

        So is a word of which the map would make one that it needs, such as Both.
        """
        meant = slugged(word)
        if meant not in RESERVED:
            return True
        hint = f"choose another word than {', '.join(RESERVED)}"
        if column == "direction" and meant in ("both", "context"):
            hint = f"write {meant}"
        self.report(column, "has a meaning of its own on the map", hint)
        return False

    def number(self, column: str) -> float | None:
        """A decimal number, or None when the cell is empty or holds none."""
        text = self.cells.get(column, "")
        if _NUMBER.fullmatch(text):
            return float(text)
        if text:
            self.report(column, *_number_fault(text, column in _DEGREES_OF))
        return None

    def required_number(self, column: str) -> float | None:
        """A decimal number; an empty cell is a problem too."""
        return self.number(column) if self.required(column) else None

    def positive(self, column: str) -> float | None:
        """A required decimal number above 0."""
        number = self.required_number(column)
        if number is None or number > 0:
            return number
        self.report(column, "is not above 0", "write a number such as 20")
        return None

    def whole_number(self, column: str) -> int | None:
        """A whole number, or None when the cell is empty or holds none."""
        number = self.number(column)
        if number is None or number.is_integer():
            return None if number is None else int(number)
        self.report(column, "is not a whole number", "write a number without a point")
        return None

    def colour(self, column: str) -> str:
        """A colour as #rrggbb, or "" when the cell is empty or holds none."""
        text = self.text(column)
        if not text or _COLOUR.fullmatch(text):
            return text
        self.report(column, "is not a colour", "write it as #rrggbb, such as #1f6f8b")
        return ""

    def when(self, column: str) -> When | None:
        """A required time in ISO 8601 or EDTF."""
        text = self.required(column)
        if not text:
            return None
        try:
            return When.parse(text)
        except WhenProblem as problem:
            self.report(column, problem.message, problem.hint)
            return None

    def day(self, column: str) -> When | None:
        """A required time that is one whole day and no doubt about it."""
        when = self.when(column)
        if when is None or _WHOLE_DAY.fullmatch(when.text):
            return when
        named = _WHOLE_DAY.search(when.text)
        cure = f"write {named[0]}" if named else "write a day, such as 1938-10-01"
        self.report(column, "is not one whole day", cure)
        return None

    def position(self) -> tuple[float, float] | None:
        """The required columns lat and lon, in degrees, where a map can show them."""
        lat, lon = self.required_number("lat"), self.required_number("lon")
        errors = self.errors
        if lat is not None and lon is not None and abs(lat) > 90 >= abs(lon) and abs(lat) <= 180:
            self.swapped()
        else:
            self._check_lat(lat)
            self._check_lon(lon)
        if lat is None or lon is None or self.errors > errors:
            return None
        if lat == lon == 0:
            hint = "leave the row out if the place is not known"
            self.report("lat", "and lon 0 lie in the open Atlantic", hint, "warning")
        return lat, lon

    def swapped(self) -> None:
        """Record that lat and lon stand in each other's place."""
        hint = f"write lat {self.text('lon')} and lon {self.text('lat')}"
        self.report("lat", "looks swapped with the longitude", hint)

    def _meant(self, word: str, known: Collection[str]) -> str | None:
        return nearest(word, known) if len(self.problems) < MANY else None

    def _named(
        self, column: str, pattern: re.Pattern[str], kind: str, cure: Callable[[str], str]
    ) -> str:
        text = self.required(column)
        if not text or pattern.fullmatch(text):
            return text
        better = cure(text)
        self.report(column, f"is not {kind}", f"write {better}" if better else "")
        return ""

    def _check_lat(self, lat: float | None) -> None:
        if lat is None or SOUTH <= lat <= NORTH:
            return
        if abs(lat) > 90:
            self.report("lat", "is not a latitude", "latitudes run from -90 to 90")
        else:
            self.report("lat", OFF_SHEET, "write a place on the sheet, or leave the row out")

    def _check_lon(self, lon: float | None) -> None:
        if lon is not None and abs(lon) > 180:
            turned = f"write {(lon + 180) % 360 - 180:.10g}" if abs(lon) <= 360 else ""
            hint = turned or "longitudes run from -180 to 180"
            self.report("lon", "is not a longitude", hint)


def lines_of_ids(rows: Iterable[Row]) -> dict[str, int]:
    """The line of each id of a table; one that is repeated, or no id, is a problem."""
    lines: dict[str, int] = {}
    for row in rows:
        row.slug()
        name = row.text("id")
        if name in lines:
            row.report("id", f"is already the id of line {lines[name]}", "give it another id")
        elif name:
            lines[name] = row.line
    return lines


@lru_cache(maxsize=4096)  # the same few words stand in a hundred thousand rows
def slugged(text: str) -> str:
    """The text as an id of small letters, digits and hyphens: "Pearl Harbor" is pearl-harbor."""
    return coded(text.casefold()).lower()  # letters in circles have small ones only without them


def coded(text: str) -> str:
    """The text as an id of letters, digits and hyphens, without accents."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub("[^A-Za-z0-9]+", "-", bare).strip("-")


def _number_fault(text: str, in_degrees: bool) -> tuple[str, str]:
    """What is wrong with a number cell, and what to write instead."""
    plain = plain_number(text)
    if _THOUSANDS.fullmatch(text) and not in_degrees:
        either = f" (or {float(plain):.10g}, if it is a decimal comma)" if plain else ""
        return "has a comma of thousands", f"write {text.replace(',', '')}{either}"
    if not plain:
        return "is not a number", "write a number such as 35.68"
    if text[-1].isalpha():
        return "is not a number", f"write {plain}"
    return "has a decimal comma" if "," in text else "is not a plain number", f"write {plain}"


def plain_number(text: str) -> str:
    """A decimal number as tables have it, from one with a comma, spaces or degrees; "" if none."""
    plain = text.replace("\N{MINUS SIGN}", "-").replace(" ", "")
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", plain):
        return plain.replace(",", ".")
    return plain if _NUMBER.fullmatch(plain) else _decimal_degrees(plain)


_DEGREES = re.compile(
    r"([0-9.]+)°?(?:([0-9.]+)['′’](?:([0-9.]+)(?:\"|″|”|''))?)?([NSEW])", re.IGNORECASE
)


def _decimal_degrees(text: str) -> str:
    """35°41′22″N as 35.68944, or "" when the text is nothing of the kind."""
    match = _DEGREES.fullmatch(text)
    if match is None:
        return ""
    try:
        degrees, minutes, seconds = (float(part or 0) for part in match.groups()[:3])
    except ValueError:
        return ""
    sign = "-" if match[4] in "SsWw" else ""
    return f"{sign}{round(degrees + minutes / 60 + seconds / 3600, 5):.10g}"
