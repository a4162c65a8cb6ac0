"""A page as it came through the network or out of an archive: bytes, headers, and what a feed said of it before.

What was called is a fact: the address. All else is a claim, of the page or of the feed, and where the two differ the
reader is told: an address elsewhere that a page calls its own, another day, another headline, another outlet's name.
"""

import codecs
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from twosource.article import Article
from twosource.clean.address import domain_of, page_key, web_address
from twosource.clean.published import YEARS
from twosource.errors import InputError
from twosource.sources.feeds.dates import believed
from twosource.sources.feeds.parse import is_feed
from twosource.sources.feeds.shapes import Entry
from twosource.sources.given import Known, NotAnArticle, Remark, article, kept
from twosource.sources.pages import declared_encoding, finished, laid_out, looks_like_page, meant
from twosource.sources.received import MAX_BYTES, NoText, Received, receive

PAGES = frozenset({"", "text/html", "application/xhtml+xml", "application/octet-stream", "application/xml", "text/xml"})
"""Media types under which pages come; the last ones are said by servers that do not know."""

TEXTS = frozenset({"text/plain", "text/markdown"})
"""Media types under which an article comes as plain text."""

UNDECIDED = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
"""Encodings that servers name by themselves, whatever the page is in."""


def page_article(
    body: bytes,
    url: str,
    media_type: str = "",
    charset: str | None = None,
    outlet: str | None = None,
    claimed: Entry | None = None,
    *,
    stated: Known | None = None,
    now: datetime | None = None,
    apart: bool = False,
) -> Article | InputError:
    """Return the article of a page that was called or archived, or why it holds none.

    ``url`` is the address that answered, ``media_type`` and ``charset`` what its header says, ``outlet`` the name by
    which its outlet is known, ``claimed`` the feed's entry that led there. The page's own title and day win over the
    feed's; its own address wins within one domain only. ``stated`` is the user's and wins over all. Days outside
    [1990, ``now`` + 48 h] stay in a remark. ``apart`` reads in a process that is killed at a deadline.
    """
    kind = media_type.partition(";")[0].strip().lower()
    if len(body) > MAX_BYTES:
        return InputError(url, f"is over {MAX_BYTES // 1_000_000} MB")
    if kind not in PAGES | TEXTS:
        return NotAnArticle(url, f"is {kind[:60]}, not a page")
    received = decoded(body, charset)
    if isinstance(received, NoText):
        return NotAnArticle(url, received.reason)
    text, known = received.text, _known(url, outlet, claimed, received.remarks)
    if is_feed(text):
        return NotAnArticle(url, "is a feed, not a page")
    if kind in TEXTS and not looks_like_page(text, ""):
        return kept(article(text, _under_feed(known, claimed).under(stated or Known()), url), body, kind, charset)
    page, own = laid_out(text, apart=apart)
    whole = _judged(own, known, claimed, now or datetime.now(UTC))
    return kept(finished(page, whole.under(stated or Known()), url), body, kind or "text/html", charset)


def decoded(body: bytes, charset: str | None) -> Received | NoText:
    """Return the text of a page, in the encoding that its header or its head names and its bytes fit, with remarks."""
    head = declared_encoding(body)
    undecided = charset is not None and charset.lower() in UNDECIDED
    sent = meant(charset) if charset and not undecided else None
    named = [*filter(None, (sent, head)), *(("utf-8", "cp1252") if undecided else ())]
    received = receive(body, next((name for name in named if _fits(body, name)), named[0] if named else None))
    if isinstance(received, NoText) or not charset or not head or _codec(meant(charset)) == _codec(head):
        return received
    remark = ("encoding_conflict", f"the server names {charset[:40]}, the page {head[:40]}")
    return Received(received.text, (*received.remarks, remark))


def _known(url: str, outlet: str | None, claimed: Entry | None, remarks: tuple[Remark, ...]) -> Known:
    """What is known before the page is read: the address called, the outlet, and what was remarked of the entry."""
    said = claimed.remarks if claimed else ()
    source = claimed.source_name if claimed else None
    told = (("feed_source", f"the feed names {source} as its source"),) if source else ()
    return Known(outlet=outlet, url=web_address(url), remarks=(*remarks, *said, *told))


def _under_feed(known: Known, claimed: Entry | None) -> Known:
    """What the feed says, where nothing else does."""
    if claimed is None:
        return known
    when = claimed.published or claimed.updated
    return Known(title=claimed.title, published=when, modified=claimed.updated).under(known)


def _judged(own: Known, known: Known, claimed: Entry | None, now: datetime) -> Known:
    """Page, feed and address put together: the page's claims that can be believed, under what is known."""
    elsewhere = own.url is not None and domain_of(own.url) != domain_of(known.url)
    address = known.url if elsewhere or own.url is None or known.url is None else own.url
    published, modified = (_day(when, now) for when in (own.published, own.modified))
    page = Known(None, own.outlet, address, own.title, published, modified, own.remarks)
    joint = _under_feed(Known(), claimed).under(page).under(Known(outlet=known.outlet, remarks=known.remarks))
    return joint.under(Known(url=address, remarks=tuple(_differences(own, known, claimed, published))))


def _day(when: str | None, now: datetime) -> str | None:
    """A page's day where it can be believed; as the page writes it, so that its zone stays."""
    if not when or not when[:4].isdecimal() or int(when[:4]) not in YEARS:
        return None
    return when if believed(when, now) else None


def _differences(own: Known, known: Known, claimed: Entry | None, published: str | None) -> Iterator[Remark]:
    """What page, feed and address say otherwise of the same thing."""
    if own.url and known.url and domain_of(own.url) != domain_of(known.url):
        host = urlsplit(own.url).hostname
        yield (
            "address_claimed",
            f"the page calls an address at {host} its own; it came from {urlsplit(known.url).hostname}",
        )
    if own.published and not published:
        yield "bad_date", f"the page says it was published on {own.published}, which cannot be believed"
    if own.outlet and known.outlet and not _alike(own.outlet, known.outlet):
        yield "outlet_claimed", f"the page calls itself {own.outlet}"
    if claimed is None:
        return
    if published and claimed.published and published[:10] != claimed.published[:10] and not _near(published, claimed):
        yield "published_differs", f"the feed says it was published {claimed.published}, the page {published}"
    if own.title and claimed.title and not _alike(own.title, claimed.title):
        yield "title_differs", f"the feed's headline is «{claimed.title}»"
    here = own.url and domain_of(own.url) == domain_of(known.url)
    if here and claimed.canonical and page_key(own.url) != page_key(claimed.canonical):
        yield "address_differs", f"the feed links {claimed.canonical}"


def _near(published: str, claimed: Entry) -> bool:
    """Tell whether two dates are one moment in two zones, or one day of them is given without an hour."""
    try:
        left, right = (datetime.fromisoformat(when) for when in (published, claimed.published or ""))
    except ValueError:
        return False
    if left.tzinfo is None or right.tzinfo is None:
        return abs(left.replace(tzinfo=None) - right.replace(tzinfo=None)).days < 1
    return abs((left - right).total_seconds()) < 3_600


def _alike(left: str, right: str) -> bool:
    """Tell whether two names or headlines are written with the same letters, or one holds the other."""
    one, other = ("".join(filter(str.isalnum, name.casefold())) for name in (left, right))
    return one in other or other in one


def _fits(body: bytes, name: str) -> bool:
    try:
        body.decode(name)
    except (UnicodeError, LookupError):
        return False
    return True


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name
