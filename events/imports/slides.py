"""TimelineJS and StoryMapJS: a record for each slide of their JSON."""

from dataclasses import replace

from events.imports.json_text import Json, Object, cell, cells, member, objects
from events.imports.markup import plain_text
from events.imports.sheet import Sheet

_PARTS = ("year", "month", "day")
_CLOCK = ("hour", "minute", "second")
_NO_SLIDES = {"title": "is the title slide", "era": "is an era"}


def read_timeline(value: Json) -> Sheet:
    """The slides of a TimelineJS file that have a date; its title and eras are no events."""
    sheet = Sheet("TimelineJS", "slide")
    title = value.get("title")
    if isinstance(title, dict):
        sheet.add(_told(title), _NO_SLIDES["title"], 0)
    for slide in objects(value["events"]):
        sheet.add(_told(slide) | _dates(slide))
    return sheet


def marked(sheet: Sheet) -> Sheet:
    """A table; in one of TimelineJS its title and its eras say that they are no events."""
    if not {"Headline", "Year", "Type"} <= set(sheet.columns):
        return sheet
    for at, record in enumerate(sheet.records):
        kind = record.cells.get("Type", "").lower()
        if kind in _NO_SLIDES and not record.fault:
            sheet.records[at] = replace(record, fault=_NO_SLIDES[kind])
    return sheet


def read_story_map(value: Json) -> Sheet:
    """The slides of a StoryMapJS file; one that gives no date is left out with its reason."""
    sheet = Sheet("StoryMapJS", "slide")
    for slide in objects(member(value, "storymap", "slides")):
        is_overview = slide.get("type") == "overview"
        sheet.add(_told(slide), "is the overview slide" if is_overview else "")
    return sheet


def _told(slide: Object) -> dict[str, str]:
    """Texts without their tags, the place, the picture, and whatever else a slide says."""
    location = slide.get("location")
    found = {
        "title": plain_text(cell(member(slide, "text", "headline"))),
        "summary": plain_text(cell(member(slide, "text", "text"))),
        "place": plain_text(cell(member(location, "name"))),
        "lat": cell(member(location, "lat")),
        "lon": cell(member(location, "lon")),
        **{f"media_{name}": text for name, text in cells(slide.get("media")).items()},
    }
    for name, value in slide.items():
        if name not in ("text", "location", "media", "start_date", "end_date"):
            found[name] = plain_text(cell(value))
    return {name: text for name, text in found.items() if text}


def _dates(slide: Object) -> dict[str, str]:
    found: dict[str, str] = {}
    for prefix, name in (("", "start_date"), ("end_", "end_date")):
        date = cells(slide.get(name))
        found |= {f"{prefix}{part}": date.get(part, "") for part in _PARTS}
        clock = [date.get(part, "") for part in _CLOCK]
        if any(clock):
            found[f"{prefix}clock"] = ":".join(f"{part or 0:0>2}" for part in clock)
    return {name: text for name, text in found.items() if text}
