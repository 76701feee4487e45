// What only a served page has: it loads anew when its tables change, and shows what is wrong with them.
// The moment, the view and the choice stand in the address, so they outlast the loading.

(() => {
  const { page, version } = document.currentScript.dataset;
  const board = document.createElement("section");
  board.id = "live";
  board.setAttribute("role", "alert");
  const style = {
    position: "fixed",
    inset: "0 0 auto",
    "z-index": "9999",
    "max-height": "45%",
    overflow: "auto",
    padding: "12px 16px",
    font: '14px/1.5 "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif',
    "overflow-wrap": "anywhere",
    color: "#fff",
    background: "#8c1d18",
  };
  for (const [name, value] of Object.entries(style)) board.style.setProperty(name, value);

  const line = (name, text) => {
    const element = document.createElement(name);
    element.textContent = text;
    element.style.setProperty("margin", "0 0 4px");
    return element;
  };

  const show = (problems) => {
    board.replaceChildren();
    if (!problems.length) return board.remove();
    const list = document.createElement("ul");
    list.style.setProperty("margin", "0");
    list.append(...problems.map((problem) => line("li", problem)));
    const head = line("p", "The tables have problems; the map is the last that had none.");
    head.style.setProperty("font-weight", "700");
    board.append(head, list);
    document.body.append(board);
  };

  const source = new EventSource("/live");
  source.addEventListener("message", (message) => {
    const { pages, problems } = JSON.parse(message.data);
    if (pages[page] && pages[page] !== version) return location.reload();
    show(problems);
  });
  addEventListener("pagehide", () => source.close());
})();
