import { el, svg } from "./dom.js";
import { holdingsOf } from "./holdings.js";

// The legend of the ground: each side's tints and hatch as they occur, and the front line.

const [WIDTH, HEIGHT] = [26, 16];

function swatch(name, ...kids) {
  const root = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    width: WIDTH,
    height: HEIGHT,
    role: "img",
    "aria-label": name,
  });
  root.append(svg("title", {}, name), ...kids);
  return root;
}

const ground = (fill) => svg("rect", { width: WIDTH, height: HEIGHT, rx: 3, fill });

/** Lines of a hatch across a swatch, leaning as on the map. */
function hatch(id, leansRight) {
  const lines = [];
  for (let x = -HEIGHT; x < WIDTH + HEIGHT; x += 7)
    lines.push(leansRight ? `M${x},${HEIGHT}L${x + HEIGHT},0` : `M${x},0L${x + HEIGHT},${HEIGHT}`);
  return svg("path", { d: lines.join(""), stroke: `var(--hatch-of-${id})`, "stroke-width": 1.3 });
}

/** Which sides own ground, have clients and hold what is others' at any time. */
function occurring(scene) {
  const holdings = holdingsOf(scene);
  const found = { own: new Set(), client: new Set(), holds: new Set() };
  for (const timeline of holdings.held)
    for (const { owner, holder, garrison, status, first } of timeline) {
      const at = first ?? holdings.begins;
      found[status === "client" ? "client" : "own"].add(holdings.sideOf(owner, at));
      if (owner !== holder) found.holds.add(holdings.sideOf(holder, at));
      if (garrison) found.holds.add(holdings.sideOf(garrison, at));
    }
  for (const { leftSides, rightSides } of scene.fronts ?? [])
    for (const side of [leftSides[0], rightSides[0]]) found.holds.add(side);
  return found;
}

function sideRow({ id, label }, index, { own, client, holds }) {
  if (![own, client, holds].some((set) => set.has(id))) return null;
  return el(
    "li",
    {},
    own.has(id) ? swatch("its own ground", ground(`var(--tint-of-${id})`)) : "",
    client.has(id) ? swatch("its client states", ground(`var(--client-of-${id})`)) : "",
    holds.has(id)
      ? swatch("held by it, of others", ground(`var(--tint-of-${id})`), hatch(id, index === 0))
      : "",
    el("span", {}, label),
  );
}

function frontRow(fronts) {
  const accuracy = Math.max(...fronts.map(({ accuracyKm }) => accuracyKm));
  return el(
    "li",
    {},
    swatch(
      "front line",
      svg("rect", { y: 2, width: WIDTH, height: 6, fill: "var(--front)", opacity: 0.25 }),
      svg("path", { d: `M0,8H${WIDTH}`, stroke: "var(--front)", "stroke-width": 2.4 }),
    ),
    el("span", {}, `front line; soft towards where it goes, uncertain by ± ${accuracy} km`),
  );
}

/** The legend as elements; none where a scene has no ledger and no fronts. */
export function groundLegend(scene) {
  const found = occurring(scene);
  const fronts = scene.fronts ?? [];
  const rows = (scene.sides ?? []).map((side, k) => sideRow(side, k, found));
  if (fronts.length) rows.push(frontRow(fronts));
  if (!rows.some(Boolean)) return [];
  return [
    el("h3", {}, "Ground"),
    el("ul", { class: "ground-legend" }, ...rows.filter(Boolean)),
    found.holds.size
      ? el(
          "p",
          { class: "hint" },
          "Lighter: client states. Hatched: held by one, owned by another, to an approximate extent; " +
            "hatched wide: troops of another. Crossed: claimed by two.",
        )
      : "",
  ];
}
