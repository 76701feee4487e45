"""Cures: what to write instead of what spreadsheets and prose write."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.cures import cure
from events.when import When, WhenProblem

DAYS = "1941-12-07"


def hint(text: str) -> str:
    """The cure that the parser offers for a text that is no date."""
    with pytest.raises(WhenProblem) as caught:
        When.parse(text)
    return caught.value.hint


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("1941-12-7", DAYS),
        ("1941/12/07", DAYS),
        ("1941.12.7", DAYS),
        ("1941-25-12", "1941-12-25"),
        ("7.12.1941", DAYS),
        ("12.25.1941", "1941-12-25"),
        ("25/12/1941", "1941-12-25"),
        ("12/25/1941", "1941-12-25"),
        ("12/12/1941", "1941-12-12"),
        ("19411207", DAYS),
        ("Dec 7, 1941", DAYS),
        ("7 December 1941", DAYS),
        ("7th of Dec. 1941", DAYS),
        ("December 1941", "1941-12"),
        ("spring 1941", "1941-21"),
        ("July 15–16, 1851", "1851-07-15/1851-07-16"),
        ("Jul. 1-3 490 BC", "-0489-07-01/-0489-07-03"),
        ("1941-6", "1941-06"),
        ("12/1941", "1941-12"),
        ("1941/12", "1941-12"),
        ("1941-00-00", "1941"),
        ("1941\N{EN DASH}12\N{EN DASH}07", DAYS),
        (" 1941-12-07 ", DAYS),
        ("1941-12-07t18:25z", "1941-12-07T18:25Z"),
        ("1941-12-07 7:55-10:30", "1941-12-07T07:55-10:30"),
        ("1941-12-07T0755-1030", "1941-12-07T07:55-10:30"),
        ("1941-12-07T07:55\N{MINUS SIGN}10:30", "1941-12-07T07:55-10:30"),
        ("1941-12-07T07:55+9", "1941-12-07T07:55+09:00"),
        ("1941-12-07 18:25 UTC", "1941-12-07T18:25Z"),
        ("1939-1945", "1939/1945"),
        ("1939\N{EN DASH}45", "1939/1945"),
        ("1941/42", "1941/1942"),
        ("1941-12-07/08", "1941-12-07/1941-12-08"),
        ("1939-05-11/09-16", "1939-05-11/1939-09-16"),
        ("1941-12-07 to 1941-12-10", "1941-12-07/1941-12-10"),
        ("11 May - 16 September 1939", "1939-05-11/1939-09-16"),
        ("11-16 May 1939", "1939-05-11/1939-05-16"),
        ("1939/open", "1939/.."),
        ("unknown/1945", "/1945"),
        ("before 1941", "../1941"),
        ("after June 1941", "1941-06/.."),
        ("between June 1941 and August 1941", "[1941-06..1941-08]"),
        ("[1941-06, 1941-08]", "[1941-06,1941-08]"),
        ("c. 1941", "1941~"),
        ("circa June 1941", "1941-06~"),
        ("~1941", "1941~"),
        ("probably 1941", "1941?"),
        ("June 1941 (?)", "1941-06?"),
        ("194?", "194X"),
        ("19??", "19XX"),
        ("1941-??", "1941-XX"),
        ("1930s", "193X"),
        ("20th century", "19XX"),
        ("5th century BC", "-04XX"),
        ("490 BC", "-0489"),
        ("AD 79", "0079"),
        ("Y1941", "1941"),
    ],
)
def test_one_cure(text: str, better: str) -> None:
    """A text that can only mean one thing is put right."""
    assert hint(text) == f"write {better}"


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("12/7/1941", "write 1941-12-07 (7 December) or 1941-07-12 (12 July)"),
        ("12-7-1941", "write 1941-12-07 (7 December) or 1941-07-12 (12 July)"),
        (
            "15317",
            "write 1941-12-07 (if it is a spreadsheet's day number) or Y15317 (if it is a year)",
        ),
        ("490", "write 0490 (490 CE) or -0489 (490 BCE)"),
        ("-480", "write -0480 (481 BCE) or -0479 (480 BCE)"),
        (
            "1941-12-07T07:55",
            "write 1941-12-07T07:55Z (in UTC) or 1941-12-07T07:55+09:00 (as in Tokyo)",
        ),
        (
            "1941-12-07 07:55",
            "write 1941-12-07T07:55Z (in UTC) or 1941-12-07T07:55+09:00 (as in Tokyo)",
        ),
        ("{1941,1942}", "write [1941,1942] (if it was one of them; else give each a row)"),
    ],
)
def test_choice_of_cures(text: str, better: str) -> None:
    """A text that may mean several things gets all its readings, each with its reason."""
    assert hint(text) == better


def test_swapped_ends() -> None:
    """An interval that ends before it begins is offered the other way round."""
    assert hint("1939-09-16/1939-05-11").startswith("write 1939-05-11/1939-09-16 ")


PIECES = st.sampled_from(
    [
        "1941",
        "12",
        "7",
        "-",
        "/",
        " ",
        ".",
        "Dec",
        "to",
        "c.",
        "?",
        "BC",
        "s",
        "T",
        ":",
        "00",
        "Z",
        "..",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_nothing_is_proposed_that_the_judge_refuses(text: str) -> None:
    """The rules work on any text, and offer only what the judge lets pass."""
    assert cure(text, lambda proposal: False) == ""
    offered = cure(text, lambda proposal: proposal == "1941-12-07")
    assert offered in ("", "write 1941-12-07") or offered.startswith("write 1941-12-07 (")


@pytest.mark.parametrize("text", ["to " * 60, "1 - " * 45, "c. " * 60, "1/" * 90, "7:55 " * 39])
def test_nonsense_is_refused_quickly(text: str) -> None:
    """No text keeps the rules busy for long."""
    start = time.perf_counter()
    hint(text)
    hint(text[:79])
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    ("text", "cures"),
    [
        ("1941-12-07 to 1945", "write 1941-12-07/1945"),
        ("1941-12-07 / 1945", "write 1941-12-07/1945"),
        ("1941-12-07 through 1945", "write 1941-12-07/1945"),
        (
            "12/7/1941 to 1945",
            "write 1941-12-07/1945 (7 December) or 1941-07-12/1945 (12 July)",
        ),
        (
            "1939 to 12/7/1941",
            "write 1939/1941-12-07 (7 December) or 1939/1941-07-12 (12 July)",
        ),
    ],
)
def test_an_interval_invents_nothing(text: str, cures: str) -> None:
    """A year at the end is no time of day, and a date of two readings keeps both in an interval."""
    assert hint(text) == cures


@pytest.mark.parametrize(
    ("text", "cures"),
    [
        ("Dec-41", "write 1941-12 (in 1941) or 1841-12 (in 1841)"),
        ("7-Dec-41", "write 1941-12-07 (in 1941) or 1841-12-07 (in 1841)"),
        ("Jan-05", "write 1905-01 (in 1905) or 2005-01 (in 2005)"),
    ],
)
def test_short_dates_of_spreadsheets_name_the_century(text: str, cures: str) -> None:
    """A year of two digits is cured in the twentieth century, and the other one is said."""
    assert hint(text) == cures


def test_curly_quotes_around_a_date_go() -> None:
    """A date in a word processor's quotes is cured without them."""
    assert hint("“1941”") == "write 1941"


@pytest.mark.parametrize("text", ["1941-12-07, 1945", "7 Dec 1941 1945"])
def test_a_year_after_a_day_is_no_time(text: str) -> None:
    """Four digits that read as a year are not turned into 19:45; with a zone they are a time."""
    assert "T19:45" not in hint(text)
    assert hint(f"{text}Z") == "write 1941-12-07T19:45Z"
