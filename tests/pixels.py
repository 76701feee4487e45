"""Pictures of a page, and how many of their pixels differ or have a colour."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

import numpy as np
from PIL import Image
from playwright.sync_api import Frame, Page

Clip = tuple[float, float, float, float]  # x, y, width, height in CSS pixels


def shot(page: Page, clip: Clip | None = None) -> Image.Image:
    """The page, or a part of it, as it is now. A part is cut to the page."""
    box = dict(zip(("x", "y", "width", "height"), clip, strict=True)) if clip else None
    picture = page.screenshot(clip=box, animations="disabled", caret="hide")
    return Image.open(io.BytesIO(picture)).convert("RGB")


def changed(one: Image.Image, other: Image.Image) -> np.ndarray:
    """Where two pictures differ by more than a shade: rows of booleans."""
    assert one.size == other.size
    apart = np.abs(np.asarray(one, dtype=int) - np.asarray(other, dtype=int))
    return apart.max(axis=2) > 8


def near(picture: Image.Image, colours: str | Iterable[str], within: int = 40) -> np.ndarray:
    """Where a picture has (about) one of these colours, given as `#rrggbb`: rows of booleans."""
    pixels = np.asarray(picture, dtype=int)
    wanted = [colours] if isinstance(colours, str) else colours
    found = [np.abs(pixels - rgb(colour)).max(axis=2) <= within for colour in wanted]
    return np.any(found, axis=0)


def rgb(colour: str) -> np.ndarray:
    """`#rrggbb` as three numbers."""
    return np.array([int(part, 16) for part in re.findall("[0-9a-f]{2}", colour.lower())])


def colour_of(page: Page, name: str) -> str:
    """A colour of the page's stylesheet by its role: `direction-south`."""
    script = "name => getComputedStyle(document.documentElement).getPropertyValue('--' + name)"
    return page.evaluate(script, name).strip()


def place_of(page: Page, lat: float, lng: float) -> tuple[float, float]:
    """Where a place lies on the page."""
    return tuple(
        page.evaluate(
            """([lat, lng]) => {
                const { x, y } = window[document.querySelector(".map").id]
                    .latLngToContainerPoint([lat, lng]);
                const home = document.querySelector(".map").getBoundingClientRect();
                return [x + home.left, y + home.top];
            }""",
            [lat, lng],
        )
    )


def go(page: Page, address: str) -> None:
    """Changes the page's address, `t=1941&c=lat,lng,zoom`, and waits until it has heard of it."""
    page.evaluate(
        """address => new Promise(done => {
            history.replaceState(null, "", "#");
            addEventListener("hashchange", () => requestAnimationFrame(done), { once: true });
            location.hash = address;
        })""",
        address,
    )


def look(page: Page, lat: float, lng: float, zoom: float) -> None:
    """Cuts to a view and leaves all else as it is."""
    page.evaluate(
        """([lat, lng, zoom]) => window[document.querySelector(".map").id]
            .setView([lat, lng], zoom, { animate: false }).fire("dragstart")""",
        [lat, lng, zoom],
    )


def still(page: Page) -> None:
    """Waits until the map neither pans nor zooms."""
    page.evaluate(
        """async () => {
            const map = window[document.querySelector(".map").id];
            for (let calm = 0; calm < 3; calm += 1) {
                if (map._animatingZoom || map._panAnim?._inProgress) calm = -1;
                await new Promise(requestAnimationFrame);
            }
        }"""
    )


def until(page: Page | Frame, condition: str) -> None:
    """Waits, frame by frame, until an expression holds; the page's policy forbids other ways."""
    held = page.evaluate(
        f"""async () => {{
            for (let frame = 0; frame < 600; frame += 1) {{
                if ({condition}) return true;
                await new Promise(requestAnimationFrame);
            }}
            return false;
        }}"""
    )
    assert held, f"after 600 frames it still does not hold that {condition}"
