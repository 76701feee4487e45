"""Writing a site: each file whole or not at all, and what we no longer make leaves it.

What is written stands beside its place, flushed, before it is renamed into it: a reader meets the
old page or the new one. A list of what we made stands in the folder, so that a page whose story is
gone can go too, and nobody else's file ever does.
"""

from __future__ import annotations

import errno
import json
import os
import re
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from maps.memory import digest

MADE = ".made.json"  # in the folder of a site: of each file that we made its hashes
PART = ".part"  # what a file is called until it is whole: .NAME.WRITER.part
ABANDONED = 3600  # seconds after which nobody is still writing a file
_NAME = re.compile(r"(?:(?:data|pictures)/)?[\w-][\w.-]*")

Hashes = dict[str, list[str]]


class Written(NamedTuple):
    """The names of files that were written, that stood there already, and that went."""

    made: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def write(out: Path, pages: Mapping[str, str], is_all: bool = False, anew: bool = False) -> Written:
    """Writes files into a folder, each whole or not at all, none if one of them cannot be written.

    Those that hold the same already are kept, save `anew`. If these are `all`, what we made before
    and is not among them goes. Raises OSError; what stood there before then still stands.
    """
    out.mkdir(parents=True, exist_ok=True)
    contents = {name: text.encode() for name, text in pages.items()}
    hashes = {name: digest(content) for name, content in contents.items()}
    made = [name for name in contents if anew or hash_of(out / name) != hashes[name]]
    parts = {out / name: _part(out / name) for name in made}
    _refuse_folders(out / name for name in contents)
    for folder in {page.parent for page in parts} | {out}:
        folder.mkdir(exist_ok=True)
        _sweep(folder)
    before = made_in(out)
    now = {name: [known] for name, known in hashes.items()}
    both = {name: sorted({*before.get(name, ()), *now.get(name, ())}) for name in before | now}
    left = {} if is_all else {name: both[name] for name in before if name not in now}
    removed = [name for name in before if is_all and name not in now and _is_ours(out, name, both)]
    try:
        for page, part in parts.items():
            _write_to_disk(part, contents[page.relative_to(out).as_posix()])
        if made or removed:
            _note(out, both)  # a build that is killed from here on leaves nothing that is not named
        for page, part in parts.items():
            part.replace(page)
        for name in removed:
            (out / name).unlink(missing_ok=True)
            if "/" in name:
                with suppress(OSError):  # others' files are in it
                    (out / name).parent.rmdir()
        _note(out, left | now)
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
    kept = tuple(name for name in contents if name not in made)
    return Written(tuple(made), kept, tuple(removed))


def check_place(path: Path) -> None:
    """Raises OSError where no file of this name can be written, before it is worked for."""
    _refuse_folders([path])
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(path.parent))
    if not os.access(path.parent, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def write_file(path: Path, content: bytes) -> None:
    """Writes one file, whole or not at all; a link stays one. Raises OSError."""
    _refuse_folders([path])
    if path.exists() and not path.is_file():  # a pipe or a device is written into, never replaced
        with path.open("wb") as device:
            device.write(content)
        return
    place = path.resolve()
    part = _part(place)
    try:
        _write_to_disk(part, content)
        part.replace(place)
    except OSError as failed:  # nobody asked for the part
        failed.filename, failed.filename2 = str(path), None
        raise
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def stands(out: Path, hashes: Mapping[str, str]) -> bool:
    """Whether a folder holds just these files of ours, and all of them whole."""
    return made_in(out) == {name: [known] for name, known in hashes.items()} and all(
        hash_of(out / name) == known for name, known in hashes.items()
    )


def hash_of(path: Path) -> str:
    """The hash of a file, "" where there is none."""
    try:
        return digest(path.read_bytes()) if path.is_file() else ""
    except OSError:
        return ""


def made_in(out: Path) -> Hashes:
    """The hashes that each file of ours can have; none where nobody wrote them down."""
    try:
        told = json.loads((out / MADE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    return {
        name: hashes
        for name, hashes in told.items()
        if _NAME.fullmatch(name) and isinstance(hashes, list)
    }


def _is_ours(out: Path, name: str, hashes: Hashes) -> bool:
    return hash_of(out / name) in hashes[name]


def _note(out: Path, hashes: Hashes) -> None:
    """Writes down what we made."""
    if made_in(out) == hashes:
        return
    write_file(out / MADE, json.dumps(hashes, sort_keys=True, indent=0).encode())


def _part(page: Path) -> Path:
    return page.with_name(f".{page.name}.{os.getpid()}{PART}")


def _refuse_folders(pages: Iterable[Path]) -> None:
    """Raises OSError where a page's name is that of a folder, before any page is replaced."""
    for page in pages:
        if page.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder", str(page))


def _write_to_disk(path: Path, content: bytes) -> None:
    """Writes a file and waits until it is on the disk, so that no crash can leave half of it."""
    try:
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as failed:  # a full disk does not say where; of parts nobody knows
        failed.filename = str(path.parent)
        raise


def _sweep(out: Path) -> None:
    """Removes what builds that were killed left behind."""
    for part in out.glob(f".*{PART}"):
        with suppress(OSError):
            if _abandoned(part):
                part.unlink()


def _abandoned(part: Path) -> bool:
    """Whether nobody is writing this part any more: its writer is gone, or it is old."""
    writer = part.name.removesuffix(PART).rpartition(".")[2]
    if os.name == "posix" and writer.isdecimal():  # elsewhere, asking would end the writer
        try:
            os.kill(int(writer), 0)
        except ProcessLookupError:
            return True
        except OSError:
            pass
    return time.time() - part.stat().st_mtime > ABANDONED
