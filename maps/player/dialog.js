import { el, icon } from "./dom.js";

/** A window over the page, with a title and a way out; Escape and a press beside it close it too. */
export function makeDialog(id, title, ...kids) {
  const heading = el("h2", { id: `${id}-title` }, title);
  const close = el(
    "button",
    { type: "button", class: "close", "aria-label": "Close", onclick: () => dialog.close() },
    icon("close"),
  );
  const inside = el("div", { class: "inside" }, heading, ...kids, close);
  const dialog = el("dialog", { id, "aria-labelledby": heading.id, class: "dialog" }, inside);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

/** Whether one lies over the page: it then has all the keys. */
export const isDialogOpen = () => document.querySelector("dialog[open]") !== null;
