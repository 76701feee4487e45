import { makePills } from "./beyond.js";
import { dateLineWord, degreeWords } from "./graticule.js";
import { makeGround } from "./ground.js";
import { makeMarking } from "./marking.js";
import { makeMarks, markWords } from "./marks.js";
import { routeSheet } from "./routes.js";
import { makeWords, nameWords } from "./words.js";

// One map and all that is drawn on it: ground, routes, marks, what lies beyond the edge, words.
// Several pictures can show moments of the same scene.

const PANES = ["ground", "routes", "words", "marks"];
const NAMED = 4; // routes of one means and direction at a time

/**
 * `map` is Leaflet's, `view` says what panels leave of it (view.js), `pills` the element for what lies
 * beyond the edge. `isOn(layer)`; `choose(members)` is called on a press.
 */
export function makePicture({ map, view, pills: edge, scene, isOn, choose }) {
  PANES.forEach((name, k) => {
    map.createPane(name).style.zIndex = 300 + 100 * k;
  });
  let now = null; // what is shown: {shown, moment, at, selected}
  const mark = makeMarking(scene.events, () => now);
  const ground = makeGround(map, scene.basemap, isOn);
  const routes = routeSheet(
    map,
    scene.routes,
    () => now?.shown.routes ?? [],
    () => now.at,
  );
  const marks = makeMarks(map, { mark }, choose);
  const pills = makePills(edge, map, { mark }, choose);
  const words = makeWords(map, gatherWords, obstacles);

  function gatherWords(around) {
    if (!now) return [];
    return [
      ...markWords(marks.groups(), { mark }, now.selected, view.isNarrow()),
      ...routes.words(isNamed),
      ...(isOn("names") ? nameWords(scene.names, now.moment, around) : []),
      ...(isOn("graticule") ? [dateLineWord(around, now.moment), ...degreeWords(around)] : []),
    ];
  }

  /** Of many routes of one means and direction at a time, the first few are named. */
  function isNamed(route) {
    const alike = now.shown.routes
      .map((one) => one.route)
      .filter(
        (other) => other.means === route.means && String(other.directions) === String(route.directions),
      );
    return alike.indexOf(route) < NAMED;
  }

  /** What words may not, or had better not (`soft`), lie on. */
  function obstacles() {
    const around = (x, y, reach, soft) => ({
      x: x - reach,
      y: y - reach,
      width: 2 * reach,
      height: 2 * reach,
      soft,
    });
    return [
      ...view.panels(),
      ...routes
        .bodies()
        .flat()
        .map(({ x, y }) => around(x, y, 5, true)),
      ...marks.boxes(),
    ];
  }

  /** What lies beyond the edge, marks, and words, in this order: each gives way to those before it. */
  function drawMarks() {
    if (!now) return;
    const { shown, selected } = now;
    const room = view.room();
    pills.show(shown.present(), selected, room);
    marks.show(shown, selected, view.panels());
    marks.reach(room.seen);
    words.redraw();
  }

  map.on("zoomanim", (event) => marks.zooming(event));
  return {
    /** Shows what is visible at a moment; `at` is the instant within it that moving things are drawn for. */
    show(next) {
      now = next;
      routes.redraw();
      drawMarks();
    },
    /** The view or a panel changed, the moment did not. */
    viewChanged: drawMarks,
    /** The layers of the ground, or the theme, changed. */
    groundChanged: () => ground.redraw(),
    routeAt: (point) => routes.under(point),
    words: () => words.placed(),
    /** The boxes of the marks in the map's pixels. */
    boxes: () => marks.boxes(),
  };
}
