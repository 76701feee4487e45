/** How many letters two names have in common at their beginning. */
function shared(a, b) {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count += 1;
  return count;
}

/** A letter for each name that tells it from the others: its first, else the first that is not theirs too. */
export function initialsOf(names) {
  const letters = names.map((name) => [...name.replace(/\s+/g, "")]);
  return letters.map((own, k) => {
    const common = letters.map((other, n) => (n === k ? 0 : shared(own, other)));
    return own[Math.max(...common)] ?? own[0] ?? "";
  });
}
