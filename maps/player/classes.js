// Few combinations of direction, status and kind: what a mark looks like.

/** Which combination each event has, as a number. */
class Classes {
  constructor({ directions, status, kind }) {
    this.columns = { directions, status, kind };
    this.sizes = [status.values.length, kind.values.length];
    this.count = directions.values.length * status.values.length * kind.values.length;
    this.of = new Uint16Array(kind.codes.length);
    for (let i = 0; i < this.of.length; i += 1)
      this.of[i] = (directions.codes[i] * this.sizes[0] + status.codes[i]) * this.sizes[1] + kind.codes[i];
  }

  /** {directions, status, kind} of a class. */
  at(number) {
    const { directions, status, kind } = this.columns;
    const [statuses, kinds] = this.sizes;
    return {
      directions: directions.values[Math.floor(number / kinds / statuses)],
      status: status.values[Math.floor(number / kinds) % statuses],
      kind: kind.values[number % kinds],
    };
  }
}

const known = new WeakMap(); // several pictures show one scene

/** The classes of the events' columns, made once. */
export function classesOf(events) {
  if (!known.has(events)) known.set(events, new Classes(events));
  return known.get(events);
}
