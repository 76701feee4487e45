"""Scenes of small projects, whole: what Python hands to the player, kept word for word."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from maps.scene import build_scene
from maps.site import read_project

Golden = Callable[[str, Any], None]

BATTLES = [
    ["id", "title", "when", "lat", "lon"],
    ["marathon", "Marathon", "-0489-09-12", 38.118, 23.976],
    ["tours", "Tours", "0732-10", 47.39, 0.69],
    ["lepanto", "Lepanto", "1571-10-07", 38.25, 21.25],
    ["mactan", "Mactan", "1521-04-27", 10.3, 124.0],
    ["waterloo", "Waterloo", "1815-06-18", 50.68, 4.412],
]


def scene_of(project: Path) -> dict[str, Any]:
    """The scene of a project's only story, without the basemap's shapes."""
    read = read_project(project)
    assert [str(problem) for problem in read.problems if problem.severity == "error"] == []
    (story,) = read.stories
    scene = build_scene(story, read.tables, read.ground)
    return rounded(scene | {"basemap": sorted(scene["basemap"])})


def rounded(value: Any) -> Any:
    """The same with numbers to three decimals: the last ones differ from machine to machine."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    return value


def test_the_scene_of_the_war_that_never_was(project: Path, golden: Golden) -> None:
    """Five events, a route across 180° and two chapters make exactly the scene that is kept."""
    golden("two-lamps", scene_of(project))


def test_the_scene_of_a_bare_table(tmp_path: Path, golden: Golden) -> None:
    """A table of five columns, from 490 BCE to 1815, makes exactly the scene that is kept."""
    folder = tmp_path / "five-battles"
    table = folder / "events" / "tables" / "events.csv"
    table.parent.mkdir(parents=True)
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(BATTLES)
    golden("five-battles", scene_of(folder))


def test_a_scene_is_the_same_each_time(project: Path) -> None:
    """Made twice from the same tables a scene is equal, in the order of its keys too."""
    assert repr(scene_of(project)) == repr(scene_of(project))
