"use strict";
// Put into every page before its own scripts. `bench.watch` notes when the page is ready;
// `bench.run` times steps. A step lasts from the seek until after the next painted frame, that is
// until the second animation frame. A dot of one pixel changes in every frame, so that the browser
// makes frames as fast as it can also where a step changes nothing.
window.bench = (() => {
  console.log = () => {}; // TimeDimension writes two lines a step, which is not what is measured
  let dot = null;
  let turn = 0;

  function touch() {
    if (!dot) {
      dot = document.createElement("i");
      dot.style.cssText = "position:fixed;left:0;top:0;width:1px;height:1px;z-index:99999;will-change:transform";
      document.documentElement.append(dot);
    }
    turn += 1;
    dot.style.backgroundColor = `rgb(${turn % 256},9,9)`;
  }

  const frame = () => new Promise((resolve) => requestAnimationFrame(() => { touch(); resolve(); }));
  const task = () => new Promise((resolve) => setTimeout(resolve));

  async function step(seek, instant) {
    await task();
    const begun = performance.now();
    seek(instant);
    touch();
    await frame();
    await frame();
    return performance.now() - begun;
  }

  const bench = {
    ready: null, // ms from the start of the navigation
    failed: null,
    done: null, // ms of each step of the last run
    watch(isReady) {
      const look = async () => {
        if (!(await isReady())) return requestAnimationFrame(look);
        await frame();
        await frame();
        bench.ready = performance.now();
        console.debug("bench: ready"); // heard outside; a question from there would cost time here
      };
      requestAnimationFrame(look);
    },
    /** Takes steps until they are all taken or the time is over; at once, `done` follows. */
    run(seek, instants, budget) {
      bench.done = null;
      bench.failed = null;
      setTimeout(async () => {
        const times = [];
        const begun = performance.now();
        try {
          for (const instant of instants) {
            times.push(await step(seek, instant));
            if (performance.now() - begun > budget) break;
          }
        } catch (error) {
          bench.failed = String(error);
        }
        bench.done = times;
        console.debug("bench: done");
      });
    },
  };
  return bench;
})();
