"""Figures that a speaker gave otherwise at another time: another number for the same thing, or a count that grew.

Evidence: `counted` says how likely two numbers count the same thing, on the sentences of the quotations alone. A later
and larger number of something that was still running when it was told (people and what became of them, "so far", "at
least", "has risen to") is an update: the event changed, not the speaker.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from twosource.align.counted import Counted, counted, log_odds
from twosource.align.positionwords import PositionsTable
from twosource.align.similarity import proposed
from twosource.align.standing import claims
from twosource.align.utterances import Clause, first_of, one_occasion, times_in
from twosource.article import Block, Span, hull
from twosource.lang import ENGLISH, Language
from twosource.report import Report

LEAST_ODDS = 0.0
"""Log-odds from which on two numbers count one thing (`counted.log_odds`)."""

LEAST_COUNTED = 2
"""Content words that must be more than this in common where one clause says only how far a number has come."""

MOST_FIGURES = 400
"""Figures of one speaker that are compared; bounds the work."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in a clause of a speaker, with what is around it."""

    clause: Clause
    counted: Counted

    @property
    def span(self) -> Span:
        """Where the figure stands."""
        return self.counted.figure.span


@dataclass(frozen=True, slots=True)
class Refigured:
    """Two tellings of one quantity that cannot both be meant. ``running``: the later one is larger, and it was still
    growing when told; ``firm``: both say what will be, so that the speaker changed it and not the world.
    """

    early: Told
    late: Told
    running: bool
    firm: bool


def figures_of(found: Sequence[Clause]) -> list[Told]:
    """Return the figures with a number in these clauses, at most `MOST_FIGURES`."""
    cut = [(clause, small) for clause in found if (small := _small(clause)).figures][:MOST_FIGURES]
    holder = {id(small): clause for clause, small in cut}
    return [Told(holder[id(one.report)], one) for one in counted([small for _, small in cut])][:MOST_FIGURES]


def _small(clause: Clause) -> Report:
    """The report with nothing but the clause, so that the odds are those of the speaker's own words."""
    report, within = clause.said.report, hull(clause.part.spans)
    inside = tuple(f for f in report.figures if within.covers(f.span))
    return replace(report, blocks=(Block("body", *within),), figures=inside)


def refigured(found: Sequence[Told]) -> Iterator[Refigured]:
    """Yield pairs of tellings, the earlier one first, that count one thing and cannot both be meant."""
    held = (
        {(one.counted.kind, key) for key in one.counted.sentence.weighted.keys() | one.counted.noun} for one in found
    )
    for a, b in sorted(proposed(held)):
        left, right = found[a], found[b]
        if (
            one_occasion(left.clause.said, right.clause.said, left.clause.when, right.clause.when)
            or left.counted.amount.allows(right.counted.amount)
            or (log_odds(left.counted, right.counted) < LEAST_ODDS and not _counted_on(left, right))
            or _of_two_times(left, right)
            or not _one_unit(left.counted, right.counted)
        ):
            continue
        early, late = (left, right) if first_of(left.clause.when, right.clause.when) else (right, left)
        firm = all(_meant(one) for one in (early, late))
        yield Refigured(early, late, _running(early, late), firm)


def _one_unit(left: Counted, right: Counted) -> bool:
    """Tell whether two numbers are of one unit or one noun, and neither is a mere "no"."""
    some = left.amount.high > 0 < right.amount.high
    one = left.kind == right.kind != "" or left.figure.unit == right.figure.unit or "person" in left.noun & right.noun
    return some and (one or not (left.noun and right.noun))


def _counted_on(left: Told, right: Told) -> bool:
    """Tell whether one of them says how far a number has come that the other one gives ("has risen to 44")."""
    for one, other in ((left, right), (right, left)):
        if not one.counted.noun and not one.counted.kind and other.counted.noun and _runs(one):
            shared = {*one.clause.part.keys} & {*other.clause.part.keys}
            return len(shared) > LEAST_COUNTED
    return False


def _running(early: Told, late: Told, lang: Language = ENGLISH) -> bool:
    """Tell whether a count grew while it was still being counted."""
    if early.counted.amount.high > late.counted.amount.low:
        return False
    fates = bool(early.counted.fate) and early.counted.fate == late.counted.fate
    return fates or _runs(early, lang) or _runs(late, lang)


def _runs(one: Told, lang: Language = ENGLISH) -> bool:
    """Tell whether the clause says that the count is one so far."""
    shown = f" {' '.join(word.form for word in one.clause.seen)} "
    return any(f" {phrase} " in shown for phrase in lang.table("positions", PositionsTable).running_phrases)


def _meant(one: Told) -> bool:
    """Tell whether the clause says what will be."""
    return any(claim.time == "intent" for claim in claims(one.clause.seen, one.clause.cue))


def _of_two_times(left: Told, right: Told) -> bool:
    """Tell whether both clauses name times and none of them is shared: then each is of its own time."""
    one, other = times_in(left.clause), times_in(right.clause)
    return bool(one and other) and not any(a[0] <= b[1] and b[0] <= a[1] for a in one for b in other)
