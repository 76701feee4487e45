"""What a page holds while it rests at one moment: heap, nodes, listeners, after a clearing up."""

from __future__ import annotations

from typing import Any, NamedTuple

from playwright.sync_api import CDPSession, Page

REST = """async when => {
    historyMap.pause();
    historyMap.select(null);
    historyMap.seek(when);
    historyMap.fit();
    for (let n = 0; n < 8; n += 1) await new Promise(requestAnimationFrame);
}"""


class Held(NamedTuple):
    """What is held: the heap in MB, and how many nodes and listeners."""

    heap_mb: float
    nodes: int
    listeners: int


def watched(page: Page) -> CDPSession:
    """A session that can count what the page holds."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return session


def held(page: Page, session: CDPSession, when: str) -> Held:
    """What the page holds at rest at a moment: always at the same one, so that all compares."""
    page.evaluate(REST, when)
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    found = metrics(session)
    return Held(found["JSHeapUsedSize"] / 1e6, int(found["Nodes"]), int(found["JSEventListeners"]))


def metrics(session: CDPSession) -> dict[str, Any]:
    """The browser's own counts of the page by their names; times are those of its main thread."""
    found = session.send("Performance.getMetrics")["metrics"]
    return {metric["name"]: metric["value"] for metric in found}
