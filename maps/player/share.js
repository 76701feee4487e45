import { makeDialog } from "./dialog.js";
import { byId, el } from "./dom.js";
import { withType } from "./largetype.js";

// A link to this very view, and the lines that put it into another page. Nothing is sent anywhere.

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => text.replace(/[&<>"]/g, (mark) => ENTITIES[mark]);
const isLocal = location.protocol === "file:";
const NOTES = {
  "file:":
    "This map is a file: the link works on this computer only. " +
    "Put the file on a server, or send it along, to share it.",
  "about:": "This map stands inside another page and has no address of its own.",
};

/** The page's address with the state in it; a page that lies beside it needs the file's name only. */
function linkTo(state, embedded) {
  const url = withType(new URL(location.href));
  url.hash = state;
  if (!embedded) return url.href;
  url.searchParams.set("embed", "1");
  return isLocal ? url.pathname.split("/").at(-1) + url.search + url.hash : url.href;
}

const snippetOf = (title, link) =>
  `<iframe src="${escaped(link)}" title="${escaped(title)}" width="100%" height="640" ` +
  'sandbox="allow-scripts" allow="fullscreen" loading="lazy" style="border:0"></iframe>';

/** A field that can be read and copied but not written in. */
function field(id, label, rows, say) {
  const text = el("textarea", { id, rows, readOnly: true, onfocus: () => text.select() });
  text.spellcheck = false;
  async function copy() {
    try {
      await navigator.clipboard.writeText(text.value);
      say("Copied.");
    } catch {
      text.focus();
      text.select();
      say("It is selected: press Ctrl+C (⌘C on a Mac) to copy it.");
    }
  }
  const button = el("button", { type: "button", onclick: copy }, "Copy");
  button.setAttribute("aria-label", `Copy: ${label}`);
  return { text, parts: [el("label", { htmlFor: id }, label), el("div", { class: "copied" }, text, button)] };
}

/** `address()` gives the state as the part of an address after the file's name. */
export function makeShare(title, address) {
  let dialog = null;
  let link = null;
  let snippet = null;

  function build() {
    const status = el("p", { role: "status", class: "hint" });
    const say = (words) => {
      status.textContent = words;
    };
    link = field("share-link", "Link to this view", 3, say);
    snippet = field("share-embed", "To show it inside another page", 4, say);
    const note = NOTES[location.protocol];
    dialog = makeDialog(
      "share-dialog",
      "Share this view",
      note ? el("p", { class: "note" }, note) : "",
      ...link.parts,
      ...snippet.parts,
      status,
    );
    dialog.addEventListener("close", () => say(""));
  }

  function open() {
    if (!dialog) build();
    const state = address();
    link.text.value = linkTo(state, false);
    snippet.text.value = snippetOf(title, linkTo(state, true));
    dialog.showModal();
  }

  byId("share").addEventListener("click", open);
}
