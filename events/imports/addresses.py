"""Addresses: of a page that shows a table, that of the table itself; none tells a secret."""

import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from events.table import Unreadable

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SHEET = re.compile(r"(?:/a/[^/]+)?/spreadsheets(?:/u/\d+)?/d/(e/)?([\w-]+)(/[a-z]*)?/?")
_BLOB = re.compile(r"(/[^/]+/[^/]+)/(?:blob|raw)(/.+)")
_SECRET = re.compile("key|token|sig|auth|pass|secret|credential", re.IGNORECASE)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_EXAMPLE = "write it like https://example.org/events.csv"
_AS_IT_IS = "/%:@!$&'()*+,=~?;"  # in paths and queries, besides letters, digits and -._


def is_address(text: str) -> bool:
    """Whether a text names something to fetch, and no file."""
    return bool(_ADDRESS.match(text))


def file_address(text: str) -> str:
    """The address to fetch: of a Google Sheet its CSV, of a page of GitHub the file that it shows.

    Unreadable where it is no address, holds a password, or anybody on the way could change what
    comes (http, but from this machine).
    """
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise Unreadable("is no address", _EXAMPLE) from None
    if not host or re.search(r"[^\w.:-]", host):
        raise Unreadable("is no address", _EXAMPLE)
    if parts.username or parts.password:
        raise Unreadable("holds a name or a password", "download it, and import the file")
    if not is_safe(parts):
        message = "is not fetched: who stands between could change what comes"
        raise Unreadable(message, "write https://, or download it, and import the file")
    site = f"[{host}]" if ":" in host else host
    path, query = (quote(part, safe=_AS_IT_IS) for part in (parts.path or "/", parts.query))
    whole = SplitResult(parts.scheme, site + port, path, query, parts.fragment)
    return urlunsplit(_known(host, whole)._replace(fragment=""))


def is_safe(parts: SplitResult) -> bool:
    """Whether nobody else could change what comes from there."""
    return parts.scheme == "https" or is_near(parts)


def is_near(parts: SplitResult) -> bool:
    """Whether it is served by this machine."""
    return parts.scheme == "http" and parts.hostname in _LOOPBACK


def without_secrets(address: str) -> str:
    """The address as it may be shown and kept: no name, no password, no key in its query."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "the address"
    site = parts.netloc.rpartition("@")[2]
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if any(_SECRET.search(name) for name, _ in pairs):
        kept = [(name, "..." if _SECRET.search(name) else value) for name, value in pairs]
        parts = parts._replace(query=urlencode(kept))
    return urlunsplit(parts._replace(netloc=site, fragment=""))


def _known(host: str, address: SplitResult) -> SplitResult:
    if host == "docs.google.com":
        return _of_google(address)
    blob = _BLOB.fullmatch(address.path) if host == "github.com" else None
    if blob:
        return address._replace(netloc="raw.githubusercontent.com", path=blob[1] + blob[2])
    return address


def _of_google(address: SplitResult) -> SplitResult:
    """A sheet of Google as CSV; its number stands in the query or behind the #."""
    found = _SHEET.fullmatch(address.path)
    if not found:
        return address
    said = dict(parse_qsl(address.fragment)) | dict(parse_qsl(address.query))
    by_itself, name, page = found.groups(default="")
    is_published = by_itself or page in ("/pub", "/pubhtml")
    verb, asks = ("pub", "output") if is_published else ("export", "format")
    query = {asks: "csv"} | {part: said[part] for part in ("gid", "single") if part in said}
    path = f"/spreadsheets/d/{by_itself}{name}/{verb}"
    return address._replace(path=path, query=urlencode(query))
