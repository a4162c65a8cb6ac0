"""One line as credits see it, and the agencies and outlets named in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from twosource.anchor import fold
from twosource.article import TOLD_IN, Article, Block, Span
from twosource.extract.outlets import agencies, find_outlets, is_agency
from twosource.facts import Credit
from twosource.lang import Language

EDGE = 8
"""Blocks from the top and from the end where a credit can stand on a line of its own."""

LINE = 160
"""Longest line, in code points, that can be a byline or a credit of its own."""

REACH = 90
"""Code points beside a phrase ("with files from") within which the names it means stand."""


@dataclass(frozen=True, slots=True)
class CreditTable:
    """The `credits` table of a language, as written in its TOML file."""

    by: list[str]
    helped_before: list[str]
    helped_after: list[str]
    repost_before: list[str]
    repost_subjects: list[str]
    repost_starts: list[str]
    repost_lines: list[str]
    line_words: list[str]
    menu: list[str]
    notices: list[str]
    pictures: list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One block: its folded text, the same in small letters, and where it stands.

    ``at_edge``: near the top or the end; ``is_last``: at the end of the text or of the page; ``under_picture``: behind
    a caption, where a name alone is the photographer's agency.
    """

    text: str
    low: str
    block: Block
    lang: Language
    at_edge: bool
    is_last: bool
    under_picture: bool

    @property
    def table(self) -> CreditTable:
        """The phrases of credits."""
        return self.lang.table("credits", CreditTable)

    @property
    def is_short(self) -> bool:
        """Tell whether the line is short enough to be nothing but a credit."""
        return len(self.text) <= LINE

    def span(self, start: int, end: int) -> Span:
        """Return the place in the article of a stretch of the line."""
        return Span(self.block.start + start, self.block.start + end)

    def sentence_start(self, at: int) -> int:
        """Return where the sentence that holds ``at`` begins."""
        stops = (self.text.rfind(mark, 0, at) for mark in (". ", "? ", "! ", "\n"))
        return max(stop + 1 for stop in stops)

    def sentence_end(self, at: int) -> int:
        """Return where the sentence that holds ``at`` ends, within reach."""
        stop = self.text.find(". ", at, at + REACH)
        return stop if stop >= 0 else min(len(self.text), at + REACH)

    def credits_picture(self, start: int = 0, end: int = LINE) -> bool:
        """Tell whether a stretch of the line speaks of a photo or video."""
        return not _pictures(self.lang).isdisjoint(re.findall(r"[^\W_]+", self.low[start:end]))

    def menu_share(self, start: int = 0, end: int = LINE) -> float:
        """Return the part of the words of a stretch, 0 to 1, that are words of a page's menu; 1 where it has none."""
        words = re.findall(r"[^\W\d_]+", self.low[start:end])
        return sum(word in _menu(self.lang) for word in words) / len(words) if words else 1.0


def lines(article: Article, blocks: Sequence[Block], lang: Language) -> Iterator[Line]:
    """Return the blocks of an article as lines, in order."""
    last_told = [i for i, block in enumerate(blocks) if block.kind in TOLD_IN][-2:]
    for i, block in enumerate(blocks):
        text = fold(block.span.of(article.text))
        yield Line(
            text=text,
            # a few capitals have longer small letters; places must not move
            low=text.lower() if text.isascii() else "".join(c.lower()[:1] for c in text),
            block=block,
            lang=lang,
            at_edge=i < EDGE or i >= len(blocks) - EDGE,
            is_last=i in last_told or i >= len(blocks) - 2,
            under_picture=i > 0 and blocks[i - 1].kind == "caption",
        )


@cache
def _pictures(lang: Language) -> frozenset[str]:
    return frozenset(lang.table("credits", CreditTable).pictures)


@cache
def _menu(lang: Language) -> frozenset[str]:
    return frozenset(lang.table("credits", CreditTable).menu)


_LETTERS = re.compile(r"(?<![\w.])[A-Za-z]{2,10}(?!\w)")
_UNKNOWN = re.compile(r"(?<!\w)[A-Z]{2,6}(?!\w)")


def publishers(line: Line, start: int, end: int, *, unknown: bool = False) -> list[Credit]:
    """Return agencies and outlets named in a stretch of the line, in order; letters such as "PA" count.

    ``unknown`` takes other capitals for an agency's where nobody known is named.
    """
    part = line.text[start:end]
    short = agencies(line.lang)
    found = [
        *((n.name, n.span) for n in find_outlets(part, lang=line.lang)),
        *((short[m.group()], Span(*m.span())) for m in _LETTERS.finditer(part) if m.group() in short),
    ]
    kinds = {name: is_agency(name, line.lang) for name, _ in found}
    if unknown and not found:
        found = [(m.group(), Span(*m.span())) for m in _UNKNOWN.finditer(part)]
        kinds = dict.fromkeys((name for name, _ in found), True)
    kept: list[Credit] = []
    for name, span in found:
        place = line.span(*span.moved(start))
        if not any(place.overlaps(other.span) for other in kept):
            kept.append(Credit("agency" if kinds[name] else "outlet", name, place))
    return sorted(kept, key=lambda c: c.span)
