import { byId, el, icon, segments } from "./dom.js";

// The row of controls below the lanes, and the map's own buttons.

const STEPS = ["hour", "day", "month", "year", "event"];
const SPEEDS = [
  ["event", "event by event"],
  ["hour", "1 hour a second"],
  ["day", "1 day a second"],
  ["week", "1 week a second"],
  ["month", "1 month a second"],
  ["year", "1 year a second"],
  ["decade", "10 years a second"],
];

/** Wires the controls to the state, the timeline and the view of the map; `fit()` shows the whole story. */
export function makeControls({ state, lanes, view, fit }) {
  const modes = segments(
    "Show",
    [
      ["at", "at date"],
      ["window", `last ${state.window.label}`],
      ["since", "since start"],
    ],
    "at",
    (mode) => state.setMode(mode),
  );
  const steps = segments(
    "Step",
    STEPS.map((unit) => [unit, unit]),
    "event",
    (unit) => {
      steps.press(unit);
      byId("prev").setAttribute("aria-label", `Previous ${unit}`);
      byId("next").setAttribute("aria-label", `Next ${unit}`);
      state.stepUnit = unit;
    },
  );
  byId("mode").append(el("span", { class: "label" }, "Show"), modes.group);
  byId("step").append(el("span", { class: "label" }, "Step"), steps.group);
  byId("speed").append(...SPEEDS.map(([value, text]) => el("option", { value }, text)));
  byId("speed").addEventListener("change", (event) => {
    state.clock.speed = event.target.value;
  });
  byId("axis-zoom").append(
    el(
      "button",
      { type: "button", "aria-label": "Timeline: shorter time", onclick: () => lanes.zoom(0.5) },
      "+",
    ),
    el(
      "button",
      { type: "button", "aria-label": "Timeline: longer time", onclick: () => lanes.zoom(2) },
      "−",
    ),
    el(
      "button",
      {
        type: "button",
        class: "whole",
        "aria-pressed": "false",
        onclick: (event) => event.currentTarget.setAttribute("aria-pressed", String(lanes.toggleWhole())),
      },
      "Whole span",
    ),
  );
  byId("prev").append(icon("prev"));
  byId("next").append(icon("next"));
  const pressed = {
    prev: () => state.step(-1),
    next: () => state.step(1),
    play: () => (state.clock.playing ? state.pause() : state.play()),
    "zoom-in": () => view.zoomBy(0.5),
    "zoom-out": () => view.zoomBy(-0.5),
    fit,
  };
  for (const [id, call] of Object.entries(pressed)) byId(id).addEventListener("click", call);
  keepInReach(matchMedia("(max-width: 899px)"));
  byId("fullscreen").hidden = !document.fullscreenEnabled;
  byId("fullscreen").addEventListener("click", () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
  );
  return {
    showMode: modes.press,
    showPlaying(playing) {
      byId("play").replaceChildren(icon(playing ? "pause" : "play"));
      byId("play").setAttribute("aria-label", playing ? "Pause" : "Play");
      byId("play").setAttribute("aria-pressed", String(playing));
    },
  };
}

/** Where the row has no room for step and mode, they stand in the panel of layers. */
function keepInReach(small) {
  const row = document.querySelector(".controls");
  const place = () => {
    if (small.matches) byId("layers").append(byId("step"), byId("mode"));
    else row.append(byId("step"), byId("room"), byId("axis-zoom"), byId("mode"));
  };
  small.addEventListener("change", place);
  place();
}
