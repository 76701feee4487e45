import { AXIS, Axis } from "./axis.js";
import { el } from "./dom.js";
import { drawAxis, drawLane, drawLoose, drawPlayhead, drawShown, drawTicks } from "./lanepaint.js";
import { colours } from "./sheet.js";
import { describe, ticks } from "./when.js";

// The timeline: one lane a direction about one axis, upper lanes growing up, lower ones down.
// The date is a native range slider that lies on the axis; the rest is one canvas.

const FLAGS = 26;
const RIGHT = 16;
const NEAR = 5; // px within which the pointer is on a tick
const middle = ({ first, last }) => (first + last) / 2;

/** Where the lanes stand in a box of this size. */
function arrange(root, lanes, hasFlags) {
  const [width, height] = [root.clientWidth, root.clientHeight];
  const narrow = width < 600;
  const letters = Math.max(0, ...lanes.map((lane) => lane.label.length));
  const left = narrow ? (lanes.length > 1 ? 34 : 16) : Math.min(120, 26 + 11 * letters);
  const top = hasFlags ? FLAGS : 6;
  const upper = Math.ceil(lanes.length / 2);
  const depth = Math.max(12, (height - top - AXIS - 4) / Math.max(lanes.length, 1));
  const axisY = top + upper * depth;
  const placed = lanes.map((lane, k) => ({
    ...lane,
    above: k < upper,
    y: k < upper ? top + k * depth : axisY + AXIS + (k - upper) * depth,
    depth,
  }));
  return { width, height, left, right: width - RIGHT, axisY, lanes: placed, narrow };
}

/**
 * `lanes` [{id, label, events: [indices]}], `loose` the events of no lane, `chapters` with `at`.
 * `calls`: seek(instant), step(by), choose(event), open(chapter).
 */
export function makeTimeline(root, { lanes, loose, events, chapters, span, opening, calls }) {
  const canvas = root.querySelector("canvas");
  const slider = root.querySelector("input");
  const ctx = canvas.getContext("2d");
  const axis = new Axis(span, opening);
  const flags = makeFlags(root.querySelector(".flags"), chapters, calls.open);
  let state = { moment: { first: span.first, last: span.first }, shownFrom: null, chapter: null };
  let box = null;

  function draw() {
    const colour = colours();
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(box.width * ratio);
    canvas.height = Math.round(box.height * ratio);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const scale = ticks(axis.from, axis.to, box.right - box.left, box.narrow ? 64 : 76);
    for (const lane of box.lanes) drawLane(ctx, lane, axis, colour, scale);
    drawAxis(ctx, box, axis, colour, scale, axis.xOf(middle(state.moment)));
    drawShown(ctx, box, axis, colour, state);
    for (const lane of box.lanes) drawTicks(ctx, lane, events, axis, colour);
    drawLoose(ctx, loose, events, box, axis, colour);
    flags.place(axis, state.chapter, ctx, colour);
    drawPlayhead(ctx, box, axis, colour, state.moment);
  }

  function refresh() {
    laySlider(slider, axis, state.moment);
    draw();
  }

  function resize() {
    box = arrange(root, lanes, chapters.length > 0);
    axis.lay(box.left, box.right);
    layNames(root.querySelector(".lane-names"), box);
    Object.assign(slider.style, {
      left: `${box.left - 15}px`,
      width: `${box.right - box.left + 30}px`,
      top: `${box.axisY + AXIS / 2}px`,
    });
    refresh();
  }

  /** The event whose tick is under the pointer, or null. */
  function tickAt({ x, y }) {
    const lane = box.lanes.find((one) => y >= one.y && y <= one.y + one.depth);
    const candidates = lane ? lane.events : y >= box.axisY && y <= box.axisY + AXIS ? loose : [];
    const nearest = candidates.reduce(
      (best, i) =>
        Math.abs(axis.xOf(events.first[i]) - x) < Math.abs(axis.xOf(events.first[best]) - x) ? i : best,
      candidates[0],
    );
    return nearest !== undefined && Math.abs(axis.xOf(events.first[nearest]) - x) < NEAR ? nearest : null;
  }

  const pointer = (event) => {
    const rect = canvas.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  };

  canvas.addEventListener("click", (event) => {
    const at = pointer(event);
    const tick = tickAt(at);
    if (tick !== null) calls.choose(tick);
    else if (at.x >= box.left && at.x <= box.right) calls.seek(axis.instantAt(at.x));
  });
  canvas.addEventListener("mousemove", (event) => {
    const tick = tickAt(pointer(event));
    canvas.title = tick === null ? "" : `${events.label.at(tick)}: ${events.title.at(tick)}`;
    canvas.classList.toggle("on-tick", tick !== null);
  });
  root.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      axis.zoom(event.deltaY > 0 ? 1.25 : 0.8, axis.instantAt(pointer(event).x));
      refresh();
    },
    { passive: false },
  );
  slider.addEventListener("input", () => calls.seek(Number(slider.value) * 60_000));
  slider.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (by) calls.step(by);
    else if (event.key === "Home") calls.seek(span.first);
    else if (event.key === "End") calls.seek(span.last);
    else return;
    event.preventDefault();
  });

  resize();
  return {
    show(next) {
      state = { ...state, ...next };
      axis.reach(state.moment.first);
      refresh();
    },
    resize,
    zoom(factor) {
      axis.zoom(factor, middle(state.moment));
      refresh();
    },
    /** Between the whole span and the years that the story opens on. */
    toggleWhole() {
      const to = axis.isWhole ? opening : span;
      axis.set(to.first, to.last);
      axis.stretched = false;
      refresh();
      return axis.isWhole;
    },
  };
}

function laySlider(slider, axis, moment) {
  slider.min = Math.floor(axis.from / 60_000);
  slider.max = Math.ceil(axis.to / 60_000);
  slider.step = 1;
  slider.value = Math.round(middle(moment) / 60_000);
  const words = describe(moment);
  slider.setAttribute("aria-valuetext", words.clock ? `${words.date}, ${words.clock}` : words.date);
}

function layNames(names, box) {
  const labels = box.lanes.map((lane) => {
    const label = el(
      "span",
      { class: "lane-name", title: lane.label },
      box.narrow ? lane.label.slice(0, 1) : lane.label,
    );
    label.style.top = `${lane.y + lane.depth / 2}px`;
    label.style.color = `var(--text-of-${lane.id})`;
    label.hidden = box.narrow && box.lanes.length === 1;
    return label;
  });
  names.replaceChildren(...labels);
}

/** A numbered flag for each chapter, with a stem to its date on the canvas. */
function makeFlags(root, chapters, open) {
  const buttons = chapters.map((chapter, index) =>
    el(
      "button",
      {
        type: "button",
        class: "flag",
        "aria-label": `Chapter ${index + 1}: ${chapter.title}`,
        title: chapter.title,
        onclick: () => open(chapter.id),
      },
      String(index + 1),
    ),
  );
  root.append(...buttons);
  root.hidden = chapters.length === 0;
  return {
    place(axis, current, ctx, colour) {
      const spots = chapters.map((chapter) =>
        chapter.at ? axis.xOf((chapter.at[0] + chapter.at[1]) / 2) : NaN,
      );
      const xs = spread(spots, 24, axis.left, axis.right);
      ctx.strokeStyle = colour("control");
      ctx.lineWidth = 1;
      buttons.forEach((button, k) => {
        button.hidden = !(spots[k] >= axis.left - 1 && spots[k] <= axis.right + 1);
        if (button.hidden) return;
        button.style.setProperty("--x", `${xs[k]}px`);
        button.setAttribute("aria-current", String(chapters[k].id === current));
        ctx.beginPath();
        ctx.moveTo(xs[k], FLAGS - 5);
        ctx.lineTo(xs[k], FLAGS - 2);
        ctx.lineTo(spots[k], FLAGS + 4);
        ctx.lineTo(spots[k], FLAGS + 11);
        ctx.stroke();
      });
    },
  };
}

/** Places numbers at least `gap` apart, as near to where they belong as that allows. */
function spread(spots, gap, low, high) {
  const order = spots
    .map((_, k) => k)
    .filter((k) => spots[k] >= low - 1 && spots[k] <= high + 1)
    .sort((a, b) => spots[a] - spots[b]);
  const xs = [...spots];
  for (let round = 0; round < 60; round += 1) {
    for (let n = 1; n < order.length; n += 1) {
      const [a, b] = [order[n - 1], order[n]];
      const lack = gap - (xs[b] - xs[a]);
      if (lack > 0) {
        xs[a] -= lack / 2;
        xs[b] += lack / 2;
      }
    }
  }
  for (const k of order) xs[k] = Math.min(high, Math.max(low, xs[k]));
  return xs;
}
