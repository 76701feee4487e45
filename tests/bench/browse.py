"""One Chromium session: opens a page from disk without a network and times it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from clicks import Clicks, click_around
from contenders import Contender, seek_script, watch_script
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from playwright.sync_api import Error as BrowserError
from synthetic import CLOSES, DAY, OPENS, SEED, instant

from ensure_browser import find_browser, is_root

FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-frame-rate-limit",  # a step shall not wait for the next sixtieth of a second
    "--disable-gpu-vsync",
    "--force-color-profile=srgb",
)
WINDOW = {"width": 1280, "height": 800}
READY_SECONDS = 120  # after which a page counts as not to be opened
STEP_SECONDS = 120  # the same for a step
SERIES_SECONDS = 15  # after which a series of steps is cut short
WARM, RANDOM, SEQUENTIAL = 5, 40, 60  # steps
LOCAL = ("file", "data", "blob", "about", "devtools")


class NoBrowser(RuntimeError):
    """There is no browser to measure with."""


class Visit(NamedTuple):
    """What one visit to one page took: milliseconds, MB, and what it asked of a network."""

    ready: float | None = None
    random: tuple[float, ...] = ()
    sequential: tuple[float, ...] = ()
    cpu: float | None = None  # a random step: time of the main thread on a processor
    renderer_mb: float | None = None
    own_mb: float | None = None  # of that, what is not the browser's own code
    clicks: Clicks = Clicks()
    requests: int = 0
    failed: str = ""


@contextmanager
def session() -> Iterator[Browser]:
    """A browser for the whole run. Raises NoBrowser."""
    path = find_browser()
    if not path:
        raise NoBrowser("no browser: run python tests/ensure_browser.py")
    sandbox = ["--no-sandbox"] if sys.platform.startswith("linux") and is_root() else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *sandbox])
        yield launched
        launched.close()


def visit(browser: Browser, contender: Contender, path: Path, number: int) -> Visit:
    """Opens a page of so many events in a renderer of its own, steps through it, and closes it.

    In ours it also clicks on marks; peers have nothing that could answer.
    """
    context = browser.new_context(offline=True, viewport=WINDOW)
    context.set_default_timeout(READY_SECONDS * 1000)
    requests: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    context.on("weberror", lambda wrong: errors.append(str(wrong.error).splitlines()[0]))
    context.add_init_script(path=Path(__file__).with_name("steps.js"))
    context.add_init_script(script=watch_script(contender))
    try:
        page = context.new_page()
        found = _measure(browser, page, contender, path)
        if contender.is_ours and not found.failed:
            found = found._replace(clicks=click_around(page, number))
    finally:
        context.close()
    away = sum(urlsplit(url).scheme not in LOCAL for url in requests)
    failed = ": ".join([found.failed, *errors[:1]]) if found.failed else ""
    return found._replace(requests=away, failed=failed)


def _measure(browser: Browser, page: Page, contender: Contender, path: Path) -> Visit:
    """Everything about one page, as far as it gets."""
    found = Visit()
    try:
        with _hearing(page, "bench: ready", READY_SECONDS):
            page.goto(path.resolve().as_uri(), wait_until="commit")
        found = found._replace(ready=page.evaluate("bench.ready"))
        return _stepped(browser, page, seek_script(contender, path), found)
    except BrowserError as fault:
        return found._replace(failed=_reason(fault, found))


def _stepped(browser: Browser, page: Page, seek: str, found: Visit) -> Visit:
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
    chance = Random(SEED)
    anywhere = [_somewhen(chance) for _ in range(WARM + RANDOM)]
    begin = chance.randint(OPENS + 500, CLOSES - 500)
    _run(page, seek, anywhere[:WARM])
    before = _task_seconds(cdp)
    random = _run(page, seek, anywhere[WARM:])
    cpu = (_task_seconds(cdp) - before) * 1000 / max(len(random), 1)
    days = [instant(begin + day) + DAY // 2 for day in range(SEQUENTIAL)]
    sequential = _run(page, seek, days)[1:]  # the first leaps there
    cdp.send("HeapProfiler.collectGarbage")
    whole, own = _renderer_mb(browser)
    return found._replace(
        random=random, sequential=sequential, cpu=cpu, renderer_mb=whole, own_mb=own
    )


def _run(page: Page, seek: str, instants: Sequence[int]) -> tuple[float, ...]:
    """Milliseconds of each step; fewer steps where their time is over."""
    with _hearing(page, "bench: done", STEP_SECONDS):
        page.evaluate(
            f"([instants, budget]) => bench.run({seek}, instants, budget)",
            [list(instants), SERIES_SECONDS * 1000],
        )
    failed = page.evaluate("bench.failed")
    if failed:
        raise BrowserError(failed)
    return tuple(page.evaluate("bench.done"))


@contextmanager
def _hearing(page: Page, words: str, seconds: float) -> Iterator[None]:
    """Waits until the page has said so in its console; a page that hangs never does."""
    with page.expect_console_message(lambda message: message.text == words, timeout=seconds * 1000):
        yield


def _somewhen(chance: Random) -> int:
    return instant(chance.randint(OPENS, CLOSES)) + chance.randrange(DAY)


def _task_seconds(cdp: CDPSession) -> float:
    metrics = cdp.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def _renderer_mb(browser: Browser) -> tuple[float | None, float | None]:
    """Resident memory of the largest renderer: the others are the browser's empty spares.

    Then what of it no file backs, since a hundred megabytes are the browser's own code.
    """
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = [_resident_mb(one["id"]) for one in found if one["type"] == "renderer"]
    return max((size for size in sizes if size[0] is not None), default=(None, None))


def _resident_mb(pid: int) -> tuple[float | None, float | None]:
    """Resident memory of a process, and what of it no file backs; None where nobody tells."""
    status = Path(f"/proc/{pid}/status")
    if status.is_file():
        rows = (line.split() for line in status.read_text("utf-8").splitlines())
        mb = {row[0]: int(row[1]) / 1024 for row in rows if row[0].startswith(("VmRSS", "Rss"))}
        return mb.get("VmRSS:"), mb.get("RssAnon:", 0) + mb.get("RssShmem:", 0)
    if sys.platform == "win32":
        return None, None
    asked = ["ps", "-o", "rss=", "-p", str(pid)]
    told = subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=False).stdout.strip()
    return (int(told) / 1024 if told.isdecimal() else None), None


def _reason(fault: Any, found: Visit) -> str:
    text = str(fault)
    if "crashed" in text.lower():
        return "its renderer crashed"
    if "Timeout" in text and found.ready is None:
        return f"not ready in {READY_SECONDS} s"
    if "Timeout" in text:
        return f"a few steps took over {STEP_SECONDS} s"
    return text.splitlines()[0]
