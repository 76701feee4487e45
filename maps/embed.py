"""How a map is put into another page: the page that says it, and embed.js for those that want it.

What stands in `embedding/page.html` between `<!-- snippet html` and `-->` is shown as lines to
paste; blanks such as `[[address]]` are filled in for the first map, and by `embedding/page.js`
for the one that the reader chooses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

from maps.language import language_attributes
from maps.page import policy
from maps.story import Story
from maps.style import css_variables

PAGE = "embed.html"
SCRIPT = "embed.js"
_FOLDER = Path(__file__).parent / "embedding"
_SNIPPET = re.compile(r"<!-- snippet (html|text)\n(.*?)\n-->", re.DOTALL)
_SECTION = re.compile(r'<section id="([\w-]+)">\n<h2>(.*?)</h2>')
_BLANK = re.compile(r"\[\[(\w+)\]\]")
_PART = re.compile(r"<!-- (\w+) -->")


def embed_script() -> str:
    """The script for pages that hold a map: its commands as promises."""
    return _read(SCRIPT)


def render_embed(stories: Sequence[Story]) -> str:
    """The page as text, for the maps beside it, of which there is at least one."""
    style = css_variables() + _read("page.css")
    scripts = [embed_script(), _read("page.js")]
    allowed = policy(scripts, [style]) + "; frame-src 'self'"
    values = values_of(stories[0])
    parts = {
        "address": escape(values["address"]),
        "title": escape(values["title"]),
        "contents": _contents(),
    }
    body = _PART.sub(lambda part: parts[part[1]], _with_snippets(values))
    return f"""<!DOCTYPE html>
<html {language_attributes("en")}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(allowed)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Show a map in another page</title>
<style>{style}</style>
</head>
<body>
{body}
<script type="application/json" id="stories">{_choices(stories)}</script>
{"".join(f"<script>{script}</script>" for script in scripts)}
</body>
</html>
"""


def values_of(story: Story) -> dict[str, str]:
    """What fills the blanks of snippets for a map as its story opens."""
    return {
        "address": f"{story.slug}.html?embed=1",
        "title": story.title,
        "picture": f"pictures/{story.slug}.svg",
        "story": story.slug,
        "at": "",
        "link": f"{story.slug}.html",
    }


def snippet(section: str, story: Story) -> str:
    """The lines to paste of a section of the page, filled in for a map as its story opens."""
    _, _, after = _read("page.html").partition(f'<section id="{section}">')
    found = _SNIPPET.search(after)
    if not found:
        raise KeyError(section)
    return _filled(found[1], found[2], values_of(story))


def _filled(kind: str, template: str, values: Mapping[str, str]) -> str:
    """The template with its blanks filled in; what is filled in is never read again."""
    written = escape if kind == "html" else str
    return _BLANK.sub(lambda blank: written(values[blank[1]]), template)


def _with_snippets(values: Mapping[str, str]) -> str:
    """The page's body, each snippet shown as text under the heading of its section."""
    heading = ""
    shown = []
    for section in re.split(r"(?=<section )", _read("page.html")):
        found = _SECTION.match(section)
        heading = found[2] if found else heading
        shown.append(_SNIPPET.sub(lambda one, of=heading: _shown(one, of, values), section))
    return "".join(shown)


def _shown(found: re.Match[str], heading: str, values: Mapping[str, str]) -> str:
    kind, template = found.groups()
    return (
        f'<div class="snippet"><pre tabindex="0" role="region" aria-label="{heading}" '
        f'data-kind="{kind}" data-template="{escape(template)}">'
        f"{escape(_filled(kind, template, values))}</pre></div>"
    )


def _contents() -> str:
    """Links to the sections of the page."""
    sections = _SECTION.findall(_read("page.html"))
    return "\n".join(f'<a href="#{name}">{heading}</a>' for name, heading in sections)


def _choices(stories: Sequence[Story]) -> str:
    """The maps and their chapters, as JSON that may stand in a page."""
    listed = [
        {
            "story": story.slug,
            "title": story.title,
            "chapters": [{"id": one.id, "title": one.title} for one in story.chapters],
        }
        for story in stories
    ]
    return json.dumps(listed, ensure_ascii=False).replace("<", "\\u003c")


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
