import { DAY, MONTHS, beginOf, civil, readMoment, spanOf, unitOf, written } from "./when.js";

// How the date field writes moments: as the tables do (when.js), but an hour and a week as a person would.

/** The week of ISO 8601 that begins at an instant: "1941-W49", by the year of its Thursday; null beyond four figures. */
function weekOf(monday) {
  const thursday = monday + 3 * DAY;
  const { year } = civil(thursday);
  if (year < 1 || year > 9999) return null;
  const number = 1 + Math.floor((thursday - beginOf(thursday, "year")) / (7 * DAY));
  return `${String(year).padStart(4, "0")}-W${String(number).padStart(2, "0")}`;
}

/** "1941-12-07T13Z", "1941-W49", and all else as `written` has it. */
export function noted(moment) {
  const unit = unitOf(moment);
  if (unit === "week") return weekOf(moment.first) ?? written(moment);
  if (unit !== "hour") return written(moment);
  return written({ first: moment.first, last: moment.first }).replace(/:00Z$/, "Z");
}

function readHour(text) {
  const [, hour] = /^(.+T\d\d)Z$/.exec(text) ?? [];
  const moment = hour === undefined ? null : readMoment(`${hour}:00Z`);
  return moment && spanOf(moment.first, "hour");
}

function readWeek(text) {
  const [, year, number] = /^(\d{4})-W(\d\d)$/.exec(text) ?? [];
  const fourth = year === undefined ? null : readMoment(`${year}-01-04`); // it lies in the first week
  if (!fourth) return null;
  const monday = beginOf(fourth.first, "week", Number(number) - 1);
  return weekOf(monday) === text ? spanOf(monday, "week") : null;
}

const DAY_FIRST = /^(?:(?<day>\d{1,2})\.? )?(?<month>[a-z]{3,})\.? (?<year>\d{1,4})(?<era> bce?)?$/;
const MONTH_FIRST = /^(?<month>[a-z]{3,})\.? (?<day>\d{1,2}),? (?<year>\d{1,4})(?<era> bce?)?$/;
const YEAR_ALONE = /^(?<year>\d{1,5})(?<era> bce?)$/;

/** As the map itself says it: "6 August 1945", "Aug 1945", "August 6, 1945", "480 BCE"; the month in English. */
function readWords(text) {
  const plain = text.toLowerCase().replace(/\s+/g, " ");
  const { groups } = DAY_FIRST.exec(plain) ?? MONTH_FIRST.exec(plain) ?? YEAR_ALONE.exec(plain) ?? {};
  if (!groups) return null;
  const { day, month, year, era } = groups;
  const number = month ? MONTHS.findIndex((name) => name.toLowerCase().startsWith(month)) + 1 : undefined;
  if (number === 0) return null;
  const count = era ? 1 - Number(year) : Number(year);
  const first = `${count < 0 ? "-" : ""}${String(Math.abs(count)).padStart(4, "0")}`;
  const rest = [number, day].filter((one) => one !== undefined);
  return readMoment([first, ...rest.map((one) => String(one).padStart(2, "0"))].join("-"));
}

/** What `noted` writes, all that `readMoment` reads, and dates in words; null for anything else. */
export const readNoted = (text) => readMoment(text) ?? readHour(text) ?? readWeek(text) ?? readWords(text);
