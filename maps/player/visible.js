// What is visible: it follows from the moment, the mode and the layers, and from nothing else.

const overlaps = (one, time) => one.first <= time.last && one.last >= time.first;

/** `layers` is the set of ids that are on; `length` the window's in milliseconds. */
export class Visibility {
  constructor(scene, layers, length) {
    this.events = scene.events;
    this.routes = scene.routes;
    this.layers = layers;
    this.length = length;
    this.mode = "at";
  }

  /** Whether its layer is on: one of its directions', and for what never was, that one too. */
  permits(directions, status) {
    const on = directions.length ? directions.some((id) => this.layers.has(id)) : this.layers.has("context");
    return on && (status === "executed" || this.layers.has("planned"));
  }

  permitsEvent(i) {
    return this.permits(this.events.directions[i], this.events.status[i]);
  }

  /** The time that is shown: the moment, and in the other modes what came before it. */
  spanOf({ first, last }) {
    if (this.mode === "window") return { first: first - this.length, last };
    return this.mode === "since" ? { first: -Infinity, last } : { first, last };
  }

  /** Events [{i, faded}] and routes [{route, faded}]; what is over by the moment is faded. */
  at(moment) {
    const time = this.spanOf(moment);
    const found = { events: [], routes: [] };
    const { first, last } = this.events;
    for (let i = 0; i < first.length; i += 1) {
      if (first[i] <= time.last && last[i] >= time.first && this.permitsEvent(i))
        found.events.push({ i, faded: last[i] < moment.first });
    }
    if (!this.layers.has("routes")) return found;
    for (const route of this.routes) {
      if (overlaps(route, time) && this.permits(route.directions, route.status))
        found.routes.push({ route, faded: route.last < moment.first });
    }
    return found;
  }
}
