import { stepAt } from "./graticule.js";
import { Sheet, colours, mercatorX, mercatorY, themeNow } from "./sheet.js";

// The basemap. Lines come as base64 of zigzag varints (see geodata/shaping.py): for each line its
// number of points, then the steps in longitude and latitude in thousandths of a degree.

const LAYERS = ["graticule", "borders", "rivers", "lakes"];
const EDGES = new Set([-30_000, 330_000]); // the sheet's own sides are no coast

function decodeLines(text) {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const lines = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    let shift = 1;
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 127) * shift;
      if (byte < 128) return value;
      shift *= 128;
    }
  };
  const signed = () => {
    const value = varint();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  while (at < bytes.length) lines.push(readLine(varint(), signed));
  return lines;
}

function readLine(length, signed) {
  const line = { x: new Float64Array(length), y: new Float64Array(length), edge: new Uint8Array(length) };
  let [lng, lat] = [0, 0];
  for (let i = 0; i < length; i += 1) {
    lng += signed();
    lat += signed();
    line.x[i] = mercatorX(lng / 1000);
    line.y[i] = mercatorY(lat / 1000);
    line.edge[i] = EDGES.has(lng) || lat <= -59_900 ? 1 : 0;
  }
  line.west = line.x.reduce((a, b) => Math.min(a, b), Infinity);
  line.east = line.x.reduce((a, b) => Math.max(a, b), -Infinity);
  line.north = line.y.reduce((a, b) => Math.min(a, b), Infinity);
  line.south = line.y.reduce((a, b) => Math.max(a, b), -Infinity);
  return line;
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
    if (i && !(lifted && edge[i] && edge[i - 1])) path.lineTo(cx, cy);
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
  const decode = ([name, text]) => [name, decodeLines(text)];
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
      ctx.fillStyle = colour("land");
      ctx.fill(pathOf(lines.land, frame), "evenodd");
      if (isOn("borders"))
        drawLines(
          ctx,
          pathOf(lines.borders, frame),
          colour("border"),
          byZoom(frame.zoom, 0.85, 1.1, 1.4, 1.8),
        );
      if (isOn("rivers") && frame.zoom >= 3.6)
        drawLines(ctx, pathOf(lines.rivers, frame), colour("coast"), byZoom(frame.zoom, 0.6, 0.8, 1, 1.4));
      drawLines(ctx, pathOf(lines.land, frame, true), colour("coast"), byZoom(frame.zoom, 0.75, 0.8, 1, 1.2));
      if (isOn("lakes")) drawLakes(ctx, pathOf(lines.lakes, frame), colour, frame);
      if (isOn("graticule")) drawDateLine(ctx, frame, colour("water"));
      drawn = looks();
    },
    { padding: 0.1 },
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
  const step = stepAt(frame.zoom);
  ctx.globalAlpha = 0.28;
  const path = new Path2D();
  for (let lng = -30; lng <= 330; lng += step) {
    const x = mercatorX(lng) * frame.scale - frame.left;
    path.moveTo(x, 0);
    path.lineTo(x, frame.height);
  }
  for (let lat = -60; lat <= 80; lat += step) {
    const y = mercatorY(lat) * frame.scale - frame.top;
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
