import { el } from "./dom.js";
import { amount } from "./numbers.js";
import { VERIFIED } from "./record.js";
import { beginOf, civil, describe, shortLabel, spanOf } from "./when.js";

// What charts and their tables say in words.

const YEAR = 365.25 * 86_400_000;

/** "700,000 men" */
export const valueOf = ({ value }, unit) => [amount(value), unit].filter(Boolean).join(" ");

/** "300,000–400,000", "up to 763,000", "at least 300,000"; empty where no range is known. */
export function rangeOf({ low, high }) {
  const [hasLow, hasHigh] = [low, high].map(Number.isFinite);
  if (hasLow && hasHigh) return `${amount(low)}–${amount(high)}`;
  if (hasLow) return `at least ${amount(low)}`;
  return hasHigh ? `up to ${amount(high)}` : "";
}

/** "as of 1 December 1941"; of a figure for longer than a month "in 1941". */
export const dated = ({ first, last, when }) => `${last - first > YEAR / 11 ? "in" : "as of"} ${when}`;

/** All that one line can say of a point. */
export const saying = (point, unit) =>
  [valueOf(point, unit), rangeOf(point), point.when, VERIFIED[point.verified]].filter(Boolean).join(", ");

/** Beginning, middle and end of a stretch of time as {at, label}: years, closer months, closer two days. */
export function datesOf({ first, last }) {
  const unit = [
    ["year", 2.5],
    ["month", 0.4],
    ["day", 0],
  ].find(([, least]) => last - first > least * YEAR)[0];
  const half = (first + last) / 2;
  const centre = unit === "year" ? beginOf(half + YEAR / 2, "year") : half;
  const label = (at, shownYear) => {
    const moment = spanOf(at, unit);
    return unit === "year" ? describe(moment).date : shortLabel(moment, shownYear);
  };
  const [begin, end] = [first, last].map((at) => ({ at, label: label(at) }));
  if (unit === "day") return [begin, end]; // for a third there is no room
  return [begin, { at: centre, label: label(centre, civil(centre).year) }, end];
}

/** One series as a table, or several of one point each, which are `named`; `sources` {id: citation}. */
export function tableOf(caption, rows, named, sources) {
  const ids = [...new Set(rows.flatMap(({ point }) => point.sources))];
  const [hasRange, hasNote] = [
    rows.some(({ point }) => rangeOf(point)),
    rows.some(({ point }) => point.note),
  ];
  const cells = ({ series, point }) => [
    ...(named ? [point.when] : []),
    named ? valueOf(point, series.unit) : amount(point.value),
    ...(hasRange ? [rangeOf(point)] : []),
    VERIFIED[point.verified],
    point.sources.map((id) => ids.indexOf(id) + 1).join(", "),
    ...(hasNote ? [point.note] : []),
  ];
  const heads = [
    ...(named ? ["Series", "When"] : ["When"]),
    "Value",
    ...(hasRange ? ["Range"] : []),
    "Checked",
    "Sources",
    ...(hasNote ? ["Note"] : []),
  ];
  const row = (one) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, named ? one.series.label : one.point.when),
      ...cells(one).map((text) => el("td", {}, text)),
    );
  const list = ids.map((id) => el("li", {}, sources.get(id) ?? id));
  return el(
    "div",
    { class: "figures", role: "group", tabIndex: 0, "aria-label": caption },
    el(
      "table",
      {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, ...rows.map(row)),
    ),
    ids.length ? el("ol", { "aria-label": `Sources: ${caption}` }, ...list) : null,
  );
}
