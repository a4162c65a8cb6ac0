"""Ascribes figures: in whose words a figure stands, and on which day it was so.

Evidence: the narrowest quotation around the figure, and a date that hangs on the same verb of the parse. Neither is
guessed: a figure outside every quotation is the outlet's own, and one whose verb has no date is of no said day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from twosource.article import Span
from twosource.extract.sentences import Paragraph
from twosource.extract.tense import governor
from twosource.facts import Figure, Period, Quotation, TimeExpression

Fact = TypeVar("Fact", Figure, TimeExpression)


def ascribed(
    figures: Sequence[Figure],
    quotations: Iterable[Quotation],
    times: Sequence[TimeExpression],
    paragraphs: Sequence[Paragraph],
) -> tuple[Figure, ...]:
    """Return the figures, in order of place, with ``quotation`` and ``as_of`` filled in where the text tells them.

    ``figures`` and ``times`` must be in order of place.
    """
    said = _quoted(figures, quotations)
    dated = _dated(figures, [t for t in times if t.type in ("DATE", "TIME") and t.start], paragraphs)
    return tuple(replace(f, quotation=said.get(f.id), as_of=dated.get(f.id)) for f in figures)


def _quoted(figures: Sequence[Figure], quotations: Iterable[Quotation]) -> dict[str, str]:
    """Return the id of the narrowest quotation around each figure that stands in one."""
    pieces = sorted((span.start, span.end, q.id) for q in quotations for span in q.content)
    found: dict[str, str] = {}
    around: list[tuple[int, int, str]] = []
    at = 0
    for figure in figures:
        while at < len(pieces) and pieces[at][0] <= figure.span.start:
            around.append(pieces[at])
            at += 1
        around = [piece for piece in around if piece[1] > figure.span.start]
        whole = [piece for piece in around if piece[1] >= figure.span.end]
        if whole:
            found[figure.id] = min(whole, key=lambda p: (p[1] - p[0], p))[2]
    return found


def _dated(
    figures: Sequence[Figure], times: Sequence[TimeExpression], paragraphs: Sequence[Paragraph]
) -> dict[str, Period]:
    """Return the days of the date nearest to each figure among those that hang on its verb."""
    found: dict[str, Period] = {}
    for paragraph in paragraphs:
        near = list(_inside(paragraph.span, times))
        told = list(_inside(paragraph.span, figures))
        if not (near and told and paragraph.parsed):
            continue
        verbs = _Verbs(paragraph)
        by_verb: dict[int, list[TimeExpression]] = {}
        for time in near:
            by_verb.setdefault(verbs.over(time.span), []).append(time)
        by_verb.pop(_NO_VERB, None)
        for figure in told:
            if choices := by_verb.get(verbs.over(figure.span)):
                nearest = _nearest(figure.span, choices)
                found[figure.id] = Period(nearest.start, nearest.end)
    return found


def _inside(span: Span, facts: Sequence[Fact]) -> Iterator[Fact]:
    first = bisect_left(facts, span.start, key=lambda f: f.span.start)
    last = bisect_left(facts, span.end, key=lambda f: f.span.start)
    yield from facts[first:last]


def _nearest(place: Span, times: Sequence[TimeExpression]) -> TimeExpression:
    """Return the expression next to ``place``, of two as near the one before it."""
    at = bisect_right(times, place.start, key=lambda t: t.span.start)
    beside = times[max(0, at - 1) : at + 1]
    return min(beside, key=lambda t: max(place.start - t.span.end, t.span.start - place.end))


_NO_VERB = -1


class _Verbs:
    """Finds the verbs of one parsed paragraph that its spans hang on."""

    def __init__(self, paragraph: Paragraph) -> None:
        self._paragraph = paragraph
        self._starts = [token.idx for token in paragraph.doc]

    def over(self, span: Span) -> int:
        """Return the index of the verb above ``span`` of the article, or `_NO_VERB`."""
        at = bisect_right(self._starts, span.start - self._paragraph.start) - 1
        verb = governor(self._paragraph.doc[max(0, at)])
        return _NO_VERB if verb is None else verb.i
