"""Sitemaps, news sitemaps and sitemap indexes: addresses of articles, with title, day and outlet where they are news.

Sitemaps Protocol 0.9 and the news extension 0.9. Some are plain lists of addresses. All of it is claims: addresses only
http and https, days only where they can be believed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from twosource.clean.address import domain_of, web_address
from twosource.errors import InputError
from twosource.sources.feeds.dates import believed
from twosource.sources.feeds.guard import Refused, scanned
from twosource.sources.feeds.loose import mended
from twosource.sources.feeds.parse import decoded, first_element
from twosource.sources.feeds.wellformed import name_of, parse
from twosource.sources.feeds.words import line

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Remark = tuple[str, str]

MAX_SITEMAP = 50 * 1024 * 1024
"""Bytes of the largest sitemap that is read, the largest that the protocol allows."""

MAX_PLACES = 50_000
"""Addresses of one sitemap that are read, the most that the protocol allows."""

ROOTS = frozenset({"urlset", "sitemapindex"})
"""Local names of the elements that a sitemap is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A page that a sitemap announces: its address and what it says of the article there.

    ``published`` and ``changed`` are RFC 3339 in UTC or a date; ``claimed_published`` is a day that cannot be believed,
    as it is written.
    """

    url: str
    title: str | None = None
    published: str | None = None
    claimed_published: str | None = None
    changed: str | None = None
    outlet: str | None = None
    language: str | None = None
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """A sitemap read: ``pages`` that it announces, or ``sitemaps`` that an index names.

    Its places = ``pages`` + ``sitemaps`` + ``refused`` (no http or https address) + ``repeated`` + ``left`` behind the
    most that are read. ``elsewhere`` counts addresses outside the sitemap's own domain, which the protocol forbids;
    they are kept.
    """

    url: str
    pages: tuple[Announced, ...] = ()
    sitemaps: tuple[str, ...] = ()
    refused: int = 0
    repeated: int = 0
    left: int = 0
    elsewhere: int = 0
    remarks: tuple[Remark, ...] = ()


def is_sitemap(text: str) -> bool:
    """Tell whether XML begins as a sitemap or an index of them does."""
    return first_element(text[:4_000]) in ROOTS


def parse_sitemap(body: bytes, url: str, charset: str | None = None, *, now: datetime | None = None) -> Sitemap:
    """Return what the sitemap or index in ``body`` announces, in its order; ``url`` is where it came from.

    Raises:
        InputError: it is no sitemap, broken beyond mending, nested too deep, or declares entities.

    """
    if len(body) > MAX_SITEMAP:
        raise InputError(url, f"is over {MAX_SITEMAP // 1_048_576} MiB, more than a sitemap may be")
    text, remarks = decoded(body, url, charset)
    now = (now or datetime.now(UTC)).astimezone(UTC)
    if text.lstrip("\ufeff \t\r\n").startswith(("http://", "https://")):
        return _sitemap(url, [Announced(url=one) for one in _lines(text)], len(text.split()), remarks)
    root, mark = _root(text, url)
    remarks = (*remarks, *mark)
    if name_of(root) == "sitemapindex":
        named = [_child(one, "loc") for one in root.iterchildren("{*}sitemap")]
        kept = list(dict.fromkeys(filter(None, map(web_address, named))))
        refused = sum(web_address(one) is None for one in named)
        return Sitemap(
            url=url,
            sitemaps=tuple(kept[:MAX_PLACES]),
            refused=refused,
            repeated=len(named) - refused - len(kept),
            left=max(0, len(kept) - MAX_PLACES),
            remarks=remarks,
        )
    places = list(root.iterchildren("{*}url"))
    return _sitemap(url, list(_announced(places, now)), len(places), remarks)


def _root(text: str, url: str) -> "tuple[Element, tuple[Remark, ...]]":
    try:
        looked = scanned(text)
    except Refused as wrong:
        raise InputError(url, str(wrong)) from None
    mark: tuple[Remark, ...] = ()
    root = parse(looked.text)
    if root is None:
        root, mark = parse(mended(looked.text)), (("sitemap_mended", "its XML is not well-formed and was mended"),)
    if root is None and (kept := _whole_places(looked.text)):
        root, mark = parse(kept), (("sitemap_cut_off", "it breaks off: what stands whole before that was read"),)
    if root is None or name_of(root) not in ROOTS:
        raise InputError(url, "is no sitemap")
    return root, mark


def _whole_places(text: str) -> str:
    """The document up to its last whole place, closed after it; "" where there is none."""
    for place, root in (("url", "urlset"), ("sitemap", "sitemapindex")):
        end = text.rfind(f"</{place}>")
        if end >= 0 and f"<{root}" in text[:2_000]:
            return f"{text[:end]}</{place}></{root}>"
    return ""


def _sitemap(url: str, found: list[Announced], places: int, remarks: tuple[Remark, ...]) -> Sitemap:
    kept = list({one.url: one for one in reversed(found)}.values())[::-1]
    ours = domain_of(url)
    return Sitemap(
        url=url,
        pages=tuple(kept[:MAX_PLACES]),
        refused=max(0, places - len(found)),
        repeated=len(found) - len(kept),
        left=max(0, len(kept) - MAX_PLACES),
        elsewhere=sum(domain_of(one.url) != ours for one in kept) if ours else 0,
        remarks=remarks,
    )


def _announced(places: "list[Element]", now: datetime) -> Iterator[Announced]:
    for place in places:
        url = web_address(_child(place, "loc"))
        if url is None:
            continue
        news = place.find("{*}news")
        when = _child(news, "publication_date")
        published = believed(when, now)
        publication = news.find("{*}publication") if news is not None else None
        keywords = (_child(news, "keywords") or "").split(",")[:30]
        yield Announced(
            url=url,
            title=line(_child(news, "title"), "html"),
            published=published,
            claimed_published=line((when or "")[:128]) if not published else None,
            changed=believed(_child(place, "lastmod"), now),
            outlet=line(_child(publication, "name"), "html"),
            language=line(_child(publication, "language")),
            keywords=tuple(filter(None, map(line, keywords))),
        )


def _child(element: "Element | None", name: str) -> str | None:
    found = element.find(f"{{*}}{name}") if element is not None else None
    return found.text.strip() or None if found is not None and found.text else None


def _lines(text: str) -> Iterator[str]:
    return filter(None, map(web_address, text.split()))
