"""The page that says how to put a map into another page, and the lines that it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from shutil import copy
from threading import Thread
from typing import Any

import pypdfium2
import pytest
from pixels import near, until
from playwright.sync_api import Browser, Page
from reveal import reveal

from maps.embed import snippet
from maps.story import read_stories

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
POSTER = "#12c0ff"  # no colour of ours
PICTURE = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 10">
<rect width="16" height="10" fill="{POSTER}"/></svg>"""
STORY = "khalkhin-gol"
WEB = "#web pre"


@pytest.fixture(scope="module")
def page(shared_page: Callable[..., Page]) -> Page:
    """The page at a desk, with its map ready."""
    opened = shared_page("embed.html", ready=False)
    until(opened, "document.getElementById('time').value")
    return opened


def choose(page: Page, name: str, value: str) -> None:
    """Chooses one thing, and waits until the map in the frame is there as chosen."""
    page.evaluate("document.getElementById('time').value = ''")
    if name == "moment":
        page.fill("#moment", value)
        page.press("#moment", "Enter")
    else:
        page.select_option(f"#{name}", value)
    until(page, "document.getElementById('time').value")


def test_what_is_chosen_stands_in_the_lines_and_in_the_frame(page: Page) -> None:
    """Map, chapter, furniture and colours, in HTML escaped; the history stays as it is."""
    length = page.evaluate("history.length")
    choose(page, "story", STORY)
    choose(page, "chapter", "may-28")
    choose(page, "ui", "min")
    choose(page, "theme", "dark")
    asked = f"{STORY}.html?embed=1&ui=min&theme=dark#ch=may-28"
    assert page.get_attribute("#live", "src") == asked
    for section in ("web", "reveal", "quarto", "script"):
        text = page.inner_text(f"#{section} pre")
        assert f'src="{asked.replace("&", "&amp;")}"' in text
    assert f'IFrame("{asked}",' in page.inner_text("#jupyter pre")
    assert f"still {STORY} --chapter may-28 --out" in page.inner_text("#google-slides pre")
    assert page.frames[1].evaluate("historyMap.state().chapter") == "may-28"
    assert page.frames[1].evaluate("document.documentElement.dataset.theme") == "dark"
    choose(page, "moment", "1939-08-20")
    assert "#t=1939-08-20&amp;ch=may-28" in page.inner_text(WEB)
    assert '--at "1939-08-20"' in page.inner_text("#google-slides pre")
    assert page.evaluate("history.length") == length


def test_its_buttons_speak_with_the_map(page: Page) -> None:
    """The buttons beside embed.js move the map above, and its time is shown."""
    now = page.frames[1].evaluate("historyMap.state()")
    for _ in range(3):  # the first may be of the moment that it shows
        page.click("#next")
    until(page.frames[1], f"historyMap.state().time > '{now['time']}'")
    time = page.frames[1].evaluate("historyMap.state().time")
    until(page, f"document.getElementById('time').value === '{time}'")


def test_lines_are_copied_or_selected(page: Page) -> None:
    """A press on Copy says what it did, and the lines are in the clipboard or selected."""
    page.click("#jupyter button")
    until(page, "document.getElementById('said').textContent")
    chosen = page.evaluate("getSelection().toString()")
    assert "Copied." in page.inner_text("#said") or "IFrame(" in chosen


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_reads_at_every_width(shared_page: Callable[..., Page], width: int) -> None:
    """Nothing is wider than the window, and axe finds nothing, light and dark."""
    viewport = {"width": width, "height": 844}
    page = shared_page("embed.html", ready=False, bypass_csp=True, viewport=viewport)
    until(page, "document.getElementById('time').value")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(
            "axe.run({ exclude: ['iframe'] }).then(({ violations }) => violations.map("
            "({ id, nodes }) => [id, nodes[0].html]))"
        )
        assert found == [], scheme


def test_the_index_leads_to_it(shared_page: Callable[..., Page]) -> None:
    """It is one of the links below the maps, and embed.js lies beside it."""
    index = shared_page("index.html", ready=False)
    link = index.locator("nav a[href='embed.html']")
    assert link.inner_text() == "Show a map in another page"
    assert Path(index.url.removeprefix("file://")).with_name("embed.js").is_file()


# --- the lines themselves -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader would have it: the map, embed.js and the picture for paper."""
    made = tmp_path_factory.mktemp("pasted")
    for name in ("two-lamps.html", "embed.js"):
        copy(small_site / name, made)
    (made / "pictures").mkdir()
    (made / "pictures" / "two-lamps.svg").write_text(PICTURE, encoding="utf-8")
    return made


def lines(project: Path, section: str) -> str:
    """What the page says to paste for the small map."""
    (story,) = read_stories(project)[0]
    return snippet(section, story)


def pasted(folder: Path, name: str, body: str, head: str = "") -> str:
    """Writes a page with these lines in it, and gives its name."""
    text = f"<!doctype html><html lang='en'><title>Mine</title>{head}<body>{body}</body></html>"
    (folder / name).write_text(text, encoding="utf-8")
    return name


def printed(page: Page) -> Any:
    """The pages of a print, each as a picture."""
    document = pypdfium2.PdfDocument(BytesIO(page.pdf(print_background=True)))
    return [one.render(scale=1).to_pil().convert("RGB") for one in document]


def test_the_lines_for_a_web_page_work_from_disk(
    shared_page: Callable[..., Page], project: Path, folder: Path
) -> None:
    """The map is there at the width of the page; on paper the picture takes its place."""
    name = pasted(folder, "web.html", lines(project, "web"))
    page = shared_page(name, within=folder, ready=False)
    frame = page.frames[1]
    until(frame, "window.historyMap?.state?.().visible.events.length > 0")
    assert frame.evaluate("innerWidth") == page.evaluate("document.body.clientWidth")
    assert page.locator(".history-map-poster").is_hidden()
    (paper,) = printed(page)
    assert near(paper, POSTER).sum() > 10_000


def test_the_lines_for_a_page_that_speaks_work_from_disk(
    shared_page: Callable[..., Page], project: Path, folder: Path
) -> None:
    """The button goes to the next event, and the map's time is told."""
    page = shared_page(
        pasted(folder, "script.html", lines(project, "script")), within=folder, ready=False
    )
    until(page.frames[1], "window.historyMap?.state")
    page.click("#next")  # the event of the moment at which the story opens
    until(page.frames[1], "historyMap.state().selected === 'lamp-quarrel'")
    page.click("#next")
    until(page, "document.getElementById('time').value.startsWith('1887-05-02')")


def test_the_lines_for_a_deck_fill_a_slide_and_print_a_picture(
    shared_page: Callable[..., Page], project: Path, folder: Path
) -> None:
    """In reveal.js the map has the whole slide; printed from its print view it is the picture."""
    deck = f"""<div class="reveal"><div class="slides"><section>One</section>
    {lines(project, "reveal")}<section>Three</section></div></div>
    <script src="{reveal().as_uri()}/reveal.js"></script>
    <script>Reveal.initialize({{ transition: "none" }})</script>"""
    style = f'<link rel="stylesheet" href="{reveal().as_uri()}/reveal.css">'
    name = pasted(folder, "deck.html", deck, style)
    page = shared_page(f"{name}#/1", within=folder, ready=False)
    until(page, "document.activeElement.tagName === 'IFRAME'")
    box = page.evaluate("document.querySelector('iframe').getBoundingClientRect().toJSON()")
    assert box["height"] > 600
    assert box["width"] > 850
    paper = shared_page(f"{name}?view=print", within=folder, ready=False)
    until(paper, "document.querySelectorAll('.pdf-page').length === 3")
    sheets = printed(paper)
    assert [near(sheet, POSTER).sum() > 10_000 for sheet in sheets] == [False, True, False]


def test_a_loaded_map_without_a_picture_prints_whole(
    shared_page: Callable[..., Page], project: Path, folder: Path
) -> None:
    """In a frame its paper is the frame: map and date fill it, and nothing is cut off."""
    page = shared_page(
        pasted(folder, "plain.html", lines(project, "wordpress").replace("/maps/", "")),
        within=folder,
        ready=False,
    )
    frame = page.frames[1]
    until(frame, "window.historyMap?.state")
    page.emulate_media(media="print")
    until(frame, "document.querySelector('.map').clientWidth === innerWidth")
    boxes = frame.evaluate(
        """() => [".map", ".caption", ".scalebar", ".topbar h1"].map(
            (name) => document.querySelector(name).getBoundingClientRect().toJSON())"""
    )
    width, height = frame.evaluate("[innerWidth, innerHeight]")
    for box in boxes:
        assert box["height"] > 0
        assert box["right"] <= width
        assert box["bottom"] <= height
    page.emulate_media(media="screen")


# --- under the policy of a host -----------------------------------------------------------------


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def do_GET(self) -> None:
        """Gives a file; of the icon for which browsers ask, nothing."""
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it has there
        """Says nothing."""


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    """The address at which the folder is served on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as serving:
        running = Thread(target=serving.serve_forever)
        running.start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()
        running.join()


STRICT = "default-src 'none'; frame-src 'self'"
NO_SCRIPTS = "script-src 'none'; object-src 'none'"
FRAME = '<iframe src="two-lamps.html?embed=1" sandbox="allow-scripts" title="Map"></iframe>'


@pytest.mark.parametrize("policy", [STRICT, NO_SCRIPTS], ids=["strict", "no scripts"])
@pytest.mark.parametrize("served", [True, False], ids=["served", "from disk"])
def test_a_map_behind_src_lives_under_a_strict_policy(
    browser: Browser, folder: Path, server: str, policy: str, served: bool
) -> None:
    """What the host forbids itself does not reach the map's own page, and nothing complains."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    name = pasted(folder, "policy.html", FRAME, meta)
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda failed: said.append(str(failed)))
    page.goto(f"{server}/{name}" if served else (folder / name).as_uri())
    until(page.frames[1], "window.historyMap?.state?.().visible.events.length > 0")
    context.close()
    assert said == []


def test_a_map_in_srcdoc_does_not_live_under_a_policy(browser: Browser, folder: Path) -> None:
    """It obeys the policy of its host, as the page says: without one it is there, with one not."""
    text = (folder / "two-lamps.html").read_text(encoding="utf-8")
    held = text.replace("&", "&amp;").replace('"', "&quot;")
    frame = f'<iframe srcdoc="{held}" sandbox="allow-scripts" title="Map"></iframe>'
    assert unescape(held) == text
    meta = f'<meta http-equiv="Content-Security-Policy" content="{NO_SCRIPTS}">'
    lives = []
    for name, head in (("free.html", ""), ("bound.html", meta)):
        context = browser.new_context(offline=True)
        page = context.new_page()
        page.goto((folder / pasted(folder, name, frame, head)).as_uri())
        lives.append(page.frames[1].evaluate("Boolean(window.historyMap)"))
        context.close()
    assert lives == [True, False]
