import { el, icon } from "./dom.js";
import { withCommas } from "./numbers.js";
import { folded } from "./search.js";

// The facets of the events as fields of check boxes, each value with how many events it would leave, and what
// was chosen as chips.

const FEW = 8; // values of a long facet that stand at once
const LONG = 14; // values of a facet that is one
const MOST = 100; // that ever stand: the others are written for

/** One value: a box, its name, its count. */
function makeRow(value, toggle) {
  const input = el("input", { type: "checkbox", onchange: () => toggle(value.id) });
  const count = el("small");
  const root = el(
    "label",
    { class: "value", data: { value: value.id } },
    input,
    el("span", {}, value.label),
    count,
  );
  return {
    root,
    show(isChosen, number) {
      if (input.checked !== isChosen) input.checked = isChosen;
      count.textContent = withCommas(number);
      root.classList.toggle("empty", number === 0);
    },
  };
}

/** The field of one facet; `values` in their order; `toggle(id)`. */
function makeFieldset(facet, values, toggle) {
  const rows = new Map(); // id -> its row, once it has stood
  const box = el("div", { class: "values" });
  const more = el("button", { type: "button", class: "ghost more-values", onclick: showMore });
  const text = el("input", {
    type: "search",
    class: "narrow",
    placeholder: `Find: ${facet.label.toLowerCase()}`,
    "aria-label": `Find: ${facet.label.toLowerCase()}`,
    autocomplete: "off",
    spellcheck: false,
    oninput: lay,
    onkeydown(event) {
      if (event.key !== "Escape" || !text.value) return;
      event.stopPropagation(); // which would close the panel
      event.preventDefault();
      text.value = "";
      lay();
    },
  });
  const isLong = values.length > LONG;
  let counts = new Map();
  let isWhole = !isLong;

  function showMore() {
    isWhole = true;
    lay();
    box.children[FEW]?.querySelector("input").focus({ preventScroll: true });
  }

  function wanted() {
    const word = folded(text.value.trim());
    if (word) return values.filter(({ label }) => folded(label).includes(word)).slice(0, MOST);
    return values.filter(({ id }, k) => k < (isWhole ? MOST : FEW) || facet.isChosen(id));
  }

  /** The rows that are to be seen; a box that has the focus stays where it is. */
  function lay() {
    const shown = wanted();
    for (const value of shown) if (!rows.has(value.id)) rows.set(value.id, makeRow(value, toggle));
    const roots = shown.map(({ id }) => rows.get(id).root);
    if (roots.length !== box.childElementCount || roots.some((root, k) => root !== box.children[k]))
      box.replaceChildren(...roots);
    more.hidden = isWhole || Boolean(text.value);
    more.textContent = `${values.length - FEW} more`;
    mark();
  }

  function mark() {
    for (const [id, row] of rows) row.show(facet.isChosen(id), counts.get(id) ?? 0);
  }

  const root = el("fieldset", { data: { facet: facet.id } }, el("legend", {}, facet.label));
  if (isLong) root.append(text);
  root.append(box, more);
  return {
    root,
    show(next) {
      counts = next;
      if (values.some(({ id }) => facet.isChosen(id) && !rows.get(id)?.root.isConnected) || !rows.size) lay();
      else mark();
    },
  };
}

/** A chip that takes away what it names. */
function chip({ facet, label, isLeftOut }, remove) {
  const words = isLeftOut ? `not ${label}` : label;
  const says = `${words}: remove this filter (${facet.label})`;
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", title: facet.label, "aria-label": says, onclick: remove },
      words,
      icon("close"),
    ),
  );
}

/**
 * Fills `root` (chips) and gives the fields to be put where they belong; `calls`: toggle(facet, id),
 * include(facet, id) shows it again, clear().
 */
export function makeFacets(root, filters, calls) {
  const chips = el("ul", { class: "chips", "aria-label": "Filters" });
  const clear = el("button", { type: "button", class: "ghost", onclick: calls.clear }, "Clear all");
  const name = el("span", {}, "Filters");
  const summary = el("summary", {}, name);
  const fields = el("details", { class: "facets" }, summary);
  root.append(fields, chips);
  let sets = null;

  /** Made when first looked at. */
  function made() {
    sets ??= filters.facets
      .filter(({ values }) => values.length > 1)
      .map((facet) => {
        const values = facet.id === "actors" ? filters.byFrequency(facet) : facet.values;
        return makeFieldset(facet, values, (id) => calls.toggle(facet.id, id));
      });
    if (fields.childElementCount < 2)
      fields.append(el("div", { class: "fields" }, ...sets.map((one) => one.root)));
    return sets;
  }

  function showChips() {
    const chosen = filters.chosen();
    const at = [...chips.querySelectorAll("button")].indexOf(document.activeElement);
    chips.hidden = !chosen.length;
    name.textContent = chosen.length ? `Filters (${chosen.length})` : "Filters";
    chips.replaceChildren(
      ...chosen.map((one) => {
        const { facet, id, isLeftOut } = one;
        return chip(one, () => (isLeftOut ? calls.include(facet.id, id) : calls.toggle(facet.id, id)));
      }),
      chosen.length ? el("li", {}, clear) : "",
    );
    if (at < 0) return;
    const buttons = chips.querySelectorAll("button");
    (buttons[Math.min(at, buttons.length - 1)] ?? summary).focus({ preventScroll: true });
  }

  return {
    /** Whether counts are asked for. */
    isOpen: () => fields.open,
    onOpen: (call) => fields.addEventListener("toggle", call),
    showChips,
    /** `counts` {facet: {value: number}}. */
    showCounts(counts) {
      const own = filters.facets.filter(({ values }) => values.length > 1);
      made().forEach((one, k) => one.show(counts.get(own[k].id)));
    },
  };
}
