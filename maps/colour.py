"""Colour arithmetic: contrast as WCAG 2.2 measures it, and the nearest shade that reaches it."""

from __future__ import annotations

import colorsys

RGB = tuple[float, float, float]


def parse(text: str) -> RGB:
    """Red, green and blue in 0..1 of `#rrggbb`."""
    return (int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255)


def write(rgb: RGB) -> str:
    """The colour as `#rrggbb`."""
    return "#" + "".join(f"{round(min(1, max(0, part)) * 255):02x}" for part in rgb)


def luminance(text: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parse(text)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def worst(colour: str, grounds: list[str]) -> float:
    """The lowest contrast of a colour over several grounds."""
    return min(contrast(colour, ground) for ground in grounds)


def mix(one: str, other: str, share: float) -> str:
    """`share` of the first colour laid over the second."""
    pairs = zip(parse(one), parse(other), strict=True)
    red, green, blue = (a * share + b * (1 - share) for a, b in pairs)
    return write((red, green, blue))


def reach(colour: str, grounds: list[str], ratio: float, lighter: bool) -> str:
    """The nearest shade of the same hue that has `ratio` on every ground (or the extreme)."""
    hue, light, saturation = colorsys.rgb_to_hls(*parse(colour))
    step = 0.01 if lighter else -0.01
    while worst(colour, grounds) < ratio and 0 < light + step < 1:
        light += step
        colour = write(colorsys.hls_to_rgb(hue, light, saturation))
    return colour


def spun(index: int) -> str:
    """The index-th of ever new hues (a golden-angle walk): for projects with many directions."""
    return write(colorsys.hls_to_rgb((0.58 + index * 0.381966) % 1, 0.36, 0.6))
