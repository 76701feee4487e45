import { pixelsOf } from "./tracks.js";

// The shapes of routes: what happened is a tapered arrow with a whole head, what was only planned a
// dash with an open head.

const UNDER = "destination-over"; // what is drawn goes under what is there

/** Draws in this order, the last on top, also where each goes under what is there. */
export function inOrder(ctx, steps) {
  const ordered = ctx.globalCompositeOperation === UNDER ? [...steps].reverse() : steps;
  for (const step of ordered) step();
}

/** Draws under what is there. */
export function drawUnder(ctx, draw) {
  ctx.globalCompositeOperation = UNDER;
  draw();
  ctx.globalCompositeOperation = "source-over";
}

const GLOW = { arrow: 8, open: 9.5 }; // px of the band about what stands out
const SHORTEST = 26; // px an arrow is drawn back to, that it can be seen

/** Draws the tail back along the bearing until the arrow can be seen; the tip stays true. */
function drawnBack(points) {
  const length = pixelsOf(points);
  if (length >= SHORTEST || length < 0.5) return points;
  const tip = points.at(-1);
  const [dx, dy] = [tip[0] - points[0][0], tip[1] - points[0][1]];
  const straight = Math.hypot(dx, dy) || 1;
  return [[tip[0] - (dx / straight) * SHORTEST, tip[1] - (dy / straight) * SHORTEST], tip];
}

/** The outline of a tapered arrow: w(s) = w0 + (w1 − w0)·(s / (L − h))^0.85, then the head. */
function outline(points, widest) {
  const length = pixelsOf(points);
  const body = Math.max(3, Math.min(widest, 1.6 + 0.11 * length));
  const head = Math.min(2.3 * body, 0.45 * length);
  const [left, right] = [[], []];
  let along = 0;
  let neck = points[0];
  let bearing = [1, 0];
  for (let i = 0; i < points.length; i += 1) {
    const [a, b] = [points[Math.max(0, i - 1)], points[Math.min(points.length - 1, i + 1)]];
    const step = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    if (i) along += Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]);
    if (along > length - head) break;
    bearing = [(b[0] - a[0]) / step, (b[1] - a[1]) / step];
    neck = points[i];
    const half = (1.5 + (body - 1.5) * (along / (length - head)) ** 0.85) / 2;
    left.push([neck[0] - bearing[1] * half, neck[1] + bearing[0] * half]);
    right.push([neck[0] + bearing[1] * half, neck[1] - bearing[0] * half]);
  }
  const tip = points.at(-1);
  const reach = Math.hypot(tip[0] - neck[0], tip[1] - neck[1]) || 1;
  const [ux, uy] = [(tip[0] - neck[0]) / reach, (tip[1] - neck[1]) / reach];
  const back = 0.35 * body;
  const barb = (side) => [
    neck[0] - ux * back - uy * side * 1.05 * body,
    neck[1] - uy * back + ux * side * 1.05 * body,
  ];
  return [...left, barb(1), tip, barb(-1), ...right.reverse()];
}

function polyline(points) {
  const path = new Path2D();
  points.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
  return path;
}

function polygon(points) {
  const path = polyline(points);
  path.closePath();
  return path;
}

/** A band about a path, edged: what stands out. */
function drawGlow(ctx, path, [band, edge], width) {
  const stroke = (shade, wide) => () => {
    ctx.strokeStyle = shade;
    ctx.lineWidth = wide;
    ctx.stroke(path);
  };
  ctx.lineJoin = ctx.lineCap = "round";
  inOrder(ctx, [stroke(edge, width + 2), stroke(band, width)]);
  ctx.lineCap = "butt";
}

/**
 * `widest` px of the body, `tone` as #rrggbb; the casing of what is not sure is dashed. `glow` are the
 * colours of a band about it and of the band's edge, or nothing.
 */
export function drawArrow(ctx, points, { widest, tone, halo, unsure, glow }) {
  const line = drawnBack(points);
  const path = polygon(outline(line, widest));
  inOrder(ctx, [
    () => glow && drawGlow(ctx, path, glow, GLOW.arrow),
    () => drawCasing(ctx, path, halo, unsure),
    () => fillArrow(ctx, path, line, tone),
  ]);
}

function drawCasing(ctx, path, halo, unsure) {
  const alpha = ctx.globalAlpha;
  ctx.lineJoin = "round";
  ctx.setLineDash(unsure ? [5, 3] : []);
  ctx.strokeStyle = halo;
  ctx.lineWidth = 3.6;
  ctx.globalAlpha = alpha * 0.8;
  ctx.stroke(path);
  ctx.globalAlpha = alpha;
  ctx.setLineDash([]);
}

function fillArrow(ctx, path, line, tone) {
  const [tail, tip] = [line[0], line.at(-1)];
  const shade = ctx.createLinearGradient(tail[0], tail[1], tip[0] + 0.01, tip[1] + 0.01);
  shade.addColorStop(0, `${tone}${pixelsOf(line) < 60 ? "b3" : "59"}`);
  shade.addColorStop(0.45, `${tone}eb`);
  shade.addColorStop(1, tone);
  ctx.fillStyle = shade;
  ctx.fill(path);
}

/** A dash with an open head; `glow` as of an arrow. */
export function drawOpen(ctx, points, { halo, tone, glow }, dash) {
  const line = drawnBack(points);
  const [ax, ay] = line.at(-2);
  const [bx, by] = line.at(-1);
  const angle = Math.atan2(by - ay, bx - ax);
  const barb = (turn) => [bx - 10 * Math.cos(angle + turn), by - 10 * Math.sin(angle + turn)];
  const [body, head] = [polyline(line), polyline([barb(0.45), [bx, by], barb(-0.45)])];
  const draw = (width, shade, pattern) => () => {
    ctx.strokeStyle = shade;
    ctx.lineWidth = width;
    ctx.lineCap = "round";
    ctx.setLineDash(pattern);
    ctx.stroke(body);
    ctx.setLineDash([]);
    ctx.stroke(head);
    ctx.lineCap = "butt";
  };
  const whole = new Path2D(body);
  whole.addPath(head);
  inOrder(ctx, [
    () => glow && drawGlow(ctx, whole, glow, GLOW.open),
    draw(5, halo, []),
    draw(2.2, tone, dash),
  ]);
}

/** The way still ahead, in dots. */
export function drawAhead(ctx, points, tone) {
  const alpha = ctx.globalAlpha;
  ctx.strokeStyle = tone;
  ctx.lineWidth = 1.8;
  ctx.lineCap = "round";
  ctx.setLineDash([0.1, 5]);
  ctx.globalAlpha = alpha * 0.8;
  ctx.stroke(polyline(points));
  ctx.globalAlpha = alpha;
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
}

/** Rings at points {x, y}. */
export function drawRings(ctx, points, radius, inner, tone) {
  if (!points.length) return;
  const path = new Path2D();
  for (const { x, y } of points) {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 7);
  }
  const fill = () => {
    ctx.fillStyle = inner;
    ctx.fill(path);
  };
  const stroke = () => {
    ctx.strokeStyle = tone;
    ctx.lineWidth = 1.4;
    ctx.stroke(path);
  };
  inOrder(ctx, [fill, stroke]);
}
