"""The page of the essays: their claims in order, what each is worth, and the way to the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from events.record import EssayClaim, Event, Source, Tables, Topic
from events.words import VERDICTS
from maps.language import language_attributes
from maps.links import link_to
from maps.page import policy
from maps.story import Story
from maps.style import css_variables

PAGE = "essays.html"
_LONGEST = 48  # letters of a source beside a claim; the list below has it whole

_STYLE = """
* { box-sizing: border-box; }
body { margin: 0; background: var(--panel-2); color: var(--ink);
  font: 16px/1.5 "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 24px 16px 8px; }
h1, h2, h3 { margin: 0; line-height: 1.2; font-family: Charter, "Iowan Old Style",
  "Palatino Linotype", Georgia, "Liberation Serif", serif; }
h1 { font-size: 30px; }
h2 { margin: 32px 0 8px; font-size: 23px; }
h3 { font-size: 18px; }
p { max-width: 46em; margin: 8px 0 0; }
a { color: inherit; text-underline-offset: 2px; }
a:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
ol, ul { margin: 0; padding: 0; list-style: none; }
.counts { overflow-x: auto; }
.counts table { border-collapse: collapse; margin-top: 12px; }
th, td { padding: 4px 16px 4px 0; text-align: left; vertical-align: top; }
.counts td, .counts thead th + th { text-align: right; }
thead th, tfoot { border-bottom: 1px solid var(--control); }
tfoot { border-top: 1px solid var(--control); border-bottom: 0; }
.topics { display: grid; gap: 12px; margin-top: 12px; }
.topic, .claim { padding: 12px 16px; border: 1px solid var(--hairline); border-radius: 10px;
  background: var(--panel); }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 24px; margin: 8px 0; }
.side p, .claim p { margin: 4px 0 0; }
.claims { display: grid; gap: 8px; margin-top: 12px; }
.claim { display: grid; grid-template-columns: 4.5rem 1fr 9rem; gap: 0 12px; }
.claim:target { outline: 2px solid var(--ink); }
.name, .minor { color: var(--ink-2); font-size: 14px; }
.verdict { justify-self: end; align-self: start; padding: 1px 10px; font-size: 14px;
  font-weight: 700; border: 1.5px solid var(--control); border-radius: 8px; }
.verdict.right, .verdict.opinion { font-weight: 400; }
.verdict.wrong, .verdict.garbled { border-color: var(--selected); background: var(--selected);
  color: var(--panel); }
.verdict.disputed, .verdict.unsupported { border-style: dashed; }
.says { font-weight: 600; }
.maps a { display: inline-block; padding: 6px 16px 6px 0; }
.sources li { padding: 3px 0; }
.sources :target { outline: 2px solid var(--ink); }
@media (max-width: 600px) {
  .claim { grid-template-columns: 1fr auto; }
  .claim .body { grid-column: 1 / -1; grid-row: 2; }
  .sides { grid-template-columns: 1fr; }
}
@media print { body { background: none; } .claim, .topic { break-inside: avoid; } }
"""


@dataclass(frozen=True, slots=True)
class _Record:
    """What the rows of the page are looked up in."""

    events: Mapping[str, Event]
    sources: Mapping[str, Source]
    numbers: Mapping[str, int]  # of the sources that are cited, from 1
    stories: Sequence[Story]


def render_essays(stories: Sequence[Story], tables: Tables) -> str:
    """The page as text; its links lead to the maps beside it."""
    style = css_variables() + _STYLE
    claims = tables.essay_claims
    record = _record(stories, tables)
    essays = list(dict.fromkeys(claim.essay for claim in claims))
    lists = "\n".join(_essay(essay, claims, record) for essay in essays)
    return f"""<!DOCTYPE html>
<html {language_attributes(stories[0].lang if stories else "en")}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy([], [style]))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The essays, claim by claim</title>
<style>{style}</style>
</head>
<body>
<header>
<p><a href="index.html">All maps</a></p>
<h1>The essays, claim by claim</h1>
<p>{len(claims)} claims in our own words, each with a verdict and the best value that is known. How
far it was verified is said of the statement, not of the book. Each link opens the map at that
moment, with the card of the event.</p>
{_counts(essays, claims, record)}
</header>
<main>
{_topics(essays, tables, record)}
{lists}
{_source_list(record)}
</main>
<footer><p class="minor">This page needs no network.</p></footer>
</body>
</html>
"""


def _record(stories: Sequence[Story], tables: Tables) -> _Record:
    sources = {source.id: source for source in tables.sources}
    cited = dict.fromkeys(name for claim in tables.essay_claims for name in claim.sources)
    numbers = {name: number for number, name in enumerate(cited, 1)}
    return _Record({event.id: event for event in tables.events}, sources, numbers, stories)


def _title(essay: str, record: _Record) -> str:
    source = record.sources.get(essay)
    return source.title if source else essay


def _counts(essays: Sequence[str], claims: Sequence[EssayClaim], record: _Record) -> str:
    """How many claims of each essay have each verdict, and all together."""
    counts = Counter((claim.essay, claim.verdict) for claim in claims)
    heads = "".join(f'<th scope="col">Essay {n}</th>' for n in range(1, len(essays) + 1))
    rows = "\n".join(
        _count_row(verdict, [counts[essay, verdict] for essay in essays])
        for verdict in VERDICTS
        if any(counts[essay, verdict] for essay in essays)
    )
    totals = Counter(claim.essay for claim in claims)
    total = _count_row("all", [totals[essay] for essay in essays])
    names = "".join(
        f"<li>Essay {n}: {escape(_title(essay, record))}</li>" for n, essay in enumerate(essays, 1)
    )
    return f"""<ul class="minor">{names}</ul>
<div class="counts" tabindex="0" role="region" aria-label="Count of verdicts"><table>
<thead><tr><th scope="col">Verdict</th>{heads}<th scope="col">Together</th></tr></thead>
<tbody>
{rows}
</tbody>
<tfoot>{total}</tfoot>
</table></div>"""


def _count_row(label: str, counts: Sequence[int]) -> str:
    cells = "".join(f"<td>{count}</td>" for count in (*counts, sum(counts)))
    return f'<tr><th scope="row">{label}</th>{cells}</tr>'


def _topics(essays: Sequence[str], tables: Tables, record: _Record) -> str:
    """What the essays say of the same, side by side, and what stands."""
    if not tables.topics:
        return ""
    rows = "\n".join(_topic(topic, essays, tables.essay_claims) for topic in tables.topics)
    return f'<h2>Side by side</h2>\n<div class="topics">\n{rows}\n</div>'


def _topic(topic: Topic, essays: Sequence[str], claims: Sequence[EssayClaim]) -> str:
    sides = "\n".join(
        _side(n, [claim for claim in claims if (claim.essay, claim.topic) == (essay, topic.id)])
        for n, essay in enumerate(essays, 1)
    )
    return f"""<section class="topic">
<h3>{escape(topic.label)}</h3>
<div class="sides">
{sides}
</div>
<p><strong>What stands:</strong> {escape(topic.stands)}</p>
</section>"""


def _side(number: int, claims: Sequence[EssayClaim]) -> str:
    said = "".join(
        f'<p>{escape(claim.says)} <a class="minor" href="#{claim.id}">{escape(claim.id)}, '
        f"{claim.verdict}</a></p>"
        for claim in claims
    )
    said = said or '<p class="minor">Says nothing of it.</p>'
    return f'<div class="side"><span class="name">Essay {number}</span>{said}</div>'


def _essay(essay: str, claims: Sequence[EssayClaim], record: _Record) -> str:
    rows = "\n".join(_claim(claim, record) for claim in claims if claim.essay == essay)
    title = escape(_title(essay, record))
    return f'<h2>{title}</h2>\n<ol class="claims">\n{rows}\n</ol>'


def _claim(claim: EssayClaim, record: _Record) -> str:
    paragraph = f"paragraph {claim.paragraph}" if claim.paragraph else ""
    value = f"<p>{escape(claim.value)}</p>" if claim.value else ""
    note = f'<p class="minor">{escape(claim.note)}</p>' if claim.note else ""
    return f"""<li class="claim" id="{claim.id}">
<div class="name">{claim.id}<br>{paragraph}</div>
<div class="body"><p class="says">{escape(claim.says)}</p>
{value}{note}
<p class="minor">{_cited(claim, record)}</p>
<p class="maps minor">{_links(claim.events, record)}</p></div>
<div class="verdict {claim.verdict}">{claim.verdict}</div>
</li>"""


def _cited(claim: EssayClaim, record: _Record) -> str:
    """How far a claim was verified, and by what: numbers that lead to the list of sources."""
    numbers = ", ".join(
        f'<a href="#source-{escape(name)}">{escape(_short(name, record))} '
        f"[{record.numbers[name]}]</a>"
        for name in claim.sources
    )
    where = f" ({escape(claim.locator)})" if claim.locator else ""
    return f"{claim.verified}: {numbers}{where}" if numbers else f"{claim.verified}, no source"


def _short(name: str, record: _Record) -> str:
    source = record.sources.get(name)
    if source is None:
        return name
    written = source.type in ("book", "article") and source.author
    words = source.author.partition(";")[0] if written else source.title
    words = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rpartition(' ')[0]} …"
    return f"{words}, {source.year}" if source.year else words


def _links(events: Iterable[str], record: _Record) -> str:
    known = (record.events[name] for name in events if name in record.events)
    return " ".join(
        f'<a href="{escape(link)}">{escape(event.title)}, {escape(event.when.label)}</a>'
        for event in known
        if (link := link_to(event, record.stories))
    )


def _source_list(record: _Record) -> str:
    rows = "\n".join(
        f'<li id="source-{escape(name)}">[{number}] {escape(_whole(name, record))}</li>'
        for name, number in record.numbers.items()
    )
    return f'<h2>Sources</h2>\n<ol class="sources minor">\n{rows}\n</ol>' if rows else ""


def _whole(name: str, record: _Record) -> str:
    source = record.sources.get(name)
    if source is None:
        return name
    parts = (source.author, source.title, source.where, source.year)
    opened = f" ({source.opened})" if source.opened else ""
    return ", ".join(part for part in parts if part) + opened
