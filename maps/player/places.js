import { mercatorX, mercatorY } from "./sheet.js";

// Where events lie, as fractions of the Mercator world: on a map of any scale one product away.

const known = new WeakMap(); // several pictures show one scene

/** {x, y} of all events. */
export function placesOf(events) {
  if (!known.has(events))
    known.set(events, {
      x: Float32Array.from(events.lng, mercatorX),
      y: Float32Array.from(events.lat, mercatorY),
    });
  return known.get(events);
}
