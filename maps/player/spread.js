// Things in a row that must not touch.

/** Places numbers in order at least `gap` apart within bounds, as near to where they belong as can be. */
export function spread(spots, gap, low, high) {
  const rows = []; // of things that touch: {from, count, sum of where each would have the row begin}
  const beginOf = ({ count, sum }) => Math.max(low, Math.min(sum / count, high - (count - 1) * gap));
  spots.forEach((spot, k) => {
    let row = { from: k, count: 1, sum: spot };
    while (rows.length && beginOf(rows.at(-1)) + rows.at(-1).count * gap > beginOf(row)) {
      const before = rows.pop();
      const count = before.count + row.count;
      row = { from: before.from, count, sum: before.sum + row.sum - row.count * before.count * gap };
    }
    rows.push(row);
  });
  return rows.flatMap((row) => Array.from({ length: row.count }, (_, n) => beginOf(row) + n * gap));
}
