// The page of snippets: what the reader chooses is shown in the frame and stands in all the lines.
{
  const byId = (id) => document.getElementById(id);
  const stories = JSON.parse(byId("stories").textContent);
  const fields = ["story", "chapter", "moment", "ui", "theme"].map(byId);
  const TOLD = 2500; // ms that a word stays
  let [map, ends] = [null, 0];

  const chosen = () => Object.fromEntries(fields.map((field) => [field.id, field.value.trim()]));
  const storyOf = (id) => stories.find(({ story }) => story === id);

  function options(select, all) {
    select.replaceChildren(...all.map(([value, words]) => new Option(words, value)));
  }

  const openChapters = () =>
    options(byId("chapter"), [
      ["", "as the story opens"],
      ...storyOf(byId("story").value).chapters.map(({ id, title }) => [id, title]),
    ]);

  /** What fills the blanks of a snippet, as `values_of` in maps/embed.py has it. */
  function valuesOf({ story, chapter, moment, ui, theme }) {
    const asked = new URLSearchParams({ embed: 1, ...(ui && { ui }), ...(theme && { theme }) });
    const at = [moment && `t=${encodeURIComponent(moment)}`, chapter && `ch=${encodeURIComponent(chapter)}`];
    const hash = at.some(Boolean) ? `#${at.filter(Boolean).join("&")}` : "";
    const when = moment ? `--at "${moment.replace(/[^\w.,:/~?%+\[\]{} -]/g, "")}" ` : "";
    const { title } = storyOf(story);
    return {
      address: `${story}.html?${asked}${hash}`,
      title,
      picture: `pictures/${story}.svg`,
      story,
      at: when || (chapter && `--chapter ${chapter} `),
      link: `${story}.html${hash}`,
    };
  }

  const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  const escaped = (text) => text.replace(/[&<>"']/g, (mark) => MARKS[mark]);

  function fill(values) {
    for (const pre of document.querySelectorAll("pre[data-template]")) {
      const written = pre.dataset.kind === "html" ? escaped : String;
      pre.textContent = pre.dataset.template.replace(/\[\[(\w+)\]\]/g, (_, name) => written(values[name]));
    }
  }

  /** Another frame in the old one's place: a new address in the old one would be a step of the Back history. */
  function show({ address, title }) {
    const frame = byId("live").cloneNode();
    frame.src = address;
    frame.title = title;
    byId("live").replaceWith(frame);
    hold(frame);
  }

  function hold(frame) {
    byId("time").value = "";
    map = historyMapIn(frame);
    map.on("ready", ({ state }) => (byId("time").value = state.time));
    map.on("time", (time) => (byId("time").value = time));
  }

  function say(words) {
    byId("said").textContent = words;
    clearTimeout(ends);
    ends = setTimeout(() => byId("said").replaceChildren(), TOLD);
  }

  async function copy(pre) {
    try {
      await navigator.clipboard.writeText(pre.textContent);
      say("Copied.");
    } catch {
      getSelection().selectAllChildren(pre);
      say("It is selected: press Ctrl+C (⌘C on a Mac) to copy it.");
    }
  }

  for (const pre of document.querySelectorAll("pre[data-template]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy: ${pre.getAttribute("aria-label")}`);
    button.addEventListener("click", () => copy(pre));
    pre.before(button);
  }
  options(
    byId("story"),
    stories.map(({ story, title }) => [story, title]),
  );
  openChapters();
  byId("choice").addEventListener("submit", (event) => event.preventDefault());
  byId("choice").addEventListener("change", ({ target }) => {
    if (target.id === "story") openChapters();
    const values = valuesOf(chosen());
    fill(values);
    show(values);
  });
  byId("prev").addEventListener("click", () => map.prev());
  byId("next").addEventListener("click", () => map.next());
  for (const one of document.querySelectorAll("form, .try")) one.hidden = false;
  document.documentElement.classList.add("js");
  hold(byId("live"));
}
