"""Memory: what was made before, found by the contents of all that it was made from.

A key is the hash of what goes in, of our own code and of the versions of the libraries. So nothing
grows stale: whatever changed has another key. The folder may be deleted at any time, and several
builds may share it; a file in it that is torn or that somebody else wrote is one that is not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

FOLDER = "HISTORY_MAP_CACHE"  # the variable that names another folder, or none where it is empty
MOST_FILES, MOST_BYTES = 400, 200_000_000  # that stay, those used last
ABANDONED = 3600  # seconds after which nobody is still writing a file
_DIGEST = hashlib.sha256().digest_size


class Memory:
    """What builds remember of one another. Without a folder nothing is remembered."""

    def __init__(self, folder: Path | None = None, code: str = "", is_blank: bool = False) -> None:
        """`code` is the hash of all that makes; a blank memory knows nothing, and learns."""
        self._folder, self._code, self.is_blank = folder, code, is_blank
        self._new: dict[str, Any] = {}

    def recall(self, what: str, of: Any, make: Callable[[], Any]) -> Any:
        """What was made of the same before, or else what `make` makes: plain JSON both."""
        if self._folder is None:
            return make()
        key = self.key(what, of)
        known = self._new.get(key) if key in self._new else self.read(key)
        if known is None:
            known = self._new[key] = make()
        return known

    def note(self, what: str, of: Any, made: Any) -> None:
        """Notes what was made of something."""
        self._new[self.key(what, of)] = made

    def known(self, what: str, of: Any) -> Any:
        """What was made of something, None where nobody knows."""
        return self.read(self.key(what, of))

    def print_of(self, of: Any) -> str:
        """Stands for plain JSON of which more than one thing is made; "" if nobody remembers."""
        return "" if self._folder is None else digest(json.dumps(of).encode())

    def key(self, what: str, of: Any) -> str:
        """The name under which something made of `of`, plain JSON, is kept."""
        return f"{what}-{digest(json.dumps([self._code, of]).encode())[:40]}"

    def read(self, key: str) -> Any:
        """What is kept under a name, None where nothing whole is."""
        if self._folder is None or self.is_blank:
            return None
        path = self._folder / key
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                return None
            content = path.read_bytes()
            body = content[_DIGEST:]
            if hashlib.sha256(body).digest() != content[:_DIGEST]:
                return None
            with suppress(OSError):
                os.utime(path)  # the files used last are those that stay
            return json.loads(body)
        except (OSError, ValueError, RecursionError):
            return None

    def settle(self) -> None:
        """Writes down what is new. Only for who knows that no input changed while it was read."""
        new, self._new = self._new, {}
        if self._folder is None or not new:
            return
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for key, made in new.items():
                _write(self._folder / key, json.dumps(made, separators=(",", ":")).encode())
            _prune(self._folder)


def memory_folder() -> Path | None:
    """The folder of the memory: the one that FOLDER names, else where the system keeps such."""
    told = os.environ.get(FOLDER)
    if told is not None:
        return Path(told) if told else None
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        base = base if os.path.isabs(base) else "~/.cache"  # noqa: PTH117
    with suppress(RuntimeError):
        return Path(base).expanduser() / "history-map" if base else None
    return None


def digest(content: bytes) -> str:
    """The hash of some bytes."""
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, body: bytes) -> None:
    """Writes a file with its own hash before it, so that who reads it knows whether it is whole."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(hashlib.sha256(body).digest() + body)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _prune(folder: Path) -> None:
    """Forgets what was not used for longest, until the rest is few and small enough."""
    files, bytes_left = MOST_FILES, MOST_BYTES
    found = []
    for path in folder.iterdir():
        with suppress(OSError):
            status = path.lstat()
            if stat.S_ISREG(status.st_mode):
                found.append((status.st_mtime, status.st_size, path))
    for used, size, path in sorted(found, reverse=True):
        is_part = path.name.startswith(".")
        files, bytes_left = files - 1, bytes_left - size
        if (is_part and time.time() - used > ABANDONED) or (
            not is_part and min(files, bytes_left) < 0
        ):
            with suppress(OSError):
                path.unlink()
