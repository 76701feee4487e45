import { el } from "./dom.js";
import { frontAtPlace, frontsAt } from "./frontlines.js";
import { holdingsOf } from "./holdings.js";
import { mercatorX, mercatorY } from "./sheet.js";
import { describe, spanOf } from "./when.js";

// Who holds a place, in words: since when, by what status and after which source.

const NAMED = { sovereign: "", client: "client state", lease: "leased", mandate: "under mandate" };
const VERIFIED = { verified: "", partly: "partly verified", unverified: "unverified" };

const dayOf = (at) => describe(spanOf(at, "day")).date;

/** "since 1 March 1932"; of what stood when the ledger begins only that. */
const sinceOf = (first, begins) =>
  first === null || first <= begins ? `since before ${dayOf(begins)}` : `since ${dayOf(first)}`;

/** Who holds a place by the ledger. */
function byLedger(scene, entry, at) {
  const holdings = holdingsOf(scene);
  const since = sinceOf(entry.first, holdings.begins);
  const by =
    entry.owner !== entry.holder
      ? `occupied ground of ${holdings.nameOf(entry.owner, at)}`
      : entry.garrison
        ? `with troops of ${holdings.nameOf(entry.garrison, at)}`
        : (NAMED[entry.status] ?? entry.status);
  return {
    name: holdings.nameOf(entry.holder, at),
    how: [by, since].filter(Boolean).join(", "),
    source: sourceOf(scene, entry),
    note: entry.note,
  };
}

function sourceOf({ sources }, { sources: ids, verified }) {
  const cited = ids.map((id) => sources[id] ?? id);
  const words = [...cited, VERIFIED[verified] ?? ""].filter(Boolean).join("; ");
  return words && `Source: ${cited.length ? words : `none named; ${words}`}`;
}

/** Who holds a place by the fronts, drawn or not, where that is not what the ledger says; else null. */
function byFront(scene, entry, at, place) {
  const holdings = holdingsOf(scene);
  for (const front of frontsAt(scene.fronts, at)) {
    const found = frontAtPlace(front, at, place);
    if (!found) continue;
    const { pocket, hand } = found;
    const holder = pocket?.holder ?? front[hand];
    const sides = holder === front.left ? front.leftSides : front.rightSides;
    if (!pocket && sides.includes(holdings.sideOf(entry.holder, at))) return null;
    const owner = entry.owner === holder ? "" : `, ground of ${holdings.nameOf(entry.owner, at)}`;
    return {
      name: holdings.nameOf(holder, at),
      how: `${pocket ? pocket.name : `behind the front (${front.name})`}${owner}, ± ${front.accuracyKm} km`,
      source: sourceOf(scene, { sources: front.sources ?? [], verified: "unverified" }),
      note: front.note,
    };
  }
  return null;
}

/** {name, how, source, note} of who holds a place {lat, lng}; null where nobody is known to. */
export function holderOf(scene, at, { lat, lng }) {
  const entry = holdingsOf(scene).entryAt(mercatorX(lng), mercatorY(lat), at);
  return entry && (byFront(scene, entry, at, [lng, lat]) ?? byLedger(scene, entry, at));
}

/** The same as elements; with the note where it is asked for. */
export function holderNodes({ name, how, source, note }, isWhole) {
  return [
    el("b", {}, name),
    el("span", {}, how),
    source ? el("small", {}, source) : "",
    isWhole && note ? el("small", {}, note) : "",
  ].filter(Boolean);
}
