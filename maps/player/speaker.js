import { citedIn } from "./card.js";
import { el, prose } from "./dom.js";
import { describe } from "./when.js";

// What the presenter reads in the second window: the chapter, its notes, what comes next, and the time.

const SOME = 160; // letters of the next chapter
const two = (number) => String(number).padStart(2, "0");

/** The words of nodes, without their citations. */
function wordsOf(nodes) {
  const each = (node) =>
    typeof node === "string" ? node : node.tag === "cite" ? "" : wordsOf(node.kids ?? []);
  return nodes
    .map(each)
    .join(" ")
    .replace(/\s+/g, " ")
    .replace(/ (?=[.,;:!?)])/g, "")
    .trim();
}

/** The beginning of a text, whole words of it. */
function beginning(text) {
  return text.length <= SOME ? text : `${text.slice(0, text.lastIndexOf(" ", SOME))} …`;
}

/** So many ms as hours, minutes and seconds. */
function lasting(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/**
 * The elements, which live in whichever document they are put into. `calls` are turn(by), blank() and reset(): what its
 * buttons do; `of` tells what is now: isBlank(), since() in ms.
 */
export function makeSpeaker(state, calls, of) {
  const { chapters, title, sources } = state.scene;
  const button = (text, onclick, more = {}) => el("button", { type: "button", onclick, ...more }, text);
  const line = (name, more = {}) => el("p", { class: name, ...more });
  const none = (words) => el("p", { class: "none" }, words);
  const [which, date, wall, elapsed] = ["which", "date", "wall", "elapsed"].map((name) => line(name));
  const [heading, next, words] = [el("h1"), el("h2"), line("words")];
  const notes = el("div", { class: "notes", tabIndex: 0, role: "group", "aria-label": "Speaker notes" });
  const told = line("told", { role: "status" });
  const before = button("← Before", () => calls.turn(-1));
  const after = button("Next →", () => calls.turn(1));
  const black = button("Black screen", () => calls.blank(), { "aria-pressed": "false" });
  const root = el(
    "div",
    { class: "speaker" },
    el(
      "header",
      {},
      which,
      date,
      el("span", { class: "grow" }),
      el("div", { role: "group", "aria-label": "Time of day" }, wall),
      el(
        "div",
        { role: "group", "aria-label": "Time since this window was opened" },
        elapsed,
        button("Reset", () => calls.reset(), { "aria-label": "Count the time from now" }),
      ),
    ),
    el("main", {}, heading, notes),
    el("aside", { "aria-label": "Next chapter" }, el("p", { class: "label" }, "Next"), next, words),
    el("footer", {}, before, after, black, told),
  );
  const unopened = chapters.length
    ? {
        which: `${chapters.length} chapters`,
        notes: "No chapter is open yet. Page down, → or Next opens the first.",
      }
    : { which: "", notes: "This story has no chapters, so there are no speaker notes." };
  let shown; // the chapter that stands there

  function citing(ids) {
    return (id) => el("span", { class: "cite", title: sources[id] ?? id }, `[${ids.indexOf(id) + 1}]`);
  }

  /** The notes of a chapter, and below them what they cite. */
  function notesOf(one) {
    if (!one.notes.length) return [none("This chapter has no speaker notes.")];
    const ids = citedIn(one.notes);
    const cited = ids.map((id) => el("li", {}, sources[id] ?? id));
    return [...prose(one.notes, citing(ids)), cited.length ? el("ol", { class: "cited" }, ...cited) : ""];
  }

  function showChapter(id) {
    shown = id;
    const k = chapters.findIndex((one) => one.id === id);
    const [one, following] = [chapters[k], chapters[k + 1]];
    which.textContent = one ? `Chapter ${k + 1} of ${chapters.length}` : unopened.which;
    heading.textContent = one ? one.title : title;
    notes.replaceChildren(...(one ? notesOf(one) : [none(unopened.notes)]));
    for (const link of notes.querySelectorAll("a")) link.target = "_blank"; // this window stays
    notes.scrollTop = 0;
    next.textContent = following?.title ?? "";
    if (following) words.textContent = beginning(wordsOf(following.text));
    else words.textContent = one ? "This is the last chapter." : "";
    before.disabled = k <= 0;
    after.disabled = !following;
  }

  return {
    root,
    notes,
    /** Follows the state: the chapter that is open, or was before the reader went elsewhere. */
    show() {
      const id = state.chapter ?? state.left;
      if (id !== shown) showChapter(id);
      const now = describe(state.moment).date;
      if (date.textContent !== now) date.textContent = now;
      const plays = state.clock.playing ? "The map is playing." : "";
      const says = of.isBlank() ? "The screen is black." : plays;
      if (told.textContent !== says) told.textContent = says;
      black.setAttribute("aria-pressed", String(of.isBlank()));
    },
    tick() {
      const now = new Date();
      wall.textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
      elapsed.textContent = lasting(now - of.since());
    },
    /** The map has gone: what stands here stays to be read. */
    orphan() {
      for (const one of [before, after, black]) one.disabled = true;
      told.textContent = "The map was closed or loaded anew. Press P there to go on here.";
    },
  };
}
