"""The picture of a chapter: a file beside the stories, known by what it holds, not by its name."""

from __future__ import annotations

from os import fspath
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from events.problem import did_you_mean

MOST_BYTES = 1_000_000
MOST_PIXELS = 50_000_000  # which a browser unpacks, whatever the file is packed to
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
    width, height = _size_of(kind, content)
    if not (width and height):
        raise Unshowable("is broken: it does not say how large it is", f"save it as {_KINDS} again")
    if width * height > MOST_PIXELS:
        message = f"unpacks to {width:,} × {height:,} pixels"
        raise Unshowable(message, "make it smaller: 1200 pixels are wide enough")
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
    if path.is_symlink():
        return "is a link to what is not there", "copy the file into maps/stories"
    folder = path.parent
    known = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    near = did_you_mean(path.name, known, "")
    within = fspath(folder.relative_to(stories)) if folder != stories else "."
    beside = "" if within == "." else f" {within.replace(chr(92), '/')} of"
    return "is not there", near or f"put the file into{beside} maps/stories"


def _size_of(kind: str, content: bytes) -> tuple[int, int]:
    """Width and height that a picture says it has; 0, 0 where it is too broken to say."""
    if kind == "image/png":
        size = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
        return size if content[12:16] == b"IHDR" and b"IDAT" in content else (0, 0)
    return _jpeg_size(content) if kind == "image/jpeg" else _webp_size(content)


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """The size in the header of a JPEG's frame, which is one of its segments."""
    at = 2
    while content[at : at + 1] == b"\xff" and len(content) >= at + 9:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(
                content[at + 5 : at + 7]
            )
        alone = marker == 0xFF or 0xD0 <= marker <= 0xD8  # nothing follows those
        at += (
            (1 if marker == 0xFF else 2) if alone else 2 + int.from_bytes(content[at + 2 : at + 4])
        )
    return 0, 0


def _webp_size(content: bytes) -> tuple[int, int]:
    """The size in the first chunk of a WebP, of which there are three kinds."""

    def number(at: int, length: int) -> int:
        return int.from_bytes(content[at : at + length], "little")

    kind = content[12:16] if len(content) >= 30 else b""
    if kind == b"VP8X":
        return number(24, 3) + 1, number(27, 3) + 1
    if kind == b"VP8L":
        return (number(21, 4) & 0x3FFF) + 1, (number(21, 4) >> 14 & 0x3FFF) + 1
    return (number(26, 2) & 0x3FFF, number(28, 2) & 0x3FFF) if kind == b"VP8 " else (0, 0)


def _kind_of(content: bytes) -> str | None:
    """The media type that the first bytes tell; None for what a page cannot show."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None
