"""A handout: a story on paper, its contents and then a page a chapter, as PDF."""

from __future__ import annotations

import io

from maps.report import Say
from maps.story import Story
from maps.takeaway.camera import Camera, Frame, browsing

FRAME = Frame(1280, 800, 1, ui="full")  # of which paper takes the words and the map alone


def handout(page: str, story: Story, say: Say) -> bytes:
    """A story from the text of its page, as PDF. Raises MissingTool."""
    from pypdf import PdfReader, PdfWriter

    paper = PdfWriter()
    sheets = [
        ("", story.title),
        *((one.address, one.title) for one in story.chapters),
    ]
    with browsing() as browser, Camera(browser, page, FRAME) as camera:
        for number, (address, title) in enumerate(sheets, 1):
            say(f"sheet {number} of {len(sheets)}")
            camera.open(address)
            paper.append(PdfReader(io.BytesIO(camera.pdf())), outline_item=title)
    paper.compress_identical_objects()
    paper.add_metadata({"/Title": story.title})
    written = io.BytesIO()
    paper.write(written)
    return written.getvalue()
