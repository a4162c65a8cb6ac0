"""What an input's bytes hold, told from the bytes: a text, a page, JSON, a feed, an e-mail, or an archive of many.

The name decides only where the bytes leave it open. Of lists of addresses (sitemaps, OPML) nothing is fetched: a
person asks for that, at the desk.
"""

import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Literal, cast

from twosource.article import Article
from twosource.errors import InputError
from twosource.sources.given import Known, NotAnArticle, Notice, article, kept
from twosource.sources.jsonl import from_document, from_lines, parse
from twosource.sources.pages import declared_encoding, looks_like_page, page_article
from twosource.sources.received import NoText, receive

if TYPE_CHECKING:
    from twosource.sources.web import FromWeb

Archive = Literal["warc", "wacz", "mbox"]

HEAD = 65_536
"""Bytes by which a format is told before the rest is read."""

MAX_COPIED = 4_000_000_000
"""Bytes of an archive that is read from a pipe; it is copied to disk, because reading goes back after damage."""

_FEEDS = (".rss", ".atom", ".rdf")


def archive_in(head: bytes) -> Archive | None:
    """Tell an archive of many articles by its first bytes, of which `HEAD` are enough."""
    from twosource.sources.mail import looks_like_mailbox

    if head.startswith(b"WARC/1."):
        return "warc"
    if head.startswith(b"\x1f\x8b\x08"):
        try:
            return "warc" if zlib.decompressobj(31).decompress(head, 16).startswith(b"WARC/1.") else None
        except zlib.error:
            return None
    if head.startswith(b"PK\x03\x04"):
        return "wacz" if b"datapackage.json" in head or b"archive/" in head else None
    return "mbox" if looks_like_mailbox(head) else None


def from_archive(
    kind: Archive, stream: BinaryIO, head: bytes, origin: str, known: Known
) -> Iterator[Article | InputError]:
    """Yield the articles of an archive, an error for each stretch of it that is broken, and last its account.

    ``head`` is what was read of ``stream`` before. What is ``known`` holds for all of them, but for id, address and
    title.
    """
    from twosource.sources.mail import mailbox_articles

    stated = _of_all(known)
    with _seekable(stream, head) as found:
        if kind == "mbox":
            yield from mailbox_articles(found, origin, stated=stated)
        else:
            yield from _pages(kind, found, origin, stated)


def from_bytes(raw: bytes, origin: str, known: Known) -> Iterator[Article | InputError]:
    """Yield what one input's bytes hold: mostly one article, of JSON and feeds many."""
    from twosource.sources.feeds import is_feed
    from twosource.sources.mail import looks_like_mail, mail_article

    if looks_like_mail(raw, origin):
        yield kept(mail_article(raw, origin, stated=known), raw, "message/rfc822")
        return
    received = receive(raw, declared_encoding(raw))
    if isinstance(received, NoText):
        yield NotAnArticle(origin, received.reason)
        return
    text = received.text
    if is_feed(text) or origin.lower().endswith(_FEEDS):
        yield from from_feed(raw, origin, known)
        return
    if listed := _list_in(text, raw, origin):
        yield listed
        return
    known = Known(remarks=received.remarks).under(known)
    if text.lstrip()[:1] in ("{", "[") and (found := _as_json(text, origin, known)) is not None:
        yield from found
    elif looks_like_page(text, origin):
        yield kept(page_article(text, known, origin), raw, "text/html")
    else:
        yield article(text, known, origin)


def from_feed(raw: bytes, origin: str, known: Known, charset: str | None = None) -> Iterator[Article | InputError]:
    """Yield the articles that a feed itself holds, in its order, and what else is to be said of it."""
    from twosource.sources.feeds import entry_article, parse_feed

    try:
        feed = parse_feed(raw, origin, charset=charset)
    except InputError as wrong:
        yield NotAnArticle(wrong.name, wrong.reason)
        return
    if not feed.entries:
        yield NotAnArticle(origin, "is a feed without entries")
    for entry in feed.entries:
        yield entry_article(entry, feed, stated=_of_all(known))
    for _, message in feed.remarks:
        yield Notice(origin, message)


def from_web(came: "FromWeb", known: Known) -> Iterator[Article | InputError]:
    """Yield what an address led to; what the fetcher remarked goes with each article."""
    from twosource.sources.arrived import decoded
    from twosource.sources.arrived import page_article as page_that_came

    answer, name = came.fetched, came.name
    known = Known(remarks=answer.remarks).under(known)
    if came.kind in ("warc", "wacz"):
        yield from from_archive("warc" if came.kind == "warc" else "wacz", BytesIO(answer.body), b"", name, known)
    elif came.kind == "feed":
        yield from from_feed(answer.body, name, known, answer.charset)
    elif came.kind == "lines":
        yield from from_lines(answer.body.split(b"\n"), name, known)
    elif came.kind in ("page", "text"):
        kind = "text/html" if came.kind == "page" else "text/plain"
        yield page_that_came(answer.body, name, kind, answer.charset, stated=known)
    elif came.kind == "other":
        yield NotAnArticle(name, came.why or "is no text")
    else:
        received = decoded(answer.body, answer.charset)
        text = "" if isinstance(received, NoText) else received.text
        yield from [found] if (found := _list_in(text, answer.body, name)) else _json_from(text, name, known)


def _json_from(text: str, name: str, known: Known) -> Iterator[Article | InputError]:
    found = _as_json(text, name, known)
    return iter([NotAnArticle(name, "is no article")]) if found is None else found


def _pages(kind: Archive, stream: BinaryIO, origin: str, stated: Known) -> Iterator[Article | InputError]:
    """The pages of a web archive, what is broken in it, and its account."""
    from twosource.sources.wacz import wacz_articles
    from twosource.sources.warc import BROKEN, Tally, warc_articles
    from twosource.sources.warc_records import Skipped

    tally = Tally()
    reader = warc_articles if kind == "warc" else wacz_articles
    try:
        for found in reader(stream, origin, tally, stated=stated):
            if not isinstance(found, Skipped):
                yield found
            elif found.code in BROKEN:
                yield InputError(f"{origin}@{found.offset}", f"{found.length:,} bytes left out: {found.reason}")
    except InputError as wrong:
        yield wrong
    yield Notice(origin, str(tally)) if tally.read else NotAnArticle(origin, f"holds no page: {tally}")


def _list_in(text: str, raw: bytes, origin: str) -> InputError | None:
    """Why a list of addresses is no article: nothing in it is fetched here."""
    from twosource.sources.feeds.parse import first_element
    from twosource.sources.opml import read_opml
    from twosource.sources.sitemaps import ROOTS, parse_sitemap

    first = first_element(text[:4_000]) if text.lstrip("\ufeff \t\r\n").startswith("<") else ""
    try:
        if first == "opml":
            count = len(read_opml(raw, origin).feeds)
            return NotAnArticle(origin, f"is a list of {count:,} feeds, which are not fetched here")
        if first in ROOTS:
            found = parse_sitemap(raw, origin)
            return NotAnArticle(
                origin, f"is a sitemap of {len(found.pages or found.sitemaps):,} addresses, none fetched"
            )
    except InputError as wrong:
        return NotAnArticle(wrong.name, wrong.reason)
    return None


def _as_json(text: str, origin: str, known: Known) -> Iterator[Article | InputError] | None:
    """The articles of a JSON document; None where it is none and does not claim to be."""
    try:
        return from_document(parse(text), origin, known)
    except ValueError as wrong:
        claims = origin.lower().endswith(".json") or text.lstrip().startswith(('{"', '[{"', "[["))
        return iter([InputError(origin, str(wrong))]) if claims else None


def _of_all(known: Known) -> Known:
    """What is known of an input that holds for each of the articles in it."""
    return replace(known, id=None, url=None, title=None)


@contextmanager
def _seekable(stream: BinaryIO, head: bytes) -> Iterator[BinaryIO]:
    """The stream at its beginning; of one that cannot go back, such as a pipe, a copy on disk without a name.

    Raises:
        ValueError: what comes through the pipe has no end in sight.

    """
    if stream.seekable():
        stream.seek(0)
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        copy.write(head)
        while piece := stream.read(HEAD):
            copy.write(piece)
            if copy.tell() > MAX_COPIED:
                raise ValueError(f"is over {MAX_COPIED // 1_000_000_000} GB: give it as a file")
        copy.seek(0)
        yield cast("BinaryIO", copy)
