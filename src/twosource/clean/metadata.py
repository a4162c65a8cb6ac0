"""What a page says of itself: title, outlet, address, dates, writers, length, and whether it is free.

Trusted in this order: JSON-LD of an article (what publishers write for search engines), Open Graph and other
``meta``, then elements of the page. All of it is foreign text: one line, cut to length, addresses only http and
https, dates only dates.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from twosource.clean.address import web_address

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_NAME = 300
"""Code points kept of an outlet's name or a title."""

MAX_LINKED_DATA = 500_000
"""Characters of one JSON-LD script that is read; the largest of 80 news pages had 61,000."""

MAX_NODES = 20_000
"""Values of one JSON-LD script that are looked at."""

MAX_DIGITS = 7
"""Digits of the longest number of words that is believed."""

MAX_WRITERS = 20
"""Names of writers that are read."""

MAX_SCRIPTS = 40
"""JSON-LD scripts of a page that are read."""

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)")
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publishdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "cxenseparse:recs:publishtime",
    "date",
)


_CHANGES = ("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own statements; ``published`` and ``modified`` are RFC 3339, ``url`` absolute.

    ``words`` is the length it states, ``free`` whether everybody may read it (None: not said), ``live`` whether it
    calls itself a live blog.
    """

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    words: int | None = None
    free: bool | None = None
    live: bool = False


def read_metadata(tree: "HtmlElement") -> Metadata:
    """Return what the page says of itself; whatever is broken or no such thing counts as not said."""
    meta, told = _meta(tree), list(_linked_articles(tree))
    main = told[0] if told else {}
    outlet = _first(_plain(x) for x in (meta.get("og:site_name"), *map(_publisher, told), meta.get("application-name")))
    canonical = [
        link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    titles = (main.get("headline"), meta.get("og:title"), *_texts(tree, "h1", "title"))
    dates = (main.get("datePublished"), *(meta.get(name) for name in _DATES), *_times(tree))
    return Metadata(
        title=_without_outlet(_first(map(_plain, titles)), outlet),
        outlet=outlet,
        url=_first(web_address(x) for x in (*canonical, meta.get("og:url"), main.get("url"))),
        published=_first(publication(x) for x in dates),
        modified=_first(publication(x) for x in (main.get("dateModified"), *(meta.get(name) for name in _CHANGES))),
        authors=tuple(dict.fromkeys(filter(None, map(_plain, (*_writers(main.get("author")), meta.get("author")))))),
        words=_count(main.get("wordCount")),
        free=_truth(main.get("isAccessibleForFree")),
        live=any("LiveBlogPosting" in _types(node) for node in told),
    )


def one_line(shown: object) -> str | None:
    """Return a name as one line without white space at its edges, or None where there is none."""
    return (" ".join(shown.split())[:MAX_NAME] or None) if isinstance(shown, str) else None


def _plain(shown: object) -> str | None:
    """A name in JSON-LD, where many publishers leave character references ("&#8217;") as they are."""
    return one_line(unescape(shown)) if isinstance(shown, str) else None


def publication(shown: object) -> str | None:
    """Return a date or date-time in RFC 3339 form, or None.

    A time without a zone is cut to its date, since it could not be compared. Reads ISO 8601 and the form of mail and
    feeds ("Wed, 12 Feb 2025 10:00:00 GMT"); years 1000 to 2999.
    """
    if not isinstance(shown, str) or not 8 <= len(shown.strip()) <= 64:
        return None
    raw = shown.strip()
    try:
        when = datetime.fromisoformat(raw.replace("/", "-") if raw[:4].isdigit() else raw)
    except ValueError:
        try:
            when = parsedate_to_datetime(raw)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    if not 1000 <= when.year <= 2999 or str(when.year) not in raw:
        return None
    if when.tzinfo is None:
        return when.date().isoformat()
    return raw if _RFC3339.fullmatch(raw) else when.isoformat()


def _first(values: Iterator[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _meta(tree: "HtmlElement") -> Mapping[str, str]:
    """Names (also ``property`` and ``itemprop``) of the page's meta elements, lower case, to their first content."""
    said: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            said.setdefault(name.lower(), element.get("content") or "")
    return said


def _texts(tree: "HtmlElement", *tags: str) -> Iterator[str]:
    for tag in tags:
        for element in tree.iter(tag):
            yield "".join(element.itertext())
            break


def _times(tree: "HtmlElement") -> Iterator[str | None]:
    """The dates of ``time`` elements that say they are the publication, then the first after the headline."""
    times = list(tree.iter("time"))
    for element in times:
        if element.get("itemprop") == "datePublished" or "pubdate" in element.attrib:
            yield element.get("datetime")
    headline = False
    for element in tree.iter("h1", "time"):
        headline = headline or element.tag == "h1"
        if headline and element.tag == "time":
            yield element.get("datetime")
            return


def _linked_articles(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    """The articles that JSON-LD scripts describe, in order."""
    scripts = (s for s in tree.iter("script") if "ld+json" in (s.get("type") or "").lower())
    for _, script in zip(range(MAX_SCRIPTS), scripts, strict=False):
        text = script.text or ""
        if len(text) > MAX_LINKED_DATA:
            continue
        try:
            parsed = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (node for node in _nodes(parsed) if _is_article(node))


def _nodes(parsed: object) -> Iterator[dict[str, Any]]:
    """The objects of parsed JSON, outermost first, without recursion."""
    waiting, seen = [parsed], 0
    while waiting and seen < MAX_NODES:
        value = waiting.pop(0) if len(waiting) < 50 else waiting.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _types(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)]


def _is_article(node: Mapping[str, Any]) -> bool:
    return any(_ARTICLE.search(kind) for kind in _types(node))


def _sole(value: object) -> object:
    """The first of several values."""
    return value[0] if isinstance(value, list) and value else value


def _writers(value: object) -> Iterator[object]:
    """The names of people in JSON-LD, as plain strings or as objects with a name."""
    for writer in (value if isinstance(value, list) else [value])[:MAX_WRITERS]:
        yield _sole(writer.get("name")) if isinstance(writer, dict) else writer


def _count(value: object) -> int | None:
    """A number of words, which many write as a string."""
    shown = str(value)
    return int(shown) if isinstance(value, str | int) and shown.isdecimal() and len(shown) <= MAX_DIGITS else None


def _truth(value: object) -> bool | None:
    """A truth value, which many write as a string ("False"), or None."""
    return {"true": True, "false": False}.get(str(value).strip().lower())


def _publisher(node: Mapping[str, Any]) -> object:
    publisher = node.get("publisher")
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    return publisher.get("name") if isinstance(publisher, dict) else publisher


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """Drop " | The Outlet" and " - The Outlet" from a title's end."""
    if title and outlet:
        for mark in (" | ", " - ", " – ", " — "):
            head, found, tail = title.rpartition(mark)
            if found and head and tail.casefold().removeprefix("the ") == outlet.casefold().removeprefix("the "):
                return head
    return title
