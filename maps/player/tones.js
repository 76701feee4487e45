// The colours that the timeline's canvases are drawn in: the stylesheet's, or where the reader has set
// all colours himself, his.

const forced = matchMedia("(forced-colors: active)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const GROUNDS = /^(band-of-|panel)/;
const THEIRS = { hairline: "GrayText", highlight: "Highlight" };

/** `tone(name)` gives a colour as a canvas takes it; `onChange(call)` tells when all may be others. */
export function makeTones(root) {
  const probe = document.createElement("i");
  probe.hidden = true;
  probe.style.setProperty("forced-color-adjust", "none");
  root.append(probe);
  const known = new Map();

  function resolve(name) {
    const theirs = THEIRS[name] ?? (GROUNDS.test(name) ? "Canvas" : "CanvasText");
    probe.style.color = forced.matches ? theirs : `var(--${name})`;
    return getComputedStyle(probe).color;
  }

  return {
    tone(name) {
      if (!known.has(name)) known.set(name, resolve(name));
      return known.get(name);
    },
    onChange(call) {
      const renew = () => {
        known.clear();
        call();
      };
      for (const asked of [forced, dark]) asked.addEventListener("change", renew);
      new MutationObserver(renew).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    },
  };
}
