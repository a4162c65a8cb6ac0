"""What would settle a conflict, so far as the reports themselves tell; nothing is inferred about the world.

Tried in this order: words in quotation marks for a telling that one side only paraphrases; a person, body or document
that the sentences of both sides name; the later of two reports. None where nothing of this is there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from twosource.account import Conflict, Place, Statement
from twosource.align.passages import touching
from twosource.align.words import keys, words
from twosource.article import Span, Spans, hull
from twosource.report import Report

SHOWN = 14
"""Words of a quotation that are shown."""

_WORDED = frozenset({"strength", "polarity"})
"""Kinds of conflict that turn on what exactly was said."""


def settled(
    found: Sequence[Conflict], reports: Sequence[Report], statements: Sequence[Statement]
) -> tuple[Conflict, ...]:
    """Return the conflicts, each with what would settle it where the reports tell."""
    known = {report.id: report for report in reports}
    return tuple(replace(one, settle=_settle(one, known, statements)) for one in found)


def _settle(one: Conflict, known: Mapping[str, Report], statements: Sequence[Statement]) -> str | None:
    if one.kind in _WORDED and (words_of := _quotation(one, known, statements)):
        return words_of
    if named := _named_by_both(one, known):
        return f"{named}, the source of both"
    return _later(one, known)


def _quotation(one: Conflict, known: Mapping[str, Report], statements: Sequence[Statement]) -> str | None:
    """The longest direct quotation of the statement of which one side is a paraphrase, where one report has it."""
    for statement in statements:
        told = [t for t in statement.tellings if _holds(t.article, t.content, (one.left, one.right))]
        if told and any(t.mode != "direct" for t in told):
            direct = [t for t in statement.tellings if t.mode == "direct"]
            best = max(direct, key=lambda t: sum(s.width for s in t.content), default=None)
            if best:
                shown = hull(best.content).of(known[best.article].article.text).split()
                return f"the words themselves: {' '.join(shown[:SHOWN])}{' …' if len(shown) > SHOWN else ''}"
    return None


def _holds(article: str, spans: Spans, places: Sequence[Place]) -> bool:
    return any(place.article == article and any(place.span.overlaps(span) for span in spans) for place in places)


def _named_by_both(one: Conflict, known: Mapping[str, Report]) -> str | None:
    """The fullest name of somebody or something that speaks in the sentences of both sides; an attribution conflict is
    about just that.
    """
    if one.kind == "attribution" or one.left.article == one.right.article:
        return None
    sides = [dict(_sources(known[place.article], place.span)) for place in (one.left, one.right)]
    shared = [max((sides[0][key], sides[1][key]), key=len) for key in sides[0] if key in sides[1]]
    return min(shared, key=lambda name: (-len(name), name), default=None)


def _sources(report: Report, span: Span) -> Iterator[tuple[str, str]]:
    """Who is the source of words in the sentences of a place: the last word of the name, as compared, and the name."""
    around = [passage.span for passage in touching(report, span)]
    for quotation in report.quotations:
        person = report.person(quotation.speaker)
        here = any(s.overlaps(a) for s in (*quotation.source, *quotation.cue) for a in around)
        if person and here and (found := keys(words(person.name, (Span(0, len(person.name)),)))):
            yield found[-1], person.name


def _later(one: Conflict, known: Mapping[str, Report]) -> str | None:
    """The day of the later report; where neither is later, or a day is unknown, nothing."""
    days = [(known[place.article].article.published or "")[:10] for place in (one.left, one.right)]
    if not all(days) or days[0] == days[1]:
        return None
    return f"the later report is of {max(days)}"
