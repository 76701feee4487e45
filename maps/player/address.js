import { WAYS } from "./beside.js";
import { FILTERS } from "./filters.js";
import { hashNow } from "./given.js";
import { readLength, writtenLength } from "./lengths.js";
import { readMoment, written } from "./when.js";

// The state in the address: `#t=1941-12-07&ch=ID&layers=a,b&c=lat,lng,zoom&sel=ID`; where it is not
// as the story opens, `mode=since&win=P17D&step=hour`, and of each facet what is shown of it,
// `kinds=battle,plan&actors=japan&status=planned&verified=partly`; of two dates that are compared the second
// and how: `b=1941-12-05&ab=side` or `ab=swipe,30`; `inset=west,south,east,north`, another after a
// semicolon, for the views that the reader keeps.

const idsOf = (text) => (text === null ? null : text.split(",").filter(Boolean));

let known = location.hash; // the part that was read or written last

/** What the address asks for; parts that say nothing sensible are left out. */
export function readAddress() {
  known = location.hash;
  const asked = new URLSearchParams(hashNow().slice(1));
  return {
    moment: asked.has("t") ? readMoment(asked.get("t")) : null,
    chapter: asked.get("ch"),
    layers: idsOf(asked.get("layers")),
    filters: Object.fromEntries(FILTERS.map((facet) => [facet, readIds(facet)])),
    mode: asked.get("mode"),
    window: readLength(asked.get("win")),
    step: asked.get("step"),
    view: readView(asked.get("c")),
    selected: asked.get("sel"),
    beside: asked.has("b") ? readMoment(asked.get("b")) : null,
    ...readWay(asked.get("ab")),
    alone: asked.get("ab") === "off",
    insets: asked.has("inset") ? asked.get("inset").split(";").map(readBox).filter(Boolean) : null,
  };
}

/** Ids of the tables, each encoded by itself, since one may hold a comma; null where any is no text. */
function readIds(name) {
  const part = hashNow()
    .slice(1)
    .split("&")
    .find((one) => one.startsWith(`${name}=`));
  try {
    return idsOf(part?.slice(name.length + 1) ?? null)?.map(decodeURIComponent) ?? null;
  } catch {
    return null;
  }
}

/** "side", "swipe" or "swipe,30": of the map's width A has 30 of a hundred parts. */
function readWay(text) {
  const [, way, percent] = /^([a-z]+)(?:,(\d{1,3}))?$/.exec(text ?? "") ?? [];
  return { way: WAYS.includes(way) ? way : undefined, share: Math.min(Number(percent ?? 50), 100) / 100 };
}

/** So many numbers between commas; null where the text is anything else. */
function readNumbers(text, count) {
  const parts = (text ?? "").split(",");
  const numbers = parts.map(Number);
  const isSound = parts.every((part) => part.trim()) && numbers.every(Number.isFinite);
  return isSound && parts.length === count ? numbers : null;
}

function readView(text) {
  const numbers = readNumbers(text, 3);
  return numbers && { lat: numbers[0], lng: numbers[1], zoom: numbers[2] };
}

/** A view [west, south, east, north] on the sheet; null where the text is none. */
function readBox(text) {
  const box = readNumbers(text, 4);
  if (!box) return null;
  const [west, south, east, north] = box;
  return west < east && south < north && west >= -30 && east <= 330 && south >= -85 && north <= 85
    ? box
    : null;
}

/** The state as the part of an address that follows the page's own. */
export function addressOf(state) {
  const { moment, chapter, layers, filters, view, selected, mode, window: length, step } = state;
  const { beside, way, share, alone, insets } = state;
  const percent = Math.round(share * 100);
  const parts = [`t=${written(moment)}`];
  if (chapter) parts.push(`ch=${chapter}`);
  if (layers) parts.push(`layers=${layers.join(",")}`);
  if (view) parts.push(`c=${view.lat.toFixed(3)},${view.lng.toFixed(3)},${view.zoom.toFixed(2)}`);
  if (selected) parts.push(`sel=${encodeURIComponent(selected)}`);
  if (mode) parts.push(`mode=${mode}`);
  if (length !== null) parts.push(`win=${writtenLength(length)}`);
  if (step) parts.push(`step=${step}`);
  for (const facet of FILTERS)
    if (filters[facet]) parts.push(`${facet}=${filters[facet].map(encodeURIComponent).join(",")}`);
  if (beside)
    parts.push(`b=${written(beside)}`, `ab=${way}${way === "swipe" && percent !== 50 ? `,${percent}` : ""}`);
  else if (alone) parts.push("ab=off");
  if (insets.length)
    parts.push(`inset=${insets.map(({ view }) => view.map((one) => one.toFixed(2)).join()).join(";")}`);
  return `#${parts.join("&")}`;
}

/**
 * Writes the state without a step in the history; where even that is refused, not at all. False where
 * the address is another than was known, which is the reader's wish and comes first.
 */
export function writeAddress(state) {
  const isKnown = location.hash === known;
  known = location.hash;
  if (!isKnown) return false;
  try {
    history.replaceState(history.state, "", addressOf(state));
    known = location.hash;
  } catch {
    // a page in srcdoc may not; the map works all the same
  }
  return true;
}
