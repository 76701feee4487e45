import { dotSample, makeChart } from "./chart.js";
import { rangeOf, tableOf, valueOf } from "./chartwords.js";
import { makeDialog } from "./dialog.js";
import { el, icon } from "./dom.js";
import { VERIFIED } from "./record.js";

// The panel of numbers: a chart for each series, on the timeline's own stretch of time, and all as tables.

/** The colours of a series: its direction's, else those of words. */
function toneOf({ direction }, directions) {
  const isKnown = directions.some(({ id }) => id === direction);
  if (!isKnown) return { mark: "var(--context)", text: "var(--ink)" };
  return { mark: `var(--direction-${direction})`, text: `var(--text-of-${direction})` };
}

const SINGLE = "Single figures, no line to draw"; // where no series has two points
const LEGEND = { verified: "verified", partly: "partly", unverified: "unverified" };

/** What the dots mean. */
function legend(series) {
  const used = new Set(series.flatMap(({ points }) => points.map(({ verified }) => verified)));
  const dots = Object.entries(LEGEND).filter(([verified]) => used.has(verified));
  const sample = ([verified, words]) => el("span", {}, dotSample(verified), words);
  const title = "Where there is no line, there is no figure for a long time";
  return el("p", { class: "chart-legend", title }, ...dots.map(sample));
}

/**
 * Fills the panel; null where no series has a chart. `calls`: seek(moment), seekAt(instant), stretch() the
 * timeline's {first, last}, close() of the panel.
 */
export function makeCharts(panel, tipBox, { series, directions, sources }, calls) {
  const drawable = series.filter(({ chart }) => chart);
  if (!series.length) return null;
  const cited = new Map(Object.entries(sources));
  const named = drawable.filter(({ shown }) => shown);
  const [first, others] = [named, drawable.filter(({ shown }) => !shown)];
  const own = { ...calls, tell };
  const make = (one) => makeChart(one, toneOf(one, directions), own);
  const grid = el("div", { class: "chart-grid" });
  const rest = el("button", { type: "button", class: "more-charts", "aria-expanded": "false" });
  const tables = el("button", { type: "button", "aria-haspopup": "dialog", onclick: openTables }, "Tables");
  const shut = { type: "button", class: "close", "aria-label": "Close", onclick: calls.close };
  const close = el("button", shut, icon("close"));
  let charts = first.map(make);
  let width = 0;
  let moment = null;
  let dialog = null;

  grid.append(...charts.map(({ root }) => root));
  rest.hidden = !others.length;
  rest.addEventListener("click", () => showRest(rest.getAttribute("aria-expanded") === "false"));
  panel.append(
    el("h2", { class: "sr-only" }, "Numbers"),
    el("div", { class: "scroll", tabIndex: -1 }, grid),
    el("div", { class: "charts-foot" }, drawable.length ? legend(drawable) : SINGLE, rest, tables, close),
  );
  showRest(false);

  /** Draws the others too, once they are asked for. */
  function showRest(open) {
    rest.setAttribute("aria-expanded", String(open));
    rest.replaceChildren(open ? "Fewer" : `${others.length} more`);
    if (open && charts.length === first.length) charts = [...charts, ...others.map(make)];
    for (const { root } of charts.slice(first.length)) {
      if (!root.isConnected) grid.append(root);
      root.hidden = !open;
    }
    if (moment) measure();
    if (open) charts[first.length].root.scrollIntoView({ block: "nearest" });
  }

  /** What the pointer or the focus is on, above its chart. */
  function tell(point, one, box) {
    tipBox.hidden = !point;
    if (!point) return;
    const range = rangeOf(point);
    const told = [
      `${point.when} · ${VERIFIED[point.verified]}`,
      ...point.sources.map((id) => cited.get(id) ?? id),
    ];
    tipBox.replaceChildren(
      el("b", {}, `${valueOf(point, one.unit)}${range ? `, ${range}` : ""}`),
      ...told.map((text) => el("span", {}, text)),
      point.note ? el("span", {}, point.note) : "",
    );
    const [high, wide] = [tipBox.offsetHeight, tipBox.offsetWidth];
    const left = Math.max(8, Math.min(box.left + box.width / 2 - wide / 2, innerWidth - wide - 8));
    const clear = panel.getBoundingClientRect().top - high - 6; // of all charts, else of this one
    const above = clear > 4 ? clear : box.top - high - 8;
    tipBox.style.transform = `translate(${left.toFixed(0)}px, ${(above > 4 ? above : box.bottom + 8).toFixed(0)}px)`;
  }

  /** Every series as a table; those of one point stand together in one. */
  function openTables() {
    dialog ??= makeDialog("tables-dialog", "Numbers", ...allTables());
    dialog.showModal();
    dialog.querySelector(".inside").scrollTop = 0;
  }

  function allTables() {
    const rowsOf = (one) => one.points.map((point) => ({ series: one, point }));
    const many = series.filter(({ points }) => points.length > 1);
    const single = series.filter(({ points }) => points.length === 1);
    return [
      ...many.map((one) =>
        tableOf([one.label, one.unit].filter(Boolean).join(", "), rowsOf(one), false, cited),
      ),
      single.length ? tableOf("Single figures", single.flatMap(rowsOf), true, cited) : null,
    ];
  }

  function show() {
    if (panel.hidden || !width) return;
    const stretch = calls.stretch();
    for (const chart of charts) if (!chart.root.hidden) chart.show(moment, stretch, width);
  }

  function measure() {
    width = panel.hidden || !charts.length ? 0 : charts[0].measure();
    show();
  }

  if (window.ResizeObserver) new ResizeObserver(measure).observe(grid);
  return {
    /** Shows a moment. */
    show(next) {
      moment = next;
      show();
    },
    /** The panel has opened, or the window has changed. */
    measure,
    /** The timeline shows another stretch. */
    follow: () => moment && show(),
    hideTip: () => tell(null),
  };
}
