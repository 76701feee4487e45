import { WAYS } from "./beside.js";
import { readLength, writtenLength } from "./lengths.js";
import { readMoment, written } from "./when.js";

// The state in the address: `#t=1941-12-07&ch=ID&layers=a,b&c=lat,lng,zoom&sel=ID`; where it is not
// as the story opens, `mode=since&win=P17D&step=hour&kinds=battle,plan`; of two dates that are
// compared the second and how: `b=1941-12-05&ab=side`; `inset=west,south,east,north`, another after a
// semicolon, for the views that the reader keeps.

const idsOf = (text) => (text === null ? null : text.split(",").filter(Boolean));

/** What the address asks for; parts that say nothing sensible are left out. */
export function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const [lat, lng, zoom] = (asked.get("c") ?? "").split(",").map(Number);
  return {
    moment: asked.has("t") ? readMoment(asked.get("t")) : null,
    chapter: asked.get("ch"),
    layers: idsOf(asked.get("layers")),
    kinds: idsOf(asked.get("kinds")),
    mode: asked.get("mode"),
    window: readLength(asked.get("win")),
    step: asked.get("step"),
    view: [lat, lng, zoom].every(Number.isFinite) && asked.has("c") ? { lat, lng, zoom } : null,
    selected: asked.get("sel"),
    beside: asked.has("b") ? readMoment(asked.get("b")) : null,
    way: WAYS.includes(asked.get("ab")) ? asked.get("ab") : undefined,
    alone: asked.get("ab") === "off",
    insets: asked.has("inset") ? asked.get("inset").split(";").map(readBox).filter(Boolean) : null,
  };
}

/** A view [west, south, east, north] on the sheet; null where the text is none. */
function readBox(text) {
  const box = text.split(",").map(Number);
  const [west, south, east, north] = box;
  const isBox = box.length === 4 && box.every(Number.isFinite) && west < east && south < north;
  return isBox && west >= -30 && east <= 330 && south >= -85 && north <= 85 ? box : null;
}

/** The state as the part of an address that follows the page's own. */
export function addressOf(state) {
  const { moment, chapter, layers, kinds, view, selected, mode, window: length, step } = state;
  const { beside, way, alone, insets } = state;
  const parts = [`t=${written(moment)}`];
  if (chapter) parts.push(`ch=${chapter}`);
  if (layers) parts.push(`layers=${layers.join(",")}`);
  if (view) parts.push(`c=${view.lat.toFixed(3)},${view.lng.toFixed(3)},${view.zoom.toFixed(2)}`);
  if (selected) parts.push(`sel=${encodeURIComponent(selected)}`);
  if (mode) parts.push(`mode=${mode}`);
  if (length) parts.push(`win=${writtenLength(length)}`);
  if (step) parts.push(`step=${step}`);
  if (kinds) parts.push(`kinds=${kinds.join(",")}`);
  if (beside) parts.push(`b=${written(beside)}`, `ab=${way}`);
  else if (alone) parts.push("ab=off");
  if (insets.length)
    parts.push(`inset=${insets.map(({ view }) => view.map((one) => one.toFixed(2)).join()).join(";")}`);
  return `#${parts.join("&")}`;
}

/** Writes the state without a step in the history; where even that is refused, not at all. */
export function writeAddress(state) {
  try {
    history.replaceState(history.state, "", addressOf(state));
  } catch {
    // a page in srcdoc may not; the map works all the same
  }
}
