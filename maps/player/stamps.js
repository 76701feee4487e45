import { colours, themeNow } from "./sheet.js";
import { shapeOf, toneOf } from "./symbols.js";

// Marks as stamps of antialiased pixels: thousands of them in a millisecond.

const PALE = 0.4; // of what is over

/** The fill of a mark: of several directions each its share, from left to right. */
function paintOf(ctx, directions, colour, radius) {
  if (directions.length < 2) return colour(toneOf(directions));
  const shade = ctx.createLinearGradient(-radius, 0, radius, 0);
  directions.forEach((id, k) => {
    for (const edge of [k, k + 1]) shade.addColorStop(edge / directions.length, colour(`direction-${id}`));
  });
  return shade;
}

/** Draws a mark about 0,0 as symbol() does, with a casing that is the finer the smaller the mark. */
function drawMark(ctx, { kind, directions, status }, radius, colour) {
  const path = new Path2D();
  path.addPath(new Path2D(shapeOf(kind)), new DOMMatrix().scale(radius));
  ctx.lineJoin = "round";
  ctx.strokeStyle = colour("halo");
  ctx.fillStyle = colour("halo");
  ctx.lineWidth = Math.min(2.4, 0.35 * radius);
  ctx.stroke(path);
  if (status === "executed") ctx.fillStyle = paintOf(ctx, directions, colour, radius);
  ctx.fill(path, "evenodd");
  if (status === "executed") return;
  ctx.strokeStyle = colour(toneOf(directions));
  ctx.lineWidth = Math.max(1, 0.22 * radius);
  ctx.setLineDash([0.42 * radius, 0.28 * radius]);
  ctx.stroke(path);
  ctx.setLineDash([]);
}

/**
 * Where the pixels of a mark lie from its own, in a picture of `stride` pixels a row, and what they are:
 * whole ones, and those at the edges that let the ground through.
 */
function stampOf(one, { radius, pale, ratio, stride }, colour) {
  const half = Math.ceil((1.5 * radius + 1.5) * ratio);
  const size = 2 * half + 1;
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  ctx.setTransform(ratio, 0, 0, ratio, half + 0.5, half + 0.5);
  ctx.globalAlpha = pale ? PALE : 1;
  drawMark(ctx, one, radius, colour);
  const pixels = new Uint32Array(ctx.getImageData(0, 0, size, size).data.buffer);
  const positions = Array.from(pixels.keys());
  const stepOf = (p) => (Math.floor(p / size) - half) * stride + (p % size) - half;
  const picked = (test) => {
    const chosen = positions.filter((p) => test(pixels[p] >>> 24));
    return { steps: Int32Array.from(chosen, stepOf), tones: Uint32Array.from(chosen, (p) => pixels[p]) };
  };
  return { half, whole: picked((alpha) => alpha > 250), edge: picked((alpha) => alpha > 8 && alpha <= 250) };
}

/** One pixel over another, both as the words of an ImageData. */
function over(top, under) {
  const a = top >>> 24;
  const rest = ((under >>> 24) * (255 - a)) / 255;
  const alpha = a + rest;
  const mix = (shift) => ((((top >>> shift) & 255) * a + ((under >>> shift) & 255) * rest) / alpha) << shift;
  return ((alpha << 24) | (mix(16) & 0xff0000) | (mix(8) & 0xff00) | (mix(0) & 255)) >>> 0;
}

/** The stamps of `classes` (visible.js), made when first needed for a theme and a size. */
export class Stamps {
  constructor(classes) {
    this.classes = classes;
    this.key = "";
    this.sizes = new Map(); // radius -> stamps
  }

  /** Prepares for marks of a radius on a picture of so many pixels a row. */
  use(radius, ratio, stride) {
    const key = [ratio, stride, themeNow()].join(" ");
    if (key !== this.key) this.sizes.clear();
    if (!this.sizes.has(radius)) this.sizes.set(radius, []);
    Object.assign(this, { key, radius, ratio, stride, made: this.sizes.get(radius) });
  }

  of(number, pale) {
    const at = 2 * number + (pale ? 1 : 0);
    this.made[at] ??= stampOf(this.classes.at(number), { ...this, pale }, colours());
    return this.made[at];
  }
}

/** Sets a stamp at a pixel of `words`; the caller has seen to it that it lies within. */
export function setStamp(words, { whole, edge }, at) {
  const { steps, tones } = whole;
  for (let p = 0; p < steps.length; p += 1) words[at + steps[p]] = tones[p];
  const { steps: thin, tones: shades } = edge;
  for (let p = 0; p < thin.length; p += 1) {
    const under = words[at + thin[p]];
    words[at + thin[p]] = under ? over(shades[p], under) : shades[p];
  }
}
