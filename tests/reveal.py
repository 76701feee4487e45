"""Where reveal.js lies, as its authors ship it: a package of PyPI carries it whole."""

from __future__ import annotations

from importlib.metadata import files
from pathlib import Path


def reveal() -> Path:
    """The folder of `reveal.js` and `reveal.css`."""
    found = (path for path in files("pyreveal") or () if path.match("revealjs/dist/reveal.js"))
    return Path(next(found).locate()).parent
