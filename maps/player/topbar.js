import { byId, el, icon } from "./dom.js";
import { makeFold } from "./fold.js";

// The buttons of the top bar: a drawing and a word; the word alone in their name where room is short.

const DRAWN = [
  "show-list",
  "show-layers",
  "show-story",
  "show-charts",
  "compare",
  "present",
  "share",
  "help",
  "fullscreen",
  "show-more",
];

function draw(id) {
  const button = byId(id);
  if (!button) return;
  const words = button.textContent;
  button.setAttribute("aria-label", words);
  button.title ||= words;
  button.replaceChildren(icon(id), el("span", { class: "word" }, words));
}

/** Draws the buttons; those that a phone has no room for open as a menu. */
export function makeTopbar() {
  DRAWN.forEach(draw);
  const fullscreen = byId("fullscreen");
  fullscreen.hidden = !document.fullscreenEnabled;
  fullscreen.addEventListener("click", () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
  );
  return makeFold(byId("show-more"), byId("more"));
}
