import { isFramed } from "./asked.js";
import { makeBlank } from "./blank.js";
import { makeDialog } from "./dialog.js";
import { byId, el } from "./dom.js";
import { isLarge, switchType } from "./largetype.js";
import { makePresenter } from "./presenter.js";

// What somebody needs who stands before an audience: the button "Present" opens a list of it.

const SHUT =
  "The browser has kept the second window shut. Allow this page to open windows (most browsers ask " +
  "at the right end of the address), then press P again.";

/**
 * Gives the calls for the table of keys: view(), blank(), type(), screen(); none in a page that holds the map, whose
 * own they are. `resized()` lays the page out anew.
 */
export function makePresent(state, single, resized) {
  const opens = byId("present");
  opens.hidden = isFramed;
  if (isFramed) return null;
  const blank = makeBlank(state, () => presenter.show());
  const presenter = makePresenter(state, blank, single);
  const wrong = el("p", { role: "alert", class: "note", hidden: true });
  let dialog = null;

  const calls = {
    view() {
      const opened = presenter.open();
      wrong.textContent = opened ? "" : SHUT;
      wrong.hidden = opened;
      if (opened) dialog?.close();
      else show();
    },
    blank() {
      dialog?.close();
      blank.toggle();
    },
    type() {
      switchType(resized);
      pressed();
    },
    screen() {
      dialog?.close();
      byId("fullscreen").click();
    },
  };
  const larger = row("type", "Large type", "T", "for the back row; a link from Share keeps it");

  function row(call, words, key, what) {
    const button = el("button", { type: "button", onclick: () => calls[call]() }, words);
    return { button, parts: [el("dt", {}, button, " ", el("kbd", {}, key)), el("dd", {}, what)] };
  }

  function pressed() {
    larger.button.setAttribute("aria-pressed", String(isLarge()));
  }

  function build() {
    const rows = [
      row("view", "Presenter view", "P", "a second window with the notes, what comes next and a clock"),
      row("blank", "Black screen", ". or B", "all is black until one of these keys, Escape or a press"),
      larger,
      ...(byId("fullscreen").hidden ? [] : [row("screen", "Full screen", "F", "Escape leaves it")]),
    ];
    dialog = makeDialog(
      "present-dialog",
      "Present",
      wrong,
      el("dl", { class: "presenting" }, ...rows.flatMap(({ parts }) => parts)),
      el(
        "p",
        {},
        "A clicker turns the chapters, in whichever window has the focus: Page up and down always, ← and → while ",
        "the presenter view is open or the screen is full.",
      ),
    );
    dialog.addEventListener("close", () => (wrong.hidden = true));
  }

  function show() {
    if (!dialog) build();
    pressed();
    if (!dialog.open) dialog.showModal();
  }

  opens.addEventListener("click", show);
  return calls;
}
