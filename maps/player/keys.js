import { clicker, isEmbedded } from "./asked.js";
import { isDialogOpen } from "./dialog.js";
import { byId } from "./dom.js";
import { holdingsOf } from "./holdings.js";
import { isAtEnd } from "./leafing.js";

// The keys. One table says which they are, what they do and in which words the help names them.

const KEPT = "history-map-single-keys"; // in the session's storage: "off" where they are switched off
export const WRITES =
  "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const PRESSES = "button, a, summary, input, select";

/** Presses a button of the page, wherever it stands now. */
const press = (id) => () => byId(id).click();

/** The top bar's field, or, where it has no room for one, the list's. */
function search() {
  const inBar = byId("search-bar");
  if (inBar?.checkVisibility()) {
    inBar.focus();
    inBar.select();
    return;
  }
  if (byId("list").hidden) byId("show-list").click();
  byId("search")?.focus();
}

/**
 * The table as [heading, rows]. A row has `keys` as the browser names them, the same as `shown`, `words`, and
 * `call()`, none where the map's own code listens. `at` says where the focus must be: "time" is the timeline,
 * or nothing at all. `present` has the calls of who presents, or is null (present.js).
 */
export function keyTable(state, { view, picture, fitStory, editDate, grain }, present) {
  const mode = () => state.setMode({ at: "window", window: "since", since: "at" }[state.mode]);
  const ends = (name) => () => state.seekByHand(state.span[name], grain());
  const time = [
    { keys: [" ", "k"], shown: "Space or K", words: "play and pause", call: () => state.toggle() },
    { keys: [",", "<"], shown: "< or ,", words: "one step back", call: () => state.step(-1) },
    { keys: [">"], shown: ">", words: "one step on", call: () => state.step(1) },
    {
      keys: ["ArrowLeft"],
      shown: "←",
      words: "on the timeline: back",
      at: "time",
      call: () => state.step(-1),
    },
    { keys: ["ArrowRight"], shown: "→", words: "on the timeline: on", at: "time", call: () => state.step(1) },
    { keys: ["Home"], shown: "Home", words: "where the story begins", at: "time", call: ends("first") },
    { keys: ["End"], shown: "End", words: "where it ends", at: "time", call: ends("last") },
    { keys: ["PageDown"], shown: "Page ↓", words: "next chapter", call: () => state.stepChapter(1) },
    { keys: ["PageUp"], shown: "Page ↑", words: "chapter before", call: () => state.stepChapter(-1) },
    { keys: [], shown: "+ − 0", words: "on the timeline: closer, farther, all of it" },
    { keys: [], shown: "Shift ← →", words: "on the timeline: earlier, later" },
    { keys: [], shown: "Enter", words: "on the timeline: the phase of the date" },
    { keys: ["d"], shown: "D", words: "write a date", call: editDate },
    { keys: ["m"], shown: "M", words: "at date, the last …, since start", call: mode },
  ];
  const map = [
    { keys: ["+", "="], shown: "+", words: "closer", call: () => view.zoomBy(0.5) },
    { keys: ["-", "−"], shown: "−", words: "farther", call: () => view.zoomBy(-0.5) },
    { keys: [], shown: "← → ↑ ↓", words: "on the map: move it" },
    { keys: [], shown: "Tab, Enter", words: "mark after mark in order of time; open it" },
    { keys: ["0"], shown: "0", words: "the whole map of this story", call: fitStory },
  ];
  if (holdingsOf(state.scene).isKnown)
    map.push({
      keys: ["w"],
      shown: "W",
      words: "who holds the middle of the map that can be seen",
      call: picture.askHolder,
    });
  const panels = [
    { keys: ["e"], shown: "E", words: "events", call: press("show-list") },
    { keys: ["/"], shown: "/", words: "search", call: search },
    { keys: ["l"], shown: "L", words: "layers", call: press("show-layers") },
    { keys: ["c"], shown: "C", words: "story", call: press("show-story") },
    { keys: ["n"], shown: "N", words: "numbers", call: press("show-charts"), needs: "show-charts" },
    { keys: [], shown: "← → Home End", words: "on a chart: from figure to figure", needs: "show-charts" },
    { keys: ["a"], shown: "A", words: "two dates, A and B", call: press("compare"), needs: "compare" },
    { keys: ["s"], shown: "S", words: "share", call: press("share") },
    { keys: ["?"], shown: "?", words: "this help", call: press("help") },
    { keys: [], shown: "Esc", words: "close what is on top" },
  ].filter(({ needs }) => !needs || byId(needs));
  const parts = [
    ["Keys: time", time],
    ["Keys: map", map],
    ["Keys: panels", panels],
  ];
  if (!present) return parts;
  const talk = [
    {
      keys: ["p"],
      shown: "P",
      words: "notes, the next chapter and a clock in a second window",
      call: present.view,
    },
    { keys: [".", "b"], shown: ". or B", words: "black screen, and back", call: present.blank },
    { keys: ["t"], shown: "T", words: "large type", call: present.type },
    { keys: ["f"], shown: "F", words: "full screen", call: present.screen },
    { keys: [], shown: "← →", words: "in full screen, or beside the second window: chapter before, next" },
  ];
  return [...parts, ["Keys: presenting", talk]];
}

/** Single keys can be switched off, for those whose voice or hand presses them by mistake. */
export function singleKeys() {
  let off = false;
  try {
    off = sessionStorage.getItem(KEPT) === "off";
  } catch {
    // where storage is blocked they are on at first
  }
  return {
    isOn: () => !off,
    set(on) {
      off = !on;
      try {
        sessionStorage.setItem(KEPT, on ? "on" : "off");
      } catch {
        // it holds until the page is left
      }
    },
  };
}

/** Whether what has the focus leaves a key to the page. */
function isFree(target, { key, repeat }, { at }) {
  const inTime = Boolean(target.closest(".timeline"));
  const nowhere = target === document.body;
  if (target.closest(WRITES)) return false;
  if (at === "time") return (inTime || (nowhere && !isEmbedded)) && !target.matches("input");
  if (key === " ") return !target.closest(`${PRESSES}, .scroll`) || target.id === "moment";
  if (key.startsWith("Page")) {
    const text = target.closest(".scroll"); // which a reader reads on in, a chapter to its end
    const isRead = text?.closest(".card") && !repeat && isAtEnd(text, key === "PageDown" ? 1 : -1);
    return clicker !== "off" && (!text || isRead);
  }
  if (key.length > 1) return true;
  if (/[-+=]/.test(key) && target.matches(".map")) return false; // Leaflet's own
  return !isEmbedded || inTime || Boolean(target.closest(".stage"));
}

/** Listens for the keys of the table; `close()` closes what is on top and is false where nothing is. */
export function listenToKeys(table, single, close) {
  const rows = table.flatMap(([, each]) => each).filter((row) => row.call);
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || isDialogOpen()) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "Escape") {
      if (close()) event.preventDefault();
      return;
    }
    const row = rows.find(({ keys }) => keys.includes(key));
    if (!row || (event.repeat && key === " ") || (key.length === 1 && !single.isOn())) return;
    if (!isFree(event.target, event, row)) return;
    event.preventDefault();
    row.call();
  });
}
