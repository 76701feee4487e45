import { el } from "./dom.js";
import { typeScale } from "./largetype.js";

// The phases of each direction: bands at the outer edge of its lane, with their names, cut short where
// they do not fit.

const WORDS = 15; // px from which on a band is high enough for its name
const ROOM = 6; // px that a name leaves free in its band
const LEAST = 4; // letters of a word that is cut

export function makePhases(root, phases) {
  const bands = phases.map((phase) => {
    const name = el("span");
    const spoken = el("span", { class: "sr-only" });
    return { phase, name, spoken, node: el("span", { class: "phase", role: "listitem" }, name, spoken) };
  });
  const ctx = document.createElement("canvas").getContext("2d");
  root.append(...bands.map(({ node }) => node));
  root.hidden = phases.length === 0;

  /** The name as it fits: whole, else its first words, else the beginning of the first; or nothing. */
  function fitting(label, width) {
    const words = label.replace(/^(the|an?) /i, "").split(" ");
    const firsts = words.map((_, k) => words.slice(0, words.length - k).join(" "));
    const begun = [...words[0]].map((_, k, { length }) => words[0].slice(0, length - k));
    const short = [...firsts, ...begun.slice(1).filter(({ length }) => length >= LEAST)];
    const tries = [label, ...short.map((part) => `${part.replace(/[\s,;:.–-]+$/, "")}…`)];
    return tries.find((text) => ctx.measureText(text).width <= width) ?? "";
  }

  /** Writes what fits; read aloud it is always the whole name. */
  function write({ phase, name, spoken }, text) {
    const isWhole = text === phase.label;
    name.textContent = text;
    name.hidden = !text;
    name.ariaHidden = isWhole ? null : "true";
    spoken.textContent = [isWhole ? "" : phase.label, phase.when && `, ${phase.when}`].join("");
  }

  function place(band, box, axis, isOn) {
    const { phase, node } = band;
    const strip = box.strips.find(({ lane }) => lane.id === phase.direction);
    const [a, b] = [Math.max(axis.xOf(phase.first), box.left), Math.min(axis.xOf(phase.last), box.right)];
    node.hidden = !strip?.phases || b - a < 2;
    if (node.hidden) return;
    const y = strip.way < 0 ? strip.y : strip.y + strip.depth - strip.phases;
    Object.assign(node.style, {
      left: `${a}px`,
      top: `${y}px`,
      width: `${b - a - 1}px`,
      height: `${strip.phases}px`,
      lineHeight: `${strip.phases}px`,
      color: `var(--text-of-${phase.direction})`,
      opacity: isOn(phase.direction) ? "" : "0.35",
    });
    node.style.setProperty("--band", `var(--band-of-${phase.direction})`);
    node.style.setProperty("--tone", `var(--direction-${phase.direction})`);
    node.classList.toggle("above", strip.way < 0);
    write(band, isHigh(strip) ? fitting(phase.label, b - a - ROOM) : "");
  }

  const isHigh = (strip) => strip.phases >= WORDS * typeScale();

  return {
    has: (direction) => phases.some((phase) => phase.direction === direction),
    /** The phase of a direction, or of any, at an instant. */
    at: (instant, direction) =>
      phases.find(
        (one) => (!direction || one.direction === direction) && one.first <= instant && one.last >= instant,
      ),
    /** Those of these lanes at an instant in words; only where their bands are too low for words. */
    unnamed: (instant, strips) =>
      phases
        .filter(({ direction, first, last }) => {
          const strip = strips.find(({ lane }) => lane.id === direction);
          return strip && !isHigh(strip) && first <= instant && last >= instant;
        })
        .map(({ label }) => label)
        .join(" · "),
    place(box, axis, isOn) {
      ctx.font = `${12 * typeScale()}px ${getComputedStyle(root).fontFamily}`;
      for (const band of bands) place(band, box, axis, isOn);
    },
  };
}
