"""Zips of strangers (KMZ, XLSX): only what is asked for is unpacked, in memory, so much of it."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from events.table import LARGEST_FILE, Unreadable

MOST_FILES = 10_000
HIGHEST_RATIO = 100  # of what is unpacked to what was packed
_SMALL = 1_000_000  # bytes below which no ratio does harm


class Zip:
    """The files of a zip by their names; Unreadable where it is none, or would do harm."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Unreadable("is not a sound zip", "save it again") from None
        self.names = self._zip.namelist()
        if len(self.names) > MOST_FILES:
            raise Unreadable(f"packs more than {MOST_FILES:,} files", "unpack it, and import one")
        for name in self.names:
            if "\\" in name or name.startswith("/") or ".." in PurePosixPath(name).parts:
                raise Unreadable("packs a file that would lie outside of it", "who made it?")

    def read(self, name: str) -> bytes:
        """What a packed file holds."""
        try:
            about = self._zip.getinfo(name)
            largest = min(LARGEST_FILE, max(_SMALL, HIGHEST_RATIO * about.compress_size))
            with self._zip.open(about) as file:
                content = file.read(largest + 1)
        except (
            *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError),
            *(KeyError, RuntimeError, NotImplementedError),
        ):
            raise Unreadable("packs a file that cannot be unpacked", "save it again") from None
        if len(content) > largest:
            message = (
                f"unpacks to more than {HIGHEST_RATIO} times its size, or {LARGEST_FILE / 1e6:g} MB"
            )
            raise Unreadable(message, "unpack it yourself, and import what it holds")
        return content
