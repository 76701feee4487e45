// Maps that go away again: A/B's second, and insets.

/** Takes a map away, also while it flies or is flung: Leaflet's own `remove` leaves its timers running. */
export function takeAway(map) {
  map.stop();
  map._onZoomTransitionEnd(); // now, not when its parts are gone
  map.panBy = () => map; // by which a fling would begin in the next frame
  map.remove();
}
