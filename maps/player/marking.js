import { fateOf } from "./symbols.js";
import { DAY, civil, shortLabel } from "./when.js";

// What a map says of an event: its words, its place and its looks, at a moment.

const LONG = 120 * DAY;
const FULL = 2000; // after so many marks those that were made are forgotten

/** `now()` gives {moment, selected, highlight}; the result `mark(i)` the event in words and numbers, `isLasting(i)`. */
export function makeMarking(events, now) {
  const made = new Map(); // event -> {key, mark}

  /** Began over a month ago and goes on for long: it holds, but it is not what happens now. */
  function isLasting(i) {
    const { moment, selected, highlight } = now();
    return (
      i !== selected &&
      !highlight.events.has(i) &&
      events.last[i] - events.first[i] > LONG &&
      moment.first - events.momentLast[i] > LONG / 4 &&
      events.last[i] >= moment.first
    );
  }

  /** The day as the place counted it: on 5 August in UTC it was the 6th in Hiroshima. */
  function dayOf(i, year) {
    const there = {
      first: events.momentFirst[i] + events.offset[i],
      last: events.momentLast[i] + events.offset[i],
    };
    const about = events.certainty.at(i) === "certain" ? "" : "c. ";
    return about + shortLabel(there, year);
  }

  function nameOf(i) {
    return [events.title.at(i), fateOf(events.status.at(i)), events.label.at(i), events.place.at(i)]
      .filter(Boolean)
      .join(", ");
  }

  const make = (i, year, lasting) => ({
    kind: events.kind.at(i),
    status: events.status.at(i),
    directions: events.directions.at(i),
    title: events.title.at(i),
    place: events.place.at(i).split(" (")[0],
    day: dayOf(i, year),
    lasting,
    name: nameOf(i),
  });

  /** The same object while nothing of it changes. */
  function mark(i) {
    const { year } = civil(now().moment.first);
    const lasting = isLasting(i);
    const key = `${year} ${lasting}`;
    if (made.get(i)?.key !== key) {
      if (made.size > FULL) made.clear();
      made.set(i, { key, mark: make(i, year, lasting) });
    }
    return made.get(i).mark;
  }

  return { mark, isLasting, nameOf };
}
