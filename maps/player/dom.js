// Elements, built as nodes: no text of the tables is ever read as HTML.

export const byId = (id) => document.getElementById(id);

/** An element with properties (`on…` listeners, `data`, attributes, DOM properties) and kids. */
export function el(tag, props = {}, ...kids) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key === "class") node.className = value;
    else if (key in node && key !== "role") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...kids.flat().filter((kid) => kid !== null && kid !== undefined && kid !== ""));
  return node;
}

/** An SVG element with attributes and kids. */
export function svg(tag, attributes = {}, ...kids) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...kids);
  return node;
}

const ICONS = {
  prev: "M7 6v12M18 6l-8 6 8 6Z",
  next: "M17 6v12M6 6l8 6-8 6Z",
  play: "M8 5l11 7-11 7Z",
  pause: "M8 5v14M16 5v14",
  inset: "M4 4h16v16H4ZM11 12h9v8h-9Z",
  close: "M6 6l12 12M18 6L6 18",
  left: "M15 5l-8 7 8 7Z",
  right: "M9 5l8 7-8 7Z",
  up: "M5 15l7-8 7 8Z",
  down: "M5 9l7 8 7-8Z",
  loop: "M4 11a6 6 0 0 1 6-6h8M15 2l3 3-3 3M20 13a6 6 0 0 1-6 6H6M9 16l-3 3 3 3",
  key: "M6 21V4h12l-3.5 4 3.5 4H6",
  "show-list": "M9 6h11M9 12h11M9 18h11M4 6h.5M4 12h.5M4 18h.5",
  "show-layers": "M12 3l9 5-9 5-9-5ZM3 12.5l9 5 9-5M3 17l9 5 9-5",
  "show-story": "M5 4h10a4 4 0 0 1 4 4v12H9a4 4 0 0 1-4-4ZM9 9h6M9 13h6",
  "show-charts": "M4 4v16h16M8 15l4-5 3 3 5-7",
  "show-more": "M4 6h16M4 12h16M4 18h16",
  compare: "M4 5h6v14H4ZM14 5h6v14h-6ZM12 2v20",
  present: "M3 4h18v12H3ZM12 16v4M8 20h8",
  share: "M12 15V3M8 7l4-4 4 4M5 12v8h14v-8",
  help: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
  fullscreen: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16 16l5 5",
  timing: "M4 7h9M19 7h1M4 17h2M12 17h8M16 4.5v5M9 14.5v5",
};

/** A drawing for a button; its name is the button's own. */
export function icon(name) {
  const drawn = svg("svg", { viewBox: "0 0 24 24", class: `icon icon-${name}`, "aria-hidden": "true" });
  drawn.append(svg("path", { d: ICONS[name] }));
  return drawn;
}

/** A group of buttons of which exactly one is pressed. */
export function segments(label, options, chosen, choose) {
  const buttons = options.map(([value, text]) =>
    el("button", { type: "button", data: { value }, onclick: () => choose(value) }, text),
  );
  const press = (value) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === value));
  };
  press(chosen);
  const group = el("span", { class: "segments", role: "group", "aria-label": label }, ...buttons);
  return { group, press };
}

const TAGS = new Set(["p", "h3", "em", "strong", "code", "a", "ul", "ol", "li", "blockquote", "br"]);

const STOPS = /^[.,;:!?)]*/;

/** The story's text, which comes as nodes, as DOM; `cite` makes the element of a citation. */
export function prose(nodes, cite) {
  const isCite = (node) => node?.tag === "cite";
  return nodes.map((node, k) => {
    const next = nodes[k + 1];
    if (typeof node === "string") {
      const text = isCite(next) ? node.trimEnd() : node;
      return isCite(nodes[k - 1]) ? text.replace(STOPS, "") : text;
    }
    // A full stop after a citation never begins a line.
    if (isCite(node))
      return el(
        "span",
        { class: "held" },
        cite(node.kids[0]),
        typeof next === "string" ? STOPS.exec(next)[0] : "",
      );
    const kids = prose(node.kids ?? [], cite);
    if (!TAGS.has(node.tag)) return el("span", {}, ...kids);
    const props = node.tag === "a" ? { href: node.href, rel: "noopener noreferrer" } : {};
    return el(node.tag, props, ...kids);
  });
}
