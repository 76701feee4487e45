"""The command `video`: films read back frame by frame."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import av
import pytest
from PIL import Image
from pixels import changed
from playwright.sync_api import Browser

import make_maps
from events.when import When
from maps.site import read_project
from maps.story import Story
from maps.takeaway import video
from maps.takeaway.video import DAY, Pace, shots

STORY = "two-lamps"
Film = Callable[..., Path]


@pytest.fixture
def film(browser: Browser, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Film:
    """Films the five-event war, small and short, into a file of this name."""
    monkeypatch.setattr(video, "browsing", lambda: nullcontext(browser))

    def filmed(name: str, *words: str) -> Path:
        out = tmp_path / name
        small = ("--size", "321x241", "--scale", "1", "--project", str(project))
        assert make_maps.main(["video", STORY, *small, *words, "--out", str(out)]) == 0
        return out

    return filmed


@pytest.fixture(scope="module")
def story(project: Path) -> Story:
    """The story of the five-event war."""
    (only,) = read_project(project).stories
    return only


def frames(path: Path) -> list[Image.Image]:
    """Every picture of an MP4."""
    with av.open(str(path)) as file:
        return [frame.to_image() for frame in file.decode(video=0)]


def test_a_chapter_is_a_film_of_its_length(film: Film, capsys: pytest.CaptureFixture[str]) -> None:
    """So many frames as were told, of even size, as long as asked for, and the same bytes again."""
    words = ("--chapter", "across-the-date-line", "--seconds", "1.6", "--rate", "5")
    one, again = film("one.mp4", *words), film("again.mp4", *words)
    assert one.read_bytes() == again.read_bytes()
    assert "8 frames of 320 × 240, 1.6 s" in capsys.readouterr().out
    pictures = frames(one)
    assert [picture.size for picture in pictures] == [(320, 240)] * 8
    with av.open(str(one)) as file:
        assert file.duration / av.time_base == pytest.approx(1.6)


def test_the_clock_runs_and_then_rests(film: Film) -> None:
    """The picture changes while the clock runs, and stands still at the end of a chapter."""
    pictures = frames(
        film("film.mp4", "--chapter", "across-the-date-line", "--seconds", "2", "--rate", "5")
    )
    assert changed(pictures[0], pictures[5]).mean() > 0.001
    assert changed(pictures[-1], pictures[-2]).mean() < 0.001


def test_a_gif_holds_the_same_time(film: Film) -> None:
    """A whole story as GIF: its pictures last as long as their frames, and it begins again."""
    path = film("film.gif", "--seconds", "1", "--rate", "4")
    with Image.open(io.BytesIO(path.read_bytes())) as gif:
        lasting = []
        for number in range(gif.n_frames):
            gif.seek(number)
            lasting.append(gif.info["duration"])
        assert gif.size == (320, 240)
        assert gif.info["loop"] == 0
    eases = round(video.EASES * 4)
    assert sum(lasting) == pytest.approx(1000 * (2 * 4 + eases) / 4, abs=20)


def test_a_time_is_filmed_without_a_chapter(film: Film) -> None:
    """`--at` names the time that the clock runs through."""
    pictures = frames(film("time.mp4", "--at", "1887-05/1887-06", "--seconds", "1", "--rate", "4"))
    assert len(pictures) == 2 + 2
    assert changed(pictures[0], pictures[-1]).mean() > 0.001


def test_each_chapter_runs_through_its_own_time(story: Story) -> None:
    """A chapter of some days begins with the first of them, and hours are told."""
    quarrel, crossing = shots(story)
    assert quarrel.title == "1  The quarrel"
    assert crossing.last - crossing.first == 3 * DAY - 1
    assert (crossing.unit, quarrel.unit) == ("hour", "day")
    (alone,) = shots(story, story.chapters[1])
    assert alone == crossing


def test_hours_from_one_to_another_are_run_through(story: Story) -> None:
    """As the page plays them, though they fill no day: not all since the chapter before."""
    hours = When.parse("1887-05-09T06:00Z/1887-05-09T08:00Z")
    quarrel, crossing = story.chapters
    (_, shot) = shots(replace(story, chapters=(quarrel, replace(crossing, when=hours))))
    assert (shot.first, shot.last, shot.unit) == (hours.first, hours.last, "minute")


def test_a_chapter_without_a_time_is_no_film(story: Story) -> None:
    """It has no frames: which is said, instead of a file of none."""
    timeless = replace(story.chapters[0], when=None)
    with pytest.raises(ValueError, match=r"^the chapter quarrel has no time to film; "):
        shots(story, timeless)


def test_frames_of_a_pace_add_up() -> None:
    """The parts of a chapter's time are whole frames, one at least, that make up the whole."""
    pace = Pace(8, 24)
    assert pace.frames(video.RUNS) + pace.frames(video.RESTS) == 8 * 24
    assert Pace(0.1, 1).frames(video.RESTS) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rate", "0"), "from 1 to 60"),
        (("--seconds", "-1"), "from 0.1 to 3600"),
        (("--chapter", "quarell"), "did you mean quarrel?"),
    ],
)
def test_what_is_asked_wrongly_is_said(
    words: tuple[str, ...],
    told: str,
    tmp_path: Path,
    project: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Status 2 and what to write, before anything is filmed."""
    out = ["--out", str(tmp_path / "a.mp4"), "--project", str(project)]
    try:
        status = make_maps.main(["video", STORY, *words, *out])
    except SystemExit as left:
        status = int(left.code or 0)
    assert status == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
