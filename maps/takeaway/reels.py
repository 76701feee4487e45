"""Reels: pictures one after another become MP4 or GIF, in the same bytes each time."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

from maps.takeaway.camera import Frame

if TYPE_CHECKING:
    from PIL.Image import Image


class _Reel:
    """Pictures are added to it, within `with`; `end` gives the file."""

    def __init__(self, frame: Frame, rate: int) -> None:
        """`rate` is how many frames a second has."""
        self.frame, self.rate, self.frames = frame, rate, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leaves nothing behind."""

    def add(self, picture: bytes, count: int) -> None:
        """Shows a picture, PNG, for so many frames."""
        from PIL import Image

        self.write(Image.open(io.BytesIO(picture)).convert("RGB"), count)
        self.frames += count

    def write(self, picture: Image, count: int) -> None:
        """Writes so many frames of a picture."""
        raise NotImplementedError

    def end(self) -> bytes:
        """The file, whole."""
        raise NotImplementedError


class Mp4(_Reel):
    """H.264 in MP4, which every program of slides and every browser plays."""

    def __enter__(self) -> Self:
        import av

        self._folder = TemporaryDirectory(prefix="history-map-")  # it is read again as it is closed
        self._path = Path(self._folder.name) / "film.mp4"
        options = {"fflags": "+bitexact", "movflags": "+faststart"}
        self._file = av.open(self._path, "w", container_options=options)
        self._stream = self._file.add_stream("libx264", rate=self.rate)
        self._stream.width, self._stream.height = self.frame.width, self.frame.height
        self._stream.pix_fmt = "yuv420p"
        self._stream.options = {"crf": "20", "preset": "medium", "threads": "1"}
        self._stream.codec_context.flags |= av.codec.context.Flags.bitexact
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._folder.cleanup()

    def write(self, picture: Image, count: int) -> None:
        """Writes so many frames of a picture."""
        import av

        for _ in range(count):
            self._file.mux(self._stream.encode(av.VideoFrame.from_image(picture)))

    def end(self) -> bytes:
        """The file, with what was still held back."""
        self._file.mux(self._stream.encode(None))
        self._file.close()
        return self._path.read_bytes()


class Gif(_Reel):
    """GIF, for where no video may stand; 256 colours a picture."""

    def __enter__(self) -> Self:
        self._pictures: list[Image] = []
        self._lasting: list[int] = []  # hundredths of a second
        return self

    def write(self, picture: Image, count: int) -> None:
        """Keeps a picture, and how long it stands."""
        from PIL import Image

        few = picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        begins, ends = (round((self.frames + n) * 100 / self.rate) for n in (0, count))
        self._pictures.append(few)
        self._lasting.append(ends - begins)

    def end(self) -> bytes:
        """The file."""
        first, *rest = self._pictures
        written = io.BytesIO()
        first.save(
            written,
            format="GIF",
            save_all=True,
            append_images=rest,
            duration=[10 * hundredths for hundredths in self._lasting],
            loop=0,
            optimize=False,
        )
        return written.getvalue()


REELS: dict[str, type[_Reel]] = {".mp4": Mp4, ".gif": Gif}
