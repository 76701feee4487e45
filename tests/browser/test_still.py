"""The command `still`: pictures of moments, the same bytes each time, and what is missing told."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pixels import changed
from playwright.sync_api import Browser

import make_maps
from maps.takeaway import camera, still

Printed = pytest.CaptureFixture[str]
Take = Callable[..., int]
STORY = "two-lamps"


@pytest.fixture
def take(browser: Browser, project: Path, monkeypatch: pytest.MonkeyPatch) -> Take:
    """Runs `still` on the five-event war in the browser of all tests; gives the exit status."""
    monkeypatch.setattr(still, "browsing", lambda: nullcontext(browser))

    def taken(*words: str) -> int:
        try:
            return make_maps.main(["still", "--project", str(project), *words])
        except SystemExit as left:
            return int(left.code or 0)

    return taken


def picture(path: Path) -> Image.Image:
    """A PNG as pixels."""
    return Image.open(io.BytesIO(path.read_bytes())).convert("RGB")


def test_a_chapter_is_a_picture_of_the_size_asked_for(take: Take, tmp_path: Path) -> None:
    """The picture has its size to the pixel, is no bare sheet, and has the same bytes again."""
    one, again = tmp_path / "one.png", tmp_path / "again.png"
    words = (STORY, "--chapter", "quarrel", "--size", "801x457", "--scale", "1.3")
    assert take(*words, "--out", str(one)) == take(*words, "--out", str(again)) == 0
    assert one.read_bytes() == again.read_bytes()
    assert picture(one).size == (801, 457)
    assert len(np.unique(np.asarray(picture(one)).reshape(-1, 3), axis=0)) > 200


def test_another_moment_and_theme_give_another_picture(take: Take, tmp_path: Path) -> None:
    """The clock, the colours and what stands beside the map are as asked."""
    paths = [tmp_path / f"{name}.png" for name in ("day", "later", "dark", "bare")]
    day, later, dark, bare = paths
    small = ("--size", "640x400", "--out")
    assert take(STORY, "--at", "1887-05-09", *small, str(day)) == 0
    assert take(STORY, "--link", "map.html#t=1887-06", *small, str(later)) == 0
    assert take(STORY, "--at", "1887-05-09", "--theme", "dark", *small, str(dark)) == 0
    assert take(STORY, "--at", "1887-05-09", "--ui", "none", *small, str(bare)) == 0
    assert changed(picture(day), picture(later)).mean() > 0.005
    assert changed(picture(day), picture(dark)).mean() > 0.8
    assert changed(picture(day), picture(bare))[-60:].mean() > 0.1


def test_a_pointer_leaves_no_trace_in_a_picture(browser: Browser, small_site: Path) -> None:
    """Wherever the browser moves one, the scale bar keeps to the middle of the map."""
    page = (small_site / f"{STORY}.html").read_text(encoding="utf-8")
    with camera.Camera(browser, page, camera.Frame(640, 400, 1)) as taken:
        taken.open()
        before = taken.picture()
        taken._page.mouse.move(300, 40)
        taken.ask("() => null")
        assert taken.picture() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((STORY, "--chapter", "quarell"), "did you mean quarrel?"),
        ((STORY, "--at", "1999"), "lies outside the span"),
        ((STORY, "--at", "12/7/1941"), "is not a date"),
        (("two-lamp",), "did you mean two-lamps?"),
        ((STORY, "--size", "1920"), "write one such as 1920x1080"),
        ((STORY, "--size", "200x200", "--scale", "8"), "hold too little"),
        ((STORY, "--at", "1887", "--chapter", "quarrel"), "not allowed with"),
    ],
)
def test_what_is_asked_wrongly_is_said(
    take: Take, tmp_path: Path, capsys: Printed, words: tuple[str, ...], told: str
) -> None:
    """Status 2, a line that says what to write, and no file."""
    assert take(*words, "--out", str(tmp_path / "a.png")) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_png_is_refused(take: Take, tmp_path: Path, capsys: Printed) -> None:
    """The suffix says what is written."""
    assert take(STORY, "--out", str(tmp_path / "a.jpg")) == 2
    assert "does not end in .png" in capsys.readouterr().err


def test_without_a_browser_it_says_how_to_get_one(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    """Status 3 and a line with the cure, from a machine that has none."""
    monkeypatch.setenv("HISTORY_MAP_BROWSER", str(tmp_path / "nowhere"))
    with pytest.raises(camera.MissingTool, match="HISTORY_MAP_BROWSER"):
        camera.launch(None)  # type: ignore[arg-type]

    def refuse() -> None:
        raise camera.MissingTool("no Chromium found")

    monkeypatch.setattr(still, "browsing", refuse)
    out = ["--out", str(tmp_path / "a.png")]
    assert make_maps.main(["still", "--project", str(project), STORY, *out]) == 3
    assert "no Chromium found" in capsys.readouterr().err


def test_without_playwright_it_names_the_requirements(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    """Status 3: a build needs no browser, so its requirements bring none."""
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    out = ["--out", str(tmp_path / "a.png")]
    assert make_maps.main(["still", "--project", str(project), STORY, *out]) == 3
    assert "requirements-extras.txt" in capsys.readouterr().err
