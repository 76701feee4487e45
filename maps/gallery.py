"""The index of the site: every map with its picture, its title, its time and its first words."""

from __future__ import annotations

import re
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
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 24px 16px; }
h1, h2 { margin: 0; font-weight: 700; overflow-wrap: anywhere; font-family: Charter,
  "Iowan Old Style", "Palatino Linotype", Georgia, "Liberation Serif", serif; }
h1 { font-size: 30px; line-height: 1.15; }
h2 { font-size: 23px; line-height: 1.2; }
header { padding-bottom: 0; }
ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
  gap: 20px; margin: 0; padding: 0; list-style: none; }
li a { display: block; height: 100%; border: 1px solid var(--hairline); border-radius: 10px;
  background: var(--panel); color: inherit; text-decoration: none; overflow: hidden; }
.picture { background: var(--sea); border-bottom: 1px solid var(--hairline); }
.picture svg { display: block; width: 100%; height: auto; }
.words { padding: 14px 18px 18px; }
@media (min-width: 60rem) {
  li:first-child:nth-last-child(odd) { grid-column: 1 / -1; }
  li:first-child:nth-last-child(odd) a { display: grid; grid-template-columns: 3fr 2fr; }
  li:first-child:nth-last-child(odd) .picture { border: 0; }
  li:first-child:nth-last-child(odd) .words { padding: 20px 28px; align-self: center; }
  li:first-child:nth-last-child(odd) h2 { font-size: 32px; }
  li:first-child:nth-last-child(odd) p { font-size: 18px; }
}
nav { display: flex; flex-wrap: wrap; gap: 0 24px; margin-top: 16px; }
nav a { padding: 8px 0; color: inherit; text-underline-offset: 2px; }
a:hover h2 { text-decoration: underline; }
a:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
p { max-width: 42em; margin: 8px 0 0; overflow-wrap: anywhere; }
h2, p, footer { unicode-bidi: plaintext; }
.when, footer { color: var(--ink-2); font-size: 14px; }
@media print { body { background: none; } a { break-inside: avoid; } }
"""
_SENTENCE = re.compile(r".*?(?:[^\W_]{2}[.!?](?=\s)|[\u3002\uff01\uff1f])", re.DOTALL)


def render_gallery(
    stories: Sequence[Story],
    events: Sequence[Event],
    others: Mapping[str, str] | None = None,
    pictures: Mapping[str, str] | None = None,
    colours: str = "",
) -> str:
    """The index page as text; each story links to its own page beside it.

    `others` are further files of the site: the words of the link by the path; `pictures` are SVG
    by the slug of a story, and `colours` the stylesheet's that they name.
    """
    style = (colours or css_variables()) + _STYLE
    lang = stories[0].lang if stories else "en"
    drawn = pictures or {}
    entries = "\n".join(_entry(story, events, drawn.get(story.slug, "")) for story in stories)
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


def _entry(story: Story, events: Sequence[Event], picture: str) -> str:
    """One story in the list."""
    shown = sum(story.reaches(event.when) for event in events)
    intro = _first_sentence(plain(story.text[:1]))
    words = f"\n<p>{escape(intro)}</p>" if intro else ""
    facts = [story.span.label, _counted(shown, "event")]
    if story.chapters:
        facts.append(_counted(len(story.chapters), "chapter"))
    seen = f'\n<div class="picture" aria-hidden="true">{picture}</div>' if picture else ""
    return f"""<li><a href="{escape(story.slug)}.html">{seen}
<div class="words"><h2>{escape(story.title)}</h2>
<p class="when">{escape(" · ".join(facts))}</p>{words}</div>
</a></li>"""


def _first_sentence(text: str) -> str:
    """The first sentence of a text; all of it where none ends."""
    found = _SENTENCE.match(text)
    return found[0] if found else text


def _counted(count: int, what: str) -> str:
    """So many of something, in words."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
