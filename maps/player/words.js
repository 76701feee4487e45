import { meets } from "./boxes.js";
import { Sheet, colours, mercatorX, mercatorY } from "./sheet.js";

// Words on the map. Each asks for a place and has a rank; who comes too late is not drawn.
// Nothing is ever laid over another word, a mark or a panel.

const SERIF = 'Charter, "Iowan Old Style", "Palatino Linotype", Georgia, "Liberation Serif", serif';
const SANS = '"Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';
const GAP = 3;

const inside = (box, view) => box.x >= 2 && box.y >= 2 && box.x + box.width <= view.x - 2 && box.y + box.height <= view.y - 2;

/** Where the box of a word may stand about a point, the best first. */
function places({ x, y, reach = 12, width, height, only }) {
  const d = reach;
  const spots = {
    right: [x + d, y - height / 2],
    left: [x - d - width, y - height / 2],
    "above right": [x + d * 0.7, y - d * 0.7 - height],
    "below right": [x + d * 0.7, y + d * 0.7],
    "above left": [x - d * 0.7 - width, y - d * 0.7 - height],
    "below left": [x - d * 0.7 - width, y + d * 0.7],
    above: [x - width / 2, y - d - height],
    below: [x - width / 2, y + d],
    centre: [x - width / 2, y - height / 2],
  };
  return (only ?? ["right", "left", "above right", "below right", "above left", "below left", "above", "below"]).map((name) => spots[name]);
}

function measure(ctx, word) {
  let [width, height] = [0, 0];
  for (const line of word.lines) {
    ctx.font = fontOf(line);
    if ("letterSpacing" in ctx) ctx.letterSpacing = `${line.tracking ?? 0}px`;
    width = Math.max(width, ctx.measureText(line.text).width);
    height += line.size * 1.18;
  }
  return { width: Math.ceil(width), height: Math.ceil(height) };
}

const fontOf = (line) => `${line.italic ? "italic " : ""}${line.bold ? "700 " : ""}${line.size}px ${line.serif ? SERIF : SANS}`;

function paintWord(ctx, word, box, colour) {
  ctx.textBaseline = "alphabetic";
  ctx.lineJoin = "round";
  let y = box.y;
  for (const line of word.lines) {
    ctx.font = fontOf(line);
    if ("letterSpacing" in ctx) ctx.letterSpacing = `${line.tracking ?? 0}px`;
    y += line.size * 1.18;
    const x = box.align === "right" ? box.x + box.width - ctx.measureText(line.text).width : box.x;
    ctx.globalAlpha = 0.88;
    ctx.strokeStyle = colour(line.halo ?? "halo");
    ctx.lineWidth = line.halo === "sea" ? 4 : 3.2;
    ctx.strokeText(line.text, x, y - line.size * 0.26);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour(line.tone);
    ctx.fillText(line.text, x, y - line.size * 0.26);
  }
  if ("letterSpacing" in ctx) ctx.letterSpacing = "0px";
}

/**
 * The sheet of words. `gather(frame)` gives words {lines, x, y (in the window), rank, reach, only};
 * `obstacles()` the boxes that are taken, in the window's pixels;
 * those that are `soft` (arrows) a word that matters may lie on where there is no other room.
 */
export function makeWords(map, gather, obstacles) {
  let placed = [];
  const sheet = new Sheet("words", (ctx, frame) => {
    const colour = colours();
    const taken = obstacles();
    placed = [];
    const asked = gather(frame).sort((a, b) => a.rank - b.rank);
    ctx.translate(frame.offset.x, frame.offset.y);
    for (const word of asked) {
      const size = measure(ctx, word);
      const spots = places({ ...word, ...size }).map(([x, y]) => ({ x, y, ...size, align: x + size.width / 2 < word.x - 4 ? "right" : "left" }));
      const free = spots.filter((spot) => inside(spot, frame.view) && !taken.some((other) => !other.soft && meets(spot, other)));
      const clear = free.find((spot) => !taken.some((other) => other.soft && meets(spot, other)));
      const box = clear ?? (word.rank < 60 ? free[0] : undefined);
      if (!box) continue;
      taken.push({ x: box.x - GAP, y: box.y - GAP, width: box.width + 2 * GAP, height: box.height + 2 * GAP });
      placed.push({ text: word.lines.map((line) => line.text).join(" "), ...box });
      paintWord(ctx, word, box, colour);
    }
  });
  sheet.addTo(map);
  return { redraw: () => sheet.redraw(), placed: () => placed };
}

const SIZES = { sea: [19, 16, 14, 13], polity: [22, 16, 13.5, 12], town: [13, 12.5, 12.5, 12.5] };
const NEEDS = { 1: 0, 2: 0, 3: 2.9, 4: 4.2 }; // the zoom from which a rank is set

/** Names of seas and countries that hold at the moment. */
export function nameWords(names, moment, frame) {
  return names
    .filter((name) => (name.first ?? -Infinity) <= moment.last && (name.last ?? Infinity) >= moment.first)
    .filter((name) => frame.zoom >= (NEEDS[name.rank] ?? 5))
    .map((name) => nameWord(name, frame));
}

function nameWord(name, frame) {
  const rank = Math.min(4, name.rank);
  const grown = Math.min(1.25, Math.max(0.82, 1 + (frame.zoom - 3) * 0.1));
  const size = Math.max(12, SIZES[name.kind][rank - 1] * grown);
  const polity = name.kind === "polity";
  const line = {
    text: polity ? name.text.toUpperCase() : name.text,
    size,
    serif: name.kind !== "town",
    italic: name.kind === "sea",
    tone: polity ? "map-ink" : name.kind === "sea" ? "water" : "ink",
    halo: name.kind === "sea" ? "sea" : polity ? "land" : "halo",
    tracking: polity ? [9, 3.6, 1.6, 0.8][rank - 1] : name.kind === "sea" ? 1.5 : 0,
  };
  return {
    lines: [line],
    x: mercatorX(name.lng) * frame.scale - frame.left - frame.offset.x,
    y: mercatorY(name.lat) * frame.scale - frame.top - frame.offset.y,
    rank: (polity ? 60 : 80) + rank,
    only: ["centre", "above", "below"],
    reach: 10,
  };
}

/** The label of the line at 180°. */
export function dateLineWord(frame) {
  return {
    lines: [{ text: "180°", size: 12.5, italic: true, serif: true, tone: "water", halo: "sea" }],
    x: mercatorX(180) * frame.scale - frame.left - frame.offset.x,
    y: frame.view.y * 0.62,
    rank: 90,
    reach: 6,
    only: ["right", "left"],
  };
}
