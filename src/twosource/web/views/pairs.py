"""Two reports side by side, the words that stand in both in the same order marked: what a person looks at to see who
took what from whom.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from twosource.align.passages import differences
from twosource.article import Block, Span
from twosource.render.annotate import Mark, ShownBlock, annotate
from twosource.web.reading import Told
from twosource.web.views.chips import Chip, chip_of_report

LEAST_WORDS = 5
"""Words in a row that must be the same to be marked: fewer meet by chance."""

LONGEST = 30_000
"""Code points of each text that are compared and shown."""


@dataclass(frozen=True, slots=True)
class Side:
    """One report in its blocks, what the other one has too in the class "shared"."""

    report: Chip
    blocks: tuple[ShownBlock, ...]


def side_by_side(told: Told, left: str, right: str) -> tuple[Side, Side]:
    """Return both reports of a pair with what they share marked."""
    one, other = (told.page.report[a].article.text[:LONGEST] for a in (left, right))
    same = [d for d in differences(one, other) if d.change == "equal" and len(d.left.of(one).split()) >= LEAST_WORDS]
    return _side(told, left, (d.left for d in same)), _side(told, right, (d.right for d in same))


def _side(told: Told, article: str, shared: Iterable[Span]) -> Side:
    report = told.page.report[article]
    blocks = [Block(b.kind, b.start, min(b.end, LONGEST)) for b in report.blocks if b.start < LONGEST]
    marks = [Mark(span, ("shared",)) for span in shared]
    return Side(chip_of_report(told, article), annotate(report.article.text, blocks, marks))
