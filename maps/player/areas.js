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

  // Left open, since a fill closes it, and a browser takes long to close many.
  function traceRing(path, { arcs }, arcOf) {
    let begun = false;
    for (const n of arcs) {
      const points = arcOf(numberOf(n));
      const count = points.length;
      for (let i = begun ? 2 : 0; i < count; i += 2) {
        const k = n < 0 ? count - 2 - i : i;
        if (begun) path.lineTo(points[k], points[k + 1]);
        else path.moveTo(points[k], points[k + 1]);
        begun = true;
      }
    }
  }

  return {
    /** The path of pieces, to be filled by the even-odd rule. */
    pathOf(numbers, frame) {
      const path = new Path2D();
      const arcOf = arcsOn(frame);
      for (const k of numbers)
        if (inView(pieces[k], frame))
          for (const ring of pieces[k].rings) if (inView(ring, frame)) traceRing(path, ring, arcOf);
      return path;
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
