"""Building a site: whole or not at all, and every problem named first."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from maps.report import Report, UnknownStory
from maps.site import Project, build, check, read_project
from maps.writing import MADE, write

Edit = Callable[[str, str, str], None]


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    """A copy of the five-event war, to be damaged."""
    return Path(shutil.copytree(project, tmp_path / "copy"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder for the site, with an older page in it."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("old", encoding="utf-8")
    return folder


def edit(project: Path, path: str, old: str, new: str) -> None:
    """Replaces a text in a file of a project."""
    file = project / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def names(folder: Path) -> set[str]:
    """The names of everything in a folder, save the list of what we made."""
    return {path.name for path in folder.iterdir()} - {MADE}


def site_of(*pages: str) -> set[str]:
    """The names of the files of a site with these maps."""
    return {"index.html", "embed.html", "embed.js", "pictures", *pages}


def lines(report: Report) -> list[str]:
    """The problems of a build as they are printed."""
    return list(map(str, report.problems))


EVENTS = "events/tables/events.csv"
STORY = "maps/stories/two-lamps.md"


def test_a_build_writes_a_page_for_each_story_and_an_index(copy: Path, out: Path) -> None:
    """The site is a page and a picture a story, their index, how to embed them, nothing else."""
    report = build(copy, out)
    assert lines(report) == []
    assert names(out) == site_of("two-lamps.html")
    made = site_of("two-lamps.html", "pictures/two-lamps.svg") - {"pictures"}
    assert set(report.written.made) == made
    assert report.events == 5
    assert "two-lamps.html" in (out / "index.html").read_text(encoding="utf-8")


def test_the_folder_of_the_site_is_made_where_it_is_missing(copy: Path, tmp_path: Path) -> None:
    """A path of several new folders is no obstacle."""
    build(copy, tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "index.html").is_file()


def test_with_an_error_the_old_site_stays(copy: Path, out: Path) -> None:
    """One wrong date: the problem is reported, and nothing is written."""
    edit(copy, EVENTS, "1887-09-01?", "9/1/1887")
    report = build(copy, out)
    assert lines(report)[0].startswith("events/tables/events.csv:6:when: '9/1/1887' is not a date")
    assert report.written.made == ()
    assert names(out) == {"index.html"}
    assert (out / "index.html").read_text(encoding="utf-8") == "old"


def test_a_warning_stops_a_build_only_under_strict(copy: Path, out: Path) -> None:
    """An event that no map shows is a warning: named, but built; with --strict not built."""
    edit(copy, EVENTS, "1887-09-01?", "1889-09-01")
    strict = build(copy, out, strict=True)
    assert strict.written.made == ()
    assert [problem.severity for problem in strict.problems] == ["warning"]
    assert "no map shows lamp-treaty" in lines(strict)[0]
    assert (out / "index.html").read_text(encoding="utf-8") == "old"
    assert build(copy, out).written.made


def test_a_phase_that_no_map_shows_is_a_warning(copy: Path) -> None:
    """A phase outside the span of every story is named at its line."""
    edit(copy, "events/tables/phases.csv", "1887-05-02/1887-05-11", "1886")
    (warning,) = [str(each) for each in check(copy)]
    assert warning.startswith("events/tables/phases.csv:2:when: warning: '1886' lies outside every")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("select: lamp-quarrel", "select: lamp-quarel", "did you mean lamp-quarrel?"),
        ("layers: west, east, routes", "layers: wets, routes", "did you mean west?"),
        ("[@ANON1890]", "[@ANON1809]", "did you mean ANON1890?"),
        ("opening: 1887-03/1887-09", "opening: 1888", "lies outside the story's span, 1887"),
        ("opening: 1887-03/1887-09", "opening: 1886/1887", "lies partly outside the story's span"),
        ("when: 1887-03~", "when: 1903", "11:when: '1903' lies outside the story's span, 1887"),
        (
            "when: 1887-03~",
            "when: 1887-03~\nbeside: 1886",
            "12:beside: '1886' lies outside the story's span, 1887",
        ),
        (
            "select: lamp-quarrel",
            "highlight: lamp-quarrel, nine-ship",
            "12:highlight: 'nine-ship' is not the id of an event or a route; did you mean nine-sh",
        ),
        (
            "select: lamp-quarrel",
            "highlight: lamp-quarrel; nine-ships",
            "12:highlight: 'nine-ships' is not to be seen in the chapter's time, c. March 1887",
        ),
        (
            "when: 1887-03~\nselect: lamp-quarrel",
            "highlight: fleet-sails, lamp-outside",
            "11:highlight: 'lamp-outside' is not the id of an event or a route",
        ),
        (
            "series: Lamp",
            "series: Ships at sea; Lump",
            "6:series: 'Lump oil in store' is not the name",
        ),
        ("series: Lamp", "series: Lump", "did you mean Lamp oil in store?"),
        (
            "series: Lamp oil in store",
            "series: Keepers of the lamp, 1 September 1887",
            "6:series: 'Keepers of the lamp, 1 September 1887' has too few points",
        ),
    ],
)
def test_a_story_names_only_what_is_there(
    copy: Path, out: Path, old: str, new: str, expected: str
) -> None:
    """Unknown layers, events, sources, series, and moments outside the span, are errors."""
    edit(copy, STORY, old, new)
    report = build(copy, out)
    assert len(report.problems) == 1, lines(report)
    assert expected in lines(report)[0]
    assert lines(report)[0].startswith(f"{STORY}:")
    assert report.written.made == ()


def test_a_story_selects_only_what_it_shows(copy: Path) -> None:
    """A chapter that selects an event outside the story's span is an error at its line."""
    edit(copy, STORY, "span: 1887\nopening: 1887-03/1887-09", "span: 1887-04/1887-10")
    edit(copy, STORY, "when: 1887-03~", "when: 1887-05")
    (outside,) = [str(each) for each in check(copy) if each.severity == "error"]
    assert outside.startswith(f"{STORY}:11:select: 'lamp-quarrel' is an event of c. March 1887")


def test_a_story_highlights_only_what_it_shows(copy: Path) -> None:
    """A chapter without a time of its own may highlight nothing outside the story's span."""
    edit(copy, STORY, "span: 1887\nopening: 1887-03/1887-09", "span: 1887-04/1887-10")
    edit(copy, STORY, "when: 1887-03~\nselect: lamp-quarrel", "highlight: nine-ships,lamp-quarrel")
    (outside,) = [str(each) for each in check(copy) if each.severity == "error"]
    assert outside.startswith(
        f"{STORY}:10:highlight: 'lamp-quarrel' is not to be seen in the story"
    )


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            "layers: planned\nselect: eastern-plan",
            "13:select: warning: 'eastern-plan' was planned and never executed, and its chapter",
        ),
        (
            "status: planned",
            "12:status: warning: 'planned' is the status of a chapter that does not",
        ),
        ("status: planned\nlayers: planned\nselect: eastern-plan", None),
    ],
)
def test_a_chapter_on_a_plan_says_so(copy: Path, keys: str, expected: str | None) -> None:
    """Its status and its layers are compared with the event that it selects: a warning."""
    edit(copy, STORY, "when: 1887-03~\nselect: lamp-quarrel", f"when: 1887-06\n{keys}")
    shown = [str(each) for each in check(copy)]
    assert len(shown) == (expected is not None), shown
    assert not expected or shown[0].startswith(f"{STORY}:{expected}")


def test_a_broken_table_causes_no_complaints_elsewhere(copy: Path) -> None:
    """What a story names is not called unknown while its table has errors of its own."""
    edit(copy, EVENTS, "1887-03~", "March")
    assert [problem.path for problem in check(copy)] == [EVENTS]


def test_problems_of_all_files_come_at_once_in_order(copy: Path) -> None:
    """Tables, routes and stories are all checked, and reported by file and line."""
    edit(copy, EVENTS, "1887-09-01?", "soon")
    edit(copy, "geodata/layers/waypoints.csv", "52.4,180", "52.4,999")
    edit(copy, STORY, "span: 1887", "span: ever")
    problems = check(copy)
    assert [problem.path for problem in problems] == [
        EVENTS,
        "geodata/layers/waypoints.csv",
        STORY,
    ]


def test_without_a_story_there_is_one_map_of_all(copy: Path, out: Path) -> None:
    """A project of tables alone gets a map named like its folder."""
    shutil.rmtree(copy / "maps")
    report = build(copy, out)
    assert lines(report) == []
    assert names(out) == site_of("map.html")
    assert "<h2>Copy</h2>" in (out / "index.html").read_text(encoding="utf-8")


def test_a_folder_with_nothing_but_five_columns_is_a_project(tmp_path: Path) -> None:
    """`id,title,when,lat,lon` is enough, in any century."""
    tables = tmp_path / "wars" / "events" / "tables"
    tables.mkdir(parents=True)
    (tables / "events.csv").write_text(
        "id,title,when,lat,lon\n"
        "marathon,Marathon,-0489-09,38.1,24.0\n"
        "hastings,Hastings,1066-10-14,50.9,0.5\n",
        encoding="utf-8",
    )
    report = build(tmp_path / "wars", tmp_path / "site")
    assert lines(report) == []
    assert names(tmp_path / "site") == site_of("map.html")


def test_a_project_without_a_dated_event_is_a_problem(tmp_path: Path, out: Path) -> None:
    """A table with a header and no row says that there is nothing to show."""
    tables = tmp_path / "empty" / "events" / "tables"
    tables.mkdir(parents=True)
    (tables / "events.csv").write_text("id,title,when,lat,lon\n", encoding="utf-8")
    report = build(tmp_path / "empty", out)
    assert len(report.problems) == 1
    assert report.written.made == ()


def in_both_tables(folder: Path, cell: str, *named: str, table: str = "") -> tuple[Project, str]:
    """A project of an event and a route with this direction cell, and what is wrong with it.

    `named` are the cells of further events; `table` is a directions.csv.
    """
    events = [f"e{n},E,1941,1,1,{other}" for n, other in enumerate((cell, *named))]
    tables = {
        EVENTS: ["id,title,when,lat,lon,direction", *events],
        "geodata/layers/routes.csv": ["id,title,direction", f"r,R,{cell}"],
        "geodata/layers/waypoints.csv": ["route,when,lat,lon", "r,1941-01,1,2", "r,1941-02,1,3"],
    }
    if table:
        tables["events/tables/directions.csv"] = [table]
    for path, rows in tables.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("\n".join([*rows, ""]), encoding="utf-8")
    read = read_project(folder)
    return read, "\n".join(map(str, read.problems))


TWO = "id,label,order\nnorth,The north,2\nsouth,The south,1"


@pytest.mark.parametrize(
    ("cell", "named", "table", "directions"),
    [
        ("north", (), TWO, ("north",)),
        ("north;south", (), TWO, ("north", "south")),
        ("both", (), TWO, ("south", "north")),
        ("both;north", (), TWO, ("south", "north")),
        ("north;context", (), TWO, ("north",)),
        ("context", (), TWO, ()),
        ("", (), TWO, ()),
        ("Army Group North", ("Centre",), "", ("army-group-north",)),
        ("Centre;Army Group North", (), "", ("centre", "army-group-north")),
        ("both", ("Army Group North", "Centre"), "", ("army-group-north", "centre")),
        ("北", (), "", ("direction-1",)),
        ("", ("Centre",), "", ()),
        ("", (), "", ("events",)),
        ("context", (), "", ("events",)),
        ("both", ("context",), "", ("events",)),
    ],
)
def test_a_direction_cell_means_the_same_for_events_and_routes(
    tmp_path: Path, cell: str, named: tuple[str, ...], table: str, directions: tuple[str, ...]
) -> None:
    """Whatever the cell says, a route is of the lanes of which an event would be."""
    read, problems = in_both_tables(tmp_path, cell, *named, table=table)
    assert problems == ""
    assert read.tables.events[0].directions == directions
    assert read.ground.routes[0].directions == directions


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("nroth", "'nroth' is not in events/tables/directions.csv; did you mean north?"),
        ("The south", "did you mean south?"),
        ("both;nroth", "names 'nroth', which is not in events/tables/directions.csv"),
        ("routes", "'routes' has a meaning of its own on the map"),
    ],
)
def test_a_wrong_direction_is_as_wrong_for_routes_as_for_events(
    tmp_path: Path, cell: str, told: str
) -> None:
    """Both tables have the same problem with the same cure."""
    _, problems = in_both_tables(tmp_path, cell, table=TWO)
    assert problems.count(told) == 2, problems


def test_without_a_table_a_route_is_of_a_direction_that_events_name(tmp_path: Path) -> None:
    """Events make the lanes; a route that misspells one is told so."""
    in_both_tables(tmp_path, "", "Army Group North")
    edit(tmp_path, "geodata/layers/routes.csv", "r,R,", "r,R,Army Grop North")
    (problem,) = check(tmp_path)
    assert str(problem) == (
        "geodata/layers/routes.csv:2:direction: 'Army Grop North' is not in events/tables/"
        "events.csv; did you mean Army Group North?"
    )


def test_only_the_stories_asked_for_are_built(copy: Path, out: Path) -> None:
    """The index lists the pages that stand beside it, and no others."""
    text = (copy / STORY).read_text(encoding="utf-8").replace("Two Lamps", "One Lamp")
    (copy / "maps" / "stories" / "one-lamp.md").write_text(text, encoding="utf-8")
    build(copy, out, ["one-lamp"])
    assert names(out) == site_of("one-lamp.html")
    assert "two-lamps.html" not in (out / "index.html").read_text(encoding="utf-8")


def test_a_story_that_is_not_there_is_wrong_usage(copy: Path, out: Path) -> None:
    """Asking for an unknown story says which was probably meant."""
    with pytest.raises(UnknownStory, match="did you mean two-lamps"):
        build(copy, out, ["two-lamp"])
    assert names(out) == {"index.html"}


def test_a_missing_project_is_an_error_of_the_system(tmp_path: Path) -> None:
    """A folder that is not there is no empty project."""
    with pytest.raises(FileNotFoundError):
        check(tmp_path / "nowhere")


def test_no_page_is_written_if_one_cannot_be(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full at the second page leaves the old site whole and no parts behind."""
    whole = os.fsync
    calls = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        whole(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(out, {"index.html": "new", "a.html": "new", "b.html": "new"})
    assert names(out) == {"index.html"}
    assert (out / "index.html").read_text(encoding="utf-8") == "old"


def test_a_page_is_replaced_in_one_step(out: Path) -> None:
    """Who has the old page open goes on reading the old page."""
    if os.name == "nt":
        pytest.skip("Windows does not replace a file that is open")
    with (out / "index.html").open(encoding="utf-8") as reader:
        write(out, {"index.html": "new"})
        assert reader.read() == "old"
    assert (out / "index.html").read_text(encoding="utf-8") == "new"


def test_pages_have_line_feeds_and_utf8_everywhere(out: Path) -> None:
    """What is written is the text in UTF-8, with the line ends that it has."""
    write(out, {"a.html": "é\n"})
    assert (out / "a.html").read_bytes() == b"\xc3\xa9\n"


def test_what_killed_builds_left_behind_goes(out: Path) -> None:
    """Parts whose process is gone, or that are old, are removed; one in the making stays."""
    gone, old, mine = ".a.html.99999999.part", ".b.html.x.part", f".c.html.{os.getppid()}.part"
    for name in (gone, old, mine):
        (out / name).write_text("half", encoding="utf-8")
    long_ago = time.time() - 86_400
    os.utime(out / old, (long_ago, long_ago))
    if os.name == "nt":
        os.utime(out / gone, (long_ago, long_ago))
    write(out, {"index.html": "new"})
    assert names(out) == {"index.html", mine}


def test_each_step_is_told(copy: Path, out: Path) -> None:
    """Whoever wants to show progress hears of each page."""
    said: list[str] = []
    build(copy, out, say=said.append)
    assert "making two-lamps.html" in said


def test_files_in_a_folder_are_written_beside_the_pages(out: Path) -> None:
    """A path with a folder makes it; parts of killed builds go from there too."""
    (out / "data").mkdir()
    (out / "data" / ".a.csv.99999999.part").write_text("half", encoding="utf-8")
    write(out, {"data/a.csv": "new", "index.html": "new"})
    assert names(out / "data") == ({"a.csv"} if os.name == "posix" else names(out / "data"))
    assert (out / "data" / "a.csv").read_text(encoding="utf-8") == "new"


def test_a_folder_in_place_of_a_page_leaves_all_pages(tmp_path: Path) -> None:
    """Where one page cannot be written since a folder has its name, no other is replaced."""
    folder = tmp_path / "site"
    (folder / "index.html").mkdir(parents=True)
    (folder / "a.html").write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="is a folder"):
        write(folder, {"a.html": "new", "index.html": "new"})
    assert (folder / "a.html").read_text(encoding="utf-8") == "old"
    assert names(folder) == {"a.html", "index.html"}


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("events/tables/direction.csv", "did you mean directions.csv?"),
        ("events/tables/Places.csv", "did you mean places.csv?"),
        ("geodata/layers/route.csv", "did you mean routes.csv?"),
        ("events/tables/waypoints.csv", "move it to geodata/layers"),
        ("geodata/layers/segment.geojson", "did you mean segments.geojson?"),
        ("events/tables/fronts.geojson", "move it to geodata/layers"),
        ("events/tables/notes.xlsx", "the tables here are events.csv"),
    ],
)
def test_a_table_that_nobody_reads_is_a_warning(copy: Path, file: str, hint: str) -> None:
    """A file that looks like a table, under another name than any table has, is named."""
    (copy / file).write_text("", encoding="utf-8")
    (found,) = check(copy)
    assert (found.path, found.severity) == (file, "warning")
    assert found.hint.startswith(hint)


def test_files_of_ones_own_are_passed_over(copy: Path) -> None:
    """Names that begin with an underscore, a dot or a tilde, and texts, are nobody's tables."""
    for name in ("_old.csv", ".~lock.events.csv#", "~$events.xlsx", "README.md"):
        (copy / "events" / "tables" / name).write_text("", encoding="utf-8")
    assert check(copy) == ()


@pytest.mark.parametrize(
    ("stops", "message"),
    [
        (("40,-70", "50,-5"), "crosses 30° W, where the sheet begins and ends"),
        (("80,10", "80,170"), "leaves the sheet, which ends at 84° N"),
    ],
)
def test_a_route_that_leaves_the_sheet_is_a_warning(
    copy: Path, stops: tuple[str, str], message: str
) -> None:
    """Its way is cut at the edge, and the waypoint behind the edge is named."""
    layers = copy / "geodata" / "layers"
    (layers / "routes.csv").write_text("id,title,means\nr,R,air\n", encoding="utf-8")
    rows = [f"r,{year},{stop}" for year, stop in enumerate(stops, 1941)]
    text = "\n".join(("route,when,lat,lon", *rows, ""))
    (layers / "waypoints.csv").write_text(text, encoding="utf-8")
    (found,) = [each for each in check(copy) if each.path.endswith("waypoints.csv")]
    assert (found.line, found.value, found.severity) == (3, "r", "warning")
    assert found.message.startswith(message)


def test_errors_of_a_story_come_before_that_it_is_not_there(copy: Path, out: Path) -> None:
    """A story with an error in its first lines is no unknown one: the error is what is told."""
    story = copy / STORY
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("title:", "titel:", 1), encoding="utf-8")
    told = build(copy, out, ["two-lamps"]).problems
    assert "'titel' is not a key of a story; did you mean title?" in str(told[-1])
