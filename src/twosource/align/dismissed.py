"""Conflicts that a person judged to be none: they are not shown, and the figures they were between do not oppose each
other. The places are kept, not the conflict: another rule that finds the same two places finds no conflict either.
"""

from collections.abc import Iterable
from dataclasses import replace

from twosource.account import Conflict, FigureLine, Place
from twosource.article import Span
from twosource.judgements import Judgements, Side


def undismissed(conflicts: Iterable[Conflict], judged: Judgements) -> tuple[Conflict, ...]:
    """Return the conflicts that nobody judged to be none."""
    return tuple(one for one in conflicts if not _none([one.left], [one.right], judged))


def unopposed(lines: Iterable[FigureLine], judged: Judgements) -> tuple[FigureLine, ...]:
    """Return the figures; those whose tellings are at both places of such a judgement count different things."""
    return tuple(_unopposed(line, judged) for line in lines)


def _unopposed(line: FigureLine, judged: Judgements) -> FigureLine:
    places = [Place(telling.article, telling.span) for telling in line.tellings]
    none = line.agreement == "conflict" and _none(places, places, judged)
    return replace(line, agreement="different_scope") if none else line


def _none(lefts: Iterable[Place], rights: Iterable[Place], judged: Judgements) -> bool:
    """Tell whether some place on either side is one of a pair that was judged."""
    return any(
        (_meets(lefts, one) and _meets(rights, other)) or (_meets(lefts, other) and _meets(rights, one))
        for one, other in judged.no_conflicts
    )


def _meets(places: Iterable[Place], side: Side) -> bool:
    article, start, end = side
    return any(place.article == article and place.span.overlaps(Span(start, end)) for place in places)
