import { el, svg } from "./dom.js";
import { GARRISON, hatchOf } from "./hatch.js";
import { holdingsOf } from "./holdings.js";

// The legend of the ground: each side's tints and hatches as they occur, disputed borders, the front line.

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

/** Lines of a hatch across a swatch, leaning and as far apart as on the map. */
function hatch(id, { lean, period, width }) {
  const lines = [];
  for (let x = -HEIGHT; x < WIDTH + HEIGHT; x += period * Math.SQRT2)
    lines.push(lean > 0 ? `M${x},${HEIGHT}L${x + HEIGHT},0` : `M${x},0L${x + HEIGHT},${HEIGHT}`);
  return svg("path", { d: lines.join(""), stroke: `var(--hatch-of-${id})`, "stroke-width": width });
}

/** Which sides own ground, have clients, hold what is others' and have troops there, at any time. */
function occurring(scene) {
  const holdings = holdingsOf(scene);
  const found = { own: new Set(), client: new Set(), holds: new Set(), stays: new Set() };
  for (const timeline of holdings.held)
    for (const { owner, holder, garrison, status, first } of timeline) {
      const at = first ?? holdings.begins;
      found[status === "client" ? "client" : "own"].add(holdings.sideOf(owner, at));
      if (owner !== holder) found.holds.add(holdings.sideOf(holder, at));
      if (garrison) found.stays.add(holdings.sideOf(garrison, at));
    }
  for (const { leftSides, rightSides } of scene.fronts ?? [])
    for (const side of [leftSides[0], rightSides[0]]) found.holds.add(side);
  return found;
}

function sideRow({ id, label }, sides, { own, client, holds, stays }) {
  if (![own, client, holds, stays].some((set) => set.has(id))) return null;
  const tint = `var(--tint-of-${id})`;
  const style = hatchOf(sides, id);
  return el(
    "li",
    {},
    own.has(id) ? swatch("its own ground", ground(tint)) : "",
    client.has(id) ? swatch("its client states", ground(`var(--client-of-${id})`)) : "",
    holds.has(id) ? swatch("held by it, of others", ground(tint), hatch(id, style)) : "",
    stays.has(id)
      ? swatch(
          "its troops on ground of others",
          ground("var(--land)"),
          hatch(id, { ...GARRISON, lean: style.lean }),
        )
      : "",
    el("span", {}, label),
  );
}

/** Ground that two claim, in the colours of those who do so first; null where there is none. */
function disputeRow({ sides, segments = [] }, sideOf) {
  if (!segments.length) return null;
  const known = segments.flatMap(({ claimants }) => claimants.map(sideOf));
  const [a, b = a] = [...new Set(known)].filter((id) => sides.some((side) => side.id === id));
  if (!a) return null;
  const crossed = [a, b].map((id, k) => hatch(id, { lean: k ? -1 : 1, period: 8, width: 1 }));
  const line = svg("path", {
    d: `M0,${HEIGHT / 2}H${WIDTH}`,
    stroke: `var(--hatch-of-${a})`,
    "stroke-width": 2,
    "stroke-dasharray": "7 3",
  });
  return el(
    "li",
    {},
    swatch("claimed by two", ground("var(--land)"), ...crossed),
    swatch("a border that one claims", ground("var(--land)"), line),
    el("span", {}, "disputed, shown from near by"),
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
  const sides = scene.sides ?? [];
  const rows = sides.map((side) => sideRow(side, sides, found));
  if (!rows.some(Boolean) && !fronts.length) return [];
  const holdings = holdingsOf(scene);
  rows.push(
    disputeRow(scene, (id) => holdings.sideOf(id, holdings.begins)),
    fronts.length ? frontRow(fronts) : null,
    el(
      "li",
      {},
      swatch("nothing told", ground("var(--land)")),
      el("span", {}, "who held it is not told here"),
    ),
  );
  return [
    el("h3", {}, "Ground"),
    el("ul", { class: "ground-legend" }, ...rows.filter(Boolean)),
    found.holds.size
      ? el(
          "p",
          { class: "hint" },
          "Lighter: client states. Hatched: held by one, owned by another, to an approximate extent; " +
            "hatched wide: troops of another.",
        )
      : "",
  ];
}
