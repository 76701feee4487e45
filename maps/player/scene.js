import { bytesOf } from "./base64.js";
import { byId } from "./dom.js";

// The scene (maps/scene.py) as it stands in the page, packed (maps/packing.py).
// Every column of the events answers `at(i)`. Numbers are typed arrays; of texts there is one row of
// bytes, from which each is made when it is asked for: a million titles are never a million strings.

/** Takes a block out of the page: what has been read need not stay. */
function take(id) {
  const block = byId(id);
  block.remove();
  return block.textContent;
}

async function inflated(base64) {
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** What is kept of a column of at most four planes, which begin at `start`, as whole numbers. */
function wholeOf(width, planes, start, count) {
  if (width === 1) return planes.slice(start, start + count);
  const rests = new Uint32Array(count);
  for (let plane = 0; plane < width; plane += 1) {
    const [from, shift] = [start + plane * count, 8 * plane];
    for (let i = 0; i < count; i += 1) rests[i] |= planes[from + i] << shift;
  }
  return rests;
}

/** How far each number of a column is from its base. */
function apartOf({ least, unit, width }, planes, start, count) {
  const numbers = new Float64Array(count);
  if (width <= 4) {
    const rests = wholeOf(width, planes, start, count);
    for (let i = 0; i < count; i += 1) numbers[i] = least + unit * rests[i];
    return numbers;
  }
  numbers.fill(least); // first, since the rest alone can be too large to be exact
  for (let plane = 0, weight = unit; plane < width; plane += 1, weight *= 256) {
    const from = start + plane * count;
    for (let i = 0; i < count; i += 1) numbers[i] += planes[from + i] * weight;
  }
  return numbers;
}

/** The numbers of a column; `known` are the columns before it. */
function numbersOf(column, planes, start, known, count) {
  const numbers = apartOf(column, planes, start, count);
  const { base, steps } = column;
  const other = known.get(base);
  if (other) for (let i = 0; i < count; i += 1) numbers[i] += other[i];
  else if (base === "previous") for (let i = 1; i < count; i += 1) numbers[i] += numbers[i - 1];
  if (steps) for (let i = 0; i < count; i += 1) numbers[i] /= steps;
  return numbers;
}

/** Where each text ends, from the lengths of all. */
function endsOf({ least, unit, width }, planes, start, count) {
  const sizes = wholeOf(width, planes, start, count);
  const ends = new Uint32Array(count);
  for (let i = 0, end = 0; i < count; i += 1) ends[i] = end += least + unit * sizes[i];
  return ends;
}

/** Few values, and for each event which of them. */
class Codes {
  constructor(values, codes) {
    this.values = values;
    this.codes = codes;
  }

  at(i) {
    return this.values[this.codes[i]];
  }
}

const decoder = new TextDecoder();

class Texts {
  /** `ends[i]` is where the text of event i ends in `bytes`, which are those of this column. */
  constructor(bytes, ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  at(i) {
    return decoder.decode(this.bytes.subarray(i ? this.ends[i - 1] : 0, this.ends[i]));
  }

  /** The first event with this very text; -1 if there is none. */
  indexOf(text) {
    if (typeof text !== "string") return -1;
    const wanted = new TextEncoder().encode(text);
    const { bytes, ends } = this;
    for (let i = 0, begin = 0; i < ends.length; begin = ends[i], i += 1) {
      if (ends[i] - begin !== wanted.length) continue;
      let k = 0;
      while (k < wanted.length && bytes[begin + k] === wanted[k]) k += 1;
      if (k === wanted.length) return i;
    }
    return -1;
  }
}

/** The columns of the events by their names. */
function columnsOf({ count, columns }, planes, texts) {
  const found = new Map();
  let [plane, begin] = [0, 0];
  for (const column of columns) {
    if (column.text) {
      const ends = endsOf(column, planes, plane, count);
      const size = count ? ends[count - 1] : 0;
      found.set(column.name, new Texts(texts.subarray(begin, begin + size), ends));
      begin += size;
    } else if (column.values) {
      found.set(column.name, new Codes(column.values, wholeOf(column.width, planes, plane, count)));
    } else found.set(column.name, numbersOf(column, planes, plane, found, count));
    plane += column.width * count;
  }
  return found;
}

/** The bytes of each layer of the basemap, from how many each has. */
function layersOf(sizes, bytes) {
  let begin = 0;
  const next = ([name, size]) => [name, bytes.subarray(begin, (begin += size))];
  return Object.fromEntries(Object.entries(sizes).map(next));
}

/**
 * The scene, with `events.count` and `events.indexOf(id)`, which is -1 for none. Throws an error whose
 * message is for the reader, where the browser is too old for it.
 */
export async function readScene() {
  if (!window.DecompressionStream)
    throw new Error("This browser is too old for the map: it needs one of 2023 or later.");
  const blocks = ["scene", "ground", "numbers", "texts"].map((id) => inflated(take(id)));
  const [text, ground, planes, texts] = await Promise.all(blocks);
  const scene = JSON.parse(decoder.decode(text));
  const { count } = scene.events;
  scene.basemap = layersOf(scene.basemap, ground);
  const columns = columnsOf(scene.events, planes, texts);
  scene.events = Object.fromEntries(columns);
  scene.events.count = count;
  scene.events.indexOf = (id) => columns.get("id").indexOf(id);
  return scene;
}
