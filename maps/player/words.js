import { meets } from "./boxes.js";
import { typeScale } from "./largetype.js";
import { RANK } from "./ranks.js";
import { colours, mercatorX, mercatorY } from "./sheet.js";

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
  const aslant = Math.max(d * 0.72, d - 3); // clear of the mark's own box
  // Above and below a mark near the window's edge its word slides in; the name of a land does not.
  const slides = !once && x > 0 && x < right;
  const slid = slides ? Math.min(Math.max(x - width / 2, 4), right - width - 4) : x - width / 2;
  const spots = {
    right: [x + d, y - height / 2],
    left: [x - d - width, y - height / 2],
    "above right": [x + aslant, y - aslant - height],
    "below right": [x + aslant, y + aslant],
    "above left": [x - aslant - width, y - aslant - height],
    "below left": [x - aslant - width, y + aslant],
    above: [slid, y - d - height],
    below: [slid, y + d],
    centre: [x - width / 2, y - height / 2],
  };
  return (only ?? SPOTS).map((name) => spots[name]);
}

const pen = document.createElement("canvas").getContext("2d");
const widths = new Map(); // of texts as they are set
const FULL = 5000; // after so many the widths are forgotten

/** How wide a line of words is, in px. */
export function widthOf(line) {
  const font = fontOf(line);
  const key = `${font} ${line.tracking ?? 0} ${line.text}`;
  if (widths.size > FULL) widths.clear();
  if (!widths.has(key)) {
    pen.font = font;
    if ("letterSpacing" in pen) pen.letterSpacing = `${line.tracking ?? 0}px`;
    widths.set(key, pen.measureText(line.text).width);
  }
  return widths.get(key);
}

function measure(lines) {
  const width = Math.max(...lines.map(widthOf));
  return {
    width: Math.ceil(width),
    height: Math.ceil(lines.reduce((sum, line) => sum + sizeOf(line) * 1.18, 0)),
  };
}

const sizeOf = ({ size }) => size * typeScale();

const fontOf = (line) =>
  `${line.italic ? "italic " : ""}${line.bold ? "700 " : ""}${sizeOf(line)}px ${line.serif ? SERIF : SANS}`;

function paintWord(ctx, word, box, colour) {
  ctx.textBaseline = "alphabetic";
  ctx.lineJoin = "round";
  let y = box.y;
  for (const line of word.lines) {
    ctx.font = fontOf(line);
    if ("letterSpacing" in ctx) ctx.letterSpacing = `${line.tracking ?? 0}px`;
    y += sizeOf(line) * 1.18;
    const rest = box.width - widthOf(line) + (line.tracking ?? 0);
    const x = box.x + rest * (box.align === "right" ? 1 : box.align === "centre" ? 0.5 : 0);
    ctx.globalAlpha = 0.88;
    ctx.strokeStyle = colour(line.halo ?? "halo");
    ctx.lineWidth = line.halo === "sea" ? 4 : 3.2;
    ctx.strokeText(line.text, x, y - sizeOf(line) * 0.26);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour(line.tone);
    ctx.fillText(line.text, x, y - sizeOf(line) * 0.26);
  }
  if ("letterSpacing" in ctx) ctx.letterSpacing = "0px";
}

/** The boxes that a word may have, the best first. */
function spotsOf(word, lines, view) {
  const size = measure(lines);
  return (word.points ?? [word]).flatMap(({ x, y }) =>
    places({ ...word, x, y, ...size }, view.x).map(([left, top]) => ({
      x: left,
      y: top,
      ...size,
      align: word.centred ? "centre" : left + size.width / 2 < x - 4 ? "right" : "left",
    })),
  );
}

/**
 * The words of one map. A word keeps the place that it had first for as long as the view stays: it
 * gives way to what comes to lie there, and goes back.
 */
export class Words {
  constructor() {
    this.homes = new Map(); // word and its lines -> number of its place
    this.laid = []; // [{word, lines, box}]
  }

  /** The view, or what lies on it, is another: every word looks for its place anew. */
  forget() {
    this.homes.clear();
  }

  /**
   * Finds a place for each of `asked` {key, lines, x, y (in the window), rank, reach, only}.
   * `taken` are boxes in the window's pixels; those that are `soft` (arrows) a word that matters may lie
   * on where there is no other room. `isOpen(box)` may forbid still others.
   */
  lay(asked, taken, frame, isOpen = () => true) {
    this.laid = [];
    const [soft, hard] = [taken.filter((one) => one.soft), taken.filter((one) => !one.soft)];
    const said = new Set(); // of a name that may stand at several places, one is enough
    for (const word of asked.sort((a, b) => a.rank - b.rank)) {
      if (word.once && said.has(word.once)) continue;
      const found = this.placeOf(word, { soft, hard, view: frame.view, isOpen });
      if (!found) continue;
      this.laid.push({ word, ...found });
      hard.push(withRoom(found.box, word.once ? APART : GAP));
      if (word.once) said.add(word.once);
    }
  }

  placeOf(word, around) {
    for (const lines of [word.lines, word.shorter ?? []]) {
      const box = lines.length && this.roomFor(word, lines, around);
      if (box) return { lines, box };
    }
    return null;
  }

  /** The box where a word lies on nothing, or, if it presses, on nothing but an arrow. */
  roomFor(word, lines, { soft, hard, view, isOpen }) {
    const isFree = (box) => inside(box, view) && !hard.some((other) => meets(box, other)) && isOpen(box);
    const isClear = (box) => !soft.some((other) => meets(box, other));
    const home = `${word.key ?? word.lines[0].text} ${lines.length}`;
    const spots = spotsOf(word, lines, view);
    const kept = spots[this.homes.get(home)];
    if (kept && isFree(kept) && (word.rank < RANK.pressing || isClear(kept))) return kept;
    const free = spots.filter(isFree);
    const box = free.find(isClear) ?? (word.rank < RANK.pressing ? free[0] : undefined);
    if (box && !this.homes.has(home)) this.homes.set(home, spots.indexOf(box));
    return box;
  }

  paint(ctx, frame) {
    const colour = colours();
    ctx.translate(frame.offset.x, frame.offset.y);
    for (const { word, lines, box } of this.laid) paintWord(ctx, { ...word, lines }, box, colour);
  }

  /** The words as drawn, with their boxes in the window's pixels. */
  placed() {
    return this.laid.map(({ lines, box }) => ({ text: lines.map((line) => line.text).join(" "), ...box }));
  }
}

const withRoom = (box, aside) => ({
  x: box.x - aside,
  y: box.y - GAP,
  width: box.width + 2 * aside,
  height: box.height + 2 * GAP,
});

const SIZES = { sea: [19, 16, 14, 13], polity: [22, 16, 13.5, 12], town: [13, 12.5, 12.5, 12.5] };
const ROOM = [56, 28, 0, 0]; // px about its place, by rank, within which the name of a land may stand at zoom 3
const NEEDS = { 1: 0, 2: 0, 3: 2.9, 4: 4.2 }; // the zoom from which a rank is set

/** Names of seas and countries that hold at the moment. */
export function nameWords(names, moment, frame) {
  return names
    .filter((name) => (name.first ?? -Infinity) <= moment.last && (name.last ?? Infinity) >= moment.first)
    .filter((name) => frame.zoom >= (NEEDS[name.rank] ?? 5))
    .map((name) => nameWord(name, frame));
}

/** Its place, and those about it that are as good. */
function about(x, y, room) {
  const steps = room ? [0, -1, 1] : [0];
  return steps.flatMap((down) => steps.map((on) => ({ x: x + on * room, y: y + (down * room) / 2 })));
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
  const lines = inLines(name, polity).map((text, k, all) => ({
    ...line,
    text,
    ...(k && text.startsWith("(") && all.length > 1 ? { size: Math.max(12, size * 0.8), tracking: 0.5 } : {}),
  }));
  const x = mercatorX(name.lng) * frame.scale - frame.left - frame.offset.x;
  const y = mercatorY(name.lat) * frame.scale - frame.top - frame.offset.y;
  const smaller = (one) => ({ ...one, size: Math.max(12, one.size * 0.8), tracking: one.tracking * 0.6 });
  return {
    lines,
    shorter: polity && rank < 3 ? lines.map(smaller) : [],
    centred: true,
    key: `name ${name.text} ${name.lng} ${name.lat}`,
    once: `${name.kind} ${name.text}`,
    x,
    y,
    points: about(x, y, polity ? ROOM[rank - 1] * Math.min(1, 2 ** (frame.zoom - 3)) : 0),
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
