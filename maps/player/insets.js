import { holds, meets } from "./boxes.js";
import { el, icon } from "./dom.js";
import { takeAway } from "./ending.js";
import { makePicture } from "./picture.js";

// Insets: small pictures on the same clock, in whichever corner of the map is free.

const INSET = 12; // px from the edges
const SLIDE = 12; // px by which a corner is tried farther in
const APART = 8; // px from panels
const ABOUT = 8; // px that an inset keeps besides from the mark that is chosen
const LULL = 120; // ms from one picture to the next while the clock plays
const STAY = 600; // ms that an inset then stays where it is
const MARK = 60; // px farther from its corner that it goes for a mark not to be covered
const BODY = 8; // the same, for some pixels of an arrow
const LESS = 20; // and what it costs to be smaller
const STILL = {
  dragging: false,
  scrollWheelZoom: false,
  doubleClickZoom: false,
  boxZoom: false,
  keyboard: false,
  touchZoom: false,
  zoomAnimation: false,
  trackResize: false,
  maxBounds: null,
  minZoom: 0,
};
const EVERYWHERE = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
const PANELS = ".legend, .caption, .zoom, .panel, .credit, .scalebar, .knob";

/**
 * `first` {map, view} is the map's; `stage` holds the panels; `calls`: go(view) shows a view on the map,
 * close(inset), choose(members), isPlaying(): nothing then hops about.
 */
export function makeInsets({ first, stage, scene, isOn, calls }) {
  const shows = (layer) => layer !== "graticule" && isOn(layer);
  let parts = []; // [{inset, root, map, picture, outline}]
  let last = null; // what was shown last
  let [drawnAt, placedAt, waiting] = [-Infinity, -Infinity, 0];
  const isBusy = (since, rest) => calls.isPlaying() && performance.now() - since < rest;

  /** Builds what is new, takes away what is gone. */
  function set(insets) {
    const gone = parts.filter((part) => !insets.includes(part.inset));
    for (const part of gone) remove(part);
    parts = insets.map((inset) => parts.find((part) => part.inset === inset) ?? build(inset));
    placedAt = -Infinity;
    place();
    for (const part of parts) if (last && !part.root.hidden) draw(part);
  }

  function build(inset) {
    const name = inset.label;
    const map = el("div", { class: "map" });
    const close = el("button", {
      type: "button",
      class: "close",
      title: "Close",
      "aria-label": `Close the inset ${name}`,
      onclick: () => calls.close(inset),
    });
    close.append(icon("close"));
    const root = el(
      "section",
      { class: "inset", "aria-label": `Inset: ${name}` },
      el("div", { class: "inset-map", inert: true }, map),
      el(
        "button",
        {
          type: "button",
          class: "go",
          "aria-label": `Go there: ${name}`,
          title: `Go there: ${name}`,
          onclick: () => calls.go(inset.view),
        },
        el("span", {}, name),
      ),
      close,
    );
    stage.append(root);
    return { inset, root, ...makeMap(map, root, inset) };
  }

  function makeMap(element, root, { view: [west, south, east, north] }) {
    const { center, zoom, ...options } = first.map.options;
    const map = L.map(element, { ...options, ...STILL });
    const bounds = [
      [south, west],
      [north, east],
    ];
    const fit = () => {
      map.invalidateSize({ animate: false, pan: false });
      map.fitBounds(bounds, { animate: false });
    };
    fit();
    const home = () => element.getBoundingClientRect();
    const view = {
      panels: () => [...root.querySelectorAll(".go span, .close")].map((one) => boxIn(one, home())),
      room: () => ({ seen: EVERYWHERE, free: EVERYWHERE }),
      isNarrow: () => true,
    };
    const picture = makePicture({ map, view, pills: el("div"), scene, isOn: shows, choose: calls.choose });
    const outline = L.rectangle(bounds, {
      interactive: false,
      fill: false,
      className: "inset-outline",
      pane: "words",
    });
    outline.addTo(first.map);
    return { map, fit, picture, outline };
  }

  function remove({ root, map, outline }) {
    outline.remove();
    takeAway(map);
    root.remove();
  }

  /** Gives each inset a corner in which it covers nothing; one that finds none is not shown. */
  function place() {
    if (!parts.length || isBusy(placedAt, STAY)) return false;
    placedAt = performance.now();
    const taken = first.view.panels(calls.isPlaying() ? PANELS : `${PANELS}, .pill`);
    const chosen = first.map.getContainer().querySelector(".mark.selected");
    if (chosen) taken.push(grown(boxIn(chosen, first.map.getContainer().getBoundingClientRect()), ABOUT));
    let moved = false;
    for (const part of parts) {
      const spot = cornerFor(part, taken);
      const was = part.root.hidden;
      part.root.hidden = !spot;
      part.outline.getElement()?.classList.toggle("unseen", !spot);
      if (!spot) {
        moved ||= !was;
        continue;
      }
      taken.push(spot);
      if (was || !part.spot || spot.x !== part.spot.x || spot.y !== part.spot.y) {
        part.spot = spot;
        Object.assign(part.root.style, { left: `${spot.left}px`, top: `${spot.top}px` });
        moved = true;
      }
      const isResized = part.width !== spot.width;
      part.width = spot.width;
      if (was || isResized) part.fit();
      if ((was || isResized) && last) draw(part);
    }
    return moved;
  }

  /** The corner where it hides least; on a narrow map a smaller size, where that hides less. */
  function cornerFor(part, taken) {
    const { root } = part;
    root.hidden = false;
    const wasSmall = root.classList.contains("small");
    root.classList.remove("small");
    const whole = spotFor(part, taken);
    if (!isNarrow(first.map.getSize()) || (whole && !whole.hides)) return whole;
    root.classList.add("small");
    const small = spotFor(part, taken);
    const isBetter = small && (!whole || small.cost + (wasSmall ? 0 : LESS) < whole.cost);
    if (!isBetter) root.classList.remove("small");
    return isBetter ? small : whole;
  }

  /** The best place at its size, where it stands if that is as good; null where there is none. */
  function spotFor({ root, spot }, taken) {
    const [width, height] = [root.offsetWidth, root.offsetHeight];
    if (!width || !height) return null;
    const size = first.map.getSize();
    const [right, bottom] = [size.x - width - INSET, size.y - height - INSET];
    const [marks, bodies] = [first.marks(), first.bodies()];
    const hidesOf = (box) =>
      marks.filter((mark) => meets(mark, box)).length * MARK +
      bodies.filter((point) => holds(box, point)).length * BODY;
    const frame = boxIn(first.map.getContainer(), root.offsetParent.getBoundingClientRect());
    let best = null;
    for (const [x0, by] of [
      [INSET, 1],
      [right, -1],
    ])
      for (const fromTop of [true, false])
        for (let aside = 0; aside <= size.x * 0.45; aside += SLIDE * 4)
          for (let along = 0; along <= size.y * 0.5; along += SLIDE) {
            const box = { x: x0 + by * aside, y: fromTop ? INSET + along : bottom - along, width, height };
            if (box.y < INSET || box.y > bottom || box.x < INSET || box.x > right) break;
            if (taken.some((other) => meets(other, grown(box, APART)))) continue;
            const away = (along + aside) * 0.5;
            if (best && away >= best.cost) break;
            const hides = hidesOf(box);
            const moves = spot && (spot.x !== box.x || spot.y !== box.y) ? 40 : 0;
            const cost = hides + away + moves;
            if (!best || cost < best.cost) best = { ...box, cost, hides };
            if (!hides) break;
          }
    return best && { ...best, left: best.x + frame.x, top: best.y + frame.y };
  }

  /** Shows in an inset what of the last picture lies in it, or near its edge. */
  function draw({ map, picture }) {
    const { lat, lng } = scene.events;
    const near = map.getBounds().pad(0.1);
    const events = last.shown.events.filter((i) => near.contains([lat[i], lng[i]]));
    picture.show({ ...last, shown: Object.create(last.shown, { events: { value: events } }) });
  }

  function drawAll() {
    clearTimeout(waiting);
    waiting = 0;
    drawnAt = performance.now();
    for (const part of parts) if (!part.root.hidden) draw(part);
  }

  return {
    set,
    place,
    show(next) {
      last = next;
      if (!parts.length) return;
      if (isBusy(drawnAt, LULL)) waiting ||= setTimeout(drawAll, LULL);
      else drawAll();
    },
    groundChanged() {
      for (const { picture } of parts) picture.groundChanged();
    },
    resize() {
      for (const part of parts) part.spot = null;
      place();
      for (const part of parts) if (!part.root.hidden) part.fit();
    },
    /** What those that are shown show. */
    views: () => parts.filter(({ root }) => !root.hidden).map(({ inset }) => inset.view),
    words: () => parts.map(({ picture }) => picture.words()),
  };
}

const isNarrow = ({ x }) => x < 600;

const grown = ({ x, y, width, height }, by) => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** Where an element lies in the box of another. */
function boxIn(one, { left, top }) {
  const { x, y, width, height } = one.getBoundingClientRect();
  return { x: x - left, y: y - top, width, height };
}
