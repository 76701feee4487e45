"""The page is one file that nothing in a table can break, and that asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from events.record import Event
from maps.page import PLAYER, player_script, render_page
from maps.scene import build_scene
from maps.site import read_project
from maps.story import story_of

MODULES = sorted(PLAYER.glob("*.js"))
IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?:const|async function|function|class) (\w+)", re.MULTILINE)
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "-->",
    "]]>",
    "a line\u2028another\u2029",
    "{{ 7*7 }}{% raw %}{# no #}",
    "<!-- title --><!-- map -->",
    "\ud800 alone \udfff",
    "nul \0, bell \a, tab \t, line\r\n",
    'quotes " \\" \\\\" and \' ends \\',
    "& &amp; &lt;",
    "\u202eeurtsi\u202c",
]


@cache
def page() -> str:
    """The page of the five-event war."""
    read = read_project(Path(__file__).parent / "project")
    return render_page(build_scene(read.stories[0], read.tables, read.ground))


def test_no_text_of_the_tables_becomes_part_of_the_page(project: Path) -> None:
    """A scene of hostile texts makes a page with the elements of any other, and in UTF-8."""
    read = read_project(project)
    scene = build_scene(read.stories[0], read.tables, read.ground)
    scene["events"] |= {
        column: [HOSTILE[0] + HOSTILE[5] + HOSTILE[6]] * 5
        for column in ("title", "label", "place", "summary")
    }
    harmed = render_page(scene | {"title": HOSTILE[0], "credit": HOSTILE[6], "lang": '"><b x="'})
    elements = re.compile(r"<(?:script|style|div|section|b|li|h1|title)\b(?= |>)")
    assert [*elements.findall(harmed)] == [*elements.findall(page())]
    assert HOSTILE[5] in unescape(harmed)
    assert harmed.encode()


def test_the_policy_allows_this_page_and_nothing_else() -> None:
    """Its digests are those of the very scripts and styles of the page, and there is no network."""
    text = page()
    content = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert content
    rules = dict(rule.split(" ", 1) for rule in unescape(content[1]).split("; "))
    for rule, element in (("script-src", "script"), ("style-src", "style")):
        inside = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        assert len(inside) >= 3
        digests = [hashlib.sha256(one.encode()).digest() for one in inside]
        allowed = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
        assert rules[rule].split() == allowed
    assert (rules["default-src"], rules["connect-src"]) == ("'none'", "'none'")
    assert rules["img-src"] == "data: blob:"


def test_the_page_names_no_other_file() -> None:
    """No element takes anything from elsewhere; the one link leads to the list of maps."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", page(), flags=re.DOTALL)
    assert re.findall(r'\b(?:src|href|srcset|action|poster)="([^"]*)"', text) == ["index.html"]
    assert "sourceMappingURL" not in page()
    assert not re.search(r"@import|url\((?!['\"]?(?:data:|#))(?!images/)", page())


def test_the_scene_is_in_the_page_once() -> None:
    """The player finds its four blocks, and nothing in them could be markup or a template."""
    blocks = re.findall(r'<script type="text/plain" id="(\w+)">([^<]*)</script>', page())
    assert [name for name, _ in blocks] == ["scene", "ground", "numbers", "texts"]
    scene, _, _, texts = (
        zlib.decompress(base64.b64decode(block, validate=True)) for _, block in blocks
    )
    assert json.loads(scene)["slug"] == "two-lamps"
    assert b'holds "quotes", <b>signs</b> and {{ 7*7 }}.' in texts


def test_without_javascript_the_events_are_a_list() -> None:
    """Dates, titles, places and summaries stand in the page as plain text."""
    plain = unescape(page().partition("<noscript>")[2].partition("</noscript>")[0])
    assert plain.count("<li>") == 5
    assert "<b>9–11 May 1887</b> Battle of the Rock, Attu. Three days of fog" in plain


def test_of_many_events_the_first_are_a_list(an_event: Callable[..., Event]) -> None:
    """Of 251 events 250 are listed for readers without JavaScript, and it says that one is not."""
    read = read_project(Path(__file__).parent / "project")
    events = tuple(an_event(id=f"e{n}", title=f"Event {n}") for n in range(251))
    story = story_of(events, "many")
    assert story
    scene = build_scene(story, replace(read.tables, events=events), read.ground)
    plain = render_page(scene).partition("<noscript>")[2].partition("</noscript>")[0]
    assert plain.count("<li>") == 251
    assert "and 1 more" in plain


def without_remarks(text: str) -> Iterator[str]:
    """The lines that are no remark; none of those may lie within a text between backticks."""
    within, ticks = False, 0
    for line in text.splitlines(keepends=True):
        plain = line.strip()
        remark = within or plain.startswith(("//", "/*"))
        if remark:
            assert ticks % 2 == 0, line
            within = (within or plain.startswith("/*")) and not plain.endswith("*/")
        else:
            ticks += re.sub(r"/\[[^]]*\]/", "", line.partition(" // ")[0]).count("`")
            yield line


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_module_is_in_the_script_once_and_whole(module: Path) -> None:
    """Between its head and what it gives stand its own lines but for remarks, and nowhere else."""
    _, *rest = player_script().split(f"const {module.stem}Module = (() => {{\n")
    assert len(rest) == 1
    joined = rest[0].partition("\nreturn { ")[0].rstrip("\n")
    told = "".join(without_remarks(module.read_text(encoding="utf-8")))
    own = IMPORT.sub(r"const { \1 } = \2Module;", told)
    assert joined == re.sub("^export ", "", own, flags=re.MULTILINE).rstrip("\n")


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_module_has_the_forms_that_are_joined(module: Path) -> None:
    """Imports are plain names that the other module exports; exports are declarations; names of a
    module are declared or imported once, or the script would be a syntax error.
    """
    text = module.read_text(encoding="utf-8")
    assert len(IMPORT.findall(text)) == len(re.findall(r"^\s*import\b", text, re.MULTILINE))
    assert len(EXPORT.findall(text)) == len(re.findall(r"^\s*export\b", text, re.MULTILINE))
    names = DECLARED.findall(text)
    for imported, other in IMPORT.findall(text):
        wanted = imported.split(", ")
        exported = EXPORT.findall((PLAYER / f"{other}.js").read_text(encoding="utf-8"))
        assert set(wanted) <= set(exported), other
        names += wanted
    assert len(names) == len(set(names))


def test_a_module_stands_after_those_that_it_imports() -> None:
    """No module is asked for what it exports before it has run, so none import one another."""
    script = player_script()
    for module in MODULES:
        for _, other in IMPORT.findall(module.read_text(encoding="utf-8")):
            one, two = (script.index(f"const {name}Module = ") for name in (other, module.stem))
            assert one < two, (other, module.stem)
