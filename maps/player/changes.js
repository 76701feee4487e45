import { holdingsOf } from "./holdings.js";
import { describe, spanOf } from "./when.js";

// What differs between two moments: events that began or ended, routes that moved, ground that changed hands.

/** The indices of the events that began and that ended from the earlier moment to the later. */
export function eventsBetween({ first, last }, permitted, early, late) {
  const found = { began: [], ended: [] };
  for (let i = 0; i < first.length; i += 1) {
    if (!permitted[i]) continue;
    if (first[i] > early.last && first[i] <= late.last) found.began.push(i);
    if (last[i] >= early.first && last[i] < late.first) found.ended.push(i);
  }
  return found;
}

/** Where the head of a route stands at an instant: {lat, lng}. */
export function headOf({ track: { t, lat, lng } }, at) {
  let k = t.findIndex((one) => one > at);
  if (k < 0) k = t.length - 1;
  if (k === 0) return { lat: lat[0], lng: lng[0] };
  const share = Math.min(1, (at - t[k - 1]) / (t[k] - t[k - 1] || 1));
  const along = (values) => values[k - 1] + (values[k] - values[k - 1]) * share;
  return { lat: along(lat), lng: along(lng) };
}

/** The routes whose heads stand elsewhere. */
function routesBetween(routes, early, late) {
  return routes.filter((route) => {
    if (route.status !== "executed" || route.first > late.last || route.last < early.last) return false;
    const [a, b] = [headOf(route, early.last), headOf(route, late.last)];
    return a.lat !== b.lat || a.lng !== b.lng;
  });
}

const dayOf = (at) => describe(spanOf(at, "day")).date;

/** Who had a piece of ground and who has it now, in words. */
function passing(holdings, before, after, [a, b]) {
  const had = holdings.nameOf(before.holder, a);
  if (before.holder !== after.holder) return `${had} → ${holdings.nameOf(after.holder, b)}`;
  if (before.garrison !== after.garrison)
    return after.garrison
      ? `${had}: troops of ${holdings.nameOf(after.garrison, b)}`
      : `${had}: troops of ${holdings.nameOf(before.garrison, a)} leave`;
  return `${had}: ${after.status} ground`;
}

/** The ground that changed hands, as [{title, said, pieces}]: what went the same way is one line. */
function groundBetween(scene, early, late) {
  const holdings = holdingsOf(scene);
  if (!holdings.isKnown) return [];
  const found = new Map();
  for (const { piece, before, after } of holdings.between(early.last, late.last)) {
    const title = passing(holdings, before, after, [early.last, late.last]);
    const line = found.get(title) ?? { title, pieces: [], days: [], notes: new Set() };
    line.pieces.push(piece);
    line.days.push(after.first ?? holdings.begins);
    line.notes.add([after.status, after.note].filter(Boolean).join(": "));
    found.set(title, line);
  }
  return [...found.values()].map(({ title, pieces, days, notes }) => {
    const ends = [...new Set([Math.min(...days), Math.max(...days)].map(dayOf))].join(" – ");
    return { title, pieces, said: [ends, ...(notes.size === 1 ? notes : [])].join(" · ") };
  });
}

/**
 * What is other at the later moment than at the earlier, of what the reader shows (state.js): {began, ended}
 * as indices of events, `moved` routes, `ground` [{title, said, pieces}].
 */
export function changesBetween({ scene, filters, isOn }, early, late) {
  const routes = isOn("routes") ? scene.routes.filter((route) => filters.permitsRoute(route)) : [];
  return {
    ...eventsBetween(scene.events, filters.permitted, early, late),
    moved: routesBetween(routes, early, late),
    ground: isOn("polities") ? groundBetween(scene, early, late) : [],
  };
}
