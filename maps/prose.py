"""A story's text: Markdown -> blocks of plain JSON from which the page builds its elements.

A block is `{"tag": "p", "kids": [...]}`; a kid is a string or another such node. Tags: p, h3, ul,
ol, li, blockquote, em, strong, code, br, `a` with its `href`, and `cite` with the id of a source.
Nothing here is ever HTML: strings are shown as they are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

Node = dict[str, Any]
Kids = list[Any]
# Called with the line, the key (column), the text at fault, what is wrong with it and the cure.
Complain = Callable[[int, str | None, str | None, str, str], None]

_CITATION = re.compile(r"\[@([^\]]+)\]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = {"http", "https", "mailto"}
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")

_CONTAINERS = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "heading": "h3",
    "em": "em",
    "strong": "strong",
}
_REFUSED = {
    "html_block": ("is HTML, which a story cannot hold", "write it in Markdown"),
    "html_inline": ("is HTML, which a story cannot hold", r"write Markdown, or \< for the sign"),
    "image": (
        "is a picture within a text, where a story cannot show one",
        "write picture: below the heading of its chapter",
    ),
    "fence": ("is a code block, which a story cannot show", "write a plain paragraph"),
    "code_block": ("is indented by four spaces, which makes it a code block", "indent it less"),
    "cites": ("cites more than a source", "write [@id] for each, and pages in the text"),
    "hr": ("is a rule, which a story cannot show", "leave it out"),
}
_DEEPEST = 50  # marks within marks; some thousands would be too many for Python and JSON


class Part(NamedTuple):
    """The text under one heading: its blocks, and each citation in them with its line."""

    heading: str | None
    line: int
    blocks: list[Node]
    citations: list[tuple[int, str]]


def parts(text: str, line: int, complain: Complain) -> list[Part]:
    """A Markdown text that begins at `line`, cut at each `## Heading`; the first part has none.

    What a story cannot hold is complained of, and stands in the blocks as plain text.
    """
    tokens = _markdown().parse(text)
    heads = [index for index, token in enumerate(tokens) if _begins_chapter(token)]
    bounds = [0, *heads, len(tokens)]
    return [_part(tokens[begin:end], line, complain) for begin, end in itertools.pairwise(bounds)]


def _begins_chapter(token: Token) -> bool:
    return token.type == "heading_open" and token.markup == "##" and token.level == 0


def _part(tokens: list[Token], line: int, complain: Complain) -> Part:
    heading = None
    builder = _Builder(line, complain)
    begins = line + (tokens[0].map or [0])[0] if tokens else line
    if tokens and _begins_chapter(tokens[0]):
        heading, tokens = plain(builder.build(tokens[1:2])), tokens[3:]
    return Part(heading, begins, builder.build(tokens), builder.citations)


def plain(nodes: Iterable[Node | str]) -> str:
    """The words of some nodes without their marks; citations are left out."""
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif node["tag"] == "br":
            parts.append(" ")
        elif node["tag"] == "cite":
            parts = ["".join(parts).rstrip()]
        else:
            parts.append(plain(node["kids"]))
    return "".join(parts)


def allowed(url: str) -> bool:
    """Whether a link leads where a link may: http, https, mailto, or within the site."""
    bare = _UNSEEN.sub("", unquote(url)).replace("\\", "/")
    scheme = _SCHEME.match(bare)
    if scheme:
        return scheme[1].lower() in _SCHEMES
    return bool(bare) and not bare.startswith("//")


@cache
def _markdown() -> MarkdownIt:
    """The parser. HTML is recognised, which is how it is found, but never passed on."""
    markdown = MarkdownIt("commonmark", {"html": True})
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # `allowed` judges
    markdown.inline.ruler.before("link", "cite", _cite)
    return markdown


def _cite(state: StateInline, silent: bool) -> bool:
    """`[@ID]` cites the source with that id."""
    found = _CITATION.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        is_one = not re.search(r"\s", found[1])
        state.push("cite" if is_one else "cites", "cite", 0).content = found[is_one]
    state.pos = found.end()
    return True


class _Builder:
    """Makes nodes of tokens, keeping count of the line for complaints."""

    def __init__(self, line: int, complain: Complain) -> None:
        self.start = self.line = line
        self.complain = complain
        self.citations: list[tuple[int, str]] = []

    def build(self, tokens: Iterable[Token]) -> Kids:
        """The nodes of a flat run of tokens, nested by their opening and closing ones."""
        nest: list[Kids] = [[]]
        for token in tokens:
            if token.map:
                self.line = self.start + token.map[0]
            if token.nesting == 1:
                nest.append(self.nested(token, nest))
            elif token.nesting == -1:
                nest.pop()
            else:
                for kid in self.leaf(token):
                    _add(nest[-1], kid)
        return nest[0]

    def nested(self, token: Token, nest: list[Kids]) -> Kids:
        """Where the kids go of what an opening token begins; nested too deep they stay bare."""
        if len(nest) <= _DEEPEST:
            return self.opened(token, nest[-1])
        if len(nest) == _DEEPEST + 1:
            hint = "write it with fewer marks within marks"
            self.complain(self.line, None, token.markup or None, "is nested too deep", hint)
        return nest[-1]

    def opened(self, token: Token, within: Kids) -> Kids:
        """Where the kids go of what an opening token begins; `within` itself for a bare one."""
        kind = token.type.removesuffix("_open")
        if token.hidden:  # the paragraphs of a tight list
            return within
        if kind == "link":
            return self.link(str(token.attrs["href"]), within)
        if kind == "heading":
            self.check_heading(token)
        node: Node = {"tag": _CONTAINERS[kind], "kids": []}
        within.append(node)
        return node["kids"]  # type: ignore[no-any-return]

    def link(self, url: str, within: Kids) -> Kids:
        """A link, or its bare words where it leads anywhere else than it may."""
        if not allowed(url):
            hint = "begin it with https://, http:// or mailto:"
            self.complain(self.line, None, url, "is not a link that a page may hold", hint)
            return within
        node: Node = {"tag": "a", "kids": [], "href": url}
        within.append(node)
        return node["kids"]  # type: ignore[no-any-return]

    def check_heading(self, token: Token) -> None:
        """Only small headings stand within a text; the large ones cut it."""
        if token.tag != "h3":
            hint = "write ## before a chapter's title and ### within its text"
            self.complain(
                self.line, None, token.markup, "is not a heading that can stand here", hint
            )

    def leaf(self, token: Token) -> Kids:
        """What a token without an end stands for."""
        if token.type == "inline":
            return self.build(token.children or [])
        if token.type == "softbreak":
            self.line += 1
            return ["\n"]
        if token.type == "hardbreak":
            self.line += 1
            return [{"tag": "br", "kids": []}]
        if token.type == "code_inline":
            return [{"tag": "code", "kids": [token.content]}]
        if token.type == "cite":
            self.citations.append((self.line, token.content))
            return [{"tag": "cite", "kids": [token.content]}]
        if token.type in _REFUSED:
            self.refuse(token)
        return [token.content] if token.content else []

    def refuse(self, token: Token) -> None:
        """Complains of something that Markdown has and a story has not."""
        message, hint = _REFUSED[token.type]
        first = (token.content or token.markup[:3]).strip().partition("\n")[0]
        self.complain(self.line, None, first[:80], message, hint)


def _add(kids: Kids, kid: Node | str) -> None:
    """Appends a kid, joining it to a string before it."""
    if isinstance(kid, str) and kids and isinstance(kids[-1], str):
        kids[-1] += kid
    else:
        kids.append(kid)
