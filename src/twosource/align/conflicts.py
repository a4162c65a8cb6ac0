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
from twosource.align.quantities import amount
from twosource.facts import Figure
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
    """One conflict for every two numbers of a line that cannot both be right, at the first place of each."""
    known = {(report.id, figure.id): (report, figure) for report in reports for figure in report.figures}
    for line in figures:
        if line.agreement != "conflict":
            continue
        firsts = list({(t.value, t.low, t.high, t.hedge): t for t in reversed(line.tellings)}.values())[::-1]
        for i, left in enumerate(firsts):
            for right in firsts[i + 1 :]:
                one, other = known[left.article, left.figure], known[right.article, right.figure]
                if left.article != right.article and _disagree(one[1], other[1]):
                    why = f"“{left.span.of(one[0].article.text)}” against “{right.span.of(other[0].article.text)}”"
                    yield conflict("number", "conflict", why, _place(left), _place(right), line.features)


def _disagree(left: Figure, right: Figure) -> bool:
    one, other = amount(left), amount(right)
    return one is not None and other is not None and not one.allows(other)


def _place(telling: FigureTelling) -> Place:
    return Place(telling.article, telling.span)
