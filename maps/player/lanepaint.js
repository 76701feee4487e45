import { AXIS } from "./axis.js";

// What of the timeline stands still while the clock runs: lanes, axis, density, ticks. On a canvas that
// is drawn only when the axis, the size, the colours or the layers change.

const OFF = 0.3; // how strong a lane is whose direction is switched off
export const LONG = 6; // px from which on an event is a bar
const TICK = 7; // px
const LASTING = { gap: 2, height: 3, rows: 2 }; // of the pale bars of long events, beyond the ticks
const CLIMB = 0.4; // weaker than the root: a month of one event is still seen beside one of thirteen

/** `box` says where the lanes lie, `scale` where the labels stand, `crowds` is their density or null. */
export function paintStill(ctx, { box, axis, scale, crowds, loose, tone, isOn, highlighted }) {
  ctx.clearRect(0, 0, box.width, box.height);
  box.strips.forEach((strip, n) => {
    const strength = isOn(strip.lane.id) ? 1 : OFF;
    ctx.globalAlpha = strength;
    paintGround(ctx, strip, axis, tone, scale);
    if (crowds) paintDensity(ctx, strip, axis, tone, crowds, n);
    paintTicks(ctx, strip, axis, tone(`direction-${strip.lane.id}`));
    paintHighlighted(ctx, strip, axis, tone, highlighted);
  });
  ctx.globalAlpha = 1;
  ctx.fillStyle = tone("panel-2");
  ctx.fillRect(box.left, box.axisY, box.right - box.left, AXIS);
  ctx.globalAlpha = isOn("context") ? 1 : OFF;
  paintLoose(ctx, loose, box, axis, tone("context"));
  paintHighlighted(ctx, { lane: loose, base: box.axisY, way: 1 }, axis, tone, highlighted);
  ctx.globalAlpha = 1;
}

function paintGround(ctx, { lane, y, depth }, axis, tone, scale) {
  const strength = ctx.globalAlpha;
  ctx.globalAlpha = strength * 0.45;
  ctx.fillStyle = tone(`band-of-${lane.id}`);
  ctx.fillRect(axis.left, y, axis.right - axis.left, depth);
  ctx.globalAlpha = strength;
  ctx.fillStyle = tone("hairline");
  for (const tick of scale.ticks) ctx.fillRect(Math.round(axis.xOf(tick.at)), y, 1, depth);
}

/** One bar for each few pixels, up to the phases where most events begin in what is shown. */
function paintDensity(ctx, { lane, depth, phases, base, way }, axis, tone, { bounds, counts, most }, n) {
  const highest = depth - phases - 1;
  const strength = ctx.globalAlpha;
  ctx.fillStyle = tone(`direction-${lane.id}`);
  ctx.globalAlpha = strength * 0.55;
  counts[n].forEach((count, k) => {
    if (!count) return;
    const x = Math.max(axis.left, axis.xOf(bounds[k]));
    const end = Math.min(axis.right, axis.xOf(bounds[k + 1]));
    const height = highest * (count / most) ** CLIMB;
    ctx.fillRect(x, way < 0 ? base - height : base, Math.max(1, end - x - 0.6), height);
  });
  ctx.globalAlpha = strength;
}

/** A tick for each event; where they would touch one another, a line at the axis. */
function paintTicks(ctx, strip, axis, tone) {
  ctx.fillStyle = ctx.strokeStyle = tone;
  const rings = [];
  const rows = rowsOf(strip);
  const { from, to } = strip.lane.earlier(axis);
  for (let k = from; k < to; k += 1) paintBar(ctx, strip, axis, k, rows);
  for (const cell of strip.lane.cells(axis)) {
    if (cell.crowded) paintCrowd(ctx, strip, axis, cell);
    if (!cell.many) paintEach(ctx, strip, axis, cell, rings, rows);
  }
  paintRings(ctx, strip, rings);
}

/** What stands out: a longer tick on a band, whatever else lies there. */
function paintHighlighted(ctx, strip, axis, tone, highlighted) {
  const { lane } = strip;
  for (const i of highlighted) {
    const x = axis.xOf(Math.max(lane.events.first[i], axis.from));
    if (x > axis.right || lane.events.last[i] < axis.from || !lane.holds(i)) continue;
    ctx.fillStyle = tone("ink");
    fillFrom(ctx, strip, 0, [x - 4.5, 9, TICK + 5]);
    ctx.fillStyle = tone("highlight");
    fillFrom(ctx, strip, 0, [x - 3.5, 7, TICK + 4]);
    ctx.fillStyle = tone(lane.id === "context" ? "context" : `direction-${lane.id}`);
    fillFrom(ctx, strip, 0, [x - 1.25, 2.5, TICK + 2]);
  }
}

function paintCrowd(ctx, { lane, base, way }, axis, { from, to }) {
  const begins = Math.max(axis.left, axis.xOf(lane.at(from)) - 0.75);
  const ends = Math.min(axis.right, axis.xOf(lane.at(to - 1)) + 0.75);
  ctx.fillRect(begins, way < 0 ? base - 3 : base, ends - begins, 3);
}

function paintEach(ctx, strip, axis, { from, to, crowded }, rings, rows) {
  const { lane, base, way } = strip;
  const { status } = lane.events;
  for (let k = from; k < to; k += 1) {
    const x = axis.xOf(lane.at(k));
    if (x < axis.left - 1 || x > axis.right + 1) continue;
    if (status.at(lane.order[k]) !== "executed") rings.push(x);
    else if (!crowded && !paintBar(ctx, strip, axis, k, rows))
      ctx.fillRect(x - 0.75, way < 0 ? base - TICK : base, 1.5, TICK);
  }
}

/** What was never carried out: hollow, as on the map. */
function paintRings(ctx, { base, way }, rings) {
  ctx.lineWidth = 1.4;
  let last = -Infinity;
  for (const x of rings) {
    if (x - last < 3) continue;
    last = x;
    ctx.beginPath();
    ctx.arc(x, base + way * 5, 2.6, 0, 7);
    ctx.stroke();
  }
}

/** Whether an event is written as lasting from one date to another; else its date is only that exact. */
const lasts = (events, i) => events.when.at(i).includes("/") && events.certainty.at(i) === "certain";

/** Whether a bar would run through most of what is shown: it would look like a second axis. */
export const isThrough = (begins, ends, axis) =>
  Math.min(ends, axis.right) - Math.max(begins, axis.left) > 0.7 * (axis.right - axis.left);

/** Where the bars of long events that overlap end, one beside the other: as many as the lane has room for. */
function rowsOf({ depth, phases }) {
  const room = (depth - phases - TICK) / (LASTING.gap + LASTING.height);
  return Array(Math.max(1, Math.min(LASTING.rows, Math.floor(room)))).fill(-Infinity);
}

/** The k-th event as a bar, if it is long enough: pale where it lasts, fading where its date is unsure. */
function paintBar(ctx, strip, axis, k, rows) {
  const { events, order } = strip.lane;
  const [begins, ends] = [axis.xOf(events.first[order[k]]), axis.xOf(events.last[order[k]])];
  if (ends - begins <= LONG || ends < axis.left) return false;
  const [a, b] = [Math.max(begins, axis.left), Math.min(ends, axis.right)];
  if (lasts(events, order[k])) {
    if (begins >= axis.left) fillFrom(ctx, strip, 0, [begins - 0.75, 1.5, TICK]);
    if (!isThrough(begins, ends, axis)) paintLasting(ctx, strip, a, b, rows);
  } else if (begins >= axis.left || ends <= axis.right) {
    const tone = ctx.fillStyle;
    ctx.fillStyle = fading(ctx, begins, ends, tone);
    fillFrom(ctx, strip, 0, [a, b - a, TICK]);
    ctx.fillStyle = tone;
  }
  return true;
}

/** A pale bar apart from the ticks, in the first row that is free; a tick tells where it begins. */
function paintLasting(ctx, strip, a, b, rows) {
  const free = rows.findIndex((end) => end < a);
  const row = free < 0 ? rows.length - 1 : free;
  rows[row] = Math.max(rows[row], b + 1);
  const strength = ctx.globalAlpha;
  ctx.globalAlpha = strength * 0.32;
  const away = TICK + LASTING.gap + row * (LASTING.height + 1);
  fillFrom(ctx, strip, away, [a, b - a, LASTING.height]);
  ctx.globalAlpha = strength;
}

/** Fills [x, width, height] at a distance from the axis. */
const fillFrom = (ctx, { base, way }, away, [x, width, height]) =>
  ctx.fillRect(x, way < 0 ? base - away - height : base + away, width, height);

function fading(ctx, begins, ends, tone) {
  const gradient = ctx.createLinearGradient(begins, 0, ends, 0);
  const clear = `${tone}1a`; // a canvas gives its colours as #rrggbb
  for (const [stop, colour] of [
    [0, clear],
    [0.3, tone],
    [0.7, tone],
    [1, clear],
  ])
    gradient.addColorStop(stop, colour);
  return gradient;
}

/** What belongs to no direction, in the axis. */
function paintLoose(ctx, loose, { left, axisY }, axis, tone) {
  ctx.fillStyle = tone;
  for (const { from, to, crowded } of loose.cells(axis)) {
    if (crowded) paintCrowd(ctx, { lane: loose, base: axisY, way: 1 }, axis, { from, to });
    else
      for (let k = from; k < to; k += 1) {
        const x = axis.xOf(loose.at(k));
        if (x >= left - 1) ctx.fillRect(x - 0.75, axisY, 1.5, 4);
      }
  }
}
