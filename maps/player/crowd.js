import { placesOf } from "./places.js";
import { Stamps, setStamp } from "./stamps.js";
import { orderOf } from "./visible.js";

// Marks where they are too many for elements: stamps and what lies under a point of it.

const SHARE = 0.14; // of the map that marks may cover
const [LEAST, MOST] = [1.6, 7]; // px of a mark's radius

const CELL = 8; // device pixels of the cells in which it is known whether there is a mark

/** The radius of so many marks on a map of an area, in half pixels. */
function radiusFor(number, area) {
  const fitting = Math.sqrt((SHARE * area) / (Math.PI * Math.max(number, 1)));
  return Math.round(2 * Math.min(Math.max(fitting, LEAST), MOST)) / 2;
}

/** The marks of a crowd on a map. */
export class Crowd {
  constructor(map, events) {
    this.map = map;
    this.places = placesOf(events);
    this.classes = orderOf(events).classes;
    this.stamps = new Stamps(this.classes);
    this.indices = null; // while there is a crowd
    this.radius = MOST;
    this.image = null;
  }

  get isUsed() {
    return this.indices !== null;
  }

  /** Shows nothing, and keeps nothing. */
  clear() {
    this.indices = null;
    this.image = null;
    this.cells = null;
  }

  /** The empty picture, as words of one pixel each. */
  blank(width, height) {
    if (this.image?.width !== width || this.image.height !== height) {
      this.image = new ImageData(width, height);
      this.words = new Uint32Array(this.image.data.buffer);
      this.cells = new Uint8Array((Math.ceil(width / CELL) + 1) * (Math.ceil(height / CELL) + 1));
    } else this.words.fill(0);
    this.cells.fill(0);
    return this.words;
  }

  /** Stamps these events on a picture as large as the sheet. */
  stamp(indices, isFaded, { scale, left, top, width: across, height: down, ratio }) {
    const [width, height] = [Math.round(across * ratio), Math.round(down * ratio)];
    const words = this.blank(width, height);
    this.indices = indices;
    this.radius = radiusFor(indices.length, across * down);
    this.ratio = ratio;
    this.stamps.use(this.radius, ratio, width);
    const { x, y } = this.places;
    const { of } = this.classes;
    const columns = Math.ceil(width / CELL) + 1;
    for (const i of indices) {
      const px = Math.round((x[i] * scale - left) * ratio);
      const py = Math.round((y[i] * scale - top) * ratio);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const stamp = this.stamps.of(of[i], isFaded(i));
      const { half } = stamp;
      const fits = px >= half && py >= half && px < width - half && py < height - half;
      setStamp(words, fits ? stamp : cut(stamp, px, py, width, height), py * width + px);
      this.cells[Math.floor(py / CELL) * columns + Math.floor(px / CELL)] = 1;
    }
  }

  paint(ctx) {
    if (this.isUsed) ctx.putImageData(this.image, 0, 0);
  }

  /** Whether no mark reaches into a box of the window's pixels. */
  isClear({ x, y, width, height }) {
    if (!this.isUsed) return true;
    const columns = Math.ceil(this.image.width / CELL) + 1;
    const cell = (at) => Math.floor((at * this.ratio) / CELL);
    const reach = this.radius * 1.2;
    for (let row = Math.max(0, cell(y - reach)); row <= cell(y + height + reach); row += 1)
      for (let k = Math.max(0, cell(x - reach)); k <= cell(x + width + reach); k += 1)
        if (this.cells[row * columns + k]) return false;
    return true;
  }

  /** Calls `see(i, x, y)` for every mark, in the window's pixels. */
  each(see) {
    if (!this.isUsed) return;
    const scale = 256 * 2 ** this.map.getZoom();
    const corner = this.map.getPixelOrigin().add(this.map.containerPointToLayerPoint([0, 0]));
    const { x, y } = this.places;
    for (const i of this.indices) see(i, x[i] * scale - corner.x, y[i] * scale - corner.y);
  }

  /** The mark nearest to a point, no farther than `reach` px, and all that lie as good as on it. */
  under(point, reach) {
    let best = null;
    this.each((i, x, y) => {
      const far = Math.hypot(x - point.x, y - point.y);
      if (far <= reach && (!best || far <= best.far)) best = { i, x, y, far };
    });
    if (!best) return null;
    const members = [];
    const touching = Math.max(1.5, 0.6 * this.radius);
    this.each((i, x, y) => {
      if (Math.hypot(x - best.x, y - best.y) <= touching) members.push(i);
    });
    return { ...best, members };
  }
}

/** Of a stamp that reaches over the sheet's edge what lies on it. */
function cut({ whole, edge }, px, py, width, height) {
  const part = ({ steps, tones }) => {
    const kept = Array.from(steps.keys()).filter((p) => {
      const row = Math.round(steps[p] / width);
      const column = px + steps[p] - row * width;
      return py + row >= 0 && py + row < height && column >= 0 && column < width;
    });
    return { steps: kept.map((p) => steps[p]), tones: kept.map((p) => tones[p]) };
  };
  return { whole: part(whole), edge: part(edge) };
}
