// The page of a hostile host: what it says to the map in its frame, and what it hears of it.

const map = () => document.getElementById("map").contentWindow;
const heard = [];
let told = () => {};
addEventListener("message", ({ source, data }) => {
  if (source === map()) heard.push(data);
  told();
});
const ours = (more) => ({ ns: "history-map", v: 1, ...more });

/** Numbers from 0 to 1, the same for the same seed. */
function numbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function makeMessages(seed, count) {
  const random = numbers(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const cyclic = () => {
    const one = { list: [] };
    one.itself = one;
    one.list.push(one);
    return one;
  };
  const deep = () => Array.from({ length: 60 }).reduce((inner) => ({ inner, ns: "history-map" }), 7);
  const text = () => String.fromCharCode(...Array.from({ length: 12 }, () => random() * 65536));
  const words = [
    "slide:start ",
    "slide:starting",
    "SLIDE:STOP",
    '{"method":"next"}',
    "[]",
    "null",
    '{"ns":"history-map","v":1,"cmd":"play"}',
    '{"method":"triggerKey","args":[34]}',
    "",
    '{"namespace":"reveal","eventName":"ready"}',
    "<img src=x onerror=alert(1)>",
    "__proto__",
  ];
  const makers = [
    () => null,
    () => undefined,
    () => true,
    () => 0,
    () => -0,
    () => NaN,
    () => Infinity,
    () => 2n ** 64n,
    () => new Date(NaN),
    () => new Date(0),
    () => /a(b)/g,
    () => new Error("no"),
    () =>
      new Map([
        ["ns", "history-map"],
        ["v", 1],
        ["cmd", "play"],
      ]),
    () => new Set(["slide:start"]),
    () => new Uint8Array(9),
    () => new Float64Array([NaN, 1]),
    () => new ArrayBuffer(16),
    () => new Blob(["x"]),
    () => new String("slide:start"),
    () => new Number(1),
    () => Object(2n),
    () => [],
    () => [[], [[]]],
    () => Array(9),
    () => ({}),
    () => "x".repeat(random() < 0.02 ? 1e5 : 999),
    () => pick(words),
    text,
    cyclic,
    deep,
    () => JSON.parse('{"__proto__": {"cmd": "play"}, "constructor": {"prototype": 1}}'),
    () => new MessageChannel().port1.constructor.name,
  ];
  const any = () => pick(makers)();
  const kin = [
    "toString",
    "constructor",
    "__proto__",
    "hasOwnProperty",
    "valueOf",
    "setMode",
    "on",
    "Play",
    "play ",
    "compare",
    "scene",
    ["play"],
    new String("play"),
    { cmd: "play" },
    0,
    null,
  ];
  const bad = {
    seek: [
      "yesterday",
      "1887-13-40",
      "1887-02-30",
      "",
      " ",
      "9".repeat(9999),
      "[".repeat(9999),
      "1887/1888/1889",
      NaN,
      Infinity,
      -Infinity,
      null,
      undefined,
      true,
      {},
      [],
      ["1887"],
      3n,
      new Date(0),
      new String("1887"),
      cyclic(),
    ],
    chapter: ["none", "", "__proto__", 0, null, undefined, ["quarrel"], {}, 3n, cyclic()],
    select: ["none", "", "toString", 0, true, ["battle-of-the-rock"], {}, 3n, new Map(), cyclic()],
    layers: [
      "west",
      undefined,
      null,
      {},
      [7],
      ["west", ["east"]],
      [null],
      3n,
      { length: 1 },
      new Set(["west"]),
      cyclic(),
    ],
  };
  const nameOf = { seek: "time", chapter: "chapter", select: "selected", layers: "layers" };
  const nearly = () => {
    const cmd = pick(Object.keys(bad));
    return ours({ id: random() < 0.5 ? any() : "near", cmd, [nameOf[cmd]]: pick(bad[cmd]) });
  };
  const aliens = [
    any,
    () => ours({ id: any(), cmd: random() < 0.5 ? pick(kin) : any() }),
    () => ({ ...ours({ cmd: "play" }), v: pick([2, "1", 1.1, null, [1], new Number(1), NaN]) }),
    () => ({ ...ours({ cmd: "play" }), ns: pick(["History-Map", ["history-map"], "", null, {}]) }),
    () => ({ message: ours({ cmd: "play" }) }),
    () => [ours({ cmd: "play" })],
    () => ours({ ev: "ready", id: null, state: any(), chapters: any() }),
    () => ({ [pick(words)]: any(), ns: any(), v: any(), cmd: any() }),
  ];
  return Array.from({ length: count }, () =>
    random() < 0.3 ? { isNear: true, message: nearly() } : { message: pick(aliens)() },
  );
}

/** Says all of it, and gives how many answers are due and how many came, by what they are. */
async function say(seed, count) {
  heard.length = 0;
  const all = makeMessages(seed, count);
  for (const { message } of all) map().postMessage(message, "*");
  map().postMessage(ours({ id: "last", cmd: "state" }), "*");
  while (!heard.some(({ id }) => id === "last")) await new Promise((done) => (told = done));
  const answers = heard.slice(0, -1);
  return {
    due: all.filter(({ isNear }) => isNear).length,
    errors: answers.filter(({ ev }) => ev === "error").length,
    others: answers.filter(({ ev }) => ev !== "error").map(({ ev, id }) => `${ev} ${id}`),
  };
}

/** Lets the frame beside the map say what only a parent may. */
async function sayBeside() {
  heard.length = 0;
  const words = ["play", "next", "fit", "state"].map((cmd) => ours({ id: "beside", cmd }));
  const more = ["slide:start", "slide:stop", ours({ id: "beside", cmd: "seek", time: "1887-05-10" })];
  const said = new Promise((done) => (told = done));
  document.getElementById("beside").contentWindow.postMessage([...words, ...more], "*");
  await said;
  map().postMessage(ours({ id: "last", cmd: "state" }), "*");
  while (!heard.some(({ id }) => id === "last")) await new Promise((done) => (told = done));
  return heard.map(({ id }) => id);
}
