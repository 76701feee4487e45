"""Which column is which: the names that other people's tables have for ours."""

import re
from collections.abc import Collection, Mapping, Sequence

# What is looked for, in this order, and what it is called; letters and digits alone count.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "id": ("event", "eventid", "uniqueid", "id", "uid", "slug", "identifier"),
    "title": (
        *("title", "headline", "itemlabel", "eventlabel", "battlelabel", "name", "eventname"),
        *("label", "subject", "what", "titel", "titre", "titolo", "titulo"),
    ),
    "when": (
        *("when", "edtf", "dateiso", "isodate", "date", "eventdate", "datum", "pointintime"),
        *("whendate", "dates", "fecha", "data"),
    ),
    "start": (
        *("start", "startdate", "datestart", "starttime", "begin", "begins", "begindate"),
        *("datebegin", "beginning", "from", "since", "first", "earliest", "opened"),
    ),
    "end": (
        *("end", "enddate", "dateend", "endtime", "ends", "finish", "finishdate", "until", "to"),
        *("last", "latest", "closed"),
    ),
    "year": (
        *("year", "startyear", "beginyear", "yearstart", "jahr", "annee", "yr", "attestationyear"),
    ),
    "month": ("month", "startmonth", "beginmonth", "monat", "mois"),
    "day": ("day", "startday", "beginday", "tag", "jour"),
    "end_year": ("endyear", "yearend"),
    "end_month": ("endmonth",),
    "end_day": ("endday",),
    "clock": ("clock",),
    "end_clock": ("endclock",),
    "precision": ("dateprecision", "timeprecision", "precision"),
    "lat": ("lat", "latitude", "y", "breite", "breitengrad", "latdd", "ycoord", "decimallatitude"),
    "lon": (
        *("lon", "lng", "long", "longitude", "x", "laenge", "länge", "längengrad", "londd"),
        *("xcoord", "decimallongitude"),
    ),
    "point": (
        *("coord", "coords", "coordinate", "coordinates", "coordinatelocation", "latlon"),
        *("latlng", "latlong", "point", "wkt", "geowkt", "geom", "thegeom", "geometry"),
        *("location", "koordinaten"),
    ),
    "direction": ("direction", "directions", "group", "theatre", "theater", "lane"),
    "kind": ("kind", "type", "category", "eventtype"),
    "status": ("status",),
    "place": (
        *("place", "placename", "locationname", "locationlabel", "location", "placelabel"),
        *("city", "town", "site", "where", "ort", "lieu", "address"),
    ),
    "actors": ("actors", "actor", "participants", "belligerents", "parties"),
    "summary": (
        *("summary", "description", "text", "body", "desc", "abstract", "itemdescription"),
        *("details", "beschreibung", "content", "contenttext"),
    ),
    "sources": (
        *("sources", "source", "reference", "references", "citation", "quelle", "titlesource"),
    ),
    "verified": ("verified",),
    "note": ("note", "notes", "comment", "comments", "remarks", "cmt"),
    "key": ("key",),
}
_LAST_RESORT = ("time", "timestamp", "datetime", "created")  # dates, where nothing else is one
_BY_LAST_WORD = ("when", "lat", "lon", "title")  # found in pickup_latitude too, if nowhere else
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
# Where year, month and day have columns of their own, these hold hours.
_CLOCKS = {"clock": ("time", "starttime"), "end_clock": ("endtime",)}

Mapped = dict[str, str]


def guess(
    columns: Sequence[str],
    chosen: Mapping[str, str],
    points: Collection[str],
    worded: Sequence[str] = (),
) -> Mapped:
    """Ours -> theirs; what somebody chose comes first.

    `points` are columns that hold positions, `worded` those that hold words, of which the first is
    the title where nothing else may be one.
    """
    mapped = dict(chosen)
    by_name = {_plain(column): column for column in reversed(columns)}
    if "year" in by_name and not {"when", "start", "end"} & chosen.keys():
        for ours, names in _CLOCKS.items():
            _find(ours, names, by_name, mapped, points)
    for ours, names in SYNONYMS.items():
        _find(ours, names, by_name, mapped, points)
    dated = {"when", "start", "year"}
    if not dated & mapped.keys():
        _find("when", _LAST_RESORT, by_name, mapped, points)
    by_last_word = {_last_word(column): column for column in reversed(columns)}
    for ours in _BY_LAST_WORD:
        if ours != "when" or not dated & mapped.keys():
            names = (*SYNONYMS[ours], *(_LAST_RESORT if ours == "when" else ()))
            _find(ours, names, by_last_word, mapped, points)
    if not {"title", "place"} & mapped.keys() and mapped.get("id") not in worded:
        free = [column for column in worded if column not in mapped.values()]
        mapped |= dict(zip(("title",), free, strict=False))
    return {ours: mapped[ours] for ours in SYNONYMS if ours in mapped}


def _find(
    ours: str,
    names: Sequence[str],
    by_name: Mapping[str, str],
    mapped: Mapped,
    points: Collection[str],
) -> None:
    """The first column of one of these names that nothing else has taken, unless there is one."""
    if ours in mapped:
        return
    for name in names:
        column = by_name.get(name)
        free = column and column not in mapped.values()
        if column and free and (ours == "point") == (column in points):
            mapped[ours] = column
            return


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _last_word(name: str) -> str:
    words: list[str] = _WORD.findall(name)
    return words[-1].lower() if words else ""
