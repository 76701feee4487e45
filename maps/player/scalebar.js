import { withCommas } from "./numbers.js";

// How far it is on the map. Mercator stretches, so the bar holds for one latitude and names it:
// that under the pointer, or that in the middle of the map.

const ROUND = 40_075.017; // km along the equator
const LONGEST = 108; // px

/** The longest round distance that the bar has room for: 1, 2 or 5 with zeros. */
function roundBelow(km) {
  const power = 10 ** Math.floor(Math.log10(km));
  return power * [5, 2, 1].find((first) => first * power <= km);
}

/** "at 40° N" */
function latitudeLabel(lat) {
  const degrees = Math.abs(Math.round(lat));
  return degrees ? `at ${degrees}° ${lat > 0 ? "N" : "S"}` : "at the equator";
}

/** `root` holds the bar for a map; `beside` are other maps that the pointer may be on. */
export function makeScaleBar(root, map) {
  const [bar, words] = root.children;
  let lat = null; // under the pointer

  function show() {
    const size = map.getSize();
    if (!size.x || !size.y || !map._loaded) return;
    const at = Math.round(lat ?? map.getCenter().lat);
    const perPixel = (ROUND * Math.cos((at * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
    const km = roundBelow(LONGEST * perPixel);
    const text = `${withCommas(km)} km ${latitudeLabel(at)}`;
    if (words.textContent !== text) words.textContent = text;
    bar.style.width = `${(km / perPixel).toFixed(1)}px`;
  }

  /** Follows the pointer on a map that shows the same view. */
  function follow(one) {
    one.on("mousemove", (event) => {
      lat = event.latlng.lat;
      show();
    });
    one.on("mouseout", () => {
      lat = null;
      show();
    });
  }

  follow(map);
  map.on("move zoom resize", show);
  show();
  return { follow, show };
}
