"""The player's dates, `maps/player/when.js`, beside those of events/when.py: one grammar, twice."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from events.when import When, WhenProblem

MODULE = Path(__file__).parents[2] / "maps" / "player" / "when.js"
HOUR = 3_600_000
YEAR = 365.2425 * 24 * HOUR


def words(text: str) -> list[str]:
    """What stands between the spaces and line breaks."""
    return text.split()


WRITTEN = words(
    """
    1941 1941-12 1941-12-07 1941-12-07T07:55-10:30 1941-12-07T07:55:30-10:30 1941-12-07T18:25Z
    1941-12-08T00:45+07:30 1939-05-11/1939-09-16 1941-12~ 1941-12? 1941-12% 1941-XX 1941-12-XX
    1941-XX-XX 193X 19XX 193X~ 1941-21 1941-22 1941-23 1941-24 -0480-24 ../1945 1939/.. /1945 1939/
    -0480 -0489 0000 -0001 0001 -0001-12-31 -0044-03-15 -048X -04XX -00XX 00XX -000X 000X
    [1941-06..1941-08] [1941-06,1941-08] [..1941] [1941..] [1941-06,1941-08..1941-10]
    [1941-06~,1942?] Y-17000 Y17000 Y270000 Y-270000 1900-02-28 2000-02-29 -0400-02-29
    1941-06/1941-08~ 1938-07-29/1938-08-11 1941-12-07T07:55-10:30/1941-12-07T09:45-10:30
    1941/1941-12-07 9999-12-31 1941-12-31T23:59-15:59 1941-01-01T00:00+15:59
    """
)

WRONG = words(
    """
    Y999999 Y300000 Y-270001 Y01941 Y1941 -0000 -0000-01 1941-13 1941-00 1941-02-30 1900-02-29
    1941-12-00 1941-12-32 1941-25 1941-20 1941-12-7 1941-1-07 41 941 19411 1941-12-07T24:00Z
    1941-12-07T18:60Z 1941-12-07T18:25:60Z 1941-12-07T18:25 1941-12-07T18Z 1941-12-07T18:25+16:00
    1941-12-07T18:25+99:99 1941-12-07T18:25+0730 1941-12-07T18:25z 1941-12-07t18:25Z
    1941-12-07T18:25:30.5Z 1941-12-07T18:25:30 12/7/1941 7.12.1941 1941/12/07
    1941-12-07/1941-12-06 ../.. / /.. ../ .. [] [..] [,] [1941,] [1941..1940] [1941..1942..1943]
    [1941 1941] 1941/1942/1943 193X-05 193X-XX 19XX-XX-XX 193X-XX-07 1941-XX-07 1941-1X 1X41 XXXX
    19X1 1941-X 19?41 1941-?12 ?1941 1941~? 1941?? 1941-12~-07 ~1941-12 1941-12-07Z 1941-12Z ١٩٤١
    1941-12-07T1٨:25Z NaN Infinity 0 null undefined true [1941 1941] {1941} 1941-12-XXT18:25Z
    1941-06..1941-08 1941,1942 1941-12-07T-8:00Z +1941 1e3 0x7A5
    """
)
SPACED = ["", " ", "[1941, 1942]", "Dec 7, 1941", "7 December 1941", "1941 - 1942", "1941-12 -07"]

READ = """async ([source, texts]) => {
    const { readMoment } = await import(source);
    return texts.map(text => {
        const found = readMoment(text);
        return found && [found.first, found.last].map(end => (Number.isFinite(end) ? end : null));
    });
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A blank page, in a zone and a language that lead astray whoever listens to them."""
    context = browser.new_context(
        offline=True, timezone_id="Pacific/Kiritimati", locale="ar-EG", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def source(page: Page) -> str:
    """The module's address, for `import` in that page; what it imports stands in it."""
    modules = [MODULE.with_name("numbers.js"), MODULE]
    text = "\n".join(module.read_text(encoding="utf-8") for module in modules)
    return page.evaluate(
        "text => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))",
        re.sub(r"^import .*", "", text, flags=re.MULTILINE),
    )


def made_up(count: int) -> list[str]:
    """Texts of the grammar and texts that are nearly of it: always the same ones."""
    pick = random.Random(19411207)

    def year() -> str:
        number = pick.choice([pick.randint(-9999, 9999), pick.randint(1900, 1950)])
        return f"-{-number:04}" if number < 0 else f"{number:04}"

    def date() -> str:
        text = year()
        month, day = pick.randint(0, 14), pick.randint(0, 32)
        zone = pick.choice(["Z", "-10:30", "+07:30", "+09:00", "-00:00", "+15:59", ""])
        clock = f"T{pick.randint(0, 24):02}:{pick.randint(0, 60):02}"
        forms = [
            text,
            f"{text}-{month:02}",
            f"{text}-{month:02}-{day:02}",
            f"{text}-{month:02}-{day:02}{clock}{zone}",
            f"{text}-{month:02}-{day:02}{clock}:{pick.randint(0, 60):02}{zone}",
            f"{text}-{pick.randint(20, 25)}",
            f"{text[:-1]}X",
            f"{text[:-2]}XX",
            f"{text}-XX",
            f"{text}-{month:02}-XX",
            f"Y{pick.choice(['', '-'])}{pick.randint(1000, 400_000)}",
        ]
        return pick.choice(forms) + pick.choice(["", "", "", "~", "?", "%"])

    def text() -> str:
        a, b = date(), date()
        c = pick.choice(["", "..", date()])
        forms = [a, a, a, f"{a}/{b}", f"{a}/{c}", f"{c}/{a}", f"[{a},{b}]", f"[{a}..{b}]"]
        forms += [f"[..{a}]", f"[{a}..]", f"[{a},{b}..{c}]"]
        found = pick.choice(forms)
        if pick.random() < 0.2:  # a slip of the pen
            at = pick.randrange(len(found))
            found = found[:at] + pick.choice("-0X/.~T:Z[],9") + found[at + pick.choice([0, 1]) :]
        return found

    return [text() for _ in range(count)]


def by_python(text: str) -> list[int | None] | None:
    """First and last instant of a text, None for an open end; None if it is no time."""
    try:
        when = When.parse(text)
    except WhenProblem:
        return None
    return [when.first, when.last]


def in_browser(page: Page, source: str, texts: list[str]) -> list[list[int | None] | None]:
    """The same by the player."""
    return page.evaluate(READ, [source, texts])


def disagreements(page: Page, source: str, texts: list[str]) -> list[str]:
    """What the two readers read differently."""
    return [
        f"{text!r}: events/when.py reads {ours}, when.js {theirs}"
        for text, ours, theirs in zip(
            texts, map(by_python, texts), in_browser(page, source, texts), strict=True
        )
        if ours != theirs
    ]


def test_both_readers_read_the_grammar_alike(page: Page, source: str) -> None:
    """Each form of date has the same first and last instant in Python and in the browser."""
    assert all(by_python(text) for text in WRITTEN)
    assert disagreements(page, source, WRITTEN) == []


def test_both_readers_refuse_the_same_texts(page: Page, source: str) -> None:
    """What the tables may not say, `seek` does not take either."""
    assert not any(by_python(text) for text in WRONG + SPACED)
    assert disagreements(page, source, WRONG + SPACED) == []


def test_both_readers_agree_on_made_up_texts(page: Page, source: str) -> None:
    """Over a thousand texts, sound or with a slip, the two readers never disagree."""
    texts = made_up(1500)
    assert sum(by_python(text) is not None for text in texts) > 400
    assert sum(by_python(text) is None for text in texts) > 200
    assert disagreements(page, source, texts) == []


def test_days_months_and_years_have_the_same_names(page: Page, source: str) -> None:
    """A day, a month or a year is called the same in the tables' labels and in the caption."""
    pick = random.Random(490)
    texts = ["0000", "-0001", "0001", "0999", "1000", "-0479-09", "-0489-09-12", "0800-12-25"]
    texts += ["Y-17000", "Y17000", "-9999-01-01", "9999-12-31", "1941-12-07", "1941-12", "1941"]
    for _ in range(200):
        number = pick.randint(-3000, 2100)
        year = f"-{-number:04}" if number < 0 else f"{number:04}"
        texts += [year, f"{year}-{pick.randint(1, 12):02}"]
        texts += [f"{year}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"]
    called = page.evaluate(
        """async ([source, texts]) => {
            const { describe, readMoment } = await import(source);
            return texts.map(text => describe(readMoment(text)).date);
        }""",
        [source, texts],
    )
    assert called == [When.parse(text).label for text in texts]


def test_what_is_written_is_read_again(page: Page, source: str) -> None:
    """The address that a moment is written as names that very moment."""
    spans = [by_python(text) for text in WRITTEN + made_up(300)]
    whole = [span for span in spans if span and None not in span]
    again = page.evaluate(
        """async ([source, spans]) => {
            const { readMoment, written } = await import(source);
            return spans.map(([first, last]) => {
                const text = written({ first, last });
                const found = readMoment(text);
                return found && first % 60000 === 0 ? [found.first, found.last] : text;
            });
        }""",
        [source, whole],
    )
    minutes = [(span, back) for span, back in zip(whole, again, strict=True) if _whole(span)]
    assert len(minutes) > 100
    assert [pair for pair in minutes if pair[0] != pair[1]] == []


def _whole(span: list[int | None]) -> bool:
    """Whether a span is made of whole minutes, which is what an address can hold."""
    first, last = span
    return first is not None and last is not None and first % 60_000 == 0 == (last + 1) % 60_000


@pytest.mark.parametrize("pixels", [300, 700, 1240, 1880])
@pytest.mark.parametrize("begins", ["1941-12-07T05:30Z", "-0489-09-12", "-9999-05", "0001-01-01"])
def test_ticks_are_few_and_in_order(page: Page, source: str, begins: str, pixels: int) -> None:
    """From an hour to 12,000 years an axis has labelled ticks, far enough apart, in order."""
    first = When.parse(begins).moment[0]
    lengths = [HOUR, 7 * HOUR, 24 * HOUR, 5 * 24 * HOUR, 30 * 24 * HOUR, 200 * 24 * HOUR]
    lengths += [YEAR * years for years in (1, 3, 10, 42, 137, 480, 1000, 2340, 5000, 12_000)]
    found = scales(page, source, first, lengths, pixels)
    for length, scale in zip(lengths, found, strict=True):
        places = [tick["at"] for tick in scale["ticks"]]
        apart = [(b - a) / length * pixels for a, b in pairwise(places)]
        assert 1 <= len(places) <= pixels / 40, (length, scale)
        assert all(gap > 40 for gap in apart), (length, scale)
        assert first <= places[0] <= places[-1] <= first + length
        assert all(tick["label"] for tick in scale["ticks"])


def scales(
    page: Page, source: str, first: int, lengths: list[float], pixels: int
) -> list[dict[str, Any]]:
    """The ticks of axes that begin at an instant and are so many milliseconds long."""
    return page.evaluate(
        """async ([source, first, lengths, pixels]) => {
            const { ticks } = await import(source);
            return lengths.map(length => ticks(first, first + length, pixels, 76));
        }""",
        [source, first, lengths, pixels],
    )


def test_units_begin_and_end_where_the_calendar_says(page: Page, source: str) -> None:
    """Stepping by month or year over the beginning of our era leaves no gap and no overlap."""
    for unit in ("hour", "day", "week", "month", "year", "decade", "century"):
        spans = page.evaluate(
            """async ([source, unit, at]) => {
                const { spanOf } = await import(source);
                return Array.from({ length: 40 }, (_, by) => spanOf(at, unit, by - 20));
            }""",
            [source, unit, When.parse("0000-12-31T23:30Z").first],
        )
        assert all(a["last"] + 1 == b["first"] for a, b in pairwise(spans)), unit
        assert all(span["first"] <= span["last"] for span in spans)
