"""Web archives as articles: each archived page is read like one that was called, all else is counted with its reason.

CC-News is such an archive: one response a page, packed one by one. What a page says of its day and address are claims;
where it was taken from and when is the archive's own statement.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from twosource.article import Article
from twosource.clean.address import web_address
from twosource.errors import InputError
from twosource.sources.archived import Answer, NoAnswer, answer, head_of
from twosource.sources.arrived import page_article
from twosource.sources.given import Known
from twosource.sources.warc_records import Skipped, Whole, WholeGzip, records

PAGES = ("text/html", "application/xhtml+xml")
"""Media types of answers that are read."""

OK = 200
"""The one status whose answer is the page that was asked for."""

ADVICE = "is packed as a whole, so that no record can be found again: unpack it (gunzip) and give the .warc"


@dataclass(slots=True)
class Tally:
    """The account of an archive: ``seen = read + sum of skipped``, and ``bytes`` those of all of them.

    ``skipped`` counts by code: request, metadata, warcinfo, revisit and other types; status, media_type, page (no
    article in it), and damaged, truncated, length, too_large, trailing, whole_gzip for what is broken.
    """

    seen: int = 0
    read: int = 0
    bytes: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def passed(self, skipped: Skipped) -> Skipped:
        """Count a stretch that gave no article."""
        self.seen += 1
        self.bytes += skipped.length
        self.skipped[skipped.code] += 1
        return skipped

    def taken(self, whole: Whole) -> None:
        """Count a record that gave an article."""
        self.seen += 1
        self.read += 1
        self.bytes += whole.length

    def __str__(self) -> str:
        told = "".join(f", {count} {code.replace('_', ' ')}" for code, count in sorted(self.skipped.items()))
        return f"{self.read} of {self.seen} records read{told}"


BROKEN = frozenset({"damaged", "truncated", "length", "too_large", "trailing", "whole_gzip", "no_answer"})
"""Codes of what is broken; the others are what an archive has beside pages."""


def warc_articles(
    stream: BinaryIO,
    name: str,
    tally: Tally,
    *,
    stated: Known | None = None,
    now: datetime | None = None,
) -> Iterator[Article | Skipped]:
    """Yield the articles of a WARC file, packed record by record or not, and each stretch that gave none.

    ``stream`` must be seekable; ``name`` is what messages call it. ``tally`` is filled as it goes: when the last one is
    taken, its ``bytes`` are those of the stream. ``stated`` is the user's and wins over what the archive says.
    """
    size = stream.seek(0, 2)
    try:
        for one in records(stream, size):
            yield tally.passed(one) if isinstance(one, Skipped) else _found(one, name, tally, stated, now)
    except WholeGzip:
        yield tally.passed(Skipped(tally.bytes, size - tally.bytes, "whole_gzip", ADVICE))


def _found(whole: Whole, name: str, tally: Tally, stated: Known | None, now: datetime | None) -> Article | Skipped:
    found = _article(whole, name, stated, now)
    if isinstance(found, Skipped):
        return tally.passed(found)
    tally.taken(whole)
    return found


def _article(whole: Whole, name: str, stated: Known | None, now: datetime | None) -> Article | Skipped:
    """The article of a response, or why it gives none."""
    url = whole.header.get("warc-target-uri", "").strip().strip("<>")
    if whole.kind != "response":
        return _skipped(whole, whole.kind[:30] or "untyped", f"is a {whole.kind[:30] or 'record without a type'}")
    try:
        status, header, _ = head_of(whole.block)
        kind = header.get("content-type", "").partition(";")[0].strip().lower()
        if status != OK:
            return _skipped(whole, "status", f"is an answer of status {status}")
        if kind not in PAGES:
            return _skipped(whole, "media_type", f"is {kind[:60] or 'of no type'}, not a page")
        page = answer(whole.block, whole.header)
    except NoAnswer as wrong:
        return _skipped(whole, "no_answer", str(wrong))
    origin = web_address(url) or f"{name}@{whole.offset}"
    found = page_article(
        page.body, origin, page.media_type, page.charset, stated=_captured(whole, page, stated), now=now
    )
    return _skipped(whole, "page", found.reason) if isinstance(found, InputError) else found


def _captured(whole: Whole, page: Answer, stated: Known | None) -> Known:
    when = whole.header.get("warc-date", "").strip()[:40]
    told = (("captured", f"archived on {when}"),) if when else ()
    cut = whole.header.get("warc-truncated", "").strip()[:40]
    short = (("partial", f"only a part of the page was archived ({cut})"),) if cut else ()
    return Known(remarks=(*page.remarks, *told, *short)).under(stated or Known())


def _skipped(whole: Whole, code: str, reason: str) -> Skipped:
    return Skipped(whole.offset, whole.length, code, reason, whole.header.get("warc-target-uri"))
