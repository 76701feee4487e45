import { frontsAt } from "./frontlines.js";
import { holdingsOf } from "./holdings.js";
import { readMoment, spanOf, written } from "./when.js";

// `window.historyMap`: the page's own names, for scripts, tests and hosts.

const noMoment = (when) =>
  new RangeError(`${JSON.stringify(when)} is no moment: write ISO 8601, EDTF or milliseconds since 1970`);

/** The methods for a state and its screen, and `tell(name, detail)`, which calls those who asked by `on`. */
export function makeApi(state, screen) {
  const { events } = state.scene;
  const listeners = new Map();
  const idOf = (i) => (i === null ? null : events.id.at(i));

  /** Tells listeners; what one of them does wrong is its own affair. */
  function tell(name, detail) {
    for (const listener of listeners.get(name) ?? []) {
      try {
        listener(detail);
      } catch (wrong) {
        reportError(wrong);
      }
    }
  }

  const api = {
    /** Shows the moment that an ISO or EDTF text, or a number of milliseconds, names. */
    seek(when) {
      const moment = readMoment(when);
      if (!moment) throw noMoment(when);
      state.seek(moment);
    },
    play: () => state.play(),
    pause: () => state.pause(),
    next() {
      state.stepEvent(1);
    },
    prev() {
      state.stepEvent(-1);
    },
    chapter: (id) => state.openChapter(id),
    select(id) {
      const i = id === null ? null : events.indexOf(id);
      if (i === null) state.deselect();
      else if (i < 0) throw new RangeError(`${JSON.stringify(id)} is no event of this map`);
      else state.choose(i);
    },
    setLayers: (ids) => state.setLayers(ids),
    setMode: (mode) => state.setMode(mode),
    fit: () => screen.fitStory(),
    /** Looks at {lat, lng, zoom}. */
    setView: (view) => screen.view.go(view),
    /** Shows the minute, hour, day, month or year that an instant lies in, and what moves as at that instant. */
    pass: (at, unit) => state.clock.seek(spanOf(at, unit), at),
    on(name, listener) {
      if (typeof listener !== "function") throw new TypeError("historyMap.on needs a function to call");
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
    state() {
      const shown = state.shown();
      const { at } = state.clock;
      return {
        time: written(state.moment),
        playing: state.clock.playing,
        mode: state.mode,
        chapter: state.chapter,
        layers: state.layerIds.filter(state.isOn),
        view: screen.view.now(),
        selected: idOf(state.selected),
        visible: {
          events: Array.from(shown.events, idOf),
          routes: shown.routes.map(({ route }) => route.id),
          fronts: state.isOn("fronts") ? frontsAt(state.scene.fronts ?? [], at).map(({ id }) => id) : [],
          polities: state.isOn("polities") ? holdingsOf(state.scene).politiesAt(at) : [],
        },
      };
    },
    /** What the page holds (scene.js): columns of events that answer `at(i)`, chapters, routes. */
    scene: state.scene,
    /** Shows a second moment beside this one, as "swipe" or "side"; null shows one again. */
    compare(when, way) {
      const moment = when === null ? null : readMoment(when);
      if (when !== null && !moment) throw noMoment(when);
      state.beside.show(moment, way);
    },
    /** The second moment, or null. */
    compared() {
      const { moment, way } = state.beside;
      return moment && { time: written(moment), way, events: Array.from(state.beside.shown().events, idOf) };
    },
    /** The words as drawn on the map, or on its "second" date, with their boxes in its pixels. */
    words: (of) => (of === "second" ? screen.compare : screen.picture).words(),
    /** The insets as {label, view}. */
    insets: () => state.insets.all.map(({ label, view }) => ({ label, view })),
  };

  state.on("moment", () => tell("time", written(state.moment)));
  state.on("select", (i) => tell("select", idOf(i)));
  state.on("chapter", (id) => tell("chapter", id));
  state.on("end", () => tell("end"));
  return { api, tell };
}
