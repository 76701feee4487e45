import { el } from "./dom.js";
import { tickContext, ticks } from "./when.js";

// The words on the axis: as many as have room, each at the beginning of its span, beside the knob where
// that stands on it. What they all leave unsaid, such as the year of a row of days, stands at the left.

const GAP = 12; // px between a word's end and the next tick
const INSET = 5; // px from a tick to its word
const KNOB = 13; // px that the playhead's knob keeps clear

/** `root` holds the words. */
export function makeLabels(root) {
  const ctx = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  let font = "";
  let words = []; // {node, begins, ends, width, x}

  function widthOf(text) {
    if (!widths.has(text)) widths.set(text, ctx.measureText(text).width);
    return widths.get(text);
  }

  function word(text, begins, ends, kind) {
    const node = el("span", { class: `axis-word ${kind}` }, text);
    return { node, begins, ends, width: widthOf(text), x: null };
  }

  return {
    /** Reads the font, which may follow the reader's settings. */
    resize() {
      const style = getComputedStyle(root);
      const found = `700 ${style.fontSize} ${style.fontFamily}`;
      if (found === font) return;
      font = ctx.font = found;
      widths.clear();
    },
    /** Writes the words of what the axis shows now, and gives their ticks. */
    lay(axis) {
      const scale = ticks(axis.from, axis.to, axis.right - axis.left, (label) => widthOf(label) + GAP);
      words = inWords(scale, axis, widthOf).map((one) => word(one.text, one.begins, one.ends, one.kind));
      root.replaceChildren(...words.map(({ node }) => node));
      return scale;
    },
    /** Moves the words that a knob would cover to its side, or hides them; `knobs` in px. */
    dodge(knobs) {
      for (const one of words) {
        const x = placeOf(one, knobs);
        if (x === one.x) continue;
        one.x = x;
        one.node.hidden = x === undefined;
        if (x !== undefined) one.node.style.transform = `translateX(${x.toFixed(1)}px)`;
      }
    },
  };
}

/** The words and where their spans begin and end; the first says all that is unsaid after it. */
function inWords({ ticks: found, unit }, axis, widthOf) {
  const spans = found.map((tick, k) => ({
    text: tick.label,
    begins: axis.xOf(tick.at),
    ends: k + 1 < found.length ? axis.xOf(found[k + 1].at) : axis.right,
    kind: tick.major ? "major" : "",
    at: tick.at,
  }));
  const unsaid = tickContext(axis.from, unit);
  if (!unsaid) return spans;
  const needed = axis.left + widthOf(unsaid) + INSET + GAP;
  if (!spans.length || spans[0].begins >= needed)
    return [
      { text: unsaid, begins: axis.left, ends: spans[0]?.begins ?? axis.right, kind: "major" },
      ...spans,
    ];
  const [first, ...rest] = spans;
  const full = tickContext(first.at, unit);
  const isMidnight = unit === "day" || first.kind === "major";
  const text = isMidnight && unit !== "day" ? full : unsaid;
  const ends = rest.find((span) => span.begins >= first.begins + widthOf(text) + GAP)?.begins ?? axis.right;
  const kept = rest.filter((span) => span.begins >= ends);
  return [{ text, begins: isMidnight ? first.begins : axis.left, ends, kind: "major" }, ...kept];
}

function placeOf({ begins, ends, width }, knobs) {
  const free = (x) =>
    x >= begins + 2 &&
    x + width <= ends &&
    knobs.every((knob) => x + width < knob - KNOB || x > knob + KNOB - 1);
  const beside = knobs.flatMap((knob) => [knob + KNOB, knob - KNOB - width - 1]);
  return [begins + INSET, ...beside].find(free);
}
