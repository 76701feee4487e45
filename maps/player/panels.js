import { byId } from "./dom.js";

// The panels that lie on the map, each with the button that opens it.

/**
 * `panels` {id: {button, open(byKey), close(), heir()}}, the topmost first: `heir` gives what has the focus
 * after Escape, where that is not the button; `changed()` is called after each change.
 */
export function makePanels(panels, changed) {
  const isOpen = (id) => !byId(id).hidden;

  function showPressed() {
    for (const [id, { button }] of Object.entries(panels))
      byId(button).setAttribute("aria-expanded", String(isOpen(id)));
    byId("app").classList.toggle("has-card", isOpen("card"));
  }

  for (const [id, panel] of Object.entries(panels)) {
    byId(panel.button).addEventListener("click", ({ detail, currentTarget }) => {
      const byKey = detail === 0 && document.activeElement === currentTarget;
      if (isOpen(id)) panel.close();
      else panel.open(byKey);
      showPressed();
      changed();
    });
  }

  return {
    showPressed,
    /** Escape closes what lies on top, and the focus returns to where it was opened; false if none. */
    closeTopmost() {
      const id = Object.keys(panels).find(isOpen);
      if (!id) return false;
      panels[id].close();
      showPressed();
      const { button, heir } = panels[id];
      (heir?.() ?? byId(button)).focus({ preventScroll: true });
      changed();
      return true;
    },
  };
}
