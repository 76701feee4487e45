// Paper: whatever the theme on the screen, a print is light, its sea and land white.

const paper = matchMedia("print");

/** Dresses the page for paper while it is printed, and calls so that what is painted is painted anew. */
export function onPaper(repaint) {
  const root = document.documentElement;
  let theme;
  paper.addEventListener("change", () => {
    root.classList.toggle("on-paper", paper.matches);
    if (paper.matches) {
      theme = root.dataset.theme;
      root.dataset.theme = "light";
    } else if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    repaint();
  });
}
