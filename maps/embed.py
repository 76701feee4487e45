"""How a map is put into another page: embed.js, for those that want to speak with it there."""

from __future__ import annotations

from pathlib import Path

SCRIPT = "embed.js"


def embed_script() -> str:
    """The script for pages that hold a map: its commands as promises."""
    return (Path(__file__).parent / SCRIPT).read_text(encoding="utf-8")
