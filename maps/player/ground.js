import { fadeOver } from "./fading.js";
import { meridians, parallels } from "./graticule.js";
import { holdingsOf } from "./holdings.js";
import { decodeLines, pathOf } from "./lines.js";
import { Sheet, byZoom, colours, mercatorX, themeNow } from "./sheet.js";
import { paintTints } from "./tints.js";

// The basemap, and on its land the tints of those who hold it.

const LAYERS = ["polities", "graticule", "borders", "rivers", "lakes"];
export const PADDING = 0.1; // of the window, beyond it

const decoded = new WeakMap(); // several maps show one basemap

/** The lines of each layer of the basemap. */
function linesOf(basemap) {
  const decode = (name) => [name, decodeLines(basemap[name])];
  if (!decoded.has(basemap))
    decoded.set(basemap, Object.fromEntries(["land", "borders", "lakes", "rivers"].map(decode)));
  return decoded.get(basemap);
}

/** The paths of the land on a sheet, and of its coast: where no coast is cut by the sheet's sides, the same. */
function shoresOf({ land }, frame) {
  const [whole, cut] = [false, true].map((isCut) => land.filter((line) => Boolean(line.edge) === isCut));
  const coast = pathOf(whole, frame);
  const ground = pathOf(cut, frame);
  ground.addPath(coast);
  coast.addPath(pathOf(cut, frame, true));
  return { land: ground, coast };
}

/**
 * Sea, land in the tints of its holders, lakes, rivers, country lines and the graticule, as the layers
 * allow.
 */
export function makeGround(map, scene, isOn) {
  const lines = linesOf(scene.basemap);
  const holdings = holdingsOf(scene);
  const looks = () => [themeNow(), ...LAYERS.map(isOn)].join();
  const cover = document.createElement("canvas"); // all but the tints, with holes where the land is
  let covered = ""; // what the cover followed from
  let period = null; // what is held by whom
  let drawn = { looks: "", period: null };
  let repaints = 0;

  /** What lies about and on the land, which is drawn once for a view. */
  function coverFor(frame) {
    const key = `${frame.key} ${looks()}`;
    if (key === covered) return cover;
    covered = key;
    Object.assign(cover, {
      width: Math.round(frame.width * frame.ratio),
      height: Math.round(frame.height * frame.ratio),
    });
    const ctx = cover.getContext("2d");
    ctx.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    paintCover(ctx, frame);
    return cover;
  }

  function paintCover(ctx, frame) {
    const colour = colours();
    const { land, coast } = shoresOf(lines, frame);
    ctx.lineJoin = "round";
    ctx.fillStyle = colour("sea");
    ctx.fillRect(0, 0, frame.width, frame.height);
    if (isOn("graticule")) drawGraticule(ctx, frame, colour("coast"));
    ctx.globalCompositeOperation = "destination-out";
    ctx.fill(land, "evenodd");
    ctx.globalCompositeOperation = "source-over";
    if (isOn("borders"))
      drawLines(ctx, pathOf(lines.borders, frame), colour("border"), byZoom(frame.zoom, 0.85, 1.1, 1.4, 1.8));
    if (isOn("rivers") && frame.zoom >= 3.6)
      drawLines(ctx, pathOf(lines.rivers, frame), colour("coast"), byZoom(frame.zoom, 0.6, 0.8, 1, 1.4));
    drawLines(ctx, coast, colour("coast"), byZoom(frame.zoom, 0.75, 0.8, 1, 1.2));
    if (isOn("lakes")) drawLakes(ctx, pathOf(lines.lakes, frame), colour, frame);
    if (isOn("graticule")) drawDateLine(ctx, frame, colour("water"));
  }

  /** Paints the land as held in a period, on a sheet or a part of it. */
  function paintLand(ctx, frame, shown) {
    const colour = colours();
    ctx.fillStyle = colour("land");
    ctx.fillRect(0, 0, frame.width, frame.height);
    if (shown && isOn("polities")) paintTints(ctx, frame, { holdings, period: shown, colour });
  }

  const sheet = new Sheet(
    "ground",
    (ctx, frame) => {
      paintLand(ctx, frame, period);
      ctx.drawImage(coverFor(frame), 0, 0, frame.width, frame.height);
      drawn = { looks: looks(), period };
      repaints += 1;
    },
    { padding: PADDING, opaque: true },
  );
  sheet.addTo(map);

  return {
    /** Shows who held what at an instant; nothing is drawn while that does not change. */
    show(at) {
      if (!holdings.isKnown) return;
      period = holdings.at(at);
      if (period === drawn.period || !map._loaded || !isOn("polities")) return;
      if (drawn.period) fadeOver(sheet);
      sheet.redraw();
    },
    /** Draws again if its layers or the theme have changed. */
    redraw() {
      if (drawn.looks !== looks()) sheet.redraw();
    },
    looks,
    period: () => period,
    /** Paints a part {x, y, ...} of the frame of a sheet that lies as this one, as held in a period. */
    paintPart(ctx, part, frame, shown) {
      paintLand(ctx, part, shown);
      ctx.drawImage(coverFor(frame), -part.x, -part.y, frame.width, frame.height);
    },
    /** How often it was drawn. */
    repaints: () => repaints,
  };
}

function drawLines(ctx, path, colour, width) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke(path);
}

function drawLakes(ctx, path, colour, frame) {
  ctx.fillStyle = colour("sea");
  ctx.fill(path, "evenodd");
  drawLines(ctx, path, colour("coast"), byZoom(frame.zoom, 0.5, 0.7, 0.9, 1.1));
}

function drawGraticule(ctx, frame, colour) {
  ctx.globalAlpha = 0.28;
  const path = new Path2D();
  for (const { x } of meridians(frame)) {
    path.moveTo(x, 0);
    path.lineTo(x, frame.height);
  }
  for (const { y } of parallels(frame)) {
    path.moveTo(0, y);
    path.lineTo(frame.width, y);
  }
  drawLines(ctx, path, colour, 0.6);
  ctx.globalAlpha = 1;
}

function drawDateLine(ctx, frame, colour) {
  const x = Math.round(mercatorX(180) * frame.scale - frame.left) + 0.5;
  ctx.setLineDash([1.5, 4.5]);
  ctx.beginPath();
  ctx.moveTo(x, 0);
  ctx.lineTo(x, frame.height);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.2;
  ctx.stroke();
  ctx.setLineDash([]);
}
