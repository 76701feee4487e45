import { el } from "./dom.js";
import { symbol } from "./symbols.js";

// What the reader switches: directions in the legend along the map's top, the ground in a panel.

function box(layer, on, change, ...kids) {
  const input = el("input", { type: "checkbox", checked: on, data: { layer: layer.id }, onchange: () => change(layer.id, input.checked) });
  return el("label", { class: "switch", data: { layer: layer.id } }, input, ...kids);
}

/** Fills legend and panel; `change(id, on)` is called by the reader's hand. */
export function layerSwitches(legend, panel, scene, isOn, change) {
  const switches = (group) => scene.layers.filter((layer) => layer.group === group);
  const directions = switches("directions").map((layer) => {
    const chip = box(layer, isOn(layer.id), change, el("span", {}, layer.label));
    const known = scene.directions.some((direction) => direction.id === layer.id);
    chip.style.setProperty("--tone", known ? `var(--direction-${layer.id})` : "var(--context)");
    chip.style.setProperty("--tone-text", known ? `var(--direction-${layer.id}-text)` : "var(--ink)");
    return chip;
  });
  const kinds = new Map(scene.kinds.map((kind) => [kind.label, kind]));
  legend.append(
    el("span", { class: "switches" }, ...directions),
    el("span", { class: "kinds", hidden: kinds.size < 2 }, ...[...kinds.values()].map((kind) => el("span", { class: "kind" }, symbol(kind.id, [], "executed"), kind.label))),
  );
  panel.append(el("h2", {}, "Layers"), ...switches("map").map((layer) => box(layer, isOn(layer.id), change, el("span", {}, layer.label))),
    el("p", { class: "hint" }, "The projection is Mercator: areas far north look larger than they are. Country lines are those of today, for orientation."));
  return {
    show() {
      for (const input of document.querySelectorAll("input[data-layer]")) input.checked = isOn(input.dataset.layer);
    },
  };
}
