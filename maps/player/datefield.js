import { el } from "./dom.js";
import { noted, readNoted } from "./notation.js";
import { describe } from "./when.js";

// The date as a field: it shows the moment as ISO 8601 or EDTF has it, and goes where it is told.

const NOTATION = "Write it as 7 December 1941, 1941-12-07, 1941-12, 1941 or 1941-12-07T18:30Z.";

/** Why a text names no moment of the story, in words; "" where it names one. */
function faultOf(text, moment, span) {
  if (!moment) return text ? `“${text}” is not a date that can be read. ${NOTATION}` : NOTATION;
  if (moment.last >= span.first && moment.first <= span.last) return "";
  const [from, to] = [span.first, span.last].map((at) => describe({ first: at, last: at }).date);
  return `This map runs from ${from} to ${to}.`;
}

/** Fills `root`; `seek(moment)` is called with what was written. `show(moment)` follows the clock. */
export function makeDateField(root, span, seek) {
  const input = el("input", {
    type: "text",
    id: "when",
    autocomplete: "off",
    "aria-label": "Date, as ISO 8601 or EDTF",
    "aria-describedby": "when-fault",
    title: "The date: write another, then Enter",
    maxLength: 200,
  });
  const fault = el("span", { id: "when-fault", class: "fault", role: "alert" });
  input.spellcheck = false;
  root.append(input, fault);
  let shown = "";

  function say(words) {
    fault.textContent = words;
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  function restore() {
    input.value = shown;
    say("");
  }

  function go() {
    const text = input.value.trim().replace("−", "-");
    if (text === shown) return restore();
    const moment = readNoted(text);
    const words = faultOf(text, moment, span);
    say(words);
    if (words) return undefined;
    seek(moment);
    return restore();
  }

  input.addEventListener("change", go);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") go();
    else if (event.key !== "Escape" || input.value === shown) return;
    else restore();
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    /** What is being written stays until it is sent or given up. */
    show(moment) {
      const isWritten = input === document.activeElement && input.value !== shown;
      const next = noted(moment);
      if (next === shown) return;
      shown = next;
      if (!isWritten) restore();
    },
    focus() {
      input.focus();
      input.select();
    },
  };
}
