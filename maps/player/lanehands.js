// What fingers, mouse and wheel do on the lanes: press, drag over a stretch, pinch, turn.

const STILL = { mouse: 4, pen: 6, touch: 10 }; // px within which a press is no drag
const STEEP = 0.0016; // of the logarithm of time for each px of the wheel
const PINCH = 6; // times that for a trackpad's pinch, which comes as a wheel with Ctrl
const PAGE = [1, 16, 400]; // px of a wheel's turn as pixels, lines and pages

/**
 * `calls`: isOn(point) says whether a press there may begin something; press(point), pressAgain(point),
 * drag(from, to) in px of `root`, dragEnd(), pinch(before, now) as pairs of px, point(point or null),
 * zoom(factor, x) and pan(px), which say false where nothing changes.
 */
export function listenToLanes(root, calls) {
  const down = new Map(); // pointer -> {x, y} where it is
  let began = null; // where the press began that may become a drag
  let dragging = false;
  let dragged = false; // whether the click that follows ends a drag

  const pointOf = (event) => {
    const { left, top } = root.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top, target: event.target };
  };

  root.addEventListener("pointerdown", (event) => {
    dragged = false;
    const point = pointOf(event);
    if (event.button !== 0 || !(calls.isOn(point) || point.target.matches("input"))) return;
    down.set(event.pointerId, point);
    began = down.size === 1 && calls.isOn(point) ? point : null; // on the slider only a pinch begins
    if (event.pointerType !== "mouse") calls.point(point);
    if (down.size === 2) for (const id of down.keys()) root.setPointerCapture(id);
    if (down.size === 2 && dragging) endDrag();
  });

  function moveOne(event, point) {
    if (!dragging && began && Math.abs(point.x - began.x) > STILL[event.pointerType || "mouse"]) {
      dragging = dragged = true;
      root.setPointerCapture(event.pointerId);
    }
    if (dragging) calls.drag(began.x, point.x);
  }

  function moveTwo(event, point) {
    const before = [...down.values()].map(({ x }) => x);
    down.set(event.pointerId, point);
    dragged = true;
    calls.pinch(
      before,
      [...down.values()].map(({ x }) => x),
    );
  }

  root.addEventListener("pointermove", (event) => {
    const point = pointOf(event);
    if (!down.has(event.pointerId)) {
      if (event.pointerType === "mouse") calls.point(point);
      return;
    }
    if (down.size === 2) moveTwo(event, point);
    else moveOne(event, point);
    calls.point(down.size === 2 ? null : point);
  });

  function endDrag() {
    dragging = false;
    calls.dragEnd();
  }

  function up(event) {
    if (!down.delete(event.pointerId)) return;
    began = null;
    if (dragging) endDrag();
    if (event.pointerType !== "mouse" || !root.contains(event.target)) calls.point(null);
  }
  // Also where it ends beside the lanes: a short drag upwards has not captured the pointer.
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, up);
  root.addEventListener("pointerleave", () => down.size || calls.point(null));

  root.addEventListener("click", (event) => {
    if (!dragged && event.detail > 0) calls.press(pointOf(event));
    dragged = false;
  });

  root.addEventListener("dblclick", (event) => {
    if (calls.isOn(pointOf(event))) calls.pressAgain(pointOf(event));
  });

  root.addEventListener(
    "wheel",
    (event) => {
      const [across, along] = [event.deltaX, event.deltaY].map((by) => by * PAGE[event.deltaMode]);
      const sideways = event.shiftKey ? along || across : Math.abs(across) > Math.abs(along) ? across : 0;
      const steep = event.ctrlKey ? STEEP * PINCH : STEEP;
      const by = Math.max(-0.7, Math.min(along * steep, 0.7));
      const moved =
        sideways && !event.ctrlKey ? calls.pan(sideways) : calls.zoom(Math.exp(by), pointOf(event).x);
      if (moved) event.preventDefault();
    },
    { passive: false },
  );

  return { isPinching: () => down.size > 1 };
}
