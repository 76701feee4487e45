"""A served page follows its tables: loaded anew after an edit, with what is wrong shown over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from maps.serve import serve

EVENTS = "events/tables/events.csv"
HASH = "#t=1887-05-10&c=52,176,5&sel=battle-of-the-rock"


@pytest.fixture
def tables(project: Path, tmp_path: Path) -> Path:
    """A copy of the small project."""
    return Path(shutil.copytree(project, tmp_path / "copy"))


@pytest.fixture
def page(browser: Browser, tables: Path, tmp_path: Path) -> Iterator[Page]:
    """Its map, served, at a moment with a view and a selection."""
    ready, stop = Queue[str](), Event()
    words = (tables, tmp_path / "site", False, 0, lambda told: None, ready.put, stop)
    running = Thread(target=serve, args=words)
    running.start()
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda failed: errors.append(str(failed)))
    page.goto(f"{ready.get(timeout=60)}two-lamps.html{HASH}")
    page.evaluate("() => historyMap.ready")
    yield page
    context.close()
    stop.set()
    running.join(60)
    assert not running.is_alive()
    assert errors == []


def edit(tables: Path, old: str, new: str) -> None:
    """Writes one text for another in the table of events."""
    text = (tables / EVENTS).read_text(encoding="utf-8")
    assert old in text
    (tables / EVENTS).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_edit_comes_to_the_screen_and_all_else_stays(page: Page, tables: Path) -> None:
    """Another title is on the card; clock, view and selection are as they were."""
    expect(page.locator("#card")).to_contain_text("Battle of the Rock")
    before = page.evaluate("() => historyMap.state()")
    edit(tables, "Battle of the Rock", "Battle of the Reef")
    expect(page.locator("#card")).to_contain_text("Battle of the Reef", timeout=30_000)
    page.evaluate("() => historyMap.ready")
    after = page.evaluate("() => historyMap.state()")
    for part in ("time", "selected", "layers"):
        assert after[part] == before[part], part
    assert after["view"] == pytest.approx(before["view"], abs=0.01)


def test_the_index_follows_too(page: Page, tables: Path) -> None:
    """A page with a policy of its own, of styles alone, is loaded anew as maps are."""
    page.goto(page.url.partition("/two-lamps")[0] + "/")
    story = tables / "maps" / "stories" / "two-lamps.md"
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("The War of", "The Peace of"), encoding="utf-8")
    expect(page.locator("h2").first).to_contain_text("The Peace of", timeout=30_000)


def test_a_broken_row_stands_over_the_map_until_it_is_mended(page: Page, tables: Path) -> None:
    """The map below is the last good one, and hostile text in a cell is only text."""
    edit(tables, "1887-03~", "<img src=x onerror=alert(1)>")
    board = page.locator("#live")
    expect(board).to_contain_text("2:when: '<img src=x onerror=alert(1)>' is not", timeout=30_000)
    assert page.evaluate("() => historyMap.state().selected") == "battle-of-the-rock"
    edit(tables, "<img src=x onerror=alert(1)>", "1887-03~")
    expect(board).to_have_count(0, timeout=30_000)
