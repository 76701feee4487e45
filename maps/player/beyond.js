import { el, icon } from "./dom.js";
import { lookOf } from "./highlight.js";
import { placesOf } from "./places.js";
import { symbol } from "./symbols.js";

// What is shown but lies beyond the edge of the view stands in a pill at that edge, in its direction.

const NEAR = { x: 170, y: 40 }; // px within which two of them are one pill
const CLEAR = 22; // px that a pill keeps from the mark that is selected
const APART = 4; // px between two pills
const STRIDE = 8; // px by which a pill is moved
const ROW = 38; // px from one pill to the next below
const DEEPEST = 80; // px from the upper or lower edge
const GRAVE = 1000; // points of arrows: to lie on a pill or the chosen mark is worse than on any arrow
const MOST = 6;
const SAID = 12; // events that a pill names

/** Where a point that cannot be seen is kept, and on which side; below, beside the buttons if there is room. */
function kept(x, y, { free, shelf }) {
  const at = {
    x: Math.min(Math.max(x, free.left), free.right),
    y: Math.min(Math.max(y, free.top), free.bottom),
  };
  const side = at.x < x ? "right" : at.x > x ? "left" : at.y < y ? "down" : "up";
  if (side === "down" && shelf)
    return { x: Math.min(Math.max(x, shelf.left), shelf.right), y: shelf.y, side };
  return { ...at, side };
}

const meet = (a, b, gap) =>
  a.x < b.x + b.width + gap &&
  b.x < a.x + a.width + gap &&
  a.y < b.y + b.height + gap &&
  b.y < a.y + a.height + gap;

/** Where an element lies within the map. */
function boxIn(root, element) {
  const [home, box] = [root.getBoundingClientRect(), element.getBoundingClientRect()];
  return { x: box.left - home.left, y: box.top - home.top, width: box.width, height: box.height };
}

/** Whether two pills of one side lie on one another. */
const collide = (groups, boxes) =>
  groups.some((one, k) =>
    groups.some((other, n) => n < k && one.side === other.side && meet(boxes[k], boxes[n], APART)),
  );

/** The ways that a pill may be moved, along its edge the shortest first. */
function* ways(side, box, { free }) {
  const upright = side === "left" || side === "right";
  const [start, length] = upright ? [box.y, box.height] : [box.x, box.width];
  const [low, high] = upright ? [free.top - CLEAR, free.bottom + CLEAR] : [free.left, free.right];
  // One above or below stands over its place, but not beyond the corner.
  const home = upright ? 0 : Math.min(Math.max(start, low), Math.max(low, high - length)) - start;
  yield upright ? [0, 0] : [home, 0];
  for (let far = STRIDE; far < high - low; far += STRIDE)
    for (const by of [home + far, home - far])
      if (start + by >= low && start + by + length <= high) yield upright ? [0, by] : [by, 0];
  // No room along the edge: away from it.
  const sign = side === "left" || side === "up" ? 1 : -1;
  const deepest = upright ? free.right - free.left - box.width : DEEPEST;
  for (let far = STRIDE; far < deepest; far += STRIDE)
    for (const row of upright ? [0, ROW, 2 * ROW] : [0])
      yield upright ? [sign * far, row, true] : [home, sign * far, true];
}

/** Slides pills along their edges off one another and the mark that is selected, and off arrows if it can. */
function keepClear(pills, groups, root, chosen, bodies, room) {
  const laid = [...(root.parentElement ?? root).querySelectorAll(":scope > :is(.zoom, .caption)")].map(
    (panel) => boxIn(root, panel),
  );
  pills.forEach((button, k) => {
    const box = boxIn(root, button);
    let best = { faults: Infinity };
    for (const [across, down, isAway] of ways(groups[k].side, box, room)) {
      const there = { ...box, x: box.x + across, y: box.y + down };
      if (isAway && best.faults < GRAVE) break;
      const touched = laid.filter((other) => meet(there, other, APART)).length;
      const covers = chosen && meet(there, { ...chosen, width: 0, height: 0 }, CLEAR) ? 1 : 0;
      const crossed = bodies.filter((at) => meet(there, { ...at, width: 0, height: 0 }, APART)).length;
      const faults = (touched + covers) * GRAVE + crossed;
      if (faults < best.faults) best = { faults, across, down, there };
      if (!faults) break;
    }
    laid.push(best.there);
    button.style.setProperty("--slide", `${best.across}px`);
    button.style.setProperty("--shift", `${best.down}px`);
  });
}

/** At the middle of each side: a crowd needs no more places. */
function middles({ free: { left, top, right, bottom }, shelf }) {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const below = shelf ? { x: (shelf.left + shelf.right) / 2, y: shelf.y } : { x, y: bottom };
  return { left: { x: left, y }, right: { x: right, y }, up: { x, y: top }, down: below };
}

/** Whether an inset shows a place; insets are views [west, south, east, north]. */
const isInset = (insets, lat, lng) =>
  insets.some(([west, south, east, north]) => lng > west && lng < east && lat > south && lat < north);

/** Events beyond the edge in groups {x, y, side, members}; one a side if `few`. */
function gathered(indices, xOf, yOf, room, few) {
  const { seen } = room;
  const places = middles(room);
  const groups = [];
  for (const i of indices) {
    const [x, y] = [xOf(i), yOf(i)];
    if (x > seen.left && x < seen.right && y > seen.top && y < seen.bottom) continue;
    const at = kept(x, y, room);
    const near = groups.find(
      (group) =>
        group.side === at.side &&
        (few || (Math.abs(group.x - at.x) < NEAR.x && Math.abs(group.y - at.y) < NEAR.y)),
    );
    if (near) near.members.push(i);
    else groups.push({ ...at, ...(few ? places[at.side] : {}), members: [i] });
  }
  return groups.sort((a, b) => b.members.length - a.members.length).slice(0, MOST);
}

/** Two lists of pills with one stamp look alike. */
const stampOf = ({ x, y, side, members }) =>
  [x, y, side, members.length, members[0], members.at(-1), members.reduce((sum, i) => sum + i, 0)].join();

/** `marking` as for marks; `choose(members)` when a pill is pressed. */
export function makePills(root, map, events, marking, choose) {
  const { x, y } = placesOf(events);
  let drawn = "";
  return {
    /**
     * Pills for the events beyond `room.seen`, within `room.free` (both left, top, right, bottom), but for
     * those that one of `room.insets` shows; one a side if `few`, or where two of a side would touch.
     * `bodies()` are points of arrows.
     */
    show(indices, { selected, highlight }, room, few, bodies = () => []) {
      const scale = 256 * 2 ** map.getZoom();
      const corner = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
      const xOf = (i) => x[i] * scale - corner.x;
      const yOf = (i) => y[i] * scale - corner.y;
      const chosen = selected === null ? null : { x: xOf(selected), y: yOf(selected) };
      const { insets = [] } = room;
      const hidden = indices.filter((i) => !isInset(insets, events.lat[i], events.lng[i]));
      const groups = gathered(hidden, xOf, yOf, room, few);
      const look = ({ members }) => lookOf(highlight, members);
      const wanted = JSON.stringify([groups.map(stampOf), groups.map(look), groups.length && chosen]);
      if (wanted === drawn) return false;
      drawn = wanted;
      const draw = (each) => {
        const pills = each.map((group) => pill(group, look(group), marking, choose));
        root.replaceChildren(...pills);
        return pills;
      };
      let [held, pills] = [groups, draw(groups)];
      if (
        collide(
          groups,
          pills.map((button) => boxIn(root, button)),
        )
      ) {
        held = gathered(hidden, xOf, yOf, room, true);
        pills = draw(held);
      }
      keepClear(pills, held, root, chosen, bodies(), room);
      return true;
    },
  };
}

function pill({ x, y, side, members }, look, marking, choose) {
  const marks = members.slice(0, SAID).map(marking.mark);
  const rest = members.length > SAID ? [`and ${members.length - SAID} more`] : [];
  const words = wordsOf(marks, members.length);
  const names = [...marks.map((mark) => mark.name), ...rest].join("; ");
  const button = el(
    "button",
    {
      type: "button",
      class: `pill ${side} ${look}`,
      "aria-label": `${words}, beyond the edge: ${names}`,
      onclick: () => choose(members),
    },
    icon(side),
    ...marks.slice(0, rest.length ? 0 : 3).map((mark) => symbol(mark.kind, mark.directions, mark.status)),
    el("span", {}, words),
  );
  button.style.setProperty("--x", `${x}px`);
  button.style.setProperty("--y", `${y}px`);
  return button;
}

/** The place that is named first, and how many there are. */
function wordsOf(marks, number) {
  if (marks.length < number) return `${number} events`;
  const places = [...new Set(marks.map((mark) => (mark.place || mark.title).split(", ")[0]))];
  const more = places.length > 1 ? ` +${places.length - 1}` : number > 1 ? `: ${number}` : "";
  return places[0] + more;
}
