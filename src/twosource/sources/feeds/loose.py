"""Reads feeds whose XML is not well-formed: first with its commonest faults mended, then by ``feedparser``.

Mended are ampersands that begin no reference, names of HTML's characters, and references to characters that XML
forbids: the text stays what was meant. What is broken beyond that goes to ``feedparser``, on bytes in memory: given a
name or an address it would open that.
"""

import re
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from typing import Any

from twosource.sources.feeds.shapes import Form, Told, ToldFeed
from twosource.sources.feeds.wellformed import MAX_CATEGORIES

PARSER = "feedparser"

MAX_BROKEN = 2_000_000
"""Characters of a broken feed that are read: feedparser takes 3 s for a million of the worst (2026-11-22)."""

_REFERENCE = re.compile(r"&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_KEPT = frozenset({"amp", "lt", "gt", "quot", "apos"})


def mended(text: str) -> str:
    """Return the XML with each ampersand made one that XML knows; CDATA sections stay as they are."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        end = len(text) if end < 0 else end
        parts += [_REFERENCE.sub(_meant, text[at:start]), text[start:end]]
        at = end
    return "".join(parts) + _REFERENCE.sub(_meant, text[at:])


def _meant(found: "re.Match[str]") -> str:
    name = found[1]
    if name is None:
        return "&amp;"
    if name in _KEPT:
        return found[0]
    if name.startswith("#"):
        number = int(f"0{name[1:]}", 16) if name[1] in "xX" else int(name[1:])
        return found[0] if _is_allowed(number) else ""
    shown = unescape(found[0])
    return shown if shown != found[0] else f"&amp;{name};"


def _is_allowed(number: int) -> bool:
    """Tell whether XML 1.0 has that character."""
    return (
        number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or 0x10000 <= number <= 0x10FFFF
    )


def tell_broken(text: str) -> ToldFeed | None:
    """Return what ``feedparser`` finds in a broken feed, or None where it finds nothing of one."""
    import feedparser  # type: ignore[import-untyped]

    read = feedparser.parse(BytesIO(text.encode("utf-8", "replace")), sanitize_html=False, resolve_relative_uris=False)
    about = read.get("feed", {})
    if not read.get("entries") and not read.get("version"):
        return None
    atom = str(read.get("version", "")).startswith("atom")
    links = [link for link in about.get("links", ()) if isinstance(link, Mapping)]
    return ToldFeed(
        entries=tuple(_told(one, atom=atom) for one in read["entries"]),
        title=_shown(about.get("title")),
        title_form=_form(about.get("title_detail"), atom=atom),
        site=_shown(about.get("link")),
        language=_shown(about.get("language")),
        self_url=_linked(links, "self"),
        next_url=_linked(links, "next"),
        hub_url=_linked(links, "hub"),
        parser=PARSER,
    )


def _told(read: Mapping[str, Any], *, atom: bool) -> Told:
    one = dict(read)  # as it was read: the library's own look-up gives one date for another
    content = next((c for c in one.get("content", ()) if isinstance(c, Mapping)), {})
    source = one.get("source")
    source = source if isinstance(source, Mapping) else {}
    tags = [tag for tag in one.get("tags") or () if isinstance(tag, Mapping)]
    return Told(
        guid=_shown(one.get("id")),
        permalink=bool(one.get("guidislink")),
        link=_shown(one.get("feedburner_origlink")) or _shown(one.get("link")),
        base=None,
        title=_shown(one.get("title")),
        title_form=_form(one.get("title_detail"), atom=atom),
        author=_shown(one.get("author")),
        published=_shown(one.get("published")),
        updated=_shown(one.get("updated")),
        summary=_shown(one.get("summary")),
        summary_form=_form(one.get("summary_detail"), atom=atom),
        content=_shown(content.get("value")),
        source_name=_shown(source.get("title")),
        source_url=_shown(source.get("href")) or _shown(source.get("link")),
        categories=tuple(str(tag["term"]) for tag in tags[:MAX_CATEGORIES] if tag.get("term")),
        enclosures=sum(isinstance(link, Mapping) and link.get("rel") == "enclosure" for link in one.get("links") or ()),
    )


def _form(detail: object, *, atom: bool) -> Form:
    kind = detail.get("type") if isinstance(detail, Mapping) else None
    return "text" if atom and kind == "text/plain" else "html"


def _shown(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _linked(links: list[Mapping[str, Any]], rel: str) -> str | None:
    return next((_shown(link.get("href")) for link in links if link.get("rel") == rel), None)
