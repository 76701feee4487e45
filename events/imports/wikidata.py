"""Results of a query of Wikidata: JSON of SPARQL, or the plain list that it saves too."""

import re
from collections.abc import Iterable

from events.imports.json_text import Json, Object, cell, cells, member, objects
from events.imports.sheet import Sheet

PRECISION = {"9": 4, "10": 7, "11": 10}  # how much of 1941-12-07 is meant: year, month, day


def read_results(value: Json) -> Sheet:
    """A record for each result of SPARQL's JSON."""
    return _sheet(
        {name: cell(member(one, "value")) for name, one in result.items()}
        for result in objects(member(value, "results", "bindings"))
    )


def read_list(value: Json) -> Sheet:
    """A record for each object of a list."""
    return _sheet(_flat(one) for one in objects(value))


def _sheet(records: Iterable[dict[str, str]]) -> Sheet:
    sheet = Sheet("JSON", "result")
    for record in records:
        sheet.add(record)
    return sheet


def _flat(one: Object) -> dict[str, str]:
    return cells({name: _value(value) for name, value in one.items()})


def _value(value: Json) -> Json:
    return value["value"] if isinstance(value, dict) and "value" in value else value


def shortened(date: str, precision: str) -> str:
    """A date of Wikidata as exact as it is: a year stands there as its first of January."""
    digits = PRECISION.get(precision)
    found = re.match(r"[+]?(-?)(\d{4}-\d\d-\d\d)", date)
    return found[1] + found[2][:digits] if found and digits else date
