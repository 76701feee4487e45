"""Tables that are not UTF-8: what spreadsheets and old systems wrote, read where it can be told."""

import codecs
import re
from itertools import pairwise

from events.table import Unreadable, decoded

WINDOWS = "cp1252"  # of Excel's plain "CSV" in western Europe and America
_HINT = (
    "save it as UTF-8, or name its encoding: --encoding mac-roman, cp1250, cp1251, shift-jis ..."
)
_WORD = re.compile(r"[^\W\d_]+")
# What no western text has, and other encodings read as western have nearly at once: a sign within
# a word, three letters or signs in a row that are not plain.
_FOREIGN = re.compile(r"[a-zA-Z][^\x00-\x7f\w’·–—][a-zA-Z]|[^\x00-\x7f“”‘’«»…–—]{3}")


def is_encoding(name: str) -> bool:
    """Whether a text names an encoding of text."""
    try:
        return isinstance(b"a".decode(name, "replace"), str)
    except (LookupError, UnicodeError, ValueError):
        return False


def text_in(raw: bytes, encoding: str = "") -> tuple[str, str]:
    """The text, and a word on its encoding where that had to be guessed; Unreadable if none fits.

    With `encoding` the text is read by that, and nothing is guessed.
    """
    if encoding:
        try:
            return raw.decode(encoding).removeprefix("\ufeff"), ""
        except UnicodeError:
            raise Unreadable(f"is not {encoding}", _HINT) from None
    try:
        return decoded(raw), ""
    except Unreadable as fault:
        text = _western(raw)
        if not text:
            raise Unreadable(fault.message, _HINT, fault.line) from None
    words = dict.fromkeys(word for word in _WORD.findall(text) if not word.isascii())
    shown = ", ".join(list(words)[:3])
    return text, f"is not UTF-8 and was read as Windows-1252 ({shown}); --encoding names another"


def _western(raw: bytes) -> str:
    """The text as Windows-1252, or "" where it can hardly be that."""
    wide = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if raw.startswith(wide) or b"\0" in raw:
        return ""
    try:
        text = raw.decode(WINDOWS)
    except UnicodeDecodeError:
        return ""
    foreign = _FOREIGN.search(text) or any(map(_has_late_capital, _WORD.findall(text)))
    return "" if foreign else text


def _has_late_capital(word: str) -> bool:
    """Whether one that is not plain stands behind a small letter, as bytes of old Macs give it."""
    return any(a.islower() and b.isupper() and not b.isascii() for a, b in pairwise(word))
