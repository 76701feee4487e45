import { holds, meets } from "./boxes.js";

// Marks that touch stand in a bowed column beside their place, oldest on top; where they are too many
// for that, the newest stands for all.

const TOUCHING = 22; // px within which marks belong together
const COLUMN = 50; // px from the place to the column
const ROW = 21;
const MOST = 8;

/** Marks within a few pixels of a place belong to it; the groups come in order of time. */
export function grouped(indices, points, selected) {
  const groups = [];
  for (const i of indices) {
    const point = points.get(i);
    const near = groups.find((group) => group.anchor.distanceTo(point) <= TOUCHING);
    if (near) near.members.push(i);
    else groups.push({ anchor: point, members: [i] });
  }
  for (const group of groups) if (group.members.includes(selected)) group.chosen = true;
  return groups;
}

/** Whether a group is of a size that can stand apart. */
export const isFannable = ({ members }) => members.length > 1 && members.length <= MOST;

const CLEAR = 19; // px between marks of different groups

/**
 * A bowed column where it hides least: to either side, higher or lower or farther off if need be;
 * null where it would lie on other marks.
 */
export function fan(group, filled, offset, size, obstacles) {
  const height = (group.members.length - 1) * ROW;
  const others = filled.filter((other) => other !== group.anchor);
  const clashes = (spots) =>
    spots.filter((spot) => others.some((other) => spot.distanceTo(other) < CLEAR)).length;
  const cost = ({ side, shift, way }) => {
    const box = {
      x: group.anchor.x + (side > 0 ? 30 : -190),
      y: group.anchor.y + shift - height / 2 - 14,
      width: 160,
      height: height + 28,
    };
    const seen = { ...box, x: box.x - offset.x, y: box.y - offset.y };
    const outside = seen.x < 0 || seen.x + seen.width > size.x || seen.y < 0 || seen.y + seen.height > size.y;
    const hidden = others.filter((other) => holds(box, other)).length;
    return (
      4 * clashes(column(group, { side, shift, way })) +
      (way - COLUMN) / 30 +
      hidden +
      (outside ? 20 : 0) +
      10 * obstacles.filter((other) => meets(seen, other)).length +
      Math.abs(shift) / 100 +
      (side < 0 ? 0.1 : 0)
    );
  };
  const tried = [0, 30, -30, 60, -60, 90, -90].flatMap((shift) =>
    [COLUMN, COLUMN + 34].flatMap((way) => [
      { side: 1, shift, way },
      { side: -1, shift, way },
    ]),
  );
  const costs = tried.map(cost);
  const spots = column(group, tried[costs.indexOf(Math.min(...costs))]);
  return clashes(spots) ? null : spots;
}

function column({ anchor, members }, { side, shift, way }) {
  const top = anchor.y + shift - ((members.length - 1) * ROW) / 2;
  return members.map((_, k) => {
    const turn = (2 * k) / (members.length - 1) - 1;
    return L.point(anchor.x + side * (way + 12 * (1 - turn * turn)), top + k * ROW).round();
  });
}
