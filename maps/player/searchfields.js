import { el, icon } from "./dom.js";

// The fields that a search is written into: one in the list, one in the top bar where it has room. Both
// show one query.

const PLACEHOLDER = "Events, places, people";

/** `says` names the field; `calls`: ask(query), and enter() and down(), true where the key has been answered. */
function makeField(id, says, calls) {
  const input = el("input", {
    type: "search",
    id,
    placeholder: PLACEHOLDER,
    "aria-label": says,
    autocomplete: "off",
    spellcheck: false,
  });
  const name = "Clear the search";
  const clear = el("button", { type: "button", class: "clear", "aria-label": name, hidden: true });
  clear.append(icon("close"));
  clear.addEventListener("click", () => {
    calls.ask("");
    input.focus({ preventScroll: true });
  });
  /** Escape empties the field before it closes what is open. */
  function empty() {
    const isWritten = input.value !== "";
    if (isWritten) calls.ask("");
    return isWritten;
  }

  input.addEventListener("input", () => calls.ask(input.value));
  input.addEventListener("keydown", (event) => {
    const answer = { ArrowDown: calls.down, Enter: calls.enter, Escape: empty }[event.key];
    if (!answer?.()) return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    root: el("div", { class: "search-field" }, input, clear),
    input,
    show(query) {
      if (input.value !== query) input.value = query;
      clear.hidden = !query;
    },
  };
}

/**
 * `inList` and `inBar` are the elements that the fields stand in; `calls`: ask(query), walk() goes to the rows
 * and first() opens the first that was found, both true if there is one; unfold() opens the list.
 */
export function makeSearchFields(inList, inBar, calls) {
  const listed = makeField("search", "Search events, places and people", {
    ask: calls.ask,
    down: calls.walk,
    enter: calls.first,
  });
  const walk = () => {
    calls.unfold();
    return calls.walk();
  };
  const inTop = makeField("search-bar", "Search the events", {
    ask(query) {
      if (query) calls.unfold();
      calls.ask(query);
    },
    down: walk,
    enter: walk,
  });
  inList.append(listed.root);
  inBar.append(icon("search"), inTop.root);
  let latest = listed; // the field that was used last
  for (const field of [listed, inTop])
    field.input.addEventListener("focus", () => {
      latest = field;
    });
  return {
    show(query) {
      for (const field of [listed, inTop]) field.show(query);
    },
    /** Back from the rows to the field that the search was written into. */
    focus: () => (latest.input.checkVisibility() ? latest : listed).input.focus(),
  };
}
