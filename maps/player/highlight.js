// What a chapter wants to stand out among all that is shown: some events and routes.

/** Nothing stands out, nothing steps back. */
export const NO_HIGHLIGHT = { isUsed: false, events: new Set(), routes: new Set() };

const made = new WeakMap(); // chapter -> its highlight

/** The highlight of a chapter as {isUsed, events (indices), routes (ids)}; of none, that of nothing. */
export function highlightOf(chapter, events) {
  if (!chapter?.highlight.length) return NO_HIGHLIGHT;
  if (!made.has(chapter)) {
    const indices = chapter.highlight.map((id) => events.indexOf(id)).filter((i) => i >= 0);
    made.set(chapter, { isUsed: true, events: new Set(indices), routes: new Set(chapter.highlight) });
  }
  return made.get(chapter);
}

/** How some events look as one: "highlighted" if any of them is, "aside" where others are, else "". */
export const lookOf = ({ isUsed, events }, members) =>
  members.some((i) => events.has(i)) ? "highlighted" : isUsed ? "aside" : "";
