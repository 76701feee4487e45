// A canvas that lies on the map, moves with it, and is drawn again when the view comes to rest.

/** Longitude and latitude in degrees to fractions of the Mercator world (x grows past 1 at 180°). */
export const mercatorX = (lng) => lng / 360 + 0.5;
export function mercatorY(lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export const Sheet = L.Renderer.extend({
  /** `paint(ctx, frame)` draws; frame: {zoom, scale, left, top, width, height, offset}. */
  initialize(pane, paint) {
    L.Renderer.prototype.initialize.call(this, { pane, padding: 0.2 });
    this._paint = paint;
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._ctx = this._container.getContext("2d");
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
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio || 1;
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    this.redraw();
  },

  /** Draws again for the view as it is. */
  redraw() {
    if (!this._map || !this._bounds || this._map._animatingZoom) return;
    const ratio = window.devicePixelRatio || 1;
    const ctx = this._ctx;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this._container.width, this._container.height);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this._paint(ctx, this.frame());
  },

  /** The view in numbers: world pixels at the canvas's corner, and where the window begins on it. */
  frame() {
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const size = this._bounds.getSize();
    const zoom = this._map.getZoom();
    return {
      zoom,
      scale: 256 * 2 ** zoom,
      left: origin.x,
      top: origin.y,
      width: size.x,
      height: size.y,
      offset: this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min),
      view: this._map.getSize(),
    };
  },
});

/** A colour of the stylesheet, as the theme has it now. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const known = new Map();
  return (name) => {
    if (!known.has(name)) known.set(name, style.getPropertyValue(`--${name}`).trim());
    return known.get(name);
  };
}
