import { RANK } from "./ranks.js";
import { latitudeOf, mercatorX, mercatorY, pixelsOf } from "./sheet.js";
import { widthOf } from "./words.js";

// Names of polities, set by the ground that they own at a moment: along the chord that shows most of it.

const LEAST = 46; // px of a chord, below which no name stands inside
const SMALL = 20; // px of the root of its area, below which none stands beside either
const [SMALLEST, LARGEST] = [12, 23]; // px of type
const WIDEST = 0.62; // em of tracking
const FILLS = 0.52; // of its chord
const ASIDE = 120; // px of a name that stands beside its ground
const SPARE = 2; // px that a name leaves of a chord, which keeps inside its ground itself
const TRIED = 10; // chords
const SAMPLES = 12; // of a chord, to find what of it lies behind a front
const GRID = { rows: 6, step: 32 }; // of points of the window, where it shows too little for a chord
const AWAY = 7; // px from its ground at which a name stands beside it

/** The stretches [from, to] of a line at a height that no panel hides. */
function openStretches([from, to], y, half, panels) {
  let open = [[from, to]];
  for (const panel of panels) {
    if (panel.y > y + half || panel.y + panel.height < y - half) continue;
    open = open.flatMap(([a, b]) =>
      panel.x >= b || panel.x + panel.width <= a
        ? [[a, b]]
        : [
            [a, panel.x],
            [panel.x + panel.width, b],
          ].filter(([c, d]) => d - c > 0),
    );
  }
  return open;
}

/** The parts of a stretch in which its owner holds the ground; `isLost(x)` says where not. */
function heldStretches([from, to], isLost) {
  const step = (to - from) / SAMPLES;
  const held = [];
  for (let k = 0; k < SAMPLES; k += 1) {
    if (isLost(from + (k + 0.5) * step)) continue;
    const [a, b] = [from + k * step, from + (k + 1) * step];
    if (held.length && a - held.at(-1)[1] < 1) held.at(-1)[1] = b;
    else held.push([a, b]);
  }
  return held;
}

/**
 * The chords of a label in the window, the longest that can be seen first: [{x, y, length}]. What lies
 * behind a front carries no name while other ground is in sight.
 */
function chordsInView(chords, frame, half, panels, { isNear, isLost }) {
  const { scale, left, top, offset, view } = frame;
  const lngOf = (x) => ((x + offset.x + left) / scale - 0.5) * 360;
  const latOf = (y) => latitudeOf((y + offset.y + top) / scale);
  const found = chords.flatMap(([a, b, y]) => {
    if (y < half || y > view.y - half) return [];
    const seen = [Math.max(a, 4), Math.min(b, view.x - 4)];
    if (seen[1] <= seen[0]) return [];
    const lat = latOf(y);
    return openStretches(seen, y, half, panels).flatMap((stretch) => {
      const held = isNear(stretch.map(lngOf), lat)
        ? heldStretches(stretch, (x) => isLost([lngOf(x), lat]))
        : [stretch];
      return (held.length ? held : [stretch]).map(([from, to]) => ({
        x: (from + to) / 2,
        y,
        length: to - from,
        isHeld: held.length > 0,
      }));
    });
  });
  const held = found.filter(({ isHeld, length }) => isHeld && length >= LEAST);
  return (held.length ? held : found).sort((a, b) => b.length - a.length).slice(0, TRIED);
}

/** The chords of a label on the screen: [from x, to x, y]. */
function chordsOf({ chords }, { scale, left, top, offset }) {
  const xOf = (lng) => mercatorX(lng) * scale - left - offset.x;
  return chords.map(([west, east, lat]) => [xOf(west), xOf(east), mercatorY(lat) * scale - top - offset.y]);
}

/** Where rows of the window cross the ground of a polity: chords of what can be seen of it, near enough. */
function crossings(id, { view }, ownerAt) {
  const found = [];
  for (let row = 0; row < GRID.rows; row += 1) {
    const y = Math.round(((row + 0.5) / GRID.rows) * view.y);
    let before = false;
    for (let x = 0; x < view.x; x += GRID.step) {
      const isOwn = ownerAt(x, y) === id;
      if (isOwn && before) found.at(-1)[1] = x;
      else if (isOwn) found.push([x, x, y]);
      before = isOwn;
    }
  }
  return found;
}

/** How large an extent is on the screen: px of the root of its area. */
function extentOf({ area, chords }, scale) {
  return pixelsOf(Math.sqrt(area), chords[0]?.[2] ?? 0, scale);
}

/** A name in one line, and, where it has several words, in two. */
function settings(name) {
  const gap = name.length > 9 ? name.lastIndexOf(" ", Math.ceil(name.length * 0.7)) : -1;
  return gap > 0 ? [[name], [name.slice(0, gap), name.slice(gap + 1)]] : [[name]];
}

/** Lines as tall and as wide as a chord allows; null where they do not fit. */
function linesFor(texts, wanted, length, look) {
  for (
    let size = wanted;
    size >= SMALLEST;
    size -= size > SMALLEST && size - 1.5 < SMALLEST ? size - SMALLEST : 1.5
  ) {
    const bare = texts.map((text) => ({ text, size, tracking: 0, ...look }));
    const widest = bare.reduce((a, b) => (widthOf(a) > widthOf(b) ? a : b));
    const room = length - SPARE - widthOf(widest);
    if (room < 0) {
      if (size === SMALLEST) break;
      continue;
    }
    const spare = Math.max(0, length * FILLS - widthOf(widest)) / widest.text.length;
    const tracking = Math.min(WIDEST * size, spare, room / widest.text.length);
    return bare.map((line) => ({ ...line, tracking }));
  }
  return null;
}

/** Where on chords a name of a width may stand: in the middle of each, then at their ends. */
function pointsAlong(chords, width) {
  const long = chords.filter(({ length }) => length >= width);
  return [0, -0.5, 0.5].flatMap((share) =>
    long.map(({ x, y, length }) => ({ x: x + share * (length - width), y })),
  );
}

/**
 * The words that name the polities of an instant. `labels` as of holdings.js, `panels` lie on the map;
 * `ownerAt(x, y)` says whose ground lies at a point of the window, `behind` is of `behindFronts`.
 */
export function polityWords(labels, frame, panels, ownerAt, behind) {
  return labels.flatMap((one) => wordsOf(one, frame, panels, ownerAt, behind));
}

function wordsOf({ row, label, tone }, frame, panels, ownerAt, behind) {
  const extent = extentOf(label, frame.scale);
  if (extent < SMALL) return [];
  const wanted = Math.round(2 * Math.min(LARGEST, Math.max(SMALLEST, 10 + 0.042 * extent))) / 2;
  const { isNear } = behind;
  const isLost = (place) => behind.isLost(row.id, row.side, place);
  const inView = (chords) => chordsInView(chords, frame, wanted / 2, panels, { isNear, isLost });
  // Of what is larger than the window every chord may lie beyond it.
  const seen = extent > frame.view.y ? crossings(row.id, frame, ownerAt) : [];
  const chords = inView([...chordsOf(label, frame), ...seen]);
  if (!chords.length) return [];
  const name = row.name.toUpperCase();
  const look = { serif: true, tone: "map-ink", halo: tone };
  const rank = RANK.polity + 8 * (1 - Math.min(1, extent / 500));
  const once = `polity ${row.name}`;
  const fitting = chords.filter(({ length }) => length >= LEAST);
  const inside = settings(name).flatMap((texts, k) => {
    const set = fitting.length ? linesFor(texts, wanted, fitting[0].length, look) : null;
    const plain = texts.map((text) => ({ text, size: SMALLEST, tracking: 0, ...look }));
    return (set ? [set, plain] : []).flatMap((lines, step) => {
      const points = pointsAlong(fitting, Math.max(...lines.map(widthOf)));
      const place = { ...points[0], points, centred: true, only: ["centre"], reach: 0 };
      const key = `polity ${row.id} ${k} ${step}`;
      return points.length ? [{ key, once, lines, rank: rank + k / 10 + step / 20, ...place }] : [];
    });
  });
  if (inside.length) return inside;
  const isFree = (x, y) => [row.id, null].includes(ownerAt(x, y));
  return besideWords(row, name, chords, isFree, { look, rank: rank + 1, once });
}

/** The name beside the ground that is too small for it, over no other's ground. */
function besideWords(row, name, chords, isFree, { look, rank, once }) {
  const lines = settings(name)
    .map((texts) => texts.map((text) => ({ text, size: SMALLEST, tracking: 0.6, ...look, halo: "halo" })))
    .find((some) => some.every((line) => widthOf(line) <= ASIDE));
  if (!lines) return [];
  const width = Math.max(...lines.map(widthOf));
  const points = chords
    .slice(0, 4)
    .flatMap(({ x, y, length }) => {
      const away = length / 2 + AWAY + width / 2;
      return [
        { x: x + away, y },
        { x: x - away, y },
      ];
    })
    .filter(({ x, y }) => [0, -0.48, 0.48].every((share) => isFree(x + share * width, y)));
  if (!points.length) return [];
  const key = `polity ${row.id} beside`;
  return [{ key, once, lines, ...points[0], points, rank, centred: true, only: ["centre"], reach: 0 }];
}
