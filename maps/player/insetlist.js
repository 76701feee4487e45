// The insets: second views on the same clock. The open chapter has its own, the reader may keep others.

const MOST = 2; // at a time: the chapter's come first, of the reader's the newest

/** Which insets there are, as {label, view: [west, south, east, north]}; the state tells "insets". */
export class InsetList {
  constructor(state) {
    this.state = state;
    this.told = []; // by the chapter
    this.kept = []; // by the reader
  }

  get all() {
    const room = Math.max(0, MOST - this.told.length);
    return [...this.told.slice(0, MOST), ...(room ? this.kept.slice(-room) : [])];
  }

  /** Those that no open chapter brings. */
  get own() {
    return this.state.chapter === null ? this.all : this.kept;
  }

  /** A chapter shows its own, and those of the chapter before it go. */
  follow(chapter) {
    this.put([].concat(chapter.inset ?? []), this.kept);
  }

  /** Keeps views [west, south, east, north] of the reader's, and no other. */
  keepOnly(views) {
    this.put(
      this.told,
      views.slice(-MOST).map((view) => ({ view, label: this.nameOf(view) })),
    );
  }

  /** Keeps one view more. */
  keep(view) {
    this.keepOnly([...this.kept.map((one) => one.view), view]);
  }

  clear() {
    this.put([], []);
  }

  close(inset) {
    const others = (list) => list.filter((one) => one !== inset);
    this.put(others(this.told), others(this.kept));
  }

  put(told, kept) {
    const before = this.all;
    Object.assign(this, { told, kept });
    const now = this.all;
    if (now.length !== before.length || now.some((one, k) => one !== before[k])) this.state.emit("insets");
  }

  /** The place in a view of which most events tell; of several the one nearest to its middle. */
  nameOf([west, south, east, north]) {
    const { events } = this.state.scene;
    const [lng, lat] = [(west + east) / 2, (south + north) / 2];
    const found = new Map(); // place -> {place, number, away}
    for (let i = 0; i < events.count; i += 1) {
      const [x, y] = [events.lng[i], events.lat[i]];
      if (x < west || x > east || y < south || y > north) continue;
      const place = events.place.at(i).split(/ \(|, /)[0];
      const away = Math.hypot((x - lng) * Math.cos((lat * Math.PI) / 180), y - lat);
      const one = found.get(place) ?? { place, number: 0, away };
      if (place) found.set(place, { ...one, number: one.number + 1 });
    }
    const [most] = [...found.values()].sort((a, b) => b.number - a.number || a.away - b.away);
    return most?.place ?? "Inset";
  }
}
