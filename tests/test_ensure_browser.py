"""Finding a browser: which is taken, and what is said where there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import ensure_browser
from ensure_browser import VARIABLE, find_browser, main


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any browser, on which nothing can be fetched."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr(ensure_browser, "_usual_places", lambda: iter(()))
    monkeypatch.setattr(ensure_browser, "_downloaded", lambda: None)
    monkeypatch.setattr(ensure_browser, "_installed", lambda: None)
    monkeypatch.setattr(ensure_browser, "_starts", lambda path: "broken" not in path.as_posix())
    return tmp_path


def put(path: Path) -> Path:
    """A file that can be run, at a path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_named_browser_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HISTORY_MAP_BROWSER is taken before anything else."""
    mine = put(bare / "mine" / "browser")
    monkeypatch.setenv(VARIABLE, str(mine))
    assert find_browser() == mine


def test_a_wrong_name_is_not_passed_over(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where HISTORY_MAP_BROWSER names no file, no other browser is taken in its place."""
    put(bare / "playwright" / "chromium-1" / "chrome-linux" / "chrome")
    monkeypatch.setenv(VARIABLE, "nowhere")
    assert find_browser() is None
    assert main() == 3
    assert VARIABLE in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows finds programs by their suffix")
def test_a_browser_on_the_path_is_found(bare: Path) -> None:
    """Any of the usual names will do."""
    found = put(bare / "google-chrome")
    assert find_browser() == found


def test_playwrights_newest_is_found(bare: Path) -> None:
    """Of several downloads the highest revision is taken, counted as a number."""
    for revision in (999, 1200, 1100):
        put(bare / "playwright" / f"chromium-{revision}" / "chrome-linux" / "chrome")
    found = find_browser()
    assert found
    assert "chromium-1200" in found.as_posix()


def test_a_browser_that_does_not_start_is_passed_over(bare: Path) -> None:
    """A download that lacks libraries does not hide one that works."""
    put(bare / "playwright" / "chromium-9" / "chrome-linux-broken" / "chrome")
    works = put(bare / "playwright" / "chromium-8" / "chrome-linux" / "chrome")
    assert find_browser() == works


def test_where_there_is_none_one_line_says_what_to_do(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 3, and a line that names the cure."""
    assert main() == 3
    printed = capsys.readouterr()
    assert len(printed.err.splitlines()) == 1
    assert VARIABLE in printed.err
    assert printed.out == ""


def test_what_is_downloaded_is_used(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If nothing is found, Playwright's download is tried."""
    fetched = bare / "fetched"
    monkeypatch.setattr(ensure_browser, "_downloaded", lambda: fetched)
    assert main() == 0


def test_this_machine_has_a_browser_and_names_it() -> None:
    """Run as the README has it, the script prints the path of a browser."""
    done = subprocess.run(
        [sys.executable, str(Path(ensure_browser.__file__))],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_file()
