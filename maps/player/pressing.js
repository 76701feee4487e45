// A press on what lies on a map: it is no press on the map, but a drag or a pinch may begin there.

/** Calls when `button` is pressed by a hand or a key; not at the end of a drag that began on it. */
export function onPress(map, button, call) {
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    const isDragged = event.detail > 0 && map.dragging?.moved();
    if (!isDragged) call();
  });
  for (const kind of ["dblclick", "contextmenu"])
    button.addEventListener(kind, (event) => event.stopPropagation());
}
