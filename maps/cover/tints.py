"""The land of a picture in the tints of those who hold it, hatched where it is another's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from maps.cover.frame import line_path, number
from maps.cover.frontline import HANDS, Frontline
from maps.cover.held import Holdings, Look, Looks
from maps.cover.pieces import Pieces
from maps.scene import Scene

SHORE = (
    0.2  # degrees beyond a coast that its tint reaches: pieces have coarser coasts than the land
)
# The hatch of the first side of the table, of the others, and of troops on others' ground.
FIRST = {"lean": 1, "period": 12.0, "width": 2.6, "opacity": 0.75, "cover": 0.55}
OTHERS = {"lean": -1, "period": 13.0, "width": 2.2, "opacity": 0.5, "cover": 0.85}
TROOPS = {"lean": 1, "period": 22.0, "width": 2.2, "opacity": 0.65, "cover": 0.0}


def tinted(
    scene: Scene, holdings: Holdings, pieces: Pieces, fronts: Iterable[Frontline], name: str
) -> Iterator[str]:
    """The tints of those who hold the land, and of those who hold it behind fronts."""
    hatches = _Hatches(scene, name)
    looks = holdings.looks()
    yield f'<g clip-path="url(#{name}-shore)" fill-rule="evenodd">'
    yield _painted(pieces, looks, hatches, f"{name}-t")
    for front in fronts:
        for hand in HANDS:
            held = holdings.looks_under(front.told[hand], front.told[f"{hand}Sides"])
            taken = _taken(held, looks, pieces.near(front.theatre))
            drawn = _painted(pieces, taken, hatches, f"{front.name}-{hand}-t")
            if drawn:
                yield f'<g clip-path="url(#{front.name}-{hand})">{drawn}</g>'
    width = number(pieces.frame.by_zoom(0.85, 1.2, 1.6, 2))
    borders = line_path(pieces.line(arc) for arc in sorted(holdings.borders()))
    yield f'<path d="{borders}" fill="none" stroke="var(--polity-border)" stroke-width="{width}"/>'
    yield "</g>"
    yield hatches.defs()


def _painted(pieces: Pieces, looks: Looks, hatches: _Hatches, name: str) -> str:
    """Pieces in the colours of their looks: wide along the coasts first, then as they are."""
    paths = {look: pieces.path(numbers) for look, numbers in looks.items() if numbers}
    shown = [(look, path) for look, path in paths.items() if path]
    width = number(2 * max(4.0, SHORE * pieces.frame.scale / 360))
    defs = "".join(f'<path id="{name}{k}" d="{path}"/>' for k, (_, path) in enumerate(shown))
    wide, plain = [], []
    for k, (look, _) in enumerate(shown):
        for paint, opacity in hatches.paints(look):
            veil = f' opacity="{opacity}"' if opacity < 1 else ""
            use = f'<use href="#{name}{k}" fill="{paint}"{veil}'
            if not paint.startswith("url"):
                wide.append(f'{use} stroke="{paint}" stroke-width="{width}"/>')
            plain.append(f"{use}/>")
    return f"<defs>{defs}</defs>" + "".join([*wide, *plain]) if shown else ""


class _Hatches:
    """The paints of looks, and the hatches among them."""

    def __init__(self, scene: Scene, name: str) -> None:
        self._first = scene["sides"][0]["id"] if scene["sides"] else ""
        self._name = name
        self._used: dict[str, str] = {}

    def paints(self, look: Look) -> Iterator[tuple[str, float]]:
        """The paints that lie on one another, each with its opacity."""
        kind = "client" if look.is_client else "tint"
        yield (f"var(--{kind}-of-{look.side})" if look.side else "var(--land)"), 1
        if look.under:
            style = FIRST if look.under == self._first else OTHERS
            yield f"var(--tint-of-{look.under})", style["cover"]
            yield self._hatch(look.under, style, "h"), 1
        elif look.troops:
            lean = (FIRST if look.troops == self._first else OTHERS)["lean"]
            yield self._hatch(look.troops, {**TROOPS, "lean": lean}, "g"), 1

    def defs(self) -> str:
        """The patterns of those hatches that were asked for."""
        return f"<defs>{''.join(self._used.values())}</defs>" if self._used else ""

    def _hatch(self, side: str, style: dict[str, float], kind: str) -> str:
        key = f"{self._name}-{kind}-{side}"
        size = number(style["period"])
        self._used[key] = (
            f'<pattern id="{key}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({-45 * style["lean"]:.0f})"><path d="M0 4H24" '
            f'stroke="var(--hatch-of-{side})" stroke-width="{number(style["width"])}" '
            f'opacity="{style["opacity"]}"/></pattern>'
        )
        return f"url(#{key})"


def _taken(held: Looks, looks: Looks, near: Collection[int]) -> Looks:
    """Pieces that look otherwise behind a front, of those near it."""
    return {
        look: [one for one in pieces if one in near and one not in looks.get(look, ())]
        for look, pieces in held.items()
    }
