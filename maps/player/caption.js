import { byId } from "./dom.js";
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
  return {
    show(moment, offset) {
      const { date, clock } = captionOf(moment, offset);
      write(dateLine, date);
      write(clockLine, clock);
    },
    /** Says the moment, and what is there, to those who listen. */
    announce(moment, offset, what) {
      write(byId("announce"), `${captionOf(moment, offset).date}: ${what}`);
    },
  };
}
