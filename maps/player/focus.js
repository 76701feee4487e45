// Where the focus goes when what has it goes away: never out of the page.

/** Draws; if that takes the focus from an element, the element has it again, or else the heir has it. */
export function keepingFocus(heir, draw) {
  const held = document.activeElement;
  draw();
  if (!held || document.activeElement !== document.body || held === document.body) return;
  held.focus({ preventScroll: true }); // it may only have been moved
  if (document.activeElement === document.body) heir.focus({ preventScroll: true });
}
