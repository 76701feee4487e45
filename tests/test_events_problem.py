"""Problems: one line each for people, one object each for machines."""

import pytest

from events.problem import Problem, did_you_mean, nearest

EVENTS = "events/tables/events.csv"
CURE = "write 1941-12-07"
NO_DATE = "is not a date in ISO 8601 or EDTF"


def test_line_for_people() -> None:
    """A problem reads as path, line, column, cell, fault and cure."""
    problem = Problem(EVENTS, 14, "when", "12/7/1941", NO_DATE, CURE)
    assert str(problem) == f"{EVENTS}:14:when: '12/7/1941' {NO_DATE}; {CURE}"


def test_parts_that_do_not_apply_are_left_out() -> None:
    """A problem of a whole file has neither line nor column nor cell nor, perhaps, a cure."""
    assert str(Problem(EVENTS, None, None, None, "is empty", "")) == f"{EVENTS}: is empty"


def test_warning_says_so() -> None:
    """A warning is marked as one."""
    problem = Problem(EVENTS, 2, "lat", "0", "is odd", "", "warning")
    assert str(problem) == f"{EVENTS}:2:lat: warning: '0' is odd"


def test_json_keeps_the_order_of_the_contract_and_the_whole_value() -> None:
    """The JSON object has the contract's keys in its order, the value unescaped and whole."""
    value = "\u202e" + "x" * 200
    record = Problem(EVENTS, 14, "when", value, NO_DATE, CURE).as_json()
    assert list(record) == ["severity", "path", "line", "column", "value", "message", "hint"]
    assert record["value"] == value


@pytest.mark.parametrize("char", ["\0", "\x1b", "\n", "\u202e", "\u2066", "\u200b", "\u2028"])
def test_control_and_bidi_characters_are_escaped(char: str) -> None:
    """No cell can move the cursor, turn the line or hide in it."""
    text = str(Problem(EVENTS, 3, "title", f"a{char}b", "is not a title", ""))
    assert char not in text
    assert "a\\" in text


def test_long_values_are_shortened() -> None:
    """A long cell does not flood the terminal."""
    assert len(str(Problem(EVENTS, 3, "title", "x" * 5000, "is long", ""))) < 150


def test_problems_sort_by_place() -> None:
    """Problems are ordered by file, line and column; those of a whole file come first."""
    places = [("a", None, None), ("a", 2, "lat"), ("a", 2, "when"), ("a", 10, "id"), ("b", 1, "id")]
    problems = [Problem(path, line, column, None, "x", "") for path, line, column in places]
    shuffled = [problems[at] for at in (3, 0, 4, 2, 1)]
    assert sorted(shuffled) == problems


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("nrth", "north"),
        ("NORTH", "north"),
        ("sout", "south"),
        ("latitude", "lat"),
        ("zzz", None),
        ("nope", None),
        ("", None),
    ],
)
def test_nearest_word(word: str, meant: str | None) -> None:
    """The nearest known word is found across typing errors and case, and only if it is near."""
    assert nearest(word, ["north", "south", "lat", "konoe3"]) == meant


def test_did_you_mean_falls_back() -> None:
    """Without a near word the other hint stands."""
    assert did_you_mean("nrth", ["north"], "choose one") == "did you mean north?"
    assert did_you_mean("zzz", ["north"], "choose one") == "choose one"
