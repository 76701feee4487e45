import { RANK } from "./ranks.js";
import { mercatorX, mercatorY } from "./sheet.js";
import { DAY, HOUR, civil } from "./when.js";

// The words of the graticule: degrees along the edges of the map, and the two days that meet at 180°.

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const EDGE = 4; // px between a label and the edge

/** Degrees from one line to the next. */
const stepAt = (zoom) => (zoom < 4 ? 30 : zoom < 6 ? 10 : zoom < 8 ? 5 : 1);

/** The meridians as [{lng, x}], x on the sheet of a frame. */
export function meridians({ zoom, scale, left }) {
  const found = [];
  for (let lng = -30; lng <= 330; lng += stepAt(zoom)) found.push({ lng, x: mercatorX(lng) * scale - left });
  return found;
}

/** The parallels as [{lat, y}]. */
export function parallels({ zoom, scale, top }) {
  const found = [];
  for (let lat = -60; lat <= 80; lat += stepAt(zoom)) found.push({ lat, y: mercatorY(lat) * scale - top });
  return found;
}

const line = (text, more) => ({ text, size: 12, tone: "water", halo: "sea", ...more });

/** "40° N", "170° E", "0°", "180°" */
function degrees(number, positive, negative) {
  const away = Math.abs(number);
  return away % 180 ? `${away}° ${number > 0 ? positive : negative}` : `${away}°`;
}

/** The names of the lines that cross the view, at its left and lower edges. */
export function degreeWords(frame) {
  const { x: width, y: height } = frame.view;
  const words = [];
  for (const { lng, x: onSheet } of meridians(frame)) {
    const x = onSheet - frame.offset.x;
    if (x < 20 || x > width - 20 || lng === 180) continue;
    const text = degrees(lng > 180 ? lng - 360 : lng, "E", "W");
    words.push(
      edgeWord(
        text,
        [
          { x, y: height - EDGE },
          { x, y: height * 0.02 + 22 },
        ],
        ["above"],
      ),
    );
  }
  for (const { lat, y: onSheet } of parallels(frame)) {
    const y = onSheet - frame.offset.y;
    if (y < 20 || y > height - 20) continue;
    words.push(
      edgeWord(
        degrees(lat, "N", "S"),
        [
          { x: EDGE, y },
          { x: width - EDGE, y },
        ],
        ["right", "left"],
      ),
    );
  }
  return words;
}

function edgeWord(text, points, only) {
  return { lines: [line(text)], ...points[0], points, rank: RANK.degrees, reach: 0, only };
}

/** The day in few words, some hours from UTC. */
function dayThere(at, hours) {
  const { weekday, day, month } = civil(at + hours * HOUR);
  return `${DAYS[weekday]} ${day} ${MONTHS[month]}`;
}

/** The line at 180°, and, when the moment is a day or shorter, the day on each side of it. */
export function dateLineWord(frame, { first, last }) {
  const x = mercatorX(180) * frame.scale - frame.left - frame.offset.x;
  const style = { size: 12.5, italic: true, serif: true };
  const name = line("180°", style);
  const days = line(`${dayThere(last, 12)}  |  ${dayThere(last, -12)}`, style);
  const points = [0.62, 0.5, 0.74, 0.4, 0.84, 0.3].map((share) => ({ x, y: frame.view.y * share }));
  return {
    key: "180°",
    lines: last - first < DAY ? [days, name] : [name],
    shorter: [name],
    ...points[0],
    points,
    centred: true,
    rank: RANK.line,
    reach: 6,
    only: last - first < DAY ? ["centre"] : ["right", "left"],
  };
}
