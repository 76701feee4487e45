"""What the tests share: a built site, a browser without a network, and golden files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Request, Route

from events.reading import read_tables
from events.record import Event
from maps.takeaway.camera import MissingTool, browsing

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
LOCAL = ("file", "data", "blob", "about")
# No test finds what another build made, or leaves anything behind.
os.environ["HISTORY_MAP_CACHE"] = ""

# Speed is measured, never tested: a busy machine fails no fact.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

READY = "async () => { await window.historyMap?.ready; return Boolean(window.historyMap); }"

OpenPage = Callable[..., Page]


def framed(page: Page, selector: str = "iframe") -> Frame:
    """The map in a frame of a page, once it is ready; its policy forbids to ask it by a string."""
    handle = page.wait_for_selector(selector, state="attached")
    frame = handle and handle.content_frame()
    assert frame
    frame.wait_for_selector("#app", state="attached")
    assert frame.evaluate(READY)
    return frame


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds --update-golden."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, Chrome or Edge, the same for the whole run."""
    try:
        with browsing() as launched:
            yield launched
    except MissingTool as missing:
        pytest.fail(f"{missing}; or run python tests/ensure_browser.py")


@pytest.fixture(scope="session")
def project() -> Path:
    """The five-event war that never was."""
    return ROOT / "tests" / "project"


@pytest.fixture(scope="session")
def an_event(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Event]:
    """Makes an event of what a table must say and no more, changed as told."""
    table = tmp_path_factory.mktemp("one-event") / "events" / "tables" / "events.csv"
    table.parent.mkdir(parents=True)
    table.write_text("id,title,when,lat,lon\na,A,1941,35.7,139.7\n", encoding="utf-8")
    tables, problems = read_tables(table.parents[2])
    assert not problems
    return tables.events[0]._replace


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped project, built once for the run."""
    return _built(ROOT, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def small_site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five-event war, built once for the run."""
    return _built(project, tmp_path_factory.mktemp("small-site"))


def _built(project: Path, out: Path) -> Path:
    from maps.site import build

    report = build(project, out)
    errors = [str(problem) for problem in report.problems if problem.severity == "error"]
    assert not errors, "\n".join(errors)
    return out


class Watch:
    """What a page does that no page may: ask for anything that is not a file here, or complain."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Watches every page of a context and refuses each request that leaves the machine."""
        context.on("request", self.note)
        context.on("console", self.hear)
        context.on("weberror", lambda failed: self.errors.append(str(failed.error)))
        context.route(lambda url: not _is_local(url), Route.abort)

    def note(self, request: Request) -> None:
        """Notes a request that leaves the machine."""
        if not _is_local(request.url):
            self.requests.append(request.url)

    def hear(self, message: Any) -> None:
        """Notes whatever the console shows: a page that works has nothing to say there."""
        self.errors.append(f"{message.type}: {message.text}")


def _is_local(url: str) -> bool:
    return urlsplit(url).scheme in LOCAL


@pytest.fixture
def open_page(browser: Browser, site: Path) -> Iterator[OpenPage]:
    """Opens a page from disk with the network off, and waits until its map is ready.

    `open_page("two-directions.html#t=1941", timezone_id="Asia/Tokyo", color_scheme="dark")`: the
    path is one of the built site unless `within` names another folder; what else is given goes to
    Playwright's `new_context`. `ready=False` does not wait for a map. When the test is over, it
    fails if any page asked for something on a network or said anything in its console.
    """
    watch = Watch()
    contexts: list[BrowserContext] = []

    def opened(path: str, within: Path = site, ready: bool = True, **options: Any) -> Page:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        watch.over(context)
        page = context.new_page()
        name, rest = re.fullmatch(r"([^?#]*)(.*)", path, re.DOTALL).groups()
        page.goto((within / name).resolve().as_uri() + rest)
        if ready and options.get("java_script_enabled", True):
            started = page.evaluate(READY)
            assert started, f"no map: {watch.errors}"
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not watch.requests, f"asked for {watch.requests}"
    assert not watch.errors, "\n".join(watch.errors)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Any], None]:
    """Compares a value with `tests/golden/NAME.json`, or writes it there with --update-golden.

    Where they differ, `NAME-changed.json` is written beside the expected one.
    """

    def compare(name: str, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        expected, changed = GOLDEN / f"{name}.json", GOLDEN / f"{name}-changed.json"
        if request.config.getoption("--update-golden"):
            GOLDEN.mkdir(exist_ok=True)
            expected.write_text(text, encoding="utf-8", newline="\n")
        if expected.is_file() and expected.read_text(encoding="utf-8") == text:
            changed.unlink(missing_ok=True)
            return
        GOLDEN.mkdir(exist_ok=True)
        changed.write_text(text, encoding="utf-8", newline="\n")
        pytest.fail(f"{name} differs: compare {changed.name}, or run pytest --update-golden")

    return compare
