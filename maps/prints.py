"""Fingerprints of all that a build is made from: the files of a project, and our own code."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from maps.memory import digest
from maps.pictures import MOST_BYTES as LARGEST_PICTURE

FOLDERS = ("events/tables", "geodata/layers", "maps/stories")
READ = (".csv", ".geojson", ".md")  # of other files a build knows the name at most
PICTURES = "maps/stories"  # but of those here and in folders within, of which any may be a picture
ROOT = Path(__file__).parents[1]
_CODE = (".py", ".js", ".css", ".html")
_BASEMAP = ("land", "borders", "lakes", "rivers")

Prints = dict[str, str]  # the hash of each file by its path, as problems name it


def prints_of(project: Path) -> Prints:
    """What a build of a project can see: each file's contents, and where links lead."""
    home = os.path.realpath(project)
    found = {"": Path(home).name}  # a map without a story bears the folder's name
    for name in FOLDERS:
        folder = project / name
        found[name] = "folder" if folder.is_dir() else "none"
        for path in files_in(project, name):
            real = os.path.realpath(path).removeprefix(home)
            found[path.relative_to(project).as_posix()] = f"{real} {_print(path, name)}"
    return found


def files_in(project: Path, name: str) -> Iterator[Path]:
    """What lies in one of the FOLDERS; of the stories, in folders within it too."""
    folder = project / name
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        yield path
        if name == PICTURES and path.is_dir() and not path.is_symlink():
            yield from sorted(path.rglob("*"))


def _print(path: Path, folder: str) -> str:
    if not path.is_file():
        return "no file"
    try:
        if path.suffix.lower() in READ:
            return digest(path.read_bytes())
        if folder != PICTURES:
            return "unread"
        size = path.stat().st_size
        return digest(path.read_bytes()) if size <= LARGEST_PICTURE else f"{size} bytes"
    except OSError as failed:
        return f"error {failed.errno}"


def print_of_code() -> str:
    """The hash of our code, of the basemap, and of the versions of Python and all libraries."""
    versions = [sys.version, sys.byteorder, zlib.ZLIB_RUNTIME_VERSION, *_libraries()]
    parts = [f"{name} {digest(path.read_bytes())}" for name, path in sorted(_code())]
    return digest("\n".join([*versions, *parts]).encode())


def _libraries() -> Iterator[str]:
    """What is installed, as the folders say that pip leaves: to import them would take long."""
    for folder in sorted(set(sys.path)):
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208
        except OSError:
            continue
        yield from sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))


def _code() -> Iterator[tuple[str, Path]]:
    for room in ("events", "geodata", "maps"):
        for folder, inner, names in os.walk(ROOT / room):
            inner[:] = [name for name in inner if name not in ("tables", "layers", "stories")]
            for name in names:
                if name.endswith(_CODE):
                    path = Path(folder, name)
                    yield path.relative_to(ROOT).as_posix(), path
    for name in _BASEMAP:
        yield name, ROOT / "geodata" / "layers" / f"{name}.geojson"
