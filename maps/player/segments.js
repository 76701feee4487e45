import { hatchLines } from "./hatch.js";
import { RANK } from "./ranks.js";
import { byZoom, mercatorX, mercatorY } from "./sheet.js";

// Disputed borders: the lines that are claimed, each in its claimant's colour, and the ground between them.

const DRAWN = 5; // the zoom from which they are drawn
const NAMED = 6; // and from which they are named
const CROSSED = [1, -1].map((lean) => ({ lean, period: 8, width: 1, opacity: 0.85 }));

/** The segments that are disputed at an instant, where the view is near enough to show them. */
export function segmentsAt(segments, at, zoom) {
  if (zoom < DRAWN) return [];
  return segments.filter(({ first, last }) => (first ?? -Infinity) <= at && at <= (last ?? Infinity));
}

const toneOf = (holdings, id, at) => {
  const side = holdings.sideOf(id, at);
  return holdings.sides.some((one) => one.id === side) ? `hatch-of-${side}` : "front";
};

const pixels = ({ line }, frame) =>
  line.map(([lng, lat]) => [
    mercatorX(lng) * frame.scale - frame.left,
    mercatorY(lat) * frame.scale - frame.top,
  ]);

function pathOf(points) {
  const path = new Path2D();
  points.forEach(([x, y], k) => (k ? path.lineTo(x, y) : path.moveTo(x, y)));
  return path;
}

/** Draws segments, ground first; `at` says beside whom their claimants stand. */
export function paintSegments(ctx, frame, segments, { holdings, at, colour }) {
  const tone = (id) => colour(toneOf(holdings, id, at));
  for (const one of segments.filter(({ kind }) => kind === "strip"))
    one.claimants.slice(0, 2).forEach((id, k) => {
      ctx.fillStyle = hatchLines(ctx, CROSSED[k], tone(id), frame);
      ctx.fill(pathOf(pixels(one, frame)), "evenodd");
    });
  for (const one of segments.filter(({ kind }) => kind === "claim")) {
    const path = pathOf(pixels(one, frame));
    const width = byZoom(frame.zoom, 1.2, 1.4, 1.8, 2.2);
    stroke(ctx, path, colour("halo"), width + 2);
    ctx.setLineDash([7, 3]);
    stroke(ctx, path, tone(one.claimants[0]), width);
    ctx.setLineDash([]);
  }
  for (const one of segments.filter(({ kind }) => kind === "island"))
    for (const [x, y] of pixels(one, frame)) {
      const ring = new Path2D();
      ring.arc(x, y, 5, 0, 2 * Math.PI);
      stroke(ctx, ring, colour("halo"), 4);
      stroke(ctx, ring, tone(one.claimants[0]), 1.8);
    }
}

function stroke(ctx, path, colour, width) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke(path);
}

/** The names of segments: of a strip within it, of a claim on the side that is away from the others. */
export function segmentWords(segments, frame) {
  if (frame.zoom < NAMED) return [];
  const inWindow = (one) =>
    pixels(one, frame)
      .map(([x, y]) => ({ x: x - frame.offset.x, y: y - frame.offset.y }))
      .filter(({ x, y }) => x > 0 && y > 0 && x < frame.view.x && y < frame.view.y);
  const disputed = middleOf(segments.flatMap(inWindow));
  return segments.map((one) => {
    const points = inWindow(one);
    const middle = one.kind === "strip" ? [middleOf(points)] : fromTheMiddle(points);
    return {
      key: `segment ${one.id}`,
      lines: inLines(one.label).map((text) => ({ text, size: 12.5, italic: true, tone: "ink" })),
      ...(middle[0] ?? { x: -99, y: -99 }),
      points: middle,
      rank: RANK.segment,
      only:
        one.kind === "strip"
          ? ["centre"]
          : [middleOf(points).x < disputed.x ? "left" : "right", "below", "above"],
      reach: 10,
    };
  });
}

const middleOf = (points) => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

/** Some of the points of a line, the middle one first. */
function fromTheMiddle(points) {
  return [0.5, 0.35, 0.65, 0.2, 0.8]
    .map((share) => points[Math.floor(share * points.length)])
    .filter(Boolean);
}

/** A long label in two lines. */
function inLines(label) {
  const gap = label.length > 26 ? label.lastIndexOf(" ", label.length / 2 + 4) : -1;
  return gap < 0 ? [label] : [label.slice(0, gap), label.slice(gap + 1)];
}
