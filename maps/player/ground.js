import { meridians, parallels } from "./graticule.js";
import { Sheet, colours, mercatorX, mercatorY, themeNow } from "./sheet.js";

// The basemap. Lines come as zigzag varints (see geodata/shaping.py): for each line its
// number of points, then the steps in longitude and latitude in thousandths of a degree.

const LAYERS = ["graticule", "borders", "rivers", "lakes"];
const EDGES = new Set([-30_000, 330_000]); // the sheet's own sides are no coast
const FOOT = -59_900; // nor is its foot

/** The numbers of a row of unsigned varints. */
function varints(bytes) {
  const numbers = new Uint32Array(bytes.length);
  let [count, number, shift] = [0, 0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    number |= (bytes[at] & 127) << shift;
    shift += 7;
    if (bytes[at] > 127) continue;
    numbers[count] = number;
    count += 1;
    number = shift = 0;
  }
  return numbers.subarray(0, count);
}

const unzigzag = (number) => (number >>> 1) ^ -(number & 1);

function decodeLines(bytes) {
  const numbers = varints(bytes);
  const lines = [];
  for (let at = 0; at < numbers.length; at += 1 + 2 * numbers[at])
    lines.push(readLine(numbers.subarray(at + 1, at + 1 + 2 * numbers[at])));
  return lines;
}

function readLine(steps) {
  const length = steps.length / 2;
  const line = { x: new Float64Array(length), y: new Float64Array(length), edge: null };
  let [lng, lat] = [0, 0];
  for (let i = 0; i < length; i += 1) {
    lng += unzigzag(steps[2 * i]);
    lat += unzigzag(steps[2 * i + 1]);
    line.x[i] = mercatorX(lng / 1000);
    line.y[i] = mercatorY(lat / 1000);
    if (EDGES.has(lng) || lat <= FOOT) (line.edge ??= new Uint8Array(length))[i] = 1;
  }
  [line.west, line.east] = extremes(line.x);
  [line.north, line.south] = extremes(line.y);
  return line;
}

/** The least and the greatest of some numbers. */
function extremes(numbers) {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < numbers.length; i += 1) {
    if (numbers[i] < least) least = numbers[i];
    if (numbers[i] > greatest) greatest = numbers[i];
  }
  return [least, greatest];
}

const inView = (line, frame) =>
  line.east * frame.scale >= frame.left &&
  line.west * frame.scale <= frame.left + frame.width &&
  line.south * frame.scale >= frame.top &&
  line.north * frame.scale <= frame.top + frame.height;

/** Adds a line to a path, leaving out points that fall on the pixel of the one before. */
function trace(path, line, frame, lifted) {
  const { x, y, edge } = line;
  const last = x.length - 1;
  let [px, py] = [NaN, NaN];
  for (let i = 0; i <= last; i += 1) {
    const cx = x[i] * frame.scale - frame.left;
    const cy = y[i] * frame.scale - frame.top;
    if (i && i < last && Math.abs(cx - px) + Math.abs(cy - py) < 0.7) continue;
    if (i && !(lifted && edge && edge[i] && edge[i - 1])) path.lineTo(cx, cy);
    else path.moveTo(cx, cy);
    [px, py] = [cx, cy];
  }
}

function pathOf(lines, frame, lifted = false) {
  const path = new Path2D();
  for (const line of lines) if (inView(line, frame)) trace(path, line, frame, lifted);
  return path;
}

const byZoom = (zoom, ...widths) => widths[zoom < 4 ? 0 : zoom < 6 ? 1 : zoom < 8 ? 2 : 3];

const decoded = new WeakMap(); // several maps show one basemap

/** The lines of each layer of the basemap. */
function linesOf(basemap) {
  const decode = ([name, bytes]) => [name, decodeLines(bytes)];
  if (!decoded.has(basemap)) decoded.set(basemap, Object.fromEntries(Object.entries(basemap).map(decode)));
  return decoded.get(basemap);
}

/** Sea, land, lakes, rivers, country lines and the graticule, as the layers allow. */
export function makeGround(map, basemap, isOn) {
  const lines = linesOf(basemap);
  const looks = () => [themeNow(), ...LAYERS.map(isOn)].join();
  let drawn = "";
  const sheet = new Sheet(
    "ground",
    (ctx, frame) => {
      const colour = colours();
      ctx.lineJoin = "round";
      ctx.fillStyle = colour("sea");
      ctx.fillRect(0, 0, frame.width, frame.height);
      if (isOn("graticule")) drawGraticule(ctx, frame, colour("coast"));
      // Where no coast is cut by the sheet's sides, its line is that of the land.
      const [whole, cut] = [false, true].map((isCut) =>
        lines.land.filter((line) => Boolean(line.edge) === isCut),
      );
      const coast = pathOf(whole, frame);
      const land = pathOf(cut, frame);
      land.addPath(coast);
      coast.addPath(pathOf(cut, frame, true));
      ctx.fillStyle = colour("land");
      ctx.fill(land, "evenodd");
      if (isOn("borders"))
        drawLines(
          ctx,
          pathOf(lines.borders, frame),
          colour("border"),
          byZoom(frame.zoom, 0.85, 1.1, 1.4, 1.8),
        );
      if (isOn("rivers") && frame.zoom >= 3.6)
        drawLines(ctx, pathOf(lines.rivers, frame), colour("coast"), byZoom(frame.zoom, 0.6, 0.8, 1, 1.4));
      drawLines(ctx, coast, colour("coast"), byZoom(frame.zoom, 0.75, 0.8, 1, 1.2));
      if (isOn("lakes")) drawLakes(ctx, pathOf(lines.lakes, frame), colour, frame);
      if (isOn("graticule")) drawDateLine(ctx, frame, colour("water"));
      drawn = looks();
    },
    { padding: 0.1, opaque: true },
  );
  sheet.addTo(map);
  return {
    /** Draws again if its layers or the theme have changed. */
    redraw() {
      if (drawn !== looks()) sheet.redraw();
    },
  };
}

function drawLines(ctx, path, colour, width) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke(path);
}

function drawLakes(ctx, path, colour, frame) {
  ctx.fillStyle = colour("sea");
  ctx.fill(path, "evenodd");
  drawLines(ctx, path, colour("coast"), byZoom(frame.zoom, 0.5, 0.7, 0.9, 1.1));
}

function drawGraticule(ctx, frame, colour) {
  ctx.globalAlpha = 0.28;
  const path = new Path2D();
  for (const { x } of meridians(frame)) {
    path.moveTo(x, 0);
    path.lineTo(x, frame.height);
  }
  for (const { y } of parallels(frame)) {
    path.moveTo(0, y);
    path.lineTo(frame.width, y);
  }
  drawLines(ctx, path, colour, 0.6);
  ctx.globalAlpha = 1;
}

function drawDateLine(ctx, frame, colour) {
  const x = Math.round(mercatorX(180) * frame.scale - frame.left) + 0.5;
  ctx.setLineDash([1.5, 4.5]);
  ctx.beginPath();
  ctx.moveTo(x, 0);
  ctx.lineTo(x, frame.height);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.2;
  ctx.stroke();
  ctx.setLineDash([]);
}
