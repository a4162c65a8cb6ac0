"""What is missing where: what most reports tell and some leave out, and what one report alone tells."""

from dataclasses import dataclass

from twosource.account import Only, Place, Statement
from twosource.render.annotate import in_place
from twosource.render.phrases import ONLY
from twosource.web import links
from twosource.web.reading import Told
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
    """What one report alone tells, and its place."""

    what: str
    cue: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class OnlyIn:
    """A report and what it alone tells."""

    report: Chip
    lines: tuple[OnlyLine, ...]
    hidden: int


def omitted(told: Told) -> list[Omitted]:
    """Return what most reports tell and some leave out, the most widely told first."""
    absent: dict[str, list[str]] = {}
    counts: dict[str, tuple[int, int]] = {}
    for one in told.account.omissions:
        absent.setdefault(one.line, []).append(one.article)
        counts[one.line] = (one.tellers, one.reports)
    known = told.page.view.lines
    order = sorted((line for line in absent if line in known), key=lambda line: -counts[line][0])
    return [_omitted(told, line, absent[line], counts[line]) for line in order[:MOST_OMITTED]]


def _omitted(told: Told, line_id: str, absent: list[str], counts: tuple[int, int]) -> Omitted:
    line = told.page.view.lines[line_id]
    if isinstance(line, Statement):
        first = line.tellings[0]
        who, words = speaker(told, line.speaker), told.page.view.words(first.article, first.content)
        cue = in_place(told.page.view.cue(first))
        address = links.statement(told.story.id, told.name_of(first))
    else:
        who, cue, words = "", "", told.page.view.subject(line)
        address = links.figure(told.story.id, line.tellings[0].figure)
    chips = tuple(chip_of_report(told, a) for a in absent[:30])
    return Omitted(line_id, address, who, cue, clipped(words, 160), *counts, chips)


def only(told: Told) -> list[OnlyIn]:
    """Return what each report alone tells."""
    by_article: dict[str, list[Only]] = {}
    for line in told.account.only:
        by_article.setdefault(line.article, []).append(line)
    most = MOST_ONLY if len(told.account.articles) < MANY else FEWER
    return [
        OnlyIn(chip_of_report(told, a.id), tuple(_only(told, o) for o in found[:most]), len(found[most:]))
        for a in told.account.articles
        if (found := by_article.get(a.id))
    ]


def _only(told: Told, line: Only) -> OnlyLine:
    place = Place(line.article, line.span)
    cue = in_place(told.page.view.cue_at(place))
    return OnlyLine(
        ONLY[line.what], cue, clipped(told.page.view.at(place), 140), links.article(line.article, line.span)
    )
