import { DAY, HOUR } from "./when.js";

// Lengths of time: what "the last …" shows, in words, and as ISO 8601 has it for the address.

const MINUTE = HOUR / 60;
const ROUNDS = [
  [HOUR, "hour"],
  [6 * HOUR, "6 hours"],
  [DAY, "day"],
  [7 * DAY, "week"],
  [30 * DAY, "month"],
  [122 * DAY, "4 months"],
  [365 * DAY, "year"],
  [5 * 365 * DAY, "5 years"],
  [3652 * DAY, "10 years"],
  [18262 * DAY, "50 years"],
  [36524 * DAY, "century"],
  [182621 * DAY, "500 years"],
];
// [ms, name, from how long on it is the unit to count in]
const UNITS = [
  [365.25 * DAY, "years", 700 * DAY],
  [30.44 * DAY, "months", 120 * DAY],
  [DAY, "days", DAY],
  [HOUR, "hours", HOUR],
  [MINUTE, "minutes", 0],
];
const WRITTEN =
  /^P(?!$)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?$/;
const PARTS = [365 * DAY, 30 * DAY, 7 * DAY, DAY, HOUR, MINUTE];

/** A round length of about a thirtieth of a span: {length, label}. */
export function windowOf(span) {
  const target = (span.last - span.first) / 30;
  const apart = ([length]) => Math.abs(Math.log(length / target));
  const [length, label] = ROUNDS.reduce((best, round) => (apart(round) < apart(best) ? round : best));
  return { length, label };
}

/** Any length with its words: "4 months", "17 days". */
export function labelled(length) {
  const known = ROUNDS.find((round) => round[0] === length);
  if (known) return { length, label: known[1] };
  const [unit, name] = UNITS.find(([, , least]) => length >= least) ?? UNITS.at(-1);
  const count = Math.max(1, Math.round(length / unit));
  return { length, label: count === 1 ? name.slice(0, -1) : `${count} ${name}` };
}

/** The milliseconds of a text such as P17D, PT6H or P1Y; null if it is none. */
export function readLength(text) {
  const match = WRITTEN.exec(text ?? "");
  if (!match) return null;
  const length = PARTS.reduce((sum, unit, k) => sum + unit * Number(match[k + 1] ?? 0), 0);
  return length;
}

/** A length as ISO 8601, in whole days, hours or minutes. */
export function writtenLength(length) {
  if (length % DAY === 0) return `P${length / DAY}D`;
  return length % HOUR === 0 ? `PT${length / HOUR}H` : `PT${Math.max(1, Math.round(length / MINUTE))}M`;
}
