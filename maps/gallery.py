"""The index of the site: every map with its title, its time and its first words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from events.record import Event
from maps.language import language_attributes
from maps.page import policy
from maps.prose import plain
from maps.story import Story
from maps.style import css_variables

_STYLE = """
* { box-sizing: border-box; }
body { margin: 0; background: var(--panel-2); color: var(--ink);
  font: 16px/1.5 "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 24px 16px; }
h1, h2 { margin: 0; font-weight: 700; overflow-wrap: anywhere; font-family: Charter,
  "Iowan Old Style", "Palatino Linotype", Georgia, "Liberation Serif", serif; }
h1 { font-size: 30px; line-height: 1.15; }
h2 { font-size: 23px; line-height: 1.2; }
ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr));
  gap: 16px; margin: 0; padding: 0; list-style: none; }
li:first-child:nth-last-child(odd) { grid-column: 1 / -1; }
li a { display: block; height: 100%; padding: 16px 18px; border: 1px solid var(--hairline);
  border-radius: 10px; background: var(--panel); color: inherit; text-decoration: none; }
nav { display: flex; flex-wrap: wrap; gap: 0 24px; margin-top: 16px; }
nav a { padding: 8px 0; color: inherit; text-underline-offset: 2px; }
a:hover h2 { text-decoration: underline; }
a:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
p { max-width: 42em; margin: 8px 0 0; overflow-wrap: anywhere; }
h2, p, footer { unicode-bidi: plaintext; }
.when, footer { color: var(--ink-2); font-size: 14px; }
@media print { body { background: none; } a { break-inside: avoid; } }
"""


def render_gallery(
    stories: Sequence[Story], events: Sequence[Event], others: Mapping[str, str] | None = None
) -> str:
    """The index page as text; each story links to its own page beside it.

    `others` are further files of the site: the words of the link by the path.
    """
    style = css_variables() + _STYLE
    lang = stories[0].lang if stories else "en"
    entries = "\n".join(_entry(story, events) for story in stories)
    return f"""<!DOCTYPE html>
<html {language_attributes(lang)}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy([], [style]))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Maps</title>
<style>{style}</style>
</head>
<body>
<header><h1>Maps</h1></header>
<main>
<ul>
{entries}
</ul>{_nav(others or {})}
</main>
<footer>These pages need no network.</footer>
</body>
</html>
"""


def _nav(others: Mapping[str, str]) -> str:
    """Links to what is no map."""
    links = "\n".join(
        f'<a href="{escape(path)}">{escape(words)}</a>' for path, words in others.items()
    )
    return f'\n<nav aria-label="The record">\n{links}\n</nav>' if links else ""


def _entry(story: Story, events: Sequence[Event]) -> str:
    """One story in the list."""
    shown = sum(story.reaches(event.when) for event in events)
    intro = plain(story.text[:1])
    words = f"\n<p>{escape(intro)}</p>" if intro else ""
    facts = [story.span.label, _counted(shown, "event")]
    if story.chapters:
        facts.append(_counted(len(story.chapters), "chapter"))
    return f"""<li><a href="{escape(story.slug)}.html">
<h2>{escape(story.title)}</h2>
<p class="when">{escape(" · ".join(facts))}</p>{words}
</a></li>"""


def _counted(count: int, what: str) -> str:
    """So many of something, in words."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
