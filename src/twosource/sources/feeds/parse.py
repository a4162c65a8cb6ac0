"""A feed's bytes to `Feed`: decoded once, looked at, then read by the parser that its form asks for.

Well-formed XML is read from the tree of the strict parse that shows it to be so. What is not is mended if that is
enough, and else goes to ``feedparser``, which never raises; so does what yields no entry where there are some.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from twosource.errors import InputError
from twosource.sources.feeds.claims import feed_of
from twosource.sources.feeds.discovery import feed_links
from twosource.sources.feeds.guard import MAX_FEED, Refused, Scanned, scanned
from twosource.sources.feeds.jsonfeed import tell_json
from twosource.sources.feeds.loose import MAX_BROKEN, mended, tell_broken
from twosource.sources.feeds.shapes import Feed, Remark, ToldFeed
from twosource.sources.feeds.wellformed import ROOTS, name_of, parse, tell
from twosource.sources.pages import meant
from twosource.sources.received import NoText, receive

MAX_ENTRIES = 5_000
"""Entries that are read at once; the others are counted."""

_ENCODING = re.compile(rb"""<\?xml[^<>]{0,200}?encoding\s{0,4}=\s{0,4}["']([A-Za-z0-9_:.-]{2,40})["']""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s{0,4}=\s{0,4}["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_FIRST = re.compile(r"<(?:!--|([A-Za-z_][\w.:-]{0,100}))")
_PAGES = frozenset({"html", "head", "body", "div", "script", "p", "table", "meta", "title"})
_OTHERS = {"urlset": "is a sitemap, not a feed", "sitemapindex": "is a sitemap index, not a feed",
           "opml": "is an OPML list of feeds, not a feed"}  # fmt: skip
_UNDECIDED = ("", "iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii")


def parse_feed(
    body: bytes,
    url: str,
    media_type: str | None = None,
    *,
    charset: str | None = None,
    now: datetime | None = None,
    start: int = 0,
    most: int = MAX_ENTRIES,
) -> Feed:
    """Return the feed in ``body``: RSS (0.9x, 1.0, 2.0), Atom (0.3, 1.0) or JSON Feed.

    ``url`` is where it came from, which relative addresses are resolved against; ``media_type`` the ``Content-Type``
    that came with it, of which only the charset is used, unless ``charset`` is given by itself. ``now`` (with a zone)
    is the clock that dates are checked by. At most ``most`` entries are read, from number ``start`` on; what is behind
    them is counted in ``left``.

    Raises:
        InputError: it is no feed (a page names the feeds it links), or declares what no feed may.

    """
    if len(body) > MAX_FEED:
        raise InputError(url, f"is over {MAX_FEED // 1_048_576} MiB, more than a feed may be")
    text, remarks = decoded(body, url, charset or _charset(media_type))
    now = (now or datetime.now(UTC)).astimezone(UTC)
    shown = text.lstrip("\ufeff \t\r\n")
    if shown[:1] in ("{", "["):
        return _finished(_json(shown, url), (), url, now, start, most)
    return _xml(text, url, now, start, most, remarks)


def decoded(body: bytes, url: str, charset: str | None) -> tuple[str, tuple[Remark, ...]]:
    """Return the text of an XML or JSON document and remarks on how it was decoded.

    Evidence, in this order: a byte order mark, UTF-8 beyond doubt, the charset of the header unless it is the one that
    servers add by themselves, the encoding that the document declares.

    Raises:
        InputError: it is empty or binary.

    """
    found = _ENCODING.search(body, 0, 1_024)
    declared = found[1].decode("ascii").lower() if found else ""
    named = (charset or "").lower()
    chosen = declared if declared and named in _UNDECIDED else named or declared
    received = receive(body, meant(chosen) if chosen else None)
    if isinstance(received, NoText):
        raise InputError(url, received.reason)
    if not received.text.strip("\ufeff \t\r\n\0"):
        raise InputError(url, "is empty")
    return received.text, received.remarks


def _charset(media_type: str | None) -> str | None:
    found = _CHARSET.search(media_type or "")
    return found[1] if found else None


def is_feed(text: str) -> bool:
    """Tell whether a text begins as a feed does: by the first element's name, or as a JSON Feed names its version."""
    shown = text[:4_000].lstrip("\ufeff \t\r\n")
    if shown.startswith("{"):
        return '"https://jsonfeed.org/version/' in shown.replace("\\/", "/")
    return shown.startswith("<") and first_element(shown) in ROOTS


def first_element(text: str) -> str:
    """Return the local name of the first element of XML, lower case, or "" where there is none near the beginning."""
    head, at = text[:40_000], 0
    while found := _FIRST.search(head, at):
        if found[1]:
            return found[1].rpartition(":")[2].lower()
        at = head.find("-->", found.end())
        if at < 0:
            break
    return ""


def _xml(text: str, url: str, now: datetime, start: int, most: int, remarks: tuple[Remark, ...]) -> Feed:
    first = first_element(text)
    if first not in ROOTS and (first in _PAGES or first in _OTHERS or not first):
        raise InputError(url, _OTHERS.get(first) or _links_of(text, url, first))
    try:
        looked = scanned(text)
    except Refused as wrong:
        raise InputError(url, str(wrong)) from None
    told, mark = _told(looked, start, most)
    if told is None:
        raise InputError(url, _links_of(text, url, first))
    return _finished(told, (*remarks, *_remarks(looked), *mark), url, now, start, most, looked)


def _told(looked: Scanned, start: int, most: int) -> tuple[ToldFeed | None, tuple[Remark, ...]]:
    """What the document tells by the first parser that can read it."""
    window = looked.window(start, most)
    wanted = min(most, max(0, len(looked.starts) - start))
    for xml, mark in ((window, ()), (mended(window), (("feed_mended", "its XML is not well-formed and was mended"),))):
        root = parse(xml)
        told = tell(root) if root is not None and name_of(root) in ROOTS else None
        if told is not None and len(told.entries) >= wanted:
            return told, mark
        if root is not None:
            break
    told = tell_broken(_bounded(window))
    broken = ("feed_broken", "its XML is not well-formed: what could be told was read")
    return told, (broken,)


def _bounded(window: str) -> str:
    """As much of a broken feed as is read, up to the last entry that ends there."""
    if len(window) <= MAX_BROKEN:
        return window
    cut = window[:MAX_BROKEN]
    return cut[: max(cut.rfind("<item"), cut.rfind("<entry"), 0)] or cut


def _json(text: str, url: str) -> ToldFeed:
    try:
        told = tell_json(text)
    except ValueError as wrong:
        raise InputError(url, str(wrong)) from None
    if told is None:
        raise InputError(url, "is JSON but no feed")
    return told


def _finished(
    told: ToldFeed,
    remarks: tuple[Remark, ...],
    url: str,
    now: datetime,
    start: int,
    most: int,
    looked: Scanned | None = None,
) -> Feed:
    """The feed with its account: what is passed over, left and broken, and remarks."""
    entries = told.entries if looked else told.entries[start : start + most]
    total = max(len(looked.starts), start + len(entries)) if looked else len(told.entries)
    start = min(start, total)
    lost = max(0, min(most, total - start) - len(entries))
    cut = looked is not None and looked.broken_off and len(entries) > 0 and start + len(entries) + lost >= total
    feed = feed_of(replace(told, entries=entries[: len(entries) - cut]), url, now)
    left = total - start - len(entries) - lost
    notes = (*remarks, *feed.remarks, *_shortfalls(left, lost, cut=cut))
    return replace(feed, start=start, left=left, broken=feed.broken + cut + lost, remarks=notes)


def _shortfalls(left: int, lost: int, *, cut: bool) -> Iterator[Remark]:
    if left:
        yield "entries_left", f"{left:,} entries not read"
    if lost:
        yield "entries_lost", f"{lost:,} entries are broken and could not be read"
    if cut:
        yield "feed_cut_off", "it breaks off: its last entry is left out"


def _remarks(looked: Scanned) -> list[Remark]:
    found = []
    if looked.document_type:
        found.append(("document_type", "its document type is left out and nothing looked up in it"))
    if looked.controls:
        found.append(("controls_left_out", f"{looked.controls} characters that XML forbids are left out"))
    return found


def _links_of(text: str, url: str, first: str) -> str:
    """Why a document is no feed, with the feeds that it links."""
    found = feed_links(text, url)
    if found:
        return f"not a feed; found links: {', '.join(link.url for link in found)}"
    return "not a feed, and it links none" if first in _PAGES else "not a feed"
