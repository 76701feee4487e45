import { clicker } from "./asked.js";
import { isDialogOpen } from "./dialog.js";
import { WRITES } from "./keys.js";

// What a page that holds the map in a frame says to it and hears of it: messages {ns, v, id, cmd, ...} and
// {ns, v, id, ev, ...}, where what goes with them is named as in `historyMap.state()`; `maps/embed.js` makes promises
// of them. And reveal.js as it is: its words when a slide comes and goes, and its own way of being asked for the next.

const NS = "history-map";
const VERSION = 1;
const COMMANDS = {
  seek: (api, { time }) => api.seek(time),
  play: (api) => api.play(),
  pause: (api) => api.pause(),
  next: (api) => api.next(),
  prev: (api) => api.prev(),
  chapter(api, { chapter }) {
    if (!api.chapter(chapter)) throw new RangeError(`${JSON.stringify(chapter)} is no chapter of this map`);
  },
  select: (api, { selected = null }) => api.select(selected),
  layers(api, { layers }) {
    const isList = Array.isArray(layers) && layers.every((one) => typeof one === "string");
    if (!isList) throw new TypeError("layers wants a list of ids");
    api.setLayers(layers);
  },
  fit: (api) => api.fit(),
  state: () => {},
};
const TURNS = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 }; // what a clicker presses

const host = window.parent === window ? null : window.parent;

/** Whether a message is a command of ours. */
const isCommand = (data) =>
  data?.ns === NS && data.v === VERSION && typeof data.cmd === "string" && Object.hasOwn(COMMANDS, data.cmd);

/**
 * Listens to the page that holds this one from now on; what it commands waits for `ready`, the promise of
 * {api, state}. Nobody else is obeyed.
 */
export function listenToHost(ready) {
  if (!host) return;
  let begun = null; // {api, state}, once there is a map
  const tell = (ev, more) => host.postMessage({ ns: NS, v: VERSION, id: null, ev, ...more }, "*");

  /** What a host that comes later than `ready` asks for with the state. */
  function story() {
    const { title, chapters } = begun.api.scene;
    return { title, chapters: chapters.map((one) => ({ id: one.id, title: one.title })) };
  }

  function obey({ id = null, cmd, ...more }) {
    const { api } = begun;
    try {
      COMMANDS[cmd](api, more);
      tell("state", { id, ...(cmd === "state" && story()), state: api.state() });
    } catch (wrong) {
      tell("error", { id, message: wrong.message });
    }
  }

  addEventListener("message", async ({ source, data }) => {
    if (source !== host) return;
    if (isCommand(data)) {
      await ready;
      if (begun) obey(data);
    } else if (data === "slide:start") {
      isDeck = true;
      if (clicker === "chapters") takeClicker();
    } else if (data === "slide:stop") giveClicker();
  });

  ready.then(
    ({ api, state }) => {
      begun = { api, state };
      tell("ready", { ...story(), state: api.state() });
      api.on("time", (time) => tell("time", { time }));
      api.on("chapter", (chapter) => tell("chapter", { chapter }));
      api.on("select", (selected) => tell("select", { selected }));
      api.on("end", () => tell("end"));
      api.on("state", (now) => tell("state", { state: now }));
    },
    (wrong) => tell("error", { message: wrong.message }),
  );

  // --- a clicker that goes through slides and chapters alike --------------------------------------

  let [isDeck, holds] = [false, false]; // reveal.js has spoken; the clicker's keys come here

  function takeClicker() {
    holds = true;
    window.focus();
  }

  function giveClicker() {
    if (!holds) return;
    holds = false;
    begun?.api.pause();
    host.focus();
  }

  const askDeck = (method, ...args) => host.postMessage(JSON.stringify({ method, args }), "*");

  /** The next chapter, or, beyond the last and before the first, the slide beside. */
  function turn(by) {
    const { state } = begun;
    const isBefore = state.chapter === null && by < 0;
    if (clicker === "chapters" && !isBefore && state.stepChapter(by)) return;
    askDeck(by > 0 ? "next" : "prev");
    holds = false;
    host.focus();
  }

  const isPlain = ({ altKey, ctrlKey, metaKey }) => !altKey && !ctrlKey && !metaKey;
  const isOurs = ({ key, target }) =>
    target === document.body || (key.startsWith("Page") && !target.closest(WRITES));

  addEventListener(
    "keydown",
    (event) => {
      const by = TURNS[event.key];
      const isTurn = by && begun && isPlain(event) && isOurs(event) && !isDialogOpen();
      if (!isTurn || !(holds || clicker === "forward")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      turn(by);
    },
    { capture: true },
  );

  // A deck keeps its keys: what the map has no use for goes back to it.
  addEventListener("keydown", (event) => {
    if (isDeck && isPlain(event) && !event.defaultPrevented && !event.target.closest(WRITES))
      askDeck("triggerKey", event.keyCode);
  });
}
