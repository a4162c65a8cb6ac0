"""Reads RSS (0.9x, 1.0, 2.0) and Atom (0.3, 1.0) from the tree of a strict parse, as the document tells it.

The parse shows whether the XML is well-formed, which decides who reads it; so the tree is there anyway. Elements are
known by their own names, those of modules by a short prefix, whatever prefix the document uses. Why no feed library
reads it: the fast one drops the source, the date as written and text in child elements, and takes GUIDs for dates.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from twosource.sources.feeds.shapes import Form, Told, ToldFeed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PARSER = "lxml"

ROOTS = frozenset({"rss", "rdf", "feed"})
"""Local names of the elements that a feed is."""

MAX_CATEGORIES = 30
"""Categories of one entry that are kept."""

MINUTE, HOUR, DAY = 60, 3_600, 86_400
_PERIODS = {"hourly": HOUR, "daily": DAY, "weekly": 7 * DAY, "monthly": 30 * DAY, "yearly": 365 * DAY}
_MODULES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
}
_PLAIN = ("", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", "http://backend.userland.com/rss2",
          "http://channel.netscape.com/rdf/simple/0.9/")  # fmt: skip
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_MAILED = re.compile(r"[^\s()]{1,200}@[^\s()]{1,200}\s{0,9}\(([^()]{1,200})\)")
_NUMBER = re.compile(r"\d{1,9}")

Children = dict[str, list["Element"]]


def parse(text: str) -> "Element | None":
    """Return the root of a feed's XML, or None where it is not well-formed.

    Nothing outside the document is opened and no entity of its own replaced; `guard` has seen it before.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def name_of(root: "Element") -> str:
    """Return the local name of an element, lower case."""
    return root.tag.rpartition("}")[2].lower() if isinstance(root.tag, str) else ""


def tell(root: "Element") -> ToldFeed:
    """Return what the document tells, all of its entries in order."""
    own = root.tag.rpartition("}")[0][1:]
    feed = _children(root, own)
    channel = next(iter(feed.get("channel", ())), root)
    about = feed if channel is root else _children(channel, own)
    within = [(channel, one) for one in (*about.get("item", ()), *about.get("entry", ()))]
    if channel is not root:
        within += [(root, one) for one in (*feed.get("item", ()), *feed.get("entry", ()))]
    atom = name_of(root) == "feed"
    base = channel.get(_BASE) or root.get(_BASE)
    links = about.get("atom:link", []) + (about.get("link", []) if atom else [])
    title = next(iter(about.get("title", about.get("dc:title", ()))), None)
    return ToldFeed(
        entries=tuple(_entry(one, own, base, atom=atom) for _, one in within),
        title=_value(title),
        title_form=_form(title, atom=atom),
        site=_text(about, "link") or _linked(links, "alternate"),
        language=_text(about, "language", "dc:language") or channel.get(_LANGUAGE) or root.get(_LANGUAGE),
        self_url=_linked(links, "self"),
        next_url=_linked(links, "next"),
        hub_url=_linked(links, "hub"),
        pause=_pause(about),
        silent_hours=frozenset(_silent(about)),
        parser=PARSER,
    )


def _entry(element: "Element", own: str, base: str | None, *, atom: bool) -> Told:
    said = _children(element, own)
    guid = next(iter(said.get("guid", ())), None)
    title = _first(said, "title", "atom:title", "dc:title")
    summary = _first(said, "description", "summary", "atom:summary", "dc:description", "itunes:summary")
    content = _first(said, "content:encoded", "content", "atom:content", "xhtml:body", "xhtml:div")
    links = said.get("atom:link", []) + (said.get("link", []) if atom else [])
    source_name, source_url = _source(said, own)
    return Told(
        guid=_text(said, "guid", "id", "atom:id") or element.get(_ABOUT),
        permalink=guid is not None and (guid.get("isPermaLink") or "true").strip().lower() == "true",
        link=_text(said, "feedburner:origlink") or _plain_link(said, atom=atom) or _linked(links, "alternate"),
        base=element.get(_BASE) or base,
        title=_value(title),
        title_form=_form(title, atom=atom),
        author=_authors(said, own),
        published=_text(
            said, "pubdate", "published", "issued", "atom:published", "dcterms:issued", "dc:date", "created"
        ),
        updated=_text(said, "updated", "modified", "atom:updated", "dcterms:modified", "lastbuilddate"),
        summary=_value(summary),
        summary_form=_form(summary, atom=atom),
        content=_content(content),
        source_name=source_name,
        source_url=source_url,
        categories=tuple(_categories(said)),
        enclosures=len(said.get("enclosure", ())) + sum(_rel(link) == "enclosure" for link in links),
    )


def _children(element: "Element", own: str) -> Children:
    """The child elements by name: plain for the feed's own, with a short prefix for those of modules."""
    named: Children = {}
    for child in element:
        if isinstance(child.tag, str):
            space, _, local = child.tag.rpartition("}")
            named.setdefault(_prefixed(space[1:], own) + local.lower(), []).append(child)
    return named


def _prefixed(space: str, own: str) -> str:
    if space == own or space in _PLAIN:
        return ""
    return f"{_MODULES.get(space, 'other')}:"


def _first(said: Children, *names: str) -> "Element | None":
    """The first element of those names that holds anything, by the order of the names."""
    found = [element for name in names for element in said.get(name, ())]
    return next((e for e in found if len(e) or (e.text and e.text.strip())), None)


def _value(element: "Element | None") -> str | None:
    """What an element holds; where it has child elements, they and all text as HTML."""
    if element is None:
        return None
    return _markup(element) if len(element) else element.text


def _markup(element: "Element") -> str:
    from html import escape

    from lxml import etree

    inner = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return escape(element.text or "", quote=False) + "".join(inner)


def _form(element: "Element | None", *, atom: bool) -> Form:
    """RSS does not say how a title is written, and most write HTML; Atom says it, and means text by default."""
    if element is None or len(element):
        return "html"
    kind = (element.get("type") or "").strip().lower()
    in_atom = atom or element.tag.startswith("{http://www.w3.org/2005/Atom}")
    return "text" if in_atom and kind not in ("html", "text/html", "xhtml") else "html"


def _content(element: "Element | None") -> str | None:
    """The content as HTML, or None where it is something else or stands elsewhere."""
    from html import escape

    if element is None or element.get("src"):
        return None
    kind = (element.get("type") or "html").strip().lower()
    if kind in ("text", "text/plain") and not len(element):
        shown = escape(element.text or "", quote=False)
        return "".join(f"<p>{part}</p>" for part in shown.split("\n") if part.strip())
    return _value(element) if kind in ("html", "xhtml", "text/html", "application/xhtml+xml") else None


def _text(said: Children, *names: str) -> str | None:
    element = _first(said, *names)
    return element.text.strip() or None if element is not None and element.text else None


def _plain_link(said: Children, *, atom: bool) -> str | None:
    return None if atom else _text(said, "link")


def _rel(link: "Element") -> str:
    return (link.get("rel") or "alternate").strip().lower().rpartition("/")[2]


def _linked(links: "Sequence[Element]", rel: str) -> str | None:
    """The address of the first link of that kind; of alternates, a page before another format."""
    found = [link for link in links if _rel(link) == rel and link.get("href")]
    if rel == "alternate":
        found.sort(key=lambda link: "html" not in (link.get("type") or "html"))
    return found[0].get("href", "").strip() if found else None


def _source(said: Children, own: str) -> tuple[str | None, str | None]:
    """The feed that an entry was taken over from, by name and address."""
    element = next(iter(said.get("source", said.get("atom:source", ()))), None)
    if element is None:
        return _text(said, "dc:source"), None
    inner = _children(element, own)
    links = inner.get("link", []) + inner.get("atom:link", [])
    address = element.get("url") or _linked(links, "alternate") or _linked(links, "self")
    return _text(inner, "title", "atom:title") or (element.text or "").strip() or None, address


def _authors(said: Children, own: str) -> str | None:
    """Who wrote it, as names: of an address with a name in brackets, as RSS has it, the name."""
    names: list[str] = []
    for element in (*said.get("author", ()), *said.get("atom:author", ()), *said.get("dc:creator", ())):
        inner = _children(element, own) if len(element) else {}
        name = _text(inner, "name", "atom:name") if inner else element.text
        mailed = _MAILED.search((name or "")[:500])
        names.append(mailed[1] if mailed else name or "")
    return ", ".join(dict.fromkeys(" ".join(name.split()) for name in names if name.strip())) or None


def _categories(said: Children) -> Iterator[str]:
    elements = (*said.get("category", ()), *said.get("atom:category", ()), *said.get("dc:subject", ()))
    for element in elements[:MAX_CATEGORIES]:
        if shown := (element.get("label") or element.get("term") or element.text or "").strip():
            yield shown


def _pause(about: Children) -> int | None:
    """How long the feed asks to be left alone: RSS ``ttl`` in minutes, or the syndication module's period."""
    minutes = _NUMBER.fullmatch(_text(about, "ttl") or "")
    if minutes:
        return int(minutes[0]) * MINUTE
    period = _PERIODS.get((_text(about, "sy:updateperiod") or "").lower())
    often = _NUMBER.fullmatch(_text(about, "sy:updatefrequency") or "1")
    return period // max(1, int(often[0])) if period and often else None


def _silent(about: Children) -> Iterator[int]:
    for hours in about.get("skiphours", ()):
        for hour in hours:
            shown = (hour.text or "").strip()
            if _NUMBER.fullmatch(shown) and int(shown) <= 24:
                yield int(shown) % 24
