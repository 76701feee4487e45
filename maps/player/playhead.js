import { AXIS } from "./axis.js";

// What moves on the timeline when the clock does: playhead, the width of its moment, the window behind
// it. Elements of their own, moved by transform, so that a step draws nothing again.

/** `root` holds `.window-shade`, `.moment-shade`, `.playhead` and `.second-head`. */
export function makePlayhead(root) {
  const [shade, width, line, second] = ["window-shade", "moment-shade", "playhead", "second-head"].map(
    (name) => mover(root.querySelector(`.${name}`)),
  );
  let box = null;

  /** Puts a line on the middle of a moment, if the axis shows it. */
  function stand(one, axis, moment) {
    const x = moment ? axis.xOf((moment.first + moment.last) / 2) : NaN;
    const isSeen = x >= box.left - 2 && x <= box.right + 2;
    one.move(isSeen ? `translateX(${x.toFixed(1)}px)` : null);
  }

  /** Lays an element from one instant to another, as far as the axis shows it. */
  function stretch(one, axis, first, last, least) {
    const [a, b] = [Math.max(box.left, axis.xOf(first)), Math.min(box.right, axis.xOf(last))];
    one.move(b - a > least ? `translateX(${a.toFixed(1)}px) scaleX(${(b - a).toFixed(1)})` : null);
  }

  return {
    lay(next) {
      box = next;
      for (const one of [shade, width, line, second]) one.stand(box.top, box.bottom);
      root.style.setProperty("--knob", `${box.axisY + AXIS / 2 - box.top}px`);
    },
    /** `shownFrom` is where the window begins, `beside` a moment that is compared; each may be null. */
    show(axis, { first, last }, shownFrom, beside) {
      stand(line, axis, { first, last });
      stand(second, axis, beside);
      stretch(width, axis, first, last, 3);
      if (shownFrom === null) shade.move(null);
      else stretch(shade, axis, shownFrom, last, 0);
    },
  };
}

/** An element that is written to only when something changes; null hides it. */
function mover(node) {
  let before = "";
  return {
    node,
    stand(top, bottom) {
      Object.assign(node.style, { top: `${top}px`, height: `${bottom - top}px` });
    },
    move(transform) {
      if (transform === before) return;
      before = transform;
      node.hidden = transform === null;
      if (transform) node.style.transform = transform;
    },
  };
}
