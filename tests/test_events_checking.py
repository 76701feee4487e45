"""Rules across rows: ids, points that lie where their places do not."""

import pytest

from events.checking import check_ids, check_swapped, distance_km
from events.record import Place
from events.row import Row

TOKYO = Place("tokyo", "Tokyo", "", 35.685, 139.753, None)
MUKDEN = Place("mukden", "Mukden", "Shenyang", 41.8, 123.43, None)
BERBERA = Place("berbera", "Berbera", "", 10.44, 45.01, None)


def rows(*ids: str) -> list[Row]:
    """Rows with these ids from line 2 on, with one list of problems."""
    return [Row("t.csv", line, {"id": name}, []) for line, name in enumerate(ids, 2)]


def test_duplicate_ids_name_the_first_line() -> None:
    """Every repetition of an id is a problem that names the line of the first."""
    table = rows("a", "b", "a", "", "", "a")
    check_ids(table)
    faults = [(row.line, fault.message) for row in table for fault in row.problems]
    assert faults == [(4, "is already the id of line 2"), (7, "is already the id of line 2")]


def test_distance() -> None:
    """Distances are great circles: Tokyo to Mukden 1,575 km, half the globe 20,015 km."""
    given = distance_km(TOKYO.lat, TOKYO.lon, MUKDEN.lat, MUKDEN.lon)
    assert given == pytest.approx(1575, abs=15)
    assert distance_km(0, 0, 0, 180) == pytest.approx(20015, abs=1)
    assert distance_km(10, 179.9, 10, -179.9) == pytest.approx(21.9, abs=0.1)


@pytest.mark.parametrize(
    ("lat", "lon", "problems"),
    [
        (10.44, 45.01, 0),  # as it should be
        (45.01, 10.44, 1),  # swapped: both are possible latitudes
        (45.01, 30.0, 0),  # far off, but not by a swap
        (11.0, 44.0, 0),  # near enough
        (45.01, 139.0, 0),  # cannot be swapped
    ],
)
def test_swap_that_only_the_place_betrays(lat: float, lon: float, problems: int) -> None:
    """A point far from its place, whose swapped point is near it, is swapped."""
    row = Row("t.csv", 2, {"lat": str(lat), "lon": str(lon)}, [])
    check_swapped(row, lat, lon, BERBERA)
    assert len(row.problems) == problems
    if problems:
        assert str(row.problems[0]) == (
            "t.csv:2:lat: '45.01' looks swapped with the longitude; write lat 10.44 and lon 45.01"
        )
