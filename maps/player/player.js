import { readAddress, writeAddress } from "./address.js";
import { makeApi } from "./api.js";
import { el } from "./dom.js";
import { readScene } from "./scene.js";
import { makeScreen } from "./screen.js";
import { State } from "./state.js";

// The player: the scene is read, the state begins, the screen follows it, the address is kept.

const LAG = 250; // ms by which the address, the spoken line and listeners may lag behind the picture

/** What may lag behind the picture, called no more than once in a while. */
function lagging(call) {
  let waiting = 0;
  return () => {
    waiting ||= setTimeout(() => {
      waiting = 0;
      call();
    }, LAG);
  };
}

/** Goes where an address says; what it does not say stays as it is. */
function follow(asked, state, view) {
  if (asked.layers) state.setLayers(asked.layers);
  if (asked.chapter) state.openChapter(asked.chapter);
  const i = asked.selected ? state.scene.events.indexOf(asked.selected) : -1;
  if (i >= 0) state.choose(i);
  if (asked.moment) state.clock.seek(asked.moment);
  if (asked.beside || asked.alone) state.beside.show(asked.beside, asked.way);
  if (asked.insets) state.insets.keepOnly(asked.insets);
  if (asked.view) view.go(asked.view);
}

/** The keys that work wherever the focus is. */
function listenToKeys(state, screen) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    if (by && event.target.closest(".scroll, select")) return; // which these keys scroll
    if (by && state.scene.chapters.length) state.stepChapter(by);
    else if (event.key !== "Escape" || !screen.closeTopmost()) return;
    event.preventDefault();
  });
}

async function begin() {
  const state = new State(await readScene());
  const lagged = lagging(() => {
    writeAddress({
      moment: state.moment,
      chapter: state.chapter,
      layers: state.ownLayers,
      view: screen.view.isKept() ? null : screen.view.now(),
      selected: state.selected === null ? null : state.scene.events.id.at(state.selected),
      beside: state.beside.moment,
      way: state.beside.way,
      alone: state.beside.isRefused(),
      insets: state.insets.kept,
    });
    screen.announce();
    tell("state", api.state());
  });
  const screen = makeScreen(state, lagged);
  const { api, tell } = makeApi(state, screen);
  listenToKeys(state, screen);
  follow(readAddress(), state, screen.view);
  addEventListener("hashchange", () => follow(readAddress(), state, screen.view));
  Object.assign(window.historyMap, api);
  tell("ready");
}

/** Says in a sentence why there is no map. */
function fail(reason) {
  document.documentElement.classList.remove("js");
  document.body.prepend(el("p", { class: "failure", role: "alert" }, `There is no map: ${reason.message}`));
  reportError(reason);
}

const theme = new URLSearchParams(location.search).get("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
document.documentElement.classList.add("js");
window.historyMap = { ready: begin() };
window.historyMap.ready.catch(fail);
