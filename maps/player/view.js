import { holds } from "./boxes.js";

// The view of the map: what it shows, and what panels leave of it.

const WEST = -30; // the seam, where the sheet begins
const EAST = WEST + 360;
const NORTH = 84;
const SOUTH = -62;
const TALL = 0.66; // the sheet's height in parts of its width
const NEAREST = 10; // zoom; folium drops its own limit where there are no tiles
// What lies on a map.
const LYING = ".legend, .caption, .zoom, .panel, .credit, .pill, .knob, .inset, .scalebar";
const PILL = 40; // px that a pill at the foot of the map needs upwards
const SHELF = 200; // and to both sides together
const CLOSER = 0.25; // zoom steps in which a place is looked for that panels would hide

const within = ({ x, y }, { left, top, right, bottom }) => x > left && x < right && y > top && y < bottom;
const clamp = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));

/** The part of a map that has the focus is the one that is named, and says what its keys do. */
function nameKeys(map, frame) {
  const keys = map.getContainer();
  for (const name of ["role", "aria-label"]) {
    keys.setAttribute(name, frame.getAttribute(name));
    frame.removeAttribute(name);
  }
  keys.setAttribute("aria-description", "Arrow keys move it, plus and minus zoom");
}

/**
 * `frame` holds the map, `stage` the panels that lie on it; `calm()` says that nothing should move;
 * `covered()` gives the box at one side that another picture hides, or null.
 */
export function makeView(map, frame, stage, calm, covered = () => null) {
  let kept = null; // {box, place} that the view keeps to until the reader moves it
  let aim = null; // {centre, zoom} where the view is going, while it is under way
  nameKeys(map, frame);
  map.setMaxZoom(NEAREST);
  map.setMaxBounds([
    [SOUTH, WEST],
    [NORTH, EAST],
  ]);
  map.on("zoomend", () => {
    const next = aim;
    aim = null;
    if (next && next.waits) move(next);
  });

  const open = (selector) =>
    [...stage.querySelectorAll(selector)].filter((panel) => !panel.hidden && panel.getClientRects().length);
  const home = () => frame.getBoundingClientRect();

  /** Panels that lie on the map, as boxes in its pixels. */
  function panels(selector = LYING) {
    const { left, top, right, bottom } = home();
    return open(selector)
      .map((panel) => panel.getBoundingClientRect())
      .filter((rect) => rect.top < bottom - 1 && rect.bottom > top + 1)
      .filter((rect) => rect.left < right - 1 && rect.right > left + 1)
      .map((rect) => ({ x: rect.left - left, y: rect.top - top, width: rect.width, height: rect.height }));
  }

  /** Panels, and what another picture hides. */
  const taken = (selector) => [...panels(selector), ...[covered()].filter(Boolean)];

  /** Of an area of the map, what no other picture hides. */
  function uncovered(area, gap) {
    const over = covered();
    if (!over) return area;
    return over.x > 0
      ? { ...area, right: Math.min(area.right, over.x - gap) }
      : { ...area, left: Math.max(area.left, over.width + gap) };
  }

  const watched = new WeakSet();
  let sizes = null;
  /** Calls back when a panel has come, gone or changed its size; null where the browser cannot tell. */
  function watchPanels(changed) {
    if (!window.ResizeObserver) return null;
    sizes ??= new ResizeObserver(changed);
    for (const panel of stage.querySelectorAll(LYING)) {
      if (watched.has(panel) || panel.matches(".pill")) continue;
      watched.add(panel);
      sizes.observe(panel);
    }
    return sizes;
  }

  /** Panels at the foot of the map, and those at its sides. */
  function lowAndBeside() {
    const charts = panels(".panel.charts");
    const isLow =
      charts.length > 0 && getComputedStyle(stage.querySelector(".panel.charts")).position === "fixed";
    const others = panels(".panel:not(.charts)");
    return isLow ? [charts, others] : [[], [...others, ...charts]];
  }

  /** What `fit` keeps clear at each side. */
  function margins() {
    const size = map.getSize();
    let [left, right] = [16, 16];
    const [low, beside] = lowAndBeside();
    for (const { x, width } of beside.filter((panel) => panel.width <= size.x * 0.7)) {
      if (x > size.x / 2) right = Math.max(right, size.x - x + 12);
      else left = Math.max(left, x + width + 12);
    }
    const legend = Math.max(0, ...panels(".legend").map(({ y, height }) => y + height));
    const caption = panels(".caption")[0] ?? { width: 0, height: 0 };
    const bare = size.y > 420 ? 24 : caption.width > size.x * 0.4 ? caption.height + 4 : 12;
    const below = Math.max(bare, ...low.map(({ y }) => size.y - y + 8));
    // Some of the window is always left: it can be very small.
    const wide = Math.min(1, Math.max(size.x - 200, size.x / 2) / (left + right));
    const high = Math.min(1, size.y / 2 / (legend + 8 + below));
    return { left: left * wide, top: (legend + 8) * high, right: right * wide, bottom: below * high };
  }

  /** The widest stretch {left, right} between two sides where no box lies. */
  function gapBetween(boxes, left, right) {
    const stops = [...boxes].sort((a, b) => a.x - b.x);
    let [from, best] = [left, { left, right: left }];
    for (const { x, width } of [...stops, { x: right, width: 0 }]) {
      if (x - from > best.right - best.left) best = { left: from, right: x };
      from = Math.max(from, x + width);
    }
    return best;
  }

  /** Where a pill for what lies below has room: at the foot of the map, else above the date; null if nowhere. */
  function shelf(left, right) {
    const height = map.getSize().y;
    const boxes = panels(".caption, .zoom, .scalebar, .credit, .panel.charts");
    const date = panels(".caption")[0];
    for (const y of [height - 8, date ? date.y - 8 : height]) {
      const beside = boxes.filter((box) => box.y < y + 4 && box.y + box.height > y - PILL);
      const gap = gapBetween(beside, left, right);
      if (gap.right - gap.left >= SHELF)
        return { y, left: gap.left + SHELF / 2, right: gap.right - SHELF / 2 };
    }
    return null;
  }

  /** What of the map can be seen, and what of that no panel needs: in its pixels. */
  function room() {
    const { left, top, right } = margins();
    const size = map.getSize();
    const foot = Math.min(
      size.y,
      ...panels(".caption, .zoom").map(({ y }) => y),
      ...lowAndBeside()[0].map(({ y }) => y),
    );
    return {
      seen: { left: left - 16, top: top - 8, right: size.x - right + 12, bottom: size.y },
      free: {
        left: left - 4,
        top: top + 18,
        right: size.x - right + 4,
        bottom: Math.max(foot - 24, top + 18),
      },
      shelf: shelf(left - 4, size.x - right + 4),
    };
  }

  /** The same, less what another picture hides. */
  function ownRoom() {
    const { seen, free, shelf: below } = room();
    return { seen: uncovered(seen, 0), free: uncovered(free, 16), shelf: covered() ? null : below };
  }

  /** Where a place stands when the map is centred so; on a sheet that the view never leaves. */
  function spotOf(place, { centre, zoom }) {
    const half = map.getSize().divideBy(2);
    return map.project(place, zoom).subtract(map.project(centre, zoom)).add(half);
  }

  function isSeen(place, view) {
    const spot = spotOf(place, view);
    const around = ({ x, y, width, height }) => ({
      x: x - 20,
      y: y - 20,
      width: width + 40,
      height: height + 40,
    });
    const { left, top, right, bottom } = room().seen;
    return (
      within(spot, { left: left + 20, top, right: right - 20, bottom: bottom - 20 }) &&
      !panels(".legend, .caption, .zoom, .panel, .inset").some((panel) => holds(around(panel), spot))
    );
  }

  /** The view that is nearest to this one and shows a place in the free part of the map. */
  function showing(place, view) {
    if (isSeen(place, view)) return view;
    const { free } = room();
    const size = map.getSize();
    for (let zoom = view.zoom; zoom <= view.zoom + 4; zoom += CLOSER) {
      const [at, low, high] = [
        map.project(place, zoom),
        map.project([NORTH, WEST], zoom),
        map.project([SOUTH, EAST], zoom),
      ];
      const spot = L.point(
        clamp((free.left + free.right) / 2, size.x - (high.x - at.x), at.x - low.x),
        clamp((free.top + free.bottom) / 2, size.y - (high.y - at.y), at.y - low.y),
      );
      const centre = map.unproject(at.subtract(spot).add(size.divideBy(2)), zoom);
      if (isSeen(place, { centre, zoom })) return { centre, zoom };
    }
    return { centre: L.latLng(place), zoom: view.zoom };
  }

  /** Whether a move is a flight: where nobody sees the map, as on a slide to come, none would end. */
  const flies = () => !calm() && map._loaded && map.getSize().x > 0;

  /** Goes there; a flight that is under way ends first, and only the last wish counts. */
  function move({ centre, zoom, animate = flies() }) {
    if (map._animatingZoom) {
      aim = { centre, zoom, animate, waits: true };
      return;
    }
    aim = { centre, zoom };
    map.setView(centre, zoom, { animate });
    if (!map._animatingZoom) aim = null;
  }

  const current = () => aim ?? { centre: map.getCenter(), zoom: map.getZoom() };

  /** Shows a box [west, south, east, north], and in it a place; gives the view. Keeps to it when the window changes. */
  function fit(box, place = null, animate = flies()) {
    kept = { box, place };
    const [west, south, east, north] = box;
    const { left, top, right, bottom } = margins();
    const bounds = L.latLngBounds([
      [south, west],
      [north, east],
    ]);
    const zoom = clamp(
      map.getBoundsZoom(bounds, false, L.point(left + right, top + bottom)),
      map.getMinZoom(),
      map.getMaxZoom(),
    );
    const middle = map
      .project(bounds.getNorthWest(), zoom)
      .add(map.project(bounds.getSouthEast(), zoom))
      .divideBy(2);
    const centre = map.unproject(middle.add([(right - left) / 2, (bottom - top) / 2]), zoom);
    const held = map._limitCenter(centre, zoom, map.options.maxBounds);
    const to = place ? showing(place, { centre: held, zoom }) : { centre, zoom };
    move({ ...to, animate });
    return to;
  }

  /** The reader has moved the view: it is kept to no box any more. */
  function release() {
    kept = null;
  }

  return {
    panels: taken,
    watchPanels,
    room: ownRoom,
    spotOf,
    fit,
    /** A box to keep to, which the next `resize` shows. */
    keep(box) {
      kept = { box, place: null };
    },
    /** Moves only if the place is not to be seen; gives the view. */
    bring(place) {
      if (isSeen(place, current())) return current();
      kept = null;
      const to = showing(place, current());
      move(to);
      return to;
    },
    zoomBy(by) {
      kept = null;
      const { centre, zoom } = current();
      move({ centre, zoom: clamp(zoom + by, map.getMinZoom(), map.getMaxZoom()) });
    },
    release,
    /** Hands on a frame and its map move the view; a press on a mark does not. */
    heed(root, one) {
      const heard = ({ target }) => target.closest(".mark") || release();
      for (const kind of ["mousedown", "wheel", "touchstart"])
        root.addEventListener(kind, heard, { passive: true });
      one.on("dragstart", release);
    },
    isKept: () => kept !== null,
    go({ lat, lng, zoom }) {
      kept = null;
      const onSheet = ((((lng - WEST) % 360) + 360) % 360) + WEST;
      const centre = L.latLng(clamp(lat, SOUTH, NORTH), onSheet);
      move({ centre, zoom: clamp(zoom, map.getMinZoom(), NEAREST), animate: false });
    },
    /** The window has changed: the sheet still fills it, the box still fits. */
    resize() {
      map.invalidateSize({ animate: false, pan: kept === null });
      const size = map.getSize();
      const isHidden = !size.x || !size.y; // as in a slide: it is called again when shown
      if (isHidden && map._loaded) return;
      // Not by setMinZoom, which would fly there and swallow the move that follows.
      if (!isHidden) map.options.minZoom = Math.log2(Math.max(size.x / 256, size.y / (256 * TALL)));
      if (map._loaded && map.getZoom() < map.options.minZoom)
        map.setZoom(map.options.minZoom, { animate: false });
      if (kept) fit(kept.box, kept.place, false);
    },
    /** The box [west, south, east, north] of what can be seen of the map. */
    box() {
      const { left, top, right, bottom } = room().seen;
      const [a, b] = [map.containerPointToLatLng([left, bottom]), map.containerPointToLatLng([right, top])];
      const west = clamp(a.lng, WEST, EAST - 1);
      return [west, clamp(a.lat, SOUTH, NORTH - 1), Math.min(b.lng, EAST), Math.min(b.lat, NORTH)];
    },
    now: () => ({ lat: map.getCenter().lat, lng: map.getCenter().lng, zoom: map.getZoom() }),
    isNarrow: () => map.getSize().x < 600,
  };
}
