import { svg } from "./dom.js";
import { initialsOf } from "./initials.js";

// The marks' shapes come with the scene (maps/style.py): paths about 0,0 with radius 1.

const paths = new Map(); // kind -> path text

const letters = new Map(); // direction -> the letter that stands for its name

export function setSymbols(kinds, directions) {
  for (const kind of kinds) paths.set(kind.id, kind.shape);
  const initials = initialsOf(directions.map(({ label }) => label));
  directions.forEach(({ id }, k) => letters.set(id, initials[k]));
}

/** The path of a kind's shape, in a text. */
export const shapeOf = (kind) => paths.get(kind);

/** What must be said of a thing that never was; nothing of what happened. */
export const fateOf = (status) => (status === "executed" ? "" : `${status}, never executed`);

/** What colours a thing: the one direction's name, "context" for none. */
export const toneOf = (directions) => (directions.length === 1 ? `direction-${directions[0]}` : "context");

/** The colour of the words that belong to a thing of these directions. */
export const textToneOf = (directions) => (directions.length === 1 ? `text-of-${directions[0]}` : "map-ink");

/** Gradients with hard stops, for marks that belong to several directions: each its share. */
export function gradients(combinations) {
  const defs = svg("defs");
  for (const combination of combinations) {
    const gradient = svg("linearGradient", { id: `tones-${combination.join("_")}` });
    combination.forEach((direction, index) => {
      for (const edge of [index, index + 1]) {
        const stop = svg("stop", { offset: edge / combination.length });
        stop.style.stopColor = `var(--direction-${direction})`;
        gradient.append(stop);
      }
    });
    defs.append(gradient);
  }
  return svg("svg", { class: "defs", width: 0, height: 0, "aria-hidden": "true" }, defs);
}

const paintOf = (directions) =>
  directions.length > 1 ? `url(#tones-${directions.join("_")})` : `var(--${toneOf(directions)})`;

/** The letters of some directions, "NS" for north and south. */
export const lettersOf = (directions) => directions.map((direction) => letters.get(direction)).join("");

/** What tells the directions where the reader's system has taken the colours; else it is not shown. */
function lettered(directions) {
  if (!directions.length) return [];
  return [svg("text", { class: "letter", x: -0.65, y: 1.6, "text-anchor": "end" }, lettersOf(directions))];
}

/** The mark of a kind: filled when executed, a dashed outline when it never was. */
export function symbol(kind, directions, status) {
  const d = paths.get(kind);
  const casing = svg("path", { d, class: "casing" });
  const body = svg("path", { d, class: status === "executed" ? "body" : "body unexecuted" });
  if (status === "executed") body.style.fill = paintOf(directions);
  else body.style.stroke = `var(--${toneOf(directions)})`;
  const parts = [casing, body, ...lettered(directions)];
  return svg("svg", { viewBox: "-1.6 -1.6 3.2 3.2", class: "symbol", "aria-hidden": "true" }, ...parts);
}
