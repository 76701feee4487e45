import { orderBy } from "./order.js";

// The events in order of time: which comes next, and where choosing one puts the clock.

/** The first position in sorted `values` (read through `order`) that is not below `wanted`. */
function bisect(order, values, wanted) {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[order[middle]] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Instants, none of them beyond a span. */
function within({ first, last }, instants) {
  const held = new Float64Array(instants.length);
  for (let i = 0; i < held.length; i += 1) held[i] = Math.min(Math.max(instants[i], first), last);
  return held;
}

export class Sequence {
  /** `span` {first, last} is the story's, which the clock never leaves. */
  constructor(events, span) {
    this.begins = within(span, events.momentFirst);
    this.ends = within(span, events.momentLast);
    this.order = orderBy(this.begins);
  }

  /** The moment that the clock shows when an event is chosen. */
  momentOf(i) {
    return { first: this.begins[i], last: this.ends[i] };
  }

  /** Whether the clock stands where choosing this event puts it. */
  isAt(i, { first, last }) {
    return i !== null && this.begins[i] === first && this.ends[i] === last;
  }

  /** The first event at or after an instant; undefined if there is none. */
  from(at) {
    return this.order[bisect(this.order, this.begins, at)];
  }

  /** The next event (the last before, for -1) that `permits(i)`, seen from a moment and the chosen one. */
  beside(by, moment, selected, permits) {
    let position = bisect(this.order, this.begins, moment.first);
    if (this.isAt(selected, moment)) {
      while (this.order[position] !== selected) position += 1;
      position += by;
    } else if (by < 0) position -= 1;
    while (position >= 0 && position < this.order.length && !permits(this.order[position])) position += by;
    return this.order[position];
  }

  /** The first that begins after `from`, by `to`, and passes; of those that begin with the chosen one, the next. */
  between(from, to, selected, passes) {
    let position = bisect(this.order, this.begins, from);
    while (this.begins[this.order[position]] === from && this.order[position] !== selected) position += 1;
    if (this.begins[this.order[position]] === from) position += 1; // the chosen one
    for (; this.begins[this.order[position]] <= to; position += 1)
      if (passes(this.order[position])) return this.order[position];
    return undefined;
  }
}
