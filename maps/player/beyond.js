import { el, icon } from "./dom.js";
import { placesOf } from "./places.js";
import { symbol } from "./symbols.js";

// What is shown but lies beyond the edge of the view stands in a pill at that edge, in its direction.

const NEAR = { x: 170, y: 40 }; // px within which two of them are one pill
const CLEAR = 22; // px that a pill keeps from the mark that is selected
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

/** Moves a pill up or down until it no longer lies on the mark that is selected. */
function keepClear(button, root, point, { free }) {
  const home = root.getBoundingClientRect();
  const box = button.getBoundingClientRect();
  const [left, top] = [box.left - home.left, box.top - home.top];
  const isOver =
    point.x > left - CLEAR &&
    point.x < left + box.width + CLEAR &&
    point.y > top - CLEAR &&
    point.y < top + box.height + CLEAR;
  if (!isOver) return;
  const down = point.y + CLEAR - top;
  const fits = top + down + box.height < free.bottom + CLEAR;
  button.style.setProperty("--shift", `${fits ? down : point.y - CLEAR - top - box.height}px`);
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
     * those that one of `room.insets` shows; one a side if `few`.
     */
    show(indices, selected, room, few) {
      const scale = 256 * 2 ** map.getZoom();
      const corner = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
      const xOf = (i) => x[i] * scale - corner.x;
      const yOf = (i) => y[i] * scale - corner.y;
      const chosen = selected === null ? null : { x: xOf(selected), y: yOf(selected) };
      const { insets = [] } = room;
      const hidden = indices.filter((i) => !isInset(insets, events.lat[i], events.lng[i]));
      const groups = gathered(hidden, xOf, yOf, room, few);
      const wanted = JSON.stringify([groups.map(stampOf), groups.length && chosen]);
      if (wanted === drawn) return false;
      drawn = wanted;
      const pills = groups.map((group) => pill(group, marking, choose));
      root.replaceChildren(...pills);
      if (chosen) for (const button of pills) keepClear(button, root, chosen, room);
      return true;
    },
  };
}

function pill({ x, y, side, members }, marking, choose) {
  const marks = members.slice(0, SAID).map(marking.mark);
  const rest = members.length > SAID ? [`and ${members.length - SAID} more`] : [];
  const words = wordsOf(marks, members.length);
  const names = [...marks.map((mark) => mark.name), ...rest].join("; ");
  const button = el(
    "button",
    {
      type: "button",
      class: `pill ${side}`,
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
