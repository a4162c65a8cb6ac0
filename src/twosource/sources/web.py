"""What an address on the command line leads to: a page, a feed, JSON, text or an archive.

Evidence is what came: its first bytes before its declared type, because servers send feeds as text/html and
archives as anything.
"""

import json
import zlib
from dataclasses import dataclass
from typing import Literal

from twosource.sources.feeds.parse import first_element, is_feed
from twosource.sources.fetch import ANY, Fetched, Fetcher
from twosource.sources.pages import looks_like_page
from twosource.sources.received import NoText, receive
from twosource.sources.sitemaps import is_sitemap

Kind = Literal["page", "feed", "sitemap", "opml", "json", "lines", "text", "warc", "wacz", "other"]
"""``feed`` is RSS, Atom or JSON Feed; ``lines`` is JSON Lines; ``other`` is what is no text and no archive."""

HEAD = 65_536
"""Bytes by which a kind is told."""


@dataclass(frozen=True, slots=True)
class FromWeb:
    """What an address led to. ``name`` is the address that answered, to be shown as the article's origin and address;
    ``fetched.body`` are the bytes and ``fetched.charset`` the encoding that the server named. ``why`` is a clause on
    what is ``other`` ("is a PDF, not text").
    """

    name: str
    kind: Kind
    fetched: Fetched
    why: str | None = None


def received(url: str, fetcher: Fetcher, *, robots: bool = False) -> FromWeb:
    """Fetch ``url`` and tell its kind; raises `FetchError`.

    A person names the address, so the site's robots.txt is not asked unless ``robots`` says so.
    """
    fetched = fetcher.get(url, accept=ANY, robots=robots)
    kind, why = kind_of(fetched)
    return FromWeb(fetched.url, kind, fetched, why)


def kind_of(fetched: Fetched) -> tuple[Kind, str | None]:
    """Return the kind of what came, and for "other" a clause that says what it is."""
    raw = fetched.body
    if archive := _archive(raw):
        return archive, None
    head = receive(raw[: HEAD & ~3], fetched.charset)
    if isinstance(head, NoText):
        return "other", head.reason
    text = head.text.lstrip("\ufeff \t\r\n")
    if is_feed(text):
        return "feed", None
    if is_sitemap(text):
        return "sitemap", None
    if text.startswith("<") and first_element(text[:4_000]) == "opml":
        return "opml", None
    if text.startswith(("{", "[")) and "html" not in fetched.media_type:
        return "lines" if _is_lines(text) else "json", None
    is_page = looks_like_page(text, "") or fetched.media_type in ("text/html", "application/xhtml+xml")
    return "page" if is_page else "text", None


def _archive(raw: bytes) -> Literal["warc", "wacz"] | None:
    """A web archive by its first bytes: WARC, plain or in gzip members, or a ZIP laid out as WACZ is."""
    if raw.startswith(b"\x1f\x8b"):
        try:
            begun = zlib.decompressobj(31).decompress(raw[:HEAD], 16)
        except zlib.error:
            return None
        return "warc" if begun.startswith(b"WARC/") else None
    if raw.startswith(b"PK\x03\x04") and any(mark in raw[:HEAD] for mark in (b"datapackage.json", b"archive/")):
        return "wacz"
    return "warc" if raw.startswith(b"WARC/") else None


def _is_lines(text: str) -> bool:
    """Tell whether the first line is JSON by itself and others follow."""
    line, _, rest = text.partition("\n")
    try:
        return line.startswith("{") and bool(rest.strip()) and isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
