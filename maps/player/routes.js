import { RANK } from "./ranks.js";
import { Sheet, colours, mercatorX, mercatorY } from "./sheet.js";
import { fateOf, textToneOf, toneOf } from "./symbols.js";
import { civil, shortLabel } from "./when.js";

// Routes as arrows that grow with the clock: tapered, whole-headed, right across 180°.
// What was only planned has no taper and no fill: a dash and an open head.

const WIDTH = { sea: 10, land: 9, rail: 5, air: 3 };
const SMOOTHING = { sea: 20, land: 11, rail: 11, air: 0 }; // half window of the smoothing, in samples
const SAMPLE = 3; // px between samples
const SHORTEST = 26; // px an arrow is drawn back to, that it can be seen

const routeTone = (route) =>
  toneOf(route.directions) === "context" ? "arrow-context" : toneOf(route.directions);

/** The part of a track that is covered at an instant, and the part ahead, in window pixels. */
function cut(route, at, frame) {
  const { t, x, y } = route.shape;
  const point = (i) => [x[i] * frame.scale - frame.left, y[i] * frame.scale - frame.top];
  let i = 0;
  while (i < t.length && t[i] <= at) i += 1;
  const behind = Array.from({ length: i }, (_, k) => point(k));
  const ahead = Array.from({ length: t.length - i }, (_, k) => point(i + k));
  if (i > 0 && i < t.length) {
    const share = (at - t[i - 1]) / (t[i] - t[i - 1]);
    const [a, b] = [point(i - 1), point(i)];
    const head = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    behind.push(head);
    ahead.unshift(head);
  }
  return { behind, ahead };
}

function pixelsOf(points) {
  let length = 0;
  for (let i = 1; i < points.length; i += 1)
    length += Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]);
  return length;
}

/** Points at equal steps along a line. */
function resample(points, step) {
  const found = [points[0]];
  let rest = step;
  for (let i = 1; i < points.length; i += 1) {
    const [ax, ay] = points[i - 1];
    const [bx, by] = points[i];
    const length = Math.hypot(bx - ax, by - ay);
    let along = rest;
    for (; along <= length; along += step)
      found.push([ax + ((bx - ax) * along) / length, ay + ((by - ay) * along) / length]);
    rest = along - length;
  }
  found.push(points.at(-1));
  return found;
}

/** Rounds the corners by a Hann window that narrows towards both ends, which stay true. */
function smooth(points, half) {
  if (half < 1) return points;
  return points.map((point, i) => {
    const reach = Math.min(half, i, points.length - 1 - i);
    if (reach === 0) return point;
    let [sx, sy, sum] = [0, 0, 0];
    for (let k = -reach; k <= reach; k += 1) {
      const weight = 1 + Math.cos((Math.PI * k) / (reach + 1));
      sx += points[i + k][0] * weight;
      sy += points[i + k][1] * weight;
      sum += weight;
    }
    return [sx / sum, sy / sum];
  });
}

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

function polygon(points) {
  const path = new Path2D();
  points.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
  path.closePath();
  return path;
}

function polyline(points) {
  const path = new Path2D();
  points.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
  return path;
}

/** `part`: "casing", "fill" or "both"; a bundle of lines on one track is cased as a whole. */
function drawArrow(ctx, route, points, colour, part = "both") {
  const grown = Math.min(1.6, Math.max(1, 1 + (ctx.zoom - 3) * 0.14));
  const line = drawnBack(points);
  const path = polygon(outline(line, WIDTH[route.means] * grown));
  const [tail, tip] = [line[0], line.at(-1)];
  if (part !== "fill") {
    ctx.lineJoin = "round";
    ctx.setLineDash(route.confidence === "low" && part === "both" ? [5, 3] : []);
    ctx.strokeStyle = colour("halo");
    ctx.lineWidth = 3.6;
    ctx.globalAlpha *= 0.8;
    ctx.stroke(path);
    ctx.globalAlpha /= 0.8;
    ctx.setLineDash([]);
  }
  if (part === "casing") return;
  const shade = ctx.createLinearGradient(tail[0], tail[1], tip[0] + 0.01, tip[1] + 0.01);
  const tone = colour(routeTone(route));
  shade.addColorStop(0, `${tone}${pixelsOf(line) < 60 ? "b3" : "59"}`);
  shade.addColorStop(0.45, `${tone}eb`);
  shade.addColorStop(1, tone);
  ctx.fillStyle = shade;
  ctx.fill(path);
}

function drawOpen(ctx, points, colour, dash) {
  const line = drawnBack(points);
  const [ax, ay] = line.at(-2);
  const [bx, by] = line.at(-1);
  const angle = Math.atan2(by - ay, bx - ax);
  const barb = (turn) => [bx - 10 * Math.cos(angle + turn), by - 10 * Math.sin(angle + turn)];
  const head = polyline([barb(0.45), [bx, by], barb(-0.45)]);
  for (const [width, tone] of [
    [5, colour.halo],
    [2.2, colour.tone],
  ]) {
    ctx.strokeStyle = tone;
    ctx.lineWidth = width;
    ctx.lineCap = "round";
    ctx.setLineDash(tone === colour.halo ? [] : dash);
    ctx.stroke(polyline(line));
    ctx.setLineDash([]);
    ctx.stroke(head);
  }
  ctx.lineCap = "butt";
}

function drawAhead(ctx, points, tone, alpha) {
  ctx.strokeStyle = tone;
  ctx.lineWidth = 1.8;
  ctx.lineCap = "round";
  ctx.setLineDash([0.1, 5]);
  ctx.globalAlpha *= alpha;
  ctx.stroke(polyline(points));
  ctx.globalAlpha /= alpha;
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
}

/** The sheet of routes: `shown()` gives [{route, faded}], `at()` the instant to draw them for. */
export function routeSheet(map, routes, shown, at) {
  for (const route of routes) {
    route.shape = {
      t: route.track.t,
      x: route.track.lng.map(mercatorX),
      y: route.track.lat.map(mercatorY),
    };
  }
  let drawn = []; // [{route, line}] with lines in window pixels: for the pointer and the words
  const sheet = new Sheet("routes", (ctx, frame) => {
    const colour = colours();
    drawn = [];
    ctx.zoom = frame.zoom;
    const rounded = (line, means) =>
      line.length > 1 && pixelsOf(line) > 0.5 ? smooth(resample(line, SAMPLE), SMOOTHING[means]) : line;
    const lines = shown().map(({ route, faded }) => {
      const { behind, ahead } = cut(route, at(), frame);
      return { route, faded, points: rounded(behind, route.means), ahead: rounded(ahead, route.means) };
    });
    for (const { route, faded, points } of lines) {
      if (!isBundled(route) || points.length < 2 || pixelsOf(points) < 0.5) continue;
      ctx.globalAlpha = faded ? 0.45 : 1;
      drawArrow(ctx, route, points, colour, "casing");
    }
    for (const { route, faded, points, ahead } of lines) {
      ctx.globalAlpha = faded ? 0.45 : 1;
      drawRoute(ctx, route, points, ahead, colour);
      const stops = marksStops(route) ? passed(route, at()) : [];
      drawStops(ctx, stops, frame, colour("panel"), colour(routeTone(route)));
      const line = (points.length > 1 ? points : ahead).map(([x, y]) => [
        x - frame.offset.x,
        y - frame.offset.y,
      ]);
      if (line.length)
        drawn.push({
          route,
          line,
          length: pixelsOf(line),
          stops: stops.map((stop) => stopWord(route, stop, frame)),
        });
    }
    ctx.globalAlpha = 1;
  });
  sheet.addTo(map);
  return {
    redraw: () => sheet.redraw(),
    under: (point) => nearest(drawn, point),
    /** Points along the arrows, some pixels apart: what words had better not lie on. */
    bodies: () =>
      drawn
        .filter(({ route, line }) => route.means !== "air" && line.length > 2)
        .map(({ line }) => line.filter((_, k) => k % 4 === 0).map(([x, y]) => ({ x, y }))),
    words: (wanted) =>
      drawn.filter(({ route }) => wanted(route)).flatMap((one) => [routeWord(one), ...one.stops]),
  };
}

/** Several trains go on one track. */
const isBundled = (route) => route.means === "rail" && route.status === "executed";
const marksStops = (route) => route.means === "sea" && route.status === "executed";

/** The waypoints between the ends that have been passed. */
function passed(route, at) {
  return route.stops.slice(1, -1).filter((stop) => stop.t <= at);
}

function drawStops(ctx, stops, frame, inner, tone) {
  for (const stop of stops) {
    ctx.beginPath();
    ctx.arc(
      mercatorX(stop.lng) * frame.scale - frame.left,
      mercatorY(stop.lat) * frame.scale - frame.top,
      2.8,
      0,
      7,
    );
    ctx.fillStyle = inner;
    ctx.fill();
    ctx.strokeStyle = tone;
    ctx.lineWidth = 1.4;
    ctx.stroke();
  }
}

function drawRoute(ctx, route, points, ahead, colour) {
  const tone = colour(routeTone(route));
  if (route.status !== "executed") {
    const whole = [...points, ...ahead.slice(1)];
    if (whole.length > 1) drawOpen(ctx, whole, { halo: colour("halo"), tone }, [7, 5]);
    return;
  }
  if (ahead.length > 1) drawAhead(ctx, ahead, tone, isBundled(route) ? 0.4 : 0.8);
  if (points.length < 2 || pixelsOf(points) < 0.5) return;
  if (route.means === "air") drawOpen(ctx, points, { halo: colour("halo"), tone }, [0.1, 5]);
  else drawArrow(ctx, route, points, colour, isBundled(route) ? "fill" : "both");
}

function nearest(drawn, { x, y }) {
  let best = null;
  for (const { route, line } of drawn) {
    for (const [px, py] of line) {
      const distance = Math.hypot(px - x, py - y);
      if (distance < 10 && (!best || distance < best.distance)) best = { route, distance };
    }
  }
  return best?.route ?? null;
}

function routeWord({ route, line, length }) {
  // Where several trains go on one track the name stands at the head, else where there is most room.
  const along = isBundled(route) ? [1, 0.9, 0.8] : [0.5, 0.65, 0.35, 0.8, 0.2];
  const points = along
    .map((share) => line[Math.min(line.length - 1, Math.floor(line.length * share))])
    .map(([x, y]) => ({ x, y }));
  const tone = textToneOf(route.directions);
  const title = route.status === "executed" ? route.title : route.title.replace(/^Planned: /, "");
  const lines = [{ text: title, size: 14, bold: true, tone }];
  if (route.status !== "executed") lines.push({ text: fateOf(route.status), size: 13, italic: true, tone });
  return {
    lines,
    ...points[0],
    points,
    rank: length < 24 ? RANK.shortRoute : RANK.route,
    reach: 12,
    only: ["above", "below", "above right", "below right", "above left", "below left", "right", "left"],
  };
}

/** The day on which a waypoint was passed. */
function stopWord(route, stop, frame) {
  const day = shortLabel({ first: stop.t, last: stop.t }, civil(stop.t).year);
  return {
    lines: [{ text: day, size: 12.5, tone: textToneOf(route.directions) }],
    x: mercatorX(stop.lng) * frame.scale - frame.left - frame.offset.x,
    y: mercatorY(stop.lat) * frame.scale - frame.top - frame.offset.y,
    rank: RANK.stop,
    reach: 8,
  };
}
