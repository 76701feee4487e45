"""The gallery in a real browser: each card's picture has sea, land and marks, in both themes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pixels import colour_of, near, shot
from playwright.sync_api import Page

SharedPage = Callable[..., Page]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_card_has_a_picture_of_its_map(shared_page: SharedPage, theme: str) -> None:
    """Of each picture some part is sea or tinted land, marks and arrows have their colours."""
    page = shared_page(
        "index.html", ready=False, color_scheme=theme, viewport={"width": 1280, "height": 2000}
    )
    names = ("sea", "tint-of-soviet", "client-of-soviet", "tint-of-japan", "client-of-japan")
    grounds = [colour_of(page, name) for name in names]
    tones = [colour_of(page, f"direction-{name}") for name in ("north", "south")]
    pictures = page.locator(".picture svg")
    assert pictures.count() == 5
    for k in range(5):
        box = pictures.nth(k).bounding_box()
        assert box
        assert box["width"] / box["height"] == pytest.approx(1.6, abs=0.01)
        seen = shot(page, (box["x"], box["y"], box["width"], box["height"]))
        shares = [near(seen, ground, 3).mean() for ground in grounds]
        assert sum(shares) > 0.1, k
        assert near(seen, tones, 3).mean() > 0.002, k
        assert len(np.unique(np.asarray(seen).reshape(-1, 3), axis=0)) > 100, k


def test_a_picture_opens_as_a_file_of_its_own(shared_page: SharedPage, site: Path) -> None:
    """From disk, alone, it shows the sea of the light theme on a dark machine too."""
    page = shared_page("pictures/two-directions.svg", ready=False, color_scheme="dark")
    assert near(shot(page), "#dde7f0", 3).mean() > 0.1
    assert all(path.stat().st_size < 60_000 for path in (site / "pictures").iterdir())


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_gallery_is_never_wider_than_its_window(shared_page: SharedPage, width: int) -> None:
    """On a phone, a laptop and a large screen nothing reaches past the edge, and all is small."""
    page = shared_page("index.html", ready=False, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = page.evaluate(
        "Array.from(document.querySelectorAll('.picture'), (one) => one.clientWidth)"
    )
    assert min(sizes) > 330
