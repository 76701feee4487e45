"""Fetching: what stands at an address, whole and within limits, or one line that says why not."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from events.imports.addresses import file_address, is_near, is_safe
from events.table import Unreadable

PATIENCE = 20.0  # seconds that a server may be silent
LONGEST = 120.0  # seconds for the whole of it
_BLOCK = 1 << 16
_HEADERS = {
    "User-Agent": "two-directions (python make_maps.py import)",  # some refuse Python's own
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}
_BY_HAND = "download it, and import the file"
_SHARE = "in Google Sheets: File, Share, Publish to web, CSV; else " + _BY_HAND


def fetch(address: str, largest: int) -> bytes:
    """What stands at an address, at most so many bytes; Unreadable where nothing comes of it."""
    wanted = file_address(address)
    came: list[bytes | Unreadable] = []

    def ask() -> None:
        try:
            came.append(_fetched(wanted, largest))
        except Unreadable as fault:
            came.append(Unreadable(fault.message, fault.hint))  # without what it holds open

    # A server that lets its headers drip is never silent; only who waits beside it can leave.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(LONGEST)
    if not came:
        raise Unreadable(f"took more than {LONGEST:g} seconds", _BY_HAND)
    content = came.pop()
    if isinstance(content, Unreadable):
        raise content
    return content


def _fetched(wanted: str, largest: int) -> bytes:
    """What comes from an address."""
    with _in_words(), _opener().open(Request(wanted, headers=_HEADERS), timeout=PATIENCE) as reply:
        if _is_login(reply.geturl()):
            raise Unreadable("asks for a login", _SHARE)
        return b"".join(_blocks(reply, largest))


def _blocks(reply: http.client.HTTPResponse, largest: int) -> Iterator[bytes]:
    """What comes, as long as it is not too much."""
    size = 0
    while block := reply.read1(_BLOCK):
        size += len(block)
        if size + (reply.length or 0) > largest:
            raise Unreadable(f"is larger than {largest / 1e6:g} MB", "leave out what no map shows")
        yield block
    if reply.length:  # of what it promised
        raise Unreadable("broke off before its end", "try again")


@contextmanager
def _in_words() -> Iterator[None]:
    """Whatever a net may refuse, as Unreadable."""
    try:
        yield
    except HTTPError as refused:
        refused.close()
        raise Unreadable(*_refusal(refused.code)) from None
    except URLError as fault:
        raise _fault(fault.reason if isinstance(fault.reason, Exception) else fault) from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise _fault(fault) from None


def _refusal(code: int) -> tuple[str, str]:
    if code in (401, 403, 407):
        return f"asks for a login ({code})", _SHARE
    if code in (404, 410):
        return f"is not there ({code})", "look for a slip in the address"
    if 300 <= code < 400:
        return f"sends on in circles, or to what is no web address ({code})", _BY_HAND
    return f"was not given: the server answers {code}", "try again later"


def _fault(fault: Exception) -> Unreadable:
    if isinstance(fault, TimeoutError):
        return Unreadable(f"was silent for {PATIENCE:g} seconds", "try again later")
    if isinstance(fault, socket.gaierror):
        return Unreadable("cannot be found", "look for a slip in its name, or is there no network?")
    if isinstance(fault, ssl.SSLError):
        return Unreadable("cannot prove that it is who it says", _BY_HAND)
    if isinstance(fault, ConnectionRefusedError):
        return Unreadable("refuses the connection", "try again later")
    if isinstance(fault, (ConnectionError, http.client.HTTPException)):
        return Unreadable("broke off before its end", "try again")
    return Unreadable("cannot be reached", "is there a network?")


def _opener() -> OpenerDirector:
    """What opens http and https, and nothing else: no files of this machine, no ftp."""
    opener = OpenerDirector()
    for handler in (
        *(ProxyHandler(), HTTPHandler(), HTTPSHandler(), _Redirects()),
        *(HTTPDefaultErrorHandler(), HTTPErrorProcessor()),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(HTTPRedirectHandler):
    """Follows to where it is as safe, and never from elsewhere into this machine."""

    max_repeats = 2
    max_redirections = 8

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> Request | None:
        there, here = urlsplit(newurl), urlsplit(req.full_url)
        has_name = there.username or there.password
        if has_name or not is_safe(there) or (is_near(there) and not is_near(here)):
            raise Unreadable("sends on to an address that is not safe to follow", _BY_HAND)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_login(address: str) -> bool:
    """Whether it is where Google asks who one is."""
    parts = urlsplit(address)
    return parts.hostname == "accounts.google.com" or "ServiceLogin" in parts.path
