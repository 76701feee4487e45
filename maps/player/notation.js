import { DAY, beginOf, civil, readMoment, spanOf, unitOf, written } from "./when.js";

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

/** What `noted` writes, and all that `readMoment` reads; null for anything else. */
export const readNoted = (text) => readMoment(text) ?? readHour(text) ?? readWeek(text);
