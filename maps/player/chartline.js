// The line of a series: what is said for each time, and nothing for the times between that nobody knows.
//
//      ____               a year's figure is as wide as its year, a day's is a dot
//  ___/    \____     o    from one to the next a straight line
//                         none over a gap that is long for this series

const LONG = 3; // times the usual distance of two points, beyond which nothing joins them

const middle = ({ first, last }) => (first + last) / 2;

/** How far apart two points are at most, for the one to say anything of the time up to the other. */
function longest(points) {
  const apart = points.slice(1).map((point, k) => middle(point) - middle(points[k]));
  return LONG * apart.sort((a, b) => a - b)[apart.length >> 1];
}

/** Which points no line joins to the one before. */
export function breaks(points) {
  const far = longest(points);
  return points.map((point, k) => k > 0 && middle(point) - middle(points[k - 1]) > far);
}

/** Whether the k-th figure is so old at an instant that it says nothing of it any more. */
export function isStale(points, k, at) {
  const isLast = k === points.length - 1 || breaks(points)[k + 1];
  return isLast && at - points[k].last > longest(points) / LONG;
}

/** The stretches without a break, each a list of the numbers of its points. */
function runs(points) {
  const broken = breaks(points);
  const found = [];
  points.forEach((_, k) => {
    if (k && !broken[k]) found.at(-1).push(k);
    else found.push([k]);
  });
  return found;
}

/** The corners of each stretch; `xOf(instant)` and `yOf(value)` place them. */
export function cornersOf(points, xOf, yOf) {
  const begin = (k) => xOf(points[k].first);
  return runs(points).map((run) =>
    run.flatMap((k, place) => {
      const y = yOf(points[k].value);
      const next = place < run.length - 1 ? begin(run[place + 1]) : Infinity;
      const ends = Math.max(begin(k), Math.min(xOf(points[k].last + 1), next)); // a month in its year
      return [
        [begin(k), y],
        [ends, y],
      ];
    }),
  );
}

const written = (corners) => corners.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L");

/** The path of the line. */
export const linePath = (stretches) => stretches.map((corners) => `M${written(corners)}`).join("");

/** The path of what lies between the line and a foot. */
export const areaPath = (stretches, foot) =>
  stretches
    .map((corners) => {
      const [from, to] = [corners[0][0], corners.at(-1)[0]];
      return `M${from.toFixed(1)},${foot}L${written(corners)}L${to.toFixed(1)},${foot}Z`;
    })
    .join("");

/** The least and the most that a scale must hold, nothing being one of them. */
export function boundsOf(points) {
  const ends = points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  return { least, most: most > least ? most : least + 1 };
}

/** The number of the last point that has begun at an instant; -1 before the first. */
export function lastBegun(points, at) {
  let k = points.length - 1;
  while (k >= 0 && points[k].first > at) k -= 1;
  return k;
}

/** The point that is nearest to an instant, where a point may last. */
export function nearest(points, at) {
  const apart = ({ first, last }) => Math.max(first - at, at - last, 0);
  return points.reduce((best, point, k) => (apart(point) < apart(points[best]) ? k : best), 0);
}
