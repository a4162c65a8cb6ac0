"""Conflicts: places where two reports cannot both be right, or tell one thing with different strength.

Evidence, in this order: sentences that are copies but for a few words (`edits`), figures that count the same thing
(`figures`), and tellings of one statement (`disagreements`). Two speakers who oppose each other are no conflict
between reports, nor is anything inside one report.
"""

from collections.abc import Iterator, Sequence

from twosource.account import Conflict, FigureLine, FigureTelling, Place, Statement
from twosource.align.clauses import conflict
from twosource.align.disagreements import disagreements
from twosource.align.edited import edited
from twosource.align.quantities import amount, opposed
from twosource.report import Report


def find_conflicts(
    reports: Sequence[Report], statements: Sequence[Statement], figures: Sequence[FigureLine]
) -> tuple[Conflict, ...]:
    """Return the conflicts between reports, surest kinds first; none is shown twice."""
    found = [*edited(reports), *_numbers(reports, figures), *disagreements(reports, statements)]
    kept: list[Conflict] = []
    for one in found:
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _same(one: Conflict, other: Conflict) -> bool:
    """Tell whether two conflicts show overlapping places on both sides."""
    straight = _meets(one.left, other.left) and _meets(one.right, other.right)
    return straight or (_meets(one.left, other.right) and _meets(one.right, other.left))


def _meets(one: Place, other: Place) -> bool:
    return one.article == other.article and one.span.overlaps(other.span)


def _numbers(reports: Sequence[Report], figures: Sequence[FigureLine]) -> Iterator[Conflict]:
    """One conflict for a line whose reports cannot all be right: between the two numbers farthest apart."""
    texts = {report.id: report.article.text for report in reports}
    known = {(report.id, figure.id): amount(figure) for report in reports for figure in report.figures}
    for line in figures:
        told = [(t, meant) for t in line.tellings if (meant := known[t.article, t.figure])]
        pairs = [(told[i][0], told[j][0]) for i, j in opposed([(t.article, meant) for t, meant in told])]
        if line.agreement == "conflict" and pairs:
            left, right = max(pairs, key=lambda pair: abs(_middle(pair[0]) - _middle(pair[1])))
            why = f"“{left.span.of(texts[left.article])}” against “{right.span.of(texts[right.article])}”"
            yield conflict("number", "conflict", why, _place(left), _place(right), line.features)


def _middle(telling: FigureTelling) -> float:
    ends = [v for v in (telling.value, telling.low, telling.high) if v is not None]
    return sum(ends) / len(ends)


def _place(telling: FigureTelling) -> Place:
    return Place(telling.article, telling.span)
