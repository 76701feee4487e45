import { AXIS } from "./axis.js";
import { beginOf } from "./when.js";

// What the timeline's canvas shows, from the ground up: lanes, axis, window, ticks, playhead.

export function drawLane(ctx, lane, axis, colour, scale) {
  ctx.globalAlpha = 0.45;
  ctx.fillStyle = colour(`band-of-${lane.id}`);
  ctx.fillRect(axis.left, lane.y, axis.right - axis.left, lane.depth);
  ctx.globalAlpha = 1;
  ctx.fillStyle = colour("hairline");
  for (const tick of scale.ticks) ctx.fillRect(Math.round(axis.xOf(tick.at)), lane.y, 1, lane.depth);
}

const KNOB = 14; // px that the playhead's knob keeps clear

/** The labels; the one under the knob stands beside it, if its span has room. */
export function drawAxis(ctx, box, axis, colour, scale, knob) {
  ctx.fillStyle = colour("panel-2");
  ctx.fillRect(box.left, box.axisY, box.right - box.left, AXIS);
  ctx.fillStyle = colour("ink-2");
  ctx.font = '13px "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';
  ctx.textBaseline = "middle";
  scale.ticks.forEach((tick, k) => {
    const begins = axis.xOf(tick.at);
    const ends = k + 1 < scale.ticks.length ? axis.xOf(scale.ticks[k + 1].at) : box.right;
    const width = ctx.measureText(tick.label).width;
    const free = (x) =>
      x >= begins + 2 && x + width < ends && (x + width < knob - KNOB || x > knob + KNOB - 1);
    const x = [begins + 5, knob + KNOB, knob - KNOB - width - 1].find(free);
    if (x !== undefined) ctx.fillText(tick.label, x, box.axisY + AXIS / 2 + 0.5);
  });
}

/** The window that is shown besides the moment, from its beginning to the moment. */
export function drawShown(ctx, box, axis, colour, state) {
  if (state.shownFrom === null) return;
  const [a, b] = [
    Math.max(box.left, axis.xOf(state.shownFrom)),
    Math.min(box.right, axis.xOf(state.moment.last)),
  ];
  if (b <= a) return;
  ctx.globalAlpha = 0.22;
  ctx.fillStyle = colour("context");
  for (const lane of box.lanes) ctx.fillRect(a, lane.y, b - a, lane.depth);
  ctx.globalAlpha = 1;
}

/** One bar for each few pixels says how crowded it is; a tick stands for every event. */
export function drawTicks(ctx, lane, events, axis, colour) {
  const unit = ["year", "month", "day", "hour"].find(
    (one) => axis.xOf(beginOf(axis.from, one, 1)) - axis.xOf(beginOf(axis.from, one)) <= WIDEST,
  );
  if (unit) drawDensity(ctx, lane, events, axis, colour, unit);
  const [base, way] = lane.above ? [lane.y + lane.depth, -1] : [lane.y, 1];
  for (const i of lane.events)
    drawTick(
      ctx,
      events.status.at(i),
      axis.xOf(events.first[i]),
      base,
      way,
      axis,
      colour(`direction-${lane.id}`),
    );
}

const WIDEST = 30; // px of a bar; closer in, the ticks say it all

function drawDensity(ctx, lane, events, axis, colour, unit) {
  const bins = new Map();
  for (const i of lane.events) {
    const at = events.first[i];
    if (at < axis.from || at > axis.to) continue;
    const begin = beginOf(at, unit);
    bins.set(begin, (bins.get(begin) ?? 0) + 1);
  }
  const most = Math.max(1, ...bins.values());
  const [base, way] = lane.above ? [lane.y + lane.depth, -1] : [lane.y, 1];
  ctx.fillStyle = colour(`direction-${lane.id}`);
  ctx.globalAlpha = 0.5;
  for (const [begin, number] of bins) {
    const x = Math.max(axis.left, axis.xOf(begin));
    const width = Math.max(2, axis.xOf(beginOf(begin, unit, 1)) - x - 0.6);
    const height = Math.min(lane.depth - 4, lane.depth * 0.68 * Math.sqrt(number / most));
    ctx.fillRect(x, way < 0 ? base - height : base, Math.min(width, axis.right - x), height);
  }
  ctx.globalAlpha = 1;
}

function drawTick(ctx, status, x, base, way, axis, tone) {
  if (x < axis.left - 1 || x > axis.right + 1) return;
  ctx.fillStyle = tone;
  if (status === "executed") {
    ctx.fillRect(x - 0.75, way < 0 ? base - 7 : base, 1.5, 7);
    return;
  }
  ctx.beginPath();
  ctx.arc(x, base + way * 5, 2.6, 0, 7);
  ctx.strokeStyle = tone;
  ctx.lineWidth = 1.4;
  ctx.stroke();
}

export function drawLoose(ctx, loose, events, box, axis, colour) {
  ctx.fillStyle = colour("context");
  for (const i of loose) {
    const x = axis.xOf(events.first[i]);
    if (x >= box.left && x <= box.right) ctx.fillRect(x - 0.75, box.axisY, 1.5, 4);
  }
}

export function drawPlayhead(ctx, box, axis, colour, { first, last }) {
  const [x, from, to] = [axis.xOf((first + last) / 2), axis.xOf(first), axis.xOf(last)];
  if (x < box.left - 2 || x > box.right + 2) return;
  const [top, bottom] = [
    box.lanes[0]?.y ?? box.axisY,
    Math.max(box.axisY + AXIS, ...box.lanes.map((lane) => lane.y + lane.depth)),
  ];
  const wide = Math.min(to, box.right) - Math.max(from, box.left);
  if (wide > 3) {
    ctx.globalAlpha = 0.16;
    ctx.fillStyle = colour("selected");
    ctx.fillRect(Math.max(from, box.left), top, wide, bottom - top);
    ctx.globalAlpha = 1;
  }
  for (const [width, tone] of [
    [5, "panel"],
    [2.4, "selected"],
  ]) {
    ctx.fillStyle = colour(tone);
    ctx.fillRect(x - width / 2, top - 4, width, bottom - top + 6);
  }
  for (const [radius, tone] of [
    [10, "panel"],
    [8, "selected"],
    [2.6, "panel"],
  ]) {
    ctx.beginPath();
    ctx.arc(x, box.axisY + AXIS / 2, radius, 0, 7);
    ctx.fillStyle = colour(tone);
    ctx.fill();
  }
}
