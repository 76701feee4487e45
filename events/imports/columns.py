"""Which column is which: the names that other people's tables have for ours."""

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
    "year": ("year", "startyear", "beginyear", "yearstart", "jahr", "annee", "yr"),
    "month": ("month", "startmonth", "beginmonth", "monat", "mois"),
    "day": ("day", "startday", "beginday", "tag", "jour"),
    "end_year": ("endyear", "yearend"),
    "end_month": ("endmonth",),
    "end_day": ("endday",),
    "precision": ("dateprecision", "timeprecision", "precision"),
    "lat": ("lat", "latitude", "y", "breite", "breitengrad", "latdd", "ycoord", "decimallatitude"),
    "lon": (
        *("lon", "lng", "long", "longitude", "x", "laenge", "länge", "längengrad", "londd"),
        *("xcoord", "decimallongitude"),
    ),
    "point": (
        *("coord", "coords", "coordinate", "coordinates", "coordinatelocation", "latlon"),
        *("latlng", "latlong", "point", "wkt", "geom", "geometry", "location", "koordinaten"),
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
        *("details", "beschreibung", "content"),
    ),
    "sources": ("sources", "source", "reference", "references", "citation", "quelle"),
    "verified": ("verified",),
    "note": ("note", "notes", "comment", "comments", "remarks", "cmt"),
    "key": ("key",),
}
_LAST_RESORT = ("time", "timestamp", "datetime", "created")  # dates, where nothing else is one

Mapped = dict[str, str]


def guess(columns: Sequence[str], chosen: Mapping[str, str], points: Collection[str]) -> Mapped:
    """Ours -> theirs; what somebody chose comes first. `points` are columns that hold positions."""
    mapped = dict(chosen)
    for ours, names in SYNONYMS.items():
        if ours not in mapped:
            _find(ours, names, columns, mapped, points)
    if not {"when", "start", "year"} & mapped.keys():
        _find("when", _LAST_RESORT, columns, mapped, points)
    if {"lat", "lon"} <= mapped.keys() and "point" not in chosen:
        mapped.pop("point", None)
    return {ours: mapped[ours] for ours in SYNONYMS if ours in mapped}


def _find(
    ours: str,
    names: Sequence[str],
    columns: Sequence[str],
    mapped: Mapped,
    points: Collection[str],
) -> None:
    """The first column of one of these names that nothing else has taken."""
    taken = set(mapped.values())
    free = {_plain(column): column for column in reversed(columns) if column not in taken}
    for name in names:
        column = free.get(name)
        if column and (ours == "point") == (column in points):
            mapped[ours] = column
            return


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
