"""What was asked of the network and what came back: plain values that hold no connection."""

from dataclasses import dataclass

Remark = tuple[str, str]

HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
FEEDS = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"
ANY = "*/*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An address to ask for, and what is known of it from the last time.

    ``key`` is the caller's own mark, handed back untouched. Without ``robots`` the site's robots.txt is not asked:
    right for what a person names one by one (a feed subscribed to), wrong for what a program finds.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept: str = ANY
    robots: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer that came whole: 2xx, or 304 to a question that held a validator (``not_modified``, no body).

    ``asked`` is the address as given, ``url`` the one that answered, ``moved`` where permanent redirects alone led
    and nothing but they. ``body`` is unpacked, and not yet text; ``charset`` is what the header names, if Python knows
    it and it is an encoding of text. ``media_type`` is in lower case, or "" where none was given. ``etag`` and
    ``last_modified`` are printable ASCII of 1 KiB at most, else dropped. ``wire_bytes`` came through the socket. Codes
    of ``remarks``: empty_body, validator_dropped, charset_unknown, international_host, redirected.
    """

    asked: str
    url: str
    status: int
    body: bytes
    media_type: str
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    moved: str | None = None
    wire_bytes: int = 0
    remarks: tuple[Remark, ...] = ()
