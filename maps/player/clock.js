import { isCalm } from "./calm.js";
import { tempoOf } from "./pace.js";
import { beginOf, keptWithin, spanOf } from "./when.js";

const DWELL = 2200; // ms that playing event by event rests on each
const LONGEST_FRAME = 100; // ms: a hidden or busy page does not leap when it comes back

/**
 * The one clock. Its moment is a closed span {first, last}; `at` is the instant within it that
 * moving things are drawn for. All listeners hear of a change in the same call.
 */
export class Clock {
  constructor(span, moment) {
    this.span = span;
    this.moment = moment;
    this.at = moment.last;
    this.playing = false;
    this.speed = "event";
    this.loops = false; // at the end of `played` on from its beginning
    this.played = span;
    this.isSpan = false; // whether that is the time of a chapter
    this.tempo = null; // {unit, rate, step} at which it plays then
    this.rests = null; // the moment at which playing was stopped
    this.runs = 0;
    this.listeners = { change: [], play: [], end: [] };
  }

  on(name, listener) {
    this.listeners[name].push(listener);
  }

  emit(name) {
    for (const listener of this.listeners[name]) listener(this);
  }

  /** Shows a moment, kept within the story's span. */
  seek(moment, at = moment.last) {
    this.moment = keptWithin(moment, this.span);
    this.at = Math.min(Math.max(at, this.moment.first), this.moment.last);
    this.emit("change");
  }

  /** Moves by whole units: the hour, day, month … that comes `by` after this moment. */
  shift(unit, by) {
    this.seek(spanOf(this.moment.first, unit, by));
  }

  /** Whether it plays the time of a chapter at that time's own pace. */
  get pacesSpan() {
    return this.playing && this.tempo !== null;
  }

  /** How it plays now: who wants nothing to move is led from event to event, or in steps through a span. */
  get pace() {
    if (this.pacesSpan) return isCalm() ? "step" : this.tempo.unit;
    return isCalm() ? "event" : this.speed;
  }

  /** Plays so from now on; what is under way goes on from the beginning of what is shown. */
  setSpeed(speed) {
    this.speed = speed;
    this.tempo = null;
    this.rested = DWELL;
    if (this.at === this.moment.last) this.at = this.moment.first;
  }

  /**
   * Runs until a pause or the end of `within`; `isSpan` if that is a chapter's own time, which passes in a
   * quarter of a minute, however long it was, unless the reader has chosen a speed. `calls.next()` steps to an event, and is false at the
   * last one; `calls.meets(from, to)` is true where something between two instants has stopped it.
   */
  play(within, calls, isSpan = false) {
    if (this.playing) return;
    this.playing = true;
    this.played = within;
    this.isSpan = isSpan;
    this.tempo = isSpan && (this.speed === "event" || isCalm()) ? tempoOf(within) : null;
    this.rested = DWELL; // the first step comes at once
    if (isSpan && (this.at < within.first || this.at >= within.last)) this.at = within.first;
    else if (this.at === this.moment.last) this.at = this.moment.first;
    if (this.at >= within.last) this.at = within.first;
    const run = (this.runs += 1); // a pause and a play within one frame leave no second loop
    let before = performance.now();
    const frame = (now) => {
      if (!this.playing || run !== this.runs) return;
      const passed = Math.min(Math.max(now - before, 0), LONGEST_FRAME);
      before = now;
      if (this.advance(passed, calls)) requestAnimationFrame(frame);
      else this.finish();
    };
    this.emit("play");
    requestAnimationFrame(frame);
  }

  /** Plays on by some milliseconds, from wherever the clock stands; false at the end. */
  advance(passed, calls) {
    if (this.pace === "event") {
      this.rested += passed;
      if (this.rested < DWELL) return true;
      this.rested = 0;
      return calls.next();
    }
    const { first, last } = this.played;
    const unit = this.tempo?.unit ?? this.speed;
    const at = Math.min(this.at + this.gained(passed), last);
    if (at === this.at) return true; // between two steps
    if (calls.meets(this.at, at)) return true;
    const isOver = at >= last;
    const to = isOver && this.loops ? first : at;
    if (to < at && calls.meets(first - 1, first)) return true;
    this.seek(spanOf(to, unit), to);
    return !isOver || this.loops;
  }

  /** By how much the clock goes on in some milliseconds; in steps, by none or by a whole one. */
  gained(passed) {
    if (this.pace !== "step") return (passed / 1000) * (this.tempo?.rate ?? unitLength(this.at, this.speed));
    this.rested += passed;
    if (this.rested < DWELL) return 0;
    this.rested = 0;
    return this.tempo.step;
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.rests = this.moment;
    this.emit("play");
  }

  finish() {
    this.pause();
    this.emit("end");
  }
}

/** How long the unit that holds an instant is: months and years are not all alike. */
function unitLength(at, unit) {
  return beginOf(at, unit, 1) - beginOf(at, unit);
}
