import { WAYS } from "./beside.js";
import { makeCaption } from "./caption.js";
import { byId, el, icon, segments, svg } from "./dom.js";
import { takeAway } from "./ending.js";
import { keepingFocus } from "./focus.js";
import { makePicture } from "./picture.js";
import { makeView } from "./view.js";
import { followEachOther } from "./together.js";
import { describe, readMoment, written } from "./when.js";

// A/B: two dates of one view. Picture B lies over A, cut at a divider that is dragged ("swipe"), or
// stands at its right ("side"). All of it is made when switched on and gone when switched off.

const STEP = 0.02; // parts of the map that an arrow key moves the divider by
const STRIDE = 0.1;
const CLEAR = 8; // px that words and marks keep from the divider
const REST = 120; // ms after which what a dragged divider cut is laid out anew
const BESIDE = 0.06; // of the map's width that the divider keeps from what was chosen
const NAMES = { swipe: "Swipe", side: "Side by side" };
const narrow = matchMedia("(max-width: 599px)");

/**
 * `first` {map, view} is A's; `stage` holds the panels. `calls`: choose(members) and press(map, picture)
 * as for A's own picture; opening() before the reader's hand opens it; resize() when the map's room has
 * changed, drawAll() and drawWords() when what is on it has.
 */
export function makeCompare({ state, first, stage, calm, calls }) {
  const { beside } = state;
  const button = byId("compare");
  let now = null; // the parts while it is on
  let laid = "none"; // how the map is shared
  let resting = 0;

  button.addEventListener("click", () => {
    if (!beside.isOn) calls.opening();
    beside.show(beside.isOn ? null : state.moment);
  });
  narrow.addEventListener("change", () => now && sync());

  /** What of the map the other picture hides, in its pixels. */
  function hidden(side) {
    if (!now || way() === "side") return null;
    const { x: width, y: height } = first.map.getSize();
    const at = width * beside.share;
    return side === "a"
      ? { x: at - CLEAR, y: 0, width: width - at + CLEAR, height }
      : { x: 0, y: 0, width: at + CLEAR, height };
  }

  const way = () => (narrow.matches ? "swipe" : beside.way);

  /** Builds or takes away what the state asks for. */
  function sync() {
    if (beside.isOn && !now) open();
    if (!beside.isOn && now) close();
    button.setAttribute("aria-pressed", String(beside.isOn));
    if (now) {
      now.drawn = null;
      now.bar.show();
      place();
    }
    const wanted = beside.isOn ? way() : "none";
    if (wanted === laid) calls.drawAll();
    else layOut(wanted);
  }

  /** The map's room, and with it everything on it, changes with the way in which it is shared. */
  function layOut(wanted) {
    laid = wanted;
    const app = byId("app");
    app.classList.toggle("comparing", beside.isOn);
    for (const one of WAYS) app.classList.toggle(one, one === wanted);
    now?.divider.fix(wanted === "side");
    calls.resize();
  }

  function open() {
    const frame = el(
      "div",
      { class: "map-frame second", role: "application", "aria-label": "Map of events, second date" },
      el("div", { class: "map" }),
    );
    const pills = el("div", { class: "pills", role: "group", "aria-label": "Beyond the edge, second date" });
    const words = el(
      "div",
      { class: "caption second", "aria-hidden": "true" },
      el("p", { class: "date" }),
      el("p", { class: "clock-line" }),
    );
    const divider = makeDivider(
      () => beside.share,
      moveTo,
      () => describe(state.moment).date,
    );
    const split = el("div", { class: "split" }, divider.root, pills, words);
    stage.querySelector(".map-frame").after(frame);
    stage.querySelector(".caption").after(split);
    const bar = makeBar(state, () => byId("compare").focus());
    document.querySelector(".timeline").before(bar.root);
    now = { frame, split, pills, divider, bar, caption: makeCaption(words), words };
    makeSecond();
  }

  function makeSecond() {
    const { center, zoom, ...options } = first.map.options;
    const map = L.map(now.frame.firstChild, { ...options, maxBounds: null, trackResize: false });
    const view = makeView(map, now.frame, stage, calm, () => hidden("b"));
    map.setView(first.map.getCenter(), first.map.getZoom(), { animate: false });
    const picture = makePicture({
      map,
      view,
      pills: now.pills,
      scene: state.scene,
      isOn: state.isOn,
      choose: calls.choose,
    });
    map.on("zoomend moveend viewreset", viewChanged);
    calls.press(map, picture);
    const together = followEachOther(first.map, map);
    first.view.heed(now.frame, map);
    Object.assign(now, { map, view, picture, together });
  }

  function viewChanged() {
    if (now?.picture) keepingFocus(now.map.getContainer(), now.picture.viewChanged);
  }

  function close() {
    const { frame, split, bar, map, together } = now;
    now = null;
    clearTimeout(resting);
    together.part();
    takeAway(map);
    for (const one of [frame, split, bar.root]) one.remove();
  }

  function moveTo(wanted) {
    beside.share = Math.min(Math.max(wanted, 0), 1);
    place();
    clearTimeout(resting);
    resting = setTimeout(calls.drawWords, REST);
  }

  function place() {
    byId("app").style.setProperty("--share", beside.share);
    now.divider.show();
  }

  /** Draws B, if anything of it has changed since. */
  function show(selected) {
    if (!now) return;
    const { moment } = beside;
    const { highlight } = state;
    const stamp = [moment, selected, highlight, state.mode, state.window.length];
    if (now.drawn && stamp.every((one, k) => one === now.drawn[k])) return;
    now.drawn = stamp;
    now.caption.show(moment, 0);
    if (beside.label) now.words.querySelector(".clock-line").textContent = beside.label;
    keepingFocus(now.map.getContainer(), () =>
      now.picture.show({ shown: beside.shown(), moment, at: moment.last, selected, highlight }),
    );
  }

  return {
    sync,
    show,
    hidden: () => hidden("a"),
    /** Layers, kinds or theme changed. */
    groundChanged() {
      if (!now) return;
      now.drawn = null;
      now.picture.groundChanged();
    },
    viewChanged,
    /** The map's room changed. */
    resize() {
      if (!now) return;
      place();
      const { map, view, together } = now;
      together.alone(() => {
        map.stop();
        view.resize();
        map._resetView(first.map.getCenter(), first.map.getZoom());
      });
      now.drawn = null;
    },
    /** What was chosen is on the clock's own picture: the divider makes way for it. */
    reveal({ x }) {
      const at = x / first.map.getSize().x;
      if (now && way() === "swipe" && at > beside.share - BESIDE) moveTo(Math.min(at + 2 * BESIDE, 0.95));
    },
    /** What may come later: the two dates in words, and how much lies between them. */
    announce() {
      now?.divider.show();
      now?.bar.count();
    },
    words: () => now?.picture.words() ?? [],
  };
}

// --- the divider ----------------------------------------------------------------------------------

function makeDivider(share, move, date) {
  const knob = el("span", { class: "knob" }, swipeIcon());
  const root = el("div", { class: "divider", role: "slider", tabIndex: 0 }, knob);
  root.setAttribute("aria-label", "Divider between the two dates");
  root.setAttribute("aria-valuemin", "0");
  root.setAttribute("aria-valuemax", "100");
  root.setAttribute("aria-orientation", "horizontal");
  root.addEventListener("keydown", (event) => {
    const by = {
      ArrowRight: STEP,
      ArrowUp: STEP,
      ArrowLeft: -STEP,
      ArrowDown: -STEP,
      PageUp: STRIDE,
      PageDown: -STRIDE,
      Home: -1,
      End: 1,
    }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    move(Math.round((share() + by) * 100) / 100);
  });
  const follow = (event) => {
    const { left, width } = root.parentElement.getBoundingClientRect();
    move((event.clientX - left) / width);
  };
  root.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    root.focus({ preventScroll: true });
    root.setPointerCapture(event.pointerId);
  });
  root.addEventListener("pointermove", (event) => root.hasPointerCapture(event.pointerId) && follow(event));
  return {
    root,
    /** Side by side it is a line that nobody moves. */
    fix(fixed) {
      root.tabIndex = fixed ? -1 : 0;
      root.setAttribute("aria-hidden", String(fixed));
    },
    show() {
      const percent = Math.round(share() * 100);
      root.setAttribute("aria-valuenow", percent);
      root.setAttribute("aria-valuetext", `${percent} % of the map shows ${date()}`);
    },
  };
}

function swipeIcon() {
  const drawn = svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" });
  drawn.append(svg("path", { d: "M8 6l-6 6 6 6ZM16 6l6 6-6 6Z" }));
  return drawn;
}

// --- the bar of B ---------------------------------------------------------------------------------

function makeBar(state, closed) {
  const { beside } = state;
  const field = el("input", { type: "text", size: 14, spellcheck: false, autocomplete: "off" });
  field.setAttribute("aria-label", "Second date");
  const wrong = el("span", { class: "wrong", role: "alert" });
  const between = el("p", { class: "between", role: "status" });
  const named = (label, drawn, call) =>
    el(
      "button",
      { type: "button", class: "square", "aria-label": label, title: label, onclick: call },
      icon(drawn),
    );
  const ways = segments(
    "How the two dates share the map",
    WAYS.map((one) => [one, NAMES[one]]),
    beside.way,
    (one) => beside.setWay(one),
  );
  ways.group.classList.add("ways");

  function read() {
    const moment = readMoment(field.value.trim());
    const known = moment && Number.isFinite(moment.first) && Number.isFinite(moment.last);
    field.setAttribute("aria-invalid", String(!known));
    wrong.textContent = known ? "" : "No date: write 1941-12-05, 1941-12 or 1941";
    if (known) beside.show(moment);
  }

  const form = el(
    "form",
    {
      class: "second-date",
      onsubmit: (event) => {
        event.preventDefault();
        read();
      },
    },
    el("b", { class: "letter b", "aria-hidden": "true" }, "B"),
    named("Second date: previous event", "prev", () => beside.step(-1)),
    field,
    named("Second date: next event", "next", () => beside.step(1)),
  );
  field.addEventListener("change", read);
  const root = el(
    "section",
    { class: "compare-bar", "aria-label": "Two dates" },
    ways.group,
    form,
    el("button", { type: "button", onclick: () => beside.show(state.moment) }, "Set B to this moment"),
    el("button", { type: "button", onclick: () => beside.swap() }, "Swap"),
    between,
    wrong,
    named("Show one date again", "close", () => {
      beside.show(null);
      closed();
    }),
  );
  return {
    root,
    show() {
      ways.press(beside.way);
      field.value = written(beside.moment);
      field.setAttribute("aria-invalid", "false");
      wrong.textContent = "";
    },
    count() {
      const text = inWords(beside.between());
      if (between.textContent !== text) between.textContent = text;
    },
  };
}

function inWords({ began, ended }) {
  const events = (number) => `${number} event${number === 1 ? "" : "s"}`;
  return began + ended
    ? `Between them ${events(began)} began, ${ended} ended`
    : "Between them no event began or ended";
}
