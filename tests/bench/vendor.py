"""The browser files that folium links to, from npm, so that its pages open without a network."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
from pathlib import Path

# What a link's address contains -> npm's package of the same version, and the file in it. npm has
# no minified copy of three of them; the CDN minifies what npm has.
FILES = {
    "leaflet@1.9.3/dist/leaflet.js": ("leaflet@1.9.3", "dist/leaflet.js"),
    "leaflet@1.9.3/dist/leaflet.css": ("leaflet@1.9.3", "dist/leaflet.css"),
    "/jquery-3.7.1.min.js": ("jquery@3.7.1", "dist/jquery.min.js"),
    "jquery/3.7.1/jquery.min.js": ("jquery@3.7.1", "dist/jquery.min.js"),
    "bootstrap.bundle.min.js": ("bootstrap@5.2.2", "dist/js/bootstrap.bundle.min.js"),
    "bootstrap.min.css": ("bootstrap@5.2.2", "dist/css/bootstrap.min.css"),
    "all.min.css": ("@fortawesome/fontawesome-free@6.2.0", "css/all.min.css"),
    "leaflet.timeline.min.js": ("leaflet.timeline@1.6.0", "dist/leaflet.timeline.js"),
    "moment.min.js": ("moment@2.18.1", "min/moment.min.js"),
    "iso8601.min.js": ("iso8601-js-period@0.2.1", "iso8601.js"),
    "leaflet.timedimension.min.js": (
        "leaflet-timedimension@1.1.1",
        "dist/leaflet.timedimension.min.js",
    ),
    "leaflet.timedimension.control.css": (
        "leaflet-timedimension@1.1.1",
        "dist/leaflet.timedimension.control.css",
    ),
    "styles/default.min.css": ("highlight.js@8.4.0", "styles/default.css"),
}
# Linked by folium but used by neither plugin, and not on npm in that version: left out, which can
# only make the peers quicker.
LEFT_OUT = ("jquery-ui", "awesome-markers", "glyphicons", "leaflet.awesome.rotate")

_SCRIPT = re.compile(r'<script src="(https?://[^"]+)"></script>')
_STYLE = re.compile(r'<link rel="stylesheet" href="(https?://[^"]+)"\s*/>')


class NoFiles(RuntimeError):
    """The files of the peers could not be had."""


def make_offline(page: Path, cache: Path) -> None:
    """Turns a page's links to CDNs into links to files here; raises NoFiles for an unknown one."""
    text = page.read_text(encoding="utf-8")
    text = _SCRIPT.sub(lambda link: _script(_here(link[1], cache)), text)
    text = _STYLE.sub(lambda link: _style(_here(link[1], cache)), text)
    page.write_text(text, encoding="utf-8", newline="\n")


def fetch(cache: Path) -> None:
    """Puts every package into the cache that is not there yet. Raises NoFiles."""
    cache.mkdir(parents=True, exist_ok=True)
    for package in sorted({package for package, _ in FILES.values()}):
        if not _folder(package, cache).is_dir():
            _unpack(_pack(package, cache), _folder(package, cache))


def _here(address: str, cache: Path) -> Path | None:
    """The file that stands for an address; None for one that is left out."""
    if any(part in address for part in LEFT_OUT):
        return None
    for part, (package, name) in FILES.items():
        if part in address:
            return _folder(package, cache) / name
    raise NoFiles(f"folium links to {address}, which vendor.py does not know")


def _script(path: Path | None) -> str:
    return f'<script src="{path.as_uri()}"></script>' if path else ""


def _style(path: Path | None) -> str:
    return f'<link rel="stylesheet" href="{path.as_uri()}"/>' if path else ""


def _folder(package: str, cache: Path) -> Path:
    return cache / package.replace("/", "-").lstrip("@")


def _pack(package: str, cache: Path) -> Path:
    """Downloads one package as npm does."""
    npm = "npm.cmd" if sys.platform == "win32" else "npm"
    command = [npm, "pack", "--silent", package]
    try:
        done = subprocess.run(
            command, cwd=cache, stdout=subprocess.PIPE, text=True, check=True, timeout=120
        )
    except (OSError, subprocess.SubprocessError) as failed:
        raise NoFiles(f"npm pack {package}: {failed}") from None
    return cache / done.stdout.split()[-1]


def _unpack(archive: Path, folder: Path) -> None:
    """Unpacks what lies in the archive's one folder."""
    loose = folder.with_suffix(".part")
    with tarfile.open(archive) as packed:
        packed.extractall(loose, filter="data")
    next(loose.iterdir()).rename(folder)
    loose.rmdir()
    archive.unlink()
