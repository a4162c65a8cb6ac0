"""What is known of an article beside its text, and who wins where several say it: the user, then the sidecar, then
the page, and last, for the outlet and the day of publication alone, lines of the text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from twosource.article import Article, Block, Original, Outlet, stable_id
from twosource.clean.address import domain_of, web_address
from twosource.clean.corrections import Change, changes_in
from twosource.clean.metadata import one_line, publication
from twosource.clean.owner import Owner, owner_in
from twosource.clean.partial import cut_short
from twosource.clean.phrases import table
from twosource.clean.published import Stated, published_in
from twosource.errors import InputError
from twosource.lang import ENGLISH

Remark = tuple[str, str]

MIN_WORDS = 10
"""Words below which a text gets a remark: it may be a stub or a caption rather than an article."""

_WORD = re.compile(r"[^\W\d_]{2,}")


class NotAnArticle(InputError):
    """The input can be read but holds no article: it is binary, empty, without words, or JSON of another kind."""


class Notice(InputError):
    """A message on an input that was read: how many records of an archive are pages, how many entries were left."""


class OtherJson(NotAnArticle):
    """JSON that is no article and need not be meant for one, such as the settings of a program."""


@dataclass(frozen=True, slots=True)
class Given:
    """Outlet, date of publication and address that the user states for all inputs; they win over everything."""

    outlet: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What one source says of an article: a JSON line, a sidecar, a page or the user."""

    id: str | None = None
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    remarks: tuple[Remark, ...] = ()

    def under(self, stronger: "Known") -> "Known":
        """Return this with what ``stronger`` knows in its place; remarks of both are kept."""
        wins = {f.name: getattr(stronger, f.name) for f in fields(stronger) if getattr(stronger, f.name)}
        return replace(self, **wins | {"remarks": self.remarks + stronger.remarks})


def stated(given: Given) -> Known:
    """Return what the user stated, in the common form, with a remark on what cannot be used."""
    return known_from({"outlet": given.outlet, "published": given.published, "url": given.url})


def known_from(said: Mapping[str, Any]) -> Known:
    """Read ``id``, ``outlet``, ``url``, ``title``, ``published`` and ``modified`` of parsed JSON; what does not fit
    gets a remark, but for ``modified``, which only orders versions. Where ``outlet`` is missing, ``source`` names it.
    """
    remarks: list[Remark] = []
    url, when = said.get("url"), said.get("published")
    address, published = web_address(url), publication(when)
    if url and address is None:
        remarks.append(("bad_url", "the address given is no http or https address and is left out"))
    if when and published is None:
        remarks.append(
            ("bad_date", "the date of publication given is no date (YYYY-MM-DD or RFC 3339) and is left out")
        )
    name = said.get("id")
    return Known(
        id=str(name) if isinstance(name, str | int) and not isinstance(name, bool) and str(name) else None,
        outlet=one_line(said.get("outlet")) or _source(said.get("source")),
        url=address,
        title=one_line(said.get("title")),
        published=published,
        modified=publication(said.get("modified")),
        remarks=tuple(remarks),
    )


def _source(said: object) -> str | None:
    """The outlet in a feed's ``source`` (RSS 2.0, Atom): a name, an address, or an object with either."""
    fields = ("name", "title", "value", "url", "href")
    shown = map(one_line, map(said.get, fields) if isinstance(said, Mapping) else [said])
    named = next(filter(None, shown), None)
    return domain_of(named) if named and "://" in named else named


def article(
    text: str, known: Known, origin: str, *, markup: tuple[Block, ...] = (), from_page: bool = False
) -> Article | InputError:
    """Return the article, or why the text is none. A missing id is a hash of text, outlet and address.

    An outlet that nobody named is called by the registrable domain of the address; without one it is taken from the
    text's furniture, as are days of publication and of the last change that nobody gave from its lines. Remarks tell
    of a stub, of a part of an article, of an outlet or a day taken from the text, and of a correction.
    """
    if not text.strip():
        return NotAnArticle(origin, "is empty")
    if not any(map(str.isalnum, text)):
        return NotAnArticle(origin, "is not an article: it holds no words")
    stated = None if known.published else published_in(text, markup, known.title, ENGLISH)
    change = changes_in(text, markup, known.title, ENGLISH)
    domain = domain_of(known.url) or (domain_of(known.outlet) if known.outlet else None)
    name = known.outlet or domain
    owner = None if name else owner_in(text, markup, known.title, ENGLISH)
    return Article(
        id=known.id or stable_id("a", text, known.outlet or "", known.url or ""),
        text=text,
        outlet=Outlet(name, domain) if name else owner.outlet if owner else None,
        url=known.url,
        title=known.title,
        published=stated.day.isoformat() if stated else known.published,
        markup=markup,
        from_page=from_page,
        origin=origin,
        remarks=(*known.remarks, *_remarks(text, markup, known, change), *_taken(owner, stated)),
        modified=known.modified or (change.day.isoformat() if change.day else None),
    )


def kept(found: Article | InputError, body: bytes, media_type: str, charset: str | None = None) -> Article | InputError:
    """Return the article with the bytes it came as, which its text is not all of; an error as it is."""
    return replace(found, original=Original(body, media_type, charset)) if isinstance(found, Article) else found


def _taken(owner: Owner | None, stated: Stated | None) -> Iterator[Remark]:
    """Which line of the text showed the outlet, and which the day of publication."""
    if owner:
        yield "outlet_from_text", f"published by {owner.outlet.name}, taken from the line «{owner.line}»"
    if stated:
        yield "published_from_text", f"published on {stated.day}, taken from the line «{stated.line}»"


def _remarks(text: str, markup: tuple[Block, ...], known: Known, change: Change) -> Iterator[Remark]:
    words = _count(text)
    if words < MIN_WORDS:
        yield "few_words", f"holds only {words} word{'s' * (words != 1)}: perhaps a stub rather than an article"
    if change.line:
        yield "corrected", f"the outlet corrects an earlier version: «{change.line}»"
    if all(code != "partial" for code, _ in known.remarks):
        why = cut_short(text, markup, known.title, table(ENGLISH))
        yield from [("partial", f"only a part of the article: {why}")] if why else []


def _count(text: str) -> int:
    """Words of two letters and more, counted up to the number that matters."""
    return sum(1 for _, _ in zip(range(MIN_WORDS), _WORD.finditer(text), strict=False))
