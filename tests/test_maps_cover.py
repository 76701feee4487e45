"""The picture of a map: drawn without a browser, the same each time, whole across 180 degrees."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from maps.cover.cover import cover_of, with_colours
from maps.cover.frame import HEIGHT, WIDTH, Frame, line_path, ring_path
from maps.memory import Memory
from maps.site import build, read_project
from maps.story import read_stories

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert(1)</script> "quoted" \'&\' {{ 7*7 }} "var(--sea)"'


def scene_of(folder: Path) -> dict[str, Any]:
    """The scene of a project's one story."""
    from maps.scene import build_scene

    read = read_project(folder)
    assert not [problem for problem in read.problems if problem.severity == "error"]
    return build_scene(read.stories[0], read.tables, read.ground)


def written(folder: Path, *rows: str, name: str = "a-war") -> Path:
    """A project of nothing but events, each `id,title,when,lat,lon`."""
    table = folder / name / "events" / "tables" / "events.csv"
    table.parent.mkdir(parents=True)
    table.write_text("\n".join(["id,title,when,lat,lon", *rows, ""]), encoding="utf-8")
    return folder / name


def alone(scene: dict[str, Any], cover: str | None = None) -> ElementTree.Element:
    """A picture as a file has it, read as XML."""
    return ElementTree.fromstring(with_colours(cover_of(scene, cover, Memory()), scene))


def numbers(path: str) -> list[tuple[float, float]]:
    """The places of a path of relative lines."""
    places = []
    for part in re.findall(r"M[^Mz]*", path):
        x = y = 0.0
        for across, down in re.findall(r"(-?[\d.]+)[ ]?(-?[\d.]+)", part):
            x, y = x + float(across), y + float(down)
            places.append((x, y))
    return places


def test_the_same_scene_gives_the_same_bytes(project: Path) -> None:
    """Drawn twice, from the scene and from its copy as JSON, it is the same text."""
    scene = scene_of(project)
    copy = json.loads(json.dumps(scene))
    assert cover_of(scene, None, Memory()) == cover_of(copy, None, Memory())


def test_a_picture_that_stands_alone_names_no_colour_of_a_page(project: Path) -> None:
    """The file has every colour itself, asks nobody for anything, and is small."""
    scene = scene_of(project)
    text = with_colours(cover_of(scene, None, Memory()), scene)
    assert "var(" not in text
    assert text.count("://") == 1  # the name of SVG itself
    assert len(text) < 40_000
    ElementTree.fromstring(text)


def test_it_holds_sea_land_routes_and_marks(project: Path) -> None:
    """The five-event war has land in the tint of a side, an arrow, marks, and ids of its own."""
    drawn = cover_of(scene_of(project), "across-the-date-line", Memory())
    assert 'fill="var(--sea)"' in drawn
    assert 'id="two-lamps-land" d="M' in drawn
    assert re.search(
        r'<path d="M[^"]+" fill="var\(--direction-west\)" stroke="var\(--halo\)"', drawn
    )
    assert drawn.count('<use href="#two-lamps-battle"') == 1
    assert "var(--tint-of-" not in drawn  # which that chapter switches off
    assert "var(--tint-of-" in cover_of(scene_of(project), "quarrel", Memory())
    ids = re.findall(r' id="([^"]+)"', drawn)
    assert len(ids) == len(set(ids))
    assert all(name.startswith("two-lamps-") for name in ids)


def test_hostile_text_stays_text(tmp_path: Path, project: Path) -> None:
    """A title or a name of the tables is neither markup nor a colour in the picture."""
    scene = scene_of(project)
    scene["title"] = HOSTILE
    short = '<b>"&{{7*7}}</b>'
    sea = {"text": short, "kind": "sea", "rank": 1, "first": None, "last": None}
    scene["names"] = [{**sea, "lng": 180.0, "lat": 50.0}]
    scene["polities"], scene["chapters"][0]["title"] = [], HOSTILE
    scene["layers"] = [{"id": "names", "on": True}]
    root = alone(scene, "quarrel")
    assert HOSTILE in str(root.get("aria-label"))
    assert [each.text for each in root.iter(f"{SVG}text")] == [short]
    scene["names"], scene["events"]["place"] = [], [short] * 5
    places = [each.text for each in alone(scene, "across-the-date-line").iter(f"{SVG}text")]
    assert set(places) == {short}
    assert not list(root.iter(f"{SVG}script"))


def test_what_was_only_planned_is_no_cover_by_itself(project: Path) -> None:
    """Without `cover` a chapter of what never was is passed over."""
    scene = scene_of(project)
    assert "Across the date line" in cover_of(scene, None, Memory())
    scene["chapters"][1]["status"] = "planned"
    assert "Across the date line" not in cover_of(scene, None, Memory())


def test_a_project_of_events_alone_has_a_fair_picture(tmp_path: Path) -> None:
    """Without ground, routes or story: land, and a mark for each event, in any century."""
    folder = written(tmp_path, "a,Marathon,-0489-09,38.1,24.0", "b,Salamis,-0479-09,37.9,23.5")
    root = alone(scene_of(folder))
    marks = [use for use in root.iter(f"{SVG}use") if "scale" in use.get("transform", "")]
    assert len(marks) == 2
    assert [text.text for text in root.iter(f"{SVG}text")] == ["Salamis", "Marathon"]
    (land,) = (path for path in root.iter(f"{SVG}path") if path.get("id") == "map-land")
    assert len(str(land.get("d"))) > 200


def test_a_picture_across_180_degrees_is_whole(tmp_path: Path) -> None:
    """Events on both sides of the date line stand near one another, not at opposite edges."""
    folder = written(tmp_path, "a,West,1887-01,51,178", "b,East,1887-02,52,-178")
    root = alone(scene_of(folder))
    found = [
        re.match(r"translate\((\d+)", use.get("transform", "")) for use in root.iter(f"{SVG}use")
    ]
    across = sorted(int(at[1]) for at in found if at)
    assert len(across) == 2
    assert 0 < across[1] - across[0] < WIDTH * 0.95


@pytest.mark.parametrize(
    "view", [[-30, -60, 330, 84], [-30, 10, -29, 11], [329, 10, 330, 11], [118.5, 47, 118.6, 47.1]]
)
def test_a_frame_never_leaves_the_sheet(view: list[float]) -> None:
    """At its ends, or as wide as all of it, a frame shows nothing beyond 30 degrees west."""
    frame = Frame.of(view)
    assert frame.degrees(0, 0)[0] >= -30 - 1e-6
    assert frame.degrees(WIDTH, HEIGHT)[0] <= 330 + 1e-6


def test_places_come_back_from_the_picture() -> None:
    """Degrees to units and back again are the same degrees."""
    frame = Frame.of([116, 46, 120, 49])
    ((x, y),) = frame.units([(118.25, 47.5)])
    assert frame.degrees(float(x), float(y)) == pytest.approx((118.25, 47.5))


def test_what_lies_beyond_the_picture_is_cut_off() -> None:
    """Of a ring and a line far larger than the picture only what is near it is written."""
    far = np.array([(-9e5, -9e5), (9e5, -9e5), (9e5, 9e5), (-9e5, 9e5), (-9e5, -9e5)])
    line = np.array([(-9e5, 300.0), (9e5, 300.0)])
    for x, y in [*numbers(ring_path([far])), *numbers(line_path([line]))]:
        assert -30 <= x <= WIDTH + 30
        assert -30 <= y <= HEIGHT + 30
    assert ring_path([far + 1e7]) == ""


def test_a_cover_that_is_no_chapter_is_named_by_line(tmp_path: Path) -> None:
    """`cover` names a chapter of its story; else the nearest one is offered."""
    folder = tmp_path / "maps" / "stories"
    folder.mkdir(parents=True)
    front = "---\ntitle: A\nspan: 1887\ncover: quarel\n---\n"
    (folder / "a.md").write_text(front + "## The quarrel {#quarrel}\n\nText.\n", encoding="utf-8")
    _, (problem,) = read_stories(tmp_path)
    assert str(problem).startswith("maps/stories/a.md:4:cover: 'quarel' is not the id of a chapter")
    assert "did you mean quarrel?" in str(problem)


def test_pictures_stand_in_a_folder_of_the_site_and_go_with_their_story(
    tmp_path: Path, project: Path
) -> None:
    """Each story has pictures/STORY.svg, light, which the index shows in its own colours."""
    out = tmp_path / "site"
    build(project, out)
    text = (out / "pictures" / "two-lamps.svg").read_text(encoding="utf-8")
    assert "#dde7f0" in text  # the sea of the light theme
    index = (out / "index.html").read_text(encoding="utf-8")
    assert text.count("<path") == index.count("<path")
    assert 'fill="var(--sea)"' in index
