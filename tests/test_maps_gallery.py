"""The index page lists every map, and nothing in it can run or call out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from events.when import When
from maps.gallery import render_gallery
from maps.story import Story, read_stories

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} & \"quotes\" 'too' </title>"


def stories(project: Path) -> list[Story]:
    """The stories of the five-event war."""
    found, problems = read_stories(project)
    assert not problems
    return found


def test_each_map_is_listed_with_title_time_and_first_words(project: Path) -> None:
    """A map's entry links to its page and holds its title, span, events and introduction."""
    page = render_gallery(stories(project), [])
    assert '<a href="two-lamps.html">' in page
    assert "The War of the Two Lamps" in page
    assert "1887 · 0 events" in page
    assert "A war that never was, between two lighthouses" in page
    assert "ANON1890" not in page


def test_hostile_text_is_shown_as_it_is(project: Path) -> None:
    """HTML and Jinja in a title or an introduction are escaped, and seven times seven stays so."""
    (story,) = stories(project)
    hostile = replace(story, title=HOSTILE, text=[{"tag": "p", "kids": [HOSTILE]}])
    page = render_gallery([hostile], [])
    assert "<script" not in page
    assert page.count("{{ 7*7 }}") == 2
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


def test_the_policy_allows_one_style_and_nothing_else(project: Path) -> None:
    """The page's own policy names the hash of its one style, no script and no network."""
    page = render_gallery(stories(project), [])
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "default-src &#x27;none&#x27;" in policy[1]
    assert policy[1].count("sha256-") == 1
    assert "://" not in page


def test_an_empty_gallery_is_a_page_too() -> None:
    """Without any story the index is still whole."""
    assert render_gallery([], []).endswith("</html>\n")


def test_maps_stand_in_the_order_of_their_stories(project: Path) -> None:
    """The order given is the order listed."""
    (story,) = stories(project)
    other = replace(story, slug="other", title="Other", span=When.parse("1850"))
    page = render_gallery([other, story], [])
    assert page.index("other.html") < page.index("two-lamps.html")


def test_the_index_opens_without_a_network_at_any_width(open_page: Callable[..., Any]) -> None:
    """From disk, light or dark, wide or narrow: no request, no error, nothing beyond the edge."""
    for width, scheme in ((1440, "light"), (320, "dark")):
        page = open_page(
            "index.html",
            ready=False,
            viewport={"width": width, "height": 700},
            color_scheme=scheme,
        )
        assert page.locator("main a").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
