import { makeDialog } from "./dialog.js";
import { byId, el } from "./dom.js";

// The help: made of the table of keys, so that it cannot say anything else than what is so.

/** One part of the table: its heading, and each key with what it does. */
function keyList([heading, rows]) {
  const lines = rows.flatMap(({ shown, words }) => [el("dt", {}, el("kbd", {}, shown)), el("dd", {}, words)]);
  return el("section", {}, el("h3", {}, heading), el("dl", { class: "keys" }, ...lines));
}

function keySwitch(single) {
  const input = el("input", {
    type: "checkbox",
    id: "single-keys",
    checked: single.isOn(),
    onchange: () => single.set(input.checked),
  });
  return el("label", { class: "switch" }, input, el("span", {}, "Keys of one letter or sign work"));
}

/** What the marks mean stands in the legend: the way there. */
function meanings(close) {
  const show = () => {
    close();
    const legend = byId("legend");
    legend.tabIndex = -1;
    legend.focus();
  };
  return [
    el("h3", {}, "Marks and lines"),
    el(
      "p",
      {},
      "The shape of a mark says what kind of event it is, its colour which direction it belongs to. ",
      el("button", { type: "button", class: "inline", onclick: show }, "Go to the legend"),
    ),
    el(
      "p",
      {},
      "The filters of the list of events hold for the map and the lanes too. The number beside each choice ",
      "says how many events it would leave.",
    ),
    el(
      "p",
      {},
      "Dashed means never executed: planned, considered or called off. ",
      "Dots along a way are what is still ahead at that moment.",
    ),
    el(
      "p",
      {},
      "Days are days of universal time (UTC). The card of an event gives the hour by the clocks of its place.",
    ),
  ];
}

/** `credit` names who made the basemap. */
export function makeHelp(table, single, credit) {
  let dialog = null;

  function build() {
    const close = () => dialog.close();
    dialog = makeDialog(
      "help-dialog",
      "Help",
      el("div", { class: "key-parts" }, ...table.map(keyList)),
      keySwitch(single),
      ...meanings(close),
      el("h3", {}, "Where this comes from"),
      el("p", {}, `${credit}. The lines of countries on it are those of today, for orientation.`),
      el(
        "p",
        {},
        "Each event says in its card whether it was verified against its sources, in part, or not. ",
        "What is not verified is marked as such: do not quote it before you have checked it.",
      ),
      el("p", {}, "Everything is in this one file. It asks for nothing on a network, and sends nothing."),
    );
  }

  byId("help").addEventListener("click", () => {
    if (!dialog) build();
    dialog.showModal();
    dialog.querySelector(".inside").scrollTop = 0;
  });
}
