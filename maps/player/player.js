import { addressOf, readAddress, writeAddress } from "./address.js";
import { makeApi } from "./api.js";
import { dress, guardWheel } from "./asked.js";
import { el } from "./dom.js";
import { makeHelp } from "./help.js";
import { listenToHost } from "./host.js";
import { keyTable, listenToKeys, singleKeys } from "./keys.js";
import { readScene } from "./scene.js";
import { makeScreen } from "./screen.js";
import { makePresent } from "./present.js";
import { makeShare } from "./share.js";
import { MODES, State } from "./state.js";

// The player: the scene is read, the state begins, the screen follows it, the address is kept.

const LAG = 250; // ms by which the address, the spoken line and listeners may lag behind the picture
const BREATH = 2000; // ms between two spoken lines while days run by

/** What may lag behind the picture, called no more than once in a while. */
function lagging(call, lag = () => LAG) {
  let waiting = 0;
  return () => {
    waiting ||= setTimeout(() => {
      waiting = 0;
      call();
    }, lag());
  };
}

/** Goes where an address says, from the story as it opens. */
function follow(asked, state, view) {
  state.beside.share = asked.share;
  if (asked.layers) state.setLayers(asked.layers);
  if (MODES.includes(asked.mode)) state.setMode(asked.mode);
  if (asked.step) state.setStep(asked.step);
  if (asked.chapter) state.openChapter(asked.chapter);
  for (const [facet, ids] of Object.entries(asked.filters)) if (ids) state.setFilter(facet, ids);
  const i = asked.selected ? state.scene.events.indexOf(asked.selected) : -1;
  if (i >= 0 && i !== state.selected) state.choose(i); // a chapter has chosen its own
  if (asked.moment) state.clock.seek(asked.moment);
  if (asked.window !== null) state.setWindow(asked.window);
  if (asked.beside || asked.alone) state.beside.show(asked.beside, asked.way);
  if (asked.insets) state.insets.keepOnly(asked.insets);
  if (asked.view) view.go(asked.view);
}

/** The state as the address has it: only what is not as the story opens. */
function stateOf(state, view) {
  const { mode, stepUnit, selected, window: shown, opensWith } = state;
  return {
    moment: state.moment,
    chapter: state.chapter,
    layers: state.ownLayers,
    filters: state.ownFilters,
    mode: mode === opensWith.mode ? null : mode,
    window: shown.length === opensWith.length ? null : shown.length,
    step: stepUnit === opensWith.step ? null : stepUnit,
    view,
    selected: selected === null ? null : state.scene.events.id.at(selected),
    beside: state.beside.moment,
    way: state.beside.way,
    share: state.beside.share,
    alone: state.beside.isRefused(),
    insets: state.insets.own,
  };
}

async function begin() {
  const state = new State(await readScene());
  const told = lagging(() => {
    if (!writeAddress(stateOf(state, screen.view.isKept() ? null : screen.view.now()))) told();
    tell("state", api.state());
  });
  const runs = () => state.clock.playing && state.clock.pace !== "event";
  const said = lagging(
    () => screen.announce(),
    () => (runs() ? BREATH : LAG),
  );
  const screen = makeScreen(state, () => {
    told();
    said();
  });
  const { api, tell } = makeApi(state, screen);
  const single = singleKeys();
  const keys = keyTable(state, screen, makePresent(state, single, screen.resized));
  listenToKeys(keys, single, screen.closeTopmost);
  makeHelp(keys, single, state.scene.credit);
  makeShare(state.scene.title, () => addressOf(stateOf(state, screen.view.now())));
  guardWheel();
  follow(readAddress(), state, screen.view);
  addEventListener("hashchange", () => {
    const asked = readAddress();
    state.reset();
    if (!asked.view && !asked.chapter) screen.fitStory();
    follow(asked, state, screen.view);
  });
  document.querySelector(".loading").remove();
  Object.assign(window.historyMap, api);
  tell("ready");
  return { api, state };
}

/** The list that stands in the page for readers without JavaScript. */
function plainList() {
  const { textContent } = document.querySelector("noscript");
  const lines = new DOMParser().parseFromString(textContent, "text/html").querySelectorAll("li");
  return el("ol", { class: "plain" }, ...Array.from(lines, (line) => el("li", {}, line.textContent)));
}

/** Says in a sentence why there is no map, and lists the events instead. */
function fail(reason) {
  document.documentElement.classList.remove("js");
  const why = el("p", { role: "alert" }, `There is no map: ${reason.message}`);
  const title = el("h1", {}, document.title);
  const rest = "These are its events, in order of time.";
  document.body.prepend(el("main", { class: "failure" }, title, why, el("p", {}, rest), plainList()));
  reportError(reason);
}

dress(document.documentElement);
document.documentElement.classList.add("js");
const begun = begin();
window.historyMap = { ready: begun.then(() => undefined) };
window.historyMap.ready.catch(fail);
listenToHost(begun);
