"""Finds the browsers that the tests need, or fetches them: a Chromium, and Firefox beside it.

    python tests/ensure_browser.py         prints their paths; exits 3 where there is no Chromium

In this order: the one that HISTORY_MAP_BROWSER (or HISTORY_MAP_FIREFOX) names; on the PATH; in the
usual folders; Playwright's own; Playwright's download; Debian's package, where this runs as root.
Firefox is never Playwright's, which is a Firefox of its own. Without Firefox its tests are skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Family:
    """Browsers that are one to the tests: what they are called, and where each system puts them."""

    title: str
    variable: str
    on_path: tuple[str, ...]
    mac_programs: tuple[str, ...]
    windows_programs: tuple[str, ...]
    debian_packages: tuple[str, ...]
    playwright_name: str = ""
    playwright_binaries: tuple[str, ...] = ()


CHROMIUM = Family(
    title="Chromium, Chrome or Edge",
    variable="HISTORY_MAP_BROWSER",
    on_path=(
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "microsoft-edge",
        "microsoft-edge-stable",
        "msedge",
    ),
    mac_programs=(
        "Google Chrome.app/Contents/MacOS/Google Chrome",
        "Chromium.app/Contents/MacOS/Chromium",
        "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    windows_programs=(
        "Google/Chrome/Application/chrome.exe",
        "Chromium/Application/chrome.exe",
        "Microsoft/Edge/Application/msedge.exe",
    ),
    debian_packages=("chromium", "fonts-liberation"),
    playwright_name="chromium",
    playwright_binaries=(
        "chromium-*/chrome-linux*/chrome",
        "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
        "chromium-*/chrome-win*/chrome.exe",
        "chromium_headless_shell-*/*/*headless?shell",
        "chromium_headless_shell-*/*/*headless?shell.exe",
    ),
)
FIREFOX = Family(
    title="Firefox",
    variable="HISTORY_MAP_FIREFOX",
    on_path=("firefox-esr", "firefox"),
    mac_programs=("Firefox.app/Contents/MacOS/firefox",),
    windows_programs=("Mozilla Firefox/firefox.exe",),
    debian_packages=("firefox-esr", "fonts-liberation"),
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
DOWNLOAD_SECONDS = 150
INSTALL_SECONDS = 300
QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def find_browser(family: Family = CHROMIUM) -> Path | None:
    """The browser to test with. Where the variable names no file, none: nothing else is meant."""
    named = os.environ.get(family.variable)
    if named:
        return Path(named) if Path(named).is_file() else None
    return next((path for path in _candidates(family) if _starts(path)), None)


def main() -> int:
    """Prints the paths of the browsers, fetching what is missing; 3 if there is no Chromium."""
    chromium, firefox = _ensured(CHROMIUM), _ensured(FIREFOX)
    for path in filter(None, (chromium, firefox)):
        print(path)
    if not firefox:
        print(f"{advice(FIREFOX)}; until then its tests are skipped", file=sys.stderr)
    if not chromium:
        print(f"{advice(CHROMIUM)}; then run this again", file=sys.stderr)
    return 0 if chromium else 3


def advice(family: Family) -> str:
    """What to do where no browser of a family could be had."""
    named = os.environ.get(family.variable)
    if named:
        return f"{family.variable} names no file: {named}"
    return f"no {family.title} found: install it, or name one in {family.variable}"


def _ensured(family: Family) -> Path | None:
    """A browser of the family: one that is here, else one that could be fetched."""
    found = find_browser(family)
    if found or os.environ.get(family.variable):
        return found
    return _downloaded(family) or _installed(family)


def _candidates(family: Family) -> Iterator[Path]:
    """Files that look like a browser of the family, the likeliest first."""
    for name in family.on_path:
        found = shutil.which(name)
        if found:
            yield Path(found)
    yield from filter(Path.is_file, _usual_places(family))
    yield from _playwrights(family)


def _usual_places(family: Family) -> Iterator[Path]:
    """Where installers put browsers without telling the PATH."""
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for program in family.mac_programs:
                yield folder / program
    if sys.platform == "win32":
        for variable in WINDOWS_FOLDERS:
            for program in family.windows_programs:
                yield Path(os.environ.get(variable, "")) / program


def _playwrights(family: Family) -> Iterator[Path]:
    """What Playwright has downloaded before, the newest revision first."""
    for binary in family.playwright_binaries:
        yield from sorted(_playwright_folder().glob(binary), key=_revision, reverse=True)


def _revision(path: Path) -> int:
    """The revision in the name of Playwright's folder: `chromium-1200` is 1200."""
    numbers = re.findall(r"chromium\w*-(\d+)", path.as_posix())
    return int(numbers[-1]) if numbers else 0


def _playwright_folder() -> Path:
    """Where Playwright keeps its browsers on this system."""
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen and chosen != "0":
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "")) / "ms-playwright"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/ms-playwright"
    return Path.home() / ".cache/ms-playwright"


def _starts(path: Path) -> bool:
    """Whether a browser runs here: a download may lack libraries, a name be an empty promise.

    Asked on Linux only; elsewhere the question would open a window.
    """
    if not sys.platform.startswith("linux"):
        return True
    return _run([str(path), "--version"], 20)


def _downloaded(family: Family) -> Path | None:
    """The browser that Playwright fetches, if it has one, if it can and if that then runs."""
    if not family.playwright_name:
        return None
    environment = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "20000"}
    command = [sys.executable, "-m", "playwright", "install", family.playwright_name]
    return find_browser(family) if _run(command, DOWNLOAD_SECONDS, environment) else None


def _installed(family: Family) -> Path | None:
    """Debian's own package, where this runs as root on Debian."""
    if not is_root() or not _is_debian():
        return None
    _refresh_packages()
    command = ["apt-get", "-qq", "install", "-y", "--no-install-recommends"]
    done = _run([*command, *family.debian_packages], INSTALL_SECONDS, QUIET)
    return find_browser(family) if done else None


@cache
def _refresh_packages() -> None:
    """Asks once what packages Debian has today."""
    _run(["apt-get", "-qq", "update"], INSTALL_SECONDS, QUIET)


def is_root() -> bool:
    """Whether this runs as the superuser, for whom Chromium has no sandbox."""
    return sys.platform != "win32" and os.geteuid() == 0


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    return release.is_file() and "ID=debian" in release.read_text("utf-8").splitlines()


def _run(command: list[str], seconds: float, environment: dict[str, str] | None = None) -> bool:
    """Whether a command succeeds in time; what it prints is thrown away."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | (environment or {}),
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
