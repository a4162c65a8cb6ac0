"""Conflicts: places where two reports cannot both be right, or tell one thing with different strength.

Evidence, in this order: sentences that are copies but for a few words (`edits`), figures that count the same thing
(`figures`), tellings of one statement (`disagreements`), silences that another report breaks (`silence`), sentences
in a report's own voice (`claims`), words that one denies (`reversals`), names in one role (`castings`), and hours and
days of one thing (`clocks`, `days`). Two speakers who oppose each other are no conflict between reports, nor is
anything inside one report.
"""

from collections.abc import Iterator, Mapping, Sequence

from twosource.account import Conflict, FigureLine, FigureTelling, Place, Statement
from twosource.align.castings import castings
from twosource.align.claims import claims_differ
from twosource.align.clauses import conflict
from twosource.align.clocks import other_hours
from twosource.align.days import other_days
from twosource.align.disagreements import disagreements
from twosource.align.edited import edited
from twosource.align.headings import in_body, outdated
from twosource.align.quantities import Amount, amount, opposed
from twosource.align.reversals import reversals
from twosource.align.settling import settled
from twosource.align.silence import silences
from twosource.report import Report

_Told = tuple[FigureTelling, Amount]


def find_conflicts(
    reports: Sequence[Report], statements: Sequence[Statement], figures: Sequence[FigureLine]
) -> tuple[Conflict, ...]:
    """Return the conflicts between reports, surest kinds first; none is shown twice."""
    changed = list(edited(reports))
    fresh = [line for line in figures if not any(_shows(one, line) for one in changed)]
    told = (
        *disagreements(reports, statements),
        *silences(reports, statements),
        *claims_differ(reports),
        *reversals(reports),
        *castings(reports),
        *other_hours(reports),
        *other_days(reports),
    )
    found = [*changed, *_numbers(reports, fresh), *told]
    kept: list[Conflict] = []
    for one in found:
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    return settled(kept, reports, statements)


def _shows(one: Conflict, line: FigureLine) -> bool:
    """Tell whether a conflict is between two tellings of this line already."""
    places = [_place(telling) for telling in line.tellings]
    return all(any(_meets(side, place) for place in places) for side in (one.left, one.right))


def _same(one: Conflict, other: Conflict) -> bool:
    """Tell whether two conflicts show overlapping places on both sides."""
    straight = _meets(one.left, other.left) and _meets(one.right, other.right)
    return straight or (_meets(one.left, other.right) and _meets(one.right, other.left))


def _meets(one: Place, other: Place) -> bool:
    return one.article == other.article and one.span.overlaps(other.span)


def _numbers(reports: Sequence[Report], figures: Sequence[FigureLine]) -> Iterator[Conflict]:
    """One conflict for a line whose reports cannot all be right: between the two numbers farthest apart."""
    by_id = {report.id: report for report in reports}
    known = {(report.id, figure.id): amount(figure) for report in reports for figure in report.figures}
    for line in figures:
        told = [(t, meant) for t in line.tellings if (meant := known[t.article, t.figure])]
        aside = outdated([(by_id[t.article], t.span, meant) for t, meant in told])
        told = [one for i, one in enumerate(told) if i not in aside]
        pairs = [(told[i], told[j]) for i, j in opposed([(t.article, meant) for t, meant in told])]
        if line.agreement == "conflict" and pairs:
            (left, _), (right, _) = max(pairs, key=lambda pair: _apart(pair[0], pair[1], by_id))
            said = [t.span.of(by_id[t.article].article.text) for t in (left, right)]
            why = f"“{said[0]}” against “{said[1]}”"
            yield conflict("number", "conflict", why, _place(left), _place(right), line.features)


def _apart(left: _Told, right: _Told, by_id: Mapping[str, Report]) -> tuple[float, int]:
    """How far two tellings are apart, in one unit; of equals those in the body show more."""
    bodies = sum(in_body(by_id[t.article], t.span) for t, _ in (left, right))
    return abs(_middle(left[1]) - _middle(right[1])), bodies


def _middle(meant: Amount) -> float:
    return meant.exact if meant.exact is not None else (meant.low + meant.high) / 2


def _place(telling: FigureTelling) -> Place:
    return Place(telling.article, telling.span)
