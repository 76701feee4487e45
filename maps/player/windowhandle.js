import { describe, spanOf, beginOf } from "./when.js";

// Where the window begins: a handle that is dragged, or moved by arrows.

/**
 * `root` is the handle, in the lanes; `calls`: grain() is the unit that it keeps to, begin(instant) lets the
 * window begin there.
 */
export function makeWindowHandle(root, axis, calls) {
  let from = null; // where the window begins
  let until = 0; // the last instant of what is shown
  let before = "";
  root.setAttribute("aria-valuetext", describe({ first: axis.span.first, last: axis.span.first }).date);

  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const left = root.parentElement.getBoundingClientRect().left;
    root.setPointerCapture(event.pointerId);
    const move = (next) => calls.begin(beginOf(axis.instantAt(next.clientX - left), calls.grain()));
    const end = () => {
      root.removeEventListener("pointermove", move);
      for (const kind of ["pointerup", "pointercancel"]) root.removeEventListener(kind, end);
    };
    root.addEventListener("pointermove", move);
    for (const kind of ["pointerup", "pointercancel"]) root.addEventListener(kind, end);
  });

  root.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // Not out of sight, where the focus would be lost.
    if (by) calls.begin(Math.max(beginOf(from, calls.grain(), by), axis.from));
    else if (event.key === "Home") calls.begin(Math.max(axis.span.first, axis.from));
    else if (event.key === "End") calls.begin(spanOf(until, calls.grain()).first);
    else return;
    event.preventDefault();
  });

  return {
    /** Stands at the beginning of the window; `shownFrom` is null where no window is shown. */
    show(box, shownFrom, last) {
      from = shownFrom;
      until = last;
      const x = from === null ? NaN : axis.xOf(from);
      const isSeen = x >= box.left - 1 && x <= box.right + 1;
      const transform = isSeen ? `translateX(${x.toFixed(1)}px)` : "";
      if (transform === before) return;
      before = transform;
      root.hidden = !isSeen;
      if (!isSeen) return;
      root.style.transform = transform;
      root.setAttribute("aria-valuemin", Math.round(axis.span.first / 60_000));
      root.setAttribute("aria-valuemax", Math.round(until / 60_000));
      root.setAttribute("aria-valuenow", Math.round(from / 60_000));
      const { date, clock } = describe({ first: from, last: from });
      root.setAttribute("aria-valuetext", calls.grain() === "day" ? date : `${date}, ${clock}`);
    },
  };
}
