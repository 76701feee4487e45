"""What a page says of its language, and from which side that is read."""

from __future__ import annotations

from html import escape

# Languages that are written from the right where nothing else is said, and the scripts that are.
_FROM_RIGHT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
)
_SCRIPTS = frozenset(("arab", "hebr", "nkoo", "syrc", "thaa"))
_SCRIPT_LENGTH = 4


def is_from_right(tag: str) -> bool:
    """Whether a language tag is of writing from the right: `fa` is, `fa-Latn` is not."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == _SCRIPT_LENGTH and part.isalpha()), "")
    return script in _SCRIPTS if script else language in _FROM_RIGHT


def language_attributes(tag: str) -> str:
    """The attributes of a page's root for its language: `lang="de"`, `lang="he" dir="rtl"`."""
    return f'lang="{escape(tag)}"' + (' dir="rtl"' if is_from_right(tag) else "")
