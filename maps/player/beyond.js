import { el, icon } from "./dom.js";
import { symbol } from "./symbols.js";

// What is shown but lies beyond the edge of the view stands in a pill at that edge, in its direction.

const NEAR = { x: 170, y: 40 }; // px within which two of them are one pill
const CLEAR = 22; // px that a pill keeps from the mark that is selected
const MOST = 6;

/** Where a point that cannot be seen is kept, and on which side; null if it is seen. */
function kept({ x, y }, { seen, free }) {
  if (x > seen.left && x < seen.right && y > seen.top && y < seen.bottom) return null;
  const at = {
    x: Math.min(Math.max(x, free.left), free.right),
    y: Math.min(Math.max(y, free.top), free.bottom),
  };
  const side = at.x < x ? "right" : at.x > x ? "left" : at.y < y ? "down" : "up";
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

/** Events beyond the edge in groups {x, y, side, members}. */
function gathered(indices, pointOf, room) {
  const groups = [];
  for (const i of indices) {
    const at = kept(pointOf(i), room);
    if (!at) continue;
    const near = groups.find(
      (group) =>
        group.side === at.side && Math.abs(group.x - at.x) < NEAR.x && Math.abs(group.y - at.y) < NEAR.y,
    );
    if (near) near.members.push(i);
    else groups.push({ ...at, members: [i] });
  }
  return groups.sort((a, b) => b.members.length - a.members.length).slice(0, MOST);
}

/** `events.mark(i)` as for marks; `choose(members)` when a pill is pressed. */
export function makePills(root, map, events, choose) {
  let drawn = "";
  return {
    /** Pills for the events beyond `room.seen`, within `room.free` (both left, top, right, bottom). */
    show(indices, selected, room) {
      const pointOf = (i) => map.latLngToContainerPoint([events.mark(i).lat, events.mark(i).lng]);
      const chosen = selected === null ? null : pointOf(selected);
      const groups = gathered(indices, pointOf, room);
      const wanted = JSON.stringify([groups, chosen]);
      if (wanted === drawn) return;
      drawn = wanted;
      const pills = groups.map((group) => pill(group, events, choose));
      root.replaceChildren(...pills);
      if (chosen) for (const button of pills) keepClear(button, root, chosen, room);
    },
  };
}

function pill({ x, y, side, members }, events, choose) {
  const marks = members.map(events.mark);
  const places = [...new Set(marks.map((mark) => (mark.place || mark.title).split(", ")[0]))];
  const more = places.length > 1 ? ` +${places.length - 1}` : members.length > 1 ? `: ${members.length}` : "";
  const words = places[0] + more;
  const names = marks.map((mark) => mark.name).join("; ");
  const button = el(
    "button",
    {
      type: "button",
      class: `pill ${side}`,
      "aria-label": `${words}, beyond the edge: ${names}`,
      onclick: () => choose(members),
    },
    icon(side),
    ...marks.slice(0, 3).map((mark) => symbol(mark.kind, mark.directions, mark.status)),
    el("span", {}, words),
  );
  button.style.setProperty("--x", `${x}px`);
  button.style.setProperty("--y", `${y}px`);
  return button;
}
