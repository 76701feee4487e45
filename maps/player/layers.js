import { el, icon, svg } from "./dom.js";
import { groundLegend } from "./groundlegend.js";
import { symbol } from "./symbols.js";

// What the reader switches: directions in the legend along the map's top, the ground in a panel.

const small = matchMedia("(max-width: 599px), (max-height: 519px)");

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

/** Each shape of the legend, once, with the ids of the kinds that it stands for. */
function kindsByLabel(kinds) {
  const found = new Map();
  for (const { id, label } of kinds) {
    if (id === "context") continue; // which is a layer
    if (found.has(label)) found.get(label).push(id);
    else found.set(label, [id]);
  }
  return [...found];
}

/**
 * Fills legend and panel, which show the state (state.js) and change it; `resized()` is called when the
 * legend is folded.
 */
export function layerSwitches(legend, panel, state, resized) {
  const { scene, isOn } = state;
  const change = (id, on) => state.setLayer(id, on);
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
  const shown = state.filters.byId.get("kinds");
  const isShown = (ids) => ids.some((id) => shown.isShown(id));
  const kinds = kindsByLabel(scene.kinds).map(([label, ids]) => {
    const props = { type: "button", class: "kind", title: "Show or hide these marks" };
    const press = () => state.switchFilter("kinds", ids, !isShown(ids));
    const button = el("button", { ...props, onclick: press }, symbol(ids[0], [], "executed"), label);
    return { button, ids };
  });
  const samples = routeSamples(scene);
  const fold = el(
    "button",
    { type: "button", class: "fold", "aria-expanded": "false" },
    "Legend",
    icon("down"),
  );
  const shapes = el(
    "span",
    { class: "kinds", role: "group", "aria-label": "Kinds of events" },
    ...kinds.map(({ button }) => button),
    ...samples,
  );
  fold.addEventListener("click", () => {
    fold.setAttribute("aria-expanded", String(shapes.classList.toggle("open")));
    resized();
  });
  const few = kinds.length + samples.length < 2;
  shapes.hidden = few;
  legend.append(el("span", { class: "switches" }, ...directions), fold);
  panel.append(
    el("h2", {}, "Layers"),
    ...switches("map").map((layer) => box(layer, isOn(layer.id), change, el("span", {}, layer.label))),
    ...groundLegend(scene),
    el("p", { class: "hint" }, "The projection is Mercator: areas far north look larger than they are."),
  );

  /** Where the map is small, the shapes stand in the panel. */
  function place() {
    fold.hidden = small.matches || few;
    (small.matches ? panel : legend).append(shapes);
  }
  small.addEventListener("change", place);
  place();

  function show() {
    for (const input of document.querySelectorAll("input[data-layer]"))
      input.checked = isOn(input.dataset.layer);
    for (const { button, ids } of kinds) {
      const pressed = String(isShown(ids));
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    }
  }
  show();
  return { show };
}
