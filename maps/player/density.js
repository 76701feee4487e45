import { edges } from "./when.js";

// How crowded the lanes are: one bar for each month, or for whatever unit a few pixels hold.

const WIDEST = 20; // px of a bar
const FEWEST = 3; // events in some bar: below that the ticks say it all
const YEARS = [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1];
const BINS = [
  ...YEARS.map((count) => ["year", count]),
  ["month", 3],
  ["month", 1],
  ["week", 1],
  ["day", 1],
  ["hour", 6],
  ["hour", 1],
  ["minute", 15],
  ["minute", 5],
  ["minute", 1],
];
const LENGTH = { year: 31_557_600_000, month: 2_629_800_000, week: 604_800_000, day: 86_400_000 };
const LENGTHS = { ...LENGTH, hour: 3_600_000, minute: 60_000 };

/** What one bar stands for: [unit, count]. */
export const binOf = (axis) =>
  BINS.find(([unit, count]) => (LENGTHS[unit] * count) / axis.scale <= WIDEST) ?? BINS.at(-1);

/** The edges of the bars, and of each lane how many events begin in each; null where none is crowded. */
export function density(lanes, axis) {
  const [unit, count] = binOf(axis);
  const bounds = edges(axis.from, axis.to, unit, count);
  const counts = lanes.map((lane) => lane.counts(bounds));
  const most = Math.max(0, ...counts.map((each) => Math.max(...each)));
  return most < FEWEST ? null : { bounds, counts, most };
}
