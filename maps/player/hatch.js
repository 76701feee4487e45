// Hatches for ground that one holds and another owns. They are fixed to the screen, not to the ground.

// The hatch of the first side of the table, and that of the others, which leans the other way.
const FIRST = { lean: 1, period: 6, width: 1.3, opacity: 0.75, cover: 0.55 };
const OTHERS = { lean: -1, period: 6.5, width: 1.1, opacity: 0.5, cover: 0.85 };
// That of troops who stand on ground that stays its holder's.
export const GARRISON = { lean: 1, period: 11, width: 1.1, opacity: 0.65 };
const LINES = 2; // of a tile, that its whole pixels are near the period

/** How a side hatches: `cover` is how much of its tint lies on the owner's. */
export const hatchOf = (sides, id) => (sides[0]?.id === id ? FIRST : OTHERS);

const tiles = new Map();

function tileOf({ lean, period, width, opacity }, colour, ratio) {
  const size = Math.round(LINES * period * Math.SQRT2 * ratio);
  const key = [lean, size, width, opacity, colour].join(" ");
  if (!tiles.has(key)) {
    const tile = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const ctx = tile.getContext("2d");
    ctx.strokeStyle = colour;
    ctx.globalAlpha = opacity;
    ctx.lineWidth = width * ratio;
    ctx.beginPath();
    const gap = size / LINES;
    for (let k = -LINES; k <= 2 * LINES; k += 1) {
      // Beyond the tile at both ends, that its corners are as full as its middle.
      ctx.moveTo((k - 1) * gap, lean > 0 ? size + gap : -gap);
      ctx.lineTo((k + LINES + 1) * gap, lean > 0 ? -gap : size + gap);
    }
    ctx.stroke();
    tiles.set(key, tile);
  }
  return tiles.get(key);
}

/** A fill of lines in a colour, for a sheet's frame. */
export function hatchLines(ctx, style, colour, frame) {
  const pattern = ctx.createPattern(tileOf(style, colour, frame.ratio), "repeat");
  pattern.setTransform(
    new DOMMatrix([1 / frame.ratio, 0, 0, 1 / frame.ratio, frame.offset.x, frame.offset.y]),
  );
  return pattern;
}
