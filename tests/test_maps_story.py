"""A story file becomes a Story; whatever is wrong with it is named by line and key."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from events.problem import Problem
from events.record import Event
from events.when import When
from maps.story import Story, read_stories, story_of

FRONT = "---\ntitle: A title\nspan: 1904/1945\n---\n"


def told(
    folder: Path, text: str | bytes, name: str = "a-map.md"
) -> tuple[list[Story], list[Problem]]:
    """What is read from a project with one story of this text."""
    stories = folder / "maps" / "stories"
    stories.mkdir(parents=True, exist_ok=True)
    content = text.encode() if isinstance(text, str) else text
    (stories / name).write_bytes(content)
    return read_stories(folder)


def story(folder: Path, text: str) -> Story:
    """The story of a text without problems."""
    stories, problems = told(folder, text)
    assert not problems
    return stories[0]


def problem(folder: Path, text: str | bytes, name: str = "a-map.md") -> str:
    """The one problem of a text, as it is printed, without the file's path."""
    _, problems = told(folder, text, name)
    assert len(problems) == 1, list(map(str, problems))
    return str(problems[0]).removeprefix(f"maps/stories/{name}:").strip()


def test_the_front_matter_says_what_the_map_shows(tmp_path: Path) -> None:
    """Title, span, opening, view, layers and language come from the keys of the front matter."""
    text = (
        "---\ntitle: Two\nspan: 1904/1945\nopening: 1936/1945\n"
        "view: 170.5, -15, -120, 65\nlayers: north, routes\nlang: de\n---\nHello.\n"
    )
    read = story(tmp_path, text)
    assert (read.slug, read.title, read.lang) == ("a-map", "Two", "de")
    assert (read.span, read.opening) == (When.parse("1904/1945"), When.parse("1936/1945"))
    assert read.view == (170.5, -15, -120, 65)
    assert read.layers == ("north", "routes")
    assert read.text == [{"tag": "p", "kids": ["Hello."]}]
    assert (read.chapters, read.path, read.line) == ((), "maps/stories/a-map.md", 1)


def test_only_title_and_span_must_be_there(tmp_path: Path) -> None:
    """The opening is the span, the language English, view and layers left to the map."""
    read = story(tmp_path, FRONT)
    assert read.opening == read.span
    assert (read.lang, read.view, read.layers) == ("en", None, None)


def test_values_stay_the_text_that_they_are(tmp_path: Path) -> None:
    """A title of `no`, `1941` or `12:30` is not turned into something else by YAML."""
    for title in ("no", "1941", "12:30", "0x10", "1e3", "~"):
        assert story(tmp_path, f"---\ntitle: {title}\nspan: 1941\n---\n").title == title


def test_a_list_may_be_written_as_yaml_has_it(tmp_path: Path) -> None:
    """Layers and view are understood as lists too."""
    text = "---\ntitle: T\nspan: 1941\nlayers: [a, b]\nview:\n- 1\n- 2\n- 3\n- 4\n---\n"
    read = story(tmp_path, text)
    assert read.layers == ("a", "b")
    assert read.view == (1, 2, 3, 4)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_endings_and_encodings_are_all_one(tmp_path: Path, ending: str, encoding: str) -> None:
    """A file from any editor on any system gives the same story."""
    text = FRONT.replace("A title", "Früh") + "Hi.\n\n## Größe\nwhen: 1941\n\nText.\n"
    (read,), problems = told(tmp_path, text.replace("\n", ending).encode(encoding))
    assert not problems
    assert (read.title, read.chapters[0].id, read.chapters[0].line) == ("Früh", "grosse", 7)


def test_a_heading_begins_a_chapter(tmp_path: Path) -> None:
    """A chapter has its keys directly below its heading, and then its text."""
    text = FRONT + (
        "Intro.\n\n## The *pact* {#pact}\nwhen: 1941-04-13\nview: 1, 2, 3, 4\nlayers: north\n"
        "select: treaty\n\nText [@COOX1985].\n\n## Second one\n\nMore.\n"
    )
    read = story(tmp_path, text)
    first, second = read.chapters
    assert (first.id, first.title, first.line) == ("pact", "The pact", 7)
    assert first.when == When.parse("1941-04-13")
    assert (first.view, first.layers, first.select) == ((1, 2, 3, 4), ("north",), "treaty")
    cite = {"tag": "cite", "kids": ["COOX1985"]}
    assert first.text == [{"tag": "p", "kids": ["Text ", cite, "."]}]
    assert (second.id, second.title, second.when) == ("second-one", "Second one", None)
    assert [(each.to, each.id, each.line) for each in read.references] == [
        ("layer", "north", 10),
        ("select", "treaty", 11),
        ("source", "COOX1985", 13),
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [("Moscow | 30, 53, 42, 59", "Moscow"), ("30,53,42,59", ""), ("| 30, 53, 42, 59", "")],
)
def test_a_chapter_may_have_an_inset(tmp_path: Path, text: str, label: str) -> None:
    """A second view is written like the first, with or without a label before it."""
    read = story(tmp_path, f"{FRONT}## One\ninset: {text}\nbeside: 1941-06-22\n\nText.\n")
    (chapter,) = read.chapters
    assert chapter.inset == (label, (30, 53, 42, 59))
    assert chapter.beside == When.parse("1941-06-22")
    assert chapter.lines == {"inset": 6, "beside": 7}


@pytest.mark.parametrize("written", ["one, two;three", "one;two, ;three,two"])
def test_a_chapter_may_highlight_events_and_routes(tmp_path: Path, written: str) -> None:
    """Their ids are joined by commas or semicolons, and each is kept once with its line."""
    read = story(tmp_path, f"{FRONT}## One\nhighlight: {written}\n\nText.\n")
    assert read.chapters[0].highlight == ("one", "two", "three")
    assert {(each.to, each.line) for each in read.references} == {("highlight", 6)}


def test_a_chapter_may_tell_what_never_was(tmp_path: Path) -> None:
    """Its status is one of those of events, executed where it is not given."""
    text = f"{FRONT}## One\nstatus: planned\n\nText.\n\n## Two\n\nText.\n"
    assert [each.status for each in story(tmp_path, text).chapters] == ["planned", "executed"]


def test_text_may_follow_a_heading_at_once(tmp_path: Path) -> None:
    """A line that is no key is the text already."""
    read = story(tmp_path, FRONT + "## One\nText at once.\n")
    assert read.chapters[0].text == [{"tag": "p", "kids": ["Text at once."]}]


def test_a_title_without_letters_gets_a_number(tmp_path: Path) -> None:
    """An id is found for a heading in any script."""
    read = story(tmp_path, FRONT + "## 戦争\n\nx\n\n## 平和\n\ny\n")
    assert [chapter.id for chapter in read.chapters] == ["chapter-1", "chapter-2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello.\n", "1: has no front matter"),
        ("---\ntitle: x\n", "1: has no front matter"),
        ("---\nspan: 1941\n---\n", "1:title: is missing"),
        ("---\ntitle: x\n---\n", "1:span: is missing"),
        ("---\ntitle:\nspan: 1941\n---\n", "2:title: is missing"),
        ("---\ntitle: x: y\nspan: 1941\n---\n", "2: the front matter cannot be read"),
        ("---\ntitle: x\nspan: ../1945\n---\n", "3:span: '../1945' has an open end"),
        ("---\ntitle: x\nspan: 12/7/1941\n---\n", "3:span: '12/7/1941' is not a date"),
        ("---\ntitle: x\nspan: 1941\nopening: 1/\n---\n", "4:opening: '1/' "),
        ("---\ntitle: x\nspan: 1941\ntitel: y\n---\n", "4: 'titel' is not a key of a story"),
        ("---\ntitle: x\nspan: 1941\nspan: 1942\n---\n", "4: 'span' stands here twice"),
        ("---\ntitle: {a: b}\nspan: 1941\n---\n", "2:title: holds more than one value"),
        (FRONT.replace("span", "view: 1, 2, 3\nspan"), "3:view: '1, 2, 3' is not four numbers"),
        (FRONT.replace("span", "view: 1,2,3,2\nspan"), "3:view: '1,2,3,2' has its south above"),
        (FRONT.replace("span", "view: 1,2,3,99\nspan"), "3:view: '1,2,3,99' has a latitude"),
        (FRONT.replace("span", "view: 1,2,999,4\nspan"), "3:view: '1,2,999,4' has a longitude"),
        (FRONT.replace("span", "view: 1,2,nan,4\nspan"), "3:view: '1,2,nan,4' has a longitude"),
        (FRONT.replace("span", "view: 1,2,1,4\nspan"), "3:view: '1,2,1,4' is as narrow"),
        (FRONT.replace("span", "lang: E N\nspan"), "3:lang: 'E N' is not a language tag"),
        (FRONT + "## One\nwhen: soon\n", "6:when: 'soon' is not a date"),
        (
            FRONT + "## One\n\n## Two\nview: 1, 2\n",
            "8:view: '1, 2' is not four numbers; write west",
        ),
        (FRONT + "## One\ninset: A | 1, 2\n", "6:inset: 'A | 1, 2' is not four numbers; write a"),
        (FRONT + "## One\nview: 1,2,3,4\ninset: 1,2,3,2\n", "7:inset: '1,2,3,2' has its south"),
        (FRONT + "## One\ninset: Moscow\n", "6:inset: 'Moscow' is not four numbers; write a label"),
        (FRONT + "## One\ninset: -40, 2, -20, 4\n", "6:inset: warning: '-40, 2, -20, 4' crosses"),
        (FRONT + "## One\ninset: 1,2,3,4\nbeside: soon\n", "7:beside: 'soon' is not a date"),
        (FRONT + "## One\ninsett: x\n", "6: 'insett' is not a key of a story; did you mean inset?"),
        (FRONT + "## One\nstatus: planed\n", "6:status: 'planed' is not a status; did you mean pl"),
        (FRONT + "## One\nhighlght: a\n", "6: 'highlght' is not a key of a story; did you mean"),
        (FRONT + "## One\nselct: x\n", "6: 'selct' is not a key of a story; did you mean select?"),
        (FRONT + "## One\n\n## One\n", "7: 'one' is the id of the chapter on line 5 too"),
        (FRONT + "## One {#A b}\n", "5: 'A b' is not an id; write {#a-b}"),
        (FRONT + "##\n", "5: a chapter has no title"),
        (FRONT + "Hello <b>you</b\n", "5: '<b>' is HTML"),
        (FRONT + "\n[x](javascript:y)\n", "6: 'javascript:y' is not a link"),
        (FRONT.encode() + b"ok\n\xff\n", "6: holds bytes that are not UTF-8"),
        (b"---\ntitle: \x00\nspan: 1941\n---\n", "2: the front matter cannot be read"),
        ("---\n" + "[" * 5000 + "\n---\n", "the front matter cannot be read"),
        (b"", "1: has no front matter"),
    ],
)
def test_each_mistake_is_named_with_its_line(
    tmp_path: Path, text: str | bytes, expected: str
) -> None:
    """A mistake in a story gives a problem that says where it is."""
    _, problems = told(tmp_path, text)
    shown = [str(one) for one in problems]
    assert any(f"maps/stories/a-map.md:{expected}" in line for line in shown) or any(
        expected in line for line in shown
    ), shown
    assert all(one.hint for one in problems)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    """Reading goes on after the first mistake."""
    text = "---\nspan: x\nlang: !\nview: y\n---\n<b>\n\n## A\nwhen: z\n\n## A\n"
    _, problems = told(tmp_path, text)
    assert len(problems) >= 6


@pytest.mark.parametrize("name", ["A-Map.md", "a map.md", "index.md", "con.md", "é.md"])
def test_a_name_that_no_page_can_have_is_refused(tmp_path: Path, name: str) -> None:
    """A story's file gives its page the name, so it must be a safe one."""
    stories, problems = told(tmp_path, FRONT, name)
    assert not stories
    assert len(problems) == 1
    assert "is a name" in str(problems[0]) or "is not a name" in str(problems[0])


def test_what_editors_leave_behind_is_passed_over(tmp_path: Path) -> None:
    """Hidden files, lock files and drafts that begin with an underscore are no stories."""
    told(tmp_path, "x", "~$a-map.md")
    told(tmp_path, "x", ".a-map.md")
    assert told(tmp_path, "x", "_draft.md") == ([], [])


def test_a_project_without_stories_has_none(tmp_path: Path) -> None:
    """A missing folder is no problem."""
    assert read_stories(tmp_path) == ([], [])


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    """A story that is a symbolic link to a file elsewhere is not read."""
    outside = tmp_path / "secret.md"
    outside.write_text(FRONT, encoding="utf-8")
    folder = tmp_path / "project" / "maps" / "stories"
    folder.mkdir(parents=True)
    try:
        (folder / "a-map.md").symlink_to(outside)
    except OSError:
        pytest.skip("this system lets nobody make a symbolic link")
    stories, problems = read_stories(tmp_path / "project")
    assert not stories
    assert "leads outside the project" in str(problems[0])


@pytest.mark.parametrize(
    ("whens", "span"),
    [
        (["-0489-09-12", "1850-06"], "-0489/1850"),
        (["1941-12-07", "1941-12-08T01:00Z"], "1941-12-07/1941-12-08"),
        (["1941-12-07"], "1941-12-07"),
        (["1939/..", "../1945"], "1939/1945"),
        (["Y-17000", "Y-12000"], "Y-17000/Y-12000"),
        (["1970-01-01", "9999-12-31"], "1970/9999"),
        (["-9999-01-01", "0001"], "-9999/0001"),
        (["2000-02-29", "2001-01-01"], "2000-02-29/2001-01-01"),
        (["-0489-09-12"], "-0489-09-12"),
        (["0000-03-01", "-0001-12-31"], "-0001-12-31/0000-03-01"),
        (["Y12000"], "Y12000"),
    ],
)
def test_without_a_story_the_events_make_one(
    an_event: Callable[..., Event], whens: list[str], span: str
) -> None:
    """Its span is that of the events in whole years, or in days where it is short."""
    made = story_of([an_event(when=When.parse(when)) for when in whens], "my_first-war")
    assert made
    assert (made.slug, made.title) == ("map", "My first war")
    assert made.span == When.parse(span)
    assert all(made.reaches(When.parse(when)) for when in whens)


def test_without_dates_there_is_no_story() -> None:
    """No event, no map."""
    assert story_of([], "x") is None


@pytest.mark.parametrize(
    ("keys", "line", "told_as"),
    [
        ("\nwhen: 1941\n", 7, "when: 'when: 1941'"),
        ("when:1941\n", 6, "when: 'when:1941'"),
        (" view: 1, 2, 3, 4\n", 6, "view: 'view: 1, 2, 3, 4'"),
        ("when: 1941\nselect:x\n", 7, "select: 'select:x'"),
        ("\ninset: 1, 2, 3, 4\n", 7, "inset: 'inset: 1, 2, 3, 4'"),
        ("when: 1941\n beside: 1942\n", 7, "beside: 'beside: 1942'"),
        ("when: 1941\n\nlayers: north\n", 8, "layers: 'layers: north'"),
        ("\npicture: a.png\n", 7, "picture: 'picture: a.png'"),
    ],
)
def test_a_key_that_would_be_text_is_named(
    tmp_path: Path, keys: str, line: int, told_as: str
) -> None:
    """A key of a chapter after an empty line, indented or without its space is a problem."""
    said = problem(tmp_path, f"{FRONT}## A\n{keys}\nText.\n")
    assert said.startswith(f"{line}:{told_as} is read as text, not as a key; write ")


def test_words_with_a_colon_are_text(tmp_path: Path) -> None:
    """A paragraph may begin with a word and a colon, as long as it is no key."""
    assert story(tmp_path, f"{FRONT}## A\n\nWhere: here.\n").chapters[0].text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("? [a, b]\n: c", "4: is not a key; write each as key: value"),
        ('lang: "e\\ud800n"', "has a character that no page can hold"),
        ('layers: [a, "e\\ud800n"]', "has a character that no page can hold"),
        ("lang: de # of Germany", "'# of Germany' is a comment and would be left out"),
        ("layers: [a, b] # c", "'# c' is a comment and would be left out"),
        ("opening: 1940/1941", "'1940/1941' lies partly outside the story's span, 1941"),
        ("view: 1, 85, 2, 86", "lies off the sheet, which runs from 62° S to 84° N"),
    ],
)
def test_odd_front_matter_is_a_problem(tmp_path: Path, line: str, message: str) -> None:
    """Keys and values that YAML has and a page has not are named, each with its line."""
    _, problems = told(tmp_path, f"---\ntitle: T\nspan: 1941\n{line}\n---\n")
    assert message in str(problems[0])
    assert problems[0].line == 4


@pytest.mark.parametrize("title", ['"a\\ud800b"', '"a\\0b"', "a\0b"])
def test_a_title_that_no_page_can_hold_is_one_problem(tmp_path: Path, title: str) -> None:
    """Half a surrogate or a NUL in the title is told and ends in no traceback."""
    _, problems = told(tmp_path, f"---\ntitle: {title}\nspan: 1941\n---\n")
    assert problems
    assert problems[0].line == 2


def test_a_comment_on_a_line_of_its_own_is_none_of_our_business(tmp_path: Path) -> None:
    """Notes between the keys are left out, and a # within quotes or a word is text."""
    read = story(tmp_path, '---\n# a note\ntitle: "War #1"\n# b\nspan: 1941\nlang:\n# c\n---\n')
    assert read.title == "War #1"
    assert story(tmp_path, "---\ntitle: C#\nspan: 1941\n---\n").title == "C#"


def test_a_view_across_the_seam_is_cut_with_a_warning(tmp_path: Path) -> None:
    """The warning names the line and the part that is shown; the whole sheet is no such view."""
    said = problem(tmp_path, f"{FRONT}## A\nview: -80, 20, 10, 60\n\nText.\n")
    assert said.startswith("6:view: warning: '-80, 20, 10, 60' crosses 30° W")
    assert "cut to -80, 20, -30, 60" in said
    story(tmp_path, f"{FRONT}## A\nview: -180, -90, 180, 90\n")
    story(tmp_path, f"{FRONT}## A\nview: 60, -15, -120, 65\n")


def test_two_files_do_not_make_one_page(tmp_path: Path) -> None:
    """Stories whose names differ in capitals only are a problem."""
    told(tmp_path, FRONT, "a.md")
    _, problems = told(tmp_path, FRONT, "a.MD")
    if len(list((tmp_path / "maps" / "stories").iterdir())) == 1:
        pytest.skip("this system holds the two names for one")
    assert [str(each) for each in problems] == [
        "maps/stories/a.md: 'a.md' would be the same page as a.MD; rename one of the two"
    ]


def test_too_large_a_story_is_refused(tmp_path: Path) -> None:
    """Brackets without end would take minutes to read: no story is as long as that."""
    folder = tmp_path / "maps" / "stories"
    folder.mkdir(parents=True)
    (folder / "a-map.md").write_text(FRONT + "[" * 2_000_000, encoding="utf-8")
    stories, problems = read_stories(tmp_path)
    assert not stories
    assert str(problems[0]) == (
        "maps/stories/a-map.md: is larger than 2 MB; make several stories of it"
    )


def test_a_link_to_itself_is_a_problem(tmp_path: Path) -> None:
    """A story file that leads round in a circle is named and ends in no traceback."""
    folder = tmp_path / "maps" / "stories"
    folder.mkdir(parents=True)
    try:
        (folder / "a-map.md").symlink_to("a-map.md")
    except OSError:
        pytest.skip("this system lets nobody make a symbolic link")
    stories, problems = read_stories(tmp_path)
    assert not stories
    assert len(problems) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_story(tmp_path: Path) -> None:
    """A named pipe is a problem; nobody waits for what may come out of it."""
    folder = tmp_path / "maps" / "stories"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "a-map.md")
    assert [each.message for each in read_stories(tmp_path)[1]] == ["is not a file"]
