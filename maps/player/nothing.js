// What stands above the date when nothing is dated there: where the next event is, and a way to it.

/** `button` is hidden while anything is shown; a press goes to the event that it names, or clears filters that leave none. */
export function makeNothing(button, state) {
  const { events } = state.scene;
  let target = null;
  button.addEventListener("click", () => {
    if (target !== null) state.choose(target);
    else if (state.filters.marked) state.clearFilters();
  });

  /** The event that is nearest after the moment, else before it; null where no layer has any. */
  const nearest = () => state.eventBeside(1) ?? state.eventBeside(-1) ?? null;

  return {
    show(shown) {
      const empty = shown.events.length === 0 && shown.routes.length === 0;
      const runs = state.clock.playing;
      if (button.hidden !== (!empty || runs)) button.hidden = !empty || runs;
      if (button.hidden) return;
      target = nearest();
      const when = target === null ? "" : `${events.title.at(target)}, ${events.label.at(target)}`;
      const later = target !== null && state.sequence.momentOf(target).first >= state.moment.first;
      const words =
        target === null
          ? state.filters.marked
            ? "The filters leave no event. Clear them"
            : "No event is switched on."
          : `Nothing is dated here. ${later ? "Next" : "Last"}: ${when}`;
      if (button.textContent !== words) button.textContent = words;
      button.disabled = target === null && !state.filters.marked;
    },
  };
}
