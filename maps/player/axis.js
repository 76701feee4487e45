// The timeline's axis: which stretch of time lies between its two ends, and what zooming does to it.

export const AXIS = 20; // px, the height of the strip with the labels
const NARROWEST = 3_600_000; // ms: it zooms in to an hour

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
    this.right = right;
  }

  set(from, to) {
    const whole = this.span.last - this.span.first;
    const width = Math.min(Math.max(to - from, NARROWEST), whole);
    const centre = (from + to) / 2;
    this.from = Math.max(this.span.first, Math.min(centre - width / 2, this.span.last - width));
    this.to = this.from + width;
  }

  xOf(at) {
    return this.left + ((at - this.from) / (this.to - this.from)) * (this.right - this.left);
  }

  instantAt(x) {
    return this.from + ((x - this.left) / (this.right - this.left)) * (this.to - this.from);
  }

  /** Shows `factor` times as much time; what stands at `about` stays where it is. */
  zoom(factor, about) {
    const share = Math.min(1, Math.max(0, (about - this.from) / (this.to - this.from)));
    const width = (this.to - this.from) * factor;
    this.set(about - share * width, about + (1 - share) * width);
    this.stretched = false;
  }

  /** Moves so that an instant can be seen: back to the opening, out to the whole, or along. */
  reach(at) {
    const { first, last } = this.opening;
    const inOpening = at >= first && at <= last;
    if (this.stretched && inOpening) {
      this.set(first, last);
      this.stretched = false;
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
