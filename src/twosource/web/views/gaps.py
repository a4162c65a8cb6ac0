"""What is missing where: what most reports tell and some leave out, and what one report alone tells."""

from dataclasses import dataclass
from typing import Any

from twosource.account import Only, Statement
from twosource.render.alone import alone
from twosource.render.annotate import in_place
from twosource.render.phrases import ONLY
from twosource.render.witnesses import Absence, absences, stubs
from twosource.web import links
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views.chips import Chip, chip_of_report, speaker
from twosource.web.views.wordings import clipped

MOST_OMITTED = 12
"""Lines that some report leaves out which are shown."""

MOST_ONLY, FEWER = 6, 2
"""Lines of one report alone that are shown: fewer where there are many reports."""

MANY = 8
"""Reports from which on fewer lines of each are shown."""


@dataclass(frozen=True, slots=True)
class Omitted:
    """A line that most reports tell, and those that do not."""

    target: str
    address: str
    who: str
    cue: str
    words: str
    tellers: int
    reports: int
    absent: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class OnlyLine:
    """What one report alone tells: who says it or what is counted, the words, those around a figure, and its place."""

    what: str
    who: str
    cue: str
    before: str
    words: str
    after: str
    address: str


@dataclass(frozen=True, slots=True)
class OnlyIn:
    """A report and what it alone tells."""

    report: Chip
    lines: tuple[OnlyLine, ...]
    hidden: int


def omitted(told: Told) -> list[Omitted]:
    """Return what most reports tell and some that are long enough leave out, the most widely told first."""
    return [_omitted(told, absence) for absence in absences(told.page)[:MOST_OMITTED]]


def _omitted(told: Told, absence: Absence) -> Omitted:
    line = told.page.view.lines[absence.line]
    if isinstance(line, Statement):
        first = line.tellings[0]
        who, words = speaker(told, line.speaker), told.page.view.words(first.article, first.content)
        cue = in_place(told.page.view.cue(first))
        address = links.statement(told.story.id, told.name_of(first))
    else:
        counted = told.page.view.figure(line.tellings[0], line.unit)
        what = told.page.view.subject(line)
        who, cue, words = "", "", what if counted in what else f"{what}: {counted}"
        address = links.figure(told.story.id, line.tellings[0].figure)
    chips = tuple(chip_of_report(told, a) for a in absence.absent[:30])
    return Omitted(absence.line, address, who, cue, clipped(words, 160), absence.tellers, absence.reports, chips)


def too_short(told: Told) -> list[Chip]:
    """Return the reports that are too short for what they leave out to be listed."""
    short_ones = stubs(told.page) if told.account.omissions else frozenset()
    return [chip_of_report(told, a.id) for a in told.account.articles if a.id in short_ones]


def only(told: Told, most: int | None = None) -> list[OnlyIn]:
    """Return what each report alone tells, at most ``most`` lines of each: else what a story's page has."""
    by_article: dict[str, list[Only]] = {}
    for line in told.account.only:
        by_article.setdefault(line.article, []).append(line)
    if most is None:
        most = MOST_ONLY if len(told.account.articles) < MANY else FEWER
    return [
        OnlyIn(chip_of_report(told, a.id), tuple(_only(told, o) for o in found[:most]), len(found[most:]))
        for a in told.account.articles
        if (found := by_article.get(a.id))
    ]


def all_only(told: Told) -> dict[str, Any]:
    """Return every line that one report alone tells, for a page of its own."""
    return {
        "story": told.story,
        "title": short(told.page.view.title),
        "only": only(told, len(told.account.only)),
        "total": len(told.account.only),
    }


def _only(told: Told, line: Only) -> OnlyLine:
    shown = alone(told.page.view, line)
    address = links.article(line.article, line.span)
    words = clipped(shown.words, 140)
    return OnlyLine(ONLY[line.what], short(shown.who, 120), shown.cue, shown.before, words, shown.after, address)
