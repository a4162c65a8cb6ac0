"""Which reports are long enough that what they leave out says something, and what they leave out.

Evidence: the words of a report's own blocks against the median of the story's reports.
"""

from dataclasses import dataclass
from statistics import median

from twosource.article import TOLD_IN
from twosource.render.page import Page

LEAST_SHARE = 0.4
"""Share of the median length below which a report is a stub whose silence says nothing. Set by hand: of 114 reports of
eleven stories 3 are shorter, among them a teaser of 31 words (2026-11-22).
"""


@dataclass(frozen=True, slots=True)
class Absence:
    """A line by its id, the reports that leave it out, how many tell it, and how many there are together."""

    line: str
    absent: tuple[str, ...]
    tellers: int
    reports: int


def stubs(page: Page) -> frozenset[str]:
    """Return the reports that are too short for their silence to mean anything."""
    lengths = {article.id: _words(page, article.id) for article in page.account.articles}
    least = LEAST_SHARE * median(lengths.values()) if lengths else 0
    return frozenset(article for article, length in lengths.items() if length < least)


def _words(page: Page, article: str) -> int:
    report = page.report[article]
    return sum(len(b.span.of(report.article.text).split()) for b in report.blocks if b.kind in TOLD_IN)


def absences(page: Page) -> list[Absence]:
    """Return what most reports tell and reports that are long enough do not, the most widely told first."""
    short = stubs(page)
    absent: dict[str, list[str]] = {}
    tellers: dict[str, int] = {}
    for one in page.account.omissions:
        if one.article not in short and one.line in page.view.lines:
            absent.setdefault(one.line, []).append(one.article)
            tellers[one.line] = one.tellers
    found = [
        Absence(line, tuple(silent), tellers[line], tellers[line] + len(silent)) for line, silent in absent.items()
    ]
    return sorted(found, key=lambda one: -one.tellers)
