"""Problem: one thing that is wrong in somebody's table, where it is, and how to cure it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]

_LONGEST_VALUE = 80
_INVISIBLE = {
    "Cc",
    "Cf",
    "Cs",
    "Zl",
    "Zp",
}  # controls, bidi and other format marks, line separators


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at a cell, a row or a file; the parts that do not apply are None.

    `line` counts physical lines from 1, where the record begins. `message` goes on where the value
    stops ("is not a date ..."); `hint` is the cure ("write 1941-12-07") or empty.
    """

    path: str
    line: int | None
    column: str | None
    value: str | None
    message: str
    hint: str
    severity: Severity = "error"

    def __lt__(self, other: "Problem") -> bool:
        return self._order() < other._order()

    def __str__(self) -> str:
        place = ":".join(
            str(part) for part in (self.path, self.line, self.column) if part is not None
        )
        mark = "warning: " if self.severity == "warning" else ""
        value = "" if self.value is None else f"'{_shortened(self.value)}' "
        cure = f"; {self.hint}" if self.hint else ""
        return visible(f"{place}: {mark}{value}{self.message}{cure}")

    def as_json(self) -> dict[str, str | int | None]:
        """The problem as `--json` prints it; the value is whole and unescaped."""
        return {
            "severity": self.severity,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "value": self.value,
            "message": self.message,
            "hint": self.hint,
        }

    def _order(self) -> tuple[str, int, str, str]:
        return self.path, self.line or 0, self.column or "", self.message


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None when none is close.

    Case does not count; a beginning will do ("lat" for "latitude") if it has three letters.
    """
    wanted = word.casefold()
    folded = {name.casefold(): name for name in known}
    if wanted in folded:
        return folded[wanted]
    close = get_close_matches(wanted, folded, n=1, cutoff=0.66) or [
        name
        for name in folded
        if min(len(name), len(wanted)) >= 3 and (wanted.startswith(name) or name.startswith(wanted))
    ]
    return folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A hint that names the known word that was probably meant, else the other hint."""
    found = nearest(word, known)
    return otherwise if found is None else f"did you mean {found}?"


def _shortened(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else value[: _LONGEST_VALUE - 1] + "…"


def visible(text: str) -> str:
    """The text with control and bidi characters escaped, so that it cannot pose as another."""
    return "".join(
        char.encode("unicode_escape").decode("ascii")
        if unicodedata.category(char) in _INVISIBLE
        else char
        for char in text
    )
