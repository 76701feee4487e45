"""A page that holds the map in a frame: messages, and a deck of slides whose clicker it shares."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pixels import until
from playwright.sync_api import Frame, Page

# A host of two maps, sandboxed as any host would do it, that writes down what it hears from whom.
HOST = """<!doctype html><title>A host</title><p>Above.</p>
<iframe id="one" sandbox="allow-scripts" width="900" height="500" src="{0}?embed=1"></iframe>
<iframe id="two" sandbox="allow-scripts" width="900" height="500" src="{0}?embed=1"></iframe>
<script>
const heard = {{ one: [], two: [] }};
addEventListener("message", ({{ source, data }}) => {{
    for (const id of ["one", "two"])
        if (source === document.getElementById(id).contentWindow) heard[id].push(data);
}});
const say = (to, data) => document.getElementById(to).contentWindow.postMessage(data, "*");
let asked = 0;
async function ask(to, cmd, more = {{}}) {{
    const id = `ask ${{(asked += 1)}}`;
    say(to, {{ ns: "history-map", v: 1, id, cmd, ...more }});
    for (;;) {{
        const answer = heard[to].find((one) => one.id === id);
        if (answer) return answer;
        await new Promise(requestAnimationFrame);
    }}
}}
</script>"""
# Three slides, the map on the second, that speak as reveal.js does: what it says to the frame of a
# slide that comes and goes, and the JSON that it takes.
DECK = """<!doctype html><title>A deck</title>
<section>One</section>
<section><iframe sandbox="allow-scripts" width="900" height="500" src="{0}?embed=1"></iframe>
</section>
<section>Three</section>
<script>
const slides = [...document.querySelectorAll("section")];
const keys = [];
let now = 0;
function show(next) {{
    const frame = (k) => slides[k].querySelector("iframe")?.contentWindow;
    if (next < 0 || next >= slides.length) return;
    frame(now)?.postMessage("slide:stop", "*");
    now = next;
    slides.forEach((one, k) => (one.style.display = k === now ? "block" : "none"));
    frame(now)?.postMessage("slide:start", "*");
}}
const methods = {{
    next: () => show(now + 1), prev: () => show(now - 1), triggerKey: (code) => keys.push(code),
}};
addEventListener("message", ({{ data }}) => {{
    if (typeof data !== "string") return;
    const {{ method, args = [] }} = JSON.parse(data);
    methods[method](...args);
}});
addEventListener("keydown", ({{ key }}) => {{
    if (key === "PageDown") show(now + 1);
    else if (key === "PageUp") show(now - 1);
}});
show(0);
</script>"""


@pytest.fixture(scope="module")
def host(shared_page: Callable[..., Page], site: Path, tmp_path_factory: Any) -> Page:
    """A page with two maps."""
    folder = tmp_path_factory.mktemp("host")
    written = HOST.format((site / "two-directions.html").as_uri())
    (folder / "host.html").write_text(written, encoding="utf-8")
    page = shared_page("host.html", within=folder, ready=False)
    until(page, "heard.one.length && heard.two.length")
    return page


def ask(host: Page, to: str, cmd: str, **more: object) -> dict[str, Any]:
    """What a map answers to a command."""
    return host.evaluate("([to, cmd, more]) => ask(to, cmd, more)", [to, cmd, more])


def test_a_map_says_that_it_is_ready(host: Page) -> None:
    """With its title, its chapters and its state, as structured objects."""
    ready = host.evaluate("heard.one[0]")
    assert (ready["ns"], ready["v"], ready["ev"]) == ("history-map", 1, "ready")
    assert ready["title"] == "Two Directions"
    assert {"id": "khalkhin-gol", "title": "Khalkhin Gol"} in ready["chapters"]
    assert ready["state"]["mode"] == "at"


def test_commands_are_done_and_answered(host: Page) -> None:
    """Each answer has the number of its command and the state after it."""
    assert ask(host, "one", "seek", time="1941-12-07")["state"]["time"] == "1941-12-07"
    assert ask(host, "one", "next")["state"]["selected"]
    assert ask(host, "one", "chapter", chapter="khalkhin-gol")["state"]["chapter"] == "khalkhin-gol"
    assert ask(host, "one", "select", selected="midway")["state"]["selected"] == "midway"
    assert ask(host, "one", "select")["state"]["selected"] is None
    layers = ask(host, "one", "layers", layers=["south", "lakes"])["state"]["layers"]
    assert layers == ["south", "lakes"]
    assert ask(host, "one", "play")["state"]["playing"] is True
    assert ask(host, "one", "pause")["state"]["playing"] is False
    heard = host.evaluate("heard.one.map(one => one.ev)")
    assert {"time", "chapter", "select", "state"} <= set(heard)


@pytest.mark.parametrize(
    ("cmd", "more", "words"),
    [
        ("seek", {"time": "yesterday"}, '"yesterday" is no moment'),
        ("chapter", {"chapter": "none"}, '"none" is no chapter of this map'),
        ("select", {"selected": "none"}, '"none" is no event of this map'),
        ("layers", {"layers": "south"}, "layers wants a list of ids"),
    ],
)
def test_a_wrong_command_is_answered_with_what_is_wrong(
    host: Page, cmd: str, more: dict[str, object], words: str
) -> None:
    """In a sentence; the map stays as it was."""
    before = ask(host, "one", "state")["state"]
    answer = ask(host, "one", cmd, **more)
    assert answer["ev"] == "error"
    assert words in answer["message"]
    assert ask(host, "one", "state")["state"] == before


def test_other_messages_are_not_answered(host: Page) -> None:
    """Neither another version, nor an unknown command, nor one that every object has, nor text."""
    before = host.evaluate("heard.two.length")
    for message in (
        '{ ns: "history-map", v: 2, id: "x", cmd: "play" }',
        '{ ns: "history-map", v: 1, id: "x", cmd: "toString" }',
        '{ ns: "history-map", v: 1, id: "x", cmd: "__proto__" }',
        'JSON.stringify({ ns: "history-map", v: 1, id: "x", cmd: "play" })',
        '{ ns: "other", v: 1, id: "x", cmd: "play" }',
        "null",
        "7",
    ):
        host.evaluate(f"say('two', {message})")
    assert ask(host, "two", "state")["state"]["playing"] is False
    assert host.evaluate("heard.two.length") == before + 1


def test_only_the_parent_is_obeyed(host: Page) -> None:
    """A map beside it that sends it commands is not heard: two maps never answer each other."""
    before = ask(host, "two", "state")["state"]["time"]
    first = host.frames[1]
    first.evaluate(
        """parent.frames[1].postMessage(
            { ns: "history-map", v: 1, id: "x", cmd: "seek", time: "1945-08-09" }, "*")"""
    )
    ask(host, "one", "seek", time="1942-06-04")
    assert ask(host, "two", "state")["state"]["time"] == before != "1942-06-04"
    assert not host.evaluate("heard.two.some(one => one.id === 'x')")


@pytest.fixture
def deck(open_page: Callable[..., Page], site: Path, tmp_path: Path) -> Callable[..., Page]:
    """Opens the deck with the map of a story, asked for with something more in its address."""

    def open_deck(more: str = "", story: str = "two-directions") -> Page:
        address = (site / f"{story}.html").as_uri()
        written = DECK.format(address).replace("embed=1", f"embed=1{more}")
        (tmp_path / "deck.html").write_text(written, encoding="utf-8")
        page = open_page("deck.html", within=tmp_path, ready=False)
        page.frames[1].wait_for_load_state()
        page.frames[1].evaluate("historyMap.ready")
        return page

    return open_deck


def stands(page: Page) -> tuple[int, str | None]:
    """The slide, and the chapter of its map."""
    return page.evaluate("now"), page.frames[1].evaluate("historyMap.state().chapter")


def turn(page: Page, key: str) -> tuple[int, str | None]:
    """Presses a key of the clicker, and waits until both pages have heard of it."""
    page.keyboard.press(key)
    for _ in range(2):
        for each in page.frames:
            each.evaluate("new Promise(done => setTimeout(done))")
    return stands(page)


def test_one_clicker_walks_slides_and_chapters(deck: Callable[..., Page]) -> None:
    """Forwards and backwards, three times, through every chapter; the history does not grow."""
    page = deck(story="khalkhin-gol")
    chapters = page.frames[1].evaluate("historyMap.scene.chapters.map(one => one.id)")
    length = page.evaluate("history.length")
    forwards = [(1, chapter) for chapter in chapters]
    for walk in range(3):
        way = [turn(page, "PageDown") for _ in range(len(chapters) + 1 + (walk == 0))]
        assert way[walk == 0 :] == [*forwards, (2, chapters[-1])]
        assert turn(page, "PageDown")[0] == 2, "the deck's own end"
        back = [turn(page, "PageUp") for _ in range(len(chapters) + 1)]
        assert back == [*reversed(forwards), (0, chapters[0])]
    assert page.evaluate("history.length") == length


def test_a_deck_may_keep_its_clicker(deck: Callable[..., Page]) -> None:
    """With clicker=forward the map never takes it; pressed on the map it goes on in the deck."""
    page = deck("&clicker=forward")
    assert turn(page, "PageDown") == (1, None)
    page.frames[1].locator(".map").focus()
    assert turn(page, "PageDown") == (2, None)


def test_a_map_may_leave_the_clicker_alone(deck: Callable[..., Page]) -> None:
    """With clicker=off the keys of a clicker do nothing in the map."""
    page = deck("&clicker=off")
    turn(page, "PageDown")
    page.frames[1].locator(".map").focus()
    assert turn(page, "PageDown") == (1, None)


def test_a_deck_keeps_its_keys_after_a_press_on_the_map(deck: Callable[..., Page]) -> None:
    """What the map has no use for goes back to the deck; the clicker goes on with the chapters."""
    page = deck()
    turn(page, "PageDown")
    page.frames[1].locator(".map").click(position={"x": 400, "y": 250})
    for key in ("o", ".", "b", "f", "p"):
        turn(page, key)
    assert page.evaluate("keys") == [79, 190, 66, 70, 80], (
        "black and full screen are the deck's own"
    )
    assert page.frames[1].locator("#present, dialog[open]").first.is_hidden()
    assert turn(page, "PageDown")[0] == 1
    assert turn(page, "PageDown")[1] is not None


def test_a_map_on_a_hidden_slide_shows_its_view_when_reached(deck: Callable[..., Page]) -> None:
    """It has no size while it is hidden; once it is seen, its chapter fills it."""
    page = deck()
    frame: Frame = page.frames[1]
    frame.evaluate("historyMap.chapter('khalkhin-gol')")
    turn(page, "PageDown")
    until(page, "document.querySelector('iframe').getBoundingClientRect().width === 904")
    until(frame, "historyMap.state().view.zoom > 6")
    view = frame.evaluate("historyMap.state().view")
    assert view["lat"] == pytest.approx(47.7, abs=0.6)
    assert view["lng"] == pytest.approx(118.6, abs=2)
    assert view["zoom"] > 6
