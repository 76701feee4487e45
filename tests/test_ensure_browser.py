"""Finding a browser: which is taken, and what is said where there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import ensure_browser
from ensure_browser import CHROMIUM, FIREFOX, SHELL, find_browser, main
from maps.takeaway import browsers

VARIABLE = CHROMIUM.variable


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any browser, on which nothing can be fetched."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.delenv(FIREFOX.variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr(browsers, "_usual_places", lambda family: iter(()))
    monkeypatch.setattr(ensure_browser, "_downloaded", lambda family: None)
    monkeypatch.setattr(ensure_browser, "_installed", lambda family: None)
    monkeypatch.setattr(browsers, "_starts", lambda path: "broken" not in path.as_posix())
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows finds programs by their suffix")
def test_the_headless_shell_comes_before_a_chromium(bare: Path) -> None:
    """Where both are, the quicker one is taken."""
    put(bare / "chromium")
    shell = put(bare / "chromium-headless-shell")
    assert find_browser() == shell


def test_a_browser_that_does_not_start_is_passed_over(bare: Path) -> None:
    """A download that lacks libraries does not hide one that works."""
    put(bare / "playwright" / "chromium-9" / "chrome-linux-broken" / "chrome")
    works = put(bare / "playwright" / "chromium-8" / "chrome-linux" / "chrome")
    assert find_browser() == works


def test_where_there_is_none_one_line_says_what_to_do(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 3, and for each browser a line that names the cure."""
    assert main() == 3
    printed = capsys.readouterr()
    firefox, chromium = printed.err.splitlines()
    assert VARIABLE in chromium
    assert FIREFOX.variable in firefox
    assert printed.out == ""


@pytest.mark.parametrize("step", ["_downloaded", "_installed"])
def test_what_can_be_fetched_is_used(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], step: str
) -> None:
    """If nothing is found, Playwright's download is tried, then Debian's package."""
    monkeypatch.setattr(ensure_browser, step, lambda family: bare / family.title)
    assert main() == 0
    found = [str(bare / family.title) for family in (SHELL, FIREFOX)]
    assert capsys.readouterr().out.splitlines() == found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows finds programs by their suffix")
def test_without_firefox_the_rest_can_be_tested(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No Firefox is said in a line and is no failure; a Chromium is not taken for one."""
    chromium = put(bare / "chromium")
    assert find_browser(FIREFOX) is None
    assert main() == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [str(chromium)]
    assert "skipped" in printed.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows finds programs by their suffix")
def test_debians_firefox_comes_before_another(bare: Path) -> None:
    """Of two the extended support release is taken, and neither for a Chromium."""
    put(bare / "firefox")
    release = put(bare / "firefox-esr")
    assert find_browser(FIREFOX) == release
    assert find_browser() is None


def test_playwrights_firefox_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright patches its Firefox: what runs there says little of the one that people have."""
    monkeypatch.setattr(ensure_browser, "succeeds", lambda *_: pytest.fail("asked for it"))
    assert ensure_browser._downloaded(FIREFOX) is None


def test_debian_is_asked_as_root_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Debian root installs the family's own packages, others nothing."""
    asked: list[list[str]] = []
    monkeypatch.setattr(ensure_browser, "succeeds", lambda command, *_: bool(asked.append(command)))
    monkeypatch.setattr(ensure_browser, "_is_debian", lambda: True)
    ensure_browser._refresh_packages.cache_clear()
    for root in (False, True):
        monkeypatch.setattr(ensure_browser, "is_root", lambda root=root: root)
        ensure_browser._installed(FIREFOX)
    ensure_browser._refresh_packages.cache_clear()
    assert [command[2] for command in asked] == ["update", "install"]
    assert "firefox-esr" in asked[1]


def test_this_machine_has_a_browser_and_names_it() -> None:
    """Run as the README has it, the script prints paths of browsers."""
    done = subprocess.run(
        [sys.executable, str(Path(ensure_browser.__file__))],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert all(Path(line).is_file() for line in done.stdout.splitlines())
