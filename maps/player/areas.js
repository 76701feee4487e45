import { decodeLines, extremes, inView } from "./lines.js";

// Pieces of ground whose edges are arcs that neighbours share, each arc once.

const FRAMES = 12; // of which points are kept: of some maps, and of the fronts on them
const COARSE = 0.7; // px within which a point is left out

/** The points of an arc on a sheet, those left out that fall on the one before: the same for both sides. */
function projected({ x, y }, { scale, left, top }) {
  const last = x.length - 1;
  const points = new Float32Array(2 * (last + 1));
  let [count, px, py] = [0, NaN, NaN];
  for (let i = 0; i <= last; i += 1) {
    const cx = x[i] * scale - left;
    const cy = y[i] * scale - top;
    if (i && i < last && Math.abs(cx - px) + Math.abs(cy - py) < COARSE) continue;
    points[count] = px = cx;
    points[count + 1] = py = cy;
    count += 2;
  }
  return points.subarray(0, count);
}

/** Whether a ray from a point crosses the edges of an arc an odd number of times. */
function crosses({ x, y }, px, py) {
  let odd = false;
  for (let i = 1; i < x.length; i += 1) {
    if (y[i] > py === y[i - 1] > py) continue;
    if (px < x[i - 1] + ((py - y[i - 1]) / (y[i] - y[i - 1])) * (x[i] - x[i - 1])) odd = !odd;
  }
  return odd;
}

/** Of each line its first and last node: those of lines that meet are the same. */
function nodesOf(lines) {
  const known = new Map();
  const nodeOf = (x, y) => {
    const key = `${x} ${y}`;
    if (!known.has(key)) known.set(key, known.size);
    return known.get(key);
  };
  return lines.map(({ x, y }) => [nodeOf(x[0], y[0]), nodeOf(x.at(-1), y.at(-1))]);
}

/** `histories` [{rings}] of arc numbers, ~n for one backwards; `sides` [[piece, piece]] of each arc, -1 for none. */
export function makeAreas(histories, sides, bytes) {
  const lines = decodeLines(bytes);
  const numberOf = (n) => (n < 0 ? ~n : n);
  const reach = (parts) => {
    const [west, east] = extremes(parts.flatMap((one) => [one.west, one.east]));
    const [north, south] = extremes(parts.flatMap((one) => [one.north, one.south]));
    return { west, east, north, south };
  };
  const pieces = histories.map(({ rings }) => {
    const shaped = rings.map((arcs) => ({ arcs, ...reach(arcs.map((n) => lines[numberOf(n)])) }));
    return { rings: shaped, ...reach(shaped) };
  });
  const frames = new Map(); // key of a frame -> the arcs on it

  /** The arcs of a frame, each made when first asked for. */
  function arcsOn(frame) {
    if (!frames.has(frame.key)) {
      if (frames.size > FRAMES) frames.clear();
      frames.set(frame.key, []);
    }
    const made = frames.get(frame.key);
    return (n) => (made[n] ??= projected(lines[n], frame));
  }

  const ends = nodesOf(lines);

  /** Adds an arc to a path, backwards if it is walked so; one that cannot be seen as a straight line. */
  function follow(path, n, isBack, frame, arcOf) {
    const { x, y } = lines[n];
    if (!inView(lines[n], frame)) {
      const k = isBack ? 0 : x.length - 1;
      path.lineTo(x[k] * frame.scale - frame.left, y[k] * frame.scale - frame.top);
      return;
    }
    const points = arcOf(n);
    const count = points.length;
    for (let i = 2; i < count; i += 2) {
      const k = isBack ? count - 2 - i : i;
      path.lineTo(points[k], points[k + 1]);
    }
  }

  /** The outline of arcs of which an even number meets at each node: rings, however they are walked. */
  function outline(arcs, frame) {
    const path = new Path2D();
    const arcOf = arcsOn(frame);
    const at = new Map(); // node -> the arcs that end there
    for (const n of arcs)
      for (const node of ends[n]) {
        if (at.has(node)) at.get(node).push(n);
        else at.set(node, [n]);
      }
    const done = new Set();
    for (const first of arcs) {
      if (done.has(first)) continue;
      let node = ends[first][0];
      const { x, y } = lines[first];
      path.moveTo(x[0] * frame.scale - frame.left, y[0] * frame.scale - frame.top);
      // Left open, since a fill closes it, and a browser takes long to close many.
      for (let n = first; n !== undefined; n = at.get(node).find((one) => !done.has(one))) {
        done.add(n);
        const isBack = ends[n][0] !== node;
        follow(path, n, isBack, frame, arcOf);
        node = ends[n][isBack ? 0 : 1];
      }
    }
    return path;
  }

  return {
    /** The path of pieces, to be filled by the even-odd rule: what lies between two of them is no edge. */
    pathOf(numbers, frame) {
      const isIn = new Uint8Array(pieces.length + 1); // the last for none
      for (const k of numbers) isIn[k] = 1;
      const none = pieces.length;
      const arcs = [];
      sides.forEach(([a, b], n) => {
        if (isIn[a < 0 ? none : a] !== isIn[b < 0 ? none : b]) arcs.push(n);
      });
      return outline(arcs, frame);
    },
    /** The path of the arcs for which `wanted(piece, piece)` holds. */
    arcPath(wanted, frame) {
      const path = new Path2D();
      const arcOf = arcsOn(frame);
      sides.forEach(([a, b], n) => {
        if (!wanted(a, b) || !inView(lines[n], frame)) return;
        const points = arcOf(n);
        path.moveTo(points[0], points[1]);
        for (let i = 2; i < points.length; i += 2) path.lineTo(points[i], points[i + 1]);
      });
      return path;
    },
    /** The pieces that may be seen. */
    seen: (frame) => pieces.flatMap((piece, k) => (inView(piece, frame) ? [k] : [])),
    /** The pieces that reach into a box {west, east, north, south}. */
    within: ({ west, east, north, south }) =>
      pieces.flatMap((one, k) =>
        one.east >= west && one.west <= east && one.south >= north && one.north <= south ? [k] : [],
      ),
    /** How far a piece reaches. */
    reachOf: (k) => pieces[k],
    /** The piece that lies under a place in fractions of the Mercator world; -1 for none. */
    under(x, y) {
      const around = (one) => one.west <= x && x <= one.east && one.north <= y && y <= one.south;
      return pieces.findIndex((piece) => {
        if (!around(piece)) return false;
        let odd = false;
        for (const ring of piece.rings)
          if (around(ring)) for (const n of ring.arcs) odd = odd !== crosses(lines[numberOf(n)], x, y);
        return odd;
      });
    },
  };
}
