// Rows in order of a column.

/** The rows by their value, those of one value by number: at no cost where they are in order already. */
export function orderBy(values) {
  const order = new Int32Array(values.length);
  let isSorted = true;
  for (let i = 0; i < values.length; i += 1) {
    order[i] = i;
    if (i && values[i] < values[i - 1]) isSorted = false;
  }
  return isSorted ? order : order.sort((a, b) => values[a] - values[b] || a - b);
}
