import { clicker } from "./asked.js";
import { isDialogOpen } from "./dialog.js";
import { WRITES } from "./keys.js";
import { makeSpeaker } from "./speaker.js";

// The presenter's window beside the map's. It is an empty one which this page fills and listens to, so that it needs
// no file, no network and no script of its own; the styles are copies of this page's, which its policy knows.

const NAME = `history-map-presenter ${location.pathname}`;
const WATCH = 500; // ms between two looks at the clock, and at whether the window is still there
const TURNS = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 }; // what a clicker presses
const KEEPS = `.timeline, .map-frame, .charts, [type=radio], ${WRITES}`; // what has arrows of its own

const isPlain = ({ altKey, ctrlKey, metaKey }) => !altKey && !ctrlKey && !metaKey;

/** A window with nothing in it, the one from before if that is still there; null if the browser lets none open. */
function openWindow() {
  for (let tries = 0; tries < 2; tries += 1) {
    const opened = window.open("", NAME, "popup,width=960,height=720");
    try {
      if (!opened || opened.document.body) return opened;
    } catch {
      opened.close(); // from a disk a map that was loaded anew is a stranger to its own window
    }
  }
  return null;
}

/** When the time began to count, where the map was loaded anew since: it is said once. */
function sinceBefore() {
  try {
    const since = Number(sessionStorage.getItem(NAME));
    sessionStorage.removeItem(NAME);
    return since;
  } catch {
    return 0; // where storage is blocked it counts from now
  }
}

/** `blank` covers the map (blank.js); `single` says whether keys of one letter work (keys.js). */
export function makePresenter(state, blank, single) {
  let there = null; // the window
  let watch = 0;
  let since = 0;
  const calls = {
    turn: (by) => state.stepChapter(by),
    blank: () => blank.toggle(),
    reset() {
      since = Date.now();
      speaker.tick();
    },
  };
  const speaker = makeSpeaker(state, calls, { isBlank: blank.isOn, since: () => since });
  const isOpen = () => Boolean(there) && !there.closed;
  const show = () => isOpen() && speaker.show();

  /** A key of the clicker shows the map where it is black, else it turns the chapter. */
  function turn(by) {
    if (!blank.lift()) state.stepChapter(by);
  }

  /** The keys of the window: what a clicker presses, and those of the map that one needs while speaking. */
  function pressed(event) {
    const { key, target } = event;
    if (!isPlain(event)) return;
    const letter = key.length === 1 && single.isOn() ? key.toLowerCase() : "";
    if (TURNS[key] && clicker !== "off") turn(TURNS[key]);
    else if (letter === " " ? !target.closest("button") : letter === "k") event.repeat || state.toggle();
    else if (letter === "." || letter === "b") event.repeat || blank.toggle();
    else if (key === "Escape") blank.lift();
    else if (key !== "F5") return;
    event.preventDefault();
  }

  /** Fills the window: when it is opened, and where the browser or a reader has loaded it anew. */
  function mount() {
    const { document: page } = there;
    const root = document.documentElement;
    page.title = `Presenter: ${state.scene.title}`;
    Object.assign(page.documentElement, { lang: root.lang, dir: root.dir });
    if (root.dataset.theme) page.documentElement.dataset.theme = root.dataset.theme;
    const styles = [...document.querySelectorAll("head > style")].map((one) => one.cloneNode(true));
    page.head.querySelectorAll("style").forEach((one) => one.remove());
    page.head.append(...styles);
    page.body.replaceChildren(speaker.root);
    page.addEventListener("keydown", pressed);
    there.setInterval(speaker.tick, WATCH); // its own clock: this window's may sleep while it is hidden
    speaker.tick();
    speaker.show();
    speaker.notes.focus();
  }

  function look() {
    try {
      if (there.closed) close();
      else if (speaker.root.ownerDocument !== there.document || !speaker.root.isConnected) mount();
    } catch {
      there.close(); // from a disk a window that was loaded anew is a stranger; P opens another
      close();
    }
  }

  function close() {
    clearInterval(watch);
    there = null;
  }

  /** The map goes: its window says so, and a map that is loaded anew counts on. */
  function leave() {
    if (!isOpen()) return;
    speaker.orphan();
    try {
      sessionStorage.setItem(NAME, since);
    } catch {
      // it counts from the beginning
    }
  }

  const turns = ({ key, target }) =>
    TURNS[key] && clicker !== "off" && !target.closest(key.startsWith("Page") ? WRITES : KEEPS);

  /** While somebody presents, arrows turn chapters too, and the clicker's F5 does not load the map anew. */
  function presenting(event) {
    if (!(isOpen() || document.fullscreenElement) || !isPlain(event) || isDialogOpen()) return;
    if (event.key === "F5") document.documentElement.requestFullscreen?.().catch(() => {});
    else if (turns(event)) turn(TURNS[event.key]);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  for (const name of ["moment", "chapter", "play", "reset"]) state.on(name, show);
  document.addEventListener("keydown", presenting, { capture: true });
  addEventListener("pagehide", leave);
  return {
    show,
    isOpen,
    /** Opens the window, or brings it to the front; false if the browser keeps it shut. */
    open() {
      if (isOpen()) {
        there.focus();
        return true;
      }
      close(); // the one that was shut since anybody looked
      there = openWindow();
      if (!there) return false;
      since = sinceBefore() || Date.now();
      mount();
      watch = setInterval(look, WATCH);
      return true;
    },
  };
}
