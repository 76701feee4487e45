import { RANK } from "./ranks.js";
import { fateOf, textToneOf } from "./symbols.js";

// What is written beside marks.

/** Words beside the marks: place and title of a single one; dates, and the newest title, in a fan. */
export function markWords(groups, events, { selected, highlight }, phone) {
  const looks = (i) => ({ chosen: i === selected, highlighted: highlight.events.has(i), phone });
  return groups.flatMap((group) => {
    const one = group.members.length === 1 ? group.members[0] : group.stands;
    if (one !== null) return [single(one, events.mark(one), group.anchor, looks(one))];
    return fanWords(group, events, selected, highlight);
  });
}

function single(i, mark, { x, y }, { chosen, highlighted, phone }) {
  const size = chosen ? 17 : mark.lasting ? 12.5 : 14;
  const place = { text: mark.place || mark.title, size, bold: !mark.lasting, tone: "ink" };
  // What began long ago and still holds is ground, not news: its place, and since when.
  const said = mark.lasting && !chosen ? `${mark.title}, ${mark.day}` : withoutPlace(mark.title, mark.place);
  const title = { text: said, size: 12.5, tone: textToneOf(mark.directions) };
  const fate = { text: fateOf(mark.status), size: 12.5, italic: true, tone: title.tone };
  const never = fate.text ? [fate] : []; // which no lack of room leaves out
  const whole =
    mark.place && (chosen || highlighted || !phone) ? [place, title, ...never] : [place, ...never];
  return {
    key: `mark ${i}`,
    lines: whole,
    // Of the chosen one a smaller name is better than none.
    shorter: [chosen ? { ...place, text: place.text.split(", ")[0], size: 15 } : place, ...never],
    x,
    y,
    rank: chosen ? RANK.chosen : highlighted ? RANK.highlighted : mark.lasting ? RANK.lasting : RANK.mark,
    reach: chosen ? 25 : highlighted ? 17 : 13,
  };
}

/** "Hong Kong attacked and taken" below "Hong Kong" needs the name but once. */
function withoutPlace(title, place) {
  return place && title.startsWith(`${place} `) ? title.slice(place.length + 1) : title;
}

function fanWords(group, events, selected, highlight) {
  const side = group.spots[0].x > group.anchor.x ? "right" : "left";
  const titled = group.chosen ? selected : group.members.at(-1);
  const words = group.members.map((i, k) => {
    const mark = events.mark(i);
    const highlighted = highlight.events.has(i);
    const isTold = i === titled || highlighted;
    const text = isTold ? `${mark.day}: ${mark.title}` : mark.day;
    return {
      key: `fan ${i}`,
      lines: [{ text, size: 12.5, bold: isTold, tone: "ink" }],
      shorter: [{ text: mark.day, size: 12.5, bold: isTold, tone: "ink" }],
      ...{ x: group.spots[k].x, y: group.spots[k].y },
      rank: highlighted ? RANK.highlighted : i === titled ? RANK.titled : RANK.day,
      reach: i === selected ? 25 : highlighted ? 17 : 13,
      only: [side],
    };
  });
  const name = { text: events.mark(group.members[0]).place, size: 14, bold: true, tone: "ink" };
  const opposite =
    side === "right" ? ["left", "above left", "below left"] : ["right", "above right", "below right"];
  return name.text
    ? [
        ...words,
        {
          key: `place ${group.members[0]}`,
          lines: [name],
          x: group.anchor.x,
          y: group.anchor.y,
          rank: RANK.place,
          reach: 7,
          only: opposite,
        },
      ]
    : words;
}
