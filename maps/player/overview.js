import { beginOf, describe, edges } from "./when.js";

// The whole span as a thin strip below the lanes; its window is what the axis shows. It is dragged, made
// wider or narrower at its ends, and moved by keys.

const EDGE = 9; // px at its ends by which the window is made wider or narrower
const BARS = 3; // px of a bar of its density
const LEAST = 8; // px of the window, however short the time it stands for
const SHARE = 0.2; // of the window, that a key moves it by

/** `changed()` is called when the axis has been moved. */
export function makeOverview(root, axis, changed) {
  const canvas = root.querySelector("canvas");
  const ctx = canvas.getContext("2d");
  const pane = root.querySelector(".overview-window");
  const dot = root.querySelector(".overview-moment");
  const { span } = axis;
  // Too thin for fingers, which pinch the lanes themselves: there it only shows.
  const coarse = matchMedia("(pointer: coarse)");
  const settle = () => {
    root.inert = coarse.matches;
    pane.tabIndex = coarse.matches ? -1 : 0;
  };
  coarse.addEventListener("change", settle);
  settle();
  let width = 1;
  let before = "";

  const xOf = (at) => ((at - span.first) / (span.last - span.first)) * width;
  const instantAt = (x) => span.first + (x / width) * (span.last - span.first);
  const tell = (moved) => moved && changed();

  /** What a pull at x has hold of: an end, the window, or, beside it, the window brought there. */
  function holdAt(x) {
    const [a, b] = [xOf(axis.from), xOf(axis.to)];
    if (x < a - EDGE || x > b + EDGE) {
      const half = (axis.to - axis.from) / 2;
      tell(axis.set(instantAt(x) - half, instantAt(x) + half));
      return "window";
    }
    const reach = Math.min(EDGE, (b - a) / 4);
    if (x < a + reach) return "from";
    return x > b - reach ? "to" : "window";
  }

  function pull(hold, by) {
    const time = (by / width) * (span.last - span.first);
    const from = axis.from + (hold === "to" ? 0 : time);
    const to = axis.to + (hold === "from" ? 0 : time);
    axis.stretched = false;
    tell(from < to && axis.set(from, to));
  }

  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const left = root.getBoundingClientRect().left;
    let x = event.clientX - left;
    const hold = holdAt(x);
    root.setPointerCapture(event.pointerId);
    const move = (next) => {
      pull(hold, next.clientX - left - x);
      x = next.clientX - left;
    };
    const end = () => {
      root.removeEventListener("pointermove", move);
      for (const kind of ["pointerup", "pointercancel"]) root.removeEventListener(kind, end);
    };
    root.addEventListener("pointermove", move);
    for (const kind of ["pointerup", "pointercancel"]) root.addEventListener(kind, end);
    event.stopPropagation();
  });

  pane.addEventListener("keydown", (event) => {
    const step = SHARE * (axis.to - axis.from);
    const middle = (axis.from + axis.to) / 2;
    const moves = {
      ArrowRight: () => axis.set(axis.from + step, axis.to + step),
      ArrowLeft: () => axis.set(axis.from - step, axis.to - step),
      ArrowUp: () => axis.zoom(0.5, middle),
      ArrowDown: () => axis.zoom(2, middle),
      "+": () => axis.zoom(0.5, middle),
      "-": () => axis.zoom(2, middle),
      0: () => axis.set(span.first, span.last),
      Home: () => axis.set(span.first, span.first + axis.to - axis.from),
      End: () => axis.set(span.last - axis.to + axis.from, span.last),
    };
    const move = event.ctrlKey || event.metaKey || event.altKey ? null : moves[event.key];
    if (!move) return;
    axis.stretched = false;
    tell(move());
    event.preventDefault();
  });

  return {
    /** Draws how crowded the whole span is. */
    paint(box, lanes, tone) {
      width = box.right - box.left;
      Object.assign(root.style, { left: `${box.left}px`, width: `${width}px` });
      const height = canvas.clientHeight;
      const ratio = window.devicePixelRatio || 1;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      const number = Math.ceil(width / BARS);
      const bounds = Array.from({ length: number + 1 }, (_, n) => instantAt(n * BARS));
      const counts = lanes.map((lane) => lane.counts(bounds));
      const sums = bounds.slice(1).map((_, n) => counts.reduce((sum, each) => sum + each[n], 0));
      const most = Math.max(1, ...sums);
      ctx.fillStyle = tone("control");
      sums.forEach((sum, n) => {
        const high = sum && Math.max(1.5, (height - 1) * Math.sqrt(sum / most));
        ctx.fillRect(n * BARS, height - high, BARS - 0.6, high);
      });
    },
    /** Lays the window where the axis is. */
    place() {
      const [a, b] = [xOf(axis.from), xOf(axis.to)];
      const wide = Math.max(LEAST, b - a);
      const left = Math.max(0, Math.min((a + b - wide) / 2, width - wide));
      Object.assign(pane.style, { left: `${left}px`, width: `${wide}px` });
      pane.setAttribute("aria-valuenow", Math.round(((axis.from + axis.to) / 2 - span.first) / 86_400_000));
      pane.setAttribute("aria-valuemin", 0);
      pane.setAttribute("aria-valuemax", Math.round((span.last - span.first) / 86_400_000));
      pane.setAttribute("aria-valuetext", spanInWords(axis));
    },
    show(at) {
      const transform = `translateX(${xOf(at).toFixed(1)}px)`;
      if (transform !== before) dot.style.transform = before = transform;
    },
  };
}

/** What the axis shows, in units that do not say more than can be seen. */
function spanInWords(axis) {
  const lengths = { year: 4 * 31_557_600_000, month: 120 * 86_400_000, day: 3 * 86_400_000 };
  const unit = Object.keys(lengths).find((one) => axis.to - axis.from > lengths[one]) ?? "minute";
  const first = edges(axis.from, axis.from, unit, 1)[0];
  return describe({ first, last: beginOf(axis.to, unit, 1) - 1 }).date;
}
