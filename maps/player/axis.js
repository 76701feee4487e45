// The timeline's axis: which stretch of time lies between its two ends, and what zooming does to it.

export const AXIS = 20; // px, the height of the strip with the labels
const NARROWEST = 600_000; // ms: it zooms in to ten minutes

export class Axis {
  /** Opens on `opening` and never leaves `span`, both {first, last}. */
  constructor(span, opening) {
    this.span = span;
    this.opening = opening;
    this.stretched = false; // whether `reach` went out to the whole span by itself
    this.lay(0, 1);
    this.set(opening.first, opening.last);
  }

  /** Says between which pixels the axis lies. */
  lay(left, right) {
    this.left = left;
    this.right = Math.max(right, left + 1);
  }

  /** Shows this stretch, or what is nearest to it; false if nothing has changed. */
  set(from, to) {
    const before = [this.from, this.to];
    const whole = this.span.last - this.span.first;
    const width = Math.min(Math.max(to - from, NARROWEST), whole);
    const centre = (from + to) / 2;
    this.from = Math.max(this.span.first, Math.min(centre - width / 2, this.span.last - width));
    this.to = this.from + width;
    return this.from !== before[0] || this.to !== before[1];
  }

  /** How many ms a pixel holds. */
  get scale() {
    return (this.to - this.from) / (this.right - this.left);
  }

  /** The unit that the reader means who points at the axis. */
  get grain() {
    return GRAINS.find(([, most]) => this.scale <= most)[0];
  }

  xOf(at) {
    return this.left + (at - this.from) / this.scale;
  }

  instantAt(x) {
    return this.from + (x - this.left) * this.scale;
  }

  /** Shows `factor` times as much time; what stands at `about` stays where it is. */
  zoom(factor, about) {
    const share = Math.min(1, Math.max(0, (about - this.from) / (this.to - this.from)));
    const whole = this.span.last - this.span.first;
    const width = Math.min(Math.max((this.to - this.from) * factor, NARROWEST), whole);
    this.stretched = false;
    return this.set(about - share * width, about + (1 - share) * width);
  }

  /** Moves along by so many pixels' time. */
  pan(pixels) {
    this.stretched = false;
    return this.set(this.from + pixels * this.scale, this.to + pixels * this.scale);
  }

  /** Lays two instants under two places: what a pinch does. */
  pin([a, b], [xa, xb]) {
    const scale = (b - a) / (xb - xa || 1);
    if (!(scale > 0)) return false;
    this.stretched = false;
    return this.set(a - (xa - this.left) * scale, a + (this.right - xa) * scale);
  }

  /** Shows a stretch with a little room about it. */
  frame({ first, last }) {
    const room = (last - first) * 0.04;
    this.stretched = false;
    return this.set(first - room, last + room);
  }

  /** Moves so that an instant can be seen: back to the opening, out to the whole, or along. */
  reach(at) {
    const { first, last } = this.opening;
    const inOpening = at >= first && at <= last;
    if (this.stretched && inOpening) {
      this.stretched = false;
      this.set(first, last);
    }
    if (at >= this.from && at <= this.to) return;
    const width = this.to - this.from;
    if (width < (last - first) * 0.9) this.set(at - width / 2, at + width / 2);
    else if (inOpening) this.set(first, last);
    else {
      this.set(this.span.first, this.span.last);
      this.stretched = true;
    }
  }

  get isWhole() {
    return this.to - this.from >= this.span.last - this.span.first;
  }
}

// Up to how many ms a pixel may hold.
const GRAINS = [
  ["minute", 60_000],
  ["hour", 900_000],
  ["day", 120 * 86_400_000],
  ["year", Infinity],
];
