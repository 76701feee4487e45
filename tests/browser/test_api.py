"""`window.historyMap`: what it promises to links, decks and tests."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from pixels import go
from playwright.sync_api import Error, Page

from events.when import When

MINUTE = 60_000
WINDOW = 122 * 24 * 60 * MINUTE  # "last 4 months": a thirtieth of the years that it opens on
STATE = {
    "time": str,
    "playing": bool,
    "mode": str,
    "chapter": str | None,
    "layers": list,
    "view": dict,
    "selected": str | None,
    "visible": dict,
}
NONSENSE = ["", "nonsense", "1941-02-30", "12/7/1941", "../..", None, True, {}, [], "Y999999"]


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The shipped map, one for all these tests."""
    return shared_page("two-directions.html")


@pytest.fixture(scope="module")
def scene(page: Page) -> dict[str, Any]:
    """What the page was made of."""
    return page.evaluate(
        """() => {
            const { events, layers, chapters, routes } = historyMap.scene;
            const rows = Array.from({ length: events.count }, (_, i) => i);
            const columns = Object.keys(events).filter(name => events[name].at);
            const read = columns.map(name => [name, rows.map(i => events[name].at(i))]);
            const plain = routes.map(({ id, first, last }) => ({ id, first, last }));
            return { events: Object.fromEntries(read), layers, chapters, routes: plain };
        }"""
    )


@pytest.fixture(autouse=True)
def everything_on(page: Page, scene: dict[str, Any]) -> None:
    """Each test begins with all layers on, at rest, with nothing selected."""
    page.evaluate(
        """ids => {
            historyMap.pause();
            historyMap.setLayers(ids);
            historyMap.setMode("at");
            historyMap.select(null);
        }""",
        [layer["id"] for layer in scene["layers"]],
    )


def state(page: Page) -> dict[str, Any]:
    """The page's state."""
    return page.evaluate("historyMap.state()")


def seek(page: Page, when: object) -> dict[str, Any]:
    """Seeks, and gives the state in the same breath."""
    return page.evaluate("when => { historyMap.seek(when); return historyMap.state(); }", when)


def test_the_state_has_the_keys_and_kinds_that_outsiders_rely_on(page: Page) -> None:
    """state() has exactly the promised keys, each of its kind."""
    found = state(page)
    assert list(found) == list(STATE)
    for key, kind in STATE.items():
        assert isinstance(found[key], kind), key
    assert list(found["visible"]) == ["events", "routes", "fronts", "polities"]
    assert {name: type(value) for name, value in found["view"].items()} == {
        "lat": float,
        "lng": float,
        "zoom": float,
    }


def test_the_names_that_outsiders_call_are_there(page: Page) -> None:
    """historyMap has every promised function, and its promise `ready` holds."""
    names = ["seek", "play", "pause", "next", "prev", "chapter", "select"]
    names += ["setLayers", "setMode", "fit", "on", "state"]
    kinds = page.evaluate("names => names.map(name => typeof historyMap[name])", names)
    assert set(kinds) == {"function"}
    assert page.evaluate("historyMap.ready.then(() => true)")


def test_kota_bharu_comes_before_pearl_harbor(page: Page) -> None:
    """At 17:20 UTC the landing in Malaya is shown alone; at 18:30 both are."""
    early = seek(page, "1941-12-07T17:20Z")["visible"]["events"]
    late = seek(page, "1941-12-07T18:30Z")["visible"]["events"]
    assert "kota-bharu" in early
    assert "pearl-harbor" not in early
    assert {"kota-bharu", "pearl-harbor"} <= set(late)


def test_a_number_is_an_instant(page: Page) -> None:
    """Seeking by milliseconds shows the same as seeking by the text of that minute."""
    instant = When.parse("1941-12-07T18:30Z").first
    by_number, by_text = seek(page, instant), seek(page, "1941-12-07T18:30Z")
    assert by_number == by_text
    assert seek(page, 0)["time"] == "1945-12-31T23:59Z"  # kept within the story


@pytest.mark.parametrize("when", NONSENSE, ids=repr)
def test_nonsense_throws_and_changes_nothing(page: Page, when: object) -> None:
    """A text that names no moment is refused, and the map stays as it was."""
    before = seek(page, "1941-12-07")
    with pytest.raises(Error, match="is no moment"):
        seek(page, when)
    assert state(page) == before


def test_unknown_names_throw_and_change_nothing(page: Page) -> None:
    """An event or a mode that does not exist is refused, and the map stays as it was."""
    before = seek(page, "1941-12-07")
    for call in ("select('nobody')", "select('__proto__')", "setMode('never')"):
        with pytest.raises(Error, match="is no"):
            page.evaluate(f"historyMap.{call}")
    assert state(page) == before


def test_next_and_prev_walk_all_events_in_order(page: Page, scene: dict[str, Any]) -> None:
    """From the first day next() meets each of the 141 events once in order; prev() goes back."""
    walk = """([way, count]) => {
        const met = [];
        for (let n = 0; n < count; n += 1) {
            historyMap[way]();
            met.push(historyMap.state().selected);
        }
        return met;
    }"""
    ids = scene["events"]["id"]
    seek(page, "1904-01-01")
    assert page.evaluate(walk, ["next", len(ids)]) == ids
    assert page.evaluate(walk, ["next", 1]) == ids[-1:]
    assert page.evaluate(walk, ["prev", len(ids)]) == [*ids[-2::-1], ids[0]]


def test_every_event_can_be_reached(page: Page, scene: dict[str, Any]) -> None:
    """Each of the 141 ids can be selected: its card opens and its mark stands on the map."""
    found = page.evaluate(
        """ids => ids.map(id => {
            historyMap.select(id);
            const { selected, visible } = historyMap.state();
            const marks = [...document.querySelectorAll(".mark.selected")];
            const home = document.querySelector(".map").getBoundingClientRect();
            return {
                selected,
                shown: visible.events.includes(id),
                heading: document.querySelector("#card h2").textContent,
                names: marks.map(mark => mark.getAttribute("aria-label")),
                inside: marks.every(mark => {
                    const { x, y, width, height } = mark.getBoundingClientRect();
                    return x > home.left && x + width < home.right
                        && y > home.top && y + height < home.bottom;
                }),
            };
        })""",
        scene["events"]["id"],
    )
    assert len(found) == 141
    expected = zip(scene["events"]["id"], scene["events"]["title"], strict=True)
    for one, (name, title) in zip(found, expected, strict=True):
        assert (one["selected"], one["heading"], one["shown"]) == (name, title, True)
        assert len(one["names"]) == 1, name
        assert title in one["names"][0]
        assert one["inside"], name


def test_selecting_brings_back_the_layer_of_what_is_selected(page: Page) -> None:
    """An event whose layers are off is shown all the same when it is selected."""
    page.evaluate("historyMap.setLayers(['north'])")
    page.evaluate("historyMap.select('pearl-harbor')")
    assert state(page)["layers"] == ["north", "south"]


def test_set_layers_shows_these_layers_only(page: Page, scene: dict[str, Any]) -> None:
    """Only events of a layer that is on are visible, and only known layers are."""
    page.evaluate("historyMap.setLayers(['south', 'routes', 'no-such-layer'])")
    found = seek(page, "1941-12-07")
    events = scene["events"]
    directions = dict(zip(events["id"], events["directions"], strict=True))
    assert found["layers"] == ["south", "routes"]
    assert found["visible"]["routes"]
    assert all("south" in directions[one] for one in found["visible"]["events"])
    page.evaluate("historyMap.setLayers([])")
    assert state(page)["visible"]["events"] == state(page)["visible"]["routes"] == []


def moments() -> list[str]:
    """Days, months, years and minutes of the story, always the same ones."""
    pick = random.Random(1941)
    days = [f"{pick.randint(1904, 1945)}-{pick.randint(1, 12):02}" for _ in range(40)]
    days += [f"{day}-{pick.randint(1, 28):02}" for day in days]
    days += [f"1941-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}" for _ in range(60)]
    return [*days, *(f"{day}T18:30Z" for day in days if len(day) == 10), "1941", "1939/1941-06"]


@pytest.mark.parametrize("mode", ["at", "window", "since"])
def test_what_is_visible_follows_from_moment_and_mode(
    page: Page, scene: dict[str, Any], mode: str
) -> None:
    """Visible is what overlaps the moment; "window" and "since" add what came before it."""
    asked = moments()
    seen = page.evaluate(
        """([mode, moments]) => {
            historyMap.setMode(mode);
            return moments.map(when => {
                historyMap.seek(when);
                const { events, routes } = historyMap.state().visible;
                return { events, routes };
            });
        }""",
        [mode, asked],
    )
    events = zip(*(scene["events"][key] for key in ("id", "first", "last")), strict=True)
    spans = {
        "events": list(events),
        "routes": [(route["id"], route["first"], route["last"]) for route in scene["routes"]],
    }
    for when, shown in zip(asked, seen, strict=True):
        first, last = When.parse(when).moment if "/" not in when else _ends(when)
        reach = {"at": first, "window": first - WINDOW, "since": float("-inf")}[mode]
        for kind, things in spans.items():
            expected = [one for one, begin, end in things if begin <= last and end >= reach]
            assert shown[kind] == expected, (when, kind)


def _ends(text: str) -> tuple[int, int]:
    when = When.parse(text)
    assert when.first is not None
    assert when.last is not None
    return when.first, when.last


def test_seek_draws_in_the_same_frame(page: Page) -> None:
    """When seek() returns, caption, slider, marks and state already show the new moment."""
    seek(page, "1936-08-07")
    shown = page.evaluate(
        """() => {
            let frames = 0;
            requestAnimationFrame(() => { frames += 1; });
            historyMap.seek("1941-12-07");
            return {
                frames,
                state: historyMap.state(),
                date: document.querySelector(".caption .date").textContent,
                spoken: document.getElementById("moment").getAttribute("aria-valuetext"),
                marks: [...document.querySelectorAll(".mark")].map(one => one.title).join("; "),
            };
        }"""
    )
    assert shown["frames"] == 0
    assert shown["state"]["time"] == "1941-12-07"
    assert "pearl-harbor" in shown["state"]["visible"]["events"]
    assert shown["date"] == "7 December 1941"
    assert shown["spoken"].startswith("7 December 1941")
    assert "Attack on Pearl Harbor" in shown["marks"]


def test_listeners_hear_of_moments_selections_and_chapters(
    page: Page, scene: dict[str, Any]
) -> None:
    """on() tells of each new moment, each selected event and each opened chapter."""
    chapter = scene["chapters"][-1]["id"]
    heard = page.evaluate(
        """chapter => {
            const heard = [];
            for (const name of ["time", "select", "chapter"])
                historyMap.on(name, what => heard.push([name, what]));
            historyMap.seek("1941-12-06");
            historyMap.select("pearl-harbor");
            historyMap.chapter(chapter);
            return heard;
        }""",
        chapter,
    )
    assert ["time", "1941-12-06"] in heard
    assert ["select", "pearl-harbor"] in heard
    assert heard[-1] == ["chapter", chapter]


def test_a_chapter_sets_moment_selection_and_layers(page: Page, scene: dict[str, Any]) -> None:
    """A chapter shows its moment, event and layers; the next gives the story's layers back."""
    default = [layer["id"] for layer in scene["layers"] if layer["on"]]
    page.evaluate("ids => historyMap.setLayers(ids)", default)
    for chapter in scene["chapters"]:
        page.evaluate("id => historyMap.chapter(id)", chapter["id"])
        found = state(page)
        assert (found["chapter"], found["selected"]) == (chapter["id"], chapter["select"])
        assert set(found["layers"]) == set(chapter["layers"] or default)
        assert page.locator("#card h2").inner_text() == chapter["title"]


def test_a_changed_address_moves_the_map_without_a_reload(page: Page) -> None:
    """What the address says is shown; where it says nothing sensible, the story as it opens."""
    page.evaluate("window.loaded = 'once'")
    go(page, "t=1941-12-07&layers=south,routes&c=20,200,4")
    found = state(page)
    assert (found["time"], found["layers"]) == ("1941-12-07", ["south", "routes"])
    assert found["view"]["zoom"] == pytest.approx(4, abs=0.01)
    for wrong in ("t=Y999999", "t=soon", "ch=nothing", "sel=nobody", "c=1,2", "c=a,b,c"):
        go(page, wrong)
        assert state(page)["time"] == "1936-08-07", wrong
    assert page.evaluate("window.loaded") == "once"


# Playing. The page's own clock stands still until the test turns it.


@pytest.fixture(scope="module")
def player(shared_page: Callable[..., Page]) -> Page:
    """A page whose time the test gives out; who wants nothing to move may choose no speed."""
    page = shared_page("two-directions.html", reduced_motion="no-preference")
    page.clock.install()
    return page


def test_playing_moves_on_and_pausing_stops(player: Page) -> None:
    """play() moves the moment forward by the chosen speed; pause() keeps it."""
    player.evaluate("historyMap.seek('1941-06-01')")
    player.locator("#speed").select_option("month")
    player.evaluate("historyMap.play()")
    player.clock.run_for(3000)
    playing = state(player)
    assert playing["playing"]
    assert "1941-08" <= playing["time"] <= "1941-10"
    player.evaluate("historyMap.pause()")
    paused = state(player)
    player.clock.run_for(3000)
    assert not paused["playing"]
    assert state(player) == paused


def test_playing_stops_at_the_end_of_the_story(player: Page) -> None:
    """At the end of the span the clock stops there and says "end" once."""
    player.evaluate(
        """() => {
            window.ended = 0;
            historyMap.on("end", () => { window.ended += 1; });
            historyMap.seek("1944");
        }"""
    )
    player.locator("#speed").select_option("decade")
    player.evaluate("historyMap.play()")
    player.clock.run_for(6000)
    assert not state(player)["playing"]
    assert player.evaluate("window.ended") == 1
    assert player.locator("#moment").get_attribute("aria-valuetext").startswith("1940")


def test_playing_event_by_event_rests_on_each(player: Page) -> None:
    """At the speed "event by event" the next events are selected one after the other."""
    player.locator("#speed").select_option("event")
    player.evaluate("historyMap.select('pearl-harbor')")
    player.evaluate("historyMap.play()")
    met = []
    for _ in range(3):
        player.clock.run_for(2300)
        met.append(state(player)["selected"])
    player.evaluate("historyMap.pause()")
    assert len(set(met)) == 3
    assert "pearl-harbor" not in met
