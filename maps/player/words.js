import { meets } from "./boxes.js";
import { RANK } from "./ranks.js";
import { Sheet, colours, mercatorX, mercatorY } from "./sheet.js";

// Words on the map. Each asks for a place and has a rank; who comes too late is not drawn.
// Nothing is ever laid over another word, a mark or a panel.

const SERIF = 'Charter, "Iowan Old Style", "Palatino Linotype", Georgia, "Liberation Serif", serif';
const SANS = '"Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';
const GAP = 3;
const APART = 16; // px between two names on one line, that they are not read as one
const SPOTS = ["right", "left", "above right", "below right", "above left", "below left", "above", "below"];

const inside = (box, view) =>
  box.x >= 2 && box.y >= 2 && box.x + box.width <= view.x - 2 && box.y + box.height <= view.y - 2;

/** Where the box of a word may stand about a point, the best first. */
function places({ x, y, reach = 12, width, height, only, once }, right) {
  const d = reach;
  // Above and below a mark near the window's edge its word slides in; the name of a land does not.
  const slides = !once && x > 0 && x < right;
  const slid = slides ? Math.min(Math.max(x - width / 2, 4), right - width - 4) : x - width / 2;
  const spots = {
    right: [x + d, y - height / 2],
    left: [x - d - width, y - height / 2],
    "above right": [x + d * 0.7, y - d * 0.7 - height],
    "below right": [x + d * 0.7, y + d * 0.7],
    "above left": [x - d * 0.7 - width, y - d * 0.7 - height],
    "below left": [x - d * 0.7 - width, y + d * 0.7],
    above: [slid, y - d - height],
    below: [slid, y + d],
    centre: [x - width / 2, y - height / 2],
  };
  return (only ?? SPOTS).map((name) => spots[name]);
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

const fontOf = (line) =>
  `${line.italic ? "italic " : ""}${line.bold ? "700 " : ""}${line.size}px ${line.serif ? SERIF : SANS}`;

function paintWord(ctx, word, box, colour) {
  ctx.textBaseline = "alphabetic";
  ctx.lineJoin = "round";
  let y = box.y;
  for (const line of word.lines) {
    ctx.font = fontOf(line);
    if ("letterSpacing" in ctx) ctx.letterSpacing = `${line.tracking ?? 0}px`;
    y += line.size * 1.18;
    const rest = box.width - ctx.measureText(line.text).width + (line.tracking ?? 0);
    const x = box.x + rest * (box.align === "right" ? 1 : box.align === "centre" ? 0.5 : 0);
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

/** The first box where a word lies on nothing, or, if it presses, on nothing but an arrow. */
function roomFor(ctx, word, frame, taken) {
  const size = measure(ctx, word);
  const spots = (word.points ?? [word]).flatMap(({ x, y }) =>
    places({ ...word, x, y, ...size }, frame.view.x).map(([left, top]) => ({
      x: left,
      y: top,
      ...size,
      align: word.centred ? "centre" : left + size.width / 2 < x - 4 ? "right" : "left",
    })),
  );
  const free = spots.filter(
    (spot) => inside(spot, frame.view) && !taken.some((other) => !other.soft && meets(spot, other)),
  );
  const clear = free.find((spot) => !taken.some((other) => other.soft && meets(spot, other)));
  return clear ?? (word.rank < RANK.pressing ? free[0] : undefined);
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
    const said = new Set(); // of a name that may stand at several places, one is enough
    for (const word of asked) {
      if (said.has(word.once)) continue;
      for (const lines of [word.lines, word.shorter ?? []]) {
        const box = lines.length && roomFor(ctx, { ...word, lines }, frame, taken);
        if (!box) continue;
        const aside = word.once ? APART : GAP;
        taken.push({
          x: box.x - aside,
          y: box.y - GAP,
          width: box.width + 2 * aside,
          height: box.height + 2 * GAP,
        });
        placed.push({ text: lines.map((line) => line.text).join(" "), ...box });
        paintWord(ctx, { ...word, lines }, box, colour);
        if (word.once) said.add(word.once);
        break;
      }
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
    size,
    serif: name.kind !== "town",
    italic: name.kind === "sea",
    tone: polity ? "map-ink" : name.kind === "sea" ? "water" : "ink",
    halo: name.kind === "sea" ? "sea" : polity ? "land" : "halo",
    tracking: polity ? [9, 3.6, 1.6, 0.8][rank - 1] : name.kind === "sea" ? 1.5 : 0,
  };
  return {
    lines: inLines(name, polity).map((text, k, all) => ({
      ...line,
      text,
      ...(k && text.startsWith("(") && all.length > 1
        ? { size: Math.max(12, size * 0.8), tracking: 0.5 }
        : {}),
    })),
    centred: true,
    once: `${name.kind} ${name.text}`,
    x: mercatorX(name.lng) * frame.scale - frame.left - frame.offset.x,
    y: mercatorY(name.lat) * frame.scale - frame.top - frame.offset.y,
    rank: (polity ? RANK.polity : RANK.sea) + rank,
    only: ["centre", "above", "below"],
    reach: 10,
  };
}

/** A polity's name in capitals; a long one of a small land in two lines, its sovereign below. */
function inLines({ text, rank }, polity) {
  if (!polity) return [text];
  const [name, owner] = text.split(/ (?=\()/);
  const gap = name.length > 11 && rank > 1 ? name.lastIndexOf(" ") : -1;
  const parts = gap < 0 ? [name] : [name.slice(0, gap), name.slice(gap + 1)];
  return [...parts.map((part) => part.toUpperCase()), ...(owner ? [owner] : [])];
}
