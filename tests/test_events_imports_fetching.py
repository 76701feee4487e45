"""Addresses: what they stand for, and what becomes of all that a net may answer."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import make_maps
from events.imports import fetching
from events.imports.addresses import file_address, is_address, without_secrets
from events.imports.bringing import bring
from events.reading import read_tables
from events.table import Unreadable

TABLE = b"title,date,lat,lon\nGuadalcanal,1942-08-07,-9.57,160.2\n"
PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head></html>"
SHEET = "https://docs.google.com/spreadsheets"
Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


def gives(content: bytes, code: int = 200, **headers: str) -> Answer:
    """An answer of some bytes; `_` in the names of headers is a hyphen."""

    def answer(asked: http.server.BaseHTTPRequestHandler) -> None:
        asked.send_response(code)
        for name, value in ({"Content_Length": str(len(content))} | headers).items():
            asked.send_header(name.replace("_", "-"), value)
        asked.end_headers()
        asked.wfile.write(content)

    return answer


def tells_who(asked: http.server.BaseHTTPRequestHandler) -> None:
    """An answer to who says what they are and wants no packed bytes, a refusal to others."""
    named = "two-directions" in asked.headers["User-Agent"]
    gives(TABLE if named and asked.headers["Accept-Encoding"] == "identity" else b"?")(asked)


def drips(asked: http.server.BaseHTTPRequestHandler) -> None:
    """Headers without an end, each before anybody would call it silence."""
    with suppress(OSError):
        for _ in range(20):
            asked.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(0.05)


def seeps(asked: http.server.BaseHTTPRequestHandler) -> None:
    """A table that comes slowly."""
    gives(TABLE, Content_Length="900")(asked)
    with suppress(OSError):
        for _ in range(20):
            asked.wfile.write(b"\n")
            time.sleep(0.05)


def hangs_up(asked: http.server.BaseHTTPRequestHandler) -> None:
    """No answer at all."""
    asked.close_connection = True


ANSWERS: dict[str, Answer] = {
    "/table": gives(TABLE),
    "/who": tells_who,
    "/gone": gives(b"?", 404),
    "/forbidden": gives(b"?", 403),
    "/broken": gives(b"?", 500),
    "/page": gives(PAGE),
    "/large": gives(b"a,b\n" * 500),
    "/cut": gives(TABLE, Content_Length="900"),
    "/silent": lambda _: threading.Event().wait(0.6) and None,
    "/hangs": hangs_up,
    "/drips": drips,
    "/seeps": seeps,
    "/named": gives(b"", 302, Location="https://me:hunter2@example.org/"),
    "/moved": gives(b"", 302, Location="/table"),
    "/round": gives(b"", 302, Location="/round"),
    "/file": gives(b"", 302, Location="file:///etc/passwd"),
    "/plain": gives(b"", 302, Location="http://example.org/a.csv"),
    "/private": gives(b"", 302, Location="/ServiceLogin?continue=x"),
    "/ServiceLogin?continue=x": gives(PAGE),
    "/escape": gives(b"", 302, Location="https://\x1b[2J/"),
}


class Site(http.server.BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        """One answer."""
        ANSWERS[self.path](self)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a server on this machine."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_address_makes_a_project_that_names_it(site: str, tmp_path: Path) -> None:
    """The events have the address for their source; the project is sound."""
    made = tmp_path / "made"
    assert make_maps.main(["import", f"{site}/moved", "--out", str(made)]) == 0
    tables, problems = read_tables(made)
    assert problems == []
    (event,) = tables.events
    assert (event.title, event.sources) == ("Guadalcanal", (f"{site}/moved",))


def test_it_says_who_asks(site: str) -> None:
    """Some servers refuse whoever does not, and some pack what they give."""
    assert fetching.fetch(f"{site}/who", 1000) == TABLE


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/gone", "is not there (404)"),
        ("/forbidden", "asks for a login (403); in Google Sheets: File, Share, Publish to web"),
        ("/broken", "was not given: the server answers 500"),
        ("/page", "is a web page, and no table; in Google Sheets: File, Share, Publish to web"),
        ("/private", "asks for a login; in Google Sheets: File, Share, Publish to web, CSV"),
        ("/large", "is larger than 0.001 MB"),
        ("/cut", "broke off before its end"),
        ("/hangs", "broke off before its end"),
        ("/silent", "was silent for 0.3 seconds"),
        ("/round", "sends on in circles, or to what is no web address (302)"),
        ("/file", "sends on in circles, or to what is no web address (302)"),
        ("/plain", "sends on to an address that is not safe to follow"),
        ("/named", "sends on to an address that is not safe to follow"),
    ],
)
def test_what_does_not_come_is_told_in_one_line(
    site: str, path: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The problem names the address and what to do, and nothing is made."""
    monkeypatch.setattr(fetching, "PATIENCE", 0.3)
    found = bring(site + path, largest=1000)
    (problem,) = found.problems
    assert str(problem).startswith(f"{site}{path}: {message}")
    assert not found.texts


def test_nobody_is_there(site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A port that nobody answers, and an address that is none: one line, exit status 1."""
    for address in ("http://127.0.0.1:1/a.csv", "https://\x1b[2J/a", "https:///a", "http://[/"):
        assert make_maps.main(["import", address, "--out", str(tmp_path / "made")]) == 1
        printed = capsys.readouterr()
        assert printed.err.count("\n") == 1
        assert "\x1b" not in printed.out + printed.err


def test_a_redirect_may_be_no_address(site: str) -> None:
    """Then it is not followed."""
    assert not bring(f"{site}/escape").texts


@pytest.mark.parametrize(
    "address", ["http://example.org/a.csv", "ftp://example.org/a.csv", "file:///etc/passwd"]
)
def test_only_what_nobody_could_change_is_fetched(address: str) -> None:
    """https alone, and http from this machine."""
    with pytest.raises(Unreadable) as refused:
        file_address(address)
    assert refused.value.message.startswith("is n")


@pytest.mark.parametrize(
    ("address", "file"),
    [
        (f"{SHEET}/d/1aB_c-D/edit#gid=7", f"{SHEET}/d/1aB_c-D/export?format=csv&gid=7"),
        (f"{SHEET}/d/1aB/edit?gid=7#gid=7", f"{SHEET}/d/1aB/export?format=csv&gid=7"),
        (f"{SHEET}/d/1aB/edit?usp=sharing", f"{SHEET}/d/1aB/export?format=csv"),
        (f"{SHEET}/u/0/d/1aB/htmlview", f"{SHEET}/d/1aB/export?format=csv"),
        (f"{SHEET}/d/1aB", f"{SHEET}/d/1aB/export?format=csv"),
        (f"{SHEET}/d/1aB/export?format=csv&gid=7", f"{SHEET}/d/1aB/export?format=csv&gid=7"),
        (f"{SHEET}/d/1aB/pubhtml", f"{SHEET}/d/1aB/pub?output=csv"),
        (f"{SHEET}/d/e/2PACX-1v/pubhtml", f"{SHEET}/d/e/2PACX-1v/pub?output=csv"),
        (
            f"{SHEET}/d/e/2PACX-1v/pubhtml?gid=7&single=true",
            f"{SHEET}/d/e/2PACX-1v/pub?output=csv&gid=7&single=true",
        ),
        (f"{SHEET}/d/1aB/gviz/tq?tqx=out:csv", f"{SHEET}/d/1aB/gviz/tq?tqx=out:csv"),
        (
            "https://github.com/a/b/blob/main/c d.csv",
            "https://raw.githubusercontent.com/a/b/main/c%20d.csv",
        ),
        ("https://example.org", "https://example.org/"),
        ("https://münchen.example/ä?b=ü#c", "https://xn--mnchen-3ya.example/%C3%A4?b=%C3%BC"),
    ],
)
def test_what_a_page_shows_has_an_address_of_its_own(address: str, file: str) -> None:
    """Sheets in every usual form give that sheet as CSV, pages of GitHub the file."""
    assert is_address(address)
    assert file_address(address) == file


def test_no_secret_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names and passwords are refused; neither they nor keys in the query are printed."""
    address = "https://me:hunter2@example.org/a.csv?api_key=hunter2&year=1941"
    assert make_maps.main(["import", address, "--out", str(tmp_path / "made")]) == 1
    printed = capsys.readouterr()
    assert "hunter2" not in printed.out + printed.err
    assert "holds a name or a password; download it" in printed.err
    assert without_secrets(address) == "https://example.org/a.csv?api_key=...&year=1941"


def test_a_path_is_no_address() -> None:
    """Files of Windows among them."""
    assert not any(map(is_address, ("a.csv", "C:\\a.csv", "a/b://c")))


@pytest.mark.parametrize("path", ["/drips", "/seeps"])
def test_what_drips_has_an_end(site: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole of it has a limit of time, its headers as its bytes: it is never silent."""
    monkeypatch.setattr(fetching, "LONGEST", 0.2)
    (problem,) = bring(f"{site}{path}").problems
    assert "took more than" in problem.message


def test_a_file_that_is_not_there_has_its_cure(tmp_path: Path) -> None:
    """It is no table of a project."""
    (problem,) = bring(tmp_path / "none.csv").problems
    assert problem.hint == "look for a slip in its name"
