"""A page as an article: its visible text as we lay it out, its blocks as the markup tells them, and its metadata."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from twosource.article import Article
from twosource.errors import InputError
from twosource.lang import ENGLISH
from twosource.sources.given import Known, NotAnArticle, Remark, article

if TYPE_CHECKING:
    from twosource.clean.page import Page

HEAD = 4_096
"""Bytes in which a page names its encoding; browsers look at the first 1,024, some pages put comments before it."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,4}=\s{0,4}["']?\s{0,4}([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_NOT_MEANT = ("utf16", "utf32", "utf7", "ucs", "unicode", "rawunicode")
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|meta|title|h1)\b[^<>]{0,500}>", re.IGNORECASE)


def declared_encoding(raw: bytes) -> str | None:
    """Return the encoding that the page's head names, as a browser reads it, or None.

    A head that can be read as ASCII is not in the wide encoding it names: UTF-8 is meant (WHATWG HTML, 13.2.3.2).
    """
    found = _CHARSET.search(raw, 0, HEAD)
    if not found:
        return None
    name = found.group(1).decode("ascii").lower()
    if name.replace("-", "").replace("_", "").startswith(_NOT_MEANT):
        return "utf-8"
    return {"iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}.get(name, name)


def looks_like_page(text: str, name: str) -> bool:
    """Tell a page from a text by its name, or by tags at its very beginning."""
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        return True
    return text[:2_000].lstrip("\ufeff \t\r\n").startswith(("<!", "<?xml", "<")) and bool(
        _MARKUP.search(text, 0, 4_000)
    )


def page_article(html: str, known: Known, origin: str) -> Article | InputError:
    """Return the article of a page. What the user, a sidecar or the JSON line states wins over what the page says.

    ``text`` is the received text of the page: its whole visible text, one block a line.
    """
    from twosource.sources.apart import read_safely

    page = read_safely(html)
    if not page.text.strip():
        return NotAnArticle(origin, "is a page without visible text")
    said = page.metadata
    own = Known(None, said.outlet, said.url, said.title, said.published, said.modified, (*page.remarks, *_told(page)))
    return article(page.text, own.under(known), origin, markup=page.blocks, from_page=True)


def _told(page: "Page") -> Iterator[Remark]:
    """What readers should know that the page says of itself."""
    from twosource.clean.partial import stub
    from twosource.clean.phrases import table

    if page.metadata.live:
        yield "live_page", "a live page: its posts were written one after the other, and it goes on changing"
    if why := stub(page.metadata, page.text, page.blocks, table(ENGLISH)):
        yield "partial", f"only a part of the article: {why}"
