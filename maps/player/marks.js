import { holds } from "./boxes.js";
import { el, svg } from "./dom.js";
import { fan, grouped, isFannable } from "./fans.js";
import { lookOf } from "./highlight.js";
import { placesOf } from "./places.js";
import { onPress } from "./pressing.js";
import { pixelsOf } from "./sheet.js";
import { symbol } from "./symbols.js";

// The marks of events: buttons on the map, so that keys and screen readers reach them.
// Made when first shown; what has not changed is not touched.

const forced = matchMedia("(forced-colors: active)"); // marks then have letters
const LETTER = { width: 18, height: 14 };
const HALO = 18; // px from which on a place is so uncertain that it is seen
const FULL = 500; // buttons that are kept though they are not shown

/** `marking` as made in marking.js; `choose(indices)` on press. */
export function makeMarks(map, events, marking, choose) {
  const { x, y } = placesOf(events);
  const pane = map.getPane("marks");
  const leaders = svg("svg", { class: "leaders", "aria-hidden": "true" });
  pane.append(leaders);
  const softness = svg(
    "radialGradient",
    { id: `soft-${map.getContainer().id || L.stamp(map)}` },
    ...[0, 0.75, 1].map((offset, k) => svg("stop", { offset, class: k < 2 ? "near" : "far" })),
  );
  const buttons = new Map(); // event -> {button, looks}, made when first shown
  let groups = [];
  let present = []; // {i, spot, number, look} of the marks that stand on the map, in order of time
  let drawn = ""; // what the layout followed from

  const membersOf = (i) => groups.find((group) => group.stands === i)?.members ?? [i];

  function buttonOf(i) {
    if (!buttons.has(i))
      buttons.set(i, { button: makeButton(map, marking.mark(i), () => choose(membersOf(i))), looks: {} });
    return buttons.get(i);
  }

  function pointOf(i) {
    const scale = 256 * 2 ** map.getZoom();
    const origin = map.getPixelOrigin();
    return L.point(x[i] * scale - origin.x, y[i] * scale - origin.y);
  }

  /** Who stands where: sets `groups` and `present`. */
  function layout(indices, selected, highlight, obstacles) {
    const points = new Map(Array.from(indices, (i) => [i, pointOf(i)]));
    const size = map.getSize();
    const offset = map.containerPointToLayerPoint([0, 0]);
    const roomy = Math.min(size.x, size.y) >= 420;
    groups = grouped(indices, points, selected);
    const filled = groups.map((group) => group.anchor); // where marks and places already stand
    const lines = [];
    for (const group of groups) {
      const spots = roomy && isFannable(group) ? fan(group, filled, offset, size, obstacles) : null;
      group.spots = spots ?? [group.anchor];
      if (spots) filled.push(...spots);
      group.stands = spots || group.members.length === 1 ? null : standIn(group, selected, highlight);
      if (spots) lines.push(...leadersOf(group, points));
    }
    leaders.replaceChildren(softness, ...groups.map(halo).filter(Boolean), ...lines);
    present = groups.flatMap((group) =>
      group.stands === null
        ? group.members.map((i, k) => ({ i, spot: group.spots[k], number: 1, look: lookOf(highlight, [i]) }))
        : [
            {
              i: group.stands,
              spot: group.spots[0],
              number: group.members.length,
              look: lookOf(highlight, group.members),
            },
          ],
    );
    present.sort((a, b) => a.i - b.i);
  }

  /** A soft disc as wide as the place of events is uncertain; null where their mark is as wide. */
  function halo({ members, anchor }) {
    const km = Math.max(...members.map((i) => events.accuracyKm.at(i) ?? 0));
    const radius = km && pixelsOf(km, events.lat[members[0]], 256 * 2 ** map.getZoom());
    if (radius < HALO) return null;
    const fill = `url(#${softness.id})`;
    return svg("circle", { class: "around", cx: anchor.x, cy: anchor.y, r: Math.round(radius), fill });
  }

  /** In order of time, whatever was shown before; only what is out of order is moved. */
  function arrange() {
    const wanted = new Set(present.map(({ i }) => i));
    for (const [i, { button }] of buttons) {
      if (!wanted.has(i)) button.remove();
      if (!wanted.has(i) && buttons.size > FULL) buttons.delete(i);
    }
    let next = leaders.nextSibling;
    for (const { i } of present) {
      const { button } = buttonOf(i);
      if (button === next) next = next.nextSibling;
      else pane.insertBefore(button, next);
    }
  }

  return {
    /** Shows these events, the chosen one larger and ringed; false where that changes nothing. */
    show(indices, { selected, highlight, isFaded, obstacles, frameKey }) {
      const looks = Array.from(
        indices,
        (i) =>
          `${i}${isFaded(i) ? "f" : ""}${marking.isLasting(i) ? "l" : ""}${lookOf(highlight, [i]).slice(0, 1)}`,
      );
      const key = [frameKey, selected, looks, obstacles.map(({ x: left, y: top }) => `${left},${top}`)].join(
        " ",
      );
      if (key === drawn) return false;
      drawn = key;
      layout(indices, selected, highlight, obstacles);
      const radius = radiusAt(map.getZoom(), map.getSize());
      for (const { i, spot, number, look } of present)
        dress(buttonOf(i), marking.mark(i), {
          spot,
          number,
          radius: radius * (i === selected ? 1.25 : 1),
          selected: i === selected,
          faded: isFaded(i),
          look,
        });
      arrange();
      return true;
    },
    /** While the map zooms the leaders are hidden; marks go to where their place will be. */
    zooming(event) {
      drawn = "";
      leaders.replaceChildren();
      for (const group of groups) {
        const home = map._latLngToNewLayerPoint(
          map.layerPointToLatLng(group.anchor),
          event.zoom,
          event.center,
        );
        const stand = group.stands === null ? group.members : [group.stands];
        stand.forEach((i, k) => {
          const there = home.add(group.spots[k].subtract(group.anchor)).round();
          const { button, looks } = buttonOf(i);
          looks.spot = null;
          L.DomUtil.setPosition(button, there);
        });
      }
    },
    /** The groups as drawn, in the window's pixels: for words and their obstacles. */
    groups() {
      const offset = map.layerPointToContainerPoint([0, 0]);
      return groups.map((group) => ({
        ...group,
        anchor: group.anchor.add(offset),
        spots: group.spots.map((spot) => spot.add(offset)),
      }));
    },
    /** Takes those that lie beyond `seen` ({left, top, right, bottom}) or under a panel out of the order of the keys. */
    reach(seen, panels) {
      const offset = map.layerPointToContainerPoint([0, 0]);
      for (const { i, spot } of present) {
        const [left, top] = [spot.x + offset.x, spot.y + offset.y];
        const isSeen =
          left > seen.left &&
          left < seen.right &&
          top > seen.top &&
          top < seen.bottom &&
          !panels.some((panel) => holds(panel, { x: left, y: top }));
        const { button, looks } = buttonOf(i);
        if (looks.seen !== isSeen) button.tabIndex = isSeen ? 0 : -1;
        looks.seen = isSeen;
      }
    },
  };
}

/** The boxes of marks, rings, counts and places, in the window's pixels: no word lies on them. */
export function boxesOf(groups, { selected, highlight }) {
  const about = ({ x, y }, reach) => ({ x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach });
  return groups.flatMap((group) => {
    const stand = group.stands === null ? group.members : [group.stands];
    const boxes = stand.map((i, k) =>
      about(group.spots[k], i === selected ? 22 : highlight.events.has(i) ? 14 : 9),
    );
    if (forced.matches) boxes.push(...group.spots.map(({ x, y }) => ({ ...LETTER, x: x - 23, y: y + 1 })));
    if (group.stands === null) return [...boxes, about(group.anchor, 5)];
    return [...boxes, { x: group.anchor.x + 2, y: group.anchor.y - 22, width: 28, height: 18 }];
  });
}

function makeButton(map, mark, press) {
  const button = el(
    "button",
    { type: "button", class: "mark", title: mark.name },
    symbol(mark.kind, mark.directions, mark.status),
    el("span", { class: "count", hidden: true }),
  );
  onPress(map, button, press);
  button.classList.add("leaflet-zoom-animated");
  return button;
}

/** The one of a pile that is seen: the chosen one, else the last that stands out, else the last. */
const standIn = ({ chosen, members }, selected, { events }) =>
  chosen ? selected : (members.findLast((i) => events.has(i)) ?? members.at(-1));

function radiusAt(zoom, size) {
  return (
    (zoom < 4 ? 8 : zoom < 6 ? 8.5 : zoom < 8 ? 9 : 10) *
    Math.min(1.6, Math.max(1, Math.min(size.x, size.y) / 900))
  );
}

/** Gives a button its looks {spot, number, radius, selected, faded, look}, where they differ from those it has. */
function dress({ button, looks }, mark, { spot, number, radius, selected, faded, look }) {
  if (!looks.spot?.equals(spot)) L.DomUtil.setPosition(button, spot);
  if (looks.radius !== radius) button.style.setProperty("--radius", `${radius}px`);
  if (looks.selected !== selected) {
    button.classList.toggle("selected", selected);
    button.setAttribute("aria-current", String(selected));
  }
  if (looks.faded !== faded) button.classList.toggle("faded", faded);
  if (looks.look !== look) {
    button.classList.toggle("highlighted", look === "highlighted");
    button.classList.toggle("aside", look === "aside");
  }
  if (looks.lasting !== mark.lasting) button.classList.toggle("lasting", mark.lasting);
  if (looks.number !== number) count(button, mark.name, number);
  Object.assign(looks, { spot, number, radius, selected, faded, look, lasting: mark.lasting });
}

/** A mark that stands for several says how many. */
function count(button, own, number) {
  const badge = button.querySelector(".count");
  badge.hidden = number < 2;
  badge.textContent = number;
  button.setAttribute("aria-label", number < 2 ? own : `${number} events here, among them: ${own}`);
}

function leadersOf(group, points) {
  const lines = group.members.map((i, k) => {
    const [home, spot] = [points.get(i), group.spots[k]];
    const bend = (home.x + spot.x) / 2;
    return svg("path", { d: `M${home.x},${home.y}C${bend},${home.y} ${bend},${spot.y} ${spot.x},${spot.y}` });
  });
  return [...lines, svg("circle", { cx: group.anchor.x, cy: group.anchor.y, r: 3.2 })];
}
