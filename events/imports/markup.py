"""XML without its dangers, and HTML as the text that a reader would see."""

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from xml.parsers import expat

from events.imports.sheet import DEEPEST
from events.table import Unreadable

Element = ET.Element
_TAG = re.compile(r"<[a-zA-Z!/][^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4"}
_UNREAD = {"script", "style"}


def parse_xml(raw: bytes) -> Element:
    """The root of a document, names without their namespaces; Unreadable where it is no XML.

    A DOCTYPE is refused before any entity of it could grow, and so is what is nested too deep.
    """
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            message = f"nests its elements deeper than {DEEPEST}"
            raise Unreadable(message, "", parser.CurrentLineNumber)
        builder.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(name))

    def refuse(*_: object) -> None:
        raise Unreadable("has a DOCTYPE", "delete it: no map needs one", parser.CurrentLineNumber)

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as fault:
        raise Unreadable(
            f"is not sound XML: {expat.ErrorString(fault.code)}", "", fault.lineno
        ) from None
    except (LookupError, ValueError):
        raise Unreadable("is in an encoding that nobody knows", "save it as UTF-8") from None
    return builder.close()


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def child_text(element: Element, path: str) -> str:
    """The text of the first element at a path below, stripped; "" where there is none."""
    return (element.findtext(path) or "").strip()


def plain_text(text: str) -> str:
    """HTML as text, links with their addresses behind them; other text as it is."""
    if not _TAG.search(text):
        return text.strip()
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = ("".join(reader.parts)).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.links: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in _UNREAD
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in _UNREAD and self.unread > 0
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag == "a" and self.links:
            address = self.links.pop()
            if address:
                self.parts.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.parts.append(data)
