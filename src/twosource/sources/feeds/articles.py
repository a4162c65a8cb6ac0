"""A feed's own text of an article: its content where that is long enough, else title and summary as a part of one."""

from html import escape
from urllib.parse import urlsplit

from twosource.article import Article, Block
from twosource.clean.address import domain_of
from twosource.errors import InputError
from twosource.sources.feeds.shapes import Entry, Feed, Remark
from twosource.sources.feeds.words import paragraphs
from twosource.sources.given import Known, NotAnArticle, article
from twosource.sources.pages import page_article

ENOUGH = 80
"""Words of an entry's content from which on it is read as the article; what most feeds give is a lead of 20 to 60."""


def entry_article(
    entry: Entry, feed: Feed, outlet: str | None = None, *, stated: Known | None = None
) -> Article | InputError:
    """Return the article that the feed itself holds for ``entry``, or why it holds none.

    ``outlet`` is the name by which the feed's outlet is known; without one the entry's source, the feed's title and
    the address are asked, in this order. ``stated`` is what the user states of it and wins over the feed. Of a content
    shorter than `ENOUGH` words, title and summary are taken, with the remark ``partial``.
    """
    origin = entry.url or f"{feed.url}#{entry.guid or entry.key}"
    known = Known(
        outlet=outlet or _outlet(entry, feed),
        url=entry.url,
        title=entry.title,
        published=entry.published or entry.updated,
        modified=entry.updated,
        remarks=(*entry.remarks, *_source(entry, feed)),
    ).under(stated or Known())
    if entry.content_html and _words(paragraphs(entry.content_html, "html")) >= ENOUGH:
        return page_article(_page(entry), known, origin)
    return _summary(entry, known, origin)


def _page(entry: Entry) -> str:
    title = escape(entry.title or "", quote=False)
    by = f'<p class="byline">{escape(entry.author, quote=False)}</p>' if entry.author else ""
    head = f"<h1>{title}</h1>" if title else ""
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><article>{head}{by}"
        f"{entry.content_html}</article></body></html>"
    )


def _summary(entry: Entry, known: Known, origin: str) -> Article | InputError:
    """Title and summary as a text of two blocks and more, which is only a part of the article."""
    lines = [entry.title] if entry.title else []
    lines += [line for line in (entry.summary or "").split("\n") if line and line != entry.title]
    if not lines:
        return NotAnArticle(origin, "has neither title nor text in its feed")
    blocks, at = [], 0
    for number, line in enumerate(lines):
        blocks.append(Block("headline" if entry.title and number == 0 else "body", at, at + len(line)))
        at += len(line) + 1
    part: Remark = ("partial", "only a part of the article: what its feed gives of it")
    said = Known(remarks=(part,)).under(known)
    return article("\n".join(lines), said, origin, markup=tuple(blocks), from_page=True)


def _outlet(entry: Entry, feed: Feed) -> str | None:
    """Whose the article is: of a feed that gathers others' articles, each entry's source or address."""
    theirs = domain_of(entry.url)
    ours = {domain_of(feed.site), domain_of(feed.url)} - {None}
    if entry.source_name and (not ours or theirs not in ours):
        return entry.source_name
    return feed.title if theirs is None or not ours or theirs in ours else None


def _source(entry: Entry, feed: Feed) -> tuple[Remark, ...]:
    name = entry.source_name or (urlsplit(entry.source_url).hostname if entry.source_url else None)
    if not name or name == feed.title:
        return ()
    return (("feed_source", f"the feed names {name} as its source"),)


def _words(text: str | None) -> int:
    return len((text or "").split())
