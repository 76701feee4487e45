import { orderBy } from "./order.js";

// What is visible: it follows from the moment, the mode, the layers and the filters, and from nothing else.

const BLOCK = 256; // events in a row that are passed over together where all of them are over
const overlaps = (one, time) => one.first <= time.last && one.last >= time.first;

/**
 * What is shown at a moment: `events` as indices in order of time, `routes` as [{route, faded}].
 * In the modes that look back, what is over by the moment is faded.
 */
class Shown {
  constructor(columns, moment) {
    this.columns = columns;
    this.moment = moment;
    this.events = NONE;
    this.routes = [];
    this.lasting = null; // of the events those that are not over, once asked for
  }

  isFaded(i) {
    return this.columns.last[i] < this.moment.first;
  }

  /** The events that are not over. */
  present() {
    this.lasting ??= this.events.filter((i) => !this.isFaded(i));
    return this.lasting;
  }
}

const NONE = new Int32Array(0);

/** The first position whose event begins after an instant; `order` is by beginning. */
function after(order, first, at) {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (first[order[middle]] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The events by beginning, and of each block of them when the last one is over. */
class Index {
  constructor({ first, last }) {
    this.order = orderBy(first);
    this.over = new Float64Array(Math.ceil(first.length / BLOCK)).fill(-Infinity);
    for (let k = 0; k < first.length; k += 1) {
      const block = Math.floor(k / BLOCK);
      this.over[block] = Math.max(this.over[block], last[this.order[k]]);
    }
    this.found = new Int32Array(first.length);
  }
}

const known = new WeakMap(); // several pictures show one scene

function indexOf(events) {
  if (!known.has(events)) known.set(events, new Index(events));
  return known.get(events);
}

/** `layers` is the set of ids that are on, `filters` (filters.js) what is wanted; `length` the window's in ms. */
export class Visibility {
  constructor(scene, layers, filters, length) {
    this.events = scene.events;
    this.routes = scene.routes;
    this.layers = layers;
    this.filters = filters;
    this.length = length;
    this.mode = "at";
    this.index = indexOf(scene.events);
    this.latest = null; // {key, shown} of the last question
  }

  permitsEvent(i) {
    return this.filters.permitted[i] === 1;
  }

  /** The time that is shown: the moment, and in the other modes what came before it. */
  spanOf({ first, last }) {
    if (this.mode === "window") return { first: first - this.length, last };
    return this.mode === "since" ? { first: -Infinity, last } : { first, last };
  }

  /** What is shown at a moment; the same `events` while they do not change, and then all the same object. */
  at(moment) {
    const time = this.spanOf(moment);
    const key = [time.first, moment.first, moment.last, this.mode, this.filters.version].join(" ");
    if (this.latest?.key === key) return this.latest.shown;
    const shown = new Shown(this.events, moment);
    shown.events = this.eventsIn(time);
    shown.routes = this.routesIn(time, moment);
    this.latest = { key, shown };
    return shown;
  }

  eventsIn(time) {
    const before = this.latest?.shown.events ?? NONE;
    const { order, over, found } = this.index;
    const { first, last } = this.events;
    const { permitted } = this.filters;
    const end = after(order, first, time.last);
    let [count, same] = [0, true];
    for (let block = 0, k = 0; k < end; block += 1) {
      const stop = Math.min(end, k + BLOCK);
      if (over[block] < time.first) k = stop;
      for (; k < stop; k += 1) {
        const i = order[k];
        if (last[i] < time.first || !permitted[i]) continue;
        same &&= before[count] === i;
        found[count] = i;
        count += 1;
      }
    }
    return same && count === before.length ? before : found.slice(0, count);
  }

  routesIn(time, moment) {
    if (!this.layers.has("routes")) return [];
    return this.routes
      .filter((route) => overlaps(route, time) && this.filters.permitsRoute(route))
      .map((route) => ({ route, faded: route.last < moment.first }));
  }
}
