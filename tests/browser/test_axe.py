"""What axe-core finds in the page: nothing, at desk and phone, light and dark, whatever is open."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import pytest
from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
FOUND = """async rules => {
    const { violations, passes } = await axe.run(rules.length ? { runOnly: rules } : {});
    const nodes = list => list.flatMap(rule => rule.nodes.map(node => ({ rule, node })));
    return {
        asked: nodes(passes).length,
        faults: nodes(violations).map(
            ({ rule, node }) => `${rule.id}: ${node.target} ${node.failureSummary}`),
    };
}"""
ALL: list[str] = []
# Of colours axe says nothing while the map is there: it takes the parts of the map that are cut
# off at its frame to lie upon everything else. What is written on the map is measured elsewhere.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
HIDE = "document.querySelectorAll('.map-frame').forEach(one => one.style.visibility = 'hidden')"
MODAL = "document.querySelector('dialog[open]') !== null"
UNCOVER = """(() => {
    const dialog = document.querySelector("dialog[open]");
    dialog?.close();
    dialog?.show();
})()"""
# What is open, and the script that opens it from a page on which only the story stands open.
STATES = {
    "story": "",
    "nothing": "document.querySelector('#card .close').click()",
    "card": "historyMap.select('pearl-harbor')",
    "planned": "historyMap.select('kantokuen-103')",
    "numbers": "document.getElementById('show-charts').click()",
    "more numbers": """document.getElementById('show-charts').click();
        document.querySelector('.more-charts').click()""",
    "tables": """document.getElementById('show-charts').click();
        document.querySelector('.charts-foot [aria-haspopup]').click()""",
    "layers": "document.getElementById('show-layers').click()",
    # From its top: in a list that has been scrolled on a phone axe loses its way, and says nothing.
    "list": """historyMap.seek(historyMap.scene.span[0]);
        document.getElementById('show-list').click()""",
    "filters": """(async () => {
        historyMap.seek(historyMap.scene.span[0]);
        document.getElementById("show-list").click();
        const facets = document.querySelector(".facets");
        facets.open = true;
        await new Promise(done => facets.addEventListener("toggle", done, { once: true }));
        document.querySelector(".value input").click();
    })()""",
    "changes": """(async () => {
        document.getElementById("show-list").click();
        const since = document.querySelector(".since");
        const rest = async when => {
            historyMap.seek(when);
            while (since.dataset.at !== when) await new Promise(requestAnimationFrame);
        };
        await rest("1941-12-07");
        since.open = true;
        await rest("1942-02-16");
    })()""",
    "playing": "historyMap.play()",
    "two dates": "historyMap.compare('1941-06-22')",
    "side by side": "historyMap.compare('1941-06-22', 'side')",
    "inset": "historyMap.chapter('malaya-hawaii')",
    "help": "document.getElementById('help').click()",
    "share": "document.getElementById('share').click()",
    "how to play": "document.getElementById('show-timing').click()",
    "more": "document.getElementById('show-more').click()",
    "wrong date": """(() => {
        const field = document.getElementById("when");
        field.value = "5 May";
        field.dispatchEvent(new Event("change"));
    })()""",
}


@pytest.fixture(scope="module", params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, shared_page: Callable[..., Page]) -> Page:
    """The shipped map with axe in it, which the page's policy would not let in."""
    width, height = request.param
    options = {"viewport": {"width": width, "height": height}, "has_touch": width < 600}
    opened = shared_page("two-directions.html#t=1941-12-07", bypass_csp=True, **options)
    opened.evaluate(AXE)
    return opened


def faults(page: Page, rules: list[str], at_least: int = 1) -> list[str]:
    """What axe finds on the page as it is, by these rules or all; it must have looked at some."""
    found = page.evaluate(FOUND, rules)
    assert found["asked"] >= at_least
    return found["faults"]


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(page: Page, state: str) -> None:
    """No rule of axe-core is broken in any state of the page; words can be read in both themes."""
    page.reload()
    page.evaluate(AXE)
    page.evaluate(STATES[state])
    modal = page.evaluate(MODAL)  # the page below it is out of reach, and colours cannot be told
    assert faults(page, ALL, at_least=30 if modal else 100) == []
    page.evaluate(HIDE)
    page.evaluate(UNCOVER)
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        assert faults(page, OF_COLOUR, at_least=10) == [], theme


def test_axe_finds_nothing_in_the_index(shared_page: Callable[..., Page]) -> None:
    """The page that lists the maps breaks no rule either."""
    index = shared_page("index.html", ready=False, bypass_csp=True)
    index.evaluate(AXE)
    assert faults(index, ALL) == []


def test_axe_would_find_a_fault(page: Page) -> None:
    """A button without a name, and grey words on grey, are found: the silence means something."""
    page.reload()
    page.evaluate(AXE)
    page.evaluate(HIDE)
    page.evaluate(
        """() => {
            const words = document.createElement("p");
            words.textContent = "hardly to be read";
            words.style.cssText = "color: #bbb; background: #ccc; flex: none";
            document.querySelector(".controls").prepend(document.createElement("button"), words);
        }"""
    )
    assert any(fault.startswith("button-name") for fault in faults(page, ALL))
    assert any(fault.startswith("color-contrast") for fault in faults(page, OF_COLOUR))
