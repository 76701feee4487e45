/**
 * Controls that stand in the row where there is room, and in a menu above `button` where there is none.
 * The style sheet says which: the button is not to be seen where the row has room.
 */
export function makeFold(button, box) {
  const isOpen = () => box.classList.contains("open");

  function set(open) {
    box.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  }

  button.addEventListener("click", () => set(!isOpen()));
  document.addEventListener("pointerdown", (event) => {
    if (isOpen() && !box.contains(event.target) && !button.contains(event.target)) set(false);
  });
  return {
    /** Escape closes it, and the focus returns to its button; false if it was not open. */
    close() {
      if (!isOpen() || !button.checkVisibility()) return false;
      set(false);
      button.focus({ preventScroll: true });
      return true;
    },
  };
}
