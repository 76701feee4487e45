"""Scene -> one HTML file that needs nothing else.

folium makes the shell (shell.py). Whatever comes from the tables goes in after its render, packed
(packing.py) or as escaped text, because folium renders its own output as a template a second time.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from maps.language import language_attributes
from maps.packing import pack
from maps.scene import Scene
from maps.style import css_variables

PLAYER = Path(__file__).parent / "player"
ENTRY = "player"
MOST_LISTED = 250  # events in the list for readers without JavaScript
STYLES = (
    "player.css",
    "timeline.css",
    "controls.css",
    "topbar.css",
    "compare.css",
    "insets.css",
    "list.css",
    "record.css",
    "presenter.css",
    "largetype.css",
    "charts.css",
    "print.css",
)

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";$', re.MULTILINE)
_REMARK = re.compile(r"^[ \t]*(?:/\*[\s\S]*?\*/|//[^\n]*)\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:const|async function|function|class) (\w+))", re.MULTILINE)


def render_page(scene: Scene, shell: Sequence[str] | None = None) -> str:
    """The whole page as text: the same scene gives the same bytes.

    `shell` is what `made_shell` gave before, where that is known: folium is slow to import.
    """
    element, boot = shell or made_shell()
    own = [css_variables(scene["directions"], scene["sides"]), "\n".join(map(_read, STYLES))]
    styles = [_leaflet("leaflet.css"), *own]
    scripts = [_leaflet("leaflet.js"), boot, player_script()]
    title = escape(scene["title"])
    body = _fill(
        _read("page.html"),
        map=element,
        title=title,
        events=_plain_list(scene["events"]),
        credit=escape(scene["credit"]),
    )
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f"<html {language_attributes(scene['lang'])}>",
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts, styles)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            *(f"<style>{style}</style>" for style in styles),
            "</head>",
            "<body>",
            body,
            *(_block(name, packed) for name, packed in pack(scene).items()),
            *(f"<script>{script}</script>" for script in scripts),
            "</body>",
            "</html>\n",
        ]
    )


def _block(name: str, packed: str) -> str:
    return f'<script type="text/plain" id="{name}">{packed}</script>'


def policy(scripts: list[str], styles: list[str]) -> str:
    """A content security policy that allows these scripts and styles and no network at all."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(map(digest_of, scripts)),
            "style-src " + " ".join(map(digest_of, styles)),
            "img-src data: blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def made_shell() -> tuple[str, str]:
    """The map's element and the script that makes its Leaflet map, the same for every page."""
    from maps.shell import shell

    return shell()


@cache
def player_script() -> str:
    """The player's modules in the order of their imports, each in its own scope, as one script.

    Remarks on lines of their own, a sixth of the text, stay in the files. Only plain
    forms are understood: `import { name, ... } from "./module.js";` on one line, and `export`
    before a const, (async) function or class.
    """
    ordered: dict[str, str] = {}
    _collect(ENTRY, ordered)
    return '"use strict";\n(() => {\n' + "".join(ordered.values()) + "})();\n"


def _collect(name: str, ordered: dict[str, str]) -> None:
    """Adds a module, after those that it imports."""
    text = _read(f"{name}.js")
    for _, imported in _IMPORT.findall(text):
        if imported not in ordered:
            _collect(imported, ordered)
    ordered[name] = _scoped(name, text)


def _scoped(name: str, text: str) -> str:
    """A module as a function that is called at once and gives what it exports."""
    exports = ", ".join(exported for _, exported in _EXPORT.findall(text))
    told = _REMARK.sub("", text)
    body = _EXPORT.sub(r"\1", _IMPORT.sub(r"const {\1} = \2Module;", told))
    return f"const {name}Module = (() => {{\n{body}return {{ {exports} }};\n}})();\n"


def _plain_list(events: dict[str, list[Any]]) -> str:
    """The events as a plain list, for readers without JavaScript; of many, the first."""
    columns = (events[name] for name in ("label", "title", "status", "place", "summary"))
    rows = islice(zip(*columns, strict=True), MOST_LISTED)
    lines = [_plain_line(*cells) for cells in rows]
    left = len(events["id"]) - len(lines)
    if left:
        lines.append(f"<li>… and {left} more, which stand in the table of events.</li>")
    return "\n".join(lines)


def _plain_line(label: str, title: str, status: str, place: str, summary: str) -> str:
    never = "" if status == "executed" else f"{status}, never executed"
    what = escape(", ".join(filter(None, (title, never, place))))
    return f"<li><b>{escape(label)}</b> {what}{'. ' + escape(summary) if summary else ''}</li>"


def _fill(template: str, **parts: str) -> str:
    """The template with each `<!-- name -->` replaced, in one pass: no part is read again."""
    return re.sub(r"<!-- (\w+) -->", lambda match: parts[match[1]], template)


def digest_of(text: str) -> str:
    """A script or a style as a policy names it."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _read(name: str) -> str:
    return (PLAYER / name).read_text(encoding="utf-8")


@cache
def _leaflet(name: str) -> str:
    """A file of Leaflet as its pip package holds it, without the pointer to its source map."""
    text = files("js_lib_leaflet").joinpath("static/js_lib_leaflet", name).read_text("utf-8")
    return re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", text)
