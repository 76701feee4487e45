import { isFramed } from "./asked.js";

// Chapters are turned on the card itself: by a finger that swipes across it, and by a wheel that goes on beyond the
// end of the text. Both press the buttons at the card's foot, so that they lead where those do, or nowhere.

const ACROSS = 56; // px that a finger goes, and twice as far across as along
const QUICK = 800; // ms within which it does so: slower is reading or choosing text
const REST = 400; // ms without a turn of the wheel, before what goes on beyond the end is meant
const MEANT = 240; // px of such turning: three notches of a mouse
const LINE = 20; // px of a line, where a wheel counts in lines
const FEET = { 1: ".foot .grow + button", "-1": ".foot button:has(+ .grow)" };

/** Whether a text has been read to its end, or for -1 stands at its beginning. */
export function isAtEnd({ scrollTop, scrollHeight, clientHeight }, by) {
  return by > 0 ? scrollTop + clientHeight >= scrollHeight - 2 : scrollTop <= 1;
}

function swipes(root, turn) {
  let begun = null; // {id, x, y, at}
  root.addEventListener(
    "pointerdown",
    ({ pointerType, isPrimary, pointerId: id, clientX: x, clientY: y }) => {
      begun = pointerType === "touch" && isPrimary ? { id, x, y, at: performance.now() } : null;
    },
  );
  root.addEventListener("pointercancel", () => {
    begun = null; // it scrolls, or there is a second finger
  });
  root.addEventListener("pointerup", ({ pointerId, clientX, clientY }) => {
    if (begun?.id !== pointerId) return;
    const { x, y, at } = begun;
    begun = null;
    const [across, along] = [clientX - x, Math.abs(clientY - y)];
    const isSwipe = Math.abs(across) >= ACROSS && Math.abs(across) > 2 * along;
    if (!isSwipe || performance.now() - at > QUICK || !getSelection().isCollapsed) return;
    const isOn = across < 0 === (getComputedStyle(root).direction === "ltr");
    turn(isOn ? 1 : -1);
  });
}

/** In a page that holds the map the wheel is that page's. */
function scrolls(root, button, turn) {
  let [last, beyond, way] = [-Infinity, 0, 0]; // when the wheel last turned; so far beyond the end; the way it goes
  let about = null; // the button that is about to be pressed
  let ends = 0;

  function point(next) {
    about?.classList.remove("about");
    about = next;
    about?.classList.add("about");
    clearTimeout(ends);
    if (about) ends = setTimeout(() => point(null), 2 * REST);
  }

  root.addEventListener(
    "wheel",
    (event) => {
      const text = event.target.closest(".scroll");
      const down = event.deltaY * (event.deltaMode ? LINE : 1);
      if (!text || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) >= Math.abs(down)) return;
      const by = Math.sign(down);
      const rested = event.timeStamp - last > REST;
      last = event.timeStamp;
      if (rested) [beyond, way] = [0, isAtEnd(text, by) ? by : 0];
      if (by !== way) way = 0; // until it rests: what swings on from reading means nothing
      const next = way && button(way);
      if (!next) return point(null);
      beyond += Math.abs(down);
      point(next);
      if (beyond < MEANT) return;
      way = 0;
      point(null);
      turn(by);
    },
    { passive: true },
  );
}

/** `root` is the card. */
export function leafThrough(root) {
  const button = (by) => root.querySelector(FEET[by]);
  const turn = (by) => button(by)?.click();
  swipes(root, turn);
  if (!isFramed) scrolls(root, button, turn);
}
