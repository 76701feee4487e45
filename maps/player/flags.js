import { el } from "./dom.js";
import { spread } from "./spread.js";
import { fateOf } from "./symbols.js";

// The chapters as numbered flags above the lanes, each with a stem that bends to its first day.

export const FLAGS = 27; // px, the height of their row
const GAPS = [22, 25]; // px between two flags' middles, with numbers of one figure and of two
const FOLDED = 46; // px that a flag for several chapters takes

/**
 * `calls`: open(chapter id), frame(span) shows a stretch of time, point(words, text, x) says what a flag that is
 * pointed at or has the focus stands for, point() that none is.
 */
export function makeFlags(root, chapters, calls) {
  const flags = chapters.map((chapter, index) =>
    flagOf(String(index + 1), {
      "aria-label": [`Chapter ${index + 1}: ${chapter.title}`, fateOf(chapter.status)]
        .filter(Boolean)
        .join(", "),
      onclick: () => calls.open(chapter.id),
      onpointerenter: (event) => event.pointerType === "mouse" && tell(chapter, event.target),
      onpointerleave: () => calls.point(),
      onfocus: (event) => event.target.matches(":focus-visible") && tell(chapter, event.target),
      onblur: () => calls.point(),
    }),
  );
  const folds = new Map(); // "5–9" -> its flag
  let current = null;
  let groups = []; // of chapters' indices that one flag stands for
  root.hidden = chapters.length === 0;
  root.append(...flags);

  const tell = ({ label, title, status }, node) =>
    calls.point(
      [label, fateOf(status)].filter(Boolean).join(" · "),
      title,
      parseFloat(node.style.getPropertyValue("--x")),
    );

  const start = (k) => chapters[k].at?.[0] ?? NaN;

  function foldOf(group) {
    const name = `${group[0] + 1}–${group.at(-1) + 1}`;
    if (!folds.has(name)) {
      const words = `Chapters ${group[0] + 1} to ${group.at(-1) + 1}`;
      const times = group.map(start);
      const span = { first: Math.min(...times), last: Math.max(...times) };
      const label = `${words}: show their time on the timeline`;
      folds.set(name, flagOf(name, { title: words, "aria-label": label, onclick: () => calls.frame(span) }));
      folds.get(name).classList.add("fold");
    }
    return folds.get(name);
  }

  const nodeOf = (group) => (group.length > 1 ? foldOf(group) : flags[group[0]]);

  function mark() {
    for (const group of groups) {
      const isCurrent = group.some((k) => chapters[k].id === current);
      const node = nodeOf(group);
      if (node.getAttribute("aria-current") !== String(isCurrent))
        node.setAttribute("aria-current", isCurrent);
    }
  }

  return {
    /** Places the flags of the chapters that the axis shows, and draws their stems, if there is a canvas. */
    place(axis, ctx, colour) {
      const seen = chapters
        .map((_, k) => k)
        .filter((k) => start(k) >= axis.from && start(k) <= axis.to)
        .sort((a, b) => start(a) - start(b));
      const [low, high] = [axis.left + 4, axis.right - 4];
      const apart = GAPS[chapters.length > 9 ? 1 : 0];
      groups = grouped(seen, (k) => axis.xOf(start(k)), high - low, apart);
      const isFolded = groups.some((group) => group.length > 1);
      const gap = isFolded ? FOLDED : apart;
      const spots = groups.map((group) => axis.xOf(start(group[group.length >> 1])));
      const xs = spread(spots, gap, isFolded ? Math.max(low, FOLDED / 2) : low, isFolded ? high - 4 : high);
      const shown = groups.map(nodeOf);
      for (const node of [...flags, ...folds.values()]) node.hidden = !shown.includes(node);
      shown.forEach((node, n) => {
        if (!node.isConnected) root.append(node);
        node.style.setProperty("--x", `${xs[n]}px`);
        for (const k of groups[n]) drawStem(ctx, xs[n], axis.xOf(start(k)), colour);
      });
      mark();
    },
    /** Fills the flag of the open chapter. */
    show(chapter) {
      if (chapter === current) return;
      current = chapter;
      mark();
    },
  };
}

function flagOf(text, props) {
  return el("button", { type: "button", class: "flag", ...props }, text);
}

/** Chapters in groups of neighbours, so few that all have room; those that stand closest go together. */
function grouped(seen, xOf, width, apart) {
  const groups = seen.map((k) => [k]);
  if (groups.length * apart <= width) return groups;
  while (groups.length > 1 && groups.length * FOLDED > width) {
    let closest = 1;
    const reach = (n) => xOf(groups[n].at(-1)) - xOf(groups[n - 1][0]);
    for (let n = 2; n < groups.length; n += 1) if (reach(n) < reach(closest)) closest = n;
    groups[closest - 1].push(...groups.splice(closest, 1)[0]);
  }
  return groups;
}

function drawStem(ctx, from, to, colour) {
  if (!ctx) return;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(from, FLAGS - 7);
  ctx.lineTo(from, FLAGS - 5);
  ctx.lineTo(to, FLAGS - 1);
  ctx.lineTo(to, FLAGS + 6);
  ctx.stroke();
}
