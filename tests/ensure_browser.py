"""Finds the browsers that the tests need, or fetches them: a Chromium, and Firefox beside it.

    python tests/ensure_browser.py         prints their paths; exits 3 where there is no Chromium

Those that are here (maps/takeaway/browsers.py), else Playwright's download, else Debian's package,
where this runs as root. Without Firefox its tests are skipped.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # for maps, where this is run as a script

from maps.takeaway.browsers import (
    CHROMIUM,
    FIREFOX,
    SHELL,
    Family,
    advice,
    find_browser,
    is_root,
    succeeds,
)

DOWNLOAD_SECONDS = 150
INSTALL_SECONDS = 300
QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def main() -> int:
    """Prints the paths of the browsers, fetching what is missing; 3 if there is no Chromium."""
    chromium, firefox = _ensured(SHELL) or _ensured(CHROMIUM), _ensured(FIREFOX)
    for path in filter(None, (chromium, firefox)):
        print(path)
    if not firefox:
        print(f"{advice(FIREFOX)}; until then its tests are skipped", file=sys.stderr)
    if not chromium:
        print(f"{advice(CHROMIUM)}; then run this again", file=sys.stderr)
    return 0 if chromium else 3


def _ensured(family: Family) -> Path | None:
    """A browser of the family: one that is here, else one that could be fetched."""
    found = find_browser(family)
    if found or os.environ.get(family.variable):
        return found
    return _downloaded(family) or _installed(family)


def _downloaded(family: Family) -> Path | None:
    """The browser that Playwright fetches, if it has one, if it can and if that then runs."""
    if not family.playwright_name:
        return None
    environment = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "20000"}
    command = [sys.executable, "-m", "playwright", "install", family.playwright_name]
    return find_browser(family) if succeeds(command, DOWNLOAD_SECONDS, environment) else None


def _installed(family: Family) -> Path | None:
    """Debian's own package, where this runs as root on Debian."""
    if not is_root() or not _is_debian():
        return None
    _refresh_packages()
    command = ["apt-get", "-qq", "install", "-y", "--no-install-recommends"]
    done = succeeds([*command, *family.debian_packages], INSTALL_SECONDS, QUIET)
    return find_browser(family) if done else None


@cache
def _refresh_packages() -> None:
    """Asks once what packages Debian has today."""
    succeeds(["apt-get", "-qq", "update"], INSTALL_SECONDS, QUIET)


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    return release.is_file() and "ID=debian" in release.read_text("utf-8").splitlines()


if __name__ == "__main__":
    sys.exit(main())
