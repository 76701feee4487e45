"""A still: one moment of a map as a picture."""

from __future__ import annotations

from events.when import When
from maps.takeaway.camera import Camera, Frame, browsing

_SEEK = """when => {
    try { historyMap.seek(when); return true; } catch { return false; }
}"""


def still(page: str, frame: Frame, asked: str = "", at: When | None = None) -> bytes:
    """A picture of a page as PNG: where the part of an address after # says, or at a time.

    Raises ValueError where the page does not know such a time, and MissingTool.
    """
    with browsing() as browser, Camera(browser, page, frame) as camera:
        camera.open(asked)
        if at and not camera.ask(_SEEK, at.text):
            raise ValueError(f"{at.text!r} is no moment; write a day such as 1941-12-07")
        return camera.picture()
