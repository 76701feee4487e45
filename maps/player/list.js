import { el } from "./dom.js";
import { makeFacets } from "./facets.js";
import { withCommas } from "./numbers.js";
import { foundBy, parted, search, wordsOf } from "./search.js";
import { makeSearchFields } from "./searchfields.js";
import { fateOf, symbol } from "./symbols.js";

// The map's twin in text: every event in order of time, those of the moment marked, and a search.
// Only the rows that can be seen exist, so that a million of them are no more than twenty.

const ROW = 54; // px; list.css has the same
const SPARE = 6; // rows beyond either edge
const TALLEST = 8_000_000; // px: browsers draw nothing taller than some 17 million

/** One event as a line that can be pressed; `words` are those that were searched for. */
export function eventRow(events, i, choose, words = []) {
  const mark = symbol(events.kind.at(i), events.directions.at(i), events.status.at(i));
  const said = [events.label.at(i), fateOf(events.status.at(i))].filter(Boolean).join(" · ");
  const marked = (whole) => parted(whole, words).map(({ text, hit }) => (hit ? el("mark", {}, text) : text));
  const by = foundBy(events, i, words); // first, so that a narrow row does not cut it
  const below = el("small", {}, ...(by ? [...marked(by), " · "] : []), said);
  const named = el("span", {}, el("span", { class: "title" }, ...marked(events.title.at(i))), below);
  return el("li", {}, el("button", { type: "button", onclick: () => choose(i) }, mark, named));
}

/** Shows the events of a state (state.js); `unfold()` opens the list; `bar` is where the top bar has its search,
 * `since` an element that stands first.  */
export function makeList(root, state, { bar, unfold, since }) {
  const { filters } = state;
  const { events } = state.scene;
  const choose = (i) => state.choose(i);
  const place = el("div");
  const fields = makeSearchFields(place, bar, {
    ask,
    unfold,
    walk: () => total() > 0 && walkTo(walked),
    first() {
      const isFound = words.length > 0 && total() > 0;
      if (isFound) choose(eventAt(0));
      return isFound;
    },
  });
  const count = el("p", { class: "found", role: "status" });
  const rows = el("ol", { class: "scroll", tabIndex: -1 });
  const none = el("p", { class: "hint", hidden: true });
  const sieve = el("div", { class: "sieve" });
  const facets = makeFacets(sieve, filters, {
    toggle: (facet, id) => state.toggleFilter(facet, id),
    include: (facet, id) => state.switchFilter(facet, [id], true),
    clear: () => state.clearFilters(),
  });
  const again = el("button", { type: "button", onclick: () => state.clearFilters() }, "Clear the filters");
  root.append(el("h2", {}, "Events"), since, place, sieve, count, none, rows);

  let hits = null; // the indices that were found, or null for all
  let how = ""; // found: "" by their names, "told" in summaries, "near" by what is spelt nearly so
  let isDone = true; // the search
  let listed = null; // of those what the filters leave, or null for all
  let words = [];
  let stop = () => {};
  let now = new Set();
  let selected = null;
  let newest = null; // of those of the moment, the one that began last
  let walked = 0; // the position that the arrow keys are at
  let held = false; // whether a hand has scrolled the list, and has not gone elsewhere since
  const made = new Map(); // position -> its row
  const total = () => (listed ? listed.length : events.count);
  const eventAt = (position) => (listed ? listed[position] : position);

  /** Rows per pixel of scrolling: more than what is drawn once the list is taller than any page. */
  const height = () => Math.min(total() * ROW, TALLEST);
  const scale = () => (height() ? (total() * ROW) / height() : 1);

  /** The position of an event in the list, or -1; both are in order of time. */
  function positionOf(i) {
    if (!listed) return i;
    let [low, high] = [0, listed.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (listed[middle] < i) low = middle + 1;
      else high = middle;
    }
    return listed[low] === i ? low : -1;
  }

  function draw() {
    if (root.hidden) return;
    const top = rows.scrollTop * scale();
    rows.classList.toggle("runs-on", rows.scrollTop + rows.clientHeight < height() - 2);
    const first = Math.max(0, Math.floor(top / ROW) - SPARE);
    const last = Math.min(total(), Math.ceil((top + rows.clientHeight) / ROW) + SPARE);
    const shift = rows.scrollTop - top; // 0 unless a pixel of scrolling is more than one of rows
    const before = Math.max(0, first * ROW + shift);
    rows.style.setProperty("--before", `${before}px`);
    rows.style.setProperty("--after", `${Math.max(0, height() - before - (last - first) * ROW)}px`);
    const focused = [...made].find(([, row]) => row.contains(document.activeElement))?.[0];
    for (const [position, row] of made)
      if ((position < first || position >= last) && position !== focused) {
        row.remove();
        made.delete(position);
      }
    for (let position = first; position < last; position += 1) if (!made.has(position)) add(position);
    const inView = Math.min(Math.ceil(top / ROW), total() - 1);
    const reached = walked >= first && walked < last ? walked : inView; // by Tab
    for (const [position, row] of made) {
      const i = eventAt(position);
      row.classList.toggle("kept", position < first || position >= last);
      row.classList.toggle("now", now.has(i));
      row.firstChild.setAttribute("aria-current", i === selected || (now.has(i) ? "time" : false));
      row.firstChild.tabIndex = position === reached ? 0 : -1;
    }
  }

  /** Adds a row where it stands in the order, which is that of screen readers. */
  function add(position) {
    const row = eventRow(events, eventAt(position), choose, words);
    row.setAttribute("aria-setsize", total());
    row.setAttribute("aria-posinset", position + 1);
    const next = [...made.keys()].filter((other) => other > position).sort((a, b) => a - b)[0];
    rows.insertBefore(row, next === undefined ? null : made.get(next));
    made.set(position, row);
  }

  function refill() {
    for (const row of made.values()) row.remove();
    made.clear();
    walked = Math.min(walked, Math.max(0, total() - 1));
    draw();
  }

  /** Scrolls as little as brings a row into view. */
  function reveal(position) {
    const [top, room] = [rows.scrollTop * scale(), rows.clientHeight];
    const [from, to] = [position * ROW, (position + 1) * ROW];
    // To whole rows, so that the one at the top is not cut.
    const wanted = from < top ? from : to > top + room ? Math.ceil((to - room) / ROW) * ROW : top;
    rows.scrollTop = wanted / scale();
    draw();
  }

  /** The keyboard goes to a row. */
  function walkTo(position) {
    walked = Math.min(Math.max(position, 0), total() - 1);
    reveal(walked);
    made.get(walked)?.firstChild.focus({ preventScroll: true });
    return true;
  }

  const FOUND = {
    "": (number, all) => `${number} of ${all} events`,
    told: (number) => `none named so; ${number} tell of it`,
    near: (number) => `none spelt so; ${number} nearly so`,
  };

  function said() {
    const [number, all] = [withCommas(total()), withCommas(events.count)];
    if (!listed) return `${all} events`;
    const what = FOUND[total() ? how : ""](number, all);
    return isDone ? what : `${what}, searching …`;
  }

  /** Why the list is empty. */
  function emptyWords() {
    if (!hits) return ["No event passes all filters. ", again];
    if (!hits.length) return ["Nothing is called so. Try a place, a person or one word of the title."];
    const number = hits.length === 1 ? "One event is" : `${withCommas(hits.length)} events are`;
    return [`${number} found, but the filters leave none. `, again];
  }

  /** What is found and left by the filters. */
  function relist() {
    const { listed: passes } = filters;
    if (filters.isActive) listed = (hits ?? Array.from(passes, (_, i) => i)).filter((i) => passes[i]);
    else listed = hits;
    count.textContent = said();
    none.hidden = !isDone || total() > 0;
    none.replaceChildren(...(none.hidden ? [] : emptyWords()));
    refill();
    if (isDone) recount();
  }

  /** Counts of the facets, while anybody sees them. */
  function recount() {
    if (!root.hidden && facets.isOpen()) facets.showCounts(filters.counts(hits));
  }
  facets.onOpen(recount);

  function ask(query) {
    stop();
    fields.show(query);
    words = wordsOf(query);
    rows.scrollTop = 0;
    walked = 0;
    none.hidden = true;
    if (words.length) {
      stop = search(events, query, (...found) => {
        [hits, isDone, how] = found;
        relist();
      });
      return;
    }
    [hits, isDone, how] = [null, true, ""];
    relist();
    follow();
  }

  /** Brings what is of the moment into view, unless the reader searches, scrolls or walks the list. */
  function follow() {
    if (held || words.length || rows.contains(document.activeElement)) return;
    const i = selected ?? newest;
    if (i === null || positionOf(i) < 0) return;
    walked = positionOf(i);
    reveal(walked);
  }

  const page = () => Math.max(1, Math.floor(rows.clientHeight / ROW) - 1);
  const steps = {
    ArrowDown: () => walked + 1,
    ArrowUp: () => walked - 1,
    PageDown: () => walked + page(),
    PageUp: () => walked - page(),
    Home: () => 0,
    End: () => total() - 1,
  };
  rows.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "ArrowUp" && walked === 0) fields.focus();
    else walkTo(step());
  });
  rows.addEventListener("focusin", (event) => {
    const found = [...made].find(([, row]) => row.contains(event.target));
    if (found) [walked] = found;
  });
  rows.addEventListener("scroll", draw, { passive: true });
  // What stands above the rows opens and closes.
  const fit = () => {
    draw();
    follow();
  };
  if (window.ResizeObserver) new ResizeObserver(fit).observe(rows);
  for (const kind of ["wheel", "touchmove", "pointerdown"])
    rows.addEventListener(kind, () => (held = true), { passive: true });
  root.addEventListener("pointerleave", ({ pointerType }) => (held &&= pointerType !== "mouse"));
  document.addEventListener("pointerdown", ({ target }) => (held &&= root.contains(target)));

  return {
    open() {
      root.hidden = held = false;
      facets.showChips();
      relist();
      follow();
    },
    close() {
      root.hidden = true;
    },
    /** Other filters: what they leave stands in the list. */
    filter() {
      if (root.hidden) return;
      facets.showChips();
      relist();
      follow();
    },
    /** Marks the events of the moment, and brings the newest into view. */
    show(present, chosen) {
      if (root.hidden) return;
      now = new Set(present);
      newest = present.at(-1) ?? null;
      selected = chosen;
      draw();
      follow();
    },
  };
}
