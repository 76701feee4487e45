import { orderBy } from "./order.js";

// What the reader wants to see of the events, facet by facet: values of one facet are joined by "or", facets
// by "and". What is left out is left out everywhere: on the map, in the lanes, in the list.

const NONE = "none"; // the word for no value at all
const FACETS = [
  { id: "directions", label: "Direction", column: "directions" },
  { id: "kinds", label: "Kind", column: "kind" },
  { id: "actors", label: "Actor", column: "actors" },
  { id: "status", label: "Status", column: "status" },
  { id: "verified", label: "Verified", column: "verified" },
];
const LABELS = { partly: "partly verified" };

/** Those facets that have a word of their own in the address; of directions that is `layers`. */
export const FILTERS = FACETS.slice(1).map(({ id }) => id);

/** One facet. `values` [{id, label}]; `shown` is the set of their ids that is wanted, or null for all. */
class Facet {
  constructor({ id, label, column }, events, values) {
    Object.assign(this, { id, label, column, values });
    this.wanted = null;
    this.known = new Map(values.map((value) => [value.id, value]));
    this.codes = events[column].codes;
    this.sets = events[column].values.map((value) => this.idsOf(value));
  }

  /** The ids of its values that a cell of its column holds: one word, or several. */
  idsOf(cell) {
    return [cell].flat();
  }

  get shown() {
    return this.wanted;
  }

  set shown(ids) {
    this.wanted = ids;
  }

  isShown(id) {
    return this.shown === null || this.shown.has(id);
  }

  /** Whether it was asked for by name. */
  isChosen(id) {
    return this.shown !== null && this.shown.has(id);
  }

  /** Shows only these; all of them is as good as no wish. */
  show(ids) {
    const wanted = this.values.map(({ id }) => id).filter((id) => ids.includes(id));
    this.shown = wanted.length === this.values.length ? null : new Set(wanted);
  }

  /** Chooses a value or leaves it; where none is left, all are shown. */
  toggle(id) {
    const others = this.values.map((value) => value.id).filter((one) => this.isChosen(one) !== (one === id));
    if (others.length) this.show(others);
    else this.shown = null;
  }

  /** Shows or hides these, whatever else is shown. */
  switch(ids, on) {
    const kept = this.values.map((value) => value.id);
    this.show(kept.filter((id) => (ids.includes(id) ? on : this.isShown(id))));
  }

  /** Of each code of the column whether it passes. */
  open() {
    const { shown } = this;
    return Uint8Array.from(this.sets, (ids) => shown === null || ids.some((id) => shown.has(id)));
  }

  permits(cell) {
    return this.shown === null || this.idsOf(cell).some((id) => this.shown.has(id));
  }

  /** Event i passes: its first value is shown too, or where it has none, all are. */
  admit(i) {
    const ids = this.sets[this.codes[i]];
    if (this.shown === null || ids.some((id) => this.shown.has(id))) return;
    if (ids.length) this.switch(ids.slice(0, 1), true);
    else this.shown = null;
  }
}

/** Directions are layers (state.js): what is on is what is shown. */
class Directions extends Facet {
  constructor(facet, events, values, layersOn) {
    super(facet, events, values);
    this.layersOn = layersOn;
  }

  idsOf(directions) {
    return directions.length ? directions : ["context"];
  }

  get shown() {
    const on = this.values.map(({ id }) => id).filter((id) => this.layersOn.has(id));
    return on.length === this.values.length ? null : new Set(on);
  }

  set shown(ids) {
    for (const { id } of this.values) {
      if (ids === null || ids.has(id)) this.layersOn.add(id);
      else this.layersOn.delete(id);
    }
  }

  admit(i) {
    const ids = this.sets[this.codes[i]];
    if (!ids.some((id) => this.layersOn.has(id))) for (const id of ids) this.layersOn.add(id);
  }
}

/** Actors stand in the scene by their names; their ids are for addresses. */
class Actors extends Facet {
  idsOf(names) {
    this.named ??= new Map(this.values.map(({ id, label }) => [label, id]));
    return names.map((name) => this.named.get(name));
  }
}

function facetsOf({ events, layers, kinds, actors = [] }, layersOn) {
  const words = (column) => events[column].values.map((id) => ({ id, label: LABELS[id] ?? id }));
  const makers = {
    directions: (facet) => {
      const own = layers.filter(({ id, group }) => group === "directions" && id !== "planned");
      return new Directions(facet, events, own, layersOn);
    },
    kinds: (facet) =>
      new Facet(
        facet,
        events,
        kinds.map(({ id }) => ({ id, label: id })),
      ),
    actors: (facet) => new Actors(facet, events, actors),
  };
  return FACETS.map((facet) =>
    makers[facet.id] ? makers[facet.id](facet) : new Facet(facet, events, words(facet.column)),
  );
}

/**
 * All facets, and what follows from them for each event (0 or 1): `listed` where all facets let it pass,
 * `permitted` where its layer is on too (what never was is drawn only with the layer `planned`), `marked` for
 * the lanes, which pale where a direction is off. `marked` is null while it would be 1 throughout.
 */
export class Filters {
  constructor(scene, layersOn) {
    this.layersOn = layersOn;
    this.events = scene.events;
    this.facets = facetsOf(scene, layersOn);
    this.byId = new Map(this.facets.map((facet) => [facet.id, facet]));
    this.version = 0;
    this.renew();
  }

  get isActive() {
    return this.facets.some(({ shown }) => shown !== null);
  }

  /** Of each facet which of its codes pass. */
  opens() {
    return this.facets.map((facet) => facet.open());
  }

  /** What was chosen, or a layer, has changed. */
  renew() {
    const { count, status } = this.events;
    const isPlannedOn = this.layersOn.has("planned");
    const isDrawn = Uint8Array.from(status.values, (word) => word === "executed" || isPlannedOn);
    const [directions, ...others] = this.opens().map((open, k) => ({ open, codes: this.facets[k].codes }));
    const active = others.filter((_, k) => this.facets[k + 1].shown !== null);
    const marked = new Uint8Array(count).fill(1);
    for (const { open, codes } of active) for (let i = 0; i < count; i += 1) marked[i] &= open[codes[i]];
    this.listed = marked.map((one, i) => one & directions.open[directions.codes[i]]);
    this.permitted = this.listed.map((one, i) => one & isDrawn[status.codes[i]]);
    this.marked = active.length ? marked : null;
    this.version += 1;
  }

  /** Routes have no kind, and pass that facet. */
  permitsRoute(route) {
    if (route.status !== "executed" && !this.layersOn.has("planned")) return false;
    return this.facets.every((facet) => !(facet.column in route) || facet.permits(route[facet.column]));
  }

  /**
   * Of each facet {value: number}: how many of some events (indices, or null for all) have it and pass all
   * other facets. An event that one facet alone leaves out still counts for the values of that one.
   */
  counts(indices) {
    const opens = this.opens();
    const { facets } = this;
    const tallies = facets.map(({ sets }) => new Uint32Array(sets.length));
    const number = indices?.length ?? this.events.count;
    for (let n = 0; n < number; n += 1) {
      const i = indices ? indices[n] : n;
      let [fails, failing] = [0, -1];
      for (let k = 0; k < facets.length && fails < 2; k += 1)
        if (!opens[k][facets[k].codes[i]]) [fails, failing] = [fails + 1, k];
      if (fails === 1) tallies[failing][facets[failing].codes[i]] += 1;
      else if (!fails) for (let k = 0; k < facets.length; k += 1) tallies[k][facets[k].codes[i]] += 1;
    }
    return new Map(facets.map((facet, k) => [facet.id, summed(facet, tallies[k])]));
  }

  /** The values of a facet, those of most events first. */
  byFrequency(facet) {
    const tally = new Uint32Array(facet.sets.length);
    for (const code of facet.codes) tally[code] += 1;
    const sums = summed(facet, tally);
    const order = orderBy(facet.values.map(({ id }) => -(sums.get(id) ?? 0)));
    return Array.from(order, (k) => facet.values[k]);
  }

  /**
   * What was chosen, as [{facet, id, label, isLeftOut}]: of each facet what is shown, or where fewer are left
   * out, those.
   */
  chosen() {
    return this.facets.flatMap((facet) => {
      if (facet.shown === null) return [];
      const parted = (isIn) => facet.values.filter(({ id }) => facet.isChosen(id) === isIn);
      const [shown, out] = [parted(true), parted(false)];
      const isLeftOut = !shown.length || out.length < shown.length;
      return (isLeftOut ? out : shown).map(({ id, label }) => ({ facet, id, label, isLeftOut }));
    });
  }

  /** Shows only these values of a facet; what it does not know is passed over, and where it knows none, all. */
  set(facetId, ids) {
    const facet = this.byId.get(facetId);
    const isMeant = (id) => id === NONE || facet.known.has(id);
    // some who pass links on encode the commas between ids too
    const meant = (ids.some(isMeant) ? ids : ids.flatMap((id) => id.split(","))).filter(isMeant);
    if (meant.length) facet.show(meant.filter((id) => facet.known.has(id)));
  }

  /** The ids that a facet shows, for an address; null where that is all. */
  own(facetId) {
    const { shown } = this.byId.get(facetId);
    if (shown === null) return null;
    return shown.size ? [...shown] : [NONE];
  }

  clear() {
    for (const facet of this.facets) facet.shown = null;
  }

  /** Whether a status that never came to pass was chosen by name. */
  get wantsPlanned() {
    return [...(this.byId.get("status").shown ?? [])].some((id) => id !== "executed");
  }

  /** No more of these, where the layer that draws them has been switched off. */
  dropPlanned() {
    if (!this.wantsPlanned) return;
    const status = this.byId.get("status");
    status.shown = status.isChosen("executed") ? new Set(["executed"]) : null;
  }

  admit(i) {
    for (const facet of this.facets) facet.admit(i);
  }
}

/** {value: number} from a tally of codes. */
function summed({ sets }, tally) {
  const sums = new Map();
  sets.forEach((ids, code) => {
    for (const id of ids) sums.set(id, (sums.get(id) ?? 0) + tally[code]);
  });
  return sums;
}
