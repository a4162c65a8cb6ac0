"""Feeds that a page links: ``link rel=alternate`` with a feed's media type, read from its tags alone."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

from twosource.clean.address import web_address
from twosource.sources.feeds.words import line

MAX_LINKS = 20
"""Feeds of one page that are named."""

HEAD = 500_000
"""Characters of a page in which links to feeds are looked for."""

_LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]{1,20})\s{0,4}=\s{0,4}(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]{1,2000}))""")
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
                    "application/json", "text/xml", "application/xml"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names: its address, and its title where it has one."""

    url: str
    title: str | None = None


def feed_links(html: str, url: str) -> tuple[FeedLink, ...]:
    """Return the feeds that a page links, in its order, at most `MAX_LINKS`; only http and https addresses.

    Addresses are resolved against ``url``, where the page came from; a ``base`` of its own is not used.
    """
    found: dict[str, FeedLink] = {}
    for tag in _LINK.finditer(html[:HEAD]):
        said = {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in _ATTRIBUTE.finditer(tag[1])}
        kind = said.get("type", "").partition(";")[0].strip().lower()
        if "alternate" in said.get("rel", "").lower().split() and kind in _TYPES:
            address = _absolute(said.get("href", ""), url)
            if address and len(found) < MAX_LINKS:
                found.setdefault(address, FeedLink(address, line(said.get("title"))))
    return tuple(found.values())


def _absolute(href: str, url: str) -> str | None:
    try:
        return web_address(urljoin(url, href.strip())) if href.strip() else None
    except ValueError:
        return None
