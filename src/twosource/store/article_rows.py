"""An article as a row and back: its key, its columns, and the time it is listed under."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from twosource.article import Article, Block, Original, Outlet, digest
from twosource.clean.address import domain_of, page_key, web_address
from twosource.errors import Damaged
from twosource.store.database import FIELD_BYTES, Row, Value, json_text
from twosource.store.packed import packed, packed_bytes, unpacked
from twosource.store.wording import keys

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC).timestamp()
"""Days of publication before this are a mistake of who states them (feeds give 1970 and the year 1)."""

AHEAD = 48 * 3600.0
"""Seconds that a stated time may lie after the moment an article came: zones, and dates set for tomorrow."""

OUTLET_KEY = 200
"""Code points of an outlet's folded name that are indexed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An article on its way into the store.

    ``key`` is what makes two deliveries one article where the source knows better than the article's address. ``body``
    is what was received, with its media type and charset as stated, if the article itself does not carry it. ``feed``
    and ``entry_key`` say which feed named it. ``claims`` is what the source says of the article and nobody checked:
    canonical (an address), language, source, credits, and whatever else JSON can hold.
    """

    article: Article
    key: str | None = None
    body: bytes | None = None
    media_type: str | None = None
    charset: str | None = None
    feed: int | None = None
    entry_key: str | None = None
    guid: str | None = None
    claims: dict[str, Any] = field(default_factory=dict)


def key_of(given: Incoming) -> str:
    """Return the key that makes deliveries one article: the one given, the page's address, its id, or its text."""
    if given.key:
        return bounded(given.key)
    if page := _page(given):
        return page
    return bounded(f"id:{given.article.id}" if given.article.id else f"text:{given.article.sha256}")


def bounded(key: str) -> str:
    """Return the key, or its digest where it is too long for an index."""
    return key if len(key.encode("utf-8", "surrogatepass")) <= FIELD_BYTES else f"long:{digest(key)}"


def outlet_key(name: str) -> str:
    """Return the outlet's name as it is looked for: folded words, cut to a length that an index takes."""
    return " ".join(keys(name))[:OUTLET_KEY]


def _canonical(given: Incoming) -> str | None:
    said = given.claims.get("canonical")
    return said if isinstance(said, str) and said else None


def _page(given: Incoming) -> str | None:
    """The page an article stands on; None where none is known, as on a site's front page.

    The canonical address counts if it stays on the same domain: a syndicated copy names its origin.
    """
    url, canonical = given.article.url, _canonical(given)
    if canonical and (url is None or canonical == url or domain_of(canonical) == domain_of(url)):
        return page_of(canonical) or page_of(url)
    return page_of(url)


def page_of(url: str | None) -> str | None:
    """Return the key of the page at that address, or None: without an address, and for a site's front page."""
    if url is None:
        return None
    page = page_key(url) if web_address(url) else url
    return bounded(page) if page else None


ARTICLE = (
    "number",
    "id",
    "key",
    "version",
    "sha256",
    "outlet",
    "outlet_key",
    "domain",
    "url",
    "canonical",
    "title",
    "published",
    "modified",
    "at",
    "first_seen",
    "origin",
    "claims",
    "markup",
    "remarks",
    "language",
    "from_page",
    "feed",
    "original",
    "text",
    "characters",
)
"""Columns of an article, in order."""

INSERT = f"INSERT INTO article ({', '.join(ARTICLE)}) VALUES ({', '.join(f':{c}' for c in ARTICLE)})"
INSERT_ORIGINAL = (
    "INSERT INTO original (sha256, media_type, charset, size, bytes) "
    "VALUES (:sha256, :media_type, :charset, :size, :bytes) ON CONFLICT DO NOTHING"
)


def original_row(given: Incoming, key: str | None) -> dict[str, Value]:
    """Return the row of the bytes that came in, under their `original_key`."""
    came = original_of(given) or Original(b"")
    return {
        "sha256": key,
        "media_type": came.media_type,
        "charset": came.charset,
        "size": len(came.body),
        "bytes": packed_bytes(came.body),
    }


def original_of(given: Incoming) -> Original | None:
    """Return the bytes that came in, where they are known."""
    if given.body is None:
        return given.article.original
    return Original(given.body, given.media_type, given.charset)


def original_key(given: Incoming) -> str | None:
    """Return the digest of the bytes that came in and of what is said of them, None where they are not known.

    The same bytes in another charset are another original.
    """
    came = original_of(given)
    if came is None:
        return None
    said = json_text([came.media_type, came.charset]).encode()
    return hashlib.sha256(came.body + b"\0" + said).hexdigest()


def article_row(given: Incoming, placed: Mapping[str, Value], now: float) -> dict[str, Value]:
    """Return the row of an article that came at ``now``; ``placed`` has its number, id, key, version and digests."""
    article, outlet, language = given.article, given.article.outlet, given.claims.get("language")
    return {
        **placed,
        "outlet": outlet.name if outlet else None,
        "outlet_key": outlet_key(outlet.name) if outlet else None,
        "domain": outlet.domain if outlet else None,
        "url": article.url,
        "canonical": _canonical(given),
        "title": article.title,
        "published": article.published,
        "modified": article.modified,
        "at": believed(article.published, now),
        "first_seen": now,
        "origin": article.origin,
        "claims": json_text(given.claims),
        "markup": json_text([[b.kind, b.start, b.end] for b in article.markup]),
        "remarks": json_text(article.remarks),
        "language": language if isinstance(language, str) else None,
        "from_page": article.from_page,
        "feed": given.feed,
        "text": packed(article.text),
        "characters": len(article.text),
    }


def believed(published: str | None, now: float) -> float:
    """Return the stated time in seconds (a date is its first moment in UTC), or ``now`` where it cannot be true."""
    try:
        when = datetime.fromisoformat(published or "")
        at = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return now
    return at if EARLIEST <= at <= now + AHEAD else now


def article_from(row: Row) -> Article:
    """Return the article of a row with all of `ARTICLE`'s columns, equal to the one that came in but for its id.

    Raises:
        Damaged: bytes of the row were changed.

    """
    try:
        return _article(row)
    except (zlib.error, ValueError, TypeError) as wrong:
        raise Damaged(f"the stored article {row['id']} is damaged ({wrong}); restore it from a backup") from wrong


def _article(row: Row) -> Article:
    return Article(
        id=row["id"],
        text=unpacked(row["text"]),
        outlet=None if row["outlet"] is None else Outlet(row["outlet"], row["domain"]),
        url=row["url"],
        title=row["title"],
        published=row["published"],
        markup=tuple(Block(*block) for block in json.loads(row["markup"])),
        from_page=bool(row["from_page"]),
        origin=row["origin"],
        remarks=tuple((code, message) for code, message in json.loads(row["remarks"])),
        modified=row["modified"],
    )
