// Finding events by their words: title, place by any of its names and who took part, whatever the accents
// and capitals; where none is named so, by what their summaries tell.

const SLICE = 6; // ms that searching takes of a frame
const LONG = 5; // letters from which a word may have a slip

const MARKS = /\p{M}/gu;
const TICKS = /['`´’‘ʼʻ\u00ad]/g; // apostrophes, and hyphens that are not seen: some write them, some do not
const BETWEEN = /[\s,;/−\p{Pd}]+/u; // what parts words, dashes among them
const STROKED = { ø: "o", ł: "l", đ: "d", ß: "ss", æ: "ae", œ: "oe" }; // which no accent is taken from

/** A text without accents, capitals and apostrophes. */
export function folded(text) {
  const small = text.toLowerCase().replace(TICKS, "");
  if (!/[^ -~]/.test(small)) return small;
  return small
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(/[øłđßæœ]/g, (letter) => STROKED[letter]);
}

/** The words of a query, folded, each once. */
export const wordsOf = (query) => [...new Set(folded(query).split(BETWEEN).filter(Boolean))];

/** Whether two words differ by no more than one letter: another, one more, one less, or two exchanged. */
function isNear(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}

/** Whether some word of a text begins as `word` does, one slip allowed. */
function hasNear(text, word) {
  if (text.includes(word)) return true;
  if (word.length < LONG) return false;
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .some((other) =>
      [word.length - 1, word.length, word.length + 1].some((length) => isNear(word, other.slice(0, length))),
    );
}

/** What an event is found by besides its title: its place, the place's other names, who took part. */
const besideTitle = (events, i) => [events.place.at(i), ...events.names.at(i), ...events.actors.at(i)];

const AROUND = 28; // letters of a summary before what was found

/** The part of a summary that tells of a word; "" if none does. */
function excerpt(summary, words) {
  const plain = folded(summary); // of other letters its length may differ: then it is cut a little elsewhere
  const at = Math.min(...words.map((word) => plain.indexOf(word)).filter((found) => found >= 0));
  if (!Number.isFinite(at)) return "";
  const from = at < AROUND ? 0 : summary.lastIndexOf(" ", at - AROUND / 2) + 1;
  return (from ? "… " : "") + summary.slice(from, from + 120);
}

/** By what an event was found that its title does not say, to be shown beside it; "" if by nothing else. */
export function foundBy(events, i, words) {
  const title = folded(events.title.at(i));
  const others = words.filter((word) => !title.includes(word));
  const count = (text) => others.filter((word) => folded(text).includes(word)).length;
  if (!others.length) return "";
  const best = besideTitle(events, i).reduce((one, text) => (count(text) > count(one) ? text : one), "");
  return best || excerpt(events.summary.at(i), others);
}

/**
 * Searches the events for all words of a query, a slice at a time. `found(indices, done, how)` hears
 * of more as they come: `how` is "" for those that are named so; where none is, "told" for those whose
 * summaries have the words; else "near" for those that are named nearly so. Returns what stops it.
 */
export function search(events, query, found) {
  const words = wordsOf(query);
  let stopped = false;

  const namesOf = (i) => folded([events.title.at(i), ...besideTitle(events, i)].join(" \n "));
  const allOf = (i) => `${namesOf(i)} \n ${folded(events.summary.at(i))}`;
  const includes = (text, word) => text.includes(word);
  const ways = [
    { how: "", textOf: namesOf, matches: includes },
    { how: "told", textOf: allOf, matches: includes },
  ];
  if (words.some((word) => word.length >= LONG))
    ways.push({ how: "near", textOf: namesOf, matches: hasNear });

  function pass([{ how, textOf, matches }, ...rest]) {
    const indices = [];
    let i = 0;
    let told = -1; // how many; the first slice tells of none too, so that nothing of another search stays
    function slice() {
      if (stopped) return;
      const until = performance.now() + SLICE;
      while (i < events.count && performance.now() < until)
        for (const end = Math.min(events.count, i + 64); i < end; i += 1) {
          const text = textOf(i);
          if (words.every((word) => matches(text, word))) indices.push(i);
        }
      const done = i >= events.count;
      if (done && !indices.length && rest.length) {
        pass(rest);
        return;
      }
      if (done || indices.length !== told) found(indices, done, how);
      told = indices.length;
      if (!done) setTimeout(slice);
    }
    slice();
  }

  pass(ways);
  return () => {
    stopped = true;
  };
}

/** A text in parts [{text, hit}], those that the words of a query name being hits. */
export function parted(text, words) {
  if (!words.length) return [{ text, hit: false }];
  const letters = [...text];
  const plains = letters.map(folded); // one letter may fold to none or to several
  const starts = [];
  let at = 0;
  for (const each of plains) {
    starts.push(at);
    at += each.length;
  }
  const whole = plains.join("");
  const hits = new Uint8Array(letters.length);
  for (const word of words)
    for (let from = whole.indexOf(word); from >= 0; from = whole.indexOf(word, from + 1))
      starts.forEach((start, k) => {
        if (start >= from && start < from + word.length) hits[k] = 1;
      });
  const parts = [];
  letters.forEach((letter, k) => {
    const last = parts.at(-1);
    if (last && last.hit === Boolean(hits[k])) last.text += letter;
    else parts.push({ text: letter, hit: Boolean(hits[k]) });
  });
  return parts;
}
