import { GARRISON, hatchLines, hatchOf } from "./hatch.js";
import { byZoom, isPrinting } from "./sheet.js";

// The ground in the tints of those who own it, hatched where another holds it.

const SHORE = 0.2; // degrees beyond a coast that its tint reaches: pieces have coarser coasts than the land
const FINEST = 2; // px to which a coast is widened at least
const BORDER = [0.85, 1.2, 1.6, 2];
const SOFT = { reach: 12, steps: 4, strength: 0.28 }; // px within which what one holds of another's fades out

/** One colour over another, both `#rrggbb`. */
export function mixed(top, under, share) {
  const part = (hex, k) => parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16);
  const mix = [0, 1, 2].map((k) => Math.round(part(top, k) * share + part(under, k) * (1 - share)));
  return `#${mix.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
}

/** Which pieces look alike: side, whether a client, side that holds it, side of the garrison -> their numbers. */
function looksOf(held, seen) {
  const looks = new Map();
  for (const k of seen) {
    const one = held[k];
    if (!one?.side && !one?.under && !one?.troops) continue;
    const key = JSON.stringify([one.side, one.isClient, one.under, one.troops]);
    if (looks.has(key)) looks.get(key).push(k);
    else looks.set(key, [k]);
  }
  return looks;
}

/** The tint of a side, or of its clients; on paper half of it. */
export function tintOf(colour, side, isClient) {
  if (!side) return colour("land");
  const tint = colour(`${isClient ? "client" : "tint"}-of-${side}`);
  return isPrinting() ? mixed(tint, colour("land"), 0.5) : tint;
}

const [fine, rough] = [0, 1].map(() => document.createElement("canvas").getContext("2d"));

/** A canvas of its own, used again and again: empty, so many pixels large. */
function emptied(ctx, width, height) {
  const { canvas } = ctx;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  else {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalCompositeOperation = "source-over";
    ctx.clearRect(0, 0, width, height);
  }
}

/**
 * Paints flat tints, and about them the same ones roughly widened, so that no strip of land stays bare
 * along a coast: a smaller picture of them, moved a pixel each way under itself.
 */
function paintFlat(ctx, frame, looks) {
  const { width, height, ratio } = frame;
  emptied(fine, Math.round(width * ratio), Math.round(height * ratio));
  fine.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const { path, tint } of looks) {
    fine.fillStyle = tint;
    fine.fill(path, "evenodd");
  }
  const block = Math.max(FINEST, (SHORE * frame.scale) / 360);
  const [columns, rows] = [Math.ceil(width / block), Math.ceil(height / block)];
  emptied(rough, columns, rows);
  rough.drawImage(fine.canvas, 0, 0, width / block, height / block);
  rough.globalCompositeOperation = "destination-over";
  for (const [x, y] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ])
    rough.drawImage(rough.canvas, x, y);
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(rough.canvas, 0, 0, columns * block, rows * block);
  ctx.imageSmoothingEnabled = true;
  ctx.drawImage(fine.canvas, 0, 0, width, height);
}

const isOneOwners = (a, b) => a?.owner === b?.owner && a?.under !== b?.under;

/** How far one holds another's ground is known roughly: there tint and hatch fade to the owner's tint. */
function soften(ctx, { own, path }, extent) {
  const { reach, steps, strength } = SOFT;
  ctx.save();
  ctx.clip(path, "evenodd");
  ctx.globalAlpha = strength;
  ctx.strokeStyle = own;
  for (let k = steps; k > 0; k -= 1) {
    ctx.lineWidth = (2 * reach * k) / steps;
    ctx.stroke(extent);
  }
  ctx.restore();
}

/** Paints pieces over the land of a sheet; what of it lies beyond the land is the caller's to cut off. */
export function paintTints(ctx, frame, { holdings, period, colour }) {
  const { areas, sides } = holdings;
  const { held } = period;
  const looks = [...looksOf(held, areas.seen(frame))].map(([key, numbers]) => {
    const [side, isClient, under, troops] = JSON.parse(key);
    const style = hatchOf(sides, under);
    const own = tintOf(colour, side, isClient);
    const tint = under ? mixed(tintOf(colour, under, false), own, style.cover) : own;
    return { numbers, under, troops, style, own, tint, path: areas.pathOf(numbers, frame) };
  });
  paintFlat(ctx, frame, looks);
  for (const { path, under, troops, style } of looks) {
    if (!under && !troops) continue;
    const lines = under ? style : { ...GARRISON, lean: hatchOf(sides, troops).lean };
    ctx.fillStyle = hatchLines(ctx, lines, colour(`hatch-of-${under || troops}`), frame);
    ctx.fill(path, "evenodd");
  }
  for (const look of looks.filter(({ under }) => under)) {
    const isOf = new Set(look.numbers);
    const isExtent = (a, b) =>
      isOf.has(a) !== isOf.has(b) && a >= 0 && b >= 0 && isOneOwners(held[a], held[b]);
    soften(ctx, look, areas.arcPath(isExtent, frame));
  }
  const isBorder = (a, b) => a >= 0 && b >= 0 && held[a]?.owner !== held[b]?.owner;
  ctx.lineJoin = "round";
  ctx.strokeStyle = colour("polity-border");
  ctx.lineWidth = byZoom(frame.zoom, ...BORDER);
  ctx.stroke(areas.arcPath(isBorder, frame));
}
