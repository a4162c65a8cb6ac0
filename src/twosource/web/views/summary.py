"""The first lines of a story: how many of what, and the strongest of what is solid, single, in conflict or missing."""

from dataclasses import dataclass

from twosource.article import Span
from twosource.render.annotate import in_place
from twosource.render.glance import Line, glance
from twosource.render.view import articles_of
from twosource.web import links
from twosource.web.reading import Told
from twosource.web.templating import short


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of what a story has."""

    reports: int
    independent: int
    statements: int
    shared: int
    speakers: int
    figures: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class GlanceLine:
    """One of the first lines: its kind and sign, where it leads, who, the cue, the words, what they rest on."""

    kind: str
    mark: str
    address: str
    who: str
    cue: str
    words: str
    rests: str


def counts(told: Told) -> Counts:
    """Count what the story has."""
    account = told.account
    shared = [s for s in account.statements if len(articles_of(s)) > 1]
    return Counts(
        account.lineage.reports,
        account.lineage.independent_reports,
        len(account.statements),
        len(shared),
        len({s.speaker for s in account.statements if s.speaker}),
        len(account.figures),
        len(account.conflicts),
    )


def first_lines(told: Told) -> list[GlanceLine]:
    """Return the first lines, each leading to its evidence."""
    return [_line(told, line) for line in glance(told.page)]


def _line(told: Told, line: Line) -> GlanceLine:
    return GlanceLine(
        line.kind,
        line.mark,
        _address(told, line.target),
        short(line.who, 120),
        in_place(line.cue[:80]),
        line.words,
        short(line.rests, 120),
    )


def _address(told: Told, target: str) -> str:
    """The page of evidence of what a line of `glance` points to: a statement, a conflict, or a place of an article."""
    statement = next((s for s in told.account.statements if s.id == target), None)
    if statement is not None:
        return links.statement(told.story.id, told.name_of(statement.tellings[0]))
    if any(c.id == target for c in told.account.conflicts):
        return links.conflict(told.story.id, target)
    letter, _, place = target.partition("-")
    start, _, end = place.partition("-")
    article = next((a for a, known in told.page.labels.letters.items() if known == letter), "")
    return links.article(article, Span(int(start), int(end)))
