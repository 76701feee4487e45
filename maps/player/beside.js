import { eventsBetween } from "./changes.js";
import { keptWithin } from "./when.js";
import { Visibility } from "./visible.js";

// The second moment: while two dates are compared, B stands beside the clock's own, which is A.

export const WAYS = ["swipe", "side"]; // how the two pictures share the map

/** B, which the clock never moves. The state (state.js) tells of each change by "compare". */
export class Beside {
  constructor(state) {
    this.state = state;
    this.moment = null; // {first, last}, or null while nothing is compared
    this.label = ""; // what the story calls it
    this.way = "swipe";
    this.share = 0.5; // of the map's width that A shows, where they are swiped
    this.event = null; // the index of the event that B was put on
    this.chapter = null; // the chapter that switched it on
  }

  get isOn() {
    return this.moment !== null;
  }

  /** Shows a moment beside the clock's; null shows one picture again. */
  show(moment, way = this.way) {
    if (!WAYS.includes(way))
      throw new RangeError(`${JSON.stringify(way)} is no way: write ${WAYS.join(", ")}`);
    this.put(moment && this.kept(moment), way);
  }

  /** A moment within the story's span. */
  kept(moment) {
    return keptWithin(moment, this.state.span);
  }

  put(moment, way = this.way, { event = null, label = "", chapter = null } = {}) {
    Object.assign(this, { moment, way, event, label, chapter });
    this.state.emit("compare");
  }

  /** Compares nothing, and next in the way that is usual. */
  clear() {
    this.put(null, WAYS[0]);
  }

  setWay(way) {
    this.put(this.moment, way, this);
  }

  /** A chapter compares what it names; what the chapter before it compared goes. */
  follow({ id, beside, besideLabel }) {
    if (beside) {
      this.put(this.kept({ first: beside[0], last: beside[1] }), this.way, {
        label: besideLabel ?? "",
        chapter: id,
      });
    } else if (this.chapter) this.put(null);
  }

  /** Whether the open chapter compares two dates and the reader does not want it. */
  isRefused() {
    const { scene, chapter } = this.state;
    return !this.isOn && Boolean(scene.chapters.find((one) => one.id === chapter)?.beside);
  }

  /** A shows what B showed, and B what A showed. */
  swap() {
    const { moment, state } = this;
    state.pause();
    this.put(state.moment);
    state.seek(moment);
  }

  /** To the next event (the last before, for -1) that the layers permit; false if there is none. */
  step(by) {
    const { sequence, visibility } = this.state;
    const i = sequence.beside(by, this.moment, this.event, (one) => visibility.permitsEvent(one));
    if (i !== undefined) this.put(sequence.momentOf(i), this.way, { event: i });
    return i !== undefined;
  }

  /** What is visible then. */
  shown() {
    const { scene, layersOn, filters, window, mode } = this.state;
    this.visibility ??= new Visibility(scene, layersOn, filters, window.length);
    Object.assign(this.visibility, { mode, length: window.length });
    return this.visibility.at(this.moment);
  }

  /** How many events began and how many ended from the earlier of the two moments to the later. */
  between() {
    const [early, late] = [this.state.moment, this.moment].sort(
      (a, b) => a.first - b.first || a.last - b.last,
    );
    const { filters, scene } = this.state;
    const { began, ended } = eventsBetween(scene.events, filters.permitted, early, late);
    return { began: began.length, ended: ended.length };
  }
}
