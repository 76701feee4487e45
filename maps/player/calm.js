const query = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the reader wants nothing to move that need not: then it is stepped, never run. */
export const isCalm = () => query.matches;

/** Calls when that changes. */
export const onCalm = (call) => query.addEventListener("change", call);
