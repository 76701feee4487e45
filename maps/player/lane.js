// The events of one lane in order of their beginning: a stretch of time is found in them by halving.

const CELL = 12; // px of the axis that are looked at together
const CROWD = 6; // more events than these in a cell are no longer told apart by ticks
const LOOKED_AT = 400; // events of a crowd, or from before the axis, that are still looked at one by one

export class Lane {
  /** `indices` point into the columns of `events`. */
  constructor({ id, label }, events, indices) {
    this.id = id;
    this.label = label;
    this.events = events;
    this.all = inOrder(Int32Array.from(indices), events.first);
    this.order = this.all;
    this.longest = this.order.reduce((most, i) => Math.max(most, events.last[i] - events.first[i]), 0);
  }

  /** Only the events that are marked (0 or 1 for each of the map's) stand in it; null for all. */
  keep(marked) {
    this.order = marked ? this.all.filter((i) => marked[i]) : this.all;
  }

  /** Whether an event stands in it now. */
  holds(i) {
    return this.order.includes(i);
  }

  /** When the k-th event begins. */
  at(k) {
    return this.events.first[this.order[k]];
  }

  /** How many events begin before an instant: the position of the first that does not. */
  before(instant) {
    const { first } = this.events;
    let [low, high] = [0, this.order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (first[this.order[middle]] < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many events begin between each two edges that follow one another. */
  counts(edges) {
    const places = edges.map((edge) => this.before(edge));
    return places.slice(1).map((place, n) => place - places[n]);
  }

  /** The cell of the axis about the k-th event: {from, to} as positions; cells do not swim in a pan. */
  cellAt(k, axis) {
    const length = CELL * axis.scale;
    const begin = Math.floor(this.at(k) / length) * length;
    const [from, to] = [Math.min(k, this.before(begin)), Math.max(k + 1, this.before(begin + length))];
    return { from, to, crowded: to - from > CROWD, many: to - from > LOOKED_AT };
  }

  /** The cells that hold an event of what the axis shows. */
  *cells(axis) {
    const end = this.before(axis.to);
    for (let k = this.before(axis.from); k < end;) {
      const cell = this.cellAt(k, axis);
      yield cell;
      k = cell.to;
    }
  }

  /** The positions of events from before the axis that may reach into it; none where they are too many. */
  earlier(axis) {
    const [from, to] = [this.before(axis.from - this.longest), this.before(axis.from)];
    return to - from > LOOKED_AT ? { from: to, to } : { from, to };
  }
}

/** The lanes of these directions, and `loose`, that of the events that have none. */
export function partLanes(events, directions) {
  const members = new Map(directions.map(({ id }) => [id, []]));
  const loose = [];
  for (let i = 0; i < events.count; i += 1) {
    const own = events.directions.at(i);
    if (!own.length) loose.push(i);
    for (const id of own) members.get(id)?.push(i);
  }
  return {
    lanes: directions.map((direction) => new Lane(direction, events, members.get(direction.id))),
    loose: new Lane({ id: "context", label: "" }, events, loose),
  };
}

function inOrder(indices, first) {
  const isSorted = indices.every((i, k) => k === 0 || first[indices[k - 1]] <= first[i]);
  return isSorted ? indices : indices.sort((a, b) => first[a] - first[b] || a - b);
}
