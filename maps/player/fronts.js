import { fadeIn, fadeOver } from "./fading.js";
import { frontsAt, lineAt, partOf, pocketsAt, reachOf, theatreOf } from "./frontlines.js";
import { PADDING } from "./ground.js";
import { holdingsOf } from "./holdings.js";
import { inView } from "./lines.js";
import { RANK } from "./ranks.js";
import { paintSegments, segmentWords, segmentsAt } from "./segments.js";
import { Sheet, byZoom, colours, isPrinting, mercatorX, mercatorY, pixelsOf } from "./sheet.js";

// Fronts and disputed borders on a sheet of their own, above the ground, so that it need not be drawn while fronts move. What
// lies behind a front is cut out of pictures of the ground as it would be if one side held all of it.

const NAMED = 4.2; // the zoom from which pockets have their names
const MOVED = 0.4; // px by which a line must have moved to be drawn anew
const SHADES = 5; // of the soft band
const STEP = 12; // px between the points that words keep clear of

/** `ground` is that of the same map (ground.js). */
export function makeFronts(map, scene, isOn, ground) {
  const fronts = scene.fronts ?? [];
  const holdings = holdingsOf(scene);
  const pictures = new Map(); // front and hand -> {key, canvas} of the ground as held by that side alone
  const disputed = scene.segments ?? [];
  let now = { at: 0, lines: [], segments: [] }; // lines: [{front, line}]
  let drawn = { key: "", lines: [], isEmpty: true };
  let version = 0;
  const sheet = new Sheet("fronts", paint, { padding: PADDING });
  sheet.use(false);
  sheet.addTo(map);

  const pixel =
    (frame) =>
    ([lng, lat]) => [mercatorX(lng) * frame.scale - frame.left, mercatorY(lat) * frame.scale - frame.top];

  function pathOf(points, frame, isClosed) {
    const path = new Path2D();
    points.map(pixel(frame)).forEach(([x, y], k) => (k ? path.lineTo(x, y) : path.moveTo(x, y)));
    if (isClosed) path.closePath();
    return path;
  }

  /** The part of a frame in which a theatre lies, in whole pixels; null where it is not to be seen. */
  function partOfFrame(front, frame) {
    const { west, east, north, south } = reachOf(front);
    if (!inView({ west, east, north, south }, frame)) return null;
    const [x, y] = [west * frame.scale - frame.left, north * frame.scale - frame.top].map((one) =>
      Math.max(0, Math.floor(one)),
    );
    const width = Math.min(frame.width, Math.ceil(east * frame.scale - frame.left)) - x;
    const height = Math.min(frame.height, Math.ceil(south * frame.scale - frame.top)) - y;
    const offset = { x: frame.offset.x - x, y: frame.offset.y - y };
    const key = `${frame.key} ${front.id}`;
    return { ...frame, left: frame.left + x, top: frame.top + y, width, height, offset, key, x, y };
  }

  /** A picture of the theatre as if a side held what its foes do; null where that is how it is anyway. */
  function pictureOf(front, hand, frame) {
    const period = ground.period();
    if (!period || !isOn("polities")) return null;
    const as = holdings.under(period, front[hand], front[`${hand}Sides`]);
    const pieces = holdings.areas.within(reachOf(front));
    const changed = pieces.some((k) => as.held[k] !== period.held[k]);
    const part = changed && partOfFrame(front, frame);
    if (!part || part.width < 1 || part.height < 1) return null;
    const looks = pieces.map((k) => as.held[k] && Object.values(as.held[k]).join());
    const key = [part.key, ground.looks(), looks.join()].join(" ");
    const name = `${front.id} ${hand}`;
    if (pictures.get(name)?.key !== key) {
      const canvas = pictures.get(name)?.canvas ?? document.createElement("canvas");
      const { ratio } = frame;
      canvas.width = Math.round(part.width * ratio);
      canvas.height = Math.round(part.height * ratio);
      const ctx = canvas.getContext("2d", { alpha: false });
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ground.paintPart(ctx, part, frame, as);
      pictures.set(name, { key, canvas, part });
    }
    return pictures.get(name);
  }

  function stamp(ctx, { canvas, part }) {
    ctx.drawImage(canvas, part.x, part.y, part.width, part.height);
  }

  function paint(ctx, frame) {
    const colour = colours();
    ctx.lineJoin = "round";
    paintSegments(ctx, frame, now.segments, { holdings, at: now.at, colour });
    for (const { front, line } of now.lines) {
      if (!inView(reachOf(front), frame)) continue;
      ctx.save();
      ctx.clip(pathOf(theatreOf(front), frame, true));
      paintFront(ctx, frame, { front, line, colour });
      ctx.restore();
      paintPockets(ctx, frame, { front, colour });
    }
    drawn = { key: keyOf(), lines: now.lines, isEmpty: false };
    version += 1;
  }

  function paintFront(ctx, frame, { front, line, colour }) {
    for (const hand of ["left", "right"]) {
      const picture = pictureOf(front, hand, frame);
      if (picture) within(ctx, [partOf(front, line.points, hand)], frame, () => stamp(ctx, picture));
    }
    const path = pathOf(line.points, frame);
    within(ctx, [partOf(front, line.points, line.gains)], frame, () =>
      paintBand(ctx, path, colour(bandTone(front, line.gains)), widthOfBand(front, line, frame)),
    );
    strokeLine(ctx, path, frame.zoom, colour);
  }

  function within(ctx, rings, frame, draw) {
    ctx.save();
    for (const ring of rings) ctx.clip(pathOf(ring, frame, true));
    draw();
    ctx.restore();
  }

  /** Who goes forward, in the colour of his hatch. */
  function bandTone(front, hand) {
    const side = front[`${hand}Sides`][0] ?? "";
    return holdings.sides.some(({ id }) => id === side) ? `hatch-of-${side}` : "front";
  }

  /** As wide as the line is uncertain, and never so narrow that it is not seen. */
  function widthOfBand(front, { points }, { zoom, scale }) {
    const least = byZoom(zoom, 8, 12, 12, 12);
    if (zoom < 6) return least;
    const lat = points[points.length >> 1][1];
    return Math.max(least, pixelsOf(front.accuracyKm, lat, scale));
  }

  function paintPockets(ctx, frame, { front, colour }) {
    for (const { ring, holder } of pocketsAt(front, now.at)) {
      const side = holdings.sideOf(holder, now.at);
      const hand = front.leftSides.includes(side) || holder === front.left ? "left" : "right";
      const picture = pictureOf(front, hand, frame);
      within(ctx, [ring], frame, () => {
        ctx.clearRect(0, 0, frame.width, frame.height);
        if (picture) stamp(ctx, picture);
      });
      strokeLine(ctx, pathOf(ring, frame, true), frame.zoom, colour, 0.7);
    }
  }

  const keyOf = () =>
    [
      ground.looks(),
      ground.period()?.number,
      ...now.segments.map(({ id }) => id),
      ...now.lines.flatMap(({ front }) => [front.id, ...pocketsAt(front, now.at).map(({ first }) => first)]),
    ].join(" ");

  /** Whether a line has moved so far that it can be seen. */
  function hasMoved({ line }, k) {
    const before = drawn.lines[k]?.line;
    if (!before || before.leg !== line.leg) return true;
    return Math.abs(before.share - line.share) * line.farthest * 256 * 2 ** map.getZoom() > MOVED;
  }

  /** The instant that is shown; what its layer does not allow is not. */
  function follow(at) {
    const shown = isOn("fronts") ? frontsAt(fronts, at) : [];
    now = {
      at,
      lines: shown.map((front) => ({ front, line: lineAt(front, at) })),
      segments: isOn("polities") ? segmentsAt(disputed, at, map.getZoom()) : [],
    };
  }

  const ids = (lines) => lines.map(({ front }) => front.id).join(" ");

  function redraw() {
    const isEmpty = !now.lines.length && !now.segments.length;
    const comeOrGone = ids(now.lines) !== ids(drawn.lines);
    const fadesIn = comeOrGone && drawn.isEmpty;
    if (comeOrGone && !drawn.isEmpty) fadeOver(sheet);
    sheet.use(!isEmpty);
    if (isEmpty) drawn = { key: keyOf(), lines: [], isEmpty };
    else sheet.redraw();
    if (fadesIn) fadeIn(sheet);
  }

  return {
    /** Shows the fronts and segments of an instant; false where nothing has changed that could be seen. */
    show(at) {
      if (!(fronts.length || disputed.length) || !map._loaded) return false;
      follow(at);
      const isSame = ids(now.lines) === ids(drawn.lines) && keyOf() === drawn.key;
      if (isSame && !now.lines.some(hasMoved)) return false;
      redraw();
      return true;
    },
    /** Changes with what is drawn. */
    version: () => version,
    /** The names of pockets and segments. */
    words(frame) {
      const named = segmentWords(now.segments, frame);
      if (frame.zoom < NAMED) return named;
      const pockets = now.lines.flatMap(({ front }) =>
        pocketsAt(front, now.at).map(({ name, ring }) =>
          pocketWord(name, middleOf(ring.map(pixel(frame))), frame),
        ),
      );
      return [...named, ...pockets];
    },
    /** Points along the lines in the window's pixels: what words had better not lie on. */
    bodies() {
      if (!now.lines.length) return [];
      const frame = sheet.frame();
      const toWindow = ([x, y]) => ({ x: x - frame.offset.x, y: y - frame.offset.y });
      return now.lines.flatMap(({ line }) => spaced(line.points.map(pixel(frame)), STEP).map(toWindow));
    },
  };
}

const middleOf = (points) => [0, 1].map((k) => points.reduce((sum, one) => sum + one[k], 0) / points.length);

function pocketWord(name, [x, y], { offset }) {
  return {
    key: `pocket ${name}`,
    lines: [{ text: name, size: 12.5, tone: "ink" }],
    x: x - offset.x,
    y: y - offset.y,
    rank: RANK.pocket,
    only: ["right", "left", "above", "below", "centre"],
    reach: 10,
  };
}

/** Points along a line some pixels apart. */
function spaced(points, step) {
  const found = [];
  points.forEach(([x, y], k) => {
    if (!k) return;
    const [px, py] = points[k - 1];
    const count = Math.max(1, Math.ceil(Math.hypot(x - px, y - py) / step));
    if (count > 200) return; // far beyond the window
    for (let one = 0; one < count; one += 1)
      found.push([px + ((x - px) * one) / count, py + ((y - py) * one) / count]);
  });
  return found;
}

/** A band from half opaque at the line to nothing. */
function paintBand(ctx, path, tone, width) {
  ctx.strokeStyle = tone;
  ctx.globalAlpha = (isPrinting() ? 0.35 : 0.5) / SHADES;
  for (let k = 1; k <= SHADES; k += 1) {
    ctx.lineWidth = (2 * width * k) / SHADES;
    ctx.stroke(path);
  }
  ctx.globalAlpha = 1;
}

function strokeLine(ctx, path, zoom, colour, share = 1) {
  ctx.strokeStyle = colour("halo");
  ctx.lineWidth = byZoom(zoom, 4.2, 5, 6, 6) * share;
  ctx.stroke(path);
  ctx.strokeStyle = colour("front");
  ctx.lineWidth = byZoom(zoom, 2.2, 2.6, 3, 3) * share;
  ctx.stroke(path);
}
