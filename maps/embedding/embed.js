// The commands of a map in a frame, as promises.
//
//   const map = historyMapIn(document.querySelector("iframe"));
//   const { title, chapters } = await map.ready;
//   map.on("time", (time) => console.log(time));
//   await map.chapter(chapters[0].id);
//
// Each gives the state after it, or is rejected with what is wrong.
{
  const [ns, v, HELLO, GONE] = ["history-map", 1, "hello", "The frame of the map is gone"];
  let count = 0; // of what was asked

  window.historyMapIn = (frame) => {
    if (frame?.localName !== "iframe") throw new TypeError("no iframe");
    const asked = new Map(); // who waits, by number
    const listeners = new Map();
    let [isReady, wasThere, begin, fail] = [false, false];
    const ready = new Promise((...ends) => ([begin, fail] = ends));
    ready.catch(() => {});

    const post = (message) => frame.contentWindow?.postMessage({ ...message, ns, v }, "*");

    async function ask(cmd, more) {
      await ready;
      if (!frame.contentWindow) throw new Error(GONE);
      const id = (count += 1);
      return new Promise((...ends) => {
        asked.set(id, ends);
        post({ ...more, id, cmd });
      });
    }

    function giveUp(why) {
      const wrong = new Error(why);
      fail(wrong);
      for (const [, reject] of asked.values()) reject(wrong);
      asked.clear();
    }

    function tell(name, detail) {
      for (const listener of listeners.get(name) ?? []) setTimeout(listener, 0, detail);
    }

    function hear({ source, data }) {
      if (!source || source !== frame.contentWindow || data?.ns !== ns || data.v !== v) return;
      const { id, ev, title, chapters, state, message } = data;
      const [done, failed] = asked.get(id) ?? [];
      asked.delete(id);
      if (done) ev === "error" ? failed(new Error(message)) : done(state);
      else if (ev === "ready" || (id === HELLO && !isReady)) {
        if (isReady) giveUp("The map was loaded anew");
        isReady = true;
        begin({ title, chapters, state });
        tell("ready", { title, chapters, state });
      } else if (id === null) {
        if (ev === "error") giveUp(message);
        tell(ev, data[ev === "select" ? "selected" : ev]);
      }
    }

    /** Out of the page it never answers. */
    function look() {
      if (wasThere && !frame.isConnected) giveUp(GONE);
      wasThere = frame.isConnected;
    }

    addEventListener("message", hear);
    look();
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
    post({ id: HELLO, cmd: "state" }); // a map that was ready before us
    const map = {
      ready,
      seek: (time) => ask("seek", { time }),
      chapter: (chapter) => ask("chapter", { chapter }),
      select: (selected = null) => ask("select", { selected }),
      layers: (layers) => ask("layers", { layers }),
      on(name, listener) {
        listeners.set(name, [...(listeners.get(name) ?? []), listener]);
      },
    };
    for (const cmd of ["play", "pause", "next", "prev", "fit", "state"]) map[cmd] = () => ask(cmd);
    return map;
  };
}
