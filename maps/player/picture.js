import { makePills } from "./beyond.js";
import { Crowd } from "./crowd.js";
import { dateLineWord, degreeWords } from "./graticule.js";
import { behindFronts } from "./frontlines.js";
import { makeFronts } from "./fronts.js";
import { makeGround } from "./ground.js";
import { holderNodes, holderOf } from "./holder.js";
import { holdingsOf } from "./holdings.js";
import { makeHands } from "./hands.js";
import { NO_HIGHLIGHT } from "./highlight.js";
import { makeMarking } from "./marking.js";
import { boxesOf, makeMarks } from "./marks.js";
import { markWords } from "./markwords.js";
import { placesOf } from "./places.js";
import { polityWords } from "./politynames.js";
import { Routes, titleOf } from "./routes.js";
import { Sheet, themeNow } from "./sheet.js";
import { DAY, civil } from "./when.js";
import { Words, nameWords } from "./words.js";

// One map and all that is drawn on it: ground, routes, marks, what lies beyond the edge, words.
// Several pictures can show moments of the same scene. What has not changed is not drawn again.

const PANES = { ground: 300, fronts: 350, routes: 400, words: 500, marks: 600 };
const FEW = 150; // marks that are elements; more of them are a crowd
const BEYOND = 60; // px beyond the window from which a mark may still reach into it
const LAG = 200; // ms
const GRID = 8; // px to which the boxes of panels are widened, that a growing date moves nothing

/**
 * `map` is Leaflet's, `view` says what panels leave of it (view.js), `pills` the element for what lies
 * beyond the edge, or null. `isOn(layer)`; `choose(members)` is called on a press.
 */
export function makePicture({ map, view, pills: edge, scene, isOn, choose }) {
  const { events } = scene;
  for (const [name, height] of Object.entries(PANES)) map.createPane(name).style.zIndex = height;
  let now = null; // what is shown: {shown, moment, at, selected, highlight}
  let lying = null; // {panels, room}: what lies on the map
  let apart = []; // events of the crowd that stand apart
  let [moved, waiting] = [false, false]; // routes; until the present task is done
  let [pilled, later] = [-Infinity, 0];
  let version = 0; // of marks
  let owners = { key: "", found: new Map() }; // of points of the window
  const drawn = { view: "", words: "", crowd: "", events: null }; // what it followed from
  const places = placesOf(events);
  const marking = makeMarking(events, () => now);
  const ground = makeGround(map, scene, isOn);
  const fronts = makeFronts(map, scene, isOn, ground);
  const holdings = holdingsOf(scene);
  const routes = new Routes();
  const words = new Words();
  const crowd = new Crowd(map, events);
  const marks = makeMarks(map, events, marking, choose);
  const pills = edge ? makePills(edge, map, events, marking, choose) : { show: () => false };
  const sheet = new Sheet("routes", paint, { patient: true });
  sheet.addTo(map);
  const hands = makeHands(map, {
    crowd,
    marking,
    choose: press,
    routesAt: (point) => routes.under(point),
    titleOf,
    holderAt,
    showsGround: () => isOn("polities") || isOn("fronts"),
    roomOf: () => lying.room.free,
  });

  /** Who holds the ground at a point of the window, as elements; null where nobody is known to. */
  function holderAt(point, isWhole) {
    if (!now || !holdings.isKnown) return null;
    const found = holderOf(scene, now.at, map.containerPointToLatLng(point));
    return found && holderNodes(found, isWhole);
  }

  function paint(ctx, frame) {
    crowd.paint(ctx);
    routes.paint(ctx, crowd.isUsed);
    words.paint(ctx, frame);
  }

  /** Several that lie together in the crowd stand apart once they are pressed. */
  function press(members) {
    apart = members.length > 1 ? members : [];
    if (now) draw();
    if (members.length) choose(members);
    settle();
  }

  function measure() {
    const panels = view.panels().map(widened);
    const room = view.room();
    lying = {
      panels,
      room,
      key: JSON.stringify([panels, room]),
      watcher: view.watchPanels?.(panelsChanged),
    };
  }

  /** After the page's layout and before its picture: measuring costs nothing now. */
  function panelsChanged() {
    const before = lying?.key;
    measure();
    if (lying.key !== before) settle();
  }

  /** Those that can be seen, at least in part. */
  function inView(indices, { scale, left, top, width, height }) {
    const [x0, x1] = [(left - BEYOND) / scale, (left + width + BEYOND) / scale];
    const [y0, y1] = [(top - BEYOND) / scale, (top + height + BEYOND) / scale];
    const { x, y } = places;
    return indices.filter((i) => x[i] >= x0 && x[i] <= x1 && y[i] >= y0 && y[i] <= y1);
  }

  /** Marks as elements; where they are too many, as a crowd, and then the chosen one and those apart. */
  function showMarks(frame) {
    const { shown, selected, highlight } = now;
    const isFaded = (i) => shown.isFaded(i);
    const few = shown.events.length <= FEW ? shown.events : inView(shown.events, frame);
    const crowded = few.length > FEW;
    const elements = crowded
      ? few.filter((i) => i === selected || apart.includes(i) || highlight.events.has(i))
      : few;
    const looks = { selected, highlight, isFaded, obstacles: lying.panels, frameKey: frame.key };
    const changed = marks.show(elements, looks);
    return showCrowd(crowded ? few : null, frame) || changed;
  }

  function showCrowd(indices, frame) {
    if (!indices && !crowd.isUsed) return false;
    const { shown } = now;
    const key = indices ? [frame.key, themeNow(), shown.present().length].join(" ") : "";
    if (drawn.crowd === key && drawn.events === shown.events) return false;
    drawn.crowd = key;
    drawn.events = shown.events;
    if (indices) crowd.stamp(indices, (i) => shown.isFaded(i), frame);
    else crowd.clear();
    hands.follow();
    return true;
  }

  function gatherWords(frame) {
    return [
      ...markWords(marks.groups(), marking, now, view.isNarrow()),
      ...routes.words(),
      ...fronts.words(frame),
      ...(isOn("names")
        ? polityWords(labelsNow(), frame, lying.panels, ownersOn(frame), behindFronts(scene.fronts, now.at))
        : []),
      ...(isOn("names") ? nameWords(scene.names, now.moment, frame) : []),
      ...(isOn("graticule") ? [dateLineWord(frame, now.moment), ...degreeWords(frame)] : []),
    ];
  }

  /** The extents of polities, each with the ground that its name lies on. */
  function labelsNow() {
    const isTinted = isOn("polities");
    return holdings.labelsAt(now.at).map(({ row, label, look }) => ({
      row,
      label,
      tone: isTinted && look?.side ? `${look.isClient ? "client" : "tint"}-of-${look.side}` : "land",
    }));
  }

  /** Whose ground lies at a point of the window, null for nobody's: asked once for a view and a period. */
  function ownersOn(frame) {
    const period = holdings.at(now.at);
    const key = `${frame.key} ${period.number}`;
    if (owners.key !== key) owners = { key, found: new Map() };
    const { scale, left, top, offset } = frame;
    return (x, y) => {
      const place = `${x} ${y}`;
      if (!owners.found.has(place)) {
        const k = holdings.areas.under((x + left + offset.x) / scale, (y + top + offset.y) / scale);
        owners.found.set(place, (k >= 0 && period.held[k]?.owner) || null);
      }
      return owners.found.get(place);
    };
  }

  /** What words may not, or had better not (`soft`), lie on. */
  function obstacles() {
    const soft = ({ x, y }) => ({ x: x - 5, y: y - 5, width: 10, height: 10, soft: true });
    const bodies = [...routes.bodies(), ...fronts.bodies()];
    return [...lying.panels, ...bodies.map(soft), ...boxesOf(marks.groups(), now)];
  }

  /** The names that hold: those of one moment are mostly those of the next. */
  function namesNow() {
    const { first, last } = now.moment;
    return scene.names
      .map((name) => Number((name.first ?? first) <= last && (name.last ?? last) >= first))
      .join("");
  }

  /** What the words follow from, besides routes. */
  function wordsKey(frame) {
    const { selected, moment } = now;
    const on = ["names", "graticule", "polities"].map(isOn);
    const day = isOn("graticule") ? Math.floor(moment.last / DAY + 0.5) : "";
    return [
      day,
      moment.last - moment.first < DAY,
      frame.key,
      version,
      lying.key,
      themeNow(),
      on,
      selected,
      civil(moment.first).year,
      namesNow(),
      holdings.isKnown && holdings.at(now.at).number,
      fronts.version(),
    ].join(" ");
  }

  /**
   * Pills count what lies beyond the edge: of a crowd they do so a few times a second. Where they have
   * changed, fans that keep clear of them are laid anew, so that a moment looks the same from wherever it
   * was come to.
   */
  function showPills() {
    clearTimeout(later);
    const wait = crowd.isUsed ? pilled + LAG - performance.now() : 0;
    if (wait > 0) {
      later = setTimeout(settle, wait);
      return;
    }
    pilled = performance.now();
    if (
      !pills.show(now.shown.present(), now, lying.room, now.shown.events.length > FEW, () => routes.bodies())
    )
      return;
    measure();
    draw();
  }

  /** Marks, and whether routes have moved. */
  function draw() {
    if (!now || !map._loaded || map._animatingZoom) return;
    const frame = sheet.frame();
    if (!lying) measure();
    if (showMarks(frame)) version += 1;
    ground.show(now.at);
    fronts.show(now.at);
    moved = routes.update(now.shown.routes, now.at, frame, now.highlight) || moved;
  }

  /** What follows from marks and routes: pills, words, and the sheet that they are on. */
  function settle() {
    waiting = false;
    if (!now || !map._loaded || map._animatingZoom) return;
    const frame = sheet.frame();
    if (!lying.watcher) measure();
    showPills();
    marks.reach(lying.room.seen, lying.panels);
    const key = wordsKey(frame);
    if (!moved && key === drawn.words) return;
    moved = false;
    drawn.words = key;
    words.lay(gatherWords(frame), obstacles(), frame, (box) => crowd.isClear(box));
    sheet.redraw();
  }

  /** Once the page has done what it is about: once for all changes of a moment. */
  function settleSoon() {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => waiting && settle());
  }

  function viewChanged() {
    if (!now || !map._loaded) return;
    sheet.place(); // before Leaflet asks it to, in whatever order it tells of the view
    measure();
    const key = `${lying.key} ${sheet.frame().key}`;
    if (key !== drawn.view) words.forget();
    drawn.view = key;
    draw();
    settle();
  }

  map.on("moveend viewreset resize", viewChanged);
  map.on("unload", () => {
    now = null;
    lying?.watcher?.disconnect();
  });
  map.on("zoomanim", (event) => marks.zooming(event));
  return {
    /**
     * Shows what is visible at a moment; `at` is the instant within it that moving things are drawn for.
     * While the clock is `playing`, words keep their places, that they do not jump about.
     */
    show(next) {
      const chosen = next.selected !== (now?.selected ?? null);
      now = { highlight: NO_HIGHLIGHT, ...next };
      if (!next.playing) words.forget();
      draw();
      hands.renew();
      if (chosen) settle();
      else settleSoon();
    },
    /** The view or a panel changed, the moment did not. */
    viewChanged,
    /** The layers of the ground, or the theme, changed. */
    groundChanged() {
      ground.redraw();
      if (now) fronts.show(now.at);
    },
    /** All routes that are drawn as one there, below no mark. */
    routesAt: (point) => (hands.hitAt(point) ? [] : routes.under(point)),
    words() {
      if (now && map._loaded) panelsChanged();
      settle();
      return words.placed();
    },
    /** Says who holds the middle of what can be seen. */
    askHolder() {
      const { left, right, top, bottom } = view.room().free;
      hands.ask(L.point((left + right) / 2, (top + bottom) / 2));
    },
    closeTip: hands.close,
    /** How often the ground was drawn. */
    repaints: () => ground.repaints(),
    /** The boxes of the marks in the map's pixels. */
    boxes: () => (now ? boxesOf(marks.groups(), now) : []),
    bodies: () => routes.bodies(),
  };
}

/** A box as wide as a grid has it. */
function widened({ x, y, width, height }) {
  const left = Math.floor(x / GRID) * GRID;
  return { x: left, y, width: Math.ceil((x + width) / GRID) * GRID - left, height };
}
