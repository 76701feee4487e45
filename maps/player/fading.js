import { isCalm } from "./calm.js";

// What changes on a sheet fades over, once.

const FADE = 300; // ms

/** Call it before a sheet is drawn anew: what is on it now fades out over what comes. */
export function fadeOver({ _container: canvas }) {
  if (isCalm() || !canvas?.width || !canvas.animate || document.hidden) return;
  const { width, height, className } = canvas;
  for (const old of canvas.parentNode.querySelectorAll(".before")) old.remove();
  const before = Object.assign(document.createElement("canvas"), { width, height, className });
  before.setAttribute("aria-hidden", "true");
  before.style.cssText = canvas.style.cssText;
  before.getContext("2d").drawImage(canvas, 0, 0);
  before.classList.add("before");
  canvas.after(before);
  before.animate([{ opacity: 1 }, { opacity: 0 }], { duration: FADE }).onfinish = () => before.remove();
}

/** Call it after a sheet on which nothing was is drawn: it fades in. */
export function fadeIn({ _container: canvas }) {
  if (isCalm() || !canvas?.animate || document.hidden) return;
  canvas.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE });
}
