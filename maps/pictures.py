"""The picture of a chapter: a file beside the stories, known by what it holds, not by its name."""

from __future__ import annotations

from os import fspath
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from events.problem import did_you_mean

MOST_BYTES = 1_000_000
_KINDS = "PNG, JPEG or WebP"


class Picture(NamedTuple):
    """A picture with its words; `kind` is its media type, `alt` what is read to the blind."""

    kind: str
    content: bytes
    alt: str
    credit: str


class Unshowable(ValueError):
    """A file that no chapter can show: `message` goes on after its name, `hint` is the cure."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message}; {hint}")
        self.message = message
        self.hint = hint


def read_picture(stories: Path, name: str) -> tuple[str, bytes]:
    """Media type and bytes of the file `name`, as a path within the stories' folder.

    Raises Unshowable.
    """
    path = _within(stories, name)
    try:
        if not path.is_file():  # a pipe would be waited for
            raise Unshowable(*_missing(stories, path))
        size = path.stat().st_size
        if size > MOST_BYTES:
            message = f"is {size / 1_000_000:.1f} MB, and a page holds pictures of 1 MB at most"
            raise Unshowable(message, "make it smaller: 1200 pixels are wide enough")
        content = path.read_bytes()
    except OSError as failed:
        message = f"cannot be read: {failed.strerror}"
        raise Unshowable(message, "close it elsewhere, or allow reading it") from failed
    kind = _kind_of(content)
    if not kind:
        raise Unshowable(f"is not a {_KINDS} file, whatever its name", f"save it as {_KINDS}")
    return kind, content


def _within(stories: Path, name: str) -> Path:
    """The path of a picture; no way leads out of the stories' folder, and no link either."""
    hint = "write its path within maps/stories, such as pictures/map.png"
    given = PurePosixPath(name)
    is_plain = not ({"..", "~"} & set(given.parts)) and not {"\\", "\0"} & set(name)
    if not is_plain or given.is_absolute() or PureWindowsPath(name).anchor or ":" in name:
        raise Unshowable("is not a path within the stories' folder", hint)
    path = stories / given
    try:
        inside = path.resolve().is_relative_to(stories.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        inside = False
    if not inside:
        hint = "copy the file into maps/stories"
        raise Unshowable("leads outside the stories' folder", hint)
    return path


def _missing(stories: Path, path: Path) -> tuple[str, str]:
    """What is wrong where no file is, with the name that was probably meant."""
    if path.exists():
        return "is not a file", "write the path of the picture itself"
    folder = path.parent
    known = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    near = did_you_mean(path.name, known, "")
    within = fspath(folder.relative_to(stories)) if folder != stories else "."
    beside = "" if within == "." else f" {within.replace(chr(92), '/')} of"
    return "is not there", near or f"put the file into{beside} maps/stories"


def _kind_of(content: bytes) -> str | None:
    """The media type that the first bytes tell; None for what a page cannot show."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None
