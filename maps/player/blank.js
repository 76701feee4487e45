import { el } from "./dom.js";

// The screen goes black while somebody speaks, and comes back. It is a window over the page, so that what lies
// under it has neither keys nor the focus.

const LIFTS = [".", "b", " ", "Enter", "PageDown", "PageUp", "ArrowRight", "ArrowLeft"];
const WORDS = "The screen is black. Press stop, B, Escape or anywhere to see the map again.";

/** `changed()` is called whenever it goes black or comes back. */
export function makeBlank(state, changed) {
  const dialog = el("dialog", { id: "blank", class: "blank", "aria-label": WORDS, tabIndex: -1 });
  const said = el("p", { class: "sr-only", role: "status" });

  /** Shows the map again; false if it was to be seen. What a clicker presses does that and no more. */
  function lift() {
    if (!dialog.open) return false;
    dialog.close();
    return true;
  }

  function cover() {
    state.pause();
    if (!dialog.isConnected) document.body.append(dialog, said);
    said.textContent = "";
    dialog.showModal();
    document.addEventListener("keydown", pressed, { capture: true });
    changed();
  }

  dialog.addEventListener("click", lift);
  // Tab may have left the dialog for the browser's own buttons: then keys come to the page beneath.
  function pressed(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || !LIFTS.includes(key)) return;
    event.preventDefault();
    event.stopPropagation();
    lift();
  }

  dialog.addEventListener("close", () => {
    document.removeEventListener("keydown", pressed, { capture: true });
    said.textContent = "The map is shown again.";
    changed();
  });
  // Where the screen is full, Escape is the browser's own.
  document.addEventListener("fullscreenchange", () => document.fullscreenElement || lift());
  return { lift, toggle: () => lift() || cover(), isOn: () => dialog.open };
}
