"""What a feed says: the feed, its entries, and both as told by the document before anything of it is believed."""

from dataclasses import dataclass
from typing import Literal

Remark = tuple[str, str]

Form = Literal["text", "html"]
"""How a piece of a feed is written: as it is to be read, or as HTML with its own references."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as a feed announces it; every field is foreign text, of which addresses are http or https only.

    ``key`` is its identity in this feed: the canonical address where no other entry of the document has it, else the
    GUID where that is the only one, else a hash of what it says. ``url`` is as given (made absolute), ``canonical``
    without what counts visitors. ``published`` and ``updated`` are RFC 3339, in UTC, or a date where no zone is given;
    a date that cannot be believed stays in ``claimed_published`` as it was written. ``title`` and ``summary`` are
    plain text, ``content_html`` is the entry's own HTML, where it has any. ``source_name`` and ``source_url`` are the
    feed's claim of where it has the entry from (RSS and Atom ``source``).
    """

    key: str
    guid: str | None = None
    url: str | None = None
    canonical: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    claimed_published: str | None = None
    summary: str | None = None
    content_html: str | None = None
    source_name: str | None = None
    source_url: str | None = None
    categories: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed read. ``entries`` are in the document's order.

    Nothing is lost uncounted: entries of the document = ``start`` passed over + ``entries`` + ``repeated`` (equal to
    another in every respect) + ``broken`` (cut off at the document's end, or no entry at all) + ``left`` behind the
    most that are read at once; ``start + entries + repeated + broken`` is where a next reading may start. ``self_url``,
    ``next_url`` and ``hub_url`` are claims and never followed unasked. ``poll_after`` is how many seconds the feed asks
    to be left alone, between `claims.MIN_PAUSE` and `claims.MAX_PAUSE`, or None. ``parser`` is what read it.
    """

    url: str
    title: str | None = None
    site: str | None = None
    language: str | None = None
    self_url: str | None = None
    next_url: str | None = None
    hub_url: str | None = None
    poll_after: int | None = None
    entries: tuple[Entry, ...] = ()
    start: int = 0
    left: int = 0
    repeated: int = 0
    broken: int = 0
    remarks: tuple[Remark, ...] = ()
    parser: str = ""

    @property
    def seen(self) -> int:
        """Entries that the document holds."""
        return self.start + len(self.entries) + self.repeated + self.broken + self.left


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as the document tells it, nothing believed yet: raw texts, and in which form they are written.

    ``link`` is what the document gives for the article's address, ``base`` what relative ones are resolved against.
    ``enclosures`` counts attached files, which are left out.
    """

    guid: str | None = None
    permalink: bool = False
    link: str | None = None
    base: str | None = None
    title: str | None = None
    title_form: Form = "html"
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    summary: str | None = None
    summary_form: Form = "html"
    content: str | None = None
    source_name: str | None = None
    source_url: str | None = None
    categories: tuple[str, ...] = ()
    enclosures: int = 0


@dataclass(frozen=True, slots=True)
class ToldFeed:
    """A feed as the document tells it; ``pause`` is in seconds, ``silent_hours`` are hours of the day in UTC."""

    entries: tuple[Told, ...] = ()
    title: str | None = None
    title_form: Form = "html"
    site: str | None = None
    language: str | None = None
    self_url: str | None = None
    next_url: str | None = None
    hub_url: str | None = None
    pause: int | None = None
    silent_hours: frozenset[int] = frozenset()
    parser: str = ""
    remarks: tuple[Remark, ...] = ()
