import { areaPath, boundsOf, cornersOf, isStale, lastBegun, linePath, nearest } from "./chartline.js";
import { dated, datesOf, rangeOf, saying } from "./chartwords.js";
import { el, svg } from "./dom.js";
import { amount } from "./numbers.js";

// One chart: a series on the timeline's stretch of time. It is drawn twice, as what has been and as what
// is still ahead, each cut off at the cursor; a step of the clock only moves the cut, the cursor and a ring.

const HIGH = 40; // px of the plot
const [DOT, RING] = [2.6, 4.6];
const WHISKER = 10; // px, wider than the dot
const CLEAR = 4.5; // px between two dots that are both drawn
const SNAP = 8; // px within which a press means a point
const DRAGGED = 3; // px

const middle = ({ first, last }) => (first + last) / 2;

/** The dot of a point: full where it is verified, half where partly, else hollow. */
export function dotOf(verified, x, y) {
  const group = svg("g", {
    class: `dot ${verified}`,
    transform: `translate(${x.toFixed(1)},${y.toFixed(1)})`,
  });
  group.append(svg("circle", { r: DOT }));
  if (verified === "partly") group.append(svg("path", { d: `M0,${-DOT}a${DOT},${DOT} 0 0 0 0,${2 * DOT}Z` }));
  return group;
}

/** A dot in a line of words. */
export const dotSample = (verified) =>
  svg("svg", { class: "dot-sample", viewBox: "-4 -4 8 8", "aria-hidden": "true" }, dotOf(verified, 0, 0));

/**
 * `calls`: seek(moment) to a point's own time, seekAt(instant), tell(point, series, box) what the pointer or the
 * focus is on, and null where it is on nothing.
 */
export function makeChart(series, tone, calls) {
  const { points, label, unit } = series;
  const { least, most } = boundsOf(points);
  const [value, asOf] = [el("b", {}), el("span", { class: "as-of" })];
  const [ahead, past] = ["ahead", "past"].map((name) => svg("svg", { class: name, "aria-hidden": "true" }));
  const [cursor, ring] = [el("i", { class: "cursor" }), el("i", { class: "ring-now" })];
  const plot = el(
    "div",
    {
      class: "plot",
      role: "slider",
      tabIndex: 0,
      "aria-label": label,
      "aria-valuemin": 0,
      "aria-valuemax": points.length,
    },
    ahead,
    past,
    ring,
    cursor,
  );
  const years = el("div", { class: "chart-years", "aria-hidden": "true" });
  const root = el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, label),
    el("p", { class: "chart-value", "aria-hidden": "true" }, value, asOf),
    plot,
    years,
  );
  root.style.setProperty("--tone", tone.mark);
  root.style.setProperty("--tone-text", tone.text);
  let stretch = null; // {first, last} of the time from edge to edge
  let width = 0;
  let moment = null;
  let current; // the number of the point that is told, -1 before the first
  let isOld = false; // it is too old to say anything of the time that is shown
  let cut = null; // px, where the cursor is

  const xOf = (at) => ((at - stretch.first) / (stretch.last - stretch.first)) * width;
  const yOf = (number) => 6 + (HIGH - 7) * (1 - (number - least) / (most - least));
  const instantAt = (x) => stretch.first + (x / width) * (stretch.last - stretch.first);

  // --- drawing ----------------------------------------------------------------------------------

  function draw() {
    const seen = points.map((point) => xOf(point.last) > -RING && xOf(point.first) < width + RING);
    const stretches = cornersOf(points, xOf, yOf);
    const marks = () => [...whiskers(seen), ...dots(seen)];
    const size = { viewBox: `0 0 ${width} ${HIGH}`, width, height: HIGH };
    for (const one of [ahead, past]) for (const name in size) one.setAttribute(name, size[name]);
    const line = { class: "line", d: linePath(stretches) };
    const foot = svg("path", { class: "foot-rule", d: `M0,${yOf(0)}H${width}` });
    ahead.replaceChildren(foot, svg("path", line), ...marks());
    past.replaceChildren(
      svg("path", { class: "area", d: areaPath(stretches, yOf(0)) }),
      svg("path", line),
      ...marks(),
    );
    years.replaceChildren(
      ...datesOf(stretch).map(({ at, label: text }) => {
        const word = el("span", {}, text);
        word.style.insetInlineStart = `${((100 * xOf(at)) / width).toFixed(1)}%`;
        return word;
      }),
    );
  }

  /** Where dots would touch the one before, the line tells enough. */
  function dots(seen) {
    let [x, y] = [-Infinity, 0];
    return points.flatMap((point, k) => {
      const at = [xOf(middle(point)), yOf(point.value)];
      if (!seen[k] || Math.hypot(at[0] - x, at[1] - y) < CLEAR) return [];
      [x, y] = at;
      return [dotOf(point.verified, x, y)];
    });
  }

  function whiskers(seen) {
    return points.flatMap((point, k) => {
      if (!seen[k] || !rangeOf(point)) return [];
      const [x, low, high] = [
        xOf(middle(point)),
        yOf(point.low ?? point.value),
        yOf(point.high ?? point.value),
      ];
      const [left, right] = [x - WHISKER / 2, x + WHISKER / 2].map((edge) => edge.toFixed(1));
      return [
        svg("path", {
          class: "whisker",
          d: `M${left},${low}H${right}M${left},${high}H${right}M${x.toFixed(1)},${low}V${high}`,
        }),
      ];
    });
  }

  // --- what follows the clock -------------------------------------------------------------------

  function move() {
    const x = Math.round(10 * xOf(middle(moment))) / 10;
    const at = Math.max(0, Math.min(x, width));
    if (x !== cut) {
      cut = x;
      cursor.hidden = x < 0 || x > width;
      cursor.style.transform = `translateX(${at}px)`;
      past.style.clipPath = `inset(0 ${(width - at).toFixed(1)}px 0 0)`;
      ahead.style.clipPath = `inset(0 0 0 ${at.toFixed(1)}px)`;
    }
    const k = lastBegun(points, moment.last);
    const stale = k >= 0 && isStale(points, k, moment.last);
    if (k !== current || stale !== isOld) tellCurrent(k, stale);
  }

  /** The last figure that the clock has come to, with its own date. */
  function tellCurrent(k, stale) {
    [current, isOld] = [k, stale];
    const point = points[k];
    plot.setAttribute("aria-valuenow", k + 1);
    if (!point) {
      value.replaceChildren("–");
      asOf.replaceChildren(`no figure before ${points[0].when}`);
      plot.setAttribute("aria-valuetext", `no figure before ${points[0].when}`);
    } else if (stale) {
      value.replaceChildren("–");
      asOf.replaceChildren(dotSample(point.verified), `${amount(point.value)} in ${point.when}`);
      plot.setAttribute("aria-valuetext", `no figure now, the last known is ${saying(point, unit)}`);
    } else {
      value.replaceChildren(amount(point.value), el("small", {}, unit));
      asOf.replaceChildren(dotSample(point.verified), dated(point));
      plot.setAttribute("aria-valuetext", saying(point, unit));
    }
    placeRing();
    if (plot === document.activeElement) tell(point);
  }

  function placeRing() {
    const point = points[current];
    const x = point ? xOf(middle(point)) : -1;
    ring.hidden = x < 0 || x > width;
    if (!ring.hidden) ring.style.transform = `translate(${x.toFixed(1)}px, ${yOf(point.value).toFixed(1)}px)`;
  }

  // --- hands and keys ---------------------------------------------------------------------------

  const tell = (point) => calls.tell(point ?? null, series, plot.getBoundingClientRect());
  const placeIn = ({ clientX }) => clientX - plot.getBoundingClientRect().left;
  const instantOf = (event) => instantAt(Math.max(0, Math.min(placeIn(event), width)));

  /** The point that a pointer means, or null. */
  function pointAt(event) {
    const at = instantOf(event);
    const point = points[nearest(points, at)];
    const apart = Math.max(point.first - at, at - point.last, 0);
    return (apart / (stretch.last - stretch.first)) * width <= SNAP ? point : null;
  }

  /** The number of the next point or the one before, as the clock stands at a point's own time or between two. */
  function numberBeside(by) {
    const own = points.findIndex(({ first, last }) => first === moment.first && last === moment.last);
    if (own >= 0) return own + by;
    return by < 0 && points[current]?.last < moment.first ? current : current + by;
  }

  let pressedAt = null; // px, while a hand drags
  let dragged = false;
  plot.addEventListener("pointerdown", (event) => {
    [pressedAt, dragged] = [placeIn(event), false];
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointermove", (event) => {
    if (pressedAt !== null && Math.abs(placeIn(event) - pressedAt) > DRAGGED) dragged = true;
    if (pressedAt !== null && dragged) calls.seekAt(instantOf(event));
    tell(pointAt(event));
  });
  for (const kind of ["pointerup", "pointercancel"])
    plot.addEventListener(kind, () => {
      pressedAt = null;
    });
  plot.addEventListener("pointerleave", () => tell(null));
  plot.addEventListener("click", (event) => {
    if (dragged || event.detail === 0) return; // no hand pressed there
    const point = pointAt(event);
    if (point) calls.seek(point);
    else calls.seekAt(instantOf(event));
  });
  plot.addEventListener("focus", () => plot.matches(":focus-visible") && tell(points[current]));
  plot.addEventListener("blur", () => tell(null));
  plot.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const [back, on] = [numberBeside(-1), numberBeside(1)];
    const ends = { Home: 0, End: points.length - 1 };
    const to = { ArrowRight: on, ArrowUp: on, ArrowLeft: back, ArrowDown: back, ...ends }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (points[to]) calls.seek(points[to]);
  });

  return {
    root,
    series,
    /** Shows a moment on a stretch of time so wide; what has not changed is not touched. */
    show(next, shown, wide) {
      moment = next;
      if (stretch?.first !== shown.first || stretch.last !== shown.last || wide !== width) {
        [stretch, width, cut] = [shown, wide, null];
        draw();
        placeRing();
      }
      move();
    },
    /** How wide the plot is on the screen. */
    measure: () => plot.clientWidth,
  };
}
