// What is visible: it follows from the moment, the mode, the layers and the kinds, and from nothing else.

const overlaps = (one, time) => one.first <= time.last && one.last >= time.first;

/**
 * What is shown at a moment: `events` as indices in order of time, `routes` as [{route, faded}].
 * In the modes that look back, what is over by the moment is faded.
 */
class Shown {
  constructor(columns, moment) {
    this.columns = columns;
    this.moment = moment;
    this.events = [];
    this.routes = [];
  }

  isFaded(i) {
    return this.columns.last[i] < this.moment.first;
  }

  /** The events that are not over. */
  present() {
    return this.events.filter((i) => !this.isFaded(i));
  }
}

/** `layers` is the set of ids that are on, `hidden` that of kinds switched off; `length` the window's in ms. */
export class Visibility {
  constructor(scene, layers, hidden, length) {
    this.events = scene.events;
    this.routes = scene.routes;
    this.layers = layers;
    this.hidden = hidden;
    this.length = length;
    this.mode = "at";
  }

  /** Whether its layer is on: one of its directions', and for what never was, that one too. */
  permits(directions, status) {
    const on = directions.length ? directions.some((id) => this.layers.has(id)) : this.layers.has("context");
    return on && (status === "executed" || this.layers.has("planned"));
  }

  permitsEvent(i) {
    const { directions, status, kind } = this.events;
    return this.permits(directions.at(i), status.at(i)) && !this.hidden.has(kind.at(i));
  }

  /** The time that is shown: the moment, and in the other modes what came before it. */
  spanOf({ first, last }) {
    if (this.mode === "window") return { first: first - this.length, last };
    return this.mode === "since" ? { first: -Infinity, last } : { first, last };
  }

  /** What is shown at a moment. */
  at(moment) {
    const time = this.spanOf(moment);
    const shown = new Shown(this.events, moment);
    const { first, last } = this.events;
    for (let i = 0; i < first.length; i += 1)
      if (first[i] <= time.last && last[i] >= time.first && this.permitsEvent(i)) shown.events.push(i);
    if (!this.layers.has("routes")) return shown;
    for (const route of this.routes)
      if (overlaps(route, time) && this.permits(route.directions, route.status))
        shown.routes.push({ route, faded: route.last < moment.first });
    return shown;
  }
}
