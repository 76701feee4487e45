"""A video of a map: its clock runs, chapter by chapter, and each frame is a picture of its own.

No frame depends on how fast this machine is: the clock is set for each, and then it is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from events.when import When
from maps.report import Say
from maps.scene import plays
from maps.story import Chapter, Story
from maps.takeaway.camera import Camera, Frame, browsing
from maps.takeaway.reels import REELS

RUNS, RESTS = 5 / 8, 3 / 8  # parts of a chapter's time: the clock runs, then the picture stands
EASES = 0.8  # seconds in which the view goes to the next chapter's
HOUR, DAY, YEAR = 3_600_000, 86_400_000, 31_556_952_000  # ms
_UNITS = (("minute", 3 * HOUR), ("hour", 3 * DAY), ("day", 20 * YEAR), ("month", 400 * YEAR))
_OPEN = """([id, title]) => {
    if (id) historyMap.chapter(id);
    let told = document.querySelector(".film-title");
    if (!told) {
        told = document.createElement("p");
        told.className = "film-title";
        document.querySelector(".stage .caption").prepend(told);
    }
    told.textContent = title;
    told.hidden = !title;
    return historyMap.state().view;
}"""
_LOOK = "view => historyMap.setView(view)"
_PASS = "([at, unit]) => historyMap.pass(at, unit)"


class Shot(NamedTuple):
    """A stretch of time that the clock runs through, under a chapter or under none."""

    chapter: Chapter | None
    title: str
    first: int
    last: int

    @property
    def unit(self) -> str:
        """What the clock shows while it runs: the smallest unit that can be read."""
        length = self.last - self.first
        return next((unit for unit, most in _UNITS if length <= most), "year")


class Film(NamedTuple):
    """A video as a file, and how many frames it has."""

    content: bytes
    frames: int


class Pace(NamedTuple):
    """How long a chapter lasts, in seconds, and how many frames a second has."""

    seconds: float
    rate: int

    def frames(self, part: float) -> int:
        """The frames of a part of a chapter's time, one at least."""
        return max(1, round(self.seconds * part * self.rate))


def shots(story: Story, chapter: Chapter | None = None, at: When | None = None) -> list[Shot]:
    """What a video shows: a time, a chapter, or else each chapter; without any, the whole span.

    The clock runs through what the page plays too; to a chapter of a day or a moment it runs from
    the one before. Raises ValueError in words where a chapter has no time.
    """
    if at:
        return [Shot(chapter, chapter.title if chapter else "", *_within(story, at))]
    told = [one for one in story.chapters if one.when]
    found = [_shot(story, told, index) for index in range(len(told))]
    if chapter and not chapter.when:
        raise ValueError(f"the chapter {chapter.id} has no time to film; write one with --at")
    if chapter:
        return [shot for shot in found if shot.chapter == chapter]
    return found or [Shot(None, "", *_within(story, story.opening))]


def video(
    page: str, shown: Sequence[Shot], frame: Frame, pace: Pace, suffix: str, say: Say
) -> Film:
    """Films a page, as MP4 or GIF. Raises MissingTool."""
    with browsing() as browser, Camera(browser, page, frame) as camera:
        camera.open()
        return filmed(camera, shown, frame, pace, suffix, say)


def filmed(
    camera: Camera, shown: Sequence[Shot], frame: Frame, pace: Pace, suffix: str, say: Say
) -> Film:
    """Films what a camera looks at, as MP4 or GIF."""
    total = sum(_length(shot, index > 0, pace) for index, shot in enumerate(shown))
    view: Any = None
    with REELS[suffix](frame, pace.rate) as reel:
        for shot in shown:
            for count in _pictures(camera, shot, view, pace):
                reel.add(camera.frame(), count)
                if reel.frames // pace.rate != (reel.frames - count) // pace.rate:
                    say(f"frame {reel.frames:,} of {total:,}")
            view = camera.ask("() => historyMap.state().view")
        return Film(reel.end(), reel.frames)


def _shot(story: Story, told: Sequence[Chapter], index: int) -> Shot:
    chapter = told[index]
    when = chapter.when
    assert when, "only chapters with a time are shown"
    first, last = _within(story, when)
    if not plays(when, first, last):
        before = _within(story, told[index - 1].when)[1] if index else last
        first = before if before < last else first
    number = story.chapters.index(chapter) + 1
    title = f"{chapter.title}: {chapter.fate}" if chapter.fate else chapter.title
    return Shot(chapter, f"{number}  {title}", first, last)


def _within(story: Story, when: When | None) -> tuple[int, int]:
    """A time's ends, kept within the story's span."""
    assert when, "only chapters with a time are shown"
    span = story.span
    assert span.first is not None, "a story's span has ends"
    assert span.last is not None, "a story's span has ends"
    first = span.first if when.first is None else max(when.first, span.first)
    last = span.last if when.last is None else min(when.last, span.last)
    return first, last


def _length(shot: Shot, is_next: bool, pace: Pace) -> int:
    """How many frames a shot has."""
    eases = round(EASES * pace.rate) if is_next and shot.chapter else 0
    return eases + pace.frames(RUNS) + pace.frames(RESTS)


def _pictures(camera: Camera, shot: Shot, before: Any, pace: Pace) -> Iterator[int]:
    """Sets each picture of a shot, and gives for how many frames it stands."""
    name = shot.chapter.id if shot.chapter else ""
    view = camera.ask(_OPEN, [name, shot.title])
    camera.ask(_PASS, [shot.first, shot.unit])
    if before and name:
        steps = round(EASES * pace.rate)
        for step in range(steps):
            camera.ask(_LOOK, _between(before, view, (step + 1) / (steps + 1)))
            yield 1
        camera.ask(_LOOK, view)
    frames = pace.frames(RUNS)
    for step in range(frames):
        at = shot.first + (shot.last - shot.first) * step // frames
        camera.ask(_PASS, [at, shot.unit])
        yield 1
    if shot.chapter:
        camera.ask(_OPEN, [name, shot.title])
    else:
        camera.ask(_PASS, [shot.last, shot.unit])
    yield pace.frames(RESTS)


def _between(one: dict[str, float], other: dict[str, float], part: float) -> dict[str, float]:
    """A view on the way from one to another: slow, fast, slow."""
    eased = part * part * (3 - 2 * part)
    return {key: one[key] + (other[key] - one[key]) * eased for key in one}
