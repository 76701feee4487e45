"""Speaker notes: read with their chapter, kept out of its text, and whatever is wrong named."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.problem import Problem
from maps.story import Story, read_stories

FRONT = "---\ntitle: A title\nspan: 1904/1945\n---\nHello.\n"
NOTES = "::: notes\nPoint at the *lanes* [@a].\n\nAsk.\n:::\n"


def told(folder: Path, text: str) -> tuple[Story, list[Problem]]:
    """The story of a text after the front matter, and its problems."""
    stories = folder / "maps" / "stories"
    stories.mkdir(parents=True, exist_ok=True)
    (stories / "a-map.md").write_text(FRONT + text, encoding="utf-8")
    (story,), problems = read_stories(folder)
    return story, problems


def test_notes_belong_to_the_chapter_under_which_they_stand(tmp_path: Path) -> None:
    """Their blocks are the chapter's notes, no longer its text, and cite sources as that does."""
    text = f"## One\nwhen: 1941\n\nBefore.\n\n{NOTES}\nAfter.\n\n## Two\n\nText.\n"
    story, problems = told(tmp_path, text)
    assert problems == []
    one, two = story.chapters
    assert [block["kids"] for block in one.text] == [["Before."], ["After."]]
    assert one.notes[0]["kids"][0] == "Point at the "
    assert one.notes[1] == {"tag": "p", "kids": ["Ask."]}
    assert (two.text, two.notes) == ([{"tag": "p", "kids": ["Text."]}], [])
    assert [(each.id, each.line) for each in story.references if each.to == "source"] == [("a", 12)]


@pytest.mark.parametrize("fence", [":::notes", "::: notes  ", ":::: {.notes}"])
def test_notes_may_begin_as_quarto_has_it(tmp_path: Path, fence: str) -> None:
    """Spaces, further colons and a class in braces are understood."""
    story, problems = told(tmp_path, f"## One\n\nText.\n\n{fence}\nAsk.\n:::\n")
    assert problems == []
    assert story.chapters[0].notes == [{"tag": "p", "kids": ["Ask."]}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## One\n\n::: notes\nAsk.\n", "8: '::: notes' opens notes that do not end; write ::: "),
        ("## One\n\n::: note\nAsk.\n", "8: '::: note' begins or ends no notes; write ::: notes "),
        ("## One\n\nText.\n:::\n", "9: ':::' begins or ends no notes; write ::: notes before"),
        (f"{NOTES}## One\n", "6: '::: notes' stands before any chapter; write them under"),
        (f"## One\n{NOTES}{NOTES}", "12: '::: notes' stands in this chapter twice; keep one"),
        ("## One\n\n::: notes\nAsk.\n\n## Two\n:::\n", "11: '##' begins a chapter within notes"),
        ("## One\n\n::: notes\n<b>Ask</b>\n:::\n", "9: '<b>' is HTML, which a story cannot hold"),
    ],
)
def test_what_is_wrong_with_notes_is_named_by_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    """Notes without an end or a chapter, twice, or with what no text can hold."""
    _, problems = told(tmp_path, text)
    assert str(problems[0]).startswith(f"maps/stories/a-map.md:{said}"), problems
