import { byId } from "./dom.js";
import { fateOf } from "./symbols.js";
import { describe } from "./when.js";

// The date: on the map, and spoken.

/** In words; of the event that is selected, by the clocks of its place (`offset` ms from UTC). */
function captionOf(moment, offset) {
  if (!offset) return describe(moment);
  const there = describe({ first: moment.first + offset, last: moment.last + offset });
  const utc = describe(moment);
  const here = utc.clock.split(" · ")[1];
  if (!here) return utc;
  const day = utc.date === there.date ? "" : ` on ${utc.date}`;
  return { date: there.date, clock: `${there.clock.replace(" UTC", "")} local time · ${here}${day}` };
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** `root` is the caption on the map. */
export function makeCaption(root) {
  const [dateLine, clockLine] = [root.querySelector(".date"), root.querySelector(".clock-line")];
  const fateLine = root.querySelector(".never");
  return {
    /** `status` is that of the open chapter: of what never was it is said on the map itself. */
    show(moment, offset, status = "executed") {
      const { date, clock } = captionOf(moment, offset);
      write(dateLine, date);
      write(clockLine, clock);
      if (!fateLine) return;
      write(fateLine, fateOf(status));
      fateLine.hidden = !fateOf(status);
    },
    /** Says the moment, and what is there, to those who listen. */
    announce(moment, offset, what) {
      write(byId("announce"), `${captionOf(moment, offset).date}: ${what}`);
    },
  };
}
