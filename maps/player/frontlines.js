import { mercatorX, mercatorY } from "./sheet.js";

// Fronts that move: lines of equally many points from one dated snapshot to the next, which part a
// theatre of war. All of it in degrees on the sheet.

const prepared = new WeakMap(); // several maps show one scene

const isActive = ({ first, last }, at) => (first ?? -Infinity) <= at && at <= (last ?? Infinity);

/** Twice the area that a ring goes round, greater than 0 where it goes against the clock. */
const turn = (ring) =>
  ring.reduce((sum, [x, y], k) => {
    const [nx, ny] = ring[(k + 1) % ring.length];
    return sum + x * ny - nx * y;
  }, 0);

function boxOf(points) {
  const [lngs, lats] = [points.map(([lng]) => lng), points.map(([, lat]) => lat)];
  return {
    west: mercatorX(Math.min(...lngs)),
    east: mercatorX(Math.max(...lngs)),
    north: mercatorY(Math.max(...lats)),
    south: mercatorY(Math.min(...lats)),
  };
}

/** Of a leg the greatest way of a point, in parts of the Mercator world, and which side it takes ground for. */
function measured({ from, to }) {
  let [farthest, gained] = [0, 0];
  for (let k = 0; k < from.length; k += 1) {
    const [[ax, ay], [bx, by]] = [from[k], to[k]];
    farthest = Math.max(farthest, Math.hypot(mercatorX(bx) - mercatorX(ax), mercatorY(by) - mercatorY(ay)));
    if (!k) continue;
    const [px, py] = from[k - 1];
    gained += (ax - px) * (by - ay) - (ay - py) * (bx - ax); // towards the left hand
  }
  return { from, to, farthest, gains: gained >= 0 ? "right" : "left" };
}

function prepare(front) {
  if (!prepared.has(front)) {
    const open = front.theatre.slice(0, same(front.theatre[0], front.theatre.at(-1)) ? -1 : undefined);
    const theatre = turn(open) > 0 ? open : [...open].reverse();
    prepared.set(front, { theatre, box: boxOf(theatre), legs: front.legs.map(measured) });
  }
  return prepared.get(front);
}

const same = (a, b) => a[0] === b[0] && a[1] === b[1];

/** The fronts that there are at an instant. */
export const frontsAt = (fronts, at) => fronts.filter((front) => front.legs.length && isActive(front, at));

/** The pockets of a front at an instant. */
export const pocketsAt = (front, at) => front.pockets.filter((pocket) => isActive(pocket, at));

/** The reach of its theatre in parts of the Mercator world. */
export const reachOf = (front) => prepare(front).box;

export const theatreOf = (front) => prepare(front).theatre;

/** Where a front is at an instant: {leg, share, points, gains, farthest}. */
export function lineAt(front, at) {
  const { legs } = prepare(front);
  const { snapshots } = front;
  let leg = legs.length - 1;
  while (leg > 0 && snapshots[leg] > at) leg -= 1;
  const { from, to, gains, farthest } = legs[leg];
  const whole = snapshots[leg + 1] - snapshots[leg];
  const share = Math.min(Math.max((at - snapshots[leg]) / whole, 0), 1);
  const points = from.map(([lng, lat], k) => [
    lng + (to[k][0] - lng) * share,
    lat + (to[k][1] - lat) * share,
  ]);
  return { leg, share, points, gains, farthest };
}

/** The place on a ring that is nearest to a point: {side, share} of the side that it lies on. */
function nearestOn(ring, [x, y]) {
  let best = { side: 0, share: 0, distance: Infinity };
  ring.forEach(([ax, ay], side) => {
    const [bx, by] = ring[(side + 1) % ring.length];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const along = length ? ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length : 0;
    const share = Math.min(Math.max(along, 0), 1);
    const distance = Math.hypot(ax + (bx - ax) * share - x, ay + (by - ay) * share - y);
    if (distance < best.distance) best = { side, share, distance };
  });
  return best;
}

const pointOn = (ring, { side, share }) => {
  const [[ax, ay], [bx, by]] = [ring[side], ring[(side + 1) % ring.length]];
  return [ax + (bx - ax) * share, ay + (by - ay) * share];
};

/** The corners of a ring that lie between two places on it, against the clock. */
function between(ring, from, to) {
  const found = [];
  const isPast = to.side === from.side && to.share >= from.share;
  for (let side = from.side, k = 0; k < ring.length && !(side === to.side && (k || isPast)); k += 1) {
    side = (side + 1) % ring.length;
    found.push(ring[side]);
  }
  return found;
}

/** The part of the theatre on the "left" or "right" hand of one who walks along its line. */
export function partOf(front, points, hand) {
  const { theatre } = prepare(front);
  const [begin, end] = [nearestOn(theatre, points[0]), nearestOn(theatre, points.at(-1))];
  const [a, b] = [pointOn(theatre, begin), pointOn(theatre, end)];
  const around = hand === "left" ? between(theatre, end, begin) : between(theatre, begin, end).reverse();
  return [...points, b, ...around, a];
}

/** Whether a place lies within a ring. */
export function isWithin(ring, [x, y]) {
  let odd = false;
  ring.forEach(([ax, ay], k) => {
    const [bx, by] = ring[(k + 1) % ring.length];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd;
  });
  return odd;
}

/** Which hand of a front has a place, and in which pocket it lies: {hand, pocket}; null beyond the theatre. */
export function frontAtPlace(front, at, place) {
  const pocket = pocketsAt(front, at).find(({ ring }) => isWithin(ring, place)) ?? null;
  if (!pocket && !isWithin(theatreOf(front), place)) return null;
  const { points } = lineAt(front, at);
  return { pocket, hand: isWithin(partOf(front, points, "left"), place) ? "left" : "right" };
}

const boxOfRing = (ring) => {
  const [lngs, lats] = [ring.map(([lng]) => lng), ring.map(([, lat]) => lat)];
  return [Math.min(...lngs), Math.max(...lngs), Math.min(...lats), Math.max(...lats)];
};

/**
 * What is behind fronts at an instant: `isNear([west, east], lat)` says whether any theatre is,
 * `isLost(id, side, [lng, lat])` whether a place is behind a front for a polity of a side.
 */
export function behindFronts(fronts, at) {
  const parts = frontsAt(fronts, at).map((front) => ({
    front,
    theatre: theatreOf(front),
    box: boxOfRing(theatreOf(front)),
    left: partOf(front, lineAt(front, at).points, "left"),
  }));
  return {
    isNear: ([from, to], lat) =>
      parts.some(
        ({ box: [west, east, south, north] }) => from < east && to > west && lat > south && lat < north,
      ),
    isLost: (id, side, place) =>
      parts.some(({ front, theatre, left }) => {
        if (!isWithin(theatre, place)) return false;
        const hand = isWithin(left, place) ? "left" : "right";
        return front[hand] !== id && !front[`${hand}Sides`].includes(side);
      }),
  };
}
