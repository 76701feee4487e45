"""A camera: a browser that nobody sees opens a map at one moment and takes its picture.

The same page gives the same picture: nothing moves, no system colour, no graphics card and no
hinting of the machine's own takes part.
"""

from __future__ import annotations

import base64
import io
import logging
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

from maps.takeaway.browsers import advice, find_browser, is_root

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright, ViewportSize

FLAGS = (
    "--disable-gpu",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--disable-background-networking",
)
START_SECONDS, READY_SECONDS = 60, 120
# Set, drawn, and laid out anew by what watches sizes: then the picture rests.
_RESTS = """async frames => {
    await document.fonts.ready;
    for (let n = 0; n < frames; n += 1) await new Promise(requestAnimationFrame);
}"""
OPENING, STEP = 4, 2  # frames after which a page that was opened rests, and one that was asked
_OPENED = "async () => { await window.historyMap?.ready; return Boolean(window.historyMap); }"
# The browser may move a pointer that nobody has, and the scale bar would follow it.
_NO_POINTER = """for (const name of ["mousemove", "mouseover", "pointermove", "pointerover"])
    addEventListener(name, (event) => event.stopImmediatePropagation(), { capture: true });"""
# A picture has no buttons.
_PICTURED = "() => { document.documentElement.dataset.picture = ''; }"


class MissingTool(Exception):
    """A program that is needed is not here; the words say which, and how to get it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a picture is taken: its size in pixels, how much of the page is on it, and its colours.

    `scale` is how many pixels of the picture one of the page takes: at 2 words are twice as large.
    """

    width: int = 1920
    height: int = 1080
    scale: float = 1.5
    ui: str = "min"
    theme: str = "light"

    @property
    def window(self) -> ViewportSize:
        """The size of the window which fills the picture, and where need be lies over its edge."""
        width, height = (math.ceil(round(side / self.scale, 6)) for side in self.size)
        return {"width": width, "height": height}

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        return self.width, self.height


class Camera:
    """Looks at one page, within `with`."""

    def __init__(self, browser: Browser, page: str, frame: Frame) -> None:
        """`page` is the text of a page of the site."""
        self._browser, self._text, self._frame = browser, page, frame

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="history-map-")
        self._file = Path(self._folder.name) / "map.html"
        self._file.write_text(self._text, encoding="utf-8")
        self._context = self._browser.new_context(
            viewport=self._frame.window,
            device_scale_factor=self._frame.scale,
            reduced_motion="reduce",
            offline=True,
            locale="en-GB",
            timezone_id="UTC",
        )
        self._context.add_init_script(_NO_POINTER)
        self._page: Page = self._context.new_page()
        self._page.set_default_timeout(READY_SECONDS * 1000)
        return self

    def __exit__(self, *_: object) -> None:
        self._context.close()
        self._folder.cleanup()

    def open(self, at: str = "") -> None:
        """Opens the page where the part of an address after # says."""
        page, frame = self._page, self._frame
        page.goto("about:blank")  # else another # would be all that changes
        page.goto(f"{self._file.as_uri()}?ui={frame.ui}&theme={frame.theme}#{at}")
        if not page.evaluate(_OPENED):
            raise OSError("the map does not open in this browser")
        page.evaluate(_PICTURED)
        page.evaluate(_RESTS, OPENING)

    def ask(self, script: str, with_: Any = None) -> Any:
        """What a function of JavaScript gives in the page, once the picture rests again."""
        answer = self._page.evaluate(script, with_)
        self._page.evaluate(_RESTS, STEP)
        return answer

    def picture(self) -> bytes:
        """What is seen, as PNG of the frame's size."""
        taken = self._page.screenshot(type="png", animations="disabled", caret="hide")
        return _cut(taken, self._frame)

    def frame(self) -> bytes:
        """As `picture`, in a third of the time, and larger: for what is not kept as it is."""
        session = self._context.new_cdp_session(self._page)
        try:
            how = {"format": "png", "optimizeForSpeed": True}
            taken = session.send("Page.captureScreenshot", how)["data"]
        finally:
            session.detach()
        return _cut(base64.b64decode(taken), self._frame)

    def pdf(self) -> bytes:
        """What the page puts on paper."""
        return self._page.pdf(prefer_css_page_size=True, print_background=True)


def _cut(picture: bytes, frame: Frame) -> bytes:
    """A picture, PNG, without what lies over the frame's edge."""
    from PIL import Image

    taken = Image.open(io.BytesIO(picture))
    if taken.size == frame.size:
        return picture
    cut = io.BytesIO()
    taken.crop((0, 0, *frame.size)).save(cut, format="PNG")
    return cut.getvalue()


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser without a window. Raises MissingTool, and OSError where it stops too early."""
    from playwright.sync_api import Error, sync_playwright

    logging.getLogger("asyncio").disabled = True  # of a driver that is gone it tells too
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            try:
                yield browser
            finally:
                browser.close()
    except Error as failed:
        if _was_interrupted(failed):  # Ctrl-C stops the browser as well
            raise KeyboardInterrupt from None
        raise OSError(f"the browser stopped: {str(failed).splitlines()[0]}") from failed


def _was_interrupted(failed: BaseException) -> bool:
    """Whether an error came of Ctrl-C."""
    cause: BaseException | None = failed
    while cause and not isinstance(cause, KeyboardInterrupt):
        cause = cause.__context__
    return cause is not None


def launch(playwright: Playwright) -> Browser:
    """The Chromium of this machine, the same in everybody's surroundings. Raises MissingTool."""
    from playwright.sync_api import Error

    path = find_browser()
    if not path:
        raise MissingTool(advice())
    sandbox = ["--no-sandbox"] if sys.platform.startswith("linux") and is_root() else []
    try:
        return playwright.chromium.launch(
            executable_path=path, args=[*FLAGS, *sandbox], timeout=START_SECONDS * 1000
        )
    except Error as failed:
        raise MissingTool(f"{path} does not start: {str(failed).splitlines()[0]}") from failed
