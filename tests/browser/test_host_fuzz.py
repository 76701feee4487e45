"""What no host should say to a map: ten thousand messages that change nothing and throw nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pixels import until
from playwright.sync_api import Page

COUNT = 10_000
# How often a page asks to hear of anything, counted before it begins.
COUNT_LISTENERS = """
window.listeners = 0;
const { addEventListener: listen } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (...words) {
    window.listeners += 1;
    return listen.apply(this, words);
};
"""
HOST = """<!doctype html><title>A hostile host</title>
<iframe id="map" title="The map" sandbox="allow-scripts" width="900" height="500"
    src="{address}?embed=1"></iframe>
<iframe id="beside" title="Beside it" sandbox="allow-scripts" srcdoc="<script>{sibling}</script>">
</iframe>
<script>{script}</script>"""
# It says to the map what it is told to, and the map takes it for a sibling's word.
SIBLING = """addEventListener('message', ({ data }) => {
    for (const one of data) parent.frames[0].postMessage(one, '*');
    parent.postMessage('said', '*');
});"""
SCRIPT = Path(__file__).with_name("hostile_messages.js").read_text(encoding="utf-8")
LOOK = """() => ({
    state: historyMap.state(),
    compared: historyMap.compared(),
    insets: historyMap.insets(),
    nodes: document.getElementsByTagName("*").length,
    listeners,
    history: history.length,
    address: location.href,
    focus: document.activeElement.tagName,
    polluted: Object.keys(Object.prototype).concat({}.cmd ?? []),
})"""


@pytest.fixture(scope="module")
def host(shared_page: Callable[..., Page], small_site: Path, tmp_path_factory: Any) -> Page:
    """A page that says such things to a map, and holds a frame that does too."""
    folder = tmp_path_factory.mktemp("hostile")
    address = (small_site / "two-lamps.html").as_uri()
    written = HOST.format(address=address, sibling=SIBLING, script=SCRIPT)
    (folder / "host.html").write_text(written, encoding="utf-8")
    page = shared_page("host.html", within=folder, ready=False, first=COUNT_LISTENERS)
    until(page, "heard.some(({ ev }) => ev === 'ready')")
    page.frames[1].evaluate("historyMap.seek('1887-05-10')")
    until(page, "heard.some(({ ev }) => ev === 'state')")  # the last that it tells by itself
    return page


def test_ten_thousand_hostile_messages_change_nothing(host: Page) -> None:
    """Wrong commands are each answered with an error, all else by silence; nothing is thrown."""
    framed = host.frames[1]
    before, length = framed.evaluate(LOOK), host.evaluate("history.length")
    told = host.evaluate("count => say(1, count)", COUNT)
    assert told["others"] == []
    assert told["errors"] == told["due"] > COUNT / 4
    assert framed.evaluate(LOOK) == before
    assert host.evaluate("history.length") == length
    assert host.evaluate("document.activeElement === document.body")


def test_a_sibling_is_not_obeyed(host: Page) -> None:
    """Commands and a deck's own words from a frame beside the map do nothing, and get no answer."""
    framed = host.frames[1]
    before = framed.evaluate(LOOK)
    assert host.evaluate("sayBeside()") == ["last"]
    assert framed.evaluate(LOOK) == before
