"""What the project wants to reach: ratios of one run, each with its verdict in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from board import Board, Row
from contenders import OURS, PEERS, TIMELINE_SVG

NOTHING_CHANGED = 0.3  # seconds

Measure = Callable[[Row], float | None]


class Finding(NamedTuple):
    """A target beside what was reached. `ratio` is how many times better ours is."""

    words: str
    wanted: str
    reached: str
    verdict: str


def findings(board: Board) -> Iterator[Finding]:
    """Every target that the sizes of this run can tell of."""
    sizes = {number for number, _ in board.rows}
    for number, words, measure, least in _AGAINST_PEERS:
        if number in sizes:
            name = f"{_short(number)}: {words}"
            yield _ratio(name, _best(board, number, measure), _ours(board, number, measure), least)
    if 1_000 in sizes:
        theirs = board.row(1_000, TIMELINE_SVG).sequential
        ours = _ours(board, 1_000, _sequential)
        yield _ratio("1k: sequential step, against Timeline SVG", theirs, ours, 1)
    if {100_000, 1_000_000} <= sizes:
        theirs = _best(board, 100_000, _ready)
        ours = _ours(board, 1_000_000, _ready)
        yield _ratio("1M opens faster than the best peer opens 100k", theirs, ours, 1)
    yield from _clicks(board)
    yield from _rebuilds(board)
    asked = sum(row.requests for row in board.rows.values() if row.contender == OURS.name)
    yield Finding("requests to any network", "0", str(asked), "miss" if asked else "pass")


def _ready(row: Row) -> float | None:
    return row.ready


def _sequential(row: Row) -> float | None:
    return row.sequential


_AGAINST_PEERS: tuple[tuple[int, str, Measure, float], ...] = (
    (100_000, "random step, median", lambda row: row.random, 10),
    (100_000, "random step, CPU", lambda row: row.cpu, 10),
    (100_000, "sequential step", _sequential, 5),
    (10_000, "random step", lambda row: row.random, 2),
    (10_000, "sequential step", _sequential, 1),
    (100_000, "file to ready", _ready, 4),
    (100_000, "HTML size", lambda row: row.html_mb, 5),
    (100_000, "renderer memory", lambda row: row.renderer_mb, 2),
    (100_000, "renderer memory without the browser's code", lambda row: row.own_mb, 2),
    (100_000, "build, tables to page", lambda row: row.build_seconds, 1),
)


def _ours(board: Board, number: int, measure: Measure) -> float | None:
    return measure(board.row(number, OURS.name))


def _best(board: Board, number: int, measure: Measure) -> float | None:
    """The best of the peers, in this one measure."""
    known = [measure(board.row(number, peer.name)) for peer in PEERS]
    return min((value for value in known if value is not None), default=None)


def _ratio(words: str, theirs: float | None, ours: float | None, least: float) -> Finding:
    wanted = f"at least {least:g}x better"
    if ours is None:
        return Finding(words, wanted, "not measured: ours did not get there", "miss")
    if theirs is None:
        return Finding(words, wanted, "not measured: no peer got there", "no verdict")
    reached = theirs / ours
    verdict = "pass" if reached >= least else "miss"
    return Finding(words, wanted, f"{_times(reached)} ({theirs:,.4g} : {ours:,.4g})", verdict)


def _clicks(board: Board) -> Iterator[Finding]:
    """At each size whether clicks on marks opened the right event."""
    for (number, contender), row in sorted(board.rows.items()):
        if contender != OURS.name or not row.visits:
            continue
        made, right = row.clicks
        verdict = "pass" if made and right == made else "miss"
        words = f"{_short(number)}: clicks on marks that open the right event"
        yield Finding(words, "all", f"{right} of {made}", verdict)


def _rebuilds(board: Board) -> Iterator[Finding]:
    if board.rebuilds is None:
        return
    atlas, again, edited, large, large_again = board.rebuilds
    for name, first, second in (("atlas", atlas, again), ("largest project", large, large_again)):
        if first is None or second is None:
            continue
        words = f"rebuild with nothing changed, {name}"
        finding = _ratio(words, first, second, 30)
        if second > NOTHING_CHANGED:
            finding = finding._replace(verdict="miss")
        wanted = f"{finding.wanted}, under {NOTHING_CHANGED:g} s"
        yield finding._replace(wanted=wanted)
    yield _ratio("rebuild after one edited row, atlas", atlas, edited, 10)


def _times(ratio: float) -> str:
    return f"{ratio:.3g}x" if ratio >= 1 else f"1/{1 / ratio:.3g}"


def _short(number: int) -> str:
    return f"{number // 1000}k" if number < 1_000_000 else f"{number // 1_000_000}M"
