"""The told words of a report, and which of them are its own: neither quoted, nor an embedded post, nor a credit.

Evidence: the blocks, the quotations found, and, as a safety net under them, quotation marks and post signatures.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from twosource.anchor import fold
from twosource.article import TOLD_IN, Block, Span
from twosource.lineage.alike import Sentences, part
from twosource.lineage.forms import forms
from twosource.report import Report

FEWEST = 30
"""Words of told blocks below which every block is read: better furniture than a copy missed for a wrong label."""

LONGEST_SINGLE = 1500
"""Code points a passage in single quotation marks may cover (an apostrophe could open one by mistake)."""

LONGEST_NOTICE = 300
"""Code points of the longest copyright notice and of the longest photo credit behind a caption."""


@dataclass(frozen=True)
class Told:
    """One report's told words: lower-case forms with their places, and one byte for each that is quoted or its own.

    ``quoted`` marks reported words in any wrapping (marks, posts, direct content), ``own`` the rest, less credits and
    captions. ``segments`` are the quoted stretches, as article spans, in order.
    """

    report: Report
    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoted: bytes
    own: bytes
    segments: tuple[Span, ...]

    @property
    def id(self) -> str:
        """The article's id."""
        return self.report.id

    @cached_property
    def own_words(self) -> int:
        """How many words are the report's own."""
        return sum(self.own)

    @cached_property
    def small(self) -> bytes:
        """One byte a word: 1 for words of four letters or more that begin with a small one."""
        return bytes(len(f) > 3 and self.folded[at].islower() for f, at in zip(self.forms, self.starts, strict=True))

    @cached_property
    def folded(self) -> str:
        """The article's text as matched."""
        return fold(self.report.article.text)

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of all told words."""
        return part(zip(self.forms, self._ends, strict=True))

    @cached_property
    def own_sentences(self) -> Sentences:
        """What the sentences have of the report's own words."""
        return part((form if own else "", end) for form, own, end in zip(self.forms, self.own, self._ends, strict=True))

    @cached_property
    def _ends(self) -> list[bool]:
        """Whether a sentence, a paragraph or the text ends behind each word; an abbreviation may look so."""
        between = (self.folded[end:start] for end, start in zip(self.ends, self.starts[1:], strict=False))
        ends = ["\n" in gap or (gap[:1] in {".", "!", "?"} and " " in gap) for gap in between]
        return [*ends, True][: len(self.ends)]

    def place(self, first: int, last: int) -> Span:
        """Return the article span of the words from ``first`` up to, not including, ``last``."""
        return Span(self.starts[first], self.ends[last - 1])


def told_words(report: Report) -> Told:
    """Return the told words of ``report``; every word of the article where hardly any block is labelled as told."""
    folded = fold(report.article.text)
    blocks = [b for b in report.blocks if b.kind in TOLD_IN]
    found = [word for b in blocks for word in forms(folded, b.start, b.end)]
    if len(found) < FEWEST:
        blocks = list(report.blocks) or [Block("body", 0, len(folded))]
        found = [word for b in blocks for word in forms(folded, b.start, b.end)]
    segments = _quoted(report, blocks, folded)
    quoted = _marked(segments, [start for _, start, _ in found])
    foreign = _marked(_not_told(report, blocks, folded), [start for _, start, _ in found])
    own = bytes(not (q or f) for q, f in zip(quoted, foreign, strict=True))
    return Told(
        report=report,
        forms=tuple(form for form, _, _ in found),
        starts=tuple(start for _, start, _ in found),
        ends=tuple(end for _, _, end in found),
        quoted=quoted,
        own=own,
        segments=tuple(segments),
    )


def _marked(spans: list[Span], starts: list[int]) -> bytes:
    """One byte a word: 1 where it begins inside one of ``spans`` (in order, apart)."""
    out, at = bytearray(len(starts)), 0
    for i, start in enumerate(starts):
        while at < len(spans) and spans[at].end <= start:
            at += 1
        out[i] = at < len(spans) and spans[at].start <= start
    return bytes(out)


def _apart(spans: Iterator[Span]) -> list[Span]:
    """Sort and join spans that overlap."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif span.width:
            out.append(span)
    return out


def _quoted(report: Report, blocks: list[Block], folded: str) -> list[Span]:
    """Stretches of reported words: marked ones and posts in each block, and the direct content of quotations."""
    direct = (span for q in report.quotations if q.mode == "direct" for span in q.content)
    marked = (span for block in blocks for span in marked_in(folded, block.span))
    return _apart(iter([*direct, *marked, *_posts(blocks, folded)]))


# --- quotation marks ------------------------------------------------------------------------------------------

_MARK = re.compile("[\"']")


def marked_in(folded: str, block: Span) -> Iterator[Span]:
    """Return what stands in quotation marks in one paragraph of folded text.

    A double mark left open runs to the paragraph's end, as the rule for quotations of several paragraphs has it; a
    single one does so only where it opens the paragraph, for else it is an apostrophe.
    """
    marks = [match.start() for match in _MARK.finditer(folded, *block)]
    closing = {mark: [at for at in marks if folded[at] == mark and _closes(folded, at, block)] for mark in "\"'"}
    end = block.start
    for start in marks:
        if start < end or not _opens(folded, start, block):
            continue
        later = closing[folded[start]]
        at = bisect_right(later, start)
        stop = later[at] + 1 if at < len(later) else _left_open(folded, start, block)
        if stop and (folded[start] == '"' or stop - start <= LONGEST_SINGLE):
            yield Span(start, stop)
            end = stop


def _opens(folded: str, at: int, block: Span) -> bool:
    """Tell whether a mark can open: no letter or stop before it and something to read behind it."""
    before = folded[at - 1] if at > block.start else " "
    after = folded[at + 1 : at + 2] if at + 1 < block.end else ""
    if not before.isalnum() and before not in ".,!?":
        return bool(after.strip())
    # lost spaces: 'said."What we found was ...'
    return folded[at] == '"' and before in ".,!?" and after.isalpha()


def _closes(folded: str, at: int, block: Span) -> bool:
    """Tell whether a mark can close: no space before it, and behind a single one no letter."""
    after = folded[at + 1 : at + 2] if at + 1 < block.end else ""
    return at > block.start and not folded[at - 1].isspace() and (folded[at] == '"' or not after.isalnum())


def _left_open(folded: str, start: int, block: Span) -> int:
    """Where a mark that nothing closes runs to, or 0."""
    return block.end if folded[start] == '"' or not folded[block.start : start].strip() else 0


# --- posts ----------------------------------------------------------------------------------------------------

_SIGNED = re.compile(r"- ?[^()\n]{1,60}\(@\w{1,30}\)[^\n]{0,40}")
_LINKED = re.compile(r"(?:pic\.twitter\.com/|https://t\.co/)\w{3,20}")


def _posts(blocks: list[Block], folded: str) -> Iterator[Span]:
    """Embedded posts: the line that carries a signature "- Name (@handle) date", or the one above it."""
    for index, block in enumerate(blocks):
        signed = _SIGNED.search(folded, block.start, block.end)
        if signed and signed.start() - block.start < 3 and index:
            yield Span(blocks[index - 1].start, block.end)
        elif signed or _LINKED.search(folded, block.start, block.end):
            yield block.span


# --- what is nobody's own telling -----------------------------------------------------------------------------

_PHOTO = re.compile(r"\([^()\n]{0,80}(?:/|Photo|photo|Getty|File|file|Handout|via)[^()\n]{0,60}\)\.?\s{0,3}$")
_NOTICE = "all rights reserved"


def _not_told(report: Report, blocks: list[Block], folded: str) -> list[Span]:
    """Credits, notices of copyright (their whole block), captions that were labelled as text."""
    spans = [c.span for c in report.credits]
    for block in blocks:
        notice = block.span.width <= LONGEST_NOTICE and _NOTICE in folded[block.start : block.end].lower()
        if notice or _PHOTO.search(folded, max(block.start, block.end - LONGEST_NOTICE), block.end):
            spans.append(block.span)
    return _apart(iter(spans))
