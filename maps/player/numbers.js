// Numbers in words. The browser's own way is right too, but takes 20 ms to be ready for its first number.

/** "12,345" */
export const withCommas = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

/** "1,234.5", "-12,345": a number that need not be whole. */
export function amount(number) {
  const [whole, ...rest] = String(number).split(".");
  return [withCommas(whole), ...rest].join(".");
}
