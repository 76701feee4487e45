"""A small project to begin with: the files of `maps/template`, which builds as it is."""

from __future__ import annotations

from pathlib import Path

_TEMPLATE = Path(__file__).parent / "template"


def starting_texts() -> dict[str, str]:
    """The text of each file by its path below the folder of the project."""
    files = sorted(path for path in _TEMPLATE.rglob("*") if path.suffix in (".csv", ".md"))
    return {
        path.relative_to(_TEMPLATE).as_posix(): path.read_text(encoding="utf-8") for path in files
    }
