"""What somebody asks of a map in words: a chapter by its id, a moment.

Each raises ValueError, which says what to write instead, where the map has no such thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.problem import did_you_mean
from events.when import When, WhenProblem

if TYPE_CHECKING:
    from maps.story import Chapter, Story


def chapter_of(story: Story, name: str) -> Chapter:
    """The chapter with an id."""
    chapters = {one.id: one for one in story.chapters}
    if name not in chapters:
        cure = did_you_mean(name, chapters, f"there are: {', '.join(chapters) or 'none'}")
        raise ValueError(f"{story.slug} has no chapter {name!r}; {cure}")
    return chapters[name]


def moment_of(text: str) -> When:
    """A time with both ends."""
    try:
        when = When.parse(text)
    except WhenProblem as wrong:
        raise ValueError(f"{text!r} {wrong.message}; {wrong.hint}") from None
    if when.first is None or when.last is None:
        raise ValueError(f"{text!r} has an open end; write a day such as 1941-12-07")
    return when


def check_reached(story: Story, when: When) -> None:
    """Nothing, where a story's span reaches a time."""
    if not story.reaches(when):
        raise ValueError(f"{when.text!r} lies outside the span, {story.span.label}")
