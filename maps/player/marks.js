import { holds, meets } from "./boxes.js";
import { el, svg } from "./dom.js";
import { RANK } from "./ranks.js";
import { fateOf, symbol, textToneOf } from "./symbols.js";

// The marks of events: buttons on the map, so that keys and screen readers reach them.
// Marks at one place stand in a bowed column beside it, oldest on top, with a line to the place;
// where they are too many for that, the newest stands for all with a count.

const TOUCHING = 22; // px within which marks belong together
const COLUMN = 50; // px from the place to the column
const ROW = 21;
const MOST = 8;

/** `events.mark(i)` gives {lat, lng, kind, directions, status, name}; `choose(indices)` on press. */
export function makeMarks(map, events, choose) {
  const pane = map.getPane("marks");
  const leaders = svg("svg", { class: "leaders", "aria-hidden": "true" });
  pane.append(leaders);
  const buttons = new Map(); // event -> its button, made when first shown
  let shown = null; // what is visible (visible.js)
  let selected = null;
  let groups = [];

  const buttonOf = (i) => {
    if (!buttons.has(i))
      buttons.set(
        i,
        makeButton(events.mark(i), () => choose(groups.find((group) => group.stands === i)?.members ?? [i])),
      );
    return buttons.get(i);
  };

  function layout(obstacles = []) {
    const points = new Map(
      shown.events.map((i) => [i, map.latLngToLayerPoint([events.mark(i).lat, events.mark(i).lng])]),
    );
    groups = grouped(shown.events, points, selected);
    const size = map.getSize();
    const offset = map.containerPointToLayerPoint([0, 0]);
    const radius = radiusAt(map.getZoom(), size);
    const roomy = Math.min(size.x, size.y) >= 420;
    leaders.replaceChildren();
    const onTop = [];
    const filled = groups.map((group) => group.anchor); // where marks and places already stand
    for (const group of groups) {
      const may = group.members.length > 1 && group.members.length <= MOST && roomy;
      const spots = may ? fan(group, filled, offset, size, obstacles) : null;
      const fanned = Boolean(spots);
      group.spots = spots ?? [group.anchor];
      if (fanned) filled.push(...spots);
      group.stands = fanned || group.members.length === 1 ? null : standIn(group, selected);
      const present = group.stands === null ? group.members : [group.stands];
      present.forEach((i, k) => {
        place(buttonOf(i), group.spots[k], radius * (i === selected ? 1.25 : 1), i === selected);
        name(buttonOf(i), events.mark(i).name, group.stands === null ? 1 : group.members.length);
        onTop.push(i);
      });
      if (fanned) drawLeaders(leaders, group, points);
    }
    const wanted = new Set(onTop);
    for (const [i, button] of buttons) if (!wanted.has(i)) button.remove();
    // In order of time, whatever was shown before; only what is out of order is moved.
    let next = leaders.nextSibling;
    for (const i of onTop.sort((a, b) => a - b)) {
      const button = buttons.get(i);
      button.classList.toggle("faded", shown.isFaded(i));
      button.classList.toggle("lasting", events.mark(i).lasting);
      if (button === next) next = next.nextSibling;
      else pane.insertBefore(button, next);
    }
  }

  return {
    /** Shows what is visible, the chosen one larger and ringed. */
    show(next, chosen, obstacles) {
      shown = next;
      selected = chosen;
      layout(obstacles);
    },
    layout,
    /** While the map zooms the leaders are hidden; marks go to where their place will be. */
    zooming(event) {
      leaders.replaceChildren();
      for (const group of groups) {
        const home = map._latLngToNewLayerPoint(
          map.layerPointToLatLng(group.anchor),
          event.zoom,
          event.center,
        );
        const present = group.stands === null ? group.members : [group.stands];
        present.forEach((i, k) => {
          const spot = group.spots[k];
          L.DomUtil.setPosition(
            buttonOf(i),
            L.point(home.x + spot.x - group.anchor.x, home.y + spot.y - group.anchor.y).round(),
          );
        });
      }
    },
    /** The groups as drawn, in the window's pixels: for words and their obstacles. */
    groups() {
      const offset = map.layerPointToContainerPoint([0, 0]);
      return groups.map((group) => ({
        ...group,
        anchor: group.anchor.add(offset),
        spots: group.spots.map((spot) => L.point(spot.x, spot.y).add(offset)),
      }));
    },
    /** The boxes of marks, rings, counts and places, in the window's pixels: no word lies on them. */
    boxes() {
      const about = ({ x, y }, reach) => ({
        x: x - reach,
        y: y - reach,
        width: 2 * reach,
        height: 2 * reach,
      });
      return this.groups().flatMap((group) => {
        const present = group.stands === null ? group.members : [group.stands];
        const boxes = present.map((i, k) => about(group.spots[k], i === selected ? 22 : 9));
        if (group.stands !== null)
          boxes.push({ x: group.anchor.x + 2, y: group.anchor.y - 22, width: 28, height: 18 });
        return group.stands === null ? [...boxes, about(group.anchor, 5)] : boxes;
      });
    },
    /** Takes those that cannot be seen ({left, top, right, bottom}) out of the order of the keys. */
    reach(seen) {
      const offset = map.layerPointToContainerPoint([0, 0]);
      for (const group of groups) {
        const present = group.stands === null ? group.members : [group.stands];
        present.forEach((i, k) => {
          const { x, y } = offset.add(group.spots[k]);
          buttonOf(i).tabIndex = x > seen.left && x < seen.right && y > seen.top && y < seen.bottom ? 0 : -1;
        });
      }
    },
  };
}

function makeButton(mark, press) {
  const button = el(
    "button",
    {
      type: "button",
      class: "mark",
      "aria-label": mark.name,
      title: mark.name,
      onclick: (event) => {
        event.stopPropagation();
        press();
      },
    },
    symbol(mark.kind, mark.directions, mark.status),
    el("span", { class: "count", hidden: true }),
  );
  L.DomEvent.disableClickPropagation(button);
  button.classList.add("leaflet-zoom-animated");
  return button;
}

/** Marks within a few pixels of a place belong to it; the groups come in order of time. */
function grouped(indices, points, selected) {
  const groups = [];
  for (const i of indices) {
    const point = points.get(i);
    const near = groups.find((group) => group.anchor.distanceTo(point) <= TOUCHING);
    if (near) near.members.push(i);
    else groups.push({ anchor: point, members: [i] });
  }
  for (const group of groups) if (group.members.includes(selected)) group.chosen = true;
  return groups;
}

const standIn = (group, selected) => (group.chosen ? selected : group.members.at(-1));

const CLEAR = 19; // px between marks of different groups

/**
 * A bowed column where it hides least: to either side, higher or lower or farther off if need be;
 * null where it would lie on other marks.
 */
function fan(group, filled, offset, size, obstacles) {
  const height = (group.members.length - 1) * ROW;
  const others = filled.filter((other) => other !== group.anchor);
  const clashes = (spots) =>
    spots.filter((spot) => others.some((other) => spot.distanceTo(other) < CLEAR)).length;
  const cost = ({ side, shift, way }) => {
    const box = {
      x: group.anchor.x + (side > 0 ? 30 : -190),
      y: group.anchor.y + shift - height / 2 - 14,
      width: 160,
      height: height + 28,
    };
    const seen = { ...box, x: box.x - offset.x, y: box.y - offset.y };
    const outside = seen.x < 0 || seen.x + seen.width > size.x || seen.y < 0 || seen.y + seen.height > size.y;
    const hidden = others.filter((other) => holds(box, other)).length;
    return (
      4 * clashes(column(group, { side, shift, way })) +
      (way - COLUMN) / 30 +
      hidden +
      (outside ? 20 : 0) +
      10 * obstacles.filter((other) => meets(seen, other)).length +
      Math.abs(shift) / 100 +
      (side < 0 ? 0.1 : 0)
    );
  };
  const tried = [0, 30, -30, 60, -60, 90, -90].flatMap((shift) =>
    [COLUMN, COLUMN + 34].flatMap((way) => [
      { side: 1, shift, way },
      { side: -1, shift, way },
    ]),
  );
  const costs = tried.map(cost);
  const spots = column(group, tried[costs.indexOf(Math.min(...costs))]);
  return clashes(spots) ? null : spots;
}

function column({ anchor, members }, { side, shift, way }) {
  const top = anchor.y + shift - ((members.length - 1) * ROW) / 2;
  return members.map((_, k) => {
    const turn = (2 * k) / (members.length - 1) - 1;
    return L.point(anchor.x + side * (way + 12 * (1 - turn * turn)), top + k * ROW).round();
  });
}

function radiusAt(zoom, size) {
  return (
    (zoom < 4 ? 8 : zoom < 6 ? 8.5 : zoom < 8 ? 9 : 10) *
    Math.min(1.6, Math.max(1, Math.min(size.x, size.y) / 900))
  );
}

function place(button, spot, radius, chosen) {
  L.DomUtil.setPosition(button, spot);
  button.style.setProperty("--radius", `${radius}px`);
  button.classList.toggle("selected", chosen);
  button.setAttribute("aria-current", String(chosen));
}

/** A mark that stands for several says how many. */
function name(button, own, number) {
  const badge = button.querySelector(".count");
  badge.hidden = number < 2;
  badge.textContent = number;
  button.setAttribute("aria-label", number < 2 ? own : `${number} events here, among them: ${own}`);
}

function drawLeaders(leaders, group, points) {
  group.members.forEach((i, k) => {
    const [home, spot] = [points.get(i), group.spots[k]];
    const bend = (home.x + spot.x) / 2;
    leaders.append(
      svg("path", { d: `M${home.x},${home.y}C${bend},${home.y} ${bend},${spot.y} ${spot.x},${spot.y}` }),
    );
  });
  leaders.append(svg("circle", { cx: group.anchor.x, cy: group.anchor.y, r: 3.2 }));
}

/** Words beside the marks: place and title of a single one; dates, and the newest title, in a fan. */
export function markWords(groups, events, selected, phone) {
  return groups.flatMap((group) => {
    if (group.stands !== null)
      return [single(events.mark(group.stands), group.anchor, group.stands === selected, phone)];
    if (group.members.length === 1)
      return [single(events.mark(group.members[0]), group.anchor, group.members[0] === selected, phone)];
    return fanWords(group, events, selected);
  });
}

function single(mark, { x, y }, chosen, phone) {
  const size = chosen ? 17 : mark.lasting ? 12.5 : 14;
  const place = { text: mark.place || mark.title, size, bold: !mark.lasting, tone: "ink" };
  // What began long ago and still holds is ground, not news: its place, and since when.
  const said = mark.lasting && !chosen ? `${mark.title}, ${mark.day}` : withoutPlace(mark.title, mark.place);
  const title = { text: said, size: 12.5, tone: textToneOf(mark.directions) };
  const fate = { text: fateOf(mark.status), size: 12.5, italic: true, tone: title.tone };
  const never = fate.text ? [fate] : []; // which no lack of room leaves out
  const whole = mark.place && (chosen || !phone) ? [place, title, ...never] : [place, ...never];
  return {
    lines: whole,
    shorter: [place, ...never],
    x,
    y,
    rank: chosen ? RANK.chosen : mark.lasting ? RANK.lasting : RANK.mark,
    reach: chosen ? 25 : 13,
  };
}

/** "Hong Kong attacked and taken" below "Hong Kong" needs the name but once. */
function withoutPlace(title, place) {
  return place && title.startsWith(`${place} `) ? title.slice(place.length + 1) : title;
}

function fanWords(group, events, selected) {
  const side = group.spots[0].x > group.anchor.x ? "right" : "left";
  const titled = group.chosen ? selected : group.members.at(-1);
  const words = group.members.map((i, k) => {
    const mark = events.mark(i);
    const text = i === titled ? `${mark.day}: ${mark.title}` : mark.day;
    return {
      lines: [{ text, size: 12.5, bold: i === titled, tone: "ink" }],
      shorter: [{ text: mark.day, size: 12.5, bold: i === titled, tone: "ink" }],
      ...{ x: group.spots[k].x, y: group.spots[k].y },
      rank: i === titled ? RANK.titled : RANK.day,
      reach: i === selected ? 25 : 13,
      only: [side],
    };
  });
  const name = { text: events.mark(group.members[0]).place, size: 14, bold: true, tone: "ink" };
  const opposite =
    side === "right" ? ["left", "above left", "below left"] : ["right", "above right", "below right"];
  return name.text
    ? [
        ...words,
        { lines: [name], x: group.anchor.x, y: group.anchor.y, rank: RANK.place, reach: 7, only: opposite },
      ]
    : words;
}
