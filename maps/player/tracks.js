import { mercatorX, mercatorY } from "./sheet.js";

// The tracks of routes on the screen: rounded once for a view, cut at any instant.

const SMOOTHING = { sea: 20, land: 11, rail: 11, air: 0 }; // half window of the rounding, in samples
const SAMPLE = 3; // px between samples
const MOST = 3000; // samples of one track: on a near map they lie farther apart

const shapes = new WeakMap(); // several pictures show one scene

/** A route's waypoints {t, x, y} as fractions of the Mercator world. */
function shapeOf(route) {
  if (!shapes.has(route)) {
    const { t, lng, lat } = route.track;
    shapes.set(route, { t, x: lng.map(mercatorX), y: lat.map(mercatorY) });
  }
  return shapes.get(route);
}

/** The first position whose instant is after `at`. */
function after(t, at) {
  let [low, high] = [0, t.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (t[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function pixelsOf(points) {
  let length = 0;
  for (let i = 1; i < points.length; i += 1)
    length += Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]);
  return length;
}

/** Points at equal steps along a line, each with its instant. */
function resample(points, times, step) {
  const found = { points: [points[0]], t: [times[0]] };
  let rest = step;
  for (let i = 1; i < points.length; i += 1) {
    const [ax, ay] = points[i - 1];
    const [bx, by] = points[i];
    const length = Math.hypot(bx - ax, by - ay);
    let along = rest;
    for (; along <= length; along += step) {
      const share = along / length;
      found.points.push([ax + (bx - ax) * share, ay + (by - ay) * share]);
      found.t.push(times[i - 1] + (times[i] - times[i - 1]) * share);
    }
    rest = along - length;
  }
  found.points.push(points.at(-1));
  found.t.push(times.at(-1));
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

/** The whole of a route in pixels from the world's corner at a scale: {points, t}. */
function drawnOut(route, scale) {
  const { t, x, y } = shapeOf(route);
  const points = t.map((_, i) => [x[i] * scale, y[i] * scale]);
  const length = pixelsOf(points);
  if (points.length < 2 || length < 0.5) return { points, t };
  const step = Math.max(SAMPLE, length / MOST);
  const whole = resample(points, t, step);
  return { points: smooth(whole.points, Math.round((SMOOTHING[route.means] * SAMPLE) / step)), t: whole.t };
}

/** Where a line is at an instant, given the position after it. */
function headOf({ points, t }, at, next) {
  if (next === 0) return points[0];
  if (next === t.length) return points[next - 1];
  const share = (at - t[next - 1]) / (t[next] - t[next - 1]);
  const [[ax, ay], [bx, by]] = [points[next - 1], points[next]];
  return [ax + (bx - ax) * share, ay + (by - ay) * share];
}

/** The tracks of one picture, kept while its scale stays. */
export class Tracks {
  constructor() {
    this.scale = 0;
    this.lines = new Map();
  }

  lineOf(route, scale) {
    if (scale !== this.scale) this.lines.clear();
    this.scale = scale;
    if (!this.lines.has(route)) this.lines.set(route, drawnOut(route, scale));
    return this.lines.get(route);
  }

  /** Where a route's head is at an instant, in pixels from the world's corner. */
  head(route, at, scale) {
    const line = this.lineOf(route, scale);
    return headOf(line, at, after(line.t, at));
  }

  /** The part of a track that is covered at an instant, and the part ahead, in pixels of the sheet. */
  cut(route, at, { scale, left, top }) {
    const line = this.lineOf(route, scale);
    const next = after(line.t, at);
    const shift = ([x, y]) => [x - left, y - top];
    const behind = line.points.slice(0, next).map(shift);
    const ahead = line.points.slice(next).map(shift);
    if (next > 0 && next < line.t.length) {
      const head = shift(headOf(line, at, next));
      behind.push(head);
      ahead.unshift(head);
    }
    return { behind, ahead };
  }
}
