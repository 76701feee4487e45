"""Rules of the record: claims have sources, sources are used, figures and hours agree.

Most speak only where there are claims: a project without that table promises no evidence.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from events.checking import begins, ends
from events.problem import Problem, Severity, did_you_mean
from events.record import Actor, Claim, Event, Place, Source, Tables
from events.series import check_series
from events.when import When
from events.zones import offset_at

_TABLES = "events/tables"
CLAIMS = f"{_TABLES}/claims.csv"
ESSAY_CLAIMS = f"{_TABLES}/essay_claims.csv"
EVENTS = f"{_TABLES}/events.csv"
PLACES = f"{_TABLES}/places.csv"
ACTORS = f"{_TABLES}/actors.csv"
SOURCES = f"{_TABLES}/sources.csv"

_UNOPENED = ("not opened", "nothing")  # how a source begins that nobody has seen
_MINUTE_MS = 60_000
# as sentences have large numbers: 7,696
_GROUPED = re.compile(r"(?<!\d)(?<!\d,)\d{1,3}(?:,\d{3})+(?!,?\d)")
_FIGURE = re.compile(rf"{_GROUPED.pattern}(?:\.\d+)?|\d+(?:\.\d+)?")


def check_evidence(
    tables: Tables,
    cited: Collection[str] = (),
    acting: Collection[str] = (),
    broken: Collection[str] = (),
) -> Iterator[Problem]:
    """Everything in which the record contradicts itself or leads nowhere.

    `cited` and `acting` are the sources and actors that stories and the ground name. `broken` are
    the files with errors of their own: nothing is said to be missing from them.
    """
    yield from _check_hours(tables)
    yield from check_series(tables.series)
    if not tables.claims:
        return
    yield from _check_sourced(tables)
    yield from _check_said(tables.claims)
    yield from _check_signs(tables.claims)
    yield from _check_wholes(tables.claims, CLAIMS in broken)
    yield from _check_dates(tables)
    yield from _check_pointing(tables)
    if CLAIMS not in broken:
        yield from _check_claimed(tables)
    if not broken:  # whatever is damaged may cite or name it
        yield from _check_used(tables, cited, acting)


# Sources


def _check_sourced(tables: Tables) -> Iterator[Problem]:
    """Every claim says by whom, and none is verified by what nobody opened."""
    opened = {source.id: not source.opened.startswith(_UNOPENED) for source in tables.sources}
    for path, records in ((CLAIMS, tables.claims), (ESSAY_CLAIMS, tables.essay_claims)):
        for each in records:
            if not each.sources and path == CLAIMS:
                hint = "name who says so; what is from memory can have a source of that name"
                yield _problem(path, each.line, "sources", "", "names no source", hint)
            elif each.verified == "verified" and not any(
                opened.get(name, True) for name in each.sources
            ):
                message = "stands with a source that was not opened, or with none"
                hint = "add the source in which it was seen, or write unverified"
                yield _problem(path, each.line, "verified", each.verified, message, hint)


def _check_used(
    tables: Tables, cited: Collection[str], acting: Collection[str]
) -> Iterator[Problem]:
    """Every source, place and actor is named somewhere; a source's note may say what for."""
    named = {*cited, *(each.essay for each in tables.essay_claims)}
    citing = (tables.events, tables.phases, tables.claims, tables.essay_claims, tables.series)
    for records in citing:
        named.update(name for record in records for name in record.sources)
    silent = [source for source in tables.sources if not source.note]
    yield from _unused(SOURCES, silent, named, "is cited nowhere", "say in its note why it stands")
    places = {event.place for event in tables.events}
    yield from _unused(PLACES, tables.places, places, "is the place of no event", "")
    actors = {*acting, *(actor for event in tables.events for actor in event.actors)}
    yield from _unused(ACTORS, tables.actors, actors, "acts in no event and on no route", "")


def _unused(
    path: str,
    records: Iterable[Source | Place | Actor],
    named: Collection[str],
    message: str,
    hint: str,
) -> Iterator[Problem]:
    cure = f"delete the row, or {hint}" if hint else "delete the row, or use it"
    for record in records:
        if record.id not in named:
            yield _problem(path, record.line, "id", record.id, message, cure, "warning")


# Events


def _check_claimed(tables: Tables) -> Iterator[Problem]:
    """Every event has a claim."""
    claimed = {claim.event for claim in tables.claims}
    for event in tables.events:
        if event.id not in claimed:
            hint = f"add a row to {CLAIMS}: who says that it happened, and when"
            yield _problem(EVENTS, event.line, "id", event.id, "has no claim", hint, "warning")


def _check_pointing(tables: Tables) -> Iterator[Problem]:
    """Every claim of an essay bears on an event."""
    for each in tables.essay_claims:
        if not each.events:
            message, hint = "points to no event", "name the events on which it bears"
            yield _problem(ESSAY_CLAIMS, each.line, "events", "", message, hint)


def _check_dates(tables: Tables) -> Iterator[Problem]:
    """A date that supports its event meets it."""
    whens = {event.id: event.when for event in tables.events}
    for claim in tables.claims:
        when = whens.get(claim.event)
        if claim.about != "date" or claim.stance != "supports" or not claim.when or not when:
            continue
        if not _meet(claim.when, when):
            message = f"lies outside {claim.event}, {when.label}"
            hint = "correct one of the two, or write disputes as its stance"
            yield _problem(CLAIMS, claim.line, "when", claim.when.text, message, hint)


def _meet(one: When, other: When) -> bool:
    return begins(one) <= ends(other) and begins(other) <= ends(one)


def _check_hours(tables: Tables) -> Iterator[Problem]:
    """An hour is told by the clocks that its place kept on that day."""
    places = {place.id: place for place in tables.places if place.zone}
    for event in tables.events:
        place = places.get(event.place)
        if place and event.when.timed and event.when.first is not None:
            yield from _check_hour(event, place, event.when.first)


def _check_hour(event: Event, place: Place, first: int) -> Iterator[Problem]:
    kept = offset_at(place.zone, first)
    told = event.when.offset
    if kept is None or told == kept:
        return
    message = f"has clocks at {_ahead(told)}, where {place.zone} had {_ahead(kept)} on that day"
    hint = f"write the hour at {_ahead(kept)}, or correct the zone of {place.id}"
    yield _problem(EVENTS, event.line, "when", event.when.text, message, hint)


def _ahead(offset: int) -> str:
    """Milliseconds ahead of UTC as dates have them: +09:00."""
    hours, minutes = divmod(abs(offset) // _MINUTE_MS, 60)
    return f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"


# Figures


def _check_said(claims: Iterable[Claim]) -> Iterator[Problem]:
    """A sentence with large figures has one of those in the columns beside it."""
    for claim in claims:
        figures = {"value": claim.value, "low": claim.low, "high": claim.high}
        known = {column: figure for column, figure in figures.items() if figure is not None}
        large = _GROUPED.search(claim.says)
        if claim.about != "number" or not large or not known:
            continue
        if not _figures(claim.says).intersection(map(abs, known.values())):
            column, figure = next(iter(known.items()))
            message = f"is nowhere in the sentence, which has {large[0]}"
            hint = "correct one of the two"
            yield _problem(CLAIMS, claim.line, column, f"{figure:.10g}", message, hint, "warning")


def _figures(says: str) -> set[float]:
    """All numbers of a sentence; a comma may be one of thousands or a decimal one."""
    found = _FIGURE.findall(says)
    decimal = {figure.replace(",", ".") for figure in found if figure.count(",") == 1}
    return {float(figure.replace(",", "")) for figure in found} | {
        float(figure) for figure in decimal if figure.count(".") == 1
    }


def _check_signs(claims: Iterable[Claim]) -> Iterator[Problem]:
    """No number is alone below 0 among three or more of its quantity."""
    alike: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.value is not None:
            alike[claim.quantity, claim.unit].append(claim)
    for (quantity, _), rows in alike.items():
        below = [claim for claim in rows if (claim.value or 0) < 0]
        if len(below) == 1 and len(rows) > 2:
            message = f"is below 0, as no other number of {quantity} is"
            hint = "write it without the minus"
            value = f"{below[0].value:.10g}"
            yield _problem(CLAIMS, below[0].line, "value", value, message, hint, "warning")


def _check_wholes(claims: Iterable[Claim], partial: bool) -> Iterator[Problem]:
    """Parts add up to the whole that they name."""
    by_id = {claim.id: claim for claim in claims}
    parts: dict[str, list[Claim]] = defaultdict(list)
    for claim in by_id.values():
        if claim.whole in by_id:
            parts[claim.whole].append(claim)
        elif claim.whole and not partial:
            hint = did_you_mean(claim.whole, by_id, "write the id of the claim that it is part of")
            yield _problem(CLAIMS, claim.line, "whole", claim.whole, "is not a claim", hint)
    circles = _circles({claim.id: claim.whole for claim in by_id.values()})
    for circle in circles:
        first = by_id[circle[0]]
        message = f"makes it a part of itself: {', '.join((*circle, first.id))}"
        hint = "name what the number is a part of, or leave the cell empty"
        yield _problem(CLAIMS, first.line, "whole", first.whole, message, hint)
    circling = {name for circle in circles for name in circle}
    for name, rows in parts.items():
        if name not in circling:
            yield from _check_sum(by_id[name], rows)


def _circles(wholes: Mapping[str, str]) -> list[list[str]]:
    """The ids that lead back to themselves, each followed by that of its whole."""
    circles: list[list[str]] = []
    done: set[str] = set()
    for start in wholes:
        way: dict[str, int] = {}
        name = start
        while name in wholes and name not in done and name not in way:
            way[name] = len(way)
            name = wholes[name]
        if name in way:
            circles.append(list(way)[way[name] :])
        done.update(way)
    return circles


def _check_sum(whole: Claim, parts: list[Claim]) -> Iterator[Problem]:
    total = sum(part.value or 0 for part in parts)
    known = all(part.value is not None for part in parts)
    if whole.value is None or not known or abs(total - whole.value) < 1e-9 * abs(total):
        return
    lines = ", ".join(str(part.line) for part in parts)
    sum_of = "the sum of its parts on lines" if len(parts) > 1 else "that of its one part on line"
    message = f"is not {sum_of} {lines}, which is {total:,.10g}"
    hint = "correct one of them, or add the part that is missing"
    yield _problem(CLAIMS, whole.line, "value", f"{whole.value:.10g}", message, hint)


def _problem(
    path: str,
    line: int,
    column: str,
    value: str,
    message: str,
    hint: str,
    severity: Severity = "error",
) -> Problem:
    return Problem(path, line, column, value, message, hint, severity)
