"""A notebook's expression: what it gives, where it looks, and what it says when it cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import maps
from maps import site
from maps.notebook import OWN, CannotShow, Shown, Stories
from shipped import shipped_project


def shown(project: Path, **asked: str) -> Shown:
    """The one map of a project."""
    found = maps.show(project=project, **asked)  # type: ignore[arg-type]
    assert isinstance(found, Shown)
    return found


def test_importing_maps_loads_nothing_slow() -> None:
    """`import maps` takes nothing but itself."""
    code = "import sys, maps; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=OWN, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    assert not {"numpy", "shapely", "yaml", "folium", "events", "geodata"} & set(loaded)
    assert [name for name in loaded if name.startswith("maps.")] == []


def test_a_project_of_one_story_needs_no_name(project: Path) -> None:
    """The frame holds the whole page, which says itself where it opens."""
    found = shown(project, chapter="across-the-date-line", theme="dark")
    html = found._repr_html_()
    assert html.startswith('<iframe srcdoc="<!DOCTYPE html>\n<html data-address=&quot;')
    assert "?embed=1&amp;amp;theme=dark#ch=across-the-date-line&quot; " in html
    assert html.endswith('sandbox="allow-scripts" allow="fullscreen"></iframe>')
    assert html.count('"') == 10  # of the frame's own attributes; none of the page's ends one
    assert repr(found) == "<the map two-lamps, which a notebook shows>"


def test_of_several_stories_the_list_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From any folder the atlas of the code is there: its maps in words, and how each is shown."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(site, "read_project", lambda project, *_: shipped_project())
    found = maps.show()
    assert isinstance(found, Stories)
    assert 'maps.show("khalkhin-gol")  Khalkhin Gol, May–September 1939' in repr(found)
    assert (
        "<li><code>maps.show(&quot;two-directions&quot;)</code> Two Directions"
        in found._repr_html_()
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"story": "two-lamp"}, "there is no story 'two-lamp'; did you mean two-lamps?"),
        ({"chapter": "quarel"}, "two-lamps has no chapter 'quarel'; did you mean quarrel?"),
        ({"at": "1890"}, "'1890' lies outside the span, 1887"),
        ({"at": "9/5/1887"}, "'9/5/1887' is not a date in ISO 8601 or EDTF; write "),
        ({"at": "1887/.."}, "'1887/..' has an open end; write a day such as 1941-12-07"),
        ({"theme": "drak"}, "'drak' is no theme; there are: auto, light, dark"),
        ({"at": 1890}, "'1890' lies outside the span, 1887"),
        ({"chapter": 3}, "two-lamps has no chapter '3'; there are: "),
        ({"story": 3}, "there is no story '3'; there are: two-lamps"),
        ({"height": "640px"}, "a height of 640px pixels; write 120 to 4000"),
        ({"height": 3}, "a height of 3 pixels; write 120 to 4000"),
        (
            {"project": "no/such"},
            "there is no folder 'no/such'; write project= and the path of one",
        ),
    ],
)
def test_what_cannot_be_shown_is_said_in_words(
    project: Path, asked: dict[str, object], words: str
) -> None:
    """A wrong argument is answered with what there is, and a notebook prints just that."""
    with pytest.raises(CannotShow) as told:
        maps.show(**{"project": project, **asked})  # type: ignore[arg-type]
    assert str(told.value).startswith(words.replace("no/such", str(Path("no/such"))))
    assert told.value._render_traceback_() == [str(told.value)]


def test_problems_of_tables_are_listed_as_a_build_lists_them(tmp_path: Path) -> None:
    """Each error with its file, line, column and cure, on a line of its own."""
    table = tmp_path / "events" / "tables" / "events.csv"
    table.parent.mkdir(parents=True)
    rows = ["id,title,when,lat,lon", "a,A,12/7/1941,1,1", "b,B,1941,95,1", ""]
    table.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(CannotShow) as told:
        maps.show(project=tmp_path)
    first, *lines = told.value._render_traceback_()
    assert first == "nothing is shown before this is mended:"
    assert [line.partition(": ")[0] for line in lines] == [
        "events/tables/events.csv:2:when",
        "events/tables/events.csv:3:lat",
    ]
