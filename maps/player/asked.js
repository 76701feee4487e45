import { byId, el } from "./dom.js";
import { asked } from "./given.js";

// What the address asks of the page as a whole: `?theme=light|dark&ui=full|min|none&embed=1&wheel=ctrl|free
// &clicker=chapters|forward|off&type=large`.

const TOLD = 1600; // ms that a hint stays

export const isEmbedded = asked.get("embed") === "1";

/** Whether another page holds this one. */
export const isFramed = window.parent !== window;

/** Who has the clicker of a deck: the map's chapters, the deck alone ("forward"), or nobody here ("off"). */
export const clicker = ["forward", "off"].includes(asked.get("clicker")) ? asked.get("clicker") : "chapters";

/** Dresses the page before anything is drawn. */
export function dress(root) {
  const [theme, ui] = [asked.get("theme"), asked.get("ui")];
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (ui === "min" || ui === "none") root.dataset.ui = ui;
  if (isFramed) root.dataset.framed = "";
  if (asked.get("type") === "large") root.dataset.type = "large";
}

/** A page that holds the map scrolls under the wheel; the map takes it with Ctrl only, and says so. */
export function guardWheel() {
  if ((asked.get("wheel") ?? (isEmbedded ? "ctrl" : "free")) !== "ctrl") return;
  const hint = el("p", { class: "wheel-hint", role: "status" });
  document.querySelector(".stage").append(hint);
  let ends = 0;
  const guard = (event) => {
    if (event.ctrlKey || event.metaKey || !event.target.closest(".map-frame, .lanes")) return;
    event.stopImmediatePropagation();
    hint.textContent = "Hold Ctrl to zoom";
    clearTimeout(ends);
    ends = setTimeout(() => hint.replaceChildren(), TOLD);
  };
  byId("app").addEventListener("wheel", guard, { capture: true, passive: true });
}
