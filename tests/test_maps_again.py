"""Building again: only what an edit touches, and the bytes of a build from nothing."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from drawings import lamp

from geodata.atoms import ATOMS, LateAtoms, read_atoms
from maps import memory as memories
from maps.again import build, check
from maps.memory import FOLDER, Memory, memory_folder
from maps.prints import print_of_code, prints_of
from maps.site import build as build_from_nothing
from maps.writing import write

ROOT = Path(__file__).parents[1]
EVENTS = "events/tables/events.csv"
LAYERS = "geodata/layers"
STORY = "maps/stories/two-lamps.md"
PICTURE = "maps/stories/pictures/lamp"
SHOWN = "picture: pictures/lamp\ncredit: Our own\nalt: A lamp\n"

Edit = Callable[[Path], None]


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a memory that knows nothing yet."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "memory"))
    return tmp_path / "memory"


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    """A copy of the five-event war, to be edited."""
    return Path(shutil.copytree(project, tmp_path / "copy"))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a site with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def replaced(path: str, old: str, new: str) -> Edit:
    """An edit that writes one text for another in a file."""

    def edit(project: Path) -> None:
        text = (project / path).read_text(encoding="utf-8")
        assert old in text
        (project / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def written(path: str, text: str) -> Edit:
    """An edit that writes a whole file."""

    def edit(project: Path) -> None:
        (project / path).write_text(text, encoding="utf-8")

    return edit


def drawn(kind: str) -> Edit:
    """An edit that draws the picture of a chapter, in a folder of its own."""

    def edit(project: Path) -> None:
        path = project / PICTURE
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(lamp(kind))

    return edit


def deleted(path: str) -> Edit:
    """An edit that deletes a file."""
    return lambda project: (project / path).unlink()


FOG = "Three days of fog;"
OTHER = "---\ntitle: One Lamp\nspan: 1887\n---\nOne.\n"
CLAIMS = "id,event,says,sources\nc,lamp-quarrel,There was one.,ANON1890\n"
A_WARNING = written("events/tables/direction.csv", "")  # a table that nobody reads
EDITS: dict[str, Edit] = {
    "a title": replaced(EVENTS, "The fleet sails west", "The fleet sails"),
    "a summary": replaced(EVENTS, "nobody is hurt", "one is hurt"),
    "a date": replaced(EVENTS, "1887-05-09/1887-05-11", "1887-05-10"),
    "a place": replaced(EVENTS, "52.05,-174.2", "52.15,-174.3"),
    "an event more": replaced(
        EVENTS, "fleet-sails,", "omen,An omen,1887-04,52,-174,,,,,,,,,,\nfleet-sails,"
    ),
    "an event less": replaced(EVENTS, "omen,An omen,1887-04,52,-174,,,,,,,,,,\n", ""),
    "another direction": replaced("events/tables/directions.csv", "#c8501e", "#b8400e"),
    "a phase": replaced("events/tables/phases.csv", "ships at sea", "at sea"),
    "a figure": replaced("events/tables/series.csv", "72,60,75", "73,60,75"),
    "a source": replaced("events/tables/sources.csv", "Two Lamps", "Both Lamps"),
    "a waypoint": replaced(f"{LAYERS}/waypoints.csv", "52.4,180", "52.5,180"),
    "means": replaced(f"{LAYERS}/routes.csv", ",sea,nine", ",land,nine"),
    "a row of the ledger": replaced(
        f"{LAYERS}/ownership.csv", "coast,client", "coast,protectorate"
    ),
    "a name": replaced(f"{LAYERS}/polities.csv", "Kingdom of Bering", "Bering"),
    "a side": replaced(f"{LAYERS}/sides.csv", "The crown", "A crown"),
    "no sides": deleted(f"{LAYERS}/sides.csv"),
    "the story's text": replaced(STORY, "Both claim **the lamp**", "Both want **it**"),
    "the story's key": replaced(STORY, "opening: 1887-03/1887-09", "opening: 1887"),
    "a picture that nobody shows": drawn("PNG"),
    "a picture": replaced(STORY, "when: 1887-03~\n", f"when: 1887-03~\n{SHOWN}"),
    "another picture": drawn("JPEG"),
    "no picture": deleted(PICTURE),
    "no picture's keys": replaced(STORY, SHOWN, ""),
    "a story more": written("maps/stories/one-lamp.md", OTHER),
    "a story less": deleted("maps/stories/one-lamp.md"),
    "a claim": written("events/tables/claims.csv", CLAIMS),
    "no claim": deleted("events/tables/claims.csv"),
    "no story": deleted(STORY),
    "an error": replaced(EVENTS, "1887-03~", "March"),
    "no error": replaced(EVENTS, "March", "1887-03~"),
}


def test_every_edit_gives_the_bytes_of_a_build_from_nothing(
    copy: Path, memory: Path, tmp_path: Path
) -> None:
    """Text, date, place, more, less, ledger, story: after each the site is as if it were new."""
    out = tmp_path / "site"
    build(copy, out)
    for number, (name, edit) in enumerate(EDITS.items()):
        edit(copy)
        new = tmp_path / f"new{number}"
        again, expected = build(copy, out), build_from_nothing(copy, new)
        assert again.problems == expected.problems, name
        assert check(copy) == expected.problems, name
        if expected.written.made:
            assert contents(out) == contents(new), name
        else:
            assert name in ("an error", "no picture")


def longer(path: str, column: str) -> Edit:
    """An edit that adds a word to the first row's cell of a column."""

    def edit(project: Path) -> None:
        with (project / path).open(encoding="utf-8", newline="") as opened:
            head, first, *rows = csv.reader(opened)
        first[head.index(column)] += " indeed"
        with (project / path).open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows([head, first, *rows])

    return edit


SHIPPED: dict[str, Edit] = {
    "a title": longer(EVENTS, "title"),
    "a claim": longer("events/tables/claims.csv", "says"),
    "a source": longer("events/tables/sources.csv", "title"),
    "a place": longer("events/tables/places.csv", "names"),
    "a story": replaced("maps/stories/two-directions.md", "title: ", "title: The "),
    "a note of the ledger": longer(f"{LAYERS}/ownership.csv", "note"),
}


def test_edits_of_the_shipped_atlas_give_the_bytes_of_a_build_from_nothing(
    memory: Path, tmp_path: Path
) -> None:
    """One row after the other, and at the end the site is as if it were new."""
    atlas = tmp_path / "atlas"
    for name in ("events/tables", "geodata/layers", "maps/stories"):
        shutil.copytree(ROOT / name, atlas / name)
    for name in ("barbarossa-moscow", "manchuria-1945", "pearl-harbor-and-the-south"):
        (atlas / "maps/stories" / f"{name}.md").unlink()  # two maps show what five would
    build(atlas, tmp_path / "site")
    for name, edit in SHIPPED.items():
        edit(atlas)
        report = build(atlas, tmp_path / "site")
        assert "two-directions.html" in report.written.made, name
        assert len(report.changes) == 1, name
    build_from_nothing(atlas, tmp_path / "new")
    assert contents(tmp_path / "site") == contents(tmp_path / "new")


def test_a_ground_that_was_drawn_before_is_not_read_again(
    copy: Path, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another title leaves the ledger alone, another status in the ledger the shapes of atoms."""
    build(copy, tmp_path / "site")
    read: list[str] = []
    for module, name in (("atoms", "read_atoms"), ("ledger", "read_ledger")):
        whole = getattr(import_module(f"geodata.{module}"), name)

        def noted(*args: Any, name: str = name, whole: Any = whole) -> Any:
            read.append(name)
            return whole(*args)

        monkeypatch.setattr(f"geodata.{module}.{name}", noted)
    EDITS["a title"](copy)
    assert build(copy, tmp_path / "site").written.made == ("two-lamps.html",)
    assert read == []
    EDITS["a row of the ledger"](copy)
    assert build(copy, tmp_path / "site").written.made == ("two-lamps.html",)
    assert read == ["read_ledger"]


LIGHT = """
import sys
import make_maps
status = make_maps.main(sys.argv[1:])
heavy = {"numpy", "shapely", "geopandas", "pyproj", "folium", "yaml", "markdown_it"}
assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()
sys.exit(status)
"""


@pytest.mark.parametrize("command", ["build", "check"])
def test_where_nothing_changed_nothing_slow_is_loaded(
    copy: Path, memory: Path, tmp_path: Path, command: str
) -> None:
    """The second build keeps every page, loads no library, and says the same warnings again."""
    A_WARNING(copy)
    first = build(copy, tmp_path / "site")
    assert [each.severity for each in first.problems] == ["warning"]
    words = [command, "--project", str(copy)]
    words += ["--out", str(tmp_path / "site")] if command == "build" else []
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == list(map(str, first.problems))
    if command == "build":
        assert "kept embed two-lamps index and 2 files; 0." in done.stdout


def test_strict_holds_for_what_is_remembered_too(copy: Path, memory: Path, tmp_path: Path) -> None:
    """A warning that was built over before stops a strict build, and one more build does not."""
    A_WARNING(copy)
    build(copy, tmp_path / "site")
    assert build(copy, tmp_path / "site", strict=True).written.kept == ()
    assert build(copy, tmp_path / "site").written.kept


def test_a_damaged_page_is_made_again(copy: Path, memory: Path, tmp_path: Path) -> None:
    """What somebody changed or deleted in the site is put right, though no table changed."""
    site = tmp_path / "site"
    build(copy, site)
    whole = contents(site)
    (site / "two-lamps.html").write_text("torn", encoding="utf-8")
    (site / "index.html").unlink()
    assert set(build(copy, site).written.made) == {"two-lamps.html", "index.html"}
    assert contents(site) == whole


def test_force_makes_all_of_it_anew(copy: Path, memory: Path, tmp_path: Path) -> None:
    """With `force` nothing is remembered and nothing kept, and the bytes are the same."""
    site = tmp_path / "site"
    build(copy, site)
    whole = contents(site)
    assert set(build(copy, site, force=True).written.made) == set(whole) - {".made.json"}
    assert contents(site) == whole


@pytest.mark.parametrize("damage", [b"", b"{}", b"\0" * 999, None])
def test_a_memory_that_is_torn_or_foreign_knows_nothing(
    copy: Path, memory: Path, tmp_path: Path, damage: bytes | None
) -> None:
    """Whatever its files hold, be it folders, the site is the same."""
    build(copy, tmp_path / "site")
    whole = contents(tmp_path / "site")
    files = list(memory.iterdir())
    assert files
    for path in files:
        if damage is None:
            path.unlink()
            path.mkdir()
        else:
            path.write_bytes(damage)
    shutil.rmtree(tmp_path / "site")
    build(copy, tmp_path / "site")
    assert contents(tmp_path / "site") == whole


def test_half_a_file_of_the_memory_is_none(tmp_path: Path) -> None:
    """A file with its end cut off is one that is not there."""
    memory = Memory(tmp_path, "code")
    memory.note("thing", 1, {"a": [1, 2, 3]})
    memory.settle()
    assert memory.known("thing", 1) == {"a": [1, 2, 3]}
    assert Memory(tmp_path, "other code").known("thing", 1) is None
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert memory.known("thing", 1) is None


def test_a_memory_that_cannot_be_written_is_no_obstacle(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file where its folder should be: the site is built, and the file stays."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    monkeypatch.setenv(FOLDER, str(tmp_path / "taken"))
    assert build(copy, tmp_path / "site").written.made
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_the_memory_forgets_what_was_used_longest_ago(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never holds more files or bytes than its caps."""
    monkeypatch.setattr(memories, "MOST_FILES", 3)
    monkeypatch.setattr(memories, "MOST_BYTES", 1000)
    for number in range(5):
        memory = Memory(tmp_path, "code")
        memory.note("thing", number, number)
        memory.settle()
        for path in tmp_path.iterdir():
            os.utime(path, (path.stat().st_mtime - 100, path.stat().st_mtime - 100))
        memory.known("thing", 0)  # used each time
    assert [memory.known("thing", number) for number in range(5)] == [0, None, None, 3, 4]
    memory.note("thing", "large", "x" * 900)
    memory.settle()
    assert memory.known("thing", "large")
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 1000


def test_a_table_that_changes_while_it_is_read_teaches_nothing(
    copy: Path, memory: Path, tmp_path: Path
) -> None:
    """Who saves during a build gets no page that was made of two states, the next time."""

    def meddle(step: str) -> None:
        if step == "loading the map maker":
            replaced(EVENTS, "The fleet sails west", "The fleet sails")(copy)

    build(copy, tmp_path / "site", say=meddle)
    assert not memory.exists()
    build(copy, tmp_path / "site")
    build_from_nothing(copy, tmp_path / "new")
    assert contents(tmp_path / "site") == contents(tmp_path / "new")


def test_atoms_that_change_while_they_are_read_end_a_build_in_one_line(copy: Path) -> None:
    """What was sound before and is there no more is an error of the system, no traceback."""
    (name, *_), _ = read_atoms(copy)
    atoms = LateAtoms(copy, [name])
    written(ATOMS, '{"type": "FeatureCollection", "features": []}')(copy)
    with pytest.raises(OSError, match="changed while it was read"):
        atoms[name]
    assert "elsewhere" not in atoms


def test_other_code_and_other_libraries_have_other_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What makes the pages is part of every key."""
    before = print_of_code()
    assert print_of_code() == before
    (tmp_path / "folium-99.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert print_of_code() != before


def test_a_print_tells_where_a_link_leads(copy: Path) -> None:
    """The same text read over a link is another input: links out of the folder are refused."""
    before = prints_of(copy)
    story = copy / STORY
    outside = copy.parent / "outside.md"
    story.rename(outside)
    try:
        story.symlink_to(outside)
    except OSError:
        pytest.skip("links cannot be made here")
    assert prints_of(copy) != before


def test_the_memory_lies_where_the_system_keeps_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable names another folder; where it is empty, nothing is remembered."""
    monkeypatch.setenv(FOLDER, "")
    assert memory_folder() is None
    monkeypatch.delenv(FOLDER)
    folder = memory_folder()
    assert folder is None or folder.name == "history-map"


def test_a_second_story_leaves_the_first_as_it_is(copy: Path, memory: Path, tmp_path: Path) -> None:
    """Its page is made, the other is kept; when it goes, its page goes, and no foreign file."""
    site = tmp_path / "site"
    build(copy, site)
    whole = contents(site)
    (site / "mine.html").write_text("mine", encoding="utf-8")
    EDITS["a story more"](copy)
    assert build(copy, site).written.made == (
        "embed.html",
        "one-lamp.html",
        "pictures/one-lamp.svg",
        "index.html",
    )
    EDITS["a story less"](copy)
    done = build(copy, site).written
    assert (done.made, done.removed) == (
        ("embed.html", "index.html"),
        ("one-lamp.html", "pictures/one-lamp.svg"),
    )
    assert set(contents(site)) == {*whole, "mine.html"}


def test_a_page_that_somebody_wrote_over_stays(copy: Path, memory: Path, tmp_path: Path) -> None:
    """A page of a story that is gone goes only if it is as we made it."""
    site = tmp_path / "site"
    EDITS["a story more"](copy)
    build(copy, site)
    (site / "one-lamp.html").write_text("mine", encoding="utf-8")
    EDITS["a story less"](copy)
    assert build(copy, site).written.removed == ("pictures/one-lamp.svg",)
    assert (site / "one-lamp.html").read_text(encoding="utf-8") == "mine"


def test_the_record_goes_with_its_table(copy: Path, memory: Path, tmp_path: Path) -> None:
    """Without claims there is no folder of data any more."""
    site = tmp_path / "site"
    EDITS["a claim"](copy)
    build(copy, site)
    assert (site / "data" / "claims.csv").is_file()
    EDITS["no claim"](copy)
    build(copy, site)
    assert not (site / "data").exists()


@pytest.mark.parametrize(
    "made", ['{"../mine.txt": ["%s"]}', '{"/mine.txt": ["%s"]}', "[]", "{", "1"]
)
def test_a_list_of_what_we_made_cannot_lead_out_of_the_site(
    copy: Path, tmp_path: Path, made: str
) -> None:
    """Whatever somebody writes into it, nothing beside the site goes."""
    mine, site = tmp_path / "mine.txt", tmp_path / "site"
    mine.write_text("mine", encoding="utf-8")
    site.mkdir()
    text = made % memories.digest(b"mine") if "%" in made else made
    (site / ".made.json").write_text(text, encoding="utf-8")
    build_from_nothing(copy, site)
    assert mine.is_file()


# What an edit did


def told(copy: Path, out: Path, *names: str) -> list[str]:
    """What a build says of these edits."""
    for name in names:
        EDITS[name](copy)
    return list(map(str, build(copy, out).changes))


def test_a_build_tells_what_an_edit_did(copy: Path, memory: Path, tmp_path: Path) -> None:
    """Events by their cells and maps, other tables by their rows, other files by their names."""
    site = tmp_path / "site"
    assert told(copy, site) == []
    assert told(copy, site, "a date") == [
        "battle-of-the-rock: when 1887-05-09/1887-05-11 → 1887-05-10; moves on 1 map"
    ]
    assert told(copy, site, "a title", "an event more") == [
        "omen: added; on 1 map",
        "fleet-sails: title The fleet sails west → The fleet sails; on 1 map",
    ]
    assert told(copy, site, "an event less") == ["omen: removed; from 1 map"]
    assert told(copy, site, "a row of the ledger", "a waypoint") == [
        "ownership.csv: status client → protectorate",
        "waypoints.csv: lat 52.4 → 52.5",
    ]
    assert told(copy, site, "a phase", "a figure", "means") == [
        "phases.csv, ships-at-sea: label ships at sea → at sea",
        "series.csv, oil-04: value 72 → 73",
        "routes.csv, nine-ships: means sea → land",
    ]
    assert told(copy, site, "the story's text", "a story more") == [
        "one-lamp.md: added",
        "two-lamps.md: changed",
    ]
    assert told(copy, site, "a story less", "a summary") == [
        f"battle-of-the-rock: summary {FOG} nobody is hurt. → {FOG} one is hurt.; on 1 map",
        "one-lamp.md: removed",
    ]
    assert told(copy, site) == []


def test_an_event_can_come_to_a_map_and_leave_it(copy: Path, memory: Path, tmp_path: Path) -> None:
    """Another date takes it out of a story's span, and one more brings it back."""
    site = tmp_path / "site"
    build(copy, site)
    rows = (copy / EVENTS).read_text(encoding="utf-8").splitlines()
    (sails,) = (row.split(",")[2] for row in rows if row.startswith("fleet-sails,"))
    replaced(EVENTS, sails, "1899")(copy)
    assert told(copy, site) == [f"fleet-sails: when {sails} → 1899; leaves 1 map"]
    replaced(EVENTS, "1899", sails)(copy)
    assert told(copy, site) == [f"fleet-sails: when 1899 → {sails}; comes to 1 map"]


def test_a_change_is_json_for_machines(copy: Path, memory: Path, tmp_path: Path) -> None:
    """With whole cells, and the same keys for events and files."""
    build(copy, tmp_path / "site")
    EDITS["a date"](copy)
    EDITS["no sides"](copy)
    event, table = (change.as_json() for change in build(copy, tmp_path / "site").changes)
    assert event == {
        "change": "changed",
        "path": EVENTS,
        "id": "battle-of-the-rock",
        "cells": {"when": ["1887-05-09/1887-05-11", "1887-05-10"]},
        "rows": {"changed": 0, "added": 0, "removed": 0},
        "maps": {"before": ["two-lamps"], "now": ["two-lamps"]},
    }
    assert (table["change"], table["path"], table["id"]) == ("removed", f"{LAYERS}/sides.csv", None)
    assert table.keys() == event.keys()


def test_a_column_of_ones_own_and_the_order_of_rows_are_no_change(
    copy: Path, memory: Path, tmp_path: Path
) -> None:
    """Whatever no map shows is not told; long texts are told without their words."""
    build(copy, tmp_path / "site")
    table = copy / "events/tables/phases.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    lines = [f"{head},_mine", *(f"{row},x" for row in reversed(rows)), ""]
    table.write_text("\n".join(lines), encoding="utf-8")
    assert told(copy, tmp_path / "site") == []
    replaced(EVENTS, "nobody is hurt", "nobody " * 20)(copy)
    assert told(copy, tmp_path / "site") == ["battle-of-the-rock: summary changed; on 1 map"]


# Whole or old


@pytest.fixture
def later(copy: Path) -> Path:
    """The war as it stands after an edit that changes every page and adds one."""
    later = Path(shutil.copytree(copy, copy.parent / "later"))
    EDITS["a title"](later)
    EDITS["a story more"](later)
    EDITS["a claim"](later)
    return later


@pytest.mark.parametrize("operation", ["fsync", "replace", "open"])
def test_a_fault_at_any_step_leaves_whole_files(
    copy: Path, later: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    """At the first, second ... write, flush, rename: each file old or new, the next build exact."""
    before = build_from_nothing(copy, tmp_path / "old").pages
    after = build_from_nothing(later, tmp_path / "new").pages
    old, new = contents(tmp_path / "old"), contents(tmp_path / "new")
    owner = os if operation == "fsync" else Path
    whole = getattr(owner, operation)
    faults = 0
    for nth in range(1, 60):
        site = Path(shutil.copytree(tmp_path / "old", tmp_path / f"site-{nth}"))
        left = [nth]

        def fails(*args: object, left: list[int] = left, **options: object) -> object:
            left[0] -= operation != "open" or "wb" in args
            if left[0] == 0:
                left[0] = -1
                raise OSError(28, "No space left on device")
            return whole(*args, **options)

        with monkeypatch.context() as patch, suppress(OSError):
            patch.setattr(owner, operation, fails)
            write(site, after, is_all=True)
        found = contents(site)
        for name in found.keys() - {".made.json"}:
            assert found[name] in (old.get(name), new.get(name)), name
        write(site, after, is_all=True)
        assert contents(site) == new
        write(site, before, is_all=True)
        assert contents(site) == old
        if left[0] > 0:
            break
        faults += 1
    assert faults > 5


def start(project: Path, out: Path) -> subprocess.Popen[bytes]:
    """A build in a process of its own."""
    words = [sys.executable, "make_maps.py", "--project", str(project), "--out", str(out)]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def test_four_builds_at_once_make_one_site(copy: Path, memory: Path, tmp_path: Path) -> None:
    """They share memory and folder; none fails, and the site is that of one build."""
    build_from_nothing(copy, tmp_path / "new")
    running = [start(copy, tmp_path / "site") for _ in range(4)]
    for each in running:
        _, told = each.communicate(timeout=120)
        assert each.returncode == 0, told
    assert contents(tmp_path / "site") == contents(tmp_path / "new")


@pytest.mark.parametrize("share", [0.4, 0.9, 0.98])
def test_a_build_that_is_killed_leaves_whole_files(
    copy: Path, later: Path, memory: Path, tmp_path: Path, share: float
) -> None:
    """Each page is the old one or the new one, and the next build is exact."""
    build_from_nothing(later, tmp_path / "new")
    build(copy, tmp_path / "site")
    old, new = contents(tmp_path / "site"), contents(tmp_path / "new")
    begun = time.perf_counter()
    assert start(copy, tmp_path / "timed").communicate()[1] == b""
    running = start(later, tmp_path / "site")
    try:
        running.wait((time.perf_counter() - begun) * share)
    except subprocess.TimeoutExpired:
        running.kill()
    running.communicate()
    found = contents(tmp_path / "site")
    for name in new.keys() & found.keys() - {".made.json"}:
        assert found[name] in (old.get(name), new[name]), name
    build(later, tmp_path / "site")
    assert contents(tmp_path / "site") == new
