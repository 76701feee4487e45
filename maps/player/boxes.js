/** Whether two boxes {x, y, width, height} share any ground. */
export const meets = (a, b) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Whether a point lies within a box. */
export const holds = (box, { x, y }) =>
  x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
