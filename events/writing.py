"""Writing: new folders, and tables as CSV in which a spreadsheet finds nothing to run."""

import csv
import errno
import io
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The text of a table; its cells as they are, quoted where they must be."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def defused(cell: str) -> str:
    """A cell that no spreadsheet runs: what begins like a formula and is no number is quoted."""
    return f"'{cell}" if _is_formula(cell) else cell


def armed(cell: str) -> str:
    """A cell as it was before it was defused."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Makes a folder of files by their paths in it, whole or not at all.

    Raises OSError where something stands there already, or nothing can be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = "is not empty; name a folder that is not there yet"
        raise FileExistsError(errno.EEXIST, message, str(folder))
    whole = folder.absolute()
    part = whole.with_name(f".{whole.name}.{os.getpid()}.part")
    try:
        for name, text in texts.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_text(text, encoding="utf-8", newline="\n")
        if folder.exists():
            folder.rmdir()
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
