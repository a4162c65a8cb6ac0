"""Two reports side by side, every stretch of words that stands in both marked, also where it stands elsewhere: what a
person looks at to see who took what from whom.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from twosource.anchor import fold
from twosource.article import Block, Span
from twosource.render.annotate import Mark, ShownBlock, annotate
from twosource.web.reading import Told
from twosource.web.views.chips import Chip, chip_of_report

LEAST_WORDS = 5
"""Words in a row that must be the same to be marked: fewer meet by chance."""

LONGEST = 30_000
"""Code points of each text that are compared and shown."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Side:
    """One report in its blocks, what the other one has too in the class "shared"."""

    report: Chip
    blocks: tuple[ShownBlock, ...]


def side_by_side(told: Told, left: str, right: str) -> tuple[Side, Side]:
    """Return both reports of a pair with what they share marked."""
    one, other = (told.page.report[a].article.text[:LONGEST] for a in (left, right))
    here, there = shared(one, other)
    return _side(told, left, here), _side(told, right, there)


def shared(left: str, right: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the stretches of each text whose words stand in the other one too, `LEAST_WORDS` and more in a row.

    In whatever order; case, punctuation and kinds of quotation marks do not count. Linear in the texts.
    """
    ours, theirs = _words(left), _words(right)
    return tuple(_both(ours, set(_rows(theirs)))), tuple(_both(theirs, set(_rows(ours))))


Words = list[tuple[str, Span]]


def _words(text: str) -> Words:
    return [(found.group().lower(), Span(*found.span())) for found in _WORD.finditer(fold(text))]


def _rows(words: Words) -> Iterator[tuple[str, ...]]:
    """All `LEAST_WORDS` words in a row."""
    plain = [word for word, _ in words]
    return zip(*(plain[start:] for start in range(LEAST_WORDS)), strict=False)


def _both(words: Words, known: set[tuple[str, ...]]) -> Iterator[Span]:
    """The stretches of ``words`` that rows in ``known`` cover, those that touch as one."""
    first = end = 0
    for at, row in enumerate(_rows(words)):
        if row not in known:
            continue
        if at > end:
            if end:
                yield Span(words[first][1].start, words[end - 1][1].end)
            first = at
        end = at + LEAST_WORDS
    if end:
        yield Span(words[first][1].start, words[end - 1][1].end)


def _side(told: Told, article: str, shared: Iterable[Span]) -> Side:
    report = told.page.report[article]
    blocks = [Block(b.kind, b.start, min(b.end, LONGEST)) for b in report.blocks if b.start < LONGEST]
    marks = [Mark(span, ("shared",)) for span in shared]
    return Side(chip_of_report(told, article), annotate(report.article.text, blocks, marks))
