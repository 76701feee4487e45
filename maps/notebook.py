"""A map in a notebook: one expression gives an object that shows itself, and needs no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from events.problem import Problem
from maps.again import reading
from maps.asking import chapter_of, check_reached, moment_of
from maps.report import stops
from maps.site import choose_stories, made_page
from maps.story import Story

OWN = Path(__file__).parents[1]  # the atlas that comes with the code
TABLE = Path("events/tables/events.csv")
THEMES = ("auto", "light", "dark")
LEAST_HEIGHT, MOST_HEIGHT = 120, 4000  # CSS pixels


class CannotShow(ValueError):
    """There is nothing to show; the words say why, a line for each problem."""

    def __init__(self, words: str, problems: Sequence[Problem] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join([words, *map(str, problems)]))

    def _render_traceback_(self) -> list[str]:
        """What a notebook prints: the words, not how we came here."""
        return str(self).splitlines()


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A map that a notebook shows: a whole page in a frame of its own."""

    story: str
    page: str
    height: int

    def __repr__(self) -> str:
        return f"<the map {self.story}, which a notebook shows>"

    def _repr_html_(self) -> str:
        text = self.page.replace("&", "&amp;").replace('"', "&quot;")
        style = f"width:100%;height:{self.height}px;border:0;display:block"
        return (
            f'<iframe srcdoc="{text}" title="{escape(self.story)}" style="{style}" '
            'sandbox="allow-scripts" allow="fullscreen"></iframe>'
        )


@dataclass(frozen=True, slots=True, repr=False)
class Stories:
    """The maps that a project has, in words."""

    stories: tuple[Story, ...]

    def __repr__(self) -> str:
        lines = [f'maps.show("{one.slug}")  {one.title}, {one.span.label}' for one in self.stories]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        lines = [
            f"<li><code>maps.show(&quot;{escape(one.slug)}&quot;)</code> "
            f"{escape(one.title)}, {escape(one.span.label)}</li>"
            for one in self.stories
        ]
        return f"<ul>{''.join(lines)}</ul>"


def show(
    story: str | None, project: Path, at: str | None, chapter: str | None, height: int, theme: str
) -> Shown | Stories:
    """What `maps.show` gives. Raises CannotShow."""
    if theme not in THEMES:
        raise CannotShow(f"{theme!r} is no theme; there are: {', '.join(THEMES)}")
    if not (isinstance(height, int | float) and LEAST_HEIGHT <= height <= MOST_HEIGHT):
        raise CannotShow(f"a height of {height} pixels; write {LEAST_HEIGHT} to {MOST_HEIGHT}")
    with reading(_folder(project)) as (read, memory):
        if stops(read.problems, strict=False):
            errors = [each for each in read.problems if each.severity == "error"]
            raise CannotShow("nothing is shown before this is mended:", errors)
        if story is None and len(read.stories) > 1:
            return Stories(read.stories)
        try:
            (chosen,) = choose_stories(read.stories, [story] if story else None)
            address = _address(chosen, at, chapter, theme)
        except ValueError as wrong:
            raise CannotShow(str(wrong)) from None
        page = made_page(read, chosen, memory)
    asked = f'<html data-address="{escape(address)}" '
    return Shown(chosen.slug, page.replace("<html ", asked, 1), height)


def _folder(project: Path) -> Path:
    """The folder of a project, from where we are, or else from the code's own."""
    if (project / TABLE).is_file():
        return project
    if (OWN / project / TABLE).is_file():
        return OWN / project
    if project.is_dir():
        return project  # its problems say what it lacks
    raise CannotShow(f"there is no folder {str(project)!r}; write project= and the path of one")


def _address(story: Story, at: str | None, chapter: str | None, theme: str) -> str:
    """What the page is asked for, as an address has it. ValueError where it cannot be."""
    parts = []
    if at is not None:
        when = moment_of(at)
        check_reached(story, when)
        parts.append(f"t={quote(when.text, safe='')}")
    if chapter is not None:
        parts.append(chapter_of(story, chapter).address)
    return f"?embed=1{'' if theme == 'auto' else f'&theme={theme}'}#{'&'.join(parts)}"
