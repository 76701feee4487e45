"""Dates of the wild: read where they can mean one thing, refused with the choices where not."""

from __future__ import annotations

import pytest

from events.habits import ASTRONOMICAL, BCE, DAY_FIRST, MONTH_FIRST
from events.imports.dates import Habits, Reading, read_parts, read_span, read_when
from events.when import WhenProblem

NOBODY_SAID = Habits()


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("1941-12-07", "1941-12-07"),
        ("July 15–16, 1851", "1851-07-15/1851-07-16"),
        ("25/12/1914", "1914-12-25"),
        ("7/7/1914", "1914-07-07"),
        ("c. 1200", "1200~"),
        ("spring 1942", "1942-21"),
        ("12 July 1943", "1943-07-12"),
        ("1943.07.12", "1943-07-12"),
        ("1914-1918", "1914/1918"),
        ("1939–45", "1939/1945"),
        ("15 March 44 BC", "-0043-03-15"),
        ("June 28, 1914 - November 11, 1918", "1914-06-28/1918-11-11"),
        ("+1941-12-07T00:00:00Z", "1941-12-07"),
        ("1941-12-07 00:00:00", "1941-12-07"),
        ("1941-12-07T07:55-10:30", "1941-12-07T07:55-10:30"),
        ("1941-12-07 07:55:00 -1030", "1941-12-07T07:55:00-10:30"),
        ("4 July 1863 2:30 PM Z", "1863-07-04T14:30Z"),
        ("509", "0509"),
        ("before 1200", "../1200"),
        ("after 1945", "1945/.."),
        ("to 1868", "../1868"),
        ("between 1941 and 1943", "[1941..1943]"),
        ("the 1930s", "193X"),
        ("19th century", "18XX"),
        ("Sunday, December 7, 1941", "1941-12-07"),
        ("Thu Dec 07 1941", "1941-12-07"),
        ("1/1/1979 0:00", "1979-01-01"),
        ("1941-12-07T00:00:00+09:00", "1941-12-07T00:00:00+09:00"),
    ],
)
def test_what_means_one_thing_is_read(text: str, when: str) -> None:
    """Nobody has to say anything of such a file."""
    assert read_when(text, NOBODY_SAID).text == when


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("8/7/1914", ("1914-08-07 (7 August)", "1914-07-08 (8 July)", "--day-first")),
        ("8/7/1914 10:00", ("1914-08-07", "1914-07-08", "--month-first")),
        ("-509", ("-0509 (510 BCE)", "-0508 (509 BCE)", "--bce")),
        ("12 Jul 43", ("1943-07-12", "1843-07-12")),
        ("44197", ("2021-01-01", "Y44197")),
    ],
)
def test_what_may_mean_several_is_refused(text: str, choices: tuple[str, ...]) -> None:
    """The refusal names each reading, and the option that chooses for all rows."""
    with pytest.raises(WhenProblem) as refused:
        read_when(text, NOBODY_SAID)
    assert refused.value.message == "can be read in several ways"
    assert all(choice in refused.value.hint for choice in choices)


@pytest.mark.parametrize("text", ["mid-war", "?", "1941-13-40", "soon, 1941", "x" * 300])
def test_what_means_nothing_is_refused(text: str) -> None:
    """No date is made up."""
    with pytest.raises(WhenProblem):
        read_when(text, NOBODY_SAID)


@pytest.mark.parametrize(
    ("text", "habit", "when"),
    [
        ("8/7/1914", DAY_FIRST, "1914-07-08"),
        ("8/7/1914", MONTH_FIRST, "1914-08-07"),
        ("25/12/1914", MONTH_FIRST, "1914-12-25"),
        ("8/7/1914 - 9/7/1914", DAY_FIRST, "1914-07-08/1914-07-09"),
        ("-509", BCE, "-0508"),
        ("-509", ASTRONOMICAL, "-0509"),
        ("-0509-07", BCE, "-0508-07"),
        ("-1", BCE, "0000"),
    ],
)
def test_a_habit_chooses(text: str, habit: str, when: str) -> None:
    """What somebody says of a file is used where the text leaves the choice, and only there."""
    assert read_when(text, Habits((habit,))).text == when


def test_an_hour_needs_a_zone() -> None:
    """Without one the day alone is read, and that is said; with one the hour is read too."""
    text = "1600-07-02T14:30:00"
    assert read_when(text, NOBODY_SAID) == Reading("1600-07-02", hourless=True)
    assert read_when(text, Habits(zone="+09:00")) == Reading(f"{text}+09:00")


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("early 1942", "1942"),
        ("late 1941", "1941"),
        ("mid-1942", "1942"),
        ("mid-July 1943", "1943-07"),
        ("end of July 1943", "1943-07"),
        ("early 1940s", "194X"),
        ("late 19th century", "18XX"),
        ("late 1941 – early 1942", "1941/1942"),
    ],
)
def test_a_part_that_nobody_can_measure_is_left_out(text: str, when: str) -> None:
    """Early 1942 lies in 1942; where it ends nobody can tell, and that it was early is said."""
    assert read_when(text, NOBODY_SAID) == Reading(when, whole=True)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("1564184363", "2019-07-26T23:39:23Z"),
        ("1564184363000", "2019-07-26T23:39:23Z"),
        ("-864777600000", "1942-08-07"),
        ("194112070755", None),
    ],
)
def test_computers_count_from_1970(text: str, when: str | None) -> None:
    """Seconds or milliseconds; what may be a date without signs between its parts is neither."""
    if when is None:
        with pytest.raises(WhenProblem):
            read_when(text, NOBODY_SAID)
    else:
        assert read_when(text, NOBODY_SAID).text == when


def test_two_cells_make_a_span() -> None:
    """The same twice is one time; an end alone is open before; an end before the start is wrong."""
    assert read_span("1914-07-28", "11 November 1918", NOBODY_SAID).text == "1914-07-28/1918-11-11"
    assert read_span("1914", "1914", NOBODY_SAID).text == "1914"
    assert read_span("", "1918", NOBODY_SAID).text == "../1918"
    with pytest.raises(WhenProblem):
        read_span("1918", "1914", NOBODY_SAID)


@pytest.mark.parametrize(
    ("parts", "when"),
    [
        (("1941", "12", "7", ""), "1941-12-07"),
        (("1941", "12", "7", "13:30 Z"), "1941-12-07T13:30Z"),
        (("1941", "12", "", ""), "1941-12"),
        (("1941.0", "", "", ""), "1941"),
        (("1941", "December", "7", ""), "1941-12-07"),
        (("-490", "9", "", ""), "-0489-09"),
    ],
)
def test_four_cells_make_a_date(parts: tuple[str, str, str, str], when: str) -> None:
    """Year, month, day and clock in columns of their own, the month also as a word."""
    assert read_parts(parts, Habits(years=(BCE,))).text == when
