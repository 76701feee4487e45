"""The words of a story as slides have them: paragraphs of runs, and the sources that they cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from maps.prose import Node, plain

_BLOCKS = frozenset(("p", "h3", "li", "blockquote"))
_LONGEST_WORD = 40  # signs; a longer one is cut in the middle
_NESTING = frozenset(("ul", "ol", "blockquote"))


class Run(NamedTuple):
    """Some words that look alike."""

    text: str
    is_strong: bool = False
    is_emphasised: bool = False
    href: str = ""


def paragraphs(nodes: Iterable[Node | str]) -> Iterator[list[Run]]:
    """Each paragraph of a text as runs, without citations; an item of a list is one."""
    for node in nodes:
        if isinstance(node, str):
            continue
        tag, kids = node["tag"], node["kids"]
        if tag in _NESTING:
            yield from paragraphs(kids)
        elif tag in _BLOCKS:
            inline = [kid for kid in kids if isinstance(kid, str) or kid["tag"] not in _NESTING]
            bullet = [Run("• ")] if tag == "li" else []
            runs = _joined(_runs(inline, Run("", is_strong=tag == "h3")))
            if runs:
                yield [*bullet, *runs]
            yield from paragraphs(kid for kid in kids if kid not in inline)


def cited(nodes: Iterable[Node | str]) -> list[str]:
    """The ids of the sources that a text cites, in its order, each once."""
    return list(dict.fromkeys(_citations(nodes)))


def shortened(texts: list[list[Run]], most: int) -> list[list[Run]]:
    """The first `most` signs of some paragraphs, with … for what is left.

    They are cut after a word if one ends near.
    """
    kept: list[list[Run]] = []
    for runs in texts:
        kept.append([])
        for run in runs:
            if len(run.text) <= most:
                kept[-1].append(run)
                most -= len(run.text)
                continue
            begin, _, rest = run.text[:most].rpartition(" ")
            cut = begin if len(rest) < _LONGEST_WORD else run.text[:most]  # Japanese has no spaces
            kept[-1].append(run._replace(text=cut + " …"))
            return kept
    return kept


def length(texts: Iterable[list[Run]]) -> int:
    """How many signs some paragraphs have."""
    return sum(len(run.text) for runs in texts for run in runs)


def _runs(nodes: Iterable[Node | str], like: Run) -> Iterator[Run]:
    for node in nodes:
        if isinstance(node, str):
            yield like._replace(text=" ".join(node.split("\n")))
        elif node["tag"] == "cite":
            yield like._replace(text="\b")  # takes the space before it along
        elif node["tag"] == "br":
            yield like._replace(text=" ")
        else:
            yield from _runs(
                node["kids"],
                Run(
                    "",
                    like.is_strong or node["tag"] == "strong",
                    like.is_emphasised or node["tag"] == "em",
                    node.get("href", like.href),
                ),
            )


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Runs that look alike as one, without what citations leave behind."""
    joined: list[Run] = []
    for run in runs:
        if run.text == "\b":
            if joined:
                joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip(" "))
        elif joined and joined[-1][1:] == run[1:]:
            joined[-1] = joined[-1]._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return [run for run in joined if run.text]


def _citations(nodes: Iterable[Node | str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            continue
        if node["tag"] == "cite":
            yield plain(node["kids"])
        yield from _citations(node["kids"])
