import { el } from "./dom.js";
import { onPress } from "./pressing.js";

// What a pointer and keys do with a crowd: its marks are no elements, so one button goes from mark to
// mark for the keys, and one word follows the pointer.

const REST = 200; // ms that a pointer rests on the ground until it is said who holds it
const NEAR = 8; // px within which a pointer means a mark
const FINGER = 22;
const ASIDE = 12; // px from a point to what is said of it
const coarse = matchMedia("(pointer: coarse)");
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const KEYS =
  "Arrow keys go to the next mark in their direction, < and > to the one before and after in " +
  "time, Home and End to the first and last, Enter opens it";

/**
 * `crowd` (crowd.js), `marking` (marking.js), `choose(members)` on a press, `routesAt(point)` the routes
 * under a point, `titleOf(routes)` what they are called, `holderAt(point, isWhole)` elements that say who
 * holds the ground there, or null; a pointer asks that only where the map `showsGround()`. `roomOf()` is
 * what panels leave of the window.
 */
export function makeHands(map, { crowd, marking, choose, routesAt, titleOf, holderAt, showsGround, roomOf }) {
  const tip = el("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  const ring = el("div", { class: "ring", hidden: true, "aria-hidden": "true" });
  const spoken = el("span", { class: "sr-only", role: "status" });
  map.getContainer().append(ring, tip, spoken);
  const walker = makeWalker(map, crowd, marking, choose);
  let asked = null; // where the pointer was last
  let [resting, ground] = [0, null]; // until the pointer rests; {point, isWhole} of what is said of the ground

  const reach = () => Math.max(coarse.matches ? FINGER : NEAR, crowd.radius + 3);
  const hitAt = (point) => crowd.isUsed && crowd.under(point, reach());

  function say(words, { x, y }) {
    tip.replaceChildren(...[words].flat());
    tip.hidden = false;
    const { left, top, right, bottom } = roomOf();
    const across = beside(x, tip.offsetWidth, left, right);
    const down = beside(y, tip.offsetHeight, top, bottom);
    tip.style.transform = `translate(${across}px, ${down}px)`;
  }

  /** Says who holds the ground at a point; false where nobody is known to. */
  function sayHolder(point, isWhole) {
    const nodes = holderAt(point, isWhole);
    if (!nodes) return false;
    ground = { point, isWhole };
    say(nodes, point);
    return true;
  }

  /** What is under a pointer that rests, where nothing else is. */
  function restOn(point) {
    if (showsGround()) resting = setTimeout(() => sayHolder(point, false), REST);
  }

  function leave() {
    clearTimeout(resting);
    asked = ground = null;
    spoken.textContent = "";
    tip.hidden = true;
    ring.hidden = true;
    map.getContainer().classList.remove("pointing");
  }

  function look() {
    const point = asked;
    if (!point) return;
    leave();
    const hit = hitAt(point);
    const together = hit ? [] : routesAt(point);
    if (!hit && !together.length) {
      restOn(point);
      return;
    }
    map.getContainer().classList.add("pointing");
    if (!hit) {
      say(titleOf(together), point);
      return;
    }
    ring.hidden = false;
    ring.style.setProperty("--radius", `${crowd.radius}px`);
    ring.style.transform = `translate(${hit.x}px, ${hit.y}px)`;
    say(wordsOf(hit, marking), hit);
  }

  map.on("mousemove", (event) => {
    const own = event.originalEvent.target.closest?.(".mark");
    if (!asked) requestAnimationFrame(look);
    asked = own ? null : event.containerPoint;
    if (own) leave();
  });
  map.on("mouseout zoomstart movestart", leave);
  map.on("click", (event) => {
    const hit = hitAt(event.containerPoint);
    choose(hit ? hit.members : []);
    if (hit || routesAt(event.containerPoint).length) return;
    leave();
    if (showsGround()) sayHolder(event.containerPoint, true);
  });
  return {
    hitAt,
    follow: walker.follow,
    /** The moment is another: what is said of the ground follows. */
    renew() {
      if (ground && !sayHolder(ground.point, ground.isWhole)) leave();
    },
    /** Says, aloud too, who holds the ground at a point. */
    ask(point) {
      leave();
      if (!sayHolder(point, true)) say("Nobody is known to hold this place", point);
      ground ??= { point, isWhole: true };
      spoken.textContent = Array.from(tip.childNodes, (node) => node.textContent).join(". ");
    },
    /** Takes away what is said of the ground; false where nothing is. */
    close() {
      if (!ground) return false;
      leave();
      return true;
    },
  };
}

/** Where something of a length stands beside a point: after it, where it ends before `to`, else before it. */
function beside(at, length, from, to) {
  const after = at + ASIDE + length <= to ? at + ASIDE : at - ASIDE - length;
  return Math.round(Math.max(from, Math.min(after, to - length)));
}

function wordsOf({ i, members }, marking) {
  const name = marking.nameOf(i);
  return members.length > 1 ? `${members.length} events here, among them: ${name}` : name;
}

/** The element of a mark that is nearest to a point of the panes; null where there is none. */
function markBeside(map, point) {
  const far = (mark) => L.DomUtil.getPosition(mark).distanceTo(point);
  const marks = [...map.getPane("marks").querySelectorAll(".mark")];
  return marks.reduce((best, one) => (best === null || far(one) < far(best) ? one : best), null);
}

/** The button that stands at one mark of the crowd, for the keys. */
function makeWalker(map, crowd, marking, choose) {
  let at = null; // {i, x, y} in the window's pixels
  const said = el("span", { class: "sr-only", role: "status" });
  const button = el("button", { type: "button", class: "mark walker", "aria-description": KEYS });
  onPress(map, button, () => at && choose(crowd.under(at, 1)?.members ?? [at.i]));
  button.addEventListener("focus", () => stand(at ?? nearest(map.getSize().divideBy(2))));
  button.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = byKey(event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (next) stand(next);
  });

  /** Those in the window. */
  function seen() {
    const size = map.getSize();
    const found = [];
    crowd.each((i, x, y) => {
      if (x > 0 && y > 0 && x < size.x && y < size.y) found.push({ i, x, y });
    });
    return found;
  }

  const least = (marks, cost) =>
    marks.reduce((best, one) => (best === null || cost(one) < cost(best) ? one : best), null);

  const nearest = (point) => least(seen(), (one) => Math.hypot(one.x - point.x, one.y - point.y));

  /** The mark that a key goes to, null if there is none there; undefined for other keys. */
  function byKey(key) {
    const way = WAYS[key];
    if (way) return toward(way);
    const marks = seen();
    const place = marks.findIndex((one) => one.i === at?.i);
    const targets = { Home: 0, End: marks.length - 1, ">": place + 1, "<": place - 1 };
    return key in targets ? (marks[targets[key]] ?? null) : undefined;
  }

  /** The nearest in a direction: what lies aside counts as farther. */
  function toward([dx, dy]) {
    if (!at) return null;
    const along = (one) => (one.x - at.x) * dx + (one.y - at.y) * dy;
    const aside = (one) => Math.abs((one.x - at.x) * dy) + Math.abs((one.y - at.y) * dx);
    const ahead = seen().filter((one) => along(one) > 0 && aside(one) <= along(one));
    return least(ahead, (one) => along(one) + 2 * aside(one));
  }

  function stand(next) {
    at = next;
    if (!at) return;
    const number = crowd.indices.length;
    const spot = map.containerPointToLayerPoint([at.x, at.y]).round();
    L.DomUtil.setPosition(button, spot);
    button.style.setProperty("--radius", `${Math.max(5, crowd.radius + 2)}px`);
    const words = wordsOf({ i: at.i, members: crowd.under(at, 1)?.members ?? [at.i] }, marking);
    button.setAttribute("aria-label", `${words}: one of ${number} events on the map`);
    said.textContent = document.activeElement === button ? words : "";
  }

  return {
    /** The crowd has changed: the button stands at the mark that is nearest to where it stood. */
    follow() {
      if (!crowd.isUsed) {
        const hadFocus = document.activeElement === button;
        at = null;
        button.remove();
        said.remove();
        if (hadFocus) markBeside(map, L.DomUtil.getPosition(button))?.focus({ preventScroll: true });
        return;
      }
      if (!button.isConnected) map.getPane("marks").append(button, said);
      if (document.activeElement === button) stand(at && nearest(at));
      else {
        at = null;
        button.setAttribute("aria-label", `${crowd.indices.length} events on the map`);
      }
    },
  };
}
