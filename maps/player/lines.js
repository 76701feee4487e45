import { mercatorX, mercatorY } from "./sheet.js";

// Lines of the basemap. They come as zigzag varints (see geodata/shaping.py): for each line its
// number of points, then the steps in longitude and latitude in thousandths of a degree.

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

/** The lines of some bytes: {x, y} as fractions of the Mercator world, and how far they reach. */
export function decodeLines(bytes) {
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
export function extremes(numbers) {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < numbers.length; i += 1) {
    if (numbers[i] < least) least = numbers[i];
    if (numbers[i] > greatest) greatest = numbers[i];
  }
  return [least, greatest];
}

/** Whether what reaches so far {west, east, north, south} can be seen. */
export const inView = (line, frame) =>
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

/** The path of those lines that can be seen, in pixels of a sheet; `lifted` where they run along its sides. */
export function pathOf(lines, frame, lifted = false) {
  const path = new Path2D();
  for (const line of lines) if (inView(line, frame)) trace(path, line, frame, lifted);
  return path;
}
