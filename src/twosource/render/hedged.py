"""A figure in its outlet's words with the outlet's own hedge ("nearly three years"), where one stands beside it."""

from twosource.anchor import fold
from twosource.article import Span
from twosource.extract.hedges import HedgeTable
from twosource.facts import Hedge
from twosource.lang import ENGLISH, Language

REACH = 30
"""Code points on either side of a figure in which its hedge is looked for."""


def with_hedge(text: str, span: Span, hedge: Hedge | None, lang: Language = ENGLISH) -> Span | None:
    """Return the span of a figure and the words beside it that hedge it; None where none of the known ones is there."""
    if hedge is None:
        return None
    table = lang.table("figures", HedgeTable)
    before = fold(text[max(0, span.start - REACH) : span.start]).lower()
    told = before.rstrip()
    for phrase in sorted(table.hedges_before.get(hedge, ()), key=len, reverse=True):
        at = len(told) - len(phrase)
        if told.endswith(phrase) and (at == 0 or not told[at - 1].isalnum()):
            return Span(span.start - len(before) + at, span.end)
    after = fold(text[span.end : span.end + REACH]).lower()
    told = after.lstrip()
    for phrase in sorted(table.hedges_after.get(hedge, ()), key=len, reverse=True):
        if told.startswith(phrase) and not told[len(phrase) : len(phrase) + 1].isalnum():
            return Span(span.start, span.end + len(after) - len(told) + len(phrase))
    return None
