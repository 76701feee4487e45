"""The page alone: one file, no network, a policy that forbids what is not its own."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pixels import until
from playwright.sync_api import Browser, Page


class Heard(HTMLParser):
    """What a page's own markup holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag with its attributes."""
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def markup(site: Path) -> Heard:
    """The tags of the shipped map's file."""
    return Heard((site / "two-directions.html").read_text(encoding="utf-8"))


def test_opening_the_page_asks_for_the_file_and_nothing_else(browser: Browser, site: Path) -> None:
    """From disk with the network off the page makes one request, for itself, and no error."""
    context = browser.new_context(offline=True)
    asked: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("weberror", lambda failed: errors.append(str(failed.error)))
    context.on("console", lambda message: errors.append(message.text))
    page = context.new_page()
    address = (site / "two-directions.html").as_uri()
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    until(page, "window.historyMap && document.querySelectorAll('.mark').length")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    print(f"first usable after {time.perf_counter() - begun:.2f} s")
    page.evaluate("historyMap.seek('1941-12-07')")
    page.evaluate("historyMap.fit()")
    context.close()
    assert [url.partition("#")[0] for url in asked] == [address]
    assert errors == []


def test_the_file_links_to_nothing_that_loads(markup: Heard) -> None:
    """No tag of the page has an address but the link to the other maps beside it."""
    loading = {"src", "srcset", "data", "action", "formaction", "poster", "background", "ping"}
    for tag, attributes in markup.tags:
        assert not loading & set(attributes), (tag, attributes)
        assert tag not in ("link", "base", "iframe", "object", "embed"), tag
        assert attributes.get("href") in (None, "index.html")


def test_the_policy_comes_first_and_forbids_the_network(markup: Heard) -> None:
    """The policy stands before every script and style and allows only those by their hash."""
    tags = [tag for tag, _ in markup.tags]
    at, policy = next(
        (i, attributes["content"])
        for i, (tag, attributes) in enumerate(markup.tags)
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert at < min(tags.index("script"), tags.index("style"))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["connect-src"] == rules["base-uri"] == "'none'"
    assert rules["form-action"] == "'none'"
    assert rules["img-src"] == "data: blob:"
    for kind in ("script-src", "style-src"):
        assert re.fullmatch(r"'sha256-[\w+/=]+'( 'sha256-[\w+/=]+')*", rules[kind]), rules[kind]


def test_what_slipped_in_neither_runs_nor_loads(browser: Browser, site: Path) -> None:
    """An inline script, a handler, a style, an image and a fetch are each refused by the policy."""
    context = browser.new_context()
    failures: list[str | None] = []
    answers: list[str] = []
    context.on("requestfailed", lambda request: failures.append(request.failure))
    context.on("response", lambda response: answers.append(response.url))
    page = context.new_page()
    page.goto((site / "two-directions.html").as_uri())
    answers.clear()
    refused = page.evaluate(
        """async () => {
            const refused = new Set();
            document.addEventListener("securitypolicyviolation", event =>
                refused.add(event.effectiveDirective));
            const frame = document.createElement("div");
            document.body.append(frame);
            frame.innerHTML = '<b onclick="window.hacked = 1">x</b>'
                + '<img src="http://192.0.2.1/a.png"><style>b { color: red }</style>';
            frame.querySelector("b").click();
            const script = document.createElement("script");
            script.textContent = "window.hacked = 2";
            frame.append(script);
            const far = document.createElement("script");
            far.src = "http://192.0.2.1/a.js";
            frame.append(far);
            await fetch("http://192.0.2.1/").catch(() => {});
            await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
            return [...refused].sort();
        }"""
    )
    hacked = page.evaluate("window.hacked ?? null")
    context.close()
    assert hacked is None
    assert refused == [
        "connect-src",
        "img-src",
        "script-src-attr",
        "script-src-elem",
        "style-src-elem",
    ]
    assert answers == []
    assert set(failures) <= {"csp"}


def test_the_list_of_maps_leads_to_the_map(open_page: Callable[..., Page]) -> None:
    """From index.html a press on the story's name opens its map, still without a network."""
    page = open_page("index.html", ready=False)
    page.get_by_role("link", name="Two Directions").first.click()
    page.wait_for_url("**/two-directions.html*")
    until(page, "window.historyMap")
    assert page.title() == "Two Directions"
