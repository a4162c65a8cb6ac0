"""The first lines of a story: how many of what, and the strongest of what is solid, single, in conflict or missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.align.omitted import LEAST
from twosource.article import Span
from twosource.render.annotate import in_place
from twosource.render.glance import MARKS, Line, glance
from twosource.render.phrases import counted
from twosource.render.view import articles_of
from twosource.render.witnesses import absences
from twosource.store.accounts import summarised
from twosource.web import links
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views import lineage
from twosource.web.views.chips import outlet

SHARED, ONE = "≡", "①"
"""The sign before lines of reports that are one text, and before what one report alone tells."""

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
    possible: int

    @property
    def against(self) -> str:
        """The conflicts in words, those that are only possible told apart."""
        sure = counted(self.conflicts - self.possible, "conflict")
        return f"{sure} (+{self.possible} possible)" if self.possible else sure


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
        sum(conflict.certainty == "possible" for conflict in account.conflicts),
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines of one kind: its sign, the words, and the section that has them."""

    kind: str
    mark: str
    count: int
    words: str
    section: str


def tally(told: Told) -> list[Tally]:
    """Count the lines of each kind, in the order of the first lines; each leads to the section that has them."""
    account, found = told.account, summarised(told.account)
    possible = f", {found.possible} possible" if found.possible else ""
    several = account.lineage.reports - account.lineage.independent_reports
    sharing = len(lineage.dependences(told))
    dependent = (several, "not independent") if several or not sharing else (sharing, "share words")
    found_lines = [
        Tally("solid", MARKS["solid"], found.solid, "solid", "statements"),
        Tally("one-origin", MARKS["one origin"], found.one_origin, "of one origin", "statements"),
        Tally("conflict", MARKS["conflict"], found.conflicts, f"{_noun(found.conflicts)}{possible}", "conflicts"),
        Tally("missing", MARKS["missing"], len(absences(told.page)), "missing somewhere", "gaps"),
        Tally("only-one", ONE, len(account.only), "in one report alone", "alone" if account.only else "gaps"),
        Tally("copies", SHARED, *dependent, "independence"),
    ]
    return [t for t in found_lines if t.kind != "missing" or account.lineage.reports >= LEAST]


def _noun(conflicts: int) -> str:
    return "conflict" if conflicts == 1 else "conflicts"


def first_lines(told: Told) -> list[GlanceLine]:
    """Return the first lines, each leading to its evidence."""
    return [*(_line(told, line) for line in glance(told.page)), *_copies(told)]


def _copies(told: Told) -> list[GlanceLine]:
    """Who carries whose text: the texts that most reports are, or else the pair with most in common."""
    texts: dict[str, list[str]] = {}
    for article in told.account.articles:
        texts.setdefault(article.origin, []).append(article.id)
    shared = [(origin, ids) for origin, ids in texts.items() if len(ids) > 1]
    most = sorted(shared, key=lambda text: -len(text[1]))[:MOST_TEXTS]
    return [_copy(told, *text) for text in most] or [_pair(k) for k in lineage.dependences(told)[:1]]


def _copy(told: Told, origin: str, carrying: Sequence[str]) -> GlanceLine:
    named = [f"{told.page.letter(a)} {outlet(told, a)}" for a in carrying[:MOST_NAMED]]
    more = len(carrying) - len(named)
    words = ", ".join(named) + (f" and {more} more" if more else "")
    who, address = short(told.page.view.origin(origin), 120), links.origin(told.story.id, origin)
    return GlanceLine(
        "count once", SHARED, address, who, "", words, f"{len(carrying)} reports count as one", theirs=False
    )


def _pair(link: lineage.LinkShown) -> GlanceLine:
    return GlanceLine("shared words", SHARED, link.address, link.words, "", "", f"{link.share} in common", theirs=False)


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
