// The view of the map: what it shows, and what panels leave of it.

const WEST = -30; // the seam, where the sheet begins
const NORTH = 84;
const SOUTH = -62;
const TALL = 0.66; // the sheet's height in parts of its width

/** `frame` holds the map, `stage` the panels that lie on it; `calm()` says that nothing should move. */
export function makeView(map, frame, stage, calm) {
  let kept = null; // the box that the view keeps to until the reader moves it
  map.setMaxBounds([[SOUTH, WEST], [NORTH, WEST + 360]]);

  const open = (selector) => [...stage.querySelectorAll(selector)].filter((panel) => !panel.hidden && panel.getClientRects().length);

  /** Panels that lie on the map, as boxes in its pixels. */
  function panels() {
    const home = frame.getBoundingClientRect();
    return open(".legend, .caption, .zoom, .panel, .credit, .pill")
      .map((panel) => panel.getBoundingClientRect())
      .filter((rect) => rect.top < home.bottom - 1 && rect.bottom > home.top + 1)
      .map((rect) => ({ x: rect.left - home.left, y: rect.top - home.top, width: rect.width, height: rect.height }));
  }

  /** What `fit` keeps clear at each side. */
  function margins() {
    const home = frame.getBoundingClientRect();
    const size = map.getSize();
    let [left, right] = [16, 16];
    for (const panel of open(".panel")) {
      const rect = panel.getBoundingClientRect();
      if (rect.top >= home.bottom - 1 || rect.width > size.x * 0.7) continue;
      if (rect.left - home.left > size.x / 2) right = Math.max(right, home.right - rect.left + 12);
      else left = Math.max(left, rect.right - home.left + 12);
    }
    const legend = Math.max(0, ...open(".legend").map((panel) => panel.getBoundingClientRect().bottom - home.top));
    return { paddingTopLeft: [left, legend + 8], paddingBottomRight: [right, size.y > 420 ? 24 : 12] };
  }

  /** Shows a box [west, south, east, north] and keeps to it when the window changes. */
  function fit(box, animate = !calm()) {
    kept = box;
    const [west, south, east, north] = box;
    map.fitBounds([[south, west], [north, east]], { ...margins(), animate });
  }

  /** Moves only if the place is not to be seen. */
  function bring(place) {
    const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = margins();
    const { x, y } = map.latLngToContainerPoint(place);
    const size = map.getSize();
    if (x > left + 20 && x < size.x - right - 20 && y > top + 20 && y < size.y - bottom - 20) return;
    kept = null;
    const centre = map.project(place).subtract(L.point((left - right) / 2, (top - bottom) / 2));
    map.setView(map.unproject(centre), map.getZoom(), { animate: !calm() });
  }

  /** What of the map can be seen, and what of that no panel needs: in its pixels. */
  function room() {
    const { paddingTopLeft: [left, top], paddingBottomRight: [right] } = margins();
    const size = map.getSize();
    const home = frame.getBoundingClientRect();
    const foot = Math.min(size.y, ...open(".caption, .zoom").map((panel) => panel.getBoundingClientRect().top - home.top));
    return {
      seen: { left: left - 16, top: top - 8, right: size.x - right + 12, bottom: size.y },
      free: { left: left - 4, top: top + 8, right: size.x - right + 4, bottom: Math.max(foot - 24, top + 8) },
    };
  }

  return {
    panels,
    room,
    fit,
    bring,
    /** The reader has moved the view: it is kept to no box any more. */
    release() { kept = null; },
    isKept: () => kept !== null,
    go({ lat, lng, zoom }) {
      kept = null;
      map.setView([lat, lng], zoom, { animate: false });
    },
    /** The window has changed: the sheet still fills it, the box still fits. */
    resize() {
      map.invalidateSize({ animate: false, pan: false });
      const size = map.getSize();
      map.setMinZoom(Math.log2(Math.max(size.x / 256, size.y / (256 * TALL))));
      if (kept) fit(kept, false);
    },
    now: () => ({ lat: map.getCenter().lat, lng: map.getCenter().lng, zoom: map.getZoom() }),
    isNarrow: () => frame.clientWidth < 600,
  };
}
