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
_WESTERN = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii"})
"""Names under which browsers read Windows Western European text (WHATWG Encoding Standard)."""

_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|meta|title|h1)\b[^<>]{0,500}>", re.IGNORECASE)


def declared_encoding(raw: bytes) -> str | None:
    """Return the encoding that the page's head names, as a browser reads it, or None.

    A head that can be read as ASCII is not in the wide encoding it names: UTF-8 is meant (WHATWG HTML, 13.2.3.2).
    """
    found = _CHARSET.search(raw, 0, HEAD)
    if not found:
        return None
    return meant(found.group(1).decode("ascii"))


def meant(name: str) -> str:
    """Return the encoding that is meant by a name in a document or a header which itself could be read as ASCII."""
    name = name.lower()
    if name.replace("-", "").replace("_", "").startswith(_NOT_MEANT) or not _reads_ascii(name):
        return "utf-8"
    return "cp1252" if name in _WESTERN else name


def _reads_ascii(name: str) -> bool:
    """Tell whether markup can be read in that encoding, as it was to find the name; a name of none is kept."""
    try:
        return b"<p>".decode(name) == "<p>"
    except (LookupError, UnicodeError):
        return True


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
    page, own = laid_out(html)
    return finished(page, own.under(known), origin)


def laid_out(html: str, *, apart: bool = False) -> "tuple[Page, Known]":
    """Return a page read, and what it says of itself; ``apart`` reads it in a process of its own, whatever its size."""
    from twosource.sources.apart import read_apart, read_safely

    page = read_apart(html) if apart else read_safely(html)
    said = page.metadata
    remarks = (*page.remarks, *_told(page))
    return page, Known(None, said.outlet, said.url, said.title, said.published, said.modified, remarks)


def finished(page: "Page", known: Known, origin: str) -> Article | InputError:
    """Return the article of a page of which ``known`` is all that is known, or why it is none."""
    if not page.text.strip():
        return NotAnArticle(origin, "is a page without visible text")
    return article(page.text, known, origin, markup=page.blocks, from_page=True)


def _told(page: "Page") -> Iterator[Remark]:
    """What readers should know that the page says of itself."""
    from twosource.clean.partial import stub
    from twosource.clean.phrases import table

    if page.metadata.live:
        yield "live_page", "a live page: its posts were written one after the other, and it goes on changing"
    if why := stub(page.metadata, page.text, page.blocks, table(ENGLISH)):
        yield "partial", f"only a part of the article: {why}"
