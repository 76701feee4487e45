"""CSV and its kin: columns separated by commas, semicolons, tabs or bars."""

import re

from events.imports.encodings import text_in
from events.imports.sheet import Sheet
from events.table import Unreadable, records_of
from events.writing import armed

_SEPARATORS = ",;\t|"
_EXCELS_LINE = re.compile('"?sep=(.?)"?[,;]*[\r\n]+', re.IGNORECASE)


def read_delimited(raw: bytes, encoding: str = "") -> Sheet:
    """The records of a table whose first line names the columns; Unreadable where there is none."""
    text, about = text_in(raw, encoding)
    text = text.lstrip("\r\n")
    stated = _EXCELS_LINE.match(text)
    if stated:
        text = "\n" * len(stated[0].splitlines()) + text[stated.end() :]
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    records = records_of(text, separator)
    header = next(records, None)
    if header is None:
        raise Unreadable("is empty", "its first line names the columns")
    if header.fault:
        raise Unreadable(header.fault, "mend the first line, which names the columns", header.line)
    sheet = Sheet(
        "tab-separated" if separator == "\t" else "CSV", "line", notes=[about] if about else []
    )
    names = named(header.cells, len(header.cells))
    for line, cells, fault in records:
        more = len(cells) > len(names) and any(cells[len(names) :])
        if not fault and more:
            fault = f"has {len(cells)} cells where the first line has {len(names)}"
        columns = [*names, *(f"column {at + 1}" for at in range(len(names), len(cells)))]
        kept = {name: armed(cell) for name, cell in zip(columns, cells, strict=False)}
        sheet.add({**dict.fromkeys(names, ""), **kept}, fault, line)
    return sheet


def named(header: list[str], width: int) -> list[str]:
    """The names of so many columns, each its own."""
    names: list[str] = []
    for at, cell in enumerate([*header, *[""] * (width - len(header))], 1):
        name = cell or f"column {at}"
        names.append(name if name not in names else f"{name} {at}")
    return names
