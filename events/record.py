"""Records: what the rows of the tables become once nothing is wrong with them.

Events are tuples, because there may be a hundred thousand: quick to make, and to turn into columns.
"""

from dataclasses import dataclass
from typing import NamedTuple

from events.row import Lanes
from events.when import When


class Event(NamedTuple):
    """Something that happened, or was meant to, at one place.

    `lat` and `lon` are degrees, `lon` from -180 to 180. `directions` are ids; `place`, `actors` and
    `sources` are ids where there is a table of them, else the author's own words. `line` is the
    line of the table on which the record begins.
    """

    id: str
    title: str
    when: When
    lat: float
    lon: float
    place: str
    directions: tuple[str, ...]
    kind: str
    status: str
    actors: tuple[str, ...]
    summary: str
    sources: tuple[str, ...]
    verified: str
    note: str
    line: int
    key: bool = False  # whether a player that pauses at key events pauses here


@dataclass(frozen=True, slots=True)
class Direction:
    """A lane of the time slider; colours are #rrggbb, "" or None when the author chose none.

    `line` is its line of directions.csv, None where there is no such table.
    """

    id: str
    label: str
    colour: str
    colour_dark: str | None
    order: int
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, named as it was and as it is today; the point may be off so far.

    `names` are further names, older ones and those of other languages; `zone` is the name of the
    clock that was kept there, such as Asia/Tokyo, or "". `line` is its line of places.csv.
    """

    id: str
    name: str
    today: str
    lat: float
    lon: float
    accuracy_km: float | None
    names: tuple[str, ...] = ()
    zone: str = ""
    line: int = 0

    @property
    def shown(self) -> str:
        """The name for readers: "Mukden (today Shenyang)"."""
        if self.today in ("", self.name):
            return self.name
        return f"{self.name} (today {self.today})"


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, an army or a person that acts."""

    id: str
    name: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A work or document, and how far it was opened.

    `note` says what it is there for where no record cites it.
    """

    id: str
    type: str
    author: str
    title: str
    year: str
    where: str
    opened: str
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of one direction's lane under one name, such as "truce and talks".

    `line` is its line of phases.csv.
    """

    id: str
    label: str
    direction: str
    when: When
    sources: tuple[str, ...]
    verified: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says of one event: a date, a number, a place, a cause.

    `about` is which of these. A date has `when`; a number has a `quantity` such as killed or
    strength, a `side`, a `unit`, and a value or the ends of a range. `whole` is the id of the claim
    of which this number is a part. `locator` is the page, the document or the title of the article.
    """

    id: str
    event: str
    about: str
    says: str
    when: When | None
    quantity: str
    side: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    whole: str
    sources: tuple[str, ...]
    locator: str
    stance: str
    verified: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class EssayClaim:
    """What an essay claims, how that stands, and the events on which it bears.

    `essay` is the id of a source, `paragraph` counts from 1, `value` is the best that is known in
    its stead, `topic` names what the essays are compared in.
    """

    id: str
    essay: str
    paragraph: int | None
    says: str
    verdict: str
    value: str
    sources: tuple[str, ...]
    locator: str
    events: tuple[str, ...]
    topic: str
    verified: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Topic:
    """Something in which essays are compared: its name, and what stands."""

    id: str
    label: str
    stands: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One point of a series: how much there was of something at a time."""

    id: str
    series: str
    when: When
    value: float
    low: float | None
    high: float | None
    unit: str
    direction: str
    sources: tuple[str, ...]
    verified: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A city by whose clock readers may want to know the hour; `zone` such as Asia/Tokyo."""

    id: str
    label: str
    zone: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All records of a project; directions in the order of lanes, the rest as in the tables.

    `lanes` is how the direction cells of further tables are read.
    """

    events: tuple[Event, ...]
    directions: tuple[Direction, ...]
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    sources: tuple[Source, ...]
    lanes: Lanes
    phases: tuple[Phase, ...] = ()
    claims: tuple[Claim, ...] = ()
    essay_claims: tuple[EssayClaim, ...] = ()
    topics: tuple[Topic, ...] = ()
    series: tuple[Reading, ...] = ()
    clocks: tuple[Clock, ...] = ()
