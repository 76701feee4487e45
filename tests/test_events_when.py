"""When: what a written time covers, how sure it is and how it is read aloud."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from events.civil import DAY_MS, day_number, days_in_month
from events.when import When, WhenProblem

YEARS = st.integers(-9999, 9999)
DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
INSTANTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
OFFSETS = st.integers(-15 * 60 - 59, 15 * 60 + 59)
EDTF_LIKE = st.text(alphabet="0123456789-/.TZXY+:~?%[],", max_size=30)
DATE_LIKE = st.from_regex(
    r"-?[0-9]{4}(-[0-3][0-9X]){0,2}(T[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)?[~?%]?",
    fullmatch=True,
)


def iso_year(year: int) -> str:
    """An astronomical year in four digits."""
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def epoch_ms(text: str) -> int:
    """Milliseconds since 1970 of an ISO time that datetime can read."""
    return round(datetime.fromisoformat(text).timestamp()) * 1000


# Spans


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1941", "1941-01-01T00:00Z", "1942-01-01T00:00Z"),
        ("1941-12", "1941-12-01T00:00Z", "1942-01-01T00:00Z"),
        ("1940-02", "1940-02-01T00:00Z", "1940-03-01T00:00Z"),
        ("1941-12-07", "1941-12-07T00:00Z", "1941-12-08T00:00Z"),
        ("1941-12-07T18:25Z", "1941-12-07T18:25Z", "1941-12-07T18:26Z"),
        ("1941-12-07T07:55-10:30", "1941-12-07T18:25Z", "1941-12-07T18:26Z"),
        ("1941-12-08T00:45+07:30", "1941-12-07T17:15Z", "1941-12-07T17:16Z"),
        ("1945-08-08T15:10:07Z", "1945-08-08T15:10:07Z", "1945-08-08T15:10:08Z"),
        ("1939-05-11/1939-09-16", "1939-05-11T00:00Z", "1939-09-17T00:00Z"),
        ("1939-05-11/1939", "1939-05-11T00:00Z", "1940-01-01T00:00Z"),
        ("193X", "1930-01-01T00:00Z", "1940-01-01T00:00Z"),
        ("19XX", "1900-01-01T00:00Z", "2000-01-01T00:00Z"),
        ("1941-XX", "1941-01-01T00:00Z", "1942-01-01T00:00Z"),
        ("1941-XX-XX", "1941-01-01T00:00Z", "1942-01-01T00:00Z"),
        ("1941-12-XX", "1941-12-01T00:00Z", "1942-01-01T00:00Z"),
        ("1941-21", "1941-03-01T00:00Z", "1941-06-01T00:00Z"),
        ("1941-22", "1941-06-01T00:00Z", "1941-09-01T00:00Z"),
        ("1941-23", "1941-09-01T00:00Z", "1941-12-01T00:00Z"),
        ("1941-24", "1941-12-01T00:00Z", "1942-03-01T00:00Z"),
        ("1941-12~", "1941-12-01T00:00Z", "1942-01-01T00:00Z"),
        ("[1941-06..1941-08]", "1941-06-01T00:00Z", "1941-09-01T00:00Z"),
        ("[1941-06,1941-08]", "1941-06-01T00:00Z", "1941-09-01T00:00Z"),
        ("[1941-08,1941-06]", "1941-06-01T00:00Z", "1941-09-01T00:00Z"),
    ],
)
def test_span(text: str, first: str, last: str) -> None:
    """A time covers its whole unit, up to a millisecond before the next one begins."""
    when = When.parse(text)
    assert (when.first, when.last) == (epoch_ms(first), epoch_ms(last) - 1)


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("0000", (0, 1), (1, 1)),
        ("-0479", (-479, 1), (-478, 1)),
        ("-0479-09", (-479, 9), (-479, 10)),
        ("-048X", (-489, 1), (-479, 1)),
        ("-04XX", (-499, 1), (-399, 1)),
        ("000X", (0, 1), (10, 1)),
        ("Y17000", (17000, 1), (17001, 1)),
        ("Y-17000", (-17000, 1), (-16999, 1)),
        ("-0479-24", (-479, 12), (-478, 3)),
    ],
)
def test_span_of_years_that_datetime_does_not_know(
    text: str, first: tuple[int, int], end: tuple[int, int]
) -> None:
    """Astronomical and far years are counted like any others."""
    when = When.parse(text)
    assert when.first == day_number(*first) * DAY_MS
    assert when.last == day_number(*end) * DAY_MS - 1


@pytest.mark.parametrize(
    ("text", "first_is_open", "last_is_open"),
    [
        ("1939/..", False, True),
        ("1939/", False, True),
        ("../1945", True, False),
        ("/1945", True, False),
        ("[..1941]", True, False),
        ("[1941..]", False, True),
        ("[1939,1941..]", False, True),
        ("[..1939,1941]", True, False),
    ],
)
def test_open_ends(text: str, first_is_open: bool, last_is_open: bool) -> None:
    """An end that is open or unknown has no instant."""
    when = When.parse(text)
    assert (when.first is None, when.last is None) == (first_is_open, last_is_open)


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("1941-12-07", "1941-12-07"),
        ("1939-05-11/1939-09-16", "1939-05-11"),
        ("1939/..", "1939"),
        ("../1945-09-02", "1945-09-02"),
        ("/1945-09-02", "1945-09-02"),
        ("[1941-06..1941-08]", "1941-06"),
        ("[..1941]", "1941"),
    ],
)
def test_moment_is_the_first_bounded_end(text: str, opening: str) -> None:
    """A map opens at the first end of a time that has an instant."""
    end = When.parse(opening)
    assert When.parse(text).moment == (end.first, end.last)


# Precision and certainty


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("1945-08-08T15:10:00Z", "second"),
        ("1941-12-07T18:25Z", "minute"),
        ("1941-12-07", "day"),
        ("1941-12", "month"),
        ("1941-12-XX", "month"),
        ("1941-21", "season"),
        ("1941", "year"),
        ("1941-XX", "year"),
        ("Y-17000", "year"),
        ("193X", "decade"),
        ("19XX", "century"),
        ("1945-08-08T15:10Z/1945-09-02", "day"),
        ("1939-05/1939", "year"),
        ("1939-05-11/..", "day"),
    ],
)
def test_precision(text: str, precision: str) -> None:
    """Precision is the unit of the coarsest date."""
    assert When.parse(text).precision == precision


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("1941-12-07", "certain"),
        ("193X", "certain"),
        ("1941-12-XX", "certain"),
        ("1941~", "less-certain"),
        ("1941?", "uncertain"),
        ("1941%", "uncertain"),
        ("1939/1941~", "less-certain"),
        ("1939?/1941~", "uncertain"),
        ("[1941-06,1941-08]", "less-certain"),
        ("[1941-06?,1941-08]", "uncertain"),
    ],
)
def test_certainty(text: str, certainty: str) -> None:
    """A qualifier lowers certainty, unspecified digits do not, and the least sure end decides."""
    assert When.parse(text).certainty == certainty


# Labels


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("1941-12-07", "7 December 1941"),
        ("1941-12", "December 1941"),
        ("1941", "1941"),
        ("193X", "1930s"),
        ("19XX", "20th century"),
        ("20XX", "21st century"),
        ("10XX", "11th century"),
        ("1941-21", "spring 1941"),
        ("1941-24", "winter 1941–42"),
        ("1999-24", "winter 1999–2000"),
        ("1941-XX", "a month in 1941"),
        ("1941-XX-XX", "a day in 1941"),
        ("1941-12-XX", "a day in December 1941"),
        ("1939-05-11/1939-09-16", "11 May – 16 September 1939"),
        ("1939-08-20/1939-08-31", "20–31 August 1939"),
        ("1938-07-29/1940-08-11", "29 July 1938 – 11 August 1940"),
        ("1941-06/1941-08", "June–August 1941"),
        ("1939/1945", "1939–1945"),
        ("1939/1939", "1939"),
        ("1939-05/1939", "May 1939 – 1939"),
        ("18XX/19XX", "19th–20th century"),
        ("1941-12-07T07:55-10:30", "7 December 1941, 07:55 (UTC−10:30)"),
        ("1941-12-07T18:25Z", "7 December 1941, 18:25 (UTC)"),
        ("1941-12-07T18:25+00:00", "7 December 1941, 18:25 (UTC)"),
        ("1931-09-18T22:20+09:00~", "c. 18 September 1931, 22:20 (UTC+09:00)"),
        (
            "1941-12-07T07:55-10:30/1941-12-07T09:45-10:30",
            "7 December 1941, 07:55–09:45 (UTC−10:30)",
        ),
        ("1941-12-08T00:45+07:30/1941-12-08", "8 December 1941, from 00:45 (UTC+07:30)"),
        (
            "1941-12-07T23:55-10:30/1941-12-08T01:00-10:30",
            "7 December 1941, 23:55 – 8 December 1941, 01:00 (UTC−10:30)",
        ),
        (
            "1941-12-07T07:55Z/1941-12-08T07:55Z",
            "7 December 1941, 07:55 – 8 December 1941, 07:55 (UTC)",
        ),
        ("1945-08-08T15:10Z/1945-09-02", "8 August 1945, 15:10 (UTC) – 2 September 1945"),
        ("1941-06~", "c. June 1941"),
        ("1941-06?", "June 1941 (uncertain)"),
        ("1941-06%", "c. June 1941 (uncertain)"),
        ("1984~/2004~", "c. 1984 – c. 2004"),
        ("1939/..", "from 1939"),
        ("../1945", "until 1945"),
        ("1939/", "from 1939, end unknown"),
        ("/1945", "until 1945, start unknown"),
        ("[1941-06..1941-08]", "between June and August 1941"),
        ("[1941-06,1941-08]", "June or August 1941"),
        ("[1941-06,1941-07,1941-08]", "June, July or August 1941"),
        ("[1667,1668,1670..1672]", "1667, 1668 or 1670–1672"),
        ("[..1941]", "1941 or earlier"),
        ("[1941..]", "1941 or later"),
        ("-0479", "480 BCE"),
        ("0000", "1 BCE"),
        ("0079-08-24", "24 August 79 CE"),
        ("-0489/-0479", "490–480 BCE"),
        ("-048X", "490–481 BCE"),
        ("-04XX", "5th century BCE"),
        ("00XX", "1st century CE"),
        ("000X", "1 BCE – 9 CE"),
        ("Y-17000", "17,001 BCE"),
    ],
)
def test_label(text: str, label: str) -> None:
    """A label is finished English with an en dash for spans and a true minus in offsets."""
    assert When.parse(text).label == label


# What is refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("soon", "is not a date in ISO 8601 or EDTF"),
        ("12/7/1941", "is not a date in ISO 8601 or EDTF"),
        ("1941-02-30", "is not a day: February 1941 has 28 days"),
        ("1900-02-29", "is not a day: February 1900 has 28 days"),
        ("1941-12-00", "is not a day: December 1941 has 31 days"),
        ("1941-12-07T25:00Z", "is not a time: 25:00"),
        ("1941-12-07T24:00Z", "is not a time: 24:00"),
        ("1941-12-07T07:60Z", "is not a time: 07:60"),
        ("1941-12-07T07:55", "has a time but no zone"),
        ("1941-12-07T07:55+16:00", "is not in a zone of this world: +16:00"),
        ("1939-09-16/1939-05-11", "ends before it begins"),
        ("[1941-08..1941-06]", "ends before it begins"),
        ("../..", "names no time at all"),
        ("/", "names no time at all"),
        ("-0000", "is not a year: zero has no minus"),
        ("193X-12", "gives a month to years that stand alone"),
        ("Y17000-12", "gives a month to years that stand alone"),
        ("1941-XX-07", "gives a day to a month that is not known"),
        ("1941-12-XXT07:55Z", "gives a time to a day that is not known"),
        ("Y300000", "is farther away than a map's clock can count"),
        ("1939/open", "contains 'open', which is not a date in ISO 8601 or EDTF"),
        (
            "1939-05-11/1939-02-30",
            "contains '1939-02-30', which is not a day: February 1939 has 28 days",
        ),
        ("[]", "is not a date in ISO 8601 or EDTF"),
        ("1" * 201, "is too long for a date"),
        (" 1941", "is not a date in ISO 8601 or EDTF"),
        ("1941\n", "is not a date in ISO 8601 or EDTF"),
        ("١٩٤١", "is not a date in ISO 8601 or EDTF"),
    ],
)
def test_refused(text: str, message: str) -> None:
    """What is no date is refused with a sentence that says why, and always with a hint."""
    with pytest.raises(WhenProblem) as caught:
        When.parse(text)
    assert caught.value.message == message
    assert caught.value.hint


def test_message_that_lists_months() -> None:
    """An impossible month is named with those that are possible."""
    with pytest.raises(WhenProblem, match=r"has no month: 13 \(they run from 01 to 12"):
        When.parse("1941-13")


# Laws


@given(st.text(max_size=40) | EDTF_LIKE | DATE_LIKE)
def test_any_text_is_a_when_or_a_problem(text: str) -> None:
    """No text whatever raises anything but WhenProblem; what is read is kept, bounded, labelled."""
    try:
        when = When.parse(text)
    except WhenProblem:
        return
    assert when.text == text
    assert when.label
    assert when.moment[0] <= when.moment[1]
    assert when.first is None or when.last is None or when.first <= when.last


@given(DAYS)
def test_days_agree_with_datetime(day: date) -> None:
    """A day begins where the standard library says, and the next day abuts within 1 ms."""
    when = When.parse(day.isoformat())
    assert when.first == (day - date(1970, 1, 1)).days * DAY_MS
    assume(day < date.max)
    following = When.parse((day + timedelta(days=1)).isoformat())
    assert when.last is not None
    assert when.last + 1 == following.first


@given(YEARS)
def test_years_abut(year: int) -> None:
    """Each year ends one millisecond before the next begins, across the year zero too."""
    assume(year < 9999)
    this, following = When.parse(iso_year(year)), When.parse(iso_year(year + 1))
    assert this.last is not None
    assert this.last + 1 == following.first


@given(YEARS, st.integers(1, 12))
def test_a_month_is_its_days(year: int, month: int) -> None:
    """A month covers exactly its first to its last day."""
    text = f"{iso_year(year)}-{month:02}"
    first = When.parse(f"{text}-01")
    last = When.parse(f"{text}-{days_in_month(year, month):02}")
    whole = When.parse(text)
    assert (whole.first, whole.last) == (first.first, last.last)


@given(INSTANTS, OFFSETS)
def test_offset_only_shifts(instant: datetime, offset: int) -> None:
    """The same instant written in any zone is the same instant."""
    local = instant + timedelta(minutes=offset)
    sign, (hours, minutes) = "-" if offset < 0 else "+", divmod(abs(offset), 60)
    written = When.parse(f"{local:%Y-%m-%dT%H:%M}{sign}{hours:02}:{minutes:02}".zfill(22))
    utc = When.parse(f"{instant:%Y-%m-%dT%H:%MZ}".zfill(17))
    assert (written.first, written.last) == (utc.first, utc.last)


@given(DAYS, DAYS)
def test_interval_contains_its_ends(one: date, other: date) -> None:
    """An interval runs from the first instant of its start to the last of its end."""
    start, end = sorted((one, other))
    when = When.parse(f"{start}/{end}")
    assert when.first == When.parse(start.isoformat()).first
    assert when.last == When.parse(end.isoformat()).last


def test_equal_texts_share_one_when() -> None:
    """Dates that repeat are parsed once."""
    assert When.parse("1941-12-07") is When.parse("1941-12-07")


def test_kota_bharu_precedes_pearl_harbor() -> None:
    """What happened first comes first, whatever the local calendars said."""
    kota_bharu = When.parse("1941-12-08T00:45+07:30")
    pearl_harbor = When.parse("1941-12-07T07:55-10:30")
    assert kota_bharu.first is not None
    assert pearl_harbor.first is not None
    assert kota_bharu.first < pearl_harbor.first
