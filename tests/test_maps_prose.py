"""A story's Markdown becomes nodes; whatever a page may not hold becomes a problem."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.prose import allowed, parts, plain

TAGS = {"p", "h3", "ul", "ol", "li", "blockquote", "em", "strong", "code", "br", "a", "cite"}
Complaints = list[tuple[int | None, str | None, str]]


def read(text: str, line: int = 1) -> tuple[list[dict], Complaints]:
    """The blocks of a text without chapters, and what was complained of: line, value, message."""
    complaints: Complaints = []

    def complain(
        line: int | None, column: str | None, value: str | None, message: str, hint: str
    ) -> None:
        complaints.append((line, value, message))
        assert column is None
        assert hint

    return parts(text, line, complain)[0].blocks, complaints


def tags(nodes: list) -> set[str]:
    """Every tag in some nodes, at any depth."""
    found = set()
    for node in nodes:
        if isinstance(node, dict):
            found |= {node["tag"]} | tags(node["kids"])
    return found


def test_a_paragraph_holds_strings_and_marks() -> None:
    """Emphasis, links and code become nodes, and the words between them strings."""
    nodes, complaints = read("One *two* **three** [four](https://example.org) `five`.")
    assert not complaints
    assert nodes == [
        {
            "tag": "p",
            "kids": [
                "One ",
                {"tag": "em", "kids": ["two"]},
                " ",
                {"tag": "strong", "kids": ["three"]},
                " ",
                {"tag": "a", "kids": ["four"], "href": "https://example.org"},
                " ",
                {"tag": "code", "kids": ["five"]},
                ".",
            ],
        }
    ]


def test_a_tight_list_holds_its_words_directly() -> None:
    """The paragraphs that Markdown hides in a tight list do not come out as paragraphs."""
    nodes, _ = read("- one\n- two")
    assert nodes == [
        {"tag": "ul", "kids": [{"tag": "li", "kids": ["one"]}, {"tag": "li", "kids": ["two"]}]}
    ]


def test_a_citation_is_a_node_with_its_line() -> None:
    """`[@ID]` becomes a cite node, and is noted with the line on which it stands."""
    part = parts("First,\nthen [@COOX1985] and\n[@B2].", 10, lambda *_: None)[0]
    assert {"tag": "cite", "kids": ["COOX1985"]} in part.blocks[0]["kids"]
    assert part.citations == [(11, "COOX1985"), (12, "B2")]


def test_an_escaped_or_quoted_citation_is_text() -> None:
    """A backslash or a code mark keeps `[@ID]` as it is."""
    nodes, _ = read(r"\[@ID] and `[@ID]`")
    assert "cite" not in tags(nodes)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a <b>c</b>", "<b>"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("<!-- note -->", "<!-- note -->"),
        ("![alt](x.png)", "alt"),
        ("```\ncode\n```", "code"),
        ("***", "***"),
        ("# Large", "#"),
        ("#### Tiny", "####"),
    ],
)
def test_what_a_story_cannot_hold_is_a_problem(text: str, value: str) -> None:
    """HTML, pictures, code blocks, rules and other headings are named with their line."""
    nodes, complaints = read("Fine.\n\n" + text)
    assert complaints
    assert complaints[0][:2] == (3, value)
    assert tags(nodes) <= TAGS


def test_escaped_signs_are_no_html() -> None:
    r"""`\<b>` is text that shows a sign, not HTML."""
    nodes, complaints = read(r"2 \< 3 and \<b>")
    assert not complaints
    assert nodes == [{"tag": "p", "kids": ["2 < 3 and <b>"]}]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#x73;cript:alert(1)",
        "java&Tab;script:alert(1)",
        "<java\tscript:alert(1)>",
        "%6aavascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/x",
        r"<\\\\example.org\x>",
        "C:/x",
    ],
)
def test_a_dangerous_link_is_plain_text_and_a_problem(url: str) -> None:
    """Only http, https, mailto and relative links survive, whatever disguise is tried."""
    nodes, complaints = read(f"[words]({url})")
    assert [message for _, _, message in complaints] == ["is not a link that a page may hold"]
    assert nodes == [{"tag": "p", "kids": ["words"]}]


@pytest.mark.parametrize(
    "url",
    ["https://example.org/a?b=c#d", "http://x", "mailto:a@b.org", "#t=1941", "b.html", "../x"],
)
def test_an_honest_link_is_kept(url: str) -> None:
    """Links to the web, to mail, and within the site are kept as they are."""
    assert allowed(url)
    nodes, complaints = read(f"[x]({url})")
    assert not complaints
    assert nodes[0]["kids"][0]["href"] == url


def test_a_second_level_heading_cuts_the_text() -> None:
    """Each `##` begins a part with its heading and line; lists and quotes cannot hold one."""
    found = parts("Intro.\n\n## One\n\nText.\n\n## Two {#b}\n", 5, lambda *_: None)
    assert [(part.heading, part.line) for part in found] == [
        (None, 5),
        ("One", 7),
        ("Two {#b}", 11),
    ]
    assert plain(found[1].blocks) == "Text."


def test_a_reference_may_be_defined_in_another_chapter() -> None:
    """A link by reference finds its address anywhere in the file."""
    found = parts("[x][1]\n\n## One\n\n[1]: https://example.org\n", 1, lambda *_: None)
    assert found[0].blocks[0]["kids"][0]["href"] == "https://example.org"


def test_plain_words_leave_marks_and_citations_out() -> None:
    """The gallery's words are those of the text, without its marks."""
    nodes, _ = read("One *two*\nthree [@X].")
    assert plain(nodes) == "One two\nthree."


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Any text gives JSON of the known tags, and never an exception."""
    nodes, _ = read(text)
    assert tags(nodes) <= TAGS
    json.dumps(nodes)


@given(st.text(alphabet="[]()<>!#*_`-+ \n\\&;:@/.x1=\"'", max_size=120))
def test_no_mixture_of_signs_breaks_the_reading(text: str) -> None:
    """Nor does any mixture of Markdown's own signs."""
    nodes, _ = read(text)
    assert tags(nodes) <= TAGS


@pytest.mark.parametrize("text", ["*a " * 3000 + "a*" * 3000, "**a " * 3000 + "a**" * 3000])
def test_marks_nested_too_deep_are_one_problem(text: str) -> None:
    """Thousands of marks within marks become plain words and a problem, not a traceback."""
    nodes, complaints = read(text)
    assert {message for _, _, message in complaints} == {"is nested too deep"}
    assert json.dumps(nodes)
    assert "a" in plain(nodes)


def test_each_source_is_cited_by_itself() -> None:
    """Several in one bracket, or a page with one, would stand there as text: that is said."""
    told: list[object] = []
    parts("Known [@a; @b], [@a, p. 5], \\[@a b].", 1, lambda *told_of: told.append(told_of))
    assert [(line, text) for line, _, text, *_ in told] == [(1, "[@a; @b]"), (1, "[@a, p. 5]")]
