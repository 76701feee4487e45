import { AXIS, Axis } from "./axis.js";
import { makeLabels } from "./axislabels.js";
import { binOf, density } from "./density.js";
import { el } from "./dom.js";
import { FLAGS, makeFlags } from "./flags.js";
import { initialsOf } from "./initials.js";
import { typeScale } from "./largetype.js";
import { listenToLanes } from "./lanehands.js";
import { NO_HIGHLIGHT } from "./highlight.js";
import { makeHint } from "./hint.js";
import { partLanes } from "./lane.js";
import { LONG, isThrough, paintStill } from "./lanepaint.js";
import { withCommas } from "./numbers.js";
import { makeOverview } from "./overview.js";
import { makePhases } from "./phases.js";
import { makePlayhead } from "./playhead.js";
import { makeTones } from "./tones.js";
import { describe, edges, spanOf } from "./when.js";
import { makeWindowHandle } from "./windowhandle.js";

// The timeline: one lane a direction about one axis, upper lanes growing up, lower ones down.
// What stands still is one canvas, drawn when the axis or the size changes; what moves with the clock
// are elements that are shifted. The date is a native range slider that lies on the axis.

const RIGHT = 16;
const PHASE = 17; // px of a phase's band, at most that part of the lane:
const PHASES = 0.42;
const LOWEST = 13; // px of a lane; flags and overview make room for it
const NEAR = 5; // px within which the pointer is on a tick, along the axis
const REACH = 16; // px, and away from it
const OTHERS = ".flag, .window-handle, .overview"; // what answers hands by itself
const middle = ({ first, last }) => (first + last) / 2;

/** Where all stands in a box of this size: the strips of the lanes, the axis, the overview. */
function arrange(root, lanes, { flags, phases, overview }) {
  const [width, height] = [root.clientWidth, root.clientHeight];
  const narrow = width < 600;
  const room = height - AXIS - 1;
  const count = Math.max(lanes.length, 1);
  const low = (room - (flags ? FLAGS : 6) - overview) / count < LOWEST;
  const letters = Math.max(0, ...lanes.map((lane) => lane.label.length));
  const left = narrow ? (lanes.length > 1 ? 34 : 16) : Math.min(120, 30 + 11 * letters) * typeScale();
  const top = flags && !low ? FLAGS : 6;
  const upper = Math.ceil(lanes.length / 2);
  const depth = Math.max(10, (room - top - (low ? 0 : overview)) / count);
  const axisY = top + upper * depth;
  const strips = lanes.map((lane, k) => {
    const above = k < upper;
    const y = above ? top + k * depth : axisY + AXIS + (k - upper) * depth;
    const band = phases(lane.id) && !low ? Math.min(PHASE * typeScale(), Math.round(depth * PHASES)) : 0;
    return { lane, y, depth, base: above ? y + depth : y, way: above ? -1 : 1, phases: band };
  });
  const bottom = axisY + AXIS + (lanes.length - upper) * depth;
  return {
    width,
    height,
    left,
    right: width - RIGHT,
    top,
    bottom,
    axisY,
    strips,
    narrow,
    low,
    hasFlags: flags,
  };
}

/**
 * `directions` [{id, label}] give the lanes; `chapters` with `at`; `phases` [{direction, label, when, first,
 * last}]; `isOn(layer)`. `calls`: seek(instant, unit), step(by), choose(event), open(chapter), brush(span,
 * unit), windowFrom(instant), grain(unit) the unit that the reader means where the axis shows this one.
 */
export function makeTimeline(root, { directions, events, chapters, phases, span, opening, isOn, calls }) {
  const part = (selector) => root.querySelector(selector);
  const canvas = part("canvas");
  const slider = part("#moment");
  const ctx = canvas.getContext("2d");
  const axis = new Axis(span, opening);
  const { lanes, loose } = partLanes(events, directions);
  document.documentElement.style.setProperty("--more-lanes", Math.max(0, directions.length - 2));
  const tones = makeTones(root);
  const labels = makeLabels(part(".axis-words"));
  const playhead = makePlayhead(root);
  const hint = makeHint(part(".lane-hint"), part(".hint-mark"));
  const flags = makeFlags(part(".flags"), chapters, { open: calls.open, frame, point: pointAtFlag });
  const bands = makePhases(part(".phases"), phases);
  const overview = makeOverview(part(".overview"), axis, refresh);
  const handle = makeWindowHandle(part(".window-handle"), axis, {
    grain: () => calls.grain(axis.grain),
    begin: calls.windowFrom,
  });
  const followers = [];
  let state = {
    moment: { first: span.first, last: span.first },
    shownFrom: null,
    chapter: null,
    highlight: NO_HIGHLIGHT,
  };
  let box = null;
  let marked = null; // the events that the filters leave, null for all
  let strengths = ""; // which lanes are drawn at full strength

  // --- drawing ----------------------------------------------------------------------------------

  /** Draws all that stands still; then what moves. */
  function refresh() {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    strengths = strengthsNow();
    const [scale, crowds] = [labels.lay(axis), density(lanes, axis)];
    const { events: highlighted } = state.highlight;
    paintStill(ctx, { box, axis, scale, crowds, loose, tone: tones.tone, isOn, highlighted });
    flags.place(axis, box.low ? null : ctx, tones.tone("control"));
    bands.place(box, axis, isOn);
    overview.place();
    laySlider();
    move();
    for (const follow of followers) follow(axis.isWhole);
  }

  /** Shifts what moves with the clock. */
  function move() {
    const { moment, shownFrom, chapter } = state;
    const from = shownFrom === null ? null : Math.max(shownFrom, span.first);
    playhead.show(axis, moment, from, state.beside ?? null);
    const held = state.mode === "window" ? from : null;
    handle.show(box, held, moment.last);
    const knobs = held === null ? [middle(moment)] : [middle(moment), held];
    if (state.beside) knobs.push(middle(state.beside));
    labels.dodge(knobs.map((at) => axis.xOf(at)));
    flags.show(chapter);
    overview.show(middle(moment));
    const value = String(middle(moment) / 60_000);
    if (slider.value !== value) slider.value = value;
    write(slider, "aria-valuetext", inWords(moment));
  }

  const strengthsNow = () => [...lanes.map(({ id }) => id), "context"].map(isOn).join();

  function laySlider() {
    slider.step = "any";
    slider.min = axis.from / 60_000;
    slider.max = axis.to / 60_000;
  }

  function resize() {
    root.classList.remove("low");
    const below = part(".overview").offsetHeight;
    box = arrange(root, lanes, { flags: chapters.length > 0, phases: bands.has, overview: below });
    root.classList.toggle("low", box.low);
    axis.lay(box.left, box.right);
    labels.resize();
    playhead.lay(box);
    layNames(part(".lane-names"), box);
    part(".axis-words").style.top = part(".window-handle").style.top = `${box.axisY + AXIS / 2}px`;
    Object.assign(slider.style, {
      left: `${box.left - 15}px`,
      width: `${box.right - box.left + 30}px`,
      top: `${box.axisY + AXIS / 2}px`,
    });
    Object.assign(part(".hint-mark").style, { top: `${box.top}px`, height: `${box.bottom - box.top}px` });
    overview.paint(box, [...lanes, loose], tones.tone);
    refresh();
  }

  /** Shows a stretch of time. */
  function frame(stretch) {
    if (axis.frame(stretch)) refresh();
  }

  const moved = (changed) => {
    if (changed) refresh();
    return changed;
  };

  // --- what is under the pointer ----------------------------------------------------------------

  const grain = () => calls.grain(axis.grain);
  const stripAt = (y) => box.strips.find((strip) => y >= strip.y && y < strip.y + strip.depth);
  const isInAxis = (y) => y >= box.axisY && y <= box.axisY + AXIS;
  const isWithin = (x) => x >= box.left - 1 && x <= box.right + 1;
  const laneAt = (y) => stripAt(y)?.lane ?? (isInAxis(y) ? loose : undefined);

  /** The event whose tick or bar is under the pointer, or null. */
  function tickAt({ x, y }) {
    const [strip, lane] = [stripAt(y), laneAt(y)];
    if (!lane || (strip && Math.abs(y - strip.base) > REACH)) return null;
    let [nearest, gap] = [null, NEAR];
    const end = lane.before(axis.instantAt(x + NEAR));
    for (let k = Math.max(0, end - 200); k < end; k += 1) {
      const i = lane.order[k];
      const [begins, ends] = [axis.xOf(events.first[i]), strip ? barEnd(i) : -Infinity];
      const apart = Math.max(begins - x, x - Math.max(begins, ends), 0);
      const isDrawn = (begins >= box.left || ends <= box.right) && !lane.cellAt(k, axis).crowded;
      if (apart <= gap && isDrawn) [nearest, gap] = [i, apart];
    }
    return nearest;
  }

  /** Where an event's bar ends; one that is too short for a bar is only a tick. */
  function barEnd(i) {
    const isLong = events.last[i] - events.first[i] > LONG * axis.scale;
    const [begins, ends] = [axis.xOf(events.first[i]), axis.xOf(events.last[i])];
    return isLong && !isThrough(begins, ends, axis) ? ends : -Infinity;
  }

  /** What stands at a place, in words. */
  function wordsAt({ x, y }) {
    const tick = tickAt({ x, y });
    if (tick !== null) return [events.label.at(tick), events.title.at(tick)];
    const at = axis.instantAt(x);
    const lane = laneAt(y);
    const date = inWords(spanOf(at, grain()));
    const phase = stripAt(y) && isOnPhase(stripAt(y), y) ? bands.at(at, lane.id) : undefined;
    if (phase) return [phase.label, phase.when];
    const [unit, count] = binOf(axis);
    const [first, next] = edges(at, at, unit, count).slice(-2);
    const number = lane ? lane.before(next) - lane.before(first) : 0;
    const unnamed = bands.unnamed(at, stripAt(y) ? [stripAt(y)] : box.strips);
    if (number < 3 || unnamed) return [date, unnamed];
    return [inWords({ first, last: next - 1 }), `${withCommas(number)} events`];
  }

  const isOnPhase = ({ way, y: top, depth, phases: band }, y) =>
    band > 0 && (way < 0 ? y < top + band : y > top + depth - band);

  function point(at) {
    if (at?.target.closest(OTHERS)) return;
    if (!at || !isWithin(at.x) || at.y < box.top || at.y > box.bottom) hint.hide();
    else hint.show(at.x, box.width, ...wordsAt(at));
    canvas.classList.toggle("on-tick", Boolean(at) && tickAt(at) !== null);
  }

  function pointAtFlag(words, text, x) {
    if (words === undefined) hint.hide();
    else hint.show(x, box.width, words, text);
  }

  function brush(from, to) {
    const [a, b] = [Math.min(from, to), Math.max(from, to)].map((x) =>
      axis.instantAt(Math.max(box.left, Math.min(x, box.right))),
    );
    calls.brush({ first: a, last: b }, axis.grain);
  }

  // --- hands and keys ---------------------------------------------------------------------------

  const hands = listenToLanes(root, {
    isOn: ({ x, y, target }) =>
      isWithin(x) && y >= box.top && y <= box.bottom && !target.closest(`${OTHERS}, input`),
    press(at) {
      if (!isWithin(at.x) || at.target.closest(OTHERS)) return;
      const tick = tickAt(at);
      if (tick !== null) calls.choose(tick);
      else if (at.target !== slider && at.y >= box.top) calls.seek(axis.instantAt(at.x), axis.grain);
    },
    /** A second press shows the phase that is there, or closer time. */
    pressAgain(at) {
      const phase = bands.at(axis.instantAt(at.x), laneAt(at.y)?.id);
      if (phase) frame(phase);
      else moved(axis.zoom(0.5, axis.instantAt(at.x)));
    },
    drag: brush,
    dragEnd: () => hint.hide(),
    pinch: (before, now) =>
      moved(
        axis.pin(
          before.map((x) => axis.instantAt(x)),
          now,
        ),
      ),
    point,
    zoom: (factor, x) => moved(axis.zoom(factor, axis.instantAt(x))),
    pan: (pixels) => moved(axis.pan(pixels)),
  });

  slider.addEventListener("input", () => {
    if (!hands.isPinching()) calls.seek(Number(slider.value) * 60_000, axis.grain);
  });
  slider.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    const zooms = { "+": 0.5, "=": 0.5, "-": 2, _: 2 };
    if (by && event.shiftKey) moved(axis.pan((by * (box.right - box.left)) / 5));
    else if (by) calls.step(by);
    else if (event.key === "Home") calls.seek(span.first, axis.grain);
    else if (event.key === "End") calls.seek(span.last, axis.grain);
    else if (zooms[event.key]) moved(axis.zoom(zooms[event.key], middle(state.moment)));
    else if (event.key === "0") moved(axis.set(span.first, span.last));
    else if (event.key === "Enter" && bands.at(middle(state.moment))) frame(bands.at(middle(state.moment)));
    else return;
    event.preventDefault();
  });

  tones.onChange(() => {
    overview.paint(box, [...lanes, loose], tones.tone);
    refresh();
  });
  resize();

  return {
    /** Shows a state: {moment, mode, shownFrom, chapter, highlight}. */
    show(next) {
      const isMoved = next.moment !== state.moment;
      const isOther = next.highlight !== state.highlight;
      const [from, to] = [axis.from, axis.to];
      state = next;
      if (isMoved) axis.reach(state.moment.first);
      if (isOther || from !== axis.from || to !== axis.to || strengths !== strengthsNow()) refresh();
      else move();
    },
    resize() {
      hint.hide();
      resize();
    },
    /** What of time lies between the two ends of the axis. */
    stretch: () => ({ first: axis.from, last: axis.to }),
    /** Only these events stand in the lanes: 0 or 1 for each, or null for all. */
    keep(next) {
      if (next === marked) return;
      marked = next;
      for (const lane of [...lanes, loose]) lane.keep(marked);
      overview.paint(box, [...lanes, loose], tones.tone);
      refresh();
    },
    /** The unit that can be told on the axis. */
    grain: () => axis.grain,
    zoom: (factor) => moved(axis.zoom(factor, middle(state.moment))),
    /** Calls with whether the whole span is shown, whenever the axis has moved. */
    follow: (call) => followers.push(call),
    /** Between the whole span and the years that the story opens on. */
    toggleWhole() {
      const to = axis.isWhole ? opening : span;
      axis.stretched = false;
      moved(axis.set(to.first, to.last));
      return axis.isWhole;
    },
  };
}

function write(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

function inWords(moment) {
  const { date, clock } = describe(moment);
  return clock ? `${date}, ${clock}` : date;
}

function layNames(names, box) {
  const initials = initialsOf(box.strips.map(({ lane }) => lane.label));
  const labels = box.strips.map(({ lane, y, depth }, k) => {
    const label = el(
      "span",
      { class: "lane-name", title: lane.label },
      box.narrow ? initials[k] : lane.label,
    );
    label.style.top = `${y + depth / 2}px`;
    label.style.color = `var(--text-of-${lane.id})`;
    label.hidden = box.narrow && box.strips.length === 1;
    return label;
  });
  const isTold = box.hasFlags && !box.narrow && !box.low && box.left > 80;
  names.replaceChildren(...labels, isTold ? el("span", { class: "flags-name" }, "Chapters") : "");
}
