import { el, icon, prose } from "./dom.js";
import { eventRow } from "./list.js";
import { VERIFIED, claimRows, clockTable } from "./record.js";
import { titleOf } from "./routes.js";
import { fateOf, symbol } from "./symbols.js";

// The panel beside the map: the story, a chapter, an event, a route, or the events of one place.

const MOST = 200; // events in one list of a place

/** `open` has chapter(id), event(i), contents(), close(): what the card's buttons do. */
export function makeCard(root, { scene, events, open }) {
  const { chapters } = scene;
  const [sources, claims, clocks] = [scene.sources, scene.claims, scene.clocks].map(
    (part) => new Map(Object.entries(part)), // whose keys are of the tables: any word may be one
  );

  function fill(label, parts, foot = []) {
    const hadFocus = root.contains(document.activeElement); // which is about to go
    root.replaceChildren(
      el("button", {
        type: "button",
        class: "handle",
        "aria-label": "Larger or smaller",
        onclick: () => root.classList.toggle("tall"),
      }),
      el(
        "button",
        { type: "button", class: "close", "aria-label": "Close", onclick: () => open.close() },
        icon("close"),
      ),
      el(
        "div",
        { class: "scroll", tabIndex: 0, role: "group", "aria-label": label },
        ...parts.filter(Boolean),
      ),
      foot.length ? el("nav", { class: "foot", "aria-label": "Chapters" }, ...foot) : "",
    );
    root.hidden = false;
    if (hadFocus) root.querySelector(".scroll").focus({ preventScroll: true });
  }

  /** Makes citations: numbers that point into the list of sources. */
  const citing = (ids) => (id) =>
    el(
      "button",
      {
        type: "button",
        class: "cite",
        title: sources.get(id) ?? id,
        "aria-label": `Source ${ids.indexOf(id) + 1}`,
        onclick: () => showSource(id),
      },
      `[${ids.indexOf(id) + 1}]`,
    );

  function showSource(id) {
    for (const line of root.querySelectorAll("[data-source]")) {
      const pointed = line.dataset.source === id;
      line.classList.toggle("pointed", pointed);
      if (!pointed) continue;
      line.focus({ preventScroll: true }); // so that it is read out too
      line.scrollIntoView({ block: "nearest" });
    }
  }

  /** The title, the introduction and the chapters; where a story has none, its first events. */
  function contents() {
    const indices = Array.from({ length: Math.min(100, events.count) }, (_, i) => i);
    const list = chapters.map((chapter, k) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", onclick: () => open.chapter(chapter.id) },
          el("b", {}, String(k + 1)),
          el(
            "span",
            {},
            chapter.title,
            el("small", {}, [chapter.label, fateOf(chapter.status)].filter(Boolean).join(" · ")),
          ),
        ),
      ),
    );
    const first = chapters.length ? [el("span", { class: "grow" }), step(chapters[0], "Begin", "right")] : [];
    const ids = citedIn(scene.text);
    const rows = chapters.length
      ? null
      : eventsUnder(
          indices.length < events.count ? `The first ${indices.length} of ${events.count} events` : "Events",
          indices,
        );
    fill(
      scene.title,
      [
        el("h2", {}, scene.title),
        ...prose(scene.text, citing(ids)),
        el("ol", { class: "contents" }, ...list),
        rows,
        sourceList(ids),
      ],
      first,
    );
  }

  function step(chapter, text, way) {
    const label = el("span", {}, text);
    return el(
      "button",
      { type: "button", class: "ghost", onclick: () => open.chapter(chapter.id) },
      way === "left" ? icon("left") : "",
      label,
      way === "right" ? icon("right") : "",
    );
  }

  function chapterFoot(index) {
    const [before, after] = [chapters[index - 1], chapters[index + 1]];
    return [
      before ? step(before, before.title, "left") : backToContents(),
      el("span", { class: "grow" }),
      after ? step(after, after.title, "right") : "",
    ].filter(Boolean);
  }

  const backToContents = () =>
    el(
      "button",
      { type: "button", class: "ghost", onclick: () => open.contents() },
      icon("left"),
      el("span", {}, "Contents"),
    );

  function chapter(id, current) {
    const index = chapters.findIndex((one) => one.id === id);
    const one = chapters[index];
    const ids = citedIn(one.text);
    fill(
      `Chapter ${index + 1}`,
      [
        el("p", { class: "number" }, `Chapter ${index + 1} of ${chapters.length} · ${one.label}`),
        el("h2", {}, one.title),
        fateOf(one.status) ? el("p", { class: "never" }, fateOf(one.status)) : null,
        one.picture && figure(one.picture),
        ...prose(one.text, citing(ids)),
        sourceList(ids),
        eventsUnder("Shown now", current),
      ],
      chapterFoot(index),
    );
  }

  /** A picture with who made it; its size is known only once it is read, so it is read at once. */
  function figure({ src, alt, credit }) {
    return el("figure", {}, el("img", { src, alt, decoding: "sync" }), el("figcaption", {}, credit));
  }

  function eventsUnder(heading, indices) {
    if (!indices.length) return null;
    const rows = indices.map((i) => eventRow(events, i, open.event));
    return el("div", { class: "rows" }, el("h3", {}, heading), el("ul", {}, ...rows));
  }

  function sourceList(ids) {
    if (!ids.length) return null;
    return el(
      "div",
      { class: "sources" },
      el("h3", {}, "Sources"),
      el(
        "ol",
        {},
        ...ids.map((id) => el("li", { data: { source: id }, tabIndex: -1 }, sources.get(id) ?? id)),
      ),
    );
  }

  function fact(name, value) {
    return value ? [el("dt", {}, name), el("dd", {}, value)] : [];
  }

  /** How far from its mark the place may have been; nothing where the table does not say. */
  function about(i) {
    const km = events.accuracyKm.at(i);
    return km ? el("small", {}, ` ± ${km} km`) : "";
  }

  function event(i) {
    const direction = events.directions
      .at(i)
      .map((id) => scene.directions.find((one) => one.id === id)?.label)
      .join(" and ");
    const [said, shown] = [claims, clocks].map((part) => part.get(events.id.at(i)));
    const ids = [...new Set([...events.sources.at(i), ...(said ?? []).flatMap((claim) => claim.sources)])];
    fill(
      events.title.at(i),
      [
        el(
          "p",
          { class: "number" },
          symbol(events.kind.at(i), events.directions.at(i), events.status.at(i)),
          [events.kind.at(i), direction].filter(Boolean).join(" · "),
        ),
        el("h2", {}, events.title.at(i)),
        fateOf(events.status.at(i)) ? el("p", { class: "never" }, fateOf(events.status.at(i))) : null,
        el("p", { class: "when" }, events.label.at(i)),
        events.place.at(i) ? el("p", { class: "place" }, events.place.at(i), about(i)) : null,
        clockTable(shown),
        events.summary.at(i) ? el("p", {}, events.summary.at(i)) : null,
        el(
          "p",
          {},
          el("span", { class: `verified ${events.verified.at(i)}` }, VERIFIED[events.verified.at(i)]),
        ),
        el(
          "dl",
          {},
          ...fact("Who", events.actors.at(i).join(", ")),
          ...fact("Note", events.note.at(i)),
          ...fact("Written", events.when.at(i)),
        ),
        claimRows(said, citing(ids)),
        sourceList(ids),
      ],
      chapters.length ? [backToContents()] : [],
    );
  }

  function onOneTrack(routes) {
    const row = (one) => {
      const said = el("span", {}, one.title, el("small", {}, one.strength));
      return el("li", {}, el("button", { type: "button", onclick: () => route(one) }, said));
    };
    fill(titleOf(routes), [
      el("p", { class: "number" }, `Routes by ${routes[0].means}, on one track`),
      el("h2", {}, titleOf(routes)),
      el("div", { class: "rows" }, el("ul", {}, ...routes.map(row))),
    ]);
  }

  function route(one) {
    fill(
      one.title,
      [
        el("p", { class: "number" }, `Route by ${one.means}`),
        el("h2", {}, one.title),
        fateOf(one.status) ? el("p", { class: "never" }, fateOf(one.status)) : null,
        el("p", {}, el("span", { class: `verified ${one.verified}` }, VERIFIED[one.verified])),
        el(
          "dl",
          {},
          ...fact("Who", one.actors.join(", ")),
          ...fact("Strength", one.strength),
          ...fact("Confidence", one.confidence),
          ...fact("Note", one.note),
        ),
        el(
          "div",
          { class: "rows" },
          el("h3", {}, "On the way"),
          el(
            "ul",
            {},
            ...one.stops.map((stop) => el("li", {}, el("span", {}, stop.place, el("small", {}, stop.label)))),
          ),
        ),
        sourceList(one.sources),
      ],
      chapters.length ? [backToContents()] : [],
    );
  }

  return {
    contents,
    chapter,
    event,
    /** One route, or several on one track. */
    routes: (list) => (list.length > 1 ? onOneTrack(list) : route(list[0])),
    together(indices) {
      const some = indices.slice(0, MOST);
      const number =
        some.length < indices.length ? `The first ${some.length} of ${indices.length}` : some.length;
      fill("Events here", [
        el("h2", {}, events.place.at(indices[0]) || "Here"),
        eventsUnder(`${number} events`, some),
      ]);
    },
    close() {
      root.hidden = true;
    },
    isOpen: () => !root.hidden,
  };
}

/** The ids of the sources that a text cites, each once, in their order. */
export function citedIn(nodes) {
  return [...new Set(citations(nodes))];
}

function citations(nodes) {
  return nodes.flatMap((node) =>
    typeof node === "string" ? [] : node.tag === "cite" ? [node.kids[0]] : citations(node.kids ?? []),
  );
}
