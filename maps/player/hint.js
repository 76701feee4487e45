// The line above the timeline that says what is under the pointer or has the focus: date, and what is there.

const EDGE = 8; // px that it keeps from the timeline's ends

/** `root` is the line, `mark` a hairline at its place. */
export function makeHint(root, mark) {
  const [date, what] = root.children;
  return {
    show(x, width, words, text) {
      date.textContent = words;
      what.textContent = text;
      what.hidden = !text;
      root.hidden = mark.hidden = false;
      const half = root.offsetWidth / 2;
      const at = Math.max(half + EDGE, Math.min(x, width - half - EDGE));
      root.style.transform = `translateX(${(at - half).toFixed(1)}px)`;
      mark.style.transform = `translateX(${x.toFixed(1)}px)`;
    },
    hide() {
      root.hidden = mark.hidden = true;
    },
  };
}
