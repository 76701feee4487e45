import { readAddress, writeAddress } from "./address.js";
import { makePills } from "./beyond.js";
import { makeCard } from "./card.js";
import { Clock, windowOf } from "./clock.js";
import { makeControls } from "./controls.js";
import { byId } from "./dom.js";
import { makeGround } from "./ground.js";
import { makeTimeline } from "./lanes.js";
import { layerSwitches } from "./layers.js";
import { makeList } from "./list.js";
import { makeMarks, markWords } from "./marks.js";
import { routeSheet } from "./routes.js";
import { fateOf, gradients, setSymbols } from "./symbols.js";
import { makeView } from "./view.js";
import { Visibility } from "./visible.js";
import { DAY, civil, describe, readMoment, shortLabel, spanOf, written } from "./when.js";
import { dateLineWord, makeWords, nameWords } from "./words.js";

// The player. The state is here; `render` draws all of it in one call, and everything that changes
// anything ends there.

const scene = JSON.parse(byId("scene").textContent);
const { events, routes, chapters } = scene;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const theme = new URLSearchParams(location.search).get("theme");

document.documentElement.classList.add("js");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

// --- state --------------------------------------------------------------------------------------

const span = { first: scene.span[0], last: scene.span[1] };
const opening = { first: scene.opening[0], last: scene.opening[1] };
const shownWindow = windowOf(opening);
const indexOf = new Map(events.id.map((id, i) => [id, i]));
const layerIds = scene.layers.map((layer) => layer.id);
const defaultLayers = scene.layers.filter((layer) => layer.on).map((layer) => layer.id);
const layersOn = new Set(defaultLayers);
const isOn = (layer) => layersOn.has(layer);
const visibility = new Visibility(scene, layersOn, shownWindow.length);
const keep = (at) => Math.min(Math.max(at, span.first), span.last);
const begins = events.momentFirst.map(keep); // where choosing an event puts the clock
const ends = events.momentLast.map(keep);
const inTime = events.id.map((_, i) => i).sort((a, b) => begins[a] - begins[b] || a - b);
const clock = new Clock(span, firstMoment());
const listeners = new Map();
let stepUnit = "event";
let chapter = null; // the id of the open one
let chapterLayers = false; // whether it has set the layers, so that the next sets them back
let selected = null; // an index into the events' columns
let shown = { events: [], routes: [] };

// --- parts --------------------------------------------------------------------------------------

const frame = document.querySelector(".map-frame");
const map = window[document.querySelector(".map").id];
["ground", "routes", "words", "marks"].forEach((name, k) => {
  map.createPane(name).style.zIndex = 300 + 100 * k;
});
setSymbols(scene.kinds);
document.body.append(gradients(shared(events.directions)));

const view = makeView(map, frame, document.querySelector(".stage"), () => calm.matches);
const ground = makeGround(map, scene.basemap, isOn);
const routeLines = routeSheet(
  map,
  routes,
  () => shown.routes,
  () => clock.at,
);
const marks = makeMarks(map, { mark: markOf }, (members) =>
  members.length === 1 ? choose(members[0]) : openTogether(members),
);
const pills = makePills(document.querySelector(".pills"), map, { mark: markOf }, (members) =>
  members.length === 1 ? choose(members[0]) : openTogether(members),
);
const words = makeWords(map, gatherWords, obstacles);
const card = makeCard(byId("card"), {
  scene,
  events,
  open: { chapter: openChapter, event: choose, contents: openContents, close: closeCard },
});
const list = makeList(byId("list"), events, choose);
const switches = layerSwitches(byId("legend"), byId("layers"), scene, isOn, setLayer);
const lanes = makeTimeline(byId("lanes"), {
  events,
  chapters,
  span,
  opening,
  lanes: scene.directions.map((direction) => ({
    ...direction,
    events: where((i) => events.directions[i].includes(direction.id)),
  })),
  loose: where((i) => events.directions[i].length === 0),
  calls: { seek: seekByHand, step, choose, open: openChapter },
});
const controls = makeControls({
  windowLabel: shownWindow.label,
  calls: {
    play: () => (clock.playing ? clock.pause() : play()),
    step,
    setStep: (unit) => {
      stepUnit = unit;
    },
    setSpeed: (speed) => {
      clock.speed = speed;
    },
    setMode,
    zoomAxis: lanes.zoom,
    toggleAxis: lanes.toggleWhole,
    zoom: view.zoomBy,
    fit: fitStory,
  },
});

/** The clock opens on the first chapter, else on the first event of the years it opens on. */
function firstMoment() {
  const at = chapters.find((one) => one.at)?.at;
  const i = inTime.find((each) => begins[each] >= opening.first);
  const [first, last] = at ?? (i === undefined ? [opening.first, opening.first] : [begins[i], ends[i]]);
  return { first: keep(first), last: keep(last) };
}

function where(test) {
  return events.id.map((_, i) => i).filter(test);
}

/** Each set of several directions that some event belongs to, once. */
function shared(directions) {
  return [...new Map(directions.filter((ids) => ids.length > 1).map((ids) => [ids.join(), ids])).values()];
}

/** A mark in words and numbers, as the marks' module needs it. */
function markOf(i) {
  // The day as the place counted it: on 5 August in UTC it was the 6th in Hiroshima.
  const moment = {
    first: events.momentFirst[i] + events.offset[i],
    last: events.momentLast[i] + events.offset[i],
  };
  const about = events.certainty[i] === "certain" ? "" : "c. ";
  return {
    lat: events.lat[i],
    lng: events.lng[i],
    kind: events.kind[i],
    status: events.status[i],
    directions: events.directions[i],
    title: events.title[i],
    place: events.place[i].split(" (")[0],
    day: about + shortLabel(moment, civil(clock.moment.first).year),
    lasting: isLasting(i),
    name: [events.title[i], fateOf(events.status[i]), events.label[i], events.place[i]]
      .filter(Boolean)
      .join(", "),
  };
}

const LONG = 120 * DAY;
/** Began over a month ago and goes on for long: it holds, but it is not what happens now. */
function isLasting(i) {
  return (
    i !== selected &&
    events.last[i] - events.first[i] > LONG &&
    clock.moment.first - events.momentLast[i] > LONG / 4 &&
    events.last[i] >= clock.moment.first
  );
}

// --- drawing ------------------------------------------------------------------------------------

function render() {
  shown = visibility.at(clock.moment);
  const { date, clock: line } = captionOf(clock.moment);
  document.querySelector(".caption .date").textContent = date; // before the words, which keep clear of it
  document.querySelector(".caption .clock-line").textContent = line;
  routeLines.redraw();
  drawMarks();
  lanes.show({
    moment: clock.moment,
    shownFrom: visibility.mode === "at" ? null : visibility.spanOf(clock.moment).first,
    chapter,
  });
  list.show(
    shown.events.filter(({ faded }) => !faded).map(({ i }) => i),
    selected,
  );
  afterwards();
}

/** What lies beyond the edge, marks, and words, in this order: each gives way to those before it. */
function drawMarks() {
  const room = view.room();
  pills.show(
    shown.events.filter(({ faded }) => !faded).map(({ i }) => i),
    selected,
    room,
  );
  marks.show(shown.events, selected, view.panels());
  marks.reach(room.seen);
  words.redraw();
}

/** In words; of the event that is selected, by the clocks of its place. */
function captionOf(moment) {
  const offset =
    selected !== null && events.momentFirst[selected] === moment.first ? events.offset[selected] : 0;
  if (!offset) return describe(moment);
  const there = describe({ first: moment.first + offset, last: moment.last + offset });
  const here = describe(moment).clock.split(" · ")[1];
  return here
    ? { date: there.date, clock: `${there.clock.replace(" UTC", "")} local time · ${here}` }
    : describe(moment);
}

/** The view or a panel changed, the moment did not. */
function redrawView() {
  showPressed();
  drawMarks();
  afterwards();
}

function gatherWords(around) {
  return [
    ...markWords(marks.groups(), { mark: markOf }, selected, view.isNarrow()),
    ...routeLines.words(isNamed),
    ...(isOn("names") ? nameWords(scene.names, clock.moment, around) : []),
    ...(isOn("graticule") ? [dateLineWord(around)] : []),
  ];
}

/** Of many routes of one means and direction at a time, the first few are named. */
function isNamed(route) {
  const alike = shown.routes
    .map((one) => one.route)
    .filter((other) => other.means === route.means && String(other.directions) === String(route.directions));
  return alike.indexOf(route) < 4;
}

/** What words may not, or had better not (`soft`), lie on. */
function obstacles() {
  const around = (x, y, reach, soft) => ({
    x: x - reach,
    y: y - reach,
    width: 2 * reach,
    height: 2 * reach,
    soft,
  });
  return [
    ...view.panels(),
    ...routeLines
      .bodies()
      .flat()
      .map(({ x, y }) => around(x, y, 5, true)),
    ...marks.boxes(),
  ];
}

let waiting = 0;
/** What may lag behind the picture: the address, the spoken line, listeners. */
function afterwards() {
  if (waiting) return;
  waiting = setTimeout(() => {
    waiting = 0;
    const layers = scene.layers.every((layer) => layer.on === isOn(layer.id)) ? null : layerIds.filter(isOn);
    writeAddress({
      moment: clock.moment,
      chapter,
      layers,
      view: view.isKept() ? null : view.now(),
      selected: idOf(selected),
    });
    announce();
    emit("state", state());
  }, 250);
}

function announce() {
  if (clock.playing && clock.speed !== "event") return;
  const number = shown.events.length;
  const what = selected === null ? `${number} event${number === 1 ? "" : "s"}` : events.title[selected];
  byId("announce").textContent = `${describe(clock.moment).date}: ${what}`;
}

function showPressed() {
  for (const [button, panel] of [
    ["show-list", "list"],
    ["show-layers", "layers"],
    ["show-story", "card"],
  ])
    byId(button).setAttribute("aria-expanded", String(!byId(panel).hidden));
  byId("app").classList.toggle("has-card", card.isOpen());
}

// --- moving about -------------------------------------------------------------------------------

/** A touch on the timeline means the step's unit there: a day where it is "event". */
function seekByHand(at) {
  clock.pause();
  chapter = null;
  clock.seek(spanOf(at, stepUnit === "event" ? "day" : stepUnit));
}

function step(by) {
  clock.pause();
  if (stepUnit === "event") stepEvent(by);
  else clock.shift(stepUnit, by);
}

/** The event that begins next (or last before); undefined at the end of the story. */
function eventAfter(by) {
  const order = inTime.filter((i) => visibility.permitsEvent(i));
  const { first, last } = clock.moment;
  const isHere = selected !== null && begins[selected] === first && ends[selected] === last;
  if (isHere) return order[order.indexOf(selected) + by];
  return by > 0 ? order.find((i) => begins[i] >= first) : order.findLast((i) => begins[i] < first);
}

/** Goes there; false at the end. */
function stepEvent(by) {
  const target = eventAfter(by);
  if (target !== undefined) choose(target);
  return target !== undefined;
}

/** From the end it plays from the beginning. */
function play() {
  if (clock.speed === "event" && eventAfter(1) === undefined) api.seek(span.first);
  clock.play(() => stepEvent(1));
}

/** Selects an event: its layers are switched on, its card opens, clock and view go to it. */
function choose(i) {
  if (clock.playing && clock.speed !== "event") clock.pause();
  selected = i;
  chapter = null;
  const own = events.directions[i].length ? events.directions[i] : ["context"];
  if (!own.some(isOn)) own.forEach((layer) => layersOn.add(layer));
  if (events.status[i] !== "executed") layersOn.add("planned");
  switches.show();
  card.event(i);
  showPressed();
  clock.seek({ first: begins[i], last: ends[i] });
  view.bring(placeOf(i));
  emit("select", events.id[i]);
}

const placeOf = (i) => (i === null ? null : [events.lat[i], events.lng[i]]);

function deselect() {
  selected = null;
  render();
}

function openTogether(members) {
  card.together(members);
  redrawView();
}

function openContents() {
  card.contents();
  redrawView();
}

function openChapter(id) {
  const one = chapters.find((each) => each.id === id);
  if (!one) return false;
  clock.pause();
  chapter = id;
  selected = indexOf.get(one.select) ?? null;
  if (one.layers || chapterLayers) setLayers(one.layers ?? defaultLayers);
  chapterLayers = Boolean(one.layers);
  clock.seek(one.at ? { first: one.at[0], last: one.at[1] } : clock.moment);
  card.chapter(
    id,
    shown.events.map(({ i }) => i).sort((a, b) => events.first[b] - events.first[a]),
  );
  showPressed();
  if (one.view) view.fit(one.view, placeOf(selected));
  render();
  emit("chapter", id);
  return true;
}

function stepChapter(by) {
  const index = chapters.findIndex((one) => one.id === chapter);
  const target = index < 0 ? chapters.at(by > 0 ? 0 : -1) : chapters[index + by];
  if (target) openChapter(target.id);
}

function closeCard() {
  card.close();
  showPressed();
  byId("show-story").focus({ preventScroll: true });
  deselect();
}

function fitStory() {
  view.fit(chapters.find((one) => one.id === chapter)?.view ?? scene.view);
}

// --- layers and modes ---------------------------------------------------------------------------

function setLayer(id, on) {
  if (on) layersOn.add(id);
  else layersOn.delete(id);
  layersChanged();
}

function setLayers(ids) {
  const wanted = layerIds.filter((id) => ids.includes(id));
  layersOn.clear();
  wanted.forEach((id) => layersOn.add(id));
  layersChanged();
}

function layersChanged() {
  if (selected !== null && !visibility.permitsEvent(selected)) selected = null;
  switches.show();
  ground.redraw();
  render();
}

function setMode(mode) {
  if (!["at", "window", "since"].includes(mode))
    throw new RangeError(`${JSON.stringify(mode)} is no mode: write at, window or since`);
  visibility.mode = mode;
  controls.showMode(mode);
  render();
}

// --- panels and keys ----------------------------------------------------------------------------

const panels = {
  list: {
    button: "show-list",
    open() {
      byId("layers").hidden = true;
      list.open();
    },
    close: list.close,
  },
  layers: {
    button: "show-layers",
    open() {
      list.close();
      byId("layers").hidden = false;
    },
    close() {
      byId("layers").hidden = true;
    },
  },
  card: {
    button: "show-story",
    open: () => (chapter ? openChapter(chapter) : openContents()),
    close: closeCard,
  },
};
for (const [id, panel] of Object.entries(panels)) {
  byId(panel.button).addEventListener("click", () => {
    if (byId(id).hidden) panel.open();
    else panel.close();
    showPressed();
    render();
  });
}

/** Escape closes what lies on top, and the focus returns to the button that opened it. */
function closeTopmost() {
  const id = Object.keys(panels).find((each) => !byId(each).hidden);
  if (!id) return;
  panels[id].close();
  byId(panels[id].button).focus();
  redrawView();
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const by = { PageDown: 1, PageUp: -1 }[event.key];
  if (by && chapters.length) stepChapter(by);
  else if (event.key === "Escape") closeTopmost();
  else return;
  event.preventDefault();
});

// --- the page's own names -----------------------------------------------------------------------

/** Tells listeners; what one of them does wrong is its own affair. */
function emit(name, detail) {
  for (const listener of listeners.get(name) ?? []) {
    try {
      listener(detail);
    } catch (wrong) {
      reportError(wrong);
    }
  }
}

function idOf(i) {
  return i === null ? null : events.id[i];
}

function state() {
  return {
    time: written(clock.moment),
    playing: clock.playing,
    mode: visibility.mode,
    chapter,
    layers: layerIds.filter(isOn),
    view: view.now(),
    selected: idOf(selected),
    visible: {
      events: shown.events.map(({ i }) => idOf(i)),
      routes: shown.routes.map(({ route }) => route.id),
      fronts: [],
      polities: [],
    },
  };
}

const api = {
  /** Shows the moment that an ISO or EDTF text, or a number of milliseconds, names. */
  seek(when) {
    const moment = readMoment(when);
    if (!moment)
      throw new RangeError(
        `${JSON.stringify(when)} is no moment: write ISO 8601, EDTF or milliseconds since 1970`,
      );
    chapter = null;
    selected = null;
    clock.seek(moment);
  },
  play,
  pause: () => clock.pause(),
  next() {
    stepEvent(1);
  },
  prev() {
    stepEvent(-1);
  },
  chapter: openChapter,
  select(id) {
    if (id === null) return deselect();
    if (!indexOf.has(id)) throw new RangeError(`${JSON.stringify(id)} is no event of this map`);
    return choose(indexOf.get(id));
  },
  setLayers,
  setMode,
  fit: fitStory,
  on(name, listener) {
    if (typeof listener !== "function") throw new TypeError("historyMap.on needs a function to call");
    listeners.set(name, [...(listeners.get(name) ?? []), listener]);
  },
  state,
  /** The words on the map as drawn, with their boxes in its pixels. */
  words: () => words.placed(),
};

// --- beginning ----------------------------------------------------------------------------------

clock.on("change", () => {
  render();
  emit("time", written(clock.moment));
});
clock.on("play", () => controls.showPlaying(clock.playing));
clock.on("end", () => emit("end"));

for (const kind of ["mousedown", "wheel", "touchstart"])
  frame.addEventListener(kind, view.release, { passive: true });
frame.addEventListener("keydown", (event) => {
  if (/^(Arrow|[+-])/.test(event.key)) view.release();
});
map.on("zoomanim", (event) => marks.zooming(event));
map.on("zoomend moveend viewreset", redrawView);
map.on("click", (event) => {
  const route = routeLines.under(event.containerPoint);
  if (!route) return;
  card.route(route);
  redrawView();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  ground.redraw();
  render();
});
addEventListener("hashchange", () => follow(readAddress()));

/** Goes where an address says; what it does not say stays as it is. */
function follow(asked) {
  if (asked.layers) setLayers(asked.layers);
  if (asked.chapter) openChapter(asked.chapter);
  if (indexOf.has(asked.selected)) choose(indexOf.get(asked.selected));
  if (asked.moment) clock.seek(asked.moment);
  if (asked.view) view.go(asked.view);
}

function resized() {
  view.resize();
  lanes.resize();
  render();
}

controls.showPlaying(false);
card.contents();
showPressed();
view.fit(scene.view, null, false);
resized();
follow(readAddress());
if (window.ResizeObserver) new ResizeObserver(resized).observe(frame);
else addEventListener("resize", resized);
window.historyMap = { ...api, ready: Promise.resolve() };
emit("ready");
