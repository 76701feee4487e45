import { makeAreas } from "./areas.js";

// Who held what: pieces of ground that always changed hands together, of each its holders in order of
// time, and the polities and sides that these belong to.

const contains = ({ first, last }, at) => (first ?? -Infinity) <= at && at <= (last ?? Infinity);

/** The last position whose instant is not after `at`; -1 where all are. */
function lastUpTo(instants, at) {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instants[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

class Holdings {
  constructor({ histories = [], arcs = [], polities = [], sides = [], basemap }) {
    this.held = histories.map((one) => one.held);
    this.starts = this.held.map((timeline) => timeline.map(({ first }) => first ?? -Infinity));
    this.sides = sides;
    this.rows = new Map(); // id -> the rows of a polity
    for (const row of polities) this.rows.set(row.id, [...(this.rows.get(row.id) ?? []), row]);
    const rowStarts = polities.flatMap(({ first, last }) => [first, last === null ? null : last + 1]);
    const all = [...this.starts.flat(), ...rowStarts.filter((at) => at !== null)];
    this.changes = [...new Set(all)].sort((a, b) => a - b);
    this.begins = Math.min(Infinity, ...this.starts.flat()); // the ledger
    this.areas = histories.length ? makeAreas(histories, arcs, basemap.atoms) : null;
    this.latest = new Map(); // period -> what was held in it
  }

  /** Whether there is a ledger at all. */
  get isKnown() {
    return this.areas !== null;
  }

  /** {number, at, held}: of each piece who holds it, the same object while nothing changes hands. */
  at(instant) {
    const number = lastUpTo(this.changes, instant);
    if (!this.latest.has(number)) {
      if (this.latest.size > 8) this.latest.clear();
      this.latest.set(number, this.periodOf(number, instant));
    }
    return this.latest.get(number);
  }

  periodOf(number, at) {
    const held = this.held.map((timeline, k) => {
      const entry = timeline[lastUpTo(this.starts[k], at)];
      return entry ? this.dressed(entry, at) : null;
    });
    return { number, at, held };
  }

  /** What a piece looks like under its holder. */
  dressed({ owner, holder, garrison, status }, at) {
    return {
      owner,
      holder,
      status,
      side: this.sideOf(owner, at),
      under: owner === holder ? "" : this.sideOf(holder, at),
      troops: garrison ? this.sideOf(garrison, at) : "",
      isClient: status === "client",
    };
  }

  /** As held by a polity what its foes hold: {number, at, held}. */
  under(period, polity, sides) {
    const key = `${period.number} ${polity}`;
    if (!this.latest.has(key)) {
      const held = period.held.map((one) =>
        one && !sides.includes(this.sideOf(one.holder, period.at))
          ? this.dressed({ ...one, holder: polity, garrison: "" }, period.at)
          : one,
      );
      this.latest.set(key, { number: key, at: period.at, held });
    }
    return this.latest.get(key);
  }

  /** The row of a polity at an instant. */
  polity(id, at) {
    const rows = this.rows.get(id) ?? [];
    return rows.find((row) => contains(row, at)) ?? rows.at(-1) ?? { id, name: id, side: "" };
  }

  sideOf(id, at) {
    return this.polity(id, at).side;
  }

  nameOf(id, at) {
    return this.polity(id, at).name;
  }

  /** The ids of all that own or hold any ground at an instant. */
  politiesAt(at) {
    const found = new Set();
    for (const one of this.at(at).held) if (one) found.add(one.owner).add(one.holder);
    return [...found].sort();
  }

  /** The pieces that have another owner, holder, garrison or status: [{piece, before, after}], entries of the ledger. */
  between(early, late) {
    const found = [];
    this.held.forEach((timeline, piece) => {
      const [from, to] = [early, late].map((at) => lastUpTo(this.starts[piece], at));
      if (from < 0 || from === to) return;
      const [before, after] = [timeline[from], timeline[to]];
      const isOther = ["owner", "holder", "garrison", "status"].some((key) => before[key] !== after[key]);
      if (isOther) found.push({ piece, before, after });
    });
    return found;
  }

  /** The box [west, south, east, north] of some pieces on the sheet. */
  boxOf(pieces) {
    const reaches = pieces.map((piece) => this.areas.reachOf(piece));
    const lng = (x) => (x - 0.5) * 360;
    const lat = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
    return [
      lng(Math.min(...reaches.map(({ west }) => west))),
      lat(Math.max(...reaches.map(({ south }) => south))),
      lng(Math.max(...reaches.map(({ east }) => east))),
      lat(Math.min(...reaches.map(({ north }) => north))),
    ];
  }

  /** The entry of the ledger for a place in fractions of the Mercator world, or null. */
  entryAt(x, y, at) {
    const k = this.areas?.under(x, y) ?? -1;
    return k < 0 ? null : (this.held[k][lastUpTo(this.starts[k], at)] ?? null);
  }

  /** The extents of polities at an instant: [{row, label, look}], `look` a piece that it holds itself, if any. */
  labelsAt(at) {
    if (!this.isKnown) return [];
    const own = new Map();
    for (const one of this.at(at).held) if (one && one.owner === one.holder) own.set(one.owner, one);
    const found = [];
    for (const [id, rows] of this.rows) {
      const label = rows[0].labels.find((one) => contains(one, at));
      if (label) found.push({ row: this.polity(id, at), label, look: own.get(id) ?? null });
    }
    return found;
  }
}

const known = new WeakMap(); // several maps show one scene

/** The holdings of a scene, made once. */
export function holdingsOf(scene) {
  if (!known.has(scene)) known.set(scene, new Holdings(scene));
  return known.get(scene);
}
