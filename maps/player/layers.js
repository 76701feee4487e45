import { el, svg } from "./dom.js";
import { symbol } from "./symbols.js";

// What the reader switches: directions in the legend along the map's top, the ground in a panel.

function box(layer, on, change, ...kids) {
  const input = el("input", {
    type: "checkbox",
    checked: on,
    data: { layer: layer.id },
    onchange: () => change(layer.id, input.checked),
  });
  return el("label", { class: "switch", data: { layer: layer.id } }, input, ...kids);
}

/** How a way stands on the map: covered, and still ahead. */
function routeSamples(scene) {
  if (!scene.routes.some((route) => route.status === "executed")) return [];
  const drawn = (props) => {
    const root = svg("svg", { viewBox: "0 0 32 12", width: 32, height: 12, "aria-hidden": "true" });
    root.append(svg("path", props));
    return root;
  };
  return [
    el(
      "span",
      { class: "kind" },
      drawn({ d: "M1,6.6L20,8.6L18.6,11.4L31,6L18.6,.6L20,3.4L1,5.4Z", fill: "var(--context)" }),
      "route",
    ),
    el(
      "span",
      { class: "kind" },
      drawn({
        d: "M2,6H31",
        stroke: "var(--context)",
        "stroke-width": 2,
        "stroke-linecap": "round",
        "stroke-dasharray": "0.1 5",
      }),
      "still ahead",
    ),
  ];
}

/** Fills legend and panel; `change(id, on)` is called by the reader's hand. */
export function layerSwitches(legend, panel, scene, isOn, change) {
  const switches = (group) => scene.layers.filter((layer) => layer.group === group);
  const plan = scene.kinds.find((kind) => kind.id === "plan") ?? scene.kinds[0];
  const directions = switches("directions").map((layer) => {
    const chip = box(
      layer,
      isOn(layer.id),
      change,
      ...(layer.id === "planned" && plan ? [symbol(plan.id, [], "planned")] : []),
      el("span", {}, layer.label),
    );
    const known = scene.directions.some((direction) => direction.id === layer.id);
    chip.style.setProperty("--tone", known ? `var(--direction-${layer.id})` : "var(--context)");
    chip.style.setProperty("--tone-text", known ? `var(--text-of-${layer.id})` : "var(--ink)");
    return chip;
  });
  const kinds = new Map(
    scene.kinds.filter((kind) => kind.id !== "context").map((kind) => [kind.label, kind]),
  );
  legend.append(
    el("span", { class: "switches" }, ...directions),
    el(
      "span",
      { class: "kinds", hidden: kinds.size < 2 },
      ...[...kinds.values()].map((kind) =>
        el("span", { class: "kind" }, symbol(kind.id, [], "executed"), kind.label),
      ),
      ...routeSamples(scene),
    ),
  );
  panel.append(
    el("h2", {}, "Layers"),
    ...switches("map").map((layer) => box(layer, isOn(layer.id), change, el("span", {}, layer.label))),
    el(
      "p",
      { class: "hint" },
      "The projection is Mercator: areas far north look larger than they are. Country lines are those of today, for orientation.",
    ),
  );
  return {
    show() {
      for (const input of document.querySelectorAll("input[data-layer]"))
        input.checked = isOn(input.dataset.layer);
    },
  };
}
