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

/** `calls`: play(), step(by), setStep(unit), setSpeed(unit), setMode(mode), zoomAxis(factor), toggleAxis(), zoom(by), fit(). */
export function makeControls({ windowLabel, calls }) {
  const modes = segments(
    "Show",
    [
      ["at", "at date"],
      ["window", `last ${windowLabel}`],
      ["since", "since start"],
    ],
    "at",
    calls.setMode,
  );
  const steps = segments(
    "Step",
    STEPS.map((unit) => [unit, unit]),
    "event",
    (unit) => {
      steps.press(unit);
      byId("prev").setAttribute("aria-label", `Previous ${unit}`);
      byId("next").setAttribute("aria-label", `Next ${unit}`);
      calls.setStep(unit);
    },
  );
  byId("mode").append(el("span", { class: "label" }, "Show"), modes.group);
  byId("step").append(el("span", { class: "label" }, "Step"), steps.group);
  byId("speed").append(...SPEEDS.map(([value, text]) => el("option", { value }, text)));
  byId("speed").addEventListener("change", (event) => calls.setSpeed(event.target.value));
  byId("axis-zoom").append(
    el(
      "button",
      { type: "button", "aria-label": "Timeline: shorter time", onclick: () => calls.zoomAxis(0.5) },
      "+",
    ),
    el(
      "button",
      { type: "button", "aria-label": "Timeline: longer time", onclick: () => calls.zoomAxis(2) },
      "−",
    ),
    el(
      "button",
      {
        type: "button",
        class: "whole",
        "aria-pressed": "false",
        onclick: (event) => event.currentTarget.setAttribute("aria-pressed", String(calls.toggleAxis())),
      },
      "Whole span",
    ),
  );
  byId("prev").append(icon("prev"));
  byId("next").append(icon("next"));
  const pressed = {
    prev: () => calls.step(-1),
    next: () => calls.step(1),
    play: calls.play,
    "zoom-in": () => calls.zoom(0.5),
    "zoom-out": () => calls.zoom(-0.5),
    fit: calls.fit,
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
