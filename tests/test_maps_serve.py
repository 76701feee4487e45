"""Serving: the last state of the tables, to this machine alone, whatever happens to the files."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest

from maps.report import Report
from maps.serve import LOOPBACK, look, serve, served
from maps.site import build

ROOT = Path(__file__).parents[1]
EVENTS = "events/tables/events.csv"
WAIT = 60  # seconds after which a build will not come any more

Told = Queue[Report | OSError]


class Serving:
    """A server over a copy of the small project, and what its builds told."""

    def __init__(self, project: Path, site: Path, url: str, told: Told) -> None:
        self.project, self.site, self.url, self.told = project, site, url, told
        self.port = int(url.rstrip("/").rpartition(":")[2])

    def next(self) -> Report:
        """The next build, once it is there."""
        report = self.told.get(timeout=WAIT)
        assert isinstance(report, Report)
        return report

    def until(self, is_it: Callable[[Report], bool]) -> Report:
        """The next build that is as it should be."""
        while True:
            report = self.next()
            if is_it(report):
                return report

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """The status and text of what is asked for."""
        asking = http.client.HTTPConnection(LOOPBACK, self.port, timeout=WAIT)
        try:
            asking.request("GET", path, headers=headers)
            answer = asking.getresponse()
            return answer.status, answer.read().decode()
        finally:
            asking.close()


@pytest.fixture
def serving(project: Path, tmp_path: Path) -> Iterator[Serving]:
    """The small project, served."""
    copy = Path(shutil.copytree(project, tmp_path / "copy"))
    told, ready, stop = Told(), Queue[str](), Event()
    words = (copy, tmp_path / "site", False, 0, told.put, ready.put, stop)
    running = Thread(target=serve, args=words)
    running.start()
    yield Serving(copy, tmp_path / "site", ready.get(timeout=WAIT), told)
    stop.set()
    running.join(WAIT)
    assert not running.is_alive()


def edit(project: Path, old: str, new: str, path: str = EVENTS) -> None:
    """Writes one text for another in a table."""
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_edit_is_built_and_served(serving: Serving) -> None:
    """The page on the disk stays as strict as it is; the served one may listen to us alone."""
    assert "made" not in serving.next().problems
    edit(serving.project, "Battle of the Rock", "Battle of the Reef")
    assert serving.next().written.made == ("two-lamps.html",)
    status, text = serving.get("/two-lamps.html")
    page = (serving.site / "two-lamps.html").read_text(encoding="utf-8")
    assert status == 200
    assert "Battle of the Reef" in text
    assert "connect-src 'none'" in page
    assert "EventSource" not in page
    assert "connect-src 'self'" in text
    assert "EventSource" in text


def test_fifty_saves_end_in_the_last_state(serving: Serving) -> None:
    """However quickly they come, what is shown is the last of them, after fewer builds."""
    serving.next()
    for number in range(50):
        edit(
            serving.project,
            "Battle of the Rock" if number == 0 else f"Battle {number - 1}!",
            f"Battle {number}!",
        )
    builds = 0
    while "Battle 49!" not in (serving.site / "two-lamps.html").read_text(encoding="utf-8"):
        serving.next()
        builds += 1
    assert builds < 25


def test_a_broken_row_keeps_the_last_good_map(serving: Serving) -> None:
    """Its problem is told, the site stays; mended, it is built again."""
    serving.next()
    whole = (serving.site / "two-lamps.html").read_bytes()
    edit(serving.project, "1887-03~", "March")
    assert [each.column for each in serving.next().problems] == ["when"]
    assert (serving.site / "two-lamps.html").read_bytes() == whole
    edit(serving.project, "March", "1887-03~")
    assert serving.next().problems == ()


def test_a_folder_that_is_deleted_and_made_again_is_no_end(serving: Serving) -> None:
    """Nor is a table that is renamed into its place, as some programs save."""
    serving.next()
    tables = serving.project / "events" / "tables"
    tables.rename(serving.project / "elsewhere")
    assert serving.until(lambda report: bool(report.problems))
    (serving.project / "elsewhere").rename(tables)
    assert serving.until(lambda report: not report.problems)
    beside = tables / "~new.csv"
    beside.write_text(
        (tables / "events.csv").read_text(encoding="utf-8").replace("the Rock", "the Reef"),
        encoding="utf-8",
    )
    beside.replace(tables / "events.csv")
    assert serving.until(lambda report: "two-lamps.html" in report.written.made)


def test_what_spreadsheets_leave_beside_a_table_is_not_seen(project: Path, tmp_path: Path) -> None:
    """Lock files come and go; a table of the same size and time under its name is another one."""
    copy = Path(shutil.copytree(project, tmp_path / "copy"))
    before = look(copy)
    for name in ("~$events.xlsx", ".~lock.events.csv#", ".events.csv.swp"):
        (copy / "events" / "tables" / name).write_text("", encoding="utf-8")
    assert look(copy) == before
    table = copy / EVENTS
    twin = Path(shutil.copy2(table, tmp_path / "twin.csv"))
    table.rename(tmp_path / "old.csv")
    twin.rename(table)
    assert look(copy) != before


def test_the_pictures_of_chapters_are_seen(project: Path, tmp_path: Path) -> None:
    """One that comes or changes in a folder beside the stories is an edit."""
    copy = Path(shutil.copytree(project, tmp_path / "copy"))
    looks = [look(copy)]
    picture = copy / "maps" / "stories" / "pictures" / "lamp.png"
    picture.parent.mkdir()
    for content in (b"", b"other"):
        picture.write_bytes(content)
        looks.append(look(copy))
    assert len(set(looks)) == 3


def test_only_this_machine_gets_only_what_we_made(serving: Serving) -> None:
    """No other file, no other name for this machine, and a page that is not there may come."""
    serving.next()
    (serving.site / "mine.html").write_text("mine", encoding="utf-8")
    assert serving.get("/")[0] == 200
    assert serving.get("/pictures/two-lamps.svg")[1].startswith("<svg ")
    for path in (
        "/mine.html",
        "/../copy/events/tables/events.csv",
        "/%2e%2e/secret",
        "/.made.json",
    ):
        status, text = serving.get(path)
        assert status == 404, path
        assert "mine</" not in text
    assert serving.get("/", Host=f"evil.example:{serving.port}")[0] == 403
    assert serving.get("/", Host=f"localhost:{serving.port}")[0] == 200


def test_pages_that_listen_are_told_at_once(serving: Serving) -> None:
    """The stream names each page with its hash, and what is wrong, whoever comes when."""
    serving.next()
    asking = http.client.HTTPConnection(LOOPBACK, serving.port, timeout=WAIT)
    asking.request("GET", "/live")
    answer = asking.getresponse()
    told = json.loads(answer.readline().removeprefix(b"data: "))
    page = "two-lamps.html"
    others = {"index.html", "embed.html", "embed.js", "pictures/two-lamps.svg"}
    assert set(told["pages"]) == {page, *others}
    assert told["problems"] == []
    edit(serving.project, "1887-03~", "March")
    answer.readline()
    told = json.loads(answer.readline().removeprefix(b"data: "))
    assert told["problems"][0].startswith(f"{EVENTS}:2:when: 'March' is not a date")
    answer.close()
    asking.close()


def test_a_served_page_differs_by_its_script_and_its_policy(project: Path, tmp_path: Path) -> None:
    """Nothing else is put in, whatever the tables say."""
    edit_of = Path(shutil.copytree(project, tmp_path / "copy"))
    edit(edit_of, "Battle of the Rock", "</body> connect-src 'none' script-src x; y")
    build(edit_of, tmp_path / "site")
    for name in ("index.html", "embed.html", "two-lamps.html"):
        text = (tmp_path / "site" / name).read_text(encoding="utf-8")
        page = served(name, text, "0")
        assert page.count("EventSource") == 1
        assert page.count("connect-src 'self'") == 1
        assert page.replace("connect-src 'self'", "connect-src 'none'").endswith("</html>\n")


def test_another_port_is_taken_where_the_first_is(project: Path, tmp_path: Path) -> None:
    """And interrupted it ends with status 0 and no traceback."""
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        words = ["serve", "--project", str(project), "--port", str(taken.getsockname()[1])]
        running = subprocess.Popen(
            [sys.executable, "make_maps.py", *words, "--out", str(tmp_path / "site")],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert running.stdout
        assert "made embed two-lamps index and 2 files" in running.stdout.readline()
        url = running.stdout.readline()
        assert url.startswith(f"http://{LOOPBACK}:")
        assert f":{taken.getsockname()[1]}/" not in url
        if os.name == "nt":
            running.kill()
            running.communicate()
            return
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=WAIT)
    assert (running.returncode, told) == (0, "")
