"""The board as Markdown: the table, then the targets."""

from __future__ import annotations

from collections.abc import Iterable

from board import Board, Row
from noise import Calibration
from targets import Finding, findings

HEADINGS = (
    *("events", "contender", "HTML MB", "ready ms", "random step ms med/p95"),
    *("sequential ms med/p95", "CPU ms/step", "renderer MB", "own MB", "build s", "build MB"),
)
NOTE = """\
A step = seek until the second animation frame after it, with no frame rate limit. Offline, from
disk, one Chromium session; each page in a renderer of its own; medians over the rounds. Events are
points with a timespan over 1936-1945, about 4 % at a time, and 200 routes; no names. The 30 areas
of the plan are not in the product yet, so nobody has them. Ours carries its basemap, lanes, labels
and checks; the peers have no basemap, no labels and no popups, Timeline's routes do not move, and
TimestampedGeoJson's years are 1976-1985, since it drops those before 1970. Their HTML is without
their network files; their builds are fed from memory and count from the import of folium, ours from
the start of the process. CPU is the main thread's time on a processor, so a busy machine changes it
least. Own MB is the renderer's memory that no file backs: the rest, some 105 MB, is the browser's
own code, and is there for an empty page too. 1M is not asked of the peers."""


def render(board: Board, calibration: Calibration) -> str:
    """The whole report as text."""
    table = _table(HEADINGS, (_cells(row) for row in _in_order(board)))
    failures = [
        f"- {row.number:,} events, {row.contender}: {row.failed}"
        for row in _in_order(board)
        if row.failed
    ]
    judged = _table(
        ("target", "wanted", "reached", "verdict"),
        (_verdict(finding, calibration.quiet) for finding in findings(board)),
    )
    blocks = [table, "\n".join(failures), NOTE, judged, calibration.words()]
    return "\n\n".join(block for block in blocks if block)


def _in_order(board: Board) -> list[Row]:
    """The rows by size; within a size as they ran."""
    return sorted(board.rows.values(), key=lambda row: row.number)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        f"{row.number:,}",
        row.contender,
        _figure(row.html_mb),
        _figure(row.ready),
        f"{_figure(row.random)} / {_figure(row.random_p95)}",
        f"{_figure(row.sequential)} / {_figure(row.sequential_p95)}",
        _figure(row.cpu),
        _figure(row.renderer_mb),
        _figure(row.own_mb),
        _figure(row.build_seconds),
        _figure(row.build_mb),
    )


def _verdict(finding: Finding, quiet: bool) -> tuple[str, ...]:
    """A finding as cells; on a noisy machine its verdict is no judgement."""
    sure = quiet or finding.wanted in ("0", "all")
    return (*finding[:3], finding.verdict if sure else f"{finding.verdict}, but too noisy to judge")


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table with its columns in line."""
    lines = [list(headings), *(list(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )
