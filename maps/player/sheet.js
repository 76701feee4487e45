// A canvas that lies on the map, moves with it, and is drawn again when the view comes to rest.

/** Longitude and latitude in degrees to fractions of the Mercator world (x grows past 1 at 180°). */
export const mercatorX = (lng) => lng / 360 + 0.5;
export function mercatorY(lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
const AROUND_EARTH = 40_075; // km
/** How many pixels some kilometres at a latitude are on a sheet of this scale. */
export const pixelsOf = (km, lat, scale) => (km * scale) / AROUND_EARTH / Math.cos((lat * Math.PI) / 180);
export const latitudeOf = (y) => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;

const printed = matchMedia("print");
const ON_PAPER = 3; // device pixels to one: some 300 to the inch

/** Whether what is painted now goes to paper. */
export const isPrinting = () => printed.matches;

/** What is so wide at the zooms 2 to 3, 4 to 5, 6 to 7 and closer. */
export const byZoom = (zoom, ...widths) => widths[zoom < 4 ? 0 : zoom < 6 ? 1 : zoom < 8 ? 2 : 3];

const pixelRatio = () => Math.max(window.devicePixelRatio || 1, printed.matches ? ON_PAPER : 1);

const scrap = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");

/**
 * Lets a browser print what will be drawn as a picture. It would print the strokes themselves, and with
 * them the clearing that they began with, which clears the sheets below on the paper too; not where the
 * picture was used before the last stroke.
 */
function asPicture(ctx) {
  ctx.fillRect(0, 0, 1, 1);
  scrap.drawImage(ctx.canvas, 0, 0, 1, 1, 0, 0, 1, 1);
  ctx.clearRect(0, 0, 1, 1);
}

/** A sheet that is not in use has no pixels. */
export const Sheet = L.Renderer.extend({
  /**
   * `paint(ctx, frame)` draws; frame: {zoom, scale, left, top, width, height, offset, view, ratio, key}.
   * `padding` is how far it reaches beyond the window, in parts of it. One that is `patient` is drawn only
   * when `redraw` is called, also after the view has changed. One that is `opaque` leaves no pixel unpainted.
   */
  initialize(pane, paint, { padding = 0, patient = false, opaque = false } = {}) {
    L.Renderer.prototype.initialize.call(this, { pane, padding });
    this._paint = paint;
    this._patient = patient;
    this._opaque = opaque;
    this._used = true;
  },

  _initContainer() {
    this._container = Object.assign(document.createElement("canvas"), { width: 0, height: 0 });
    this._container.setAttribute("aria-hidden", "true");
    this._ctx = this._container.getContext("2d", { alpha: !this._opaque });
  },

  _destroyContainer() {
    this._container.remove();
  },

  // Leaflet's own would scale it by 1 to a fraction of a pixel, which blurs it.
  _reset() {
    this._update();
  },

  _onZoomEnd() {},
  _updatePaths() {},

  _update() {
    this.place();
    // Leaflet asks twice for a view that is set: as it is reset, and as it has come to rest.
    if (!this._patient && this.frame().key !== this._drawn) this.redraw();
  },

  /** Lies where the view is now. */
  place() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    L.DomUtil.setPosition(this._container, this._bounds.min);
  },

  /** Whether there is anything on it. */
  use(used) {
    this._used = used;
    if (!used && this._container) this._size(0, 0);
  },

  _size(x, y) {
    const canvas = this._container;
    const [width, height] = [Math.round(x * pixelRatio()), Math.round(y * pixelRatio())];
    if (canvas.width === width && canvas.height === height) return false;
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${x}px`;
    canvas.style.height = `${y}px`;
    return true;
  },

  /** Draws again for the view as it is. */
  redraw() {
    if (!this._used || !this._map || !this._bounds || this._map._animatingZoom) return;
    const ctx = this._ctx;
    const size = this._bounds.getSize();
    if (!this._size(size.x, size.y)) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, this._container.width, this._container.height);
    }
    ctx.setTransform(pixelRatio(), 0, 0, pixelRatio(), 0, 0);
    const frame = this.frame();
    this._drawn = frame.key;
    if (!this._container.width || !this._container.height) return; // a map that is hidden
    if (printed.matches) asPicture(ctx);
    this._paint(ctx, frame);
  },

  /** The view in numbers: world pixels at the canvas's corner, and where the window begins on it. */
  frame() {
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const size = this._bounds.getSize();
    const zoom = this._map.getZoom();
    const frame = {
      zoom,
      scale: 256 * 2 ** zoom,
      left: origin.x,
      top: origin.y,
      width: size.x,
      height: size.y,
      offset: this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min),
      view: this._map.getSize(),
      ratio: pixelRatio(),
    };
    frame.key = [frame.scale, frame.left, frame.top, frame.width, frame.height, frame.ratio].join(" ");
    return frame;
  },
});

const dark = matchMedia("(prefers-color-scheme: dark)");
const forced = matchMedia("(forced-colors: active)");

/** Changes whenever any colour may. */
export const themeNow = () =>
  [document.documentElement.dataset.theme, dark.matches, forced.matches, printed.matches].join(" ");

let palette = { theme: null, tones: new Map() };

const GROUNDS = /^(sea|land|halo|panel|tint-of-|client-of-)/;

/** A colour of the system, as `#rrggbb`. */
function systemColour(name) {
  const probe = document.createElement("i");
  probe.hidden = true;
  probe.style.setProperty("forced-color-adjust", "none");
  probe.style.color = name;
  document.body.append(probe);
  const parts = getComputedStyle(probe).color.match(/\d+/g).slice(0, 3);
  probe.remove();
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
}

/** A colour of the stylesheet, or where the reader has set all colours himself, his. */
function resolved(name) {
  if (forced.matches)
    return systemColour(name === "highlight" ? "Highlight" : GROUNDS.test(name) ? "Canvas" : "CanvasText");
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** A colour of the stylesheet, as the theme has it now. */
export function colours() {
  const theme = themeNow();
  if (palette.theme !== theme) palette = { theme, tones: new Map() };
  const { tones } = palette;
  return (name) => {
    if (!tones.has(name)) tones.set(name, resolved(name));
    return tones.get(name);
  };
}
