"""Languages: which of them are read from the right."""

from __future__ import annotations

import pytest

from maps.language import is_from_right, language_attributes


@pytest.mark.parametrize("tag", ["ar", "ar-EG", "he", "fa", "ur-PK", "AR", "az-Arab", "pa-arab-PK"])
def test_some_are_read_from_the_right(tag: str) -> None:
    """By the language, or by the script that the tag names."""
    assert is_from_right(tag)
    assert language_attributes(tag) == f'lang="{tag}" dir="rtl"'


@pytest.mark.parametrize("tag", ["en", "de", "ja", "zh-Hant", "ar-Latn", "fa-Latn-IR", "az", "arn"])
def test_others_are_not(tag: str) -> None:
    """Nor is Arabic in Latin letters, nor a language whose tag only begins alike."""
    assert not is_from_right(tag)
    assert language_attributes(tag) == f'lang="{tag}"'
