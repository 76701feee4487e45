import { withCommas } from "./numbers.js";

// Moments in words and numbers. Instants are milliseconds since 1970 in UTC; spans are closed.
// The tables' dates were read in Python; this reads only what `seek` and the address are given,
// by the same grammar as events/when.py (ISO 8601; EDTF levels 0 and 1; one-of sets).

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const pad = (number) => String(number).padStart(2, "0");

/** The instant of a civil date in UTC; months and days may run over, years may be negative. */
function instant(year, month = 0, day = 1, hour = 0, minute = 0, second = 0) {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.setUTCHours(hour, minute, second, 0);
}

/** Year, month (0…11), day, hour, minute and weekday of an instant in UTC. */
export function civil(at) {
  const date = new Date(at);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    weekday: date.getUTCDay(),
  };
}

// --- units --------------------------------------------------------------------------------------

/** Where the unit that holds an instant begins, moved on by `by` units. */
export function beginOf(at, unit, by = 0) {
  const { year, month, day, hour, minute, weekday } = civil(at);
  switch (unit) {
    case "century":
      return instant((Math.floor(year / 100) + by) * 100);
    case "decade":
      return instant((Math.floor(year / 10) + by) * 10);
    case "year":
      return instant(year + by);
    case "month":
      return instant(year, month + by);
    case "week":
      return instant(year, month, day - ((weekday + 6) % 7) + 7 * by);
    case "day":
      return instant(year, month, day + by);
    case "hour":
      return instant(year, month, day, hour + by);
    default:
      return instant(year, month, day, hour, minute + by);
  }
}

/** The hour, day, month … that holds an instant. */
export const spanOf = (at, unit, by = 0) => ({
  first: beginOf(at, unit, by),
  last: beginOf(at, unit, by + 1) - 1,
});

/** A moment within a span. */
export function keptWithin({ first, last }, span) {
  const keep = (at) => Math.min(Math.max(at, span.first), span.last);
  return { first: keep(first), last: keep(last) };
}

const UNITS = ["minute", "hour", "day", "week", "month", "year", "decade", "century"];

/** The unit that a span fills exactly, "instant" for a point, else "span". */
export function unitOf({ first, last }) {
  if (first === last) return "instant";
  return (
    UNITS.find((unit) => beginOf(first, unit) === first && beginOf(first, unit, 1) - 1 === last) ?? "span"
  );
}

// --- words --------------------------------------------------------------------------------------

const counted = (number) => (number > 9999 ? withCommas(number) : String(number));

/** A year in words as events/when.py has it: "480 BCE", "751 CE", "1941". */
function yearLabel(year) {
  if (year < 1) return `${counted(1 - year)} BCE`;
  return year < 1000 ? `${year} CE` : counted(year);
}

function dayLabel(at) {
  const { year, month, day } = civil(at);
  return `${day} ${MONTHS[month]} ${yearLabel(year)}`;
}

const timeLabel = (at) => `${pad(civil(at).hour)}:${pad(civil(at).minute)}`;

function rangeLabel({ first, last }) {
  const [a, b] = [civil(first), civil(last)];
  const wholeYears = beginOf(first, "year") === first && beginOf(last, "year", 1) - 1 === last;
  if (wholeYears) return a.year > 999 ? `${a.year}–${b.year}` : `${yearLabel(a.year)} – ${yearLabel(b.year)}`;
  if (dayLabel(first) === dayLabel(last)) return dayLabel(first);
  if (a.year !== b.year) return `${dayLabel(first)} – ${dayLabel(last)}`;
  if (a.month !== b.month) return `${a.day} ${MONTHS[a.month]} – ${dayLabel(last)}`;
  return `${a.day}–${dayLabel(last)}`;
}

/** The moment in words: `date` for the caption, `clock` for the line below it. */
export function describe(moment) {
  const { first, last } = moment;
  const { year, month, weekday } = civil(first);
  switch (unitOf(moment)) {
    case "century":
      return { date: `${yearLabel(year)} – ${yearLabel(year + 99)}`, clock: "" };
    case "decade":
      return { date: year > 0 ? `${year}s` : rangeLabel(moment), clock: "" };
    case "year":
      return { date: yearLabel(year), clock: "" };
    case "month":
      return { date: `${MONTHS[month]} ${yearLabel(year)}`, clock: "" };
    case "week":
      return { date: rangeLabel(moment), clock: "week" };
    case "day":
      return { date: dayLabel(first), clock: WEEKDAYS[weekday] };
    case "hour":
      return {
        date: dayLabel(first),
        clock: `${WEEKDAYS[weekday]} · ${timeLabel(first)}–${timeLabel(last)} UTC`,
      };
    case "minute":
    case "instant":
      return { date: dayLabel(first), clock: `${WEEKDAYS[weekday]} · ${timeLabel(first)} UTC` };
    default: {
      const sameDay = dayLabel(first) === dayLabel(last);
      return {
        date: rangeLabel(moment),
        clock: sameDay ? `${WEEKDAYS[weekday]} · ${timeLabel(first)}–${timeLabel(last)} UTC` : "",
      };
    }
  }
}

/** A moment in few words, beside a mark: the year only where it is not the one that is shown. */
export function shortLabel(moment, shownYear) {
  const { year, month, day } = civil(moment.first);
  const inYear = year === shownYear ? "" : ` ${yearLabel(year)}`;
  const unit = unitOf(moment);
  if (unit === "month") return MONTHS[month].slice(0, 3) + inYear;
  if (["instant", "minute", "hour", "day", "week"].includes(unit))
    return `${day} ${MONTHS[month].slice(0, 3)}${inYear}`;
  return describe(moment).date;
}

/** The moment as ISO 8601 or EDTF, for the address. */
export function written(moment) {
  const { first, last } = moment;
  const iso = (at, unit) => {
    const { year, month, day } = civil(at);
    const digits = String(Math.abs(year)).padStart(4, "0");
    const y = `${digits.length > 4 ? "Y" : ""}${year < 0 ? "-" : ""}${digits}`;
    if (unit === "year" || digits.length > 4) return y;
    if (unit === "month") return `${y}-${pad(month + 1)}`;
    const date = `${y}-${pad(month + 1)}-${pad(day)}`;
    if (unit === "day") return date;
    return `${date}T${timeLabel(at)}${unit === "second" ? `:${pad(new Date(at).getUTCSeconds())}` : ""}Z`;
  };
  const unit = unitOf(moment);
  if (["year", "month", "day"].includes(unit)) return iso(first, unit);
  if (unit === "minute" || unit === "instant") return iso(first, "minute");
  const fills = (length) => first % length === 0 && (last + 1) % length === 0;
  const exact = fills(DAY) ? "day" : fills(MINUTE) ? "minute" : "second";
  const [from, to] = [iso(first, exact), iso(last, exact)];
  return from === to ? from : `${from}/${to}`;
}

// --- reading ------------------------------------------------------------------------------------

const DATE =
  /^(-?\d{4}|-?\d{3}X|-?\d{2}XX|Y-?[1-9]\d{4,5})(?:-(\d\d|XX)(?:-(\d\d|XX)(?:T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d))?)?)?[~?%]?$/;
const FARTHEST = 270_000; // years that a browser's clock can count
const LONGEST = 200; // characters
const SEASONS = { 21: 2, 22: 5, 23: 8, 24: 11 }; // season -> its first month
const DECADES = { X: 10, XX: 100 };

const isWithin = (number, low, high) => number >= low && number <= high;

/** Milliseconds that a zone is ahead of UTC; null where there is no such zone. */
function offsetOf(zone) {
  if (zone === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 15 || minutes > 59) return null;
  return (zone[0] === "-" ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}

function readYears(year, month) {
  if (month !== undefined) return null;
  if (year[0] === "Y") {
    const far = Number(year.slice(1));
    return Math.abs(far) <= FARTHEST ? spanOf(instant(far), "year") : null;
  }
  const unknown = year.match(/X+$/)[0];
  const [low, width] = [Number(year.replaceAll("X", "0")), DECADES[unknown]];
  const from = year[0] === "-" ? low - width + 1 : low;
  return { first: instant(from), last: instant(from + width) - 1 };
}

function readTime(day, hour, minute, second, zone) {
  const offset = offsetOf(zone);
  if (offset === null || hour > 23 || minute > 59 || second > 59) return null;
  const at = day + hour * HOUR + minute * MINUTE + (second ?? 0) * 1000 - offset;
  return { first: at, last: at + (second === undefined ? MINUTE : 1000) - 1 };
}

function readDate(text) {
  const match = text.match(DATE);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, zone] = match;
  if (/[XY]/.test(year)) return readYears(year, month);
  if (year === "-0000") return null;
  const start = instant(Number(year));
  if (month === undefined) return spanOf(start, "year");
  if (month === "XX") return (day ?? "XX") === "XX" && zone === undefined ? spanOf(start, "year") : null;
  if (month in SEASONS) {
    const opens = SEASONS[month];
    return day === undefined
      ? { first: instant(Number(year), opens), last: instant(Number(year), opens + 3) - 1 }
      : null;
  }
  if (!isWithin(Number(month), 1, 12)) return null;
  const first = instant(Number(year), Number(month) - 1);
  if ((day ?? "XX") === "XX") return zone === undefined ? spanOf(first, "month") : null;
  const begins = instant(Number(year), Number(month) - 1, Number(day));
  if (civil(begins).day !== Number(day)) return null;
  return zone === undefined ? spanOf(begins, "day") : readTime(begins, hour, minute, second, zone);
}

function readEnds(a, b, isOpen) {
  const opens = isOpen(a) ? { first: -Infinity } : readDate(a);
  const closes = isOpen(b) ? { last: Infinity } : readDate(b);
  if (!opens || !closes || (isOpen(a) && isOpen(b))) return null;
  return closes.last >= opens.first ? { first: opens.first, last: closes.last } : null;
}

function readMember(text) {
  const dots = text.indexOf("..");
  if (dots < 0) return readDate(text);
  return readEnds(text.slice(0, dots), text.slice(dots + 2), (end) => end === "");
}

function readSet(inner) {
  const members = inner.split(",").map(readMember);
  if (members.includes(null)) return null;
  return {
    first: Math.min(...members.map((member) => member.first)),
    last: Math.max(...members.map((member) => member.last)),
  };
}

/** The span that an ISO or EDTF text or a number of milliseconds names; null if it names none. */
export function readMoment(when) {
  if (typeof when === "number") return Number.isFinite(when) ? { first: when, last: when } : null;
  if (typeof when !== "string" || when.length > LONGEST) return null;
  if (when.startsWith("[") && when.endsWith("]")) return readSet(when.slice(1, -1));
  const ends = when.split("/");
  if (ends.length === 2) return readEnds(...ends, (end) => end === "" || end === "..");
  return readDate(when);
}

// --- ticks --------------------------------------------------------------------------------------

const YEARS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
const TICKS_EVERY = [
  ...[1, 2, 5, 10, 15, 30].map((count) => ["minute", count]),
  ...[1, 2, 3, 6, 12].map((count) => ["hour", count]),
  ...[1, 2, 7].map((count) => ["day", count]),
  ...[1, 3, 6].map((count) => ["month", count]),
  ...YEARS.map((count) => ["year", count]),
];
const LENGTH = { minute: MINUTE, hour: HOUR, day: DAY, month: 30.44 * DAY, year: 365.25 * DAY };
const LEAST = 20; // px between two ticks

const shortDay = (at) => `${civil(at).day} ${MONTHS[civil(at).month].slice(0, 3)}`;
const shortMonth = (at) => `${MONTHS[civil(at).month].slice(0, 3)} ${yearLabel(civil(at).year)}`;

/** A tick's words: what changes there, in full where a greater unit begins. */
function tickLabel(at, unit) {
  const { year, month, day } = civil(at);
  if (unit === "year") return year > 1 ? counted(year) : yearLabel(year);
  if (unit === "month") return month === 0 ? yearLabel(year) : MONTHS[month].slice(0, 3);
  if (unit === "day") return day === 1 ? shortMonth(at) : shortDay(at);
  return at % DAY === 0 ? shortDay(at) : timeLabel(at);
}

/** Whether a greater unit begins with a tick. */
function isMajor(at, unit) {
  const { month, day } = civil(at);
  if (unit === "year") return false;
  if (unit === "month") return month === 0;
  return unit === "day" ? day === 1 : at % DAY === 0;
}

/** What ticks of a unit leave unsaid of an instant: its year, its month, its day. */
export function tickContext(at, unit) {
  if (unit === "year") return "";
  if (unit === "month") return yearLabel(civil(at).year);
  return unit === "day" ? shortMonth(at) : `${shortDay(at)} ${yearLabel(civil(at).year)}`;
}

/** Round years as they are written: …, 400 BCE, 200 BCE, 1, 200, 400, … (there is no year 0). */
function roundYear(n, count) {
  if (count === 1) return n;
  return n > 0 ? n * count : n * count + 1;
}

/** Which of the round years a year is, or comes after. */
function multipleOf(year, count) {
  return count > 1 && year <= 1 ? Math.floor((year - 1) / count) : Math.floor(year / count);
}

function firstTick(from, unit, count) {
  const { year, month, day, hour, minute } = civil(from);
  if (unit === "year") return instant(roundYear(multipleOf(year, count), count));
  if (unit === "month") return instant(year, Math.floor(month / count) * count);
  if (unit === "day")
    return instant(year, month, count === 1 ? day : Math.floor((day - 1) / count) * count + 1);
  if (unit === "hour") return instant(year, month, day, Math.floor(hour / count) * count);
  return instant(year, month, day, hour, Math.floor(minute / count) * count);
}

function nextTick(at, unit, count) {
  if (unit === "year") return instant(roundYear(multipleOf(civil(at).year, count) + 1, count));
  const next = beginOf(at, unit, count);
  if (unit !== "day" || count === 1) return next;
  // Each month counts its days anew from the first; a last tick that would crowd it is left out.
  const crowds = civil(next).month !== civil(at).month || civil(next).day > 30 - count / 2;
  return crowds ? beginOf(at, "month", 1) : next;
}

/** Instants at which units begin, from before one instant to after another. */
export function edges(from, to, unit, count) {
  const found = [unit === "week" ? beginOf(from, unit) : firstTick(from, unit, count)];
  while (found.at(-1) <= to) found.push(nextTick(found.at(-1), unit, count));
  return found;
}

/**
 * Labelled ticks between two instants, from ten thousands of years down to minutes: as many as leave each
 * `room` pixels, or, if that is a function, as many as its label needs.
 */
export function ticks(from, to, pixels, room) {
  const need = typeof room === "function" ? room : () => room;
  const scale = pixels / (to - from);
  const fits = (found) =>
    found.every((tick, k) => k === 0 || (tick.at - found[k - 1].at) * scale >= need(found[k - 1].label));
  for (const [unit, count] of TICKS_EVERY) {
    if (LENGTH[unit] * count * scale < LEAST) continue;
    const found = edges(from, to, unit, count)
      .filter((at) => at >= from && at <= to)
      .map((at) => ({ at, label: tickLabel(at, unit), major: isMajor(at, unit) }));
    if (fits(found)) return { unit, count, ticks: found };
  }
  return { unit: "year", count: YEARS.at(-1), ticks: [] };
}
