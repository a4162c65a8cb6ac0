"""Lines of ours as a feed for other readers: Atom (RFC 4287), RSS 2.0 or JSON Feed 1.1.

Every text is foreign: markup is escaped, and what XML cannot hold (most controls, lone surrogates) becomes U+FFFD.
An entry's id is that of a story, conflict or alert and never changes, so that no reader shows a line twice.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from twosource.render.json import dumps

Form = Literal["atom", "rss", "json"]

MEDIA: dict[Form, str] = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
"""Media types by form."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a feed: ``id`` is an absolute URI (``urn:twosource:…``), ``at`` seconds since 1970 in UTC, ``text``
    plain text, ``url`` an http or https address or None.
    """

    id: str
    title: str
    at: float
    text: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed without its lines. ``home`` is the page it belongs to, ``here`` its own address, where there are any."""

    id: str
    title: str
    home: str | None = None
    here: str | None = None


def syndicated(channel: Channel, lines: Iterable[Line], form: Form) -> str:
    """Return the feed as text; lines in the order given."""
    return {"atom": _atom, "rss": _rss, "json": _json}[form](channel, tuple(lines))


def _atom(channel: Channel, lines: Sequence[Line]) -> str:
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        _element("id", channel.id),
        _element("title", channel.title),
        _element("updated", _moment(max((line.at for line in lines), default=0.0))),
        "<author><name>twosource</name></author>",
        *_atom_link(channel.home, "alternate"),
        *_atom_link(channel.here, "self"),
    ]
    return "\n".join([*head, *(_atom_line(line) for line in lines), "</feed>", ""])


def _atom_line(line: Line) -> str:
    parts = [
        _element("id", line.id),
        _element("title", line.title),
        _element("updated", _moment(line.at)),
        *_atom_link(line.url, "alternate"),
        _element("content", line.text, ' type="text"'),
    ]
    return "<entry>" + "".join(parts) + "</entry>"


def _atom_link(url: str | None, relation: str) -> list[str]:
    return [f"<link rel={quoteattr(relation)} href={quoteattr(_xml(url))}/>"] if url else []


def _rss(channel: Channel, lines: Sequence[Line]) -> str:
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0"><channel>',
        _element("title", channel.title),
        _element("link", channel.home or channel.here or ""),
        _element("description", channel.title),
    ]
    return "\n".join([*head, *(_rss_line(line) for line in lines), "</channel></rss>", ""])


def _rss_line(line: Line) -> str:
    parts = [
        _element("guid", line.id, ' isPermaLink="false"'),
        _element("title", line.title),
        *([_element("link", line.url)] if line.url else []),
        _element("pubDate", format_datetime(_when(line.at))),
        _element("description", escape(line.text)),
    ]
    return "<item>" + "".join(parts) + "</item>"


def _json(channel: Channel, lines: Sequence[Line]) -> str:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.here,
        "items": [
            {
                "id": line.id,
                "title": line.title,
                "content_text": line.text,
                "url": line.url,
                "date_published": _moment(line.at),
            }
            for line in lines
        ],
    }
    return dumps({name: value for name, value in told.items() if value is not None}) + "\n"


def _element(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{escape(_xml(text))}</{name}>"


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _moment(at: float) -> str:
    return _when(at).strftime("%Y-%m-%dT%H:%M:%SZ")


def _when(at: float) -> datetime:
    try:
        return datetime.fromtimestamp(at, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, UTC)
