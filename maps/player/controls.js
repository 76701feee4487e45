import { isCalm, onCalm } from "./calm.js";
import { makeDateField } from "./datefield.js";
import { byId, el, icon, segments } from "./dom.js";
import { makeFold } from "./fold.js";
import { speedsOf, stepsOf } from "./pace.js";

// The row of controls below the lanes, and the map's own buttons.

const CALM = "Event by event, since your system asks for less motion";

/** Of several options one: buttons where there is room, else a menu. `press(value)` shows which; `rename(value, text)`. */
function choice(root, label, options, chosen, choose) {
  const row = segments(label, options, chosen, choose);
  const menu = el(
    "select",
    { "aria-label": label, class: "as-menu", onchange: (event) => choose(event.target.value) },
    ...options.map(([value, text]) => el("option", { value }, text)),
  );
  menu.value = chosen;
  root.append(el("span", { class: "label" }, label), row.group, menu);
  return {
    press(value) {
      row.press(value);
      menu.value = value;
    },
    rename(value, text) {
      row.group.querySelector(`[data-value="${value}"]`).textContent = text;
      menu.querySelector(`[value="${value}"]`).textContent = text;
    },
  };
}

function makeSteps(state) {
  const options = stepsOf(state.span).map((unit) => [unit, unit]);
  const steps = choice(byId("step"), "Step", options, state.stepUnit, (unit) => state.setStep(unit));
  function show() {
    steps.press(state.stepUnit);
    for (const [id, which] of Object.entries({ prev: "Previous", next: "Next" })) {
      byId(id).setAttribute("aria-label", `${which} ${state.stepUnit}`);
      byId(id).title = `${which} ${state.stepUnit}`;
    }
  }
  state.on("step", show);
  show();
}

function makeSpeeds(state) {
  const speeds = speedsOf(state.span);
  const menu = byId("speed");
  menu.append(...speeds.map(([value, text]) => el("option", { value }, text)));
  const span = el("option", { value: "span" }, "all in 15 seconds"); // nobody chooses it: so a chapter plays
  menu.addEventListener("change", () => state.clock.setSpeed(menu.value));
  function show() {
    if (state.clock.pacesSpan) menu.append(span);
    else span.remove();
    menu.value = state.clock.pacesSpan ? "span" : state.clock.pace;
    menu.disabled = isCalm();
    menu.title = isCalm() ? CALM : "";
  }
  onCalm(show);
  state.on("play", show);
  show();
}

function makeAxisButtons(lanes) {
  const button = (name, words, onclick) =>
    el("button", { type: "button", "aria-label": name, title: name, onclick }, words);
  byId("axis-zoom").append(
    button("Timeline: shorter time", "+", () => lanes.zoom(0.5)),
    button("Timeline: longer time", "−", () => lanes.zoom(2)),
    el(
      "button",
      {
        type: "button",
        class: "whole",
        "aria-pressed": "false",
        onclick: () => lanes.toggleWhole(),
      },
      "Whole span",
    ),
  );
  const whole = document.querySelector("#axis-zoom .whole");
  lanes.follow((isWhole) => whole.setAttribute("aria-pressed", String(isWhole)));
}

/** A button that stays pressed; `change(on)` hears of it. */
function makeToggle(id, name, change) {
  const button = byId(id);
  Object.assign(button, { title: name, ariaLabel: name });
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    change(on);
  });
}

/** Wires the controls to the state, the timeline and the view of the map; `fit()` shows the whole story. */
export function makeControls({ state, lanes, view, fit }) {
  const modes = [
    ["at", "at date"],
    ["window", `last ${state.window.label}`],
    ["since", "since start"],
  ];
  const mode = choice(byId("mode"), "Show", modes, state.mode, (chosen) => state.setMode(chosen));
  const date = makeDateField(byId("date-field"), state.span, (moment) => state.seek(moment));
  const fold = makeFold(byId("show-timing"), byId("timing"));
  makeSteps(state);
  makeSpeeds(state);
  makeAxisButtons(lanes);
  makeToggle("loop", "Loop: at the end from the beginning", (on) => {
    state.clock.loops = on;
  });
  makeToggle("pause-at-keys", "Pause at key events", (on) => {
    state.pausesAtKeys = on;
  });
  const drawn = { prev: "prev", next: "next", loop: "loop", "pause-at-keys": "key", "show-timing": "timing" };
  for (const [id, name] of Object.entries(drawn)) byId(id).append(icon(name));
  const pressed = {
    prev: () => state.step(-1),
    next: () => state.step(1),
    play: () => state.toggle(),
    "zoom-in": () => view.zoomBy(0.5),
    "zoom-out": () => view.zoomBy(-0.5),
    fit,
  };
  for (const [id, call] of Object.entries(pressed)) byId(id).addEventListener("click", call);
  return {
    showMode() {
      mode.rename("window", `last ${state.window.label}`);
      mode.press(state.mode);
    },
    showMoment: date.show,
    editDate: date.focus,
    close: fold.close,
    showPlaying(playing) {
      byId("play").replaceChildren(icon(playing ? "pause" : "play"));
      Object.assign(byId("play"), {
        title: playing ? "Pause" : "Play",
        ariaLabel: playing ? "Pause" : "Play",
      });
    },
  };
}
