import { mercatorX, mercatorY } from "./sheet.js";

// Where events lie, as fractions of the Mercator world: on a map of any scale one product away.

const known = new WeakMap(); // several pictures show one scene

function each(numbers, reckon) {
  const places = new Float32Array(numbers.length);
  for (let i = 0; i < places.length; i += 1) places[i] = reckon(numbers[i]);
  return places;
}

/** {x, y} of all events. */
export function placesOf(events) {
  if (!known.has(events))
    known.set(events, { x: each(events.lng, mercatorX), y: each(events.lat, mercatorY) });
  return known.get(events);
}
