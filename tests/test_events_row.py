"""Rows: cells read as what they should be, or reported with their cure."""

from collections.abc import Callable

import pytest

from events.row import Lanes, Row, coded, slugged
from events.words import RESERVED


def row(**cells: str) -> Row:
    """A row of these cells on line 7."""
    return Row("t.csv", 7, cells, [])


def told(line: Row) -> list[tuple[str | None, str | None, str, str]]:
    """Column, value, message and hint of all that the row reported."""
    return [(fault.column, fault.value, fault.message, fault.hint) for fault in line.problems]


def test_text_and_required() -> None:
    """A missing column is like an empty cell; only a required one is a problem."""
    line = row(title="")
    assert line.text("note") == line.text("title") == ""
    assert line.problems == []
    assert line.required("title") == ""
    assert told(line) == [("title", "", "is empty", "every row needs its title")]
    assert line.errors == 1


def test_words() -> None:
    """A list is split at semicolons, without blanks, empties and repetitions."""
    line = row(actors=" Japan; Soviet Union;;Japan ", sources="A", empty="")
    assert line.words("actors") == ("Japan", "Soviet Union")
    assert line.words("sources") == ("A",)
    assert line.words("empty") == line.words("none") == ()


@pytest.mark.parametrize(
    ("text", "number"), [("35.68", 35.68), ("-70.7", -70.7), ("+5", 5.0), ("007", 7.0), ("", None)]
)
def test_number(text: str, number: float | None) -> None:
    """Plain decimal numbers are read; nothing is nothing."""
    line = row(lat=text)
    assert line.number("lat") == number
    assert line.problems == []


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("35,68", "has a decimal comma", "write 35.68"),
        ("\N{MINUS SIGN}70.7", "is not a plain number", "write -70.7"),
        ("35.68 ", "is not a plain number", "write 35.68"),
        ("35.68N", "is not a number", "write 35.68"),
        ("70.74° W", "is not a number", "write -70.74"),
        ("35°41′22″N", "is not a number", "write 35.68944"),
        ("1..2S", "is not a number", "write a number such as 35.68"),
        ("Tokyo", "is not a number", "write a number such as 35.68"),
        ("nan", "is not a number", "write a number such as 35.68"),
        ("inf", "is not a number", "write a number such as 35.68"),
        ("1e3", "is not a number", "write a number such as 35.68"),
        ("1_000", "is not a number", "write a number such as 35.68"),
        ("٣٥", "is not a number", "write a number such as 35.68"),
        ("1,234,567", "is not a number", "write a number such as 35.68"),
    ],
)
def test_no_number(text: str, message: str, hint: str) -> None:
    """What is no plain decimal number is reported with the number that was meant."""
    line = row(lat=text)
    assert line.number("lat") is None
    assert told(line) == [("lat", text, message, hint)]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("10,400", "write 10400 (or 10.4, if it is a decimal comma)"),
        ("-1,050", "write -1050 (or -1.05, if it is a decimal comma)"),
        ("1,234,567", "write 1234567"),
    ],
)
def test_thousands_are_not_made_smaller(text: str, hint: str) -> None:
    """A comma before three digits is taken for that of thousands first."""
    line = row(value=text)
    assert line.number("value") is None
    assert told(line) == [("value", text, "has a comma of thousands", hint)]


@pytest.mark.parametrize("text", ["0,400", "1234,567", "10,4000", "10,40"])
def test_other_commas_are_decimal(text: str) -> None:
    """A comma that parts no groups of three digits is a decimal one."""
    line = row(value=text)
    line.number("value")
    assert told(line) == [("value", text, "has a decimal comma", f"write {text.replace(',', '.')}")]


def test_degrees_have_no_thousands() -> None:
    """A latitude with three decimals after a comma is just that."""
    line = row(lat="35,681")
    line.number("lat")
    assert told(line) == [("lat", "35,681", "has a decimal comma", "write 35.681")]


def test_whole_number() -> None:
    """Whole numbers have no fraction."""
    assert row(order="3").whole_number("order") == 3
    assert row(order="").whole_number("order") is None
    line = row(order="1.5")
    assert line.whole_number("order") is None
    assert told(line)[0][2] == "is not a whole number"


def test_choice() -> None:
    """An empty cell is the default; an unknown word gets a suggestion, or all the choices."""
    known = ("executed", "planned")
    assert row(status="").choice("status", known, "executed") == "executed"
    assert row(status="planned").choice("status", known, "executed") == "planned"
    near, far = row(status="planed"), row(status="zzz")
    assert near.choice("status", known, "executed") == "executed"
    far.choice("status", known, "executed")
    assert told(near) == [
        ("status", "planed", "is not a choice for status", "did you mean planned?")
    ]
    assert told(far) == [
        ("status", "zzz", "is not a choice for status", "write one of executed, planned")
    ]


@pytest.mark.parametrize(
    ("ids", "word", "hint"),
    [
        (["japan", "ussr"], "japn", "did you mean japan?"),
        ({"japan": "Japan", "ussr": "Soviet Union"}, "Soviet Union", "did you mean ussr?"),
        ({"japan": "Japan", "ussr": "Soviet Union"}, "Japan", "did you mean japan?"),
        ({"japan": "Japan"}, "zzz", "add it to actors.csv"),
    ],
)
def test_unknown_reference(ids: list[str] | dict[str, str], word: str, hint: str) -> None:
    """An id that another table lacks is reported, with the nearest id or the id of that name."""
    line = row(actors=word)
    assert not line.known("actors", word, ids, "actors.csv")
    assert told(line) == [("actors", word, "is not in actors.csv", hint)]


def test_known_reference() -> None:
    """Ids of the table pass; without a table any word does."""
    line = row(actors="japan;zzz")
    assert line.known("actors", "japan", ["japan"], "actors.csv")
    assert line.known("actors", "zzz", None, "actors.csv")
    assert line.problems == []
    line.known("actors", "zzz", ["japan"], "actors.csv")
    assert told(line)[0][:3] == ("actors", "japan;zzz", "names 'zzz', which is not in actors.csv")


@pytest.mark.parametrize(
    ("read", "text", "hint"),
    [
        (Row.slug, "Pearl Harbor", "write pearl-harbor"),
        (Row.slug, "Lüshun_1", "write lushun-1"),
        (Row.slug, "北", ""),
        (Row.slug, "-", ""),
        (Row.slug, "--strict", "write strict"),
        (Row.slug, "north-", "write north"),
        (Row.slug, "20–31 Größe", "write 20-31-grosse"),
        (Row.code, "COOX 1985", "write COOX-1985"),
        (Row.code, "-COOX1985", "write COOX1985"),
    ],
)
def test_ids_are_plain(read: Callable[[Row], str], text: str, hint: str) -> None:
    """An id with other characters is reported with the id that it could be."""
    line = row(id=text)
    assert read(line) == ""
    assert told(line)[0][0::3] == ("id", hint)


def test_good_ids() -> None:
    """Slugs are small; codes may be large."""
    assert row(id="kota-bharu--1941").slug() == "kota-bharu--1941"
    assert row(id="COOX1985").code() == "COOX1985"


def test_an_id_is_made_of_any_text() -> None:
    """Accents go, and all that is neither letter nor digit becomes a hyphen."""
    assert (slugged("Pearl Harbor!"), coded("Pearl Harbor!")) == ("pearl-harbor", "Pearl-Harbor")
    assert slugged("Zhukov’s  Übergang: 20–31 August!") == "zhukov-s-ubergang-20-31-august"


@pytest.mark.parametrize("word", RESERVED)
def test_reserved_directions(word: str) -> None:
    """A direction may not be called like a layer, in its table or without one."""
    named, used = row(id=word), row(direction=f"north;{word};context")
    assert not named.unreserved("id", word)
    used.directions(Lanes((), {}, {"north": ""}, "t.csv"))
    assert len(named.problems) == 1
    assert len(used.problems) == (word not in ("both", "context"))
    assert row(id="north").unreserved("id", "north")


@pytest.mark.parametrize("text", ["red", "#fff", "#1f6f8", "1f6f8b", "#1f6f8g", "#1f6f8b;"])
def test_no_colour(text: str) -> None:
    """Colours are strictly #rrggbb."""
    line = row(colour=text)
    assert line.colour("colour") == ""
    assert told(line)[0][:3] == ("colour", text, "is not a colour")


def test_colour() -> None:
    """A colour or nothing is read."""
    assert row(colour="#1f6f8B").colour("colour") == "#1f6f8B"
    assert row(colour="").colour("colour") == ""


def test_when() -> None:
    """A time is read, or its fault and cure reported."""
    good, bad = row(when="1941-12"), row(when="7.12.1941")
    when = good.when("when")
    assert when is not None
    assert when.label == "December 1941"
    assert bad.when("when") is None
    message = "is not a date in ISO 8601 or EDTF"
    assert told(bad) == [("when", "7.12.1941", message, "write 1941-12-07")]


@pytest.mark.parametrize(
    ("lat", "lon", "column", "message", "hint"),
    [
        (
            "139.7",
            "35.7",
            "lat",
            "looks swapped with the longitude",
            "write lat 35.7 and lon 139.7",
        ),
        ("95", "135", "lat", "is not a latitude", "latitudes run from -90 to 90"),
        ("35", "215", "lon", "is not a longitude", "write -145"),
        ("35", "-190", "lon", "is not a longitude", "write 170"),
        ("35", "1397", "lon", "is not a longitude", "longitudes run from -180 to 180"),
        (
            "86",
            "10",
            "lat",
            "lies off the sheet, which runs from 62° S to 84° N",
            "write a place on the sheet, or leave the row out",
        ),
        (
            "-62.1",
            "10",
            "lat",
            "lies off the sheet, which runs from 62° S to 84° N",
            "write a place on the sheet, or leave the row out",
        ),
    ],
)
def test_impossible_position(lat: str, lon: str, column: str, message: str, hint: str) -> None:
    """A point that no map can show is one problem at the cell to mend."""
    line = row(lat=lat, lon=lon)
    assert line.position() is None
    assert told(line) == [(column, row(lat=lat, lon=lon).text(column), message, hint)]


def test_both_coordinates_wrong() -> None:
    """Two wrong coordinates are two problems."""
    line = row(lat="200", lon="300")
    assert line.position() is None
    assert [fault[0] for fault in told(line)] == ["lat", "lon"]


def test_position() -> None:
    """Points are read as latitude and longitude, up to the edges."""
    assert row(lat="35.7", lon="139.7").position() == (35.7, 139.7)
    assert row(lat="-62", lon="-180").position() == (-62.0, -180.0)
    assert row(lat="84", lon="180").position() == (84.0, 180.0)


def test_null_island_is_a_warning() -> None:
    """0,0 is suspicious, but somebody may mean it."""
    line = row(lat="0", lon="0.0")
    assert line.position() == (0.0, 0.0)
    assert [fault.severity for fault in line.problems] == ["warning"]
    assert line.errors == 0
