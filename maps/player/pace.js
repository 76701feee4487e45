import { DAY } from "./when.js";

// How far a step goes and how fast it plays: which units make sense follows from how long the story is.

const YEAR = 365 * DAY;
const LONG = 200 * YEAR; // beyond which hours and weeks lead nowhere
const SHORT = 3 * DAY; // within which a story is told by the minute
const EVENT = ["event", "event by event"];
const SPEEDS = [
  ["minute", "1 minute a second", DAY / 1440],
  ["hour", "1 hour a second", DAY / 24],
  ["day", "1 day a second", DAY],
  ["week", "1 week a second", 7 * DAY],
  ["month", "1 month a second", 30 * DAY],
  ["year", "1 year a second", YEAR],
  ["decade", "10 years a second", 10 * YEAR],
  ["century", "100 years a second", 100 * YEAR],
];
const FEWEST = 3; // units that a story must have for it to be played by them

/** The units of the buttons for steps, with "event" as the last. */
export function stepsOf({ first, last }) {
  if (last - first > LONG) return ["day", "month", "year", "decade", "century", "event"];
  const units = ["hour", "day", "week", "month", "year", "event"];
  return last - first > SHORT ? units : ["minute", ...units.slice(0, 3), "event"];
}

/** The speeds as [unit, words], with "event" as the first: none that is over in a moment or never. */
export function speedsOf({ first, last }) {
  const length = last - first;
  const finest = length > LONG ? DAY : 0;
  const fit = SPEEDS.filter(([, , unit]) => unit >= finest && unit * FEWEST <= Math.max(length, DAY));
  return [EVENT, ...fit.map(([unit, words]) => [unit, words])];
}

const LASTS = 15; // s that a chapter's span plays
const STEPS = 8; // in which it passes for those who want nothing to move
const [FEW, MANY] = [4, 70]; // units that it had better have

/**
 * How a chapter's span plays: `unit` is what the clock shows of it, days of weeks and hours of a day;
 * `rate` its ms in a second; `step` those of a step.
 */
export function tempoOf({ first, last }) {
  const length = last + 1 - first;
  const fitting = SPEEDS.findIndex(([, , unit]) => length / unit <= MANY);
  const k = fitting < 0 ? SPEEDS.length - 1 : fitting;
  const [unit] = SPEEDS[k > 0 && length / SPEEDS[k][2] < FEW ? k - 1 : k];
  return { unit, rate: length / LASTS, step: length / STEPS };
}

const WATCHED = 120; // s that playing a whole story may take

/** The finest speed at which a span is over within two minutes: for what has no events to go to. */
export function paceOf({ first, last }) {
  const by = SPEEDS.find(([, , unit]) => (last - first) / unit <= WATCHED) ?? SPEEDS.at(-1);
  return by[0];
}
