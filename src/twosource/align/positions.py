"""Positions: where one speaker said something else on the same matter at another time.

Evidence: what each clause claims (`turning`), figures that count one thing (`refigured`), silences that were broken
(`answered`), and of each when it was said and in whose words (`utterances`). A change has two occasions; what reports
of one occasion tell differently is a conflict between them and is left to `conflicts`. What is not "sure" is
"possible": said at different times on the same matter, without a verdict.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.align.answered import answered
from twosource.align.matters import LEAST_SHARED, names_differ, one_matter, other_things
from twosource.align.refigured import figures_of, refigured
from twosource.align.standing import opening, silent
from twosource.align.turning import Kind, Turn, turned
from twosource.align.utterances import Clause, Said, When, clauses_of, days_between
from twosource.article import Span, stable_id

Certainty = Literal["sure", "possible"]

MOST_CHANGES = 40
"""Changes that are returned, sure ones first."""


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a change: the words that show it in their article, and when they were said (`utterances.When`).

    ``also`` are other articles that tell the same on that occasion.
    """

    article: str
    quotation: str
    span: Span
    when: When
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Two places where one speaker says different things on one matter, the earlier first."""

    id: str
    kind: Kind
    certainty: Certainty
    why: str
    early: Position
    late: Position


def changes(said: Sequence[Said]) -> tuple[Change, ...]:
    """Return where a speaker's quotations (all of ``said``) say different things at different times: sure ones first,
    then the latest. Their order plays no part.
    """
    ordered = sorted(said, key=lambda s: (s.article, s.quotation.id))
    found = [clause for one in ordered for clause in clauses_of(one)]
    spoken = [clause for clause in found if silent(clause.seen) is None]
    turns = [*turned(spoken), *_refigured(spoken), *answered(found, spoken)]
    made = {change.id: change for turn in _telling(turns) for change in (_change(turn),)}
    ranked = sorted(made.values(), key=lambda c: (c.late.when.start or c.late.when.end, c.id), reverse=True)
    return tuple(sorted(ranked, key=lambda c: c.certainty == "possible")[:MOST_CHANGES])


# --- other figures --------------------------------------------------------------------------------------------


def _refigured(spoken: Sequence[Clause]) -> Iterator[Turn]:
    for found in refigured(figures_of(spoken)):
        early, late = found.early.clause, found.late.clause
        if names_differ(early, late) or (not found.early.counted.noun and _subjects_differ(early, late)):
            continue
        shown = [one.span.of(one.clause.said.report.article.text) for one in (found.early, found.late)]
        kind: Kind = "update" if found.running else "figure"
        grew = ", a count that grew" if found.running else ""
        why = f"“{shown[0]}” before, “{shown[1]}” later{grew}"
        alike = found.early.counted.sentence.weighted.keys() & found.late.counted.sentence.weighted.keys()
        sure = (found.running or found.firm) and (len(alike) > LEAST_SHARED or bool(one_matter(early, late)))
        matter = (found.early.counted.kind, *sorted(found.early.counted.noun & found.late.counted.noun))
        yield Turn(
            kind=kind,
            sure=sure,
            why=why,
            early=early,
            late=late,
            spans=(found.early.span, found.late.span),
            matter=matter,
            states=(shown[0], shown[1]),
        )


def _subjects_differ(one: Clause, other: Clause) -> bool:
    """Tell whether two clauses begin with different things."""
    left, right = (opening(clause.seen[clause.cue :]) for clause in (one, other))
    return other_things(left, right)


# --- what is shown --------------------------------------------------------------------------------------------


def _telling(turns: Sequence[Turn]) -> Iterator[Turn]:
    """One turn of each kind, matter and pair of states for a stretch of time: sure ones and close ones first."""
    kept: dict[tuple[Kind, tuple[str, ...], tuple[object, object]], list[tuple[str, str]]] = defaultdict(list)
    for turn in sorted(turns, key=_rank):
        start, end = turn.early.when.start or turn.early.when.end, turn.late.when.start
        shown = kept[turn.kind, turn.matter, turn.states]
        if not any(start < late and early < end for early, late in shown):
            shown.append((start, end))
            yield turn


def _rank(turn: Turn) -> tuple[bool, int, str, str, tuple[Span, Span], str]:
    early, late = turn.early, turn.late
    days = days_between(early.when.end, late.when.start)
    return not turn.sure, days, early.said.article, late.said.article, turn.spans, turn.kind


def _change(turn: Turn) -> Change:
    early, late = (
        Position(clause.said.article, clause.said.quotation.id, span, clause.when, also)
        for clause, span, also in zip((turn.early, turn.late), turn.spans, turn.also, strict=True)
    )
    sides = sorted(f"{p.article}/{p.span.start}/{p.span.end}" for p in (early, late))
    certainty: Certainty = "sure" if turn.sure else "possible"
    return Change(
        id=stable_id("ch", turn.kind, *sides), kind=turn.kind, certainty=certainty, why=turn.why, early=early, late=late
    )
