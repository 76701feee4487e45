import { headOf } from "./changes.js";
import { makeCaption } from "./caption.js";
import { makeCard } from "./card.js";
import { makeCharts } from "./charts.js";
import { makeCompare } from "./compare.js";
import { makeControls } from "./controls.js";
import { makeDissolve } from "./dissolve.js";
import { byId, el, icon } from "./dom.js";
import { keepingFocus } from "./focus.js";
import { holdingsOf } from "./holdings.js";
import { makeInsets } from "./insets.js";
import { makeTimeline } from "./lanes.js";
import { layerSwitches } from "./layers.js";
import { leafThrough } from "./leafing.js";
import { makeList } from "./list.js";
import { makeNothing } from "./nothing.js";
import { makePanels } from "./panels.js";
import { onPaper } from "./paper.js";
import { makePicture } from "./picture.js";
import { makeScaleBar } from "./scalebar.js";
import { gradients, setSymbols } from "./symbols.js";
import { makeSince } from "./since.js";
import { makeTopbar } from "./topbar.js";
import { makeView } from "./view.js";

// The screen: every part of the page, and what each does when the state changes.

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const isWide = matchMedia("(min-width: 1200px)");
const isSheet = matchMedia("(max-width: 599px), (max-width: 899px) and (orientation: portrait)"); // the card

/** Builds the parts for a state (state.js) and keeps them in step with it; `lagged()` may come later. */
export function makeScreen(state, lagged) {
  const { scene, clock } = state;
  const { events } = scene;
  setSymbols(scene.kinds, scene.directions);
  document.body.append(gradients(shared(events.directions)));

  const stage = document.querySelector(".stage");
  const frame = document.querySelector(".map-frame");
  const map = window[document.querySelector(".map").id];
  const isCalm = () => calm.matches;
  const view = makeView(map, frame, stage, isCalm, () => compare?.hidden());
  const dissolve = makeDissolve(map, frame);
  let compare = null;
  let insets = null;
  let cardFrom = null; // the mark or row that the card was opened from by a key
  let laidFor = null; // the map's size that all is laid for
  const picture = makePicture({
    map,
    view: { ...view, room: () => ({ ...view.room(), insets: insets?.views() ?? [] }) },
    pills: document.querySelector(".pills"),
    scene,
    isOn: state.isOn,
    choose: chooseAmong,
  });
  compare = makeCompare({
    state,
    first: { map, view },
    stage,
    calm: isCalm,
    calls: {
      choose: chooseAmong,
      press: pressRoutes,
      opening: () => isSheet.matches && card.close(),
      resize: resized,
      drawAll: render,
      drawWords: viewChanged,
    },
  });
  insets = makeInsets({
    first: { map, view, marks: picture.boxes, bodies: picture.bodies },
    stage,
    scene,
    isOn: state.isOn,
    calls: {
      choose: chooseAmong,
      go: (box) => view.fit(box),
      isPlaying: () => clock.playing,
      close(inset) {
        state.insets.close(inset);
        byId("pin").focus({ preventScroll: true });
      },
    },
  });
  const scale = makeScaleBar(byId("scalebar"), map);
  byId("pin").append(icon("inset"));
  byId("pin").addEventListener("click", () => state.insets.keep(view.box()));
  const caption = makeCaption(document.querySelector(".caption"));
  const card = makeCard(byId("card"), {
    scene,
    events,
    open: {
      chapter: (id) => state.turnTo(id),
      event: (i) => state.choose(i),
      contents: openContents,
      close: closeCard,
    },
  });
  leafThrough(byId("card"));
  const changed = el("details", { class: "since" });
  const list = makeList(byId("list"), state, {
    since: changed,
    bar: byId("bar-search"),
    unfold: () => byId("list").hidden && byId("show-list").click(),
  });
  const since = makeSince(changed, state, {
    route(route) {
      card.routes([route]);
      view.bring(headOf(route, state.moment.last));
      viewChanged();
    },
    ground: (pieces) => view.fit(holdingsOf(scene).boxOf(pieces)),
  });
  const switches = layerSwitches(byId("legend"), byId("layers"), state, () => viewChanged());
  const nothing = makeNothing(byId("nothing"), state);
  const lanes = makeTimeline(byId("lanes"), {
    events,
    chapters: scene.chapters,
    span: state.span,
    opening: state.opening,
    directions: scene.directions,
    phases: scene.phases ?? [],
    isOn: state.isOn,
    calls: {
      seek: (at, told) => state.seekByHand(at, told),
      step: (by) => state.step(by),
      choose: (i) => state.choose(i),
      open: (id) => state.turnTo(id),
      brush: (span, told) => state.brush(span, told),
      windowFrom: (at) => state.windowFrom(at),
      grain: (told) => state.grainOf(told),
    },
  });
  const charts = makeCharts(byId("charts"), byId("chart-tip"), scene, {
    seek: ({ first, last }) => state.seekByHandTo({ first, last }),
    seekAt: (at) => state.seekByHand(at, lanes.grain()),
    stretch: lanes.stretch,
    close() {
      byId("show-charts").click();
      chartsHeir().focus({ preventScroll: true });
    },
  });
  lanes.follow(() => charts?.follow());
  if (!charts) byId("show-charts").remove();
  const more = makeTopbar();
  const controls = makeControls({ state, lanes, view, fit: fitStory });
  const panels = makePanels(
    {
      list: {
        button: "show-list",
        open(byKey) {
          makeRoom("list");
          list.open();
          since.show();
          if (byKey) byId("search").focus({ preventScroll: true }); // else a phone's keyboard would rise
        },
        close: list.close,
      },
      layers: {
        button: "show-layers",
        open() {
          makeRoom("layers");
          byId("layers").hidden = false;
        },
        close() {
          byId("layers").hidden = true;
        },
      },
      ...(charts && {
        charts: {
          button: "show-charts",
          open() {
            makeRoom("charts");
            byId("charts").hidden = false;
            charts.measure();
            more.close();
          },
          close() {
            byId("charts").hidden = true;
            charts.hideTip();
          },
          heir: chartsHeir,
        },
      }),
      card: {
        button: "show-story",
        open() {
          cardFrom = null;
          if (state.chapter) state.openChapter(state.chapter);
          else openContents();
        },
        close: closeCard,
        heir: () => cardFrom,
      },
    },
    render,
  );

  /** On a phone the button is in a menu. */
  function chartsHeir() {
    return byId(byId("show-charts").checkVisibility() ? "show-charts" : "show-more");
  }

  /** The panels at the left take turns; where the window is wide, the numbers stand elsewhere. */
  function makeRoom(id) {
    if (id !== "list" && (id !== "charts" || !isWide.matches)) list.close();
    if (id !== "layers" && (id !== "charts" || !isWide.matches)) byId("layers").hidden = true;
    if (id !== "charts" && !isWide.matches) byId("charts").hidden = true;
  }

  // --- drawing ----------------------------------------------------------------------------------

  /** How far the clocks of the chosen event's place are from UTC, in ms, while the clock stands at it. */
  const offsetNow = () =>
    state.sequence.isAt(state.selected, state.moment) ? events.offset[state.selected] : 0;

  /** Draws all that follows from the state. */
  function render() {
    keepingFocus(map.getContainer(), draw);
  }

  function draw() {
    const { moment, selected, highlight } = state;
    const shown = state.shown();
    // Before the words, which keep clear of it.
    caption.show(moment, offsetNow(), state.openOne?.status);
    nothing.show(shown);
    picture.show({ shown, moment, at: clock.at, selected, highlight, playing: clock.playing });
    lanes.show({
      moment,
      mode: state.mode,
      shownFrom: state.mode === "at" ? null : state.visibility.spanOf(moment).first,
      chapter: state.chapter,
      beside: state.beside.moment,
      highlight,
    });
    charts?.show(moment);
    compare.show(selected);
    insets.show({ shown, moment, at: clock.at, selected, highlight, playing: clock.playing });
    placeInsets();
    list.show(shown.present(), selected);
    since.follow();
    controls.showMoment(moment);
    lagged();
  }

  function viewChanged() {
    panels.showPressed();
    keepingFocus(map.getContainer(), () => picture.viewChanged());
    compare.viewChanged();
    placeInsets();
    lagged();
  }

  /** Words give way to insets, insets to all else. */
  function placeInsets() {
    if (!insets.place()) return;
    picture.viewChanged();
    compare.viewChanged();
  }

  /** Says the moment, and what is chosen or how much there is. */
  function announce() {
    compare.announce();
    const { selected } = state;
    const number = state.shown().events.length;
    const what = selected === null ? `${number} event${number === 1 ? "" : "s"}` : events.title.at(selected);
    caption.announce(state.moment, offsetNow(), what);
  }

  // --- the card ---------------------------------------------------------------------------------

  function chooseAmong(members) {
    if (members.length === 1) {
      state.choose(members[0]);
      return;
    }
    card.together(members);
    viewChanged();
  }

  function openContents() {
    card.contents();
    viewChanged();
  }

  function closeCard() {
    card.close();
    panels.showPressed();
    state.deselect();
    if (!cardFrom?.isConnected || !cardFrom.checkVisibility()) cardFrom = null;
    (cardFrom ?? byId("show-story")).focus({ preventScroll: true });
  }

  const placeOf = (i) => (i === null ? null : [events.lat[i], events.lng[i]]);
  const chapterOf = (id) => scene.chapters.find((one) => one.id === id);

  function fitStory() {
    view.fit(chapterOf(state.chapter)?.view ?? scene.view);
  }

  function resized() {
    view.resize();
    laidFor = map.getSize();
    compare.resize();
    insets.resize();
    scale.show();
    lanes.resize();
    charts?.measure();
    render();
  }

  /** An observer's first word tells what is known already. */
  function frameResized([{ contentRect }]) {
    if (Math.round(contentRect.width) !== laidFor.x || Math.round(contentRect.height) !== laidFor.y)
      resized();
  }

  /** While two dates are compared the maps stand beside the card, not under it. */
  function cardOpened() {
    panels.showPressed();
    if (!state.beside.isOn) return;
    view.resize();
    compare.resize();
  }

  /** A place is to be seen once the view is there. */
  function reveal(place, to) {
    if (state.beside.isOn) compare.reveal(view.spotOf(place, to));
  }

  /** A press on a route opens its card. */
  function pressRoutes(one, its) {
    if (one !== map) scale.follow(one);
    one.on("click", (event) => {
      const routes = its.routesAt(event.containerPoint);
      if (!routes.length) return;
      card.routes(routes);
      viewChanged();
    });
  }

  // --- what happens when ------------------------------------------------------------------------

  state.on("moment", render);
  state.on("layers", () => {
    switches.show();
    lanes.keep(state.filters.marked);
    list.filter();
    picture.groundChanged();
    compare.groundChanged();
    insets.groundChanged();
  });
  state.on("compare", compare.sync);
  state.on("insets", () => {
    insets.set(state.insets.all);
    viewChanged();
  });
  state.on("mode", controls.showMode);
  state.on("play", () => {
    controls.showPlaying(clock.playing);
    since.follow();
    placeInsets();
  });
  state.on("open", (i) => {
    const held = document.activeElement;
    if (!byId("card").contains(held)) cardFrom = held.closest(".map-frame, .list") && held;
    card.event(i);
    cardOpened();
  });
  state.on("select", (i) => reveal(placeOf(i), view.bring(placeOf(i))));
  state.on("reset", () => {
    card.contents();
    viewChanged();
  });
  state.on("turn", () => (state.beside.isOn ? dissolve.end() : dissolve.keep()));
  state.on("chapter", (id) => {
    card.chapter(
      id,
      [...state.shown().events].sort((a, b) => events.first[b] - events.first[a]),
    );
    cardOpened();
    const box = chapterOf(id).view;
    const to = box && view.fit(box, placeOf(state.selected), false);
    if (to && state.selected !== null) reveal(placeOf(state.selected), to);
    render();
    dissolve.run();
  });
  view.heed(frame, map);
  frame.addEventListener("keydown", (event) => {
    if (/^(Arrow|[+-])/.test(event.key)) view.release();
  });
  map.on("zoomend moveend viewreset", viewChanged);
  pressRoutes(map, picture);
  onPaper(() => {
    picture.groundChanged();
    compare.groundChanged();
    insets.groundChanged();
    resized();
    viewChanged();
  });
  dark.addEventListener("change", () => {
    picture.groundChanged();
    compare.groundChanged();
    insets.groundChanged();
    render();
  });

  controls.showPlaying(false);
  card.contents();
  panels.showPressed();
  view.keep(scene.view);
  resized();
  if (window.ResizeObserver) new ResizeObserver(frameResized).observe(frame);
  else addEventListener("resize", resized);
  return {
    view,
    picture,
    compare,
    insets,
    announce,
    fitStory,
    resized() {
      resized();
      viewChanged();
    },
    editDate: controls.editDate,
    grain: lanes.grain,
    closeTopmost: () => more.close() || controls.close() || picture.closeTip() || panels.closeTopmost(),
  };
}

/** Each set of several directions that some event belongs to, once. */
function shared(directions) {
  const found = new Map();
  for (const ids of directions.values) if (ids.length > 1) found.set(ids.join(), ids);
  return [...found.values()];
}
