// Large type for the back row: `?type=large` in the address, a key and a button.

export const LARGER = 1.4; // times as large as else; player.css has it too

const root = document.documentElement;

export const isLarge = () => root.dataset.type === "large";

/** How much larger than else the words are that are drawn, not laid out. */
export const typeScale = () => (isLarge() ? LARGER : 1);

/** An address with what it says of the type. */
export function withType(url) {
  if (isLarge()) url.searchParams.set("type", "large");
  else if (url.searchParams.has("type")) url.searchParams.delete("type");
  return url;
}

/** Changes the type and the address; the page lays itself out anew by `changed()`. */
export function switchType(changed) {
  if (isLarge()) delete root.dataset.type;
  else root.dataset.type = "large";
  try {
    history.replaceState(history.state, "", withType(new URL(location.href)));
  } catch {
    // a page in srcdoc may not; Share says it all the same
  }
  changed();
}
