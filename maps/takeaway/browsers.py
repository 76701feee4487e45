"""Finds the browsers of this machine: a Chromium for pictures, and a Firefox for the tests.

In this order: the one that HISTORY_MAP_BROWSER (or HISTORY_MAP_FIREFOX) names; on the PATH; in the
usual folders; Playwright's own. Firefox is never Playwright's, which is a Firefox of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
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


SHELL = Family(  # Chromium without all that a window needs: a third faster
    title="headless shell of Chromium",
    variable="HISTORY_MAP_BROWSER",
    on_path=("chromium-headless-shell",),
    mac_programs=(),
    windows_programs=(),
    debian_packages=("chromium-headless-shell", "fonts-liberation"),
)
CHROMIUM = Family(
    title="Chromium, Chrome or Edge",
    variable="HISTORY_MAP_BROWSER",
    on_path=(
        *SHELL.on_path,
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


def find_browser(family: Family = CHROMIUM) -> Path | None:
    """The browser to test with. Where the variable names no file, none: nothing else is meant."""
    named = os.environ.get(family.variable)
    if named:
        return Path(named) if Path(named).is_file() else None
    return next((path for path in _candidates(family) if _starts(path)), None)


def advice(family: Family = CHROMIUM) -> str:
    """What to do where no browser of a family could be had."""
    named = os.environ.get(family.variable)
    if named:
        return f"{family.variable} names no file: {named}"
    return f"no {family.title} found: install it, or name one in {family.variable}"


def is_root() -> bool:
    """Whether this runs as the superuser, for whom Chromium has no sandbox."""
    return sys.platform != "win32" and os.geteuid() == 0


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
    system: str = sys.platform  # which mypy would take for always the same
    if system == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for program in family.mac_programs:
                yield folder / program
    if system == "win32":
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
    return succeeds([str(path), "--version"], 20)


def succeeds(command: list[str], seconds: float, environment: dict[str, str] | None = None) -> bool:
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
