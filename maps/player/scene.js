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

function bytesOf(base64) {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

async function inflated(base64) {
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The numbers of a column from its byte planes, which begin at `start`. */
function numbersOf({ base, least, unit, width, steps }, planes, start, known, count) {
  const numbers = new Float64Array(count).fill(least); // first, since the rest alone can be too large
  let weight = unit;
  for (let plane = 0; plane < width; plane += 1, weight *= 256) {
    const from = start + plane * count;
    for (let i = 0; i < count; i += 1) numbers[i] += planes[from + i] * weight;
  }
  const other = known.get(base);
  for (let i = 0, before = 0; i < count; i += 1) {
    numbers[i] += other ? other[i] : before;
    if (base === "previous") before = numbers[i];
  }
  return steps ? numbers.map((number) => number / steps) : numbers;
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
    const numbers = numbersOf(column, planes, plane, found, count);
    plane += column.width * count;
    if (column.text) {
      const ends = new Uint32Array(count);
      for (let i = 0, end = 0; i < count; i += 1) ends[i] = end += numbers[i];
      const size = count ? ends[count - 1] : 0;
      found.set(column.name, new Texts(texts.subarray(begin, begin + size), ends));
      begin += size;
    } else if (column.values) {
      const narrow = column.values.length <= 256 ? Uint8Array : Uint32Array;
      found.set(column.name, new Codes(column.values, narrow.from(numbers)));
    } else found.set(column.name, numbers);
  }
  return found;
}

/**
 * The scene, with `events.count` and `events.indexOf(id)`, which is -1 for none. Throws an error whose
 * message is for the reader, where the browser is too old for it.
 */
export async function readScene() {
  if (!window.DecompressionStream)
    throw new Error("This browser is too old for the map: it needs one of 2023 or later.");
  const blocks = ["scene", "numbers", "texts"].map((id) => inflated(take(id)));
  const [text, planes, texts] = await Promise.all(blocks);
  const scene = JSON.parse(decoder.decode(text));
  const { count } = scene.events;
  const columns = columnsOf(scene.events, planes, texts);
  scene.events = Object.fromEntries(columns);
  scene.events.count = count;
  scene.events.indexOf = (id) => columns.get("id").indexOf(id);
  return scene;
}
