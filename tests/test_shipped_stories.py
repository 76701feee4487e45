"""The five stories of the atlas: each chapter has its length, its sources and its event."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from events.reading import read_tables
from maps.prose import Node, plain
from maps.story import Chapter, Story, read_stories

ROOT = Path(__file__).parents[1]
STORIES, PROBLEMS = read_stories(ROOT)
LEAST = {  # chapters
    "two-directions": 12,
    "khalkhin-gol": 6,
    "barbarossa-moscow": 6,
    "pearl-harbor-and-the-south": 6,
    "manchuria-1945": 6,
}
# Links lead to them: chapters may be added and rewritten, but these stay.
KEPT = {
    "both-directions",
    "khalkhin-gol",
    "neutrality-pact",
    "kantokuen",
    "north-dropped",
    "trains-west",
    "malaya-hawaii",
    "august-1945",
}
CHAPTERS = [
    pytest.param(story, chapter, id=f"{story.slug}-{chapter.id}")
    for story in STORIES
    for chapter in story.chapters
]


def words(nodes: list[Node]) -> int:
    """How many words some blocks have, citations left out."""
    return len(" ".join(plain([node]) for node in nodes).split())


def cited(nodes: list[Node | str]) -> list[str]:
    """The sources that some blocks cite."""
    found = []
    for node in nodes:
        if not isinstance(node, str):
            found += node["kids"] if node["tag"] == "cite" else cited(node["kids"])
    return found


def test_the_atlas_has_its_five_stories() -> None:
    """Each is there without a problem, with chapters enough, and the widest comes first."""
    assert PROBLEMS == []
    assert {story.slug for story in STORIES} == set(LEAST)
    assert STORIES[0].slug == "two-directions"
    for story in STORIES:
        assert len(story.chapters) >= LEAST[story.slug], story.slug
        assert 40 <= words(story.text) <= 80, story.slug


def test_ids_of_chapters_do_not_change() -> None:
    """Links to the chapters that were there first still lead to them."""
    assert {chapter.id for chapter in STORIES[0].chapters} >= KEPT


def test_each_chapter_has_an_id_of_its_own() -> None:
    """No two chapters of a story share one."""
    for story in STORIES:
        ids = Counter(chapter.id for chapter in story.chapters)
        assert max(ids.values()) == 1, story.slug


@pytest.mark.parametrize(("story", "chapter"), CHAPTERS)
def test_a_chapter_is_told_in_60_to_120_words_with_sources(story: Story, chapter: Chapter) -> None:
    """It can be read while it is shown, and rests on sources of the table."""
    known = {source.id for source in read_tables(ROOT)[0].sources}
    assert 60 <= words(chapter.text) <= 120
    assert cited(chapter.text)
    assert set(cited([*chapter.text, *chapter.notes])) <= known


@pytest.mark.parametrize(("story", "chapter"), CHAPTERS)
def test_a_chapter_has_a_moment_an_event_a_view_and_notes(story: Story, chapter: Chapter) -> None:
    """Its event takes place at its moment, within the story's span, and the speaker has notes."""
    events = {event.id: event for event in read_tables(ROOT)[0].events}
    assert chapter.when
    assert story.holds(chapter.when)
    assert chapter.view
    assert chapter.select in events
    assert replace(story, span=chapter.when).reaches(events[chapter.select].when)
    assert 30 <= words(chapter.notes) <= 80


@pytest.mark.parametrize(("story", "chapter"), CHAPTERS)
def test_what_was_only_planned_is_never_told_as_done(story: Story, chapter: Chapter) -> None:
    """A chapter on a plan says by its status and in its first sentence that it never was, and
    draws it as planned."""
    events = {event.id: event for event in read_tables(ROOT)[0].events}
    status = events[chapter.select or ""].status
    assert chapter.status == status
    if status == "executed":
        return
    first = plain(chapter.text).partition(".")[0]
    assert "never" in first
    assert "planned" in (chapter.layers or ())
