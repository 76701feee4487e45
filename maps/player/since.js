import { changesBetween } from "./changes.js";
import { el } from "./dom.js";
import { eventRow } from "./list.js";
import { describe, written } from "./when.js";

// What changed since the clock last stood still, in words: one line, which unfolds to the names.

const REST = 300; // ms without a step, after which the clock stands still
const MOST = 12; // names under one heading

// How each part is counted and headed, going on in time and going back.
const PARTS = [
  { part: "began", on: ["begun", "Begun"], back: ["not begun", "Not begun yet"] },
  { part: "ended", on: ["ended", "Ended"], back: ["not over", "Not over yet"] },
  { part: "moved", on: ["moved", "Moved"], back: ["moved back", "Moved back"] },
  {
    part: "ground",
    on: ["changed hands", "Changed hands"],
    back: ["in other hands", "Was still to change hands"],
  },
];

const isSame = (a, b) => a.first === b.first && a.last === b.last;

function named({ date, clock }) {
  const [, hour] = clock.split(" · ");
  return hour ? `${date}, ${hour}` : date;
}

/** `calls`: route(route), ground(pieces) go there. Shown only while `root` can be seen. */
export function makeSince(root, state, calls) {
  const { events } = state.scene;
  const summary = el("summary");
  const body = el("div", { class: "scroll" });
  root.append(summary, body);
  root.addEventListener("toggle", show);
  root.hidden = true;
  let now = null; // the moment at which the clock stands still
  let before = null; // and where it stood before that
  let waiting = 0;

  const row = (title, said, go) =>
    el("li", {}, el("button", { type: "button", onclick: go }, el("span", {}, title, el("small", {}, said))));
  const rows = {
    began: (i) => eventRow(events, i, (one) => state.choose(one)),
    ended: (i) => eventRow(events, i, (one) => state.choose(one)),
    moved: (route) => row(route.title, `by ${route.means}`, () => calls.route(route)),
    ground: ({ title, said, pieces }) => row(title, said, () => calls.ground(pieces)),
  };

  /** One part with its heading; of many names the first. */
  function section(part, heading, found) {
    const rest = found.length - MOST;
    return [
      el("h3", {}, `${heading} (${found.length})`),
      el("ul", {}, ...found.slice(0, MOST).map(rows[part])),
      rest > 0 ? el("p", { class: "hint" }, `and ${rest} more`) : "",
    ];
  }

  function show() {
    root.hidden = !before;
    root.classList.remove("passing");
    if (root.hidden || !root.checkVisibility()) return;
    const isBack = now.last < before.last;
    const changes = isBack ? changesBetween(state, now, before) : changesBetween(state, before, now);
    const parts = PARTS.filter(({ part }) => changes[part].length);
    const wordsOf = ({ on, back }) => (isBack ? back : on);
    const says = (one) => `${changes[one.part].length} ${wordsOf(one)[0]}`.replaceAll(" ", "\u00a0");
    const what = parts.map(says).join(", ") || "no change";
    summary.textContent = `${isBack ? "Back from" : "Since"} ${named(describe(before))}: ${what}`;
    if (body.contains(document.activeElement)) summary.focus({ preventScroll: true }); // its row is about to go
    body.replaceChildren();
    if (!root.open) return; // the names are made when they are asked for
    body.append(
      ...parts.flatMap((one) => section(one.part, wordsOf(one)[1], changes[one.part])),
      parts.length ? "" : el("p", { class: "hint" }, "Of what is switched on nothing began, ended or moved."),
    );
    body.scrollTop = 0;
  }

  /** The clock has stood still for a while. */
  function settle() {
    if (state.clock.playing) return;
    const { moment } = state;
    if (!now || !isSame(moment, now)) [before, now] = [now, moment];
    root.dataset.at = written(now);
    show();
  }

  return {
    /** The moment, or what is shown of it, may be another. */
    follow() {
      clearTimeout(waiting);
      root.classList.toggle("passing", state.clock.playing); // its room stays, that nothing jumps
      if (!state.clock.playing) waiting = setTimeout(settle, REST);
    },
    /** The list has been opened. */
    show,
  };
}
