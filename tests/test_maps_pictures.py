"""The picture of a chapter: read by what it holds, from within the stories' folder only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from drawings import lamp

from maps.pictures import MOST_BYTES, Unshowable, read_picture
from maps.scene import build_scene
from maps.site import read_project
from maps.story import read_stories

FRONT = "---\ntitle: A title\nspan: 1904/1945\n---\n"
KEYS = "picture: pictures/lamp.png\ncredit: Our own\nalt: A lamp\n"


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A folder of stories with a picture in a folder of its own."""
    folder = tmp_path / "maps" / "stories"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "lamp.png").write_bytes(lamp())
    return folder


def told(stories: Path, keys: str) -> list[str]:
    """What is wrong with a chapter of these keys, which begin on line 6."""
    (stories / "a-map.md").write_text(f"{FRONT}## One\n{keys}\nText.\n", encoding="utf-8")
    problems = read_stories(stories.parents[1])[1]
    return [str(problem).removeprefix("maps/stories/a-map.md:") for problem in problems]


def test_a_chapter_has_its_picture_with_its_words(stories: Path) -> None:
    """The bytes, their kind, who made it and what stands for it are kept as they are."""
    assert told(stories, KEYS) == []
    (chapter,) = read_stories(stories.parents[1])[0][0].chapters
    assert chapter.picture == ("image/png", lamp(), "A lamp", "Our own")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WebP"])
def test_a_picture_is_known_by_its_first_bytes(stories: Path, kind: str) -> None:
    """Whatever the name says, the kind is that of the bytes."""
    (stories / "lamp.gif").write_bytes(lamp(kind))
    assert read_picture(stories, "lamp.gif") == (f"image/{kind.lower()}", lamp(kind))


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "pictures/../../secret.png", "/etc/hostname", "C:/a.png", r"..\a.png", "~/a"],
)
def test_no_path_leads_out_of_the_folder(stories: Path, name: str) -> None:
    """Neither upwards nor from the root, in the words of any system."""
    (stories.parent / "secret.png").write_bytes(lamp())
    with pytest.raises(Unshowable, match="not a path within the stories' folder"):
        read_picture(stories, name)


def test_no_link_leads_out_of_the_folder(stories: Path) -> None:
    """A link to a picture elsewhere is refused, and so is one in a linked folder."""
    outside = stories.parents[1] / "outside"
    outside.mkdir()
    (outside / "lamp.png").write_bytes(lamp())
    try:
        (stories / "linked.png").symlink_to(outside / "lamp.png")
        (stories / "others").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make a symbolic link")
    for name in ("linked.png", "others/lamp.png"):
        with pytest.raises(Unshowable, match="leads outside"):
            read_picture(stories, name)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (KEYS.replace("credit: Our own\n", ""), "6:credit: is missing; write credit: and who made"),
        (KEYS.replace("A lamp", ""), "8:alt: is missing; write alt: and what is to be seen in it"),
        ("credit: Our own\n", "6:credit: 'Our own' has no picture; write picture:"),
        ("when: 1941\nalt: A lamp\n", "7:alt: 'A lamp' has no picture"),
        (
            KEYS.replace("lamp.png", "lmap.png"),
            "6:picture: 'pictures/lmap.png' is not there; did y",
        ),
        (KEYS.replace("/lamp.png", ""), "6:picture: 'pictures' is not a file"),
        (KEYS.replace("pictures/lamp.png", "a-map.md"), "6:picture: 'a-map.md' is not a PNG, JPEG"),
        (KEYS.replace("pictures", "../stories"), "6:picture: '../stories/lamp.png' is not a path"),
    ],
)
def test_what_is_wrong_with_a_picture_is_named_by_line(
    stories: Path, keys: str, expected: str
) -> None:
    """A missing word, a missing file and what is no picture are problems, each with its cure."""
    (said,) = told(stories, keys)
    assert said.startswith(expected)
    assert "; " in said


def test_a_picture_is_not_too_large(stories: Path) -> None:
    """One of more than a megabyte is refused with its size."""
    (stories / "pictures" / "lamp.png").write_bytes(lamp() + bytes(MOST_BYTES))
    (said,) = told(stories, KEYS)
    assert "is 1.0 MB, and a page holds pictures of 1 MB at most; make it smaller" in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_picture(stories: Path) -> None:
    """A named pipe is a problem; nobody waits for what may come out of it."""
    os.mkfifo(stories / "pipe.png")
    with pytest.raises(Unshowable, match="is not a file"):
        read_picture(stories, "pipe.png")


def test_the_scene_holds_the_picture_whole(stories: Path) -> None:
    """The page needs no other file: the bytes stand in it as a data: URI."""
    told(stories, KEYS)
    project = stories.parents[1]
    table = project / "events" / "tables" / "events.csv"
    table.parent.mkdir(parents=True)
    table.write_text("id,title,when,lat,lon\na,A,1941,35.7,139.7\n", encoding="utf-8")
    read = read_project(project)
    (chapter,) = build_scene(read.stories[0], read.tables, read.ground)["chapters"]
    assert chapter["picture"]["src"].startswith("data:image/png;base64,iVBORw0KGgo")
    assert (chapter["picture"]["alt"], chapter["picture"]["credit"]) == ("A lamp", "Our own")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WebP"])
def test_a_picture_that_no_browser_can_draw_is_told(stories: Path, kind: str) -> None:
    """One that is cut off after its first bytes, which tell its kind, is broken."""
    (stories / "cut").write_bytes(lamp(kind)[:16])
    with pytest.raises(Unshowable, match="is broken: it does not say how large it is"):
        read_picture(stories, "cut")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WebP"])
def test_a_picture_is_small_unpacked_too(stories: Path, kind: str) -> None:
    """A few kB can unpack to gigabytes, for which the reader of the page would pay."""
    (stories / "large").write_bytes(lamp(kind, (8000, 7000)))
    with pytest.raises(Unshowable, match="unpacks to 8,000 × 7,000 pixels"):
        read_picture(stories, "large")


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_link_to_nothing_is_told_so(stories: Path) -> None:
    """Its own name is not the one that was meant."""
    (stories / "lost.png").symlink_to("nowhere.png")
    with pytest.raises(Unshowable, match="is a link to what is not there"):
        read_picture(stories, "lost.png")
