"""Serving a site while its tables are edited: built again when they rest, shown at once.

On this machine alone. The pages on the disk stay as they are: what a served page has more, a script
that listens and the leave to do so, is put in on the way out.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from html import escape, unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Event, Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from maps.again import build
from maps.prints import FOLDERS, PICTURES
from maps.report import Report, stops
from maps.writing import made_in

LOOPBACK = "127.0.0.1"
PORT = 8000
POLL = 0.15  # seconds between two looks at the tables
QUIET = 0.1  # for so many they rest before a build ...
LONGEST = 2.0  # ... or have been waited for so long
HEARTBEAT = 15.0  # seconds after which a silent page is spoken to
MOST_SHOWN = 30  # problems over the page
LIVE = Path(__file__).parent / "live.js"
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".svg": "image/svg+xml",
}
_POLICY = re.compile(r'(http-equiv="Content-Security-Policy" content=")([^"]*)"')

Tell = Callable[[Report | OSError], None]
Look = frozenset[tuple[str, int, int, int]]


class Live:
    """What open pages are told: the hash of each page, and what is wrong with the tables."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._text, self._number = "{}", 0
        self.is_over = False

    def tell(self, pages: dict[str, str], problems: list[str]) -> None:
        """Tells every page that listens, and those that come."""
        with self._changed:
            self._text = json.dumps({"pages": pages, "problems": problems})
            self._number += 1
            self._changed.notify_all()

    def end(self) -> None:
        """Lets go of every page that listens."""
        with self._changed:
            self.is_over = True
            self._changed.notify_all()

    def after(self, number: int) -> tuple[int, str]:
        """What there is to tell after that number; waits for it, but no longer than HEARTBEAT."""
        with self._changed:
            self._changed.wait_for(lambda: self.is_over or self._number > number, HEARTBEAT)
            return self._number, self._text


class Server(ThreadingHTTPServer):
    """Serves what we made in a folder, to browsers of this machine."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, out: Path, port: int) -> None:
        self.out, self.live = out, Live()
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as failed:
            if failed.errno not in (errno.EADDRINUSE, errno.EACCES) or not port:
                raise
            super().__init__((LOOPBACK, 0), _Handler)

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who went away is no fault."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        host = self.headers.get("Host", "")
        if host.rpartition(":")[0] not in (LOOPBACK, "localhost"):  # a page elsewhere, so renamed
            self.send_error(403)
            return
        path = unquote(urlsplit(self.path).path).removeprefix("/") or "index.html"
        if path == "live":
            self._listen()
            return
        hashes = made_in(self.server.out).get(path, [])
        try:
            content = (self.server.out / path).read_bytes() if hashes else b""
        except OSError:
            content = b""
        kind = _TYPES.get(Path(path).suffix, "text/plain")
        if kind == "text/html":
            text = content.decode() or _nothing()
            content = served(path, text, hashes[-1] if content else "").encode()
        elif not content:
            self.send_error(404)
            return
        self._begin(f"{kind}; charset=utf-8", 200 if hashes else 404)
        self.wfile.write(content)

    def _begin(self, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def _listen(self) -> None:
        """Tells a page of each build, until it goes."""
        self._begin("text/event-stream")
        number = 0
        while not self.server.live.is_over:
            newest, text = self.server.live.after(number)
            self.wfile.write(f"data: {text}\n\n".encode() if newest > number else b":\n\n")
            self.wfile.flush()
            number = newest

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name it has there
        """Says nothing: the terminal is for the tables."""


def served(name: str, text: str, version: str) -> str:
    """A page with the script that listens, which its policy now allows to, and nothing else."""
    text = _POLICY.sub(lambda found: f'{found[1]}{_opened(unescape(found[2]))}"', text, count=1)
    label = f'data-page="{escape(name)}" data-version="{version}"'
    head, body, rest = text.rpartition("</body>")
    return f"{head}<script {label}>{_script()}</script>\n{body}{rest}"


def _opened(policy: str) -> str:
    """A policy that allows our script, and what it asks of us."""
    from maps.page import digest_of

    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    rules["script-src"] = f"{rules.get('script-src', '')} {digest_of(_script())}".strip()
    rules["connect-src"] = "'self'"
    return "; ".join(f"{name} {allowed}".strip() for name, allowed in rules.items())


def _nothing() -> str:
    """A page that is not there, and waits until it is."""
    from maps.page import policy

    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy([], [])}">\n'
        "<title>No such page</title>\n</head>\n<body>\n"
        "<p>There is no such page yet.</p>\n</body>\n</html>\n"
    )


@cache
def _script() -> str:
    return LIVE.read_text(encoding="utf-8")


def serve(
    project: Path,
    out: Path,
    strict: bool,
    port: int | None,
    tell: Tell,
    ready: Callable[[str], None],
    stop: Event | None = None,
) -> None:
    """Builds, serves and watches until it is stopped.

    `tell` hears of each build, `ready` of the address. Without a port, or where it is taken, any
    that is free will do. Raises OSError where none is.
    """
    stop = stop or Event()
    with Server(out, PORT if port is None else port) as server:
        answering = Thread(target=server.serve_forever, args=(0.1,), daemon=True)
        answering.start()
        try:
            seen = look(project)
            _build(server, project, strict, tell)
            ready(server.url)
            _watch(project, seen, stop, lambda: _build(server, project, strict, tell))
        finally:
            server.live.end()
            server.shutdown()
            answering.join()


def _build(server: Server, project: Path, strict: bool, tell: Tell) -> None:
    """One build; what is wrong stands over the page, the last good map below."""
    gc.disable()  # as for one build alone: nearly all that it makes is kept until it is over
    try:
        report = build(project, server.out, strict=strict)
    except OSError as failed:
        tell(failed)
        problems = [str(failed)]
    else:
        tell(report)
        problems = [str(each) for each in report.problems if stops([each], strict)]
    left = len(problems) - MOST_SHOWN
    if left > 0:
        problems[MOST_SHOWN:] = [f"... and {left} more"]
    server.live.tell({name: known[-1] for name, known in made_in(server.out).items()}, problems)
    gc.enable()
    gc.collect()


def _watch(project: Path, seen: Look, stop: Event, act: Callable[[], None]) -> None:
    """Acts whenever the tables are others than those seen, and rest."""
    while not stop.wait(POLL):
        now, begun = look(project), time.monotonic()
        if now == seen:
            continue
        rests = False
        while not rests and time.monotonic() - begun < LONGEST and not stop.wait(QUIET):
            before, now = now, look(project)
            rests = before == now
        seen = now  # looked at before they are read: what is saved meanwhile is read once more
        act()


def look(project: Path) -> Look:
    """The files of a project with times and sizes, without what programs leave while they save."""
    found: set[tuple[str, int, int, int]] = set()
    for name in FOLDERS:
        found |= _look_into(project, name)
    return frozenset(found)


def _look_into(project: Path, name: str) -> set[tuple[str, int, int, int]]:
    """The files of a folder; pictures of stories may lie in folders within it."""
    found = set()
    with suppress(OSError), os.scandir(project / name) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~")):
                continue
            if name.startswith(PICTURES) and entry.is_dir(follow_symlinks=False):
                found |= _look_into(project, f"{name}/{entry.name}")
            with suppress(OSError):  # it is gone already
                status = entry.stat()
                seen = (status.st_mtime_ns, status.st_size, status.st_ino)
                found.add((f"{name}/{entry.name}", *seen))
    return found
