"""Small pictures of our own, for chapters that show one."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def lamp(kind: str = "PNG", size: tuple[int, int] = (120, 80)) -> bytes:
    """A lamp on a magenta ground, which no map has, as a file of a kind that Pillow knows."""
    drawing = Image.new("RGB", size, "#d010d0")
    pen = ImageDraw.Draw(drawing)
    pen.rectangle((size[0] // 3, size[1] // 4, size[0] * 2 // 3, size[1] * 3 // 4), fill="#10d010")
    written = io.BytesIO()
    drawing.save(written, kind)
    return written.getvalue()
