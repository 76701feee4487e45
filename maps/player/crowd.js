import { classesOf } from "./classes.js";
import { placesOf } from "./places.js";
import { Stamps, setStamp } from "./stamps.js";

// Marks where they are too many for elements: stamps and what lies under a point of it.

const SHARE = 0.14; // of the map that marks may cover
const [LEAST, MOST] = [1.6, 7]; // px of a mark's radius

const REACH = 12; // px that a mark's pixels may lie from its place: the picture goes so far beyond the sheet
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
    this.classes = classesOf(events);
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
      this.columns = Math.ceil(width / CELL);
      this.cells = new Uint8Array(this.columns * Math.ceil(height / CELL));
    } else this.words.fill(0);
    this.cells.fill(0);
    return this.words;
  }

  /** Stamps these events on a picture that is larger than the sheet, so that every stamp lies on it. */
  stamp(indices, isFaded, { scale, left, top, width: across, height: down, ratio }) {
    this.edge = Math.ceil(REACH * ratio);
    const [width, height] = [across, down].map((size) => Math.round(size * ratio) + 2 * this.edge);
    const words = this.blank(width, height);
    this.indices = indices;
    this.radius = radiusFor(indices.length, across * down);
    this.ratio = ratio;
    this.stamps.use(this.radius, ratio, width);
    const { x, y } = this.places;
    const { of } = this.classes;
    for (const i of indices) {
      const px = Math.round((x[i] * scale - left) * ratio) + this.edge;
      const py = Math.round((y[i] * scale - top) * ratio) + this.edge;
      const stamp = this.stamps.of(of[i], isFaded(i));
      const { half } = stamp;
      if (px < half || py < half || px >= width - half || py >= height - half) continue;
      setStamp(words, stamp, py * width + px);
      this.cells[Math.floor(py / CELL) * this.columns + Math.floor(px / CELL)] = 1;
    }
  }

  paint(ctx) {
    if (this.isUsed) ctx.putImageData(this.image, -this.edge, -this.edge);
  }

  /** Whether no mark reaches into a box of the window's pixels. */
  isClear({ x, y, width, height }) {
    if (!this.isUsed) return true;
    const cell = (at) => Math.floor((at * this.ratio + this.edge) / CELL);
    const reach = this.radius * 1.2;
    for (let row = Math.max(0, cell(y - reach)); row <= cell(y + height + reach); row += 1)
      for (let k = Math.max(0, cell(x - reach)); k <= cell(x + width + reach); k += 1)
        if (this.cells[row * this.columns + k]) return false;
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
