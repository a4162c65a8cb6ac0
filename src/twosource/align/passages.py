"""Passages: the told sentences of a report, cut from its text alone, and how two of them differ word by word.

A sentence ends at ``.?!`` with any closing marks, before white space and a capital, digit or opening mark, unless an
abbreviation or an initial stands there. Blocks that are not the report itself (captions, teasers, furniture) give
none.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from twosource.align.similarity import Keys, Weights, weigh
from twosource.align.words import Word, keys, likeness, words
from twosource.anchor import fold
from twosource.article import TOLD_IN, Article, Block, Span
from twosource.lang import ENGLISH
from twosource.report import Report

Change = Literal["equal", "replace", "delete", "insert"]

_END = re.compile(r"[.?!]{1,4}[\"')\]]{0,3}\s+(?=[\"'(\[]{0,2}[^\W_a-z])")
_LAST_WORD = re.compile(r"[^\W_](?:[\w.]{0,11})$")


@dataclass(frozen=True, slots=True)
class Passage:
    """One told sentence (or headline, heading, dek) of an article with its words; ``kind`` is its block's."""

    article: str
    span: Span
    kind: str
    words: tuple[Word, ...]
    keys: Keys


@dataclass(frozen=True, slots=True)
class Difference:
    """One step from the left string to the right one: what happens to which stretch of each (one may be empty)."""

    change: Change
    left: Span
    right: Span


def passages(report: Report) -> tuple[Passage, ...]:
    """Return the told sentences of a report in order; every one lies inside one block."""
    return _passages(_Told(report.article, report.blocks))


@dataclass(frozen=True, slots=True)
class _Told:
    """What sentences depend on, told apart by the text first: an account asks for them a hundred times a report."""

    article: Article
    blocks: tuple[Block, ...]

    def __hash__(self) -> int:
        return hash(self.article.text)


@lru_cache(maxsize=128)
def _passages(told: _Told) -> tuple[Passage, ...]:
    article, found = told.article, []
    for block in told.blocks:
        if block.kind in TOLD_IN:
            for span in sentences(article.text, block.span):
                seen = words(article.text, (span,))
                found.append(Passage(article.id, span, block.kind, seen, keys(seen)))
    return tuple(found)


def touching(report: Report, span: Span) -> tuple[Passage, ...]:
    """Return the told sentences of a report that share a code point with ``span``, in order."""
    told = passages(report)
    first = last = bisect_right(told, span.start, key=_end)
    while last < len(told) and told[last].span.start < span.end:
        last += 1
    return told[first:last]


def _end(passage: Passage) -> int:
    return passage.span.end


def story_weights(reports: Sequence[Report]) -> Weights:
    """Return how telling each word is among the told sentences of these reports."""
    return _weights(tuple(_Told(report.article, report.blocks) for report in reports))


@lru_cache(maxsize=2)
def _weights(told: tuple[_Told, ...]) -> Weights:
    """The weights of one story: an account asks for them four times."""
    return weigh(passage.keys for one in told for passage in _passages(one))


def sentences(text: str, within: Span) -> Iterator[Span]:
    """Yield the sentences of ``within`` in order, without white space at their edges; none is empty."""
    folded = fold(within.of(text))
    start = 0
    for end in _END.finditer(folded):
        if not _abbreviated(folded[max(start, end.start() - 12) : end.start()], folded[end.start()]):
            yield from _shown(text, within.start + start, within.start + end.end())
            start = end.end()
    yield from _shown(text, within.start + start, within.end)


def _shown(text: str, start: int, end: int) -> Iterator[Span]:
    if span := Span(start, end).trimmed(text):
        yield from (span,) if span.width else ()


def _abbreviated(before: str, mark: str) -> bool:
    """Tell whether the stop after ``before`` belongs to an abbreviation or an initial rather than to the sentence."""
    last = _LAST_WORD.search(before)
    if mark != "." or last is None:
        return False
    word = last.group().lower()
    return (len(word) == 1 and word.isalpha()) or "." in word or word in likeness(ENGLISH).short


def differences(left: str, right: str) -> tuple[Difference, ...]:
    """Return word by word how ``left`` becomes ``right``, in order; case and kinds of quotation marks do not count.

    Spans cover whole words of the two strings with what stands between them; equal stretches are included.
    """
    from rapidfuzz.distance import Levenshtein

    a, b = _tokens(left), _tokens(right)
    steps = Levenshtein.opcodes([_plain(left, s) for s in a], [_plain(right, s) for s in b])
    return tuple(
        Difference(
            cast("Change", step.tag), _cover(a, step.src_start, step.src_end), _cover(b, step.dest_start, step.dest_end)
        )
        for step in steps
    )


def _tokens(text: str) -> list[Span]:
    return [Span(*found.span()) for found in re.finditer(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]", fold(text))]


def _plain(text: str, span: Span) -> str:
    return fold(span.of(text)).lower()


def _cover(tokens: list[Span], first: int, last: int) -> Span:
    """The stretch from token ``first`` up to ``last``, not included; empty where there is none, at its place."""
    if first < last:
        return Span(tokens[first].start, tokens[last - 1].end)
    at = tokens[first].start if first < len(tokens) else (tokens[-1].end if tokens else 0)
    return Span(at, at)


def distance(left: Sequence[str], right: Sequence[str]) -> float:
    """Return the share of words (of letters, for two strings) to change between the two, 0 (the same) to 1."""
    return _normalized()(left, right)


@cache
def _normalized() -> Callable[[Sequence[str], Sequence[str]], float]:
    """The compiled measure, imported on first use and once, because it is asked for hundreds of thousands of times."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_distance


def medoid(tellings: Sequence[Sequence[str]]) -> int:
    """Return the index of the telling that is nearest to all others, each given as words; the first of equals."""
    costs = [sum(distance(one, other) for other in tellings) for one in tellings]
    return costs.index(min(costs))
