import { drawAhead, drawArrow, drawOpen, drawRings, drawUnder, inOrder } from "./arrows.js";
import { RANK } from "./ranks.js";
import { colours, mercatorX, mercatorY } from "./sheet.js";
import { fateOf, lettersOf, textToneOf, toneOf } from "./symbols.js";
import { Tracks, pixelsOf } from "./tracks.js";
import { civil, shortLabel } from "./when.js";

// Routes as arrows that grow with the clock, right across 180°. Several that went by rail on one track
// at one time are one arrow.

const WIDTH = { sea: 10, land: 9, rail: 5, air: 3 };
const MOVED = 0.5; // px by which a head must have moved to be drawn anew
const BESIDE = 12; // px from a track within which another is on it
const NAMED = 4; // of one means and direction at a time
const ASIDE = 0.7; // how strong the others are where some stand out

const forced = matchMedia("(forced-colors: active)");

/** A route's name; where the system has taken the colours, its direction's letter goes before it. */
function namedWith(route, title) {
  const letter = forced.matches ? lettersOf(route.directions) : "";
  return letter ? `${letter}  ${title}` : title;
}

const routeTone = (route) =>
  toneOf(route.directions) === "context" ? "arrow-context" : toneOf(route.directions);
const isExecuted = (route) => route.status === "executed";
const isDrawn = (points) => points.length > 1 && pixelsOf(points) >= 0.5;

/** The waypoints between the ends that have been passed, on the sheet. */
function passed(route, at, { scale, left, top }) {
  if (route.means !== "sea" || !isExecuted(route)) return [];
  return route.stops
    .slice(1, -1)
    .filter((stop) => stop.t <= at)
    .map((stop) => ({
      t: stop.t,
      x: mercatorX(stop.lng) * scale - left,
      y: mercatorY(stop.lat) * scale - top,
    }));
}

const isNear = ([x, y], line) => line.some(([px, py]) => Math.hypot(px - x, py - y) < BESIDE);

/** Whether one lies on the track of another that has come farther; what stands out keeps its own name. */
const isOn = (one, lead) =>
  one.faded === lead.faded &&
  one.look !== "highlighted" &&
  one.look === lead.look &&
  String(one.route.directions) === String(lead.route.directions) &&
  [0, 0.25, 0.5, 0.75, 1].every((share) =>
    isNear(one.behind[Math.round(share * (one.behind.length - 1))], lead.behind),
  );

/** Trains on one track become one of them, the one that has come farthest, with `members` and `heads`. */
function bundled(lines) {
  const trains = lines.filter(
    ({ route, behind }) => route.means === "rail" && isExecuted(route) && isDrawn(behind),
  );
  const others = lines.filter((line) => !trains.includes(line));
  const leads = [];
  for (const one of trains.sort((a, b) => b.behind.length - a.behind.length)) {
    const lead = leads.find((each) => isOn(one, each));
    if (!lead) leads.push(one);
    else {
      lead.members.push(one.route);
      lead.heads.push(one.behind.at(-1));
    }
  }
  return [...leads, ...others];
}

/** The routes of one map. */
export class Routes {
  constructor() {
    this.tracks = new Tracks();
    this.lines = []; // [{route, members, faded, behind, ahead, stops}], the first drawn first
    this.state = { key: "", heads: [] };
  }

  /** Follows the clock; false where nothing has moved that could be seen. */
  update(shown, at, frame, highlight) {
    const heads = shown.flatMap(({ route }) => this.tracks.head(route, at, frame.scale));
    const look = ({ id }) => (highlight.routes.has(id) ? "highlighted" : highlight.isUsed ? "aside" : "");
    const key = `${frame.key} ${shown.map(({ route, faded }) => route.id + faded + look(route)).join(" ")}`;
    const { state } = this;
    if (key === state.key && heads.every((place, k) => Math.abs(place - state.heads[k]) < MOVED))
      return false;
    this.state = { key, heads };
    this.frame = frame;
    this.lines = bundled(
      shown.map(({ route, faded }) => ({
        route,
        faded,
        look: look(route),
        members: [route],
        heads: [],
        ...this.tracks.cut(route, at, frame),
        stops: passed(route, at, frame),
      })),
    );
    return true;
  }

  /** Draws them all; `under` what is there already. */
  paint(ctx, under) {
    const draw = () =>
      inOrder(
        ctx,
        [...this.lines].sort(outstanding).map((line) => () => drawLine(ctx, line, this.frame.zoom)),
      );
    if (under) drawUnder(ctx, draw);
    else draw();
    ctx.globalAlpha = 1;
  }

  /** The line that is drawn of a route, in the window's pixels. */
  seen({ behind, ahead }) {
    const { x, y } = this.frame.offset;
    return (behind.length > 1 ? behind : ahead).map((point) => [point[0] - x, point[1] - y]);
  }

  /** The routes whose one arrow lies under a point of the window. */
  under({ x, y }) {
    let best = { members: [], distance: 10 };
    for (const line of this.lines)
      for (const [px, py] of this.seen(line)) {
        const distance = Math.hypot(px - x, py - y);
        if (distance < best.distance) best = { members: line.members, distance };
      }
    return best.members;
  }

  /** Points along the arrows, some pixels apart: what words had better not lie on. */
  bodies() {
    return this.lines
      .filter(({ behind, ahead }) => behind.length + ahead.length > 2)
      .flatMap((line) => this.seen(line).filter((_, k) => k % 4 === 0))
      .map(([x, y]) => ({ x, y }));
  }

  words() {
    const named = new Map(); // means and direction -> how many have a name
    return this.lines.flatMap((line) => {
      const alike = `${line.route.means} ${line.route.directions}`;
      named.set(alike, (named.get(alike) ?? 0) + 1);
      if (named.get(alike) > NAMED && line.look !== "highlighted") return [];
      const seen = this.seen(line);
      return seen.length ? [routeWord(line, seen), ...this.stopWords(line)] : [];
    });
  }

  stopWords({ route, stops }) {
    const { offset } = this.frame;
    return stops.map(({ t, x, y }) => ({
      key: `stop ${route.id} ${t}`,
      lines: [
        {
          text: shortLabel({ first: t, last: t }, civil(t).year),
          size: 12.5,
          tone: textToneOf(route.directions),
        },
      ],
      x: x - offset.x,
      y: y - offset.y,
      rank: RANK.stop,
      reach: 8,
    }));
  }
}

/** What stands out is drawn last. */
const outstanding = (one, other) => Number(one.look === "highlighted") - Number(other.look === "highlighted");

function drawLine(ctx, line, zoom) {
  const colour = colours();
  const tone = colour(routeTone(line.route));
  const heads = line.heads.map(([x, y]) => ({ x, y }));
  ctx.globalAlpha = (line.faded ? 0.45 : 1) * (line.look === "aside" ? ASIDE : 1);
  inOrder(ctx, [
    () => drawRoute(ctx, line, colour, zoom),
    () => drawRings(ctx, heads, 2.2, colour("panel"), tone),
    () => drawRings(ctx, line.stops, 2.8, colour("panel"), tone),
  ]);
}

function drawRoute(ctx, { route, members, behind, ahead, look }, colour, zoom) {
  const [tone, halo] = [colour(routeTone(route)), colour("halo")];
  const tones = { halo, tone, glow: look === "highlighted" && [colour("highlight"), colour("ink")] };
  if (!isExecuted(route)) {
    const whole = [...behind, ...ahead.slice(1)];
    if (whole.length > 1) drawOpen(ctx, whole, tones, [7, 5]);
    return;
  }
  inOrder(ctx, [
    () => ahead.length > 1 && drawAhead(ctx, ahead, tone),
    () => isDrawn(behind) && drawCovered(ctx, { route, members, behind }, tones, zoom),
  ]);
}

function drawCovered(ctx, { route, members, behind }, tones, zoom) {
  drawArrow(ctx, behind, {
    widest: widthOf(route, members.length) * Math.min(1.6, Math.max(1, 1 + (zoom - 3) * 0.14)),
    ...tones,
    unsure: route.confidence === "low" && members.length === 1,
  });
}

/** Of the widest part of the body, in px at zoom 3. */
const widthOf = (route, number) => (number > 1 ? 4 + 1.4 * Math.sqrt(number) : WIDTH[route.means]);

const HISS = /(s|x|z|ch|sh)$/;

/** More than one of what a word names. */
function plural(word) {
  if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, "ies");
  if (/sis$/.test(word)) return word.replace(/is$/, "es");
  return HISS.test(word) ? `${word}es` : `${word}s`;
}

const NOUNS = new RegExp(
  "^(army|armada|battalion|boat|brigade|column|company|convoy|corps|crew|detachment|division|echelon|" +
    "fleet|flotilla|force|group|prong|regiment|ship|squadron|train|unit|voyage|wagon|wing)$",
  "i",
);

/** What several routes are together: "8 rifle divisions", by the words that all their titles share. */
export function titleOf(routes) {
  if (routes.length === 1)
    return isExecuted(routes[0]) ? routes[0].title : routes[0].title.replace(/^Planned: /, "");
  const titles = routes.map((route) => route.title.replace(/\(.*?\)|[:,]/g, " ").split(/\s+/));
  const shared = titles[0].filter((word) => word && titles.every((words) => words.includes(word)));
  const last = shared.pop()?.toLowerCase();
  if (!NOUNS.test(last ?? "")) return `${routes.length} routes by ${routes[0].means}`;
  return [routes.length, ...shared.map(small), last === "corps" ? last : plural(last)].join(" ");
}

/** A word of kind in small letters: "Rifle", "Tank"; an ordinal or initials stay as they are. */
const small = (word) => (/^[A-Z][a-z]+$/.test(word) && !PROPER.test(word) ? word.toLowerCase() : word);
const PROPER = /(an|ese|ish)$/; // "Siberian", "Japanese", "British"

function routeWord({ route, members, behind, ahead, look }, seen) {
  // Where several trains go on one track the name stands at the head, else where there is most room.
  const along = members.length > 1 ? [1, 0.9, 0.8, 0.6] : [0.5, 0.65, 0.35, 0.8, 0.2];
  const points = along
    .map((share) => seen[Math.min(seen.length - 1, Math.floor(seen.length * share))])
    .map(([x, y]) => ({ x, y }));
  const tone = textToneOf(route.directions);
  const lines = [{ text: namedWith(route, titleOf(members)), size: 14, bold: true, tone }];
  if (!isExecuted(route)) lines.push({ text: fateOf(route.status), size: 13, italic: true, tone });
  const isShort = pixelsOf(behind.length > 1 ? behind : ahead) < 24;
  return {
    key: `route ${route.id}`,
    lines,
    ...points[0],
    points,
    rank: look === "highlighted" ? RANK.highlighted : look || isShort ? RANK.asideRoute : RANK.route,
    reach: members.length > 1 ? 16 : 12,
    only: ["above", "below", "above right", "below right", "above left", "below left", "right", "left"],
  };
}
