import { el } from "./dom.js";
import { fateOf, symbol } from "./symbols.js";

// The map's twin in text: every event in order of time, those of the moment marked.

/** One event as a line that can be pressed. */
export function eventRow(events, i, choose) {
  const mark = symbol(events.kind.at(i), events.directions.at(i), events.status.at(i));
  const said = [events.label.at(i), fateOf(events.status.at(i))].filter(Boolean).join(" · ");
  const words = el("span", {}, events.title.at(i), el("small", {}, said));
  return el("li", {}, el("button", { type: "button", onclick: () => choose(i) }, mark, words));
}

/** The list is made when it is first opened; `choose(i)` selects an event. */
export function makeList(root, events, choose) {
  let rows = null;
  function build() {
    rows = Array.from({ length: events.count }, (_, i) => eventRow(events, i, choose));
    root.append(el("h2", {}, `${rows.length} events`), el("ol", { class: "scroll" }, ...rows));
  }
  return {
    open() {
      if (!rows) build();
      root.hidden = false;
    },
    close() {
      root.hidden = true;
    },
    /** Marks the events of the moment, and brings the first into view. */
    show(visible, selected) {
      if (!rows || root.hidden) return;
      const now = new Set(visible);
      rows.forEach((row, i) => {
        row.classList.toggle("now", now.has(i));
        row.firstChild.setAttribute("aria-current", String(i === selected));
      });
      const first = rows[selected ?? visible[0] ?? -1];
      first?.scrollIntoView({ block: "nearest" });
    },
  };
}
