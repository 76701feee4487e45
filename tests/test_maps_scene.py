"""Tables, ground and a story become plain JSON, all that the player knows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from events.record import Actor, Direction, Event, Phase, Place, Tables
from events.row import NORTH as NORTHERNMOST
from events.row import SOUTH as SOUTHERNMOST
from events.row import Lanes
from events.when import When
from events.words import LAYERS
from geodata.basemap import Basemap
from geodata.names import Name
from geodata.reading import Ground
from geodata.routes import Route, Waypoint
from maps.keys import Inset
from maps.scene import DATED_LAYERS, GROUND_LAYERS, OFF, Scene, build_scene
from maps.site import read_project
from maps.story import Chapter, Story, story_of

ROOT = Path(__file__).parents[1]
NORTH = Direction("north", "North", "", None, 1)
BARE = Ground(Basemap("", "", "", ""), (), ())
EVENT_COLUMNS = {
    *("id", "title", "when", "label", "certainty", "first", "last", "momentFirst", "momentLast"),
    "offset",
    *("lng", "lat", "place", "directions", "kind", "status", "actors", "summary", "sources"),
    *("verified", "note", "key", "names", "accuracyKm"),
}
CHAPTERS_OWN = ("inset", "beside", "besideLabel")

AnEvent = Callable[..., Event]


@pytest.fixture
def story(an_event: AnEvent) -> Story:
    """The map of the year 1941, of which nothing more is said."""
    made = story_of([an_event()], "1941")
    assert made
    return replace(made, span=When.parse("1941"), opening=When.parse("1941"))


def scene_of(story: Story, *events: Event, ground: Ground = BARE, **tables: Any) -> Scene:
    """The scene of some events, in a project of one direction and whatever tables are given."""
    lanes = Lanes(("north",), {"north": "north"}, {}, "")
    empty = Tables(events, (NORTH,), (), (), (), lanes)
    return build_scene(story, replace(empty, **tables), ground)


def layers_of(scene: Scene) -> dict[str, bool]:
    """Which layers are offered, and whether they are on."""
    return {layer["id"]: layer["on"] for layer in scene["layers"]}


def a_route(status: str = "executed", directions: tuple[str, ...] = ("north",)) -> Route:
    """A way of two waypoints from Tokyo to Hawaii in the year 1941."""
    stops = [
        Waypoint(when, when.first or 0, "", lat, lon, "verified", "", 2)
        for when, lat, lon in (
            (When.parse("1941-11-26"), 35.0, 140.0),
            (When.parse("1941-12-07"), 21.0, -158.0),
        )
    ]
    return Route(
        id="r",
        title="R",
        actors=("japan",),
        directions=directions,
        status=status,
        means="sea",
        strength="",
        confidence="high",
        sources=(),
        note="",
        verified="verified",
        waypoints=tuple(stops),
        line=2,
    )


def test_events_are_columns_of_equal_length_and_known_names(project: Path) -> None:
    """The player finds exactly the columns that it knows, each with a cell for each event."""
    read = read_project(project)
    columns = build_scene(read.stories[0], read.tables, read.ground)["events"]
    assert set(columns) == EVENT_COLUMNS
    assert {len(column) for column in columns.values()} == {5}


def test_a_scene_holds_what_its_module_says(project: Path) -> None:
    """The list at the head of maps/scene.py names all parts and chapters' keys; a scene is JSON."""
    from maps import scene as module

    read = read_project(project)
    scene = build_scene(read.stories[0], read.tables, read.ground)
    parts = "\n".join(line for line in (module.__doc__ or "").splitlines() if line[:2] == "- ")
    named = {name for words in re.findall(r"`([a-z ]+)`", parts) for name in words.split()}
    assert set(scene) == named
    told = re.search(r"`chapters` \[{([^}]*)}", module.__doc__ or "")
    assert told
    assert re.findall(r"\w+", told[1]) == list(scene["chapters"][0])
    assert json.loads(json.dumps(scene, allow_nan=False)) == scene


def test_open_ends_meet_the_ends_of_the_span(story: Story, an_event: AnEvent) -> None:
    """What has no beginning begins with the story, and what has no end ends with it."""
    whens = [When.parse(text) for text in ("../1941-06", "1941-06/..", "1940/1942")]
    events = [an_event(id=str(n), when=when) for n, when in enumerate(whens)]
    columns = scene_of(story, *events)["events"]
    opens, closes = story.span.first, story.span.last
    pairs = zip(columns["first"], columns["last"], strict=True)
    spans = dict(zip(columns["id"], pairs, strict=True))
    assert spans == {
        "0": (opens, whens[0].last),
        "1": (whens[1].first, closes),
        "2": (whens[2].first, whens[2].last),
    }


def test_events_and_routes_outside_the_span_are_left_out(story: Story, an_event: AnEvent) -> None:
    """A page holds what its story can reach, in order of beginning."""
    days = ("1941-12-31", "1940-12-31", "1942", "1941-01-01", "1940/1941-01-01")
    events = [an_event(id=day, when=When.parse(day)) for day in days]
    ground = replace(BARE, routes=(a_route(),))
    scene = scene_of(story, *events, ground=ground)
    assert scene["events"]["id"] == ["1940/1941-01-01", "1941-01-01", "1941-12-31"]
    assert [route["id"] for route in scene["routes"]] == ["r"]
    later = replace(story, span=When.parse("1942"), opening=When.parse("1942"))
    assert scene_of(later, ground=ground)["routes"] == []


def test_longitudes_are_counted_from_the_seam(story: Story, an_event: AnEvent) -> None:
    """Hawaii lies east of Japan, for events, routes and the view around them alike."""
    honolulu, tokyo = an_event(id="h", lat=21.0, lon=-158.0), an_event(id="t", lat=35.0, lon=140.0)
    scene = scene_of(story, honolulu, tokyo, ground=replace(BARE, routes=(a_route(),)))
    assert scene["events"]["lng"] == [202.0, 140.0]
    track = scene["routes"][0]["track"]["lng"]
    assert (track[0], track[-1]) == (140.0, 202.0)
    assert [stop["lng"] for stop in scene["routes"][0]["stops"]] == [140.0, 202.0]
    west, _, east, _ = scene["view"]
    assert 130 < west < 140 < 202 < east < 212


def test_a_view_may_cross_180_degrees(story: Story) -> None:
    """A west greater than the east is a box across the date line, never one turned round."""
    chapter = Chapter("c", "C", None, (170, -20, -120, 60), None, None, [], 2)
    scene = scene_of(replace(story, view=(60, -15, -120, 65), chapters=(chapter,)))
    assert scene["view"] == [60, -15, 240, 65]
    assert scene["chapters"][0]["view"] == [170, -20, 240, 60]
    around = scene_of(replace(story, view=(-40, -15, -20, 65)))
    assert around["view"] == [320, -15, 330, 65]
    whole = scene_of(replace(story, view=(-180, -62, 180, 84)))
    assert whole["view"] == [-30, -62, 330, 84]


def test_a_chapter_may_have_a_second_view_and_a_second_moment(story: Story) -> None:
    """An inset lies on the sheet like a view, and the open end of a moment is the story's."""
    chapter = Chapter("c", "C", None, None, None, None, [], 2)
    fuller = replace(
        chapter, inset=Inset("Hawaii", (170, 15, -150, 30)), beside=When.parse("1941-06-22/..")
    )
    scene = scene_of(replace(story, chapters=(chapter, fuller)))
    first, second = ([one[key] for key in CHAPTERS_OWN] for one in scene["chapters"])
    assert first == [None, None, ""]
    assert second == [
        {"label": "Hawaii", "view": [170, 15, 210, 30]},
        [When.parse("1941-06-22").first, story.span.last],
        "from 22 June 1941",
    ]


def test_tables_and_player_have_one_sheet() -> None:
    """The latitudes that tables may hold are those between which the page's sheet runs."""
    text = (ROOT / "maps" / "player" / "view.js").read_text(encoding="utf-8")
    for name, degrees in (("NORTH", NORTHERNMOST), ("SOUTH", SOUTHERNMOST)):
        assert re.search(rf"const {name} = {degrees:g};", text)


def test_waypoints_of_one_instant_keep_their_places(story: Story) -> None:
    """Each stop stands where its own waypoint is, though others have the same instant."""
    start, end = a_route().waypoints
    between = replace(start, lat=30.0, lon=150.0)
    route = replace(a_route(), waypoints=(start, between, end))
    (shown,) = scene_of(story, ground=replace(BARE, routes=(route,)))["routes"]
    assert [(stop["lat"], stop["lng"]) for stop in shown["stops"]] == [
        (35.0, 140.0),
        (30.0, 150.0),
        (21.0, 202.0),
    ]


def test_layers_are_offered_where_there_is_something(story: Story, an_event: AnEvent) -> None:
    """Context, routes, names and what was never executed are no switches where nothing changes."""
    always = {*GROUND_LAYERS} - {"names"}
    of_north = an_event(directions=("north",))
    assert layers_of(scene_of(story, of_north)) == {"north": True, **dict.fromkeys(always, True)}
    loose = scene_of(story, of_north, an_event(directions=()))
    assert set(layers_of(loose)) == {"north", "context", *always}
    never = scene_of(story, of_north._replace(status="planned"))
    assert set(layers_of(never)) == {"north", "planned", *always}
    moving = scene_of(story, of_north, ground=replace(BARE, routes=(a_route(),)))
    assert set(layers_of(moving)) == {"north", "routes", *always}
    planned = replace(BARE, routes=(a_route("cancelled", ()),))
    of_ground = {"names", "polities", "fronts"}
    offered = layers_of(scene_of(story, of_north, ground=planned))
    assert set(offered) == {"north", *LAYERS} - of_ground
    named = replace(BARE, names=(Name("Sea", "sea", None, 1, 2, 1, 2),))
    assert set(layers_of(scene_of(story, of_north, ground=named))) == {"north", "names", *always}


def test_what_was_never_executed_is_off_at_first(story: Story, an_event: AnEvent) -> None:
    """All is on but that, unless the story says which layers are."""
    event = an_event(directions=(), status="planned")
    assert [layer for layer, on in layers_of(scene_of(story, event)).items() if not on] == [*OFF]
    told = replace(story, layers=("planned", "rivers"))
    on = [layer for layer, on in layers_of(scene_of(told, event)).items() if on]
    assert sorted(on) == ["planned", "rivers"]


def test_every_layer_has_one_name_everywhere() -> None:
    """What a story may name and no direction be called is what the panel can offer."""
    assert {"context", "planned", "routes", *DATED_LAYERS, *GROUND_LAYERS} == set(LAYERS)
    assert set(OFF) <= set(LAYERS)


def test_names_are_shown_for_ids(story: Story, an_event: AnEvent) -> None:
    """Places and actors of a table are shown by their names, free words as they were written."""
    known = an_event(id="a", place="mukden", actors=("japan", "Who"))
    free = an_event(id="b", place="Somewhere (today Elsewhere)")
    places = (Place("mukden", "Mukden", "Shenyang", 41.8, 123.43, None),)
    events = scene_of(story, known, free, places=places, actors=(Actor("japan", "Japan"),))[
        "events"
    ]
    assert events["place"] == ["Mukden (today Shenyang)", "Somewhere (today Elsewhere)"]
    assert events["actors"] == [["Japan", "Who"], []]


def a_phase(name: str, when: str) -> Phase:
    """A phase of the north."""
    return Phase(name, name.title(), "north", When.parse(when), ("x",), "partly", "", 2)


def test_phases_lie_within_the_span(story: Story) -> None:
    """Only those that meet the span are there, in order, as much of each as the clock can show."""
    phases = (
        a_phase("late", "1941-11/.."),
        a_phase("past", "1939/1940"),
        a_phase("first", "1936/1941-02"),
        a_phase("within", "1941-03-05/1941-06-22"),
    )
    shown = scene_of(story, phases=phases)["phases"]
    opens, closes = story.span.first, story.span.last
    within = When.parse("1941-03-05/1941-06-22")
    assert [(one["id"], one["first"], one["last"]) for one in shown] == [
        ("first", opens, When.parse("1941-02").last),
        ("within", within.first, within.last),
        ("late", When.parse("1941-11").first, closes),
    ]
    assert shown[1] == {
        "id": "within",
        "direction": "north",
        "label": "Within",
        "when": "5 March – 22 June 1941",
        "first": within.first,
        "last": within.last,
        "sources": ["x"],
        "verified": "partly",
    }


def test_key_events_are_those_of_the_table_and_of_chapters(story: Story, an_event: AnEvent) -> None:
    """An event is key if its row says so or a chapter selects it."""
    events = (an_event(id="plain"), an_event(id="said", key=True), an_event(id="told"))
    chapter = Chapter("c", "C", None, None, None, "told", [], 2)
    columns = scene_of(replace(story, chapters=(chapter,)), *events)["events"]
    assert dict(zip(columns["id"], columns["key"], strict=True)) == {
        "plain": 0,
        "said": 1,
        "told": 1,
    }
