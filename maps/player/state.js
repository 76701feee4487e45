import { Beside } from "./beside.js";
import { Clock } from "./clock.js";
import { FILTERS, Filters } from "./filters.js";
import { highlightOf } from "./highlight.js";
import { InsetList } from "./insetlist.js";
import { labelled, windowOf } from "./lengths.js";
import { paceOf, stepsOf } from "./pace.js";
import { Sequence } from "./sequence.js";
import { Visibility } from "./visible.js";
import { beginOf, keptWithin, spanOf } from "./when.js";

export const MODES = ["at", "window", "since"];

/**
 * What the reader has before him: the moment, the mode, the layers, the chapter, the chosen event.
 * Everything that changes any of it is a method here; what is drawn follows from it (screen.js).
 *
 * It tells its listeners: "moment" (draw), "layers", "mode", "play", "end", and, once the moment is
 * drawn, "select" (an index or null) and "chapter" (an id). "compare" tells of the second moment
 * (beside.js), "insets" of the insets (insetlist.js), "turn" that a reader goes to a chapter, before
 * anything is changed, "reset" that all is as the story opens; "open" comes before the moment of a
 * chosen event is drawn, so that its card is there for the view to keep clear of.
 */
export class State {
  constructor(scene) {
    this.scene = scene;
    this.span = { first: scene.span[0], last: scene.span[1] };
    this.opening = { first: scene.opening[0], last: scene.opening[1] };
    this.window = windowOf(this.opening); // {length, label} of the mode "window"
    this.layerIds = scene.layers.map((layer) => layer.id);
    this.defaultLayers = scene.layers.filter((layer) => layer.on).map((layer) => layer.id);
    this.layersOn = new Set(this.defaultLayers);
    this.filters = new Filters(scene, this.layersOn);
    this.visibility = new Visibility(scene, this.layersOn, this.filters, this.window.length);
    this.sequence = new Sequence(scene.events, this.span);
    this.stepUnit = "event";
    this.opensWith = { mode: this.mode, step: this.stepUnit, length: this.window.length };
    this.pausesAtKeys = false;
    this.keys = keyEvents(scene);
    this.chapter = null; // the id of the open one
    this.left = null; // and of the one that was open last
    this.layersBefore = null; // what the reader had on before a chapter set the layers
    this.selected = null; // an index into the events' columns
    this.listeners = new Map();
    this.beside = new Beside(this);
    this.insets = new InsetList(this);
    this.clock = new Clock(this.span, this.firstMoment());
    this.clock.on("change", () => this.emit("moment"));
    this.clock.on("play", () => this.emit("play"));
    this.clock.on("end", () => this.emit("end"));
  }

  on(name, listener) {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }

  emit(name, detail) {
    for (const listener of this.listeners.get(name) ?? []) listener(detail);
  }

  get moment() {
    return this.clock.moment;
  }

  get mode() {
    return this.visibility.mode;
  }

  /** The chapter that is open; undefined for none. */
  get openOne() {
    return this.scene.chapters.find((one) => one.id === this.chapter);
  }

  /** What stands out while its chapter is open. */
  get highlight() {
    return highlightOf(this.openOne, this.scene.events);
  }

  isOn = (layer) => this.layersOn.has(layer);

  /** What is visible now. */
  shown() {
    return this.visibility.at(this.moment);
  }

  /** The clock opens on the first chapter, else on the first event of the years it opens on. */
  firstMoment() {
    const at = this.scene.chapters.find((one) => one.at)?.at;
    const i = this.sequence.from(this.opening.first);
    const moment = at
      ? { first: at[0], last: at[1] }
      : i === undefined
        ? { first: this.opening.first, last: this.opening.first }
        : this.sequence.momentOf(i);
    return keptWithin(moment, this.span);
  }

  /** Everything is as the story opens. */
  reset() {
    const { mode, step, length } = this.opensWith;
    this.clock.pause();
    this.chapter = this.left = null;
    this.selected = null;
    this.layersBefore = null;
    this.filters.clear();
    this.setLayers(this.defaultLayers);
    this.setWindow(length);
    this.setMode(mode);
    this.setStep(step);
    this.beside.clear();
    this.insets.clear();
    this.clock.seek(this.firstMoment());
    this.emit("reset");
  }

  // --- the moment -------------------------------------------------------------------------------

  /** Goes to a moment that was asked for by name: no chapter and no event is open any more. */
  seek(moment) {
    this.chapter = null;
    this.selected = null;
    this.clock.seek(moment);
  }

  /** The unit that a touch on the timeline means: the step's, or, from event to event, what can be told. */
  grainOf(told) {
    return this.stepUnit === "event" ? told : this.stepUnit;
  }

  /** A touch on the timeline, where the eye can tell units of `told`. */
  seekByHand(at, told) {
    this.clock.pause();
    this.chapter = null;
    this.clock.seek(spanOf(at, this.grainOf(told)));
  }

  /** A touch on a figure goes to its own time. */
  seekByHandTo(moment) {
    this.clock.pause();
    this.seek(moment);
  }

  /** A stretch of the timeline becomes the window: what is visible is all of it, the moment its last unit. */
  brush({ first, last }, told) {
    const coarse = spanOf(last, this.grainOf(told));
    const unit = coarse.last - coarse.first > last - first ? told : this.grainOf(told);
    this.clock.pause();
    this.chapter = null;
    this.windowOver(beginOf(first, unit), spanOf(last, unit));
  }

  /** The window begins elsewhere; the moment stays. */
  windowFrom(at) {
    this.windowOver(Math.min(at, this.moment.first), this.moment);
  }

  windowOver(from, moment) {
    const begins = Math.max(this.span.first, from);
    this.window = { length: moment.first - begins, label: labelled(moment.last + 1 - begins).label };
    this.visibility.length = this.window.length;
    this.visibility.mode = "window";
    this.emit("mode");
    this.clock.seek(moment);
  }

  step(by) {
    this.clock.pause();
    if (this.stepUnit === "event") this.stepEvent(by);
    else this.clock.shift(this.stepUnit, by);
  }

  /** The event that begins next (or last before); undefined at the end of the story. */
  eventBeside(by) {
    return this.sequence.beside(by, this.moment, this.selected, (i) => this.visibility.permitsEvent(i));
  }

  /** Goes to the next event; false at the end. */
  stepEvent(by) {
    const target = this.eventBeside(by);
    if (target !== undefined) this.choose(target);
    return target !== undefined;
  }

  /** The time of the open chapter, or of one that a key event has just stopped, where it can be played; else null. */
  ownSpan() {
    const { moment, rests, played, isSpan } = this.clock;
    const one = this.openOne;
    if (one?.plays) return keptWithin({ first: one.at[0], last: one.at[1] }, this.span);
    return isSpan && moment === rests ? played : null;
  }

  /**
   * Plays the time of the open chapter, else to the end of the story and from its end from the beginning;
   * with no event switched on, by time.
   */
  play() {
    const own = this.ownSpan();
    const within = own ?? this.span;
    const hasEvents = [1, -1].some((by) => this.eventBeside(by) !== undefined);
    if (!own && this.clock.pace === "event") {
      if (!hasEvents) this.clock.setSpeed(paceOf(this.span));
      else if (this.eventBeside(1) === undefined) this.seek(spanAt(within.first));
    }
    const calls = {
      next: () => this.playEvent(),
      meets: (from, to) => this.pausesAtKeys && this.meetKey(from, to),
    };
    this.clock.play(within, calls, own !== null);
  }

  /** The next event of what is played, in a loop the first after the last; false where there is none. */
  playEvent() {
    const { played, loops } = this.clock;
    let next = this.eventBeside(1);
    if (loops && (next === undefined || this.sequence.begins[next] > played.last))
      next = this.sequence.beside(1, spanAt(played.first), null, (i) => this.visibility.permitsEvent(i));
    if (next === undefined) return false;
    this.choose(next);
    if (this.pausesAtKeys && this.keys.has(next)) this.clock.pause();
    return true;
  }

  /** Stops at a key event that begins between two instants; false if there is none. */
  meetKey(from, to) {
    const permits = (i) => this.keys.has(i) && this.visibility.permitsEvent(i);
    const met = this.sequence.between(from, to, this.selected, permits);
    if (met === undefined) return false;
    this.choose(met);
    this.clock.rests = this.moment;
    return true;
  }

  pause() {
    this.clock.pause();
  }

  toggle() {
    if (this.clock.playing) this.pause();
    else this.play();
  }

  /** The unit of the buttons and keys that step; one that no button has is passed over. */
  setStep(unit) {
    if (stepsOf(this.span).includes(unit)) this.stepUnit = unit;
    this.emit("step");
  }

  // --- events and chapters ----------------------------------------------------------------------

  /** Selects an event: its layers are switched on, filters let it pass, the clock goes to it. */
  choose(i) {
    if (this.clock.playing && this.clock.pace !== "event") this.clock.pause();
    this.selected = i;
    this.chapter = null;
    this.switchOnFor(i);
    this.emit("open", i);
    this.clock.seek(this.sequence.momentOf(i));
    this.emit("select", i);
  }

  switchOnFor(i) {
    if (this.visibility.permitsEvent(i)) return;
    this.filters.admit(i);
    if (this.scene.events.status.at(i) !== "executed") this.layersOn.add("planned");
    this.filters.renew();
    this.emit("layers");
  }

  deselect() {
    this.selected = null;
    this.emit("moment");
  }

  /** Opens a chapter as a reader does, who is led over to it. */
  turnTo(id) {
    this.emit("turn");
    return this.openChapter(id);
  }

  /** Opens a chapter: its event, its layers, its moment, all at once; false if there is none of this id. */
  openChapter(id) {
    const one = this.scene.chapters.find((each) => each.id === id);
    if (!one) return false;
    this.clock.pause();
    this.chapter = this.left = id;
    const i = one.select ? this.scene.events.indexOf(one.select) : -1;
    this.selected = i < 0 ? null : i;
    this.setChapterLayers(one.layers);
    this.beside.follow(one);
    this.insets.follow(one);
    this.clock.seek(one.at ? { first: one.at[0], last: one.at[1] } : this.moment);
    this.emit("chapter", id);
    return true;
  }

  /** The layers that a chapter wants; after it, those that the reader had before. */
  setChapterLayers(layers) {
    const before = this.layersBefore ?? this.layerIds.filter(this.isOn);
    if (layers) this.setLayers(layers);
    else if (this.layersBefore) this.setLayers(before);
    this.layersBefore = layers ? before : null;
  }

  /**
   * Opens the next chapter, or for -1 the one before; false where there is none. Who has gone elsewhere from a
   * chapter comes back to it by -1, and goes on from it.
   */
  stepChapter(by) {
    const { chapters } = this.scene;
    const index = chapters.findIndex((one) => one.id === (this.chapter ?? this.left));
    const from = this.chapter === null && by < 0 ? index + 1 : index;
    const target = index < 0 ? chapters.at(by > 0 ? 0 : -1) : chapters[from + by];
    return Boolean(target) && this.turnTo(target.id);
  }

  // --- layers and modes -------------------------------------------------------------------------

  setLayer(id, on) {
    if (on) this.layersOn.add(id);
    else this.layersOn.delete(id);
    this.layersChanged();
  }

  /** Exactly these layers; ids that the map does not have are passed over. */
  setLayers(ids) {
    this.layersOn.clear();
    for (const id of this.layerIds) if (ids.includes(id)) this.layersOn.add(id);
    this.layersChanged();
  }

  // --- filters ----------------------------------------------------------------------------------

  /** Chooses a value of a facet, or leaves it. */
  toggleFilter(facet, id) {
    this.filters.byId.get(facet).toggle(id);
    this.filtersChanged();
  }

  /** Shows or hides these values of a facet. */
  switchFilter(facet, ids, on) {
    this.filters.byId.get(facet).switch(ids, on);
    this.filtersChanged();
  }

  /** Shows these values of a facet only; values that the map does not have are passed over. */
  setFilter(facet, ids) {
    this.filters.set(facet, ids);
    this.filtersChanged();
  }

  clearFilters() {
    this.filters.clear();
    this.filtersChanged();
  }

  /** What never was is shown by its layer: whoever chooses it, wants that on. */
  filtersChanged() {
    if (this.filters.wantsPlanned) this.layersOn.add("planned");
    this.layersChanged();
  }

  layersChanged() {
    if (!this.isOn("planned")) this.filters.dropPlanned();
    this.filters.renew();
    if (this.selected !== null && !this.visibility.permitsEvent(this.selected)) this.selected = null;
    this.emit("layers");
    this.emit("moment");
  }

  /** The layers that are on, or null where they are those the story opens with. */
  get ownLayers() {
    const same = this.scene.layers.every((layer) => layer.on === this.isOn(layer.id));
    return same ? null : this.layerIds.filter(this.isOn);
  }

  /** Of each facet the values that are shown, or null where that is all of them. */
  get ownFilters() {
    return Object.fromEntries(FILTERS.map((facet) => [facet, this.filters.own(facet)]));
  }

  /** How much of the time before the moment the mode "window" shows, in ms. */
  setWindow(length) {
    const { first, last } = this.moment; // where the window adds nothing to it, it is as long as that
    this.window = { length, label: labelled(length || last + 1 - first).label };
    this.visibility.length = length;
    this.emit("mode");
    this.emit("moment");
  }

  setMode(mode) {
    if (!MODES.includes(mode))
      throw new RangeError(`${JSON.stringify(mode)} is no mode: write ${MODES.join(", ")}`);
    this.visibility.mode = mode;
    this.emit("mode");
    this.emit("moment");
  }
}

const spanAt = (at) => ({ first: at, last: at });

/** The events at which playing may pause: the tables and the chapters say which are key. */
function keyEvents({ events }) {
  const found = new Set();
  for (let i = 0; i < events.count; i += 1) if (events.key.at(i)) found.add(i);
  return found;
}
