"""Finds a browser for the tests, or fetches one: Chromium, Chrome or Edge.

    python tests/ensure_browser.py         prints the browser's path; exits 3 where there is none

In this order: the one that HISTORY_MAP_BROWSER names; on the PATH; in the usual folders;
Playwright's own; Playwright's download; Debian's package, where this runs as root.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

VARIABLE = "HISTORY_MAP_BROWSER"
ON_PATH = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MAC_APPS = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
PLAYWRIGHT_BINARIES = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
    "chromium_headless_shell-*/*/*headless?shell",
    "chromium_headless_shell-*/*/*headless?shell.exe",
)
DOWNLOAD_SECONDS = 150
INSTALL_SECONDS = 300


def find_browser() -> Path | None:
    """The browser to test with. A wrong HISTORY_MAP_BROWSER is None: nothing else is meant."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named) if Path(named).is_file() else None
    return next((path for path in _candidates() if _starts(path)), None)


def main() -> int:
    """Prints the path of a browser, fetching one if need be; 3 if that cannot be done."""
    browser = find_browser()
    if not browser and not os.environ.get(VARIABLE):
        browser = _downloaded() or _installed()
    if browser:
        print(browser)
        return 0
    print(f"{_advice()}; then run this again", file=sys.stderr)
    return 3


def _candidates() -> Iterator[Path]:
    """Files that look like a browser, the likeliest first."""
    for name in ON_PATH:
        found = shutil.which(name)
        if found:
            yield Path(found)
    yield from filter(Path.is_file, _usual_places())
    yield from _playwrights()


def _usual_places() -> Iterator[Path]:
    """Where installers put browsers without telling the PATH."""
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for app in MAC_APPS:
                yield folder / f"{app}.app/Contents/MacOS/{app}"
    if sys.platform == "win32":
        for variable in WINDOWS_FOLDERS:
            for program in WINDOWS_PROGRAMS:
                yield Path(os.environ.get(variable, "")) / program


def _playwrights() -> Iterator[Path]:
    """What Playwright has downloaded before, the newest revision first."""
    for binary in PLAYWRIGHT_BINARIES:
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


def _downloaded() -> Path | None:
    """The browser that Playwright fetches, if it can and if it then runs."""
    environment = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "20000"}
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return find_browser() if _run(command, DOWNLOAD_SECONDS, environment) else None


def _installed() -> Path | None:
    """Debian's own Chromium, where this runs as root on Debian."""
    if not is_root() or not _is_debian():
        return None
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "-qq", "update"], INSTALL_SECONDS, quiet)
    packages = ["chromium", "fonts-liberation"]
    command = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages]
    return find_browser() if _run(command, INSTALL_SECONDS, quiet) else None


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


def _advice() -> str:
    """What to do where no browser could be had."""
    if os.environ.get(VARIABLE):
        return f"{VARIABLE} names no file: {os.environ[VARIABLE]}"
    return f"no browser found: install Chromium, Chrome or Edge, or name one in {VARIABLE}"


if __name__ == "__main__":
    sys.exit(main())
