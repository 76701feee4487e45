"""XLSX: the first sheet of a workbook that has cells, its dates by the formats of their cells."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from events.imports.delimited import named
from events.imports.markup import Element, parse_xml
from events.imports.sheet import Sheet
from events.imports.zips import Zip
from events.table import Unreadable

_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_OWN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # formats built in
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_REFERENCE = re.compile(r"([A-Z]{1,3})\d+")


def read_xlsx(packed: Zip) -> Sheet:
    """The records of the first sheet with cells; its first row names the columns."""
    strings = _strings(packed)
    dated, epoch = _dated_styles(packed), _epoch(packed)
    found = sorted(
        (int(match[1]), match[0]) for match in map(_SHEET.fullmatch, packed.names) if match
    )
    for _, name in found:
        root = parse_xml(packed.read(name))
        rows = [
            (number, cells) for number, cells in _rows(root, strings, dated, epoch) if any(cells)
        ]
        if rows:
            sheet = Sheet("XLSX", "row")
            names = named(rows[0][1], max(len(cells) for _, cells in rows))
            for number, cells in rows[1:]:
                filled = [*cells, *[""] * (len(names) - len(cells))]
                sheet.add(dict(zip(names, filled, strict=True)), "", number)
            return sheet
    raise Unreadable("has no sheet with cells", "its first row names the columns")


def _strings(packed: Zip) -> list[str]:
    """The texts that cells share; a text may be cut into runs, and may tell how it is spoken."""
    if "xl/sharedStrings.xml" not in packed.names:
        return []
    root = parse_xml(packed.read("xl/sharedStrings.xml"))
    return [_runs(one) for one in root.findall("si")]


def _runs(element: Element) -> str:
    texts = (*element.findall("t"), *element.findall("r/t"))
    return "".join(text.text or "" for text in texts)


def _dated_styles(packed: Zip) -> set[int]:
    """The numbers of the styles that show a number as a date."""
    if "xl/styles.xml" not in packed.names:
        return set()
    root = parse_xml(packed.read("xl/styles.xml"))
    formats = {one.get("numFmtId"): one.get("formatCode") or "" for one in root.iter("numFmt")}
    found = set()
    for at, style in enumerate(root.findall("cellXfs/xf")):
        number = style.get("numFmtId") or "0"
        code = _LITERAL.sub("", formats.get(number, "")).lower()
        if (number.isdecimal() and int(number) in _OWN_DATES) or re.search("[dy]", code):
            found.add(at)
    return found


def _epoch(packed: Zip) -> datetime:
    """The day that workbooks count as 0: Macs began four years later."""
    of_macs = False
    if "xl/workbook.xml" in packed.names:
        about = parse_xml(packed.read("xl/workbook.xml")).find("workbookPr")
        of_macs = about is not None and about.get("date1904") in ("1", "true")
    return datetime(1904, 1, 1) if of_macs else datetime(1899, 12, 30)  # noqa: DTZ001


def _rows(
    root: Element, strings: list[str], dated: set[int], epoch: datetime
) -> Iterator[tuple[int, list[str]]]:
    for at, row in enumerate(root.iter("row"), 1):
        cells: list[str] = []
        for cell in row.findall("c"):
            place = _REFERENCE.fullmatch(cell.get("r") or "")
            column = _column(place[1]) if place else len(cells)
            cells += [""] * (column - len(cells))
            cells.append(_text(cell, strings, dated, epoch).strip())
        number = row.get("r") or ""
        yield int(number) if number.isdecimal() and len(number) < 8 else at, cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _text(cell: Element, strings: list[str], dated: set[int], epoch: datetime) -> str:
    kind, value = cell.get("t") or "n", cell.findtext("v") or ""
    if kind == "s":
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    if kind == "inlineStr":
        inner = cell.find("is")
        return "" if inner is None else _runs(inner)
    if kind == "b":
        return "yes" if value == "1" else "no"
    style = cell.get("s") or "0"
    if kind == "n" and style.isdecimal() and int(style) in dated:
        return _date(value, epoch)
    return "" if kind == "e" else _plain(value)


def _plain(value: str) -> str:
    """A number as it was written: 35.68 is kept as 35.67999999999999."""
    try:
        return f"{float(value):.15g}" if "." in value or "E" in value else value
    except ValueError:
        return value


def _date(value: str, epoch: datetime) -> str:
    """A day, or a day and an hour, of a number of days."""
    try:
        moment = epoch + timedelta(seconds=round(float(value) * 86_400))
    except (ValueError, OverflowError):
        return value
    return moment.isoformat().removesuffix("T00:00:00")
