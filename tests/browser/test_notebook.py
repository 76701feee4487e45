"""What `maps.show` gives, within a page of others: a map at its chapter, and no request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import framed
from pixels import colour_of, near, shot
from playwright.sync_api import Page

import maps

SharedPage = Callable[..., Page]


def test_a_cell_shows_its_map_at_the_chapter_without_a_network(
    shared_page: SharedPage, project: Path, tmp_path: Path
) -> None:
    """In a bare page the frame draws the map: its sea, its moment, its theme; the wheel is free."""
    cell = maps.show("two-lamps", project, chapter="across-the-date-line", theme="dark", height=500)
    html = f"<!DOCTYPE html><title>A notebook</title><body>{cell._repr_html_()}"
    (tmp_path / "notebook.html").write_text(html, encoding="utf-8")
    page = shared_page("notebook.html", within=tmp_path, ready=False)
    frame = framed(page)
    state = frame.evaluate("historyMap.state()")
    assert state["chapter"] == "across-the-date-line"
    assert frame.evaluate("document.documentElement.dataset.theme") == "dark"
    assert frame.locator("a[href='index.html']").first.is_hidden()  # there is none beside it
    box = page.locator("iframe").bounding_box()
    assert box
    assert box["height"] == 500
    seen = shot(page, (box["x"], box["y"], box["width"], box["height"]))
    assert near(seen, colour_of(frame, "sea"), 3).mean() > 0.05
    assert near(seen, colour_of(frame, "direction-west"), 3).mean() > 0.0005
    assert page.evaluate("document.activeElement === document.body")


def test_a_moment_may_be_asked_for_instead(
    shared_page: SharedPage, project: Path, tmp_path: Path
) -> None:
    """`at` sets the clock of the map in the frame."""
    cell = maps.show(project=project, at="1887-05-10")
    (tmp_path / "notebook.html").write_text(cell._repr_html_(), encoding="utf-8")
    page = shared_page("notebook.html", within=tmp_path, ready=False)
    frame = framed(page)
    state = frame.evaluate("historyMap.state()")
    assert state["time"] == "1887-05-10"
