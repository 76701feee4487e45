// What the page is asked to show: its address says so, or where it has none of its own, as in srcdoc,
// the page itself: `<html data-address="?theme=dark#ch=pact">`.

const [, query, part] = /^(\?[^#]*)?(#.*)?$/s.exec(document.documentElement.dataset.address ?? "") ?? [];

/** What follows the `?`. */
export const asked = new URLSearchParams(location.search || query);

/** What stands in the address from its `#` on, or in the page where the address has none. */
export const hashNow = () => location.hash || (part ?? "");
