"""JSON of strangers: read whole or not at all, and never deeper than a reader can go."""

import json
from collections.abc import Iterator
from typing import Any

from events.imports.sheet import DEEPEST, number_text
from events.table import Unreadable, decoded

Json = Any
Object = dict[str, Any]


def parse_json(raw: bytes) -> Json:
    """What a file says; Unreadable with the line where it is no JSON or nested too deep."""
    too_deep = Unreadable(f"is nested deeper than {DEEPEST}", "")
    try:
        value = json.loads(decoded(raw), parse_constant=_refuse)
    except json.JSONDecodeError as fault:
        raise Unreadable(f"is not sound JSON: {fault.msg}", "", fault.lineno) from None
    except RecursionError:
        raise too_deep from None
    except ValueError:
        raise Unreadable("is not sound JSON: a number is none", "") from None
    level = [value]
    for _ in range(DEEPEST):
        level = [member for one in level for member in _members(one)]
        if not level:
            return value
    raise too_deep


def _refuse(word: str) -> float:
    raise ValueError(word)


def _members(value: Json) -> Iterator[Json]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (member for member in inner if isinstance(member, (dict, list)))


def cell(value: Json) -> str:
    """A member as a cell: texts and numbers as they are, lists of them joined by ";"."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list) and not any(isinstance(one, (dict, list)) for one in value):
        return ";".join(map(cell, value))
    return json.dumps(value, ensure_ascii=False)


def cells(value: Json) -> dict[str, str]:
    """The members of an object as cells."""
    return {name: cell(member) for name, member in value.items()} if isinstance(value, dict) else {}


def objects(value: Json) -> list[Object]:
    """The objects of a list; an empty one for each member that is none."""
    return (
        [one if isinstance(one, dict) else {} for one in value] if isinstance(value, list) else []
    )


def member(value: Json, *names: str) -> Json:
    """What stands under a name in what stands under a name ..., or None."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
