import { isCalm } from "./calm.js";
import { el } from "./dom.js";

// A chapter is drawn at once, whole; what was there before goes over into it: it moves and grows as the
// view does, and fades. So nothing has to wait for it, and it can end at any moment.

const LASTS = 750; // ms
const MOST = 1; // zoom steps by which what goes is scaled: more would be a blur, or a picture in a picture
const ENDS = ["pointerdown", "wheel", "touchstart", "keydown", "resize", "beforeprint"];

/** The canvases of a map, as they are seen, on one. */
function pictureOf(frame) {
  const home = frame.getBoundingClientRect();
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [home.width, home.height].map((size) => Math.round(size * ratio));
  const canvas = el("canvas", { class: "before-chapter", width, height });
  canvas.setAttribute("aria-hidden", "true");
  const ctx = canvas.getContext("2d");
  for (const one of frame.querySelectorAll("canvas:not(.before, .before-chapter)")) {
    if (!one.width || !one.height || !one.checkVisibility()) continue;
    const box = one.getBoundingClientRect();
    const place = [box.left - home.left, box.top - home.top, box.width, box.height];
    ctx.drawImage(one, ...place.map((side) => side * ratio));
  }
  return canvas;
}

/** How what lay at a view comes to lie at another, as a transform; less of it where that is far. */
function wayOf(map, { centre, zoom }) {
  const half = map.getSize().divideBy(2);
  const scale = 2 ** (map.getZoom() - zoom);
  const steps = Math.abs(Math.log2(scale));
  const share = Math.min(1, MOST / steps);
  const moved = map.latLngToContainerPoint(centre).subtract(half.multiplyBy(scale)); // of the corner
  if (steps < 0.01) {
    const far = Math.min(1, (0.7 * map.getSize().x) / Math.hypot(moved.x, moved.y));
    return `translate(${moved.x * far}px, ${moved.y * far}px)`;
  }
  const grown = scale ** share;
  const { x, y } = moved.multiplyBy((1 - grown) / (1 - scale)); // about the place that stays where it is
  return `translate(${x}px, ${y}px) scale(${grown})`;
}

/** `keep()` before anything changes and `run()` once all is drawn; a hand or a key ends it, and another chapter. */
export function makeDissolve(map, frame) {
  let kept = null; // {picture, centre, zoom} until it runs
  let running = null;

  function end() {
    for (const kind of ENDS) removeEventListener(kind, end, true);
    document.removeEventListener("visibilitychange", end);
    running?.remove();
    running = null;
  }

  return {
    keep() {
      end();
      const { x, y } = map._loaded ? map.getSize() : { x: 0, y: 0 };
      const mayMove = !isCalm() && !document.hidden && x && y && !map._animatingZoom;
      kept = mayMove ? { picture: pictureOf(frame), centre: map.getCenter(), zoom: map.getZoom() } : null;
    },
    run() {
      if (!kept) {
        end();
        return;
      }
      const { picture, ...from } = kept;
      kept = null;
      running = picture;
      frame.append(picture);
      const to = { opacity: 0, transform: wayOf(map, from) };
      const easing = "cubic-bezier(0.45, 0, 0.2, 1)";
      picture.animate([{ opacity: 1, transform: "none" }, to], { duration: LASTS, easing }).onfinish = () =>
        running === picture && end();
      for (const kind of ENDS) addEventListener(kind, end, { capture: true, passive: true });
      document.addEventListener("visibilitychange", end);
    },
    /** Nothing goes over, whatever was kept. */
    end() {
      kept = null;
      end();
    },
  };
}
