"""embed.js: a page that holds maps in frames speaks to each by promises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pixels import until
from playwright.sync_api import Page

from maps.embed import embed_script

HOST = """<!doctype html><title>A host</title>
<iframe id="one" sandbox="allow-scripts" width="900" height="500" src="{0}?embed=1"></iframe>
<iframe id="two" sandbox="allow-scripts" allow="fullscreen" width="900" height="500"
    src="{0}?embed=1"></iframe>
<script src="embed.js"></script>
<script>
const [one, two] = ["one", "two"].map((id) => historyMapIn(document.getElementById(id)));
const heard = [];
for (const name of ["ready", "time", "chapter", "select", "end", "state"])
    two.on(name, (detail) => heard.push([name, detail]));
const wrong = (promise) => promise.then(() => "done", (error) => error.message);
</script>"""


@pytest.fixture(scope="module")
def folder(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page that holds two maps, and embed.js."""
    made = tmp_path_factory.mktemp("embed")
    address = (small_site / "two-lamps.html").as_uri()
    (made / "host.html").write_text(HOST.format(address), encoding="utf-8")
    (made / "embed.js").write_text(embed_script(), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def host(shared_page: Callable[..., Page], folder: Path) -> Page:
    """That page."""
    return shared_page("host.html", within=folder, ready=False)


def test_the_script_is_small() -> None:
    """It is of 2 to 3 kB, remarks and all."""
    assert 2000 < len(embed_script().encode()) <= 3 * 1024


def test_what_is_no_frame_is_refused_at_once(host: Page) -> None:
    """Before it listens: a script that runs too early would hear an error at each message."""
    for what in ("null", "document.body"):
        assert host.evaluate(f"(async () => historyMapIn({what}))().catch(String)") == (
            "TypeError: no iframe"
        )


def test_a_map_in_a_frame_takes_nothing_of_its_host(host: Page) -> None:
    """Loaded and moved by many steps it has not taken the focus, nor written in the history."""
    length = host.evaluate("history.length")
    host.evaluate(
        """async () => {
            for (let k = 0; k < 50; k += 1) await one[k % 5 ? "next" : "prev"]();
        }"""
    )
    host.evaluate("one.chapter('quarrel')")
    assert host.evaluate("document.activeElement === document.body")
    assert host.evaluate("document.hasFocus()")
    assert host.evaluate("history.length") == length


def test_full_screen_is_offered_where_the_host_allows_it(host: Page) -> None:
    """Without `allow="fullscreen"` there is no button for it; nowhere a link out of the frame."""
    bars = [
        frame.evaluate(
            """["#fullscreen", ".topbar a"].map((name) =>
                document.querySelector(name).checkVisibility())"""
        )
        for frame in host.frames[1:]
    ]
    assert bars == [[False, False], [True, False]]


def test_ready_gives_title_chapters_and_state(host: Page) -> None:
    """The promise of a map brings what the map says of itself when it is ready."""
    ready = host.evaluate("one.ready")
    assert ready["title"] == "The War of the Two Lamps"
    assert ready["chapters"][0] == {"id": "quarrel", "title": "The quarrel"}
    assert ready["state"]["mode"] == "at"


def test_a_map_that_was_ready_before_is_known_too(host: Page) -> None:
    """A script that comes late hears the same."""
    late = host.evaluate("historyMapIn(document.getElementById('one')).ready")
    assert late["title"] == "The War of the Two Lamps"
    assert late["chapters"][0]["id"] == "quarrel"


def test_commands_give_the_state_after_them(host: Page) -> None:
    """Each is a promise of it; what the map tells by itself is heard by those who asked."""
    told = host.evaluate(
        """async () => {
            heard.length = 0;
            const [first] = (await two.ready).chapters;
            return {
                seek: (await two.seek("1887-05-10")).time,
                next: (await two.next()).selected !== null,
                prev: (await two.prev()).selected !== null,
                chapter: (await two.chapter(first.id)).chapter,
                select: (await two.select("battle-of-the-rock")).selected,
                none: (await two.select()).selected,
                layers: (await two.layers(["lakes"])).layers,
                fit: (await two.fit()).mode,
                play: (await two.play()).playing,
                pause: (await two.pause()).playing,
                state: (await two.state()).playing,
                heard: heard.map(([name]) => name),
                times: heard.filter(([name]) => name === "time").map(([, time]) => time),
                chapters: heard.filter(([name]) => name === "chapter").map(([, id]) => id),
            };
        }"""
    )
    heard, times, chapters = (told.pop(name) for name in ("heard", "times", "chapters"))
    assert told == {
        "seek": "1887-05-10",
        "next": True,
        "prev": True,
        "chapter": "quarrel",
        "select": "battle-of-the-rock",
        "none": None,
        "layers": ["lakes"],
        "fit": "at",
        "play": True,
        "pause": False,
        "state": False,
    }
    assert {"time", "chapter", "select"} <= set(heard)
    assert times[0] == "1887-05-10"
    assert chapters == ["quarrel"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("seek('yesterday')", '"yesterday" is no moment'),
        ("seek()", "is no moment"),
        ("chapter('none')", '"none" is no chapter of this map'),
        ("select('none')", '"none" is no event of this map'),
        ("select(['battle-of-the-rock'])", "is no event of this map"),
        ("layers('north')", "layers wants a list of ids"),
        ("layers([7])", "layers wants a list of ids"),
    ],
)
def test_what_is_wrong_rejects_the_promise(host: Page, call: str, words: str) -> None:
    """With the sentence that the map answers; the map stays as it was."""
    before = host.evaluate("two.state()")
    assert words in host.evaluate(f"wrong(two.{call})")
    assert host.evaluate("two.state()") == before


def test_two_maps_never_answer_each_other(host: Page) -> None:
    """Asked at once, each map of a page goes where it was asked to, and says so itself."""
    times = host.evaluate(
        """async () => {
            heard.length = 0;
            const days = Array.from({ length: 20 }, (_, k) => `1887-05-${10 + k}`);
            const asked = days.flatMap((day) => [one.seek(day), two.seek(day.replace("05", "06"))]);
            return (await Promise.all(asked)).map(({ time }) => time);
        }"""
    )
    told = host.evaluate("heard.filter(([name]) => name === 'time').map(([, time]) => time)")
    assert all(time.startswith("1887-06") for time in told)
    assert times == [f"1887-{month}-{day}" for day in range(10, 30) for month in ("05", "06")]


def test_a_frame_that_is_loaded_anew_is_spoken_with_again(host: Page) -> None:
    """What no page was there to answer is refused, and the next question is answered."""
    told = host.evaluate(
        """async () => {
            const frame = document.getElementById("two");
            const address = frame.src;
            const loaded = new Promise((done) => (frame.onload = done));
            frame.src = "about:blank";
            await loaded;
            const lost = wrong(two.seek("1887-05-10"));
            frame.src = address;
            return [await lost, (await two.seek("1887-06-01")).time];
        }"""
    )
    assert told == ["The map was loaded anew", "1887-06-01"]


def test_a_frame_that_is_taken_out_refuses(open_page: Callable[..., Page], folder: Path) -> None:
    """Whoever waits for its readiness or its answer, or asks it later, hears that it is gone."""
    page = open_page("host.html", within=folder, ready=False)
    told: list[Any] = page.evaluate(
        """async () => {
            await one.ready;
            const asked = wrong(one.seek("1887-05-10"));
            await null;
            document.getElementById("one").remove();
            const empty = document.createElement("iframe");
            document.body.append(empty);
            const never = historyMapIn(empty);
            const waiting = wrong(never.ready);
            empty.remove();
            return [await asked, await wrong(one.play()), await waiting, await wrong(never.fit())];
        }"""
    )
    assert told == ["The frame of the map is gone"] * 4
    until(page, "heard.some(([name]) => name === 'ready')")
