"""The first lines of a story: how many of what, and the strongest of what is solid, single, in conflict or missing."""

from dataclasses import dataclass

from twosource.account import Origin
from twosource.article import Span
from twosource.render.annotate import in_place
from twosource.render.glance import Line, glance
from twosource.render.view import articles_of
from twosource.web import links
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views import lineage
from twosource.web.views.chips import outlet

MOST_TEXTS, MOST_NAMED = 2, 4
"""Texts of several reports among the first lines, and reports that are named for each."""


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
    """One of the first lines: its kind and sign, where it leads, who, the cue, the words, what they rest on.

    ``theirs`` says that the words are those of an outlet, not ours.
    """

    kind: str
    mark: str
    address: str
    who: str
    cue: str
    words: str
    rests: str
    theirs: bool = True


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
    return [*(_line(told, line) for line in glance(told.page)), *_copies(told)]


def _copies(told: Told) -> list[GlanceLine]:
    """Who carries whose text: the texts of most reports, or else the pair with most in common."""
    texts = {a.origin for a in told.account.articles}
    shared = [o for o in told.account.lineage.origins if o.id in texts and len(o.articles) > 1]
    most = sorted(shared, key=lambda o: -len(o.articles))[:MOST_TEXTS]
    return [_copy(told, origin) for origin in most] or [_pair(told, k) for k in lineage.dependences(told)[:1]]


def _copy(told: Told, origin: Origin) -> GlanceLine:
    carrying = [f"{told.page.letter(a)} {outlet(told, a)}" for a in origin.articles[:MOST_NAMED]]
    more = len(origin.articles) - len(carrying)
    words = ", ".join(carrying) + (f" and {more} more" if more else "")
    who, address = short(told.page.view.origin(origin.id), 120), links.origin(told.story.id, origin.id)
    return GlanceLine("copied", "⧉", address, who, "", words, f"{len(origin.articles)} reports count once", theirs=False)


def _pair(told: Told, link: lineage.LinkShown) -> GlanceLine:
    return GlanceLine("copied", "⧉", link.address, link.words, "", "", f"{link.share} in common", theirs=False)


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
