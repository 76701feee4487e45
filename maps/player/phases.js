import { el } from "./dom.js";

// The phases of each direction: bands at the outer edge of its lane, with their names where these fit.

const WORDS = 15; // px from which on a band is high enough for its name
const ROOM = 8; // px that a name leaves free in its band

export function makePhases(root, phases) {
  const bands = phases.map((phase) => {
    const name = el("span", {}, phase.label);
    const node = el("span", { class: "phase", role: "listitem" }, name);
    node.append(el("span", { class: "sr-only" }, phase.when ? `, ${phase.when}` : ""));
    return { phase, node, name };
  });
  const ctx = document.createElement("canvas").getContext("2d");
  root.append(...bands.map(({ node }) => node));
  root.hidden = phases.length === 0;

  function place({ phase, node, name }, box, axis, isOn) {
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
    const fits = strip.phases >= WORDS && ctx.measureText(phase.label).width <= b - a - ROOM;
    name.className = fits ? "" : "sr-only";
  }

  return {
    has: (direction) => phases.some((phase) => phase.direction === direction),
    /** The phase of a direction, or of any, at an instant. */
    at: (instant, direction) =>
      phases.find(
        (one) => (!direction || one.direction === direction) && one.first <= instant && one.last >= instant,
      ),
    place(box, axis, isOn) {
      ctx.font = `12px ${getComputedStyle(root).fontFamily}`;
      for (const band of bands) place(band, box, axis, isOn);
    },
  };
}
