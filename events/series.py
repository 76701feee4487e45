"""Rules of the series: their names, units, directions and dates agree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from re import compile as pattern

from events.checking import begins, ends, overlap
from events.problem import Problem, Severity
from events.record import Reading

SERIES = "events/tables/series.csv"

_WORD = pattern(r"\b(?![IVXLC]+\b)[^\W\d_]{4,}")  # A and B, II and III are no slips
_LONGEST = 120  # letters in a name that is looked at letter by letter


def check_series(readings: Iterable[Reading]) -> Iterator[Problem]:
    """Everything in which a series contradicts itself, or looks like another under a slip."""
    series: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        series[reading.series].append(reading)
    yield from _check_names(series)
    for points in series.values():
        yield from _check_agreed(points, "unit", "error")
        yield from _check_agreed([point for point in points if point.direction], "direction")
        yield from _check_dates(points)


def _check_agreed(
    points: Sequence[Reading], column: str, severity: Severity = "warning"
) -> Iterator[Problem]:
    """All points have in a column what most of them have."""
    cell = attrgetter(column)
    counts = Counter(map(cell, points)).most_common()
    for point in points if len(counts) > 1 else ():
        if cell(point) != counts[0][0]:
            message = f"is not the {column} of {point.series}, which is {counts[0][0]}"
            hint = f"give all points one {column}, or make two series of them"
            yield _problem(point, column, cell(point), message, hint, severity)


def _check_dates(points: Sequence[Reading]) -> Iterator[Problem]:
    """No two points have one date, and none lies within the time of another."""
    seen: dict[str, int] = {}
    for point in points:
        line = seen.setdefault(point.when.text, point.line)
        if line != point.line:
            message = f"is a date that line {line} of this series has already"
            hint = "write the two as the low and high of one row"
            yield _problem(point, "when", point.when.text, message, hint, "error")
    last: Reading | None = None  # the point that ends last so far
    for point in sorted(points, key=lambda point: (begins(point.when), -ends(point.when))):
        when = point.when
        if last and last.when.text != when.text and overlap(last.when, when):
            message = f"overlaps line {last.line} of this series, {last.when.label}"
            hint = "end one where the other begins, or make two series of them"
            yield _problem(point, "when", when.text, message, hint)
        last = max(last or point, point, key=lambda each: ends(each.when))


# Names


def _check_names(series: Mapping[str, Sequence[Reading]]) -> Iterator[Problem]:
    """No name is that of a longer series but for capitals, spaces or one letter."""
    written: dict[str, str] = {}  # the name by its letters
    slipped: dict[str, str] = {}  # the name by each form that it may have with one letter amiss
    for name in sorted(series, key=lambda name: -len(series[name])):
        bare, forms = _bare(name), _forms(name)
        near = next((slipped[form] for form in forms if form in slipped), None)
        if bare in written:
            yield _alike(series[name][0], written[bare], "but for capitals, spaces or marks")
        elif near and len(series[near]) > len(series[name]):
            yield _alike(series[name][0], near, "but for one letter")
        written.setdefault(bare, name)
        for form in forms if len(series[name]) > 1 else ():
            slipped.setdefault(form, name)


def _alike(point: Reading, name: str, but: str) -> Problem:
    message = f"is '{name}' {but}"
    hint = f"write {name}, or another name if it is another series"
    return _problem(point, "series", point.series, message, hint)


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _forms(name: str) -> list[str]:
    """The name with one letter of a long word open, or with one more: "?ort", "p?ort".

    Two names share a form just where one letter was replaced, left out or added.
    """
    forms = []
    for word in _WORD.finditer(name) if len(name) <= _LONGEST else ():
        for i in range(word.start(), word.end() + 1):
            before = name[:i].casefold()
            forms.append(f"{before}?{name[i:].casefold()}")
            if i < word.end():
                forms.append(f"{before}?{name[i + 1 :].casefold()}")
    return forms


def _problem(
    point: Reading,
    column: str,
    value: str,
    message: str,
    hint: str,
    severity: Severity = "warning",
) -> Problem:
    return Problem(SERIES, point.line, column, value, message, hint, severity)
