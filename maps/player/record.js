import { el, svg } from "./dom.js";

// The record of an event on its card: what the clocks showed, and what is claimed of it by whom.

export const VERIFIED = { verified: "verified", partly: "partly verified", unverified: "unverified" };

const AT_ONCE = 12; // claims that stand open; the groups after them are folded
const TOPICS = { date: "Date", place: "Place", cause: "Why", matter: "Also" }; // of claims without a number
const [WIDE, HIGH] = [96, 17]; // px of a bar
const INSET = 3; // px at both ends, so that the mark of an end is whole

/** The table of the clocks as the event began; the first row is its own place. */
export function clockTable(clocks) {
  if (!clocks?.length) return null;
  const [there, ...others] = clocks;
  const row = ({ label, time, day }) =>
    el("tr", {}, el("th", { scope: "row" }, label), el("td", {}, el("b", {}, time)), el("td", {}, day));
  const elsewhere = others.filter(({ label }) => label !== there.label); // an event in Tokyo has Tokyo once
  return el(
    "table",
    { class: "clocks" },
    el("caption", {}, "As it began, by the clocks of"),
    el("tbody", {}, ...[there, ...elsewhere].map(row)),
  );
}

/** The claims in groups of those that say the same sort of thing; `cite(id)` makes a citation. */
export function claimRows(claims, cite) {
  if (!claims?.length) return null;
  const groups = grouped(claims);
  let count = 0;
  const isOpen = ({ rows }) => (count += rows.length) <= AT_ONCE || count === rows.length;
  const open = groups.filter(isOpen);
  const folded = groups.filter((group) => !open.includes(group));
  const more = folded.reduce((sum, { rows }) => sum + rows.length, 0);
  const wholeOf = ({ whole }) => whole && claims.find(({ id }) => id === whole);
  const shown = (some) => some.map((group) => groupList(group, cite, wholeOf));
  return el(
    "div",
    { class: "claims" },
    el("h3", {}, "What the sources say"),
    ...shown(open),
    more
      ? el("details", {}, el("summary", {}, `${more} more claim${more > 1 ? "s" : ""}`), ...shown(folded))
      : null,
  );
}

/** Numbers by side and quantity, the most disputed first; then sentences by what they are about. */
function grouped(claims) {
  const groups = new Map();
  for (const claim of claims) {
    const key = JSON.stringify(isNumber(claim) ? [claim.side, claim.quantity] : [claim.about]);
    if (!groups.has(key)) groups.set(key, { label: headingOf(claim), isCounted: isNumber(claim), rows: [] });
    groups.get(key).rows.push(claim);
  }
  const order = Object.keys(TOPICS);
  const rank = ({ isCounted, rows }) => (isCounted ? -rows.length : 1 + order.indexOf(rows[0].about));
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

const isNumber = ({ about }) => about === "number";

function headingOf(claim) {
  if (!isNumber(claim)) return TOPICS[claim.about] ?? TOPICS.matter;
  const { quantity, side, unit } = claim;
  const named = !unit || unit === "people" || quantity.includes(unit) ? quantity : `${quantity}, ${unit}`;
  return side ? `${side}: ${named}` : named;
}

function groupList({ label, isCounted, rows }, cite, wholeOf) {
  const scale = isCounted && rows.length > 1 ? scaleOf(rows) : null; // of one alone a bar says nothing
  const lines = rows.map((claim) => claimLine(claim, scale, cite, wholeOf(claim)));
  return [el("h4", {}, label), el("ul", { "aria-label": label, role: "list" }, ...lines)];
}

/** The words of a claim, its bar, and below them who says so, how far that was seen, and of what it is a part. */
function claimLine(claim, scale, cite, whole) {
  const words = wordsOfClaim(claim);
  const beside = [
    claim.locator,
    VERIFIED[claim.verified],
    claim.stance === "disputes" ? (isNumber(claim) ? "another figure" : "disputes this entry") : "",
    whole ? `part of ${whole.quantity}: ${wordsOfClaim(whole)}` : "",
  ];
  return el(
    "li",
    { data: { claim: claim.id } },
    el("span", { class: "said" }, words),
    scale ? bar(claim, scale) : null,
    el(
      "small",
      {},
      ...claim.sources.map(cite),
      ` ${beside.filter(Boolean).join(" · ")}`,
      claim.note ? ` · ${claim.note}` : "",
    ),
  );
}

/** What is said, without the side and the quantity that stand above it. */
function wordsOfClaim(claim) {
  if (!isNumber(claim)) return claim.says;
  const lead = `${[claim.side, claim.quantity].filter(Boolean).join(", ")}: `;
  return claim.says.startsWith(lead) ? claim.says.slice(lead.length).replace(/\.$/, "") : claim.says;
}

const numbersOf = ({ value, low, high }) => [value, low, high].filter((number) => Number.isFinite(number));

/** From nothing, or what is less, to the most of a group. */
function scaleOf(rows) {
  const numbers = rows.flatMap(numbersOf);
  const hasOpenEnd = rows.some(({ low, high }) => Number.isFinite(low) && !Number.isFinite(high));
  const [least, top] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
  const most = hasOpenEnd ? top * 1.15 : top; // room for "at least"
  return (number) => INSET + ((number - least) / (most - least || 1)) * (WIDE - 2 * INSET);
}

/** An axis, the range on it, paler where it has one end only, and a mark at the value. */
function bar(claim, scale) {
  const drawn = svg("svg", {
    class: "bar",
    viewBox: `0 0 ${WIDE} ${HIGH}`,
    width: WIDE,
    height: HIGH,
    "aria-hidden": "true",
  });
  const box = (name, x, y, width, height) =>
    drawn.append(svg("rect", { class: name, x, y, width, height, rx: Math.min(2, width / 2) }));
  box("axis", 0, HIGH / 2 - 0.7, WIDE, 1.4);
  const { value, low, high } = claim;
  const [hasLow, hasHigh] = [low, high].map(Number.isFinite);
  if (hasLow || hasHigh) {
    const [from, to] = [hasLow ? scale(low) : INSET, hasHigh ? scale(high) : WIDE];
    box(hasLow && hasHigh ? "range" : "range one-end", from, 4, Math.max(3, to - from), 9);
  }
  if (Number.isFinite(value)) box("value", scale(value) - 2, 1, 4, 15);
  return drawn;
}
