"""Clauses: how much of a sentence a conflict shows, and the conflict's record itself.

A conflict shows the smallest stretch that a reader understands: a figure, or the clause around the words that differ.
"""

import re
from collections.abc import Sequence

from twosource.account import Certainty, Conflict, ConflictKind, Place
from twosource.align.words import Word
from twosource.anchor import fold
from twosource.article import Span, stable_id
from twosource.facts import Features

LEAST = 4
"""Words a clause must have to be shown alone; shorter ones are shown with the clause before or after."""

_EDGE = re.compile(r"[,;:()\"]\s|\s-+\s|[,;:]\"?\s")


def clause(text: str, sentence: Span, around: Span) -> Span:
    """Return the clause of ``sentence`` that holds ``around``, cut at punctuation, at least `LEAST` words long where
    it can be.
    """
    folded = fold(sentence.of(text))
    edges = [0, *(found.end() for found in _EDGE.finditer(folded)), len(folded)]
    first = max(i for i, at in enumerate(edges[:-1]) if at + sentence.start <= max(around.start, sentence.start))
    last = min(
        (i for i, at in enumerate(edges) if at + sentence.start >= around.end and i > first), default=len(edges) - 1
    )
    while len(folded[edges[first] : edges[last]].split()) < LEAST and (first > 0 or last < len(edges) - 1):
        first, last = max(0, first - 1), last if first > 0 else last + 1
    return _bare(text, Span(sentence.start + edges[first], sentence.start + edges[last]))


def _bare(text: str, span: Span) -> Span:
    """The span without white space and loose punctuation at its edges."""
    shown = span.of(text)
    left = len(shown) - len(shown.lstrip(" \t\n,;:—–-"))
    right = len(shown) - len(shown.rstrip(" \t\n,;:—–-"))
    return Span(span.start + left, max(span.start + left, span.end - right))


def covering(words: Sequence[Word]) -> Span:
    """Return the span from the first to the last of ``words`` (at least one)."""
    return Span(words[0].span.start, words[-1].span.end)


def conflict(
    kind: ConflictKind, certainty: Certainty, why: str, left: Place, right: Place, features: Features | None = None
) -> Conflict:
    """Make a conflict; its id does not depend on which side came first."""
    sides = sorted(f"{place.article}/{place.span.start}/{place.span.end}" for place in (left, right))
    return Conflict(
        id=stable_id("c", kind, *sides),
        kind=kind,
        certainty=certainty,
        why=why,
        left=left,
        right=right,
        features=features or {},
    )
