"""The page's first lines: what several origins tell, what rests on one, what conflicts, what one report alone has.

No verdict: each line is the strongest of its kind by counts of origins and reports, and links to its place below.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.account import Only, Place, Statement
from twosource.render.annotate import in_place
from twosource.render.labels import CountedHere, ToldHere
from twosource.render.page import Page
from twosource.render.phrases import CONFLICTS, counted
from twosource.render.view import articles_of, origins_of

LONGEST = 120
"""Code points of the words in one line."""

MOST_SOLID, MOST_CONFLICTS = 2, 2
"""Lines of one kind; with one of single origin and one of a lone report there are at most six."""

Kind = Literal["solid", "one origin", "conflict", "possible conflict", "missing", "only one"]

MARKS: dict[Kind, str] = {
    "solid": "✔",
    "one origin": "◐",
    "conflict": "✖",
    "possible conflict": "✖",
    "missing": "○",
    "only one": "○",
}
"""The sign before each kind, so that no colour is needed to tell them apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: kind, id it links to, who, the cue that must stand before the words, the words, what they rest on."""

    kind: Kind
    target: str
    who: str
    cue: str
    words: str
    rests: str

    @property
    def mark(self) -> str:
        """The sign of its kind."""
        return MARKS[self.kind]


def glance(page: Page) -> list[Line]:
    """Return at most six lines, the most widely told first; what conflicts stands among the conflicts alone."""
    shared = [s for s in page.account.statements if len(articles_of(s)) > 1 and not _disputed(page, s)]
    shared.sort(key=lambda s: (-len(origins_of(s.tellings)), -len(articles_of(s))))
    several = [s for s in shared if len(origins_of(s.tellings)) > 1]
    single = sorted((s for s in shared if s not in several), key=lambda s: -len(articles_of(s)))
    lines = [_told(page, "solid", s) for s in several[:MOST_SOLID]]
    lines += [_told(page, "one origin", s) for s in single[:1]]
    lines += _conflicts(page)
    return [*lines, *_missing(page, shared)]


def _disputed(page: Page, statement: Statement) -> bool:
    sides = [side for c in page.account.conflicts for side in (c.left, c.right)]
    told = [(t.article, span) for t in statement.tellings for span in t.content]
    return any(side.article == article and side.span.overlaps(span) for side in sides for article, span in told)


def _told(page: Page, kind: Kind, statement: Statement) -> Line:
    reports = len(articles_of(statement))
    origins = min(len(origins_of(statement.tellings)), reports)
    rests = f"{counted(reports, 'report')}, at most {counted(origins, 'origin')}"
    return _line(page, kind, statement, rests)


def _line(page: Page, kind: Kind, statement: Statement, rests: str) -> Line:
    telling = statement.tellings[0]
    words, cue = page.view.words(telling.article, telling.content), page.view.cue(telling)
    who = page.speaker(statement.speaker)
    return Line(kind, statement.id, who, in_place(cue), _clipped(words), rests)


def _clipped(words: str) -> str:
    shown = " ".join(in_place(words).split())
    return shown if len(shown) <= LONGEST else shown[:LONGEST].rpartition(" ")[0] + " …"


def _conflicts(page: Page) -> Iterator[Line]:
    for conflict in sorted(page.account.conflicts, key=lambda c: c.certainty)[:MOST_CONFLICTS]:
        kind: Kind = "conflict" if conflict.certainty == "conflict" else "possible conflict"
        sides = (conflict.left, conflict.right)
        words = " ⇄ ".join(f"{page.letter(s.article)} “{_clipped(page.view.at(s)).strip('“”')}”" for s in sides)
        yield Line(kind, conflict.id, CONFLICTS[conflict.kind], "", words, _about(page, conflict.left))


def _about(page: Page, place: Place) -> str:
    """What a figure at ``place`` counts, where there is one."""
    here = page.labels.subjects.get(page.labels.near(place))
    return in_place(page.view.subject(here.tellings[0][0])) if isinstance(here, CountedHere) else ""


def _missing(page: Page, shared: Sequence[Statement]) -> Iterator[Line]:
    """What most reports tell and few leave out; where there is no such thing, what one report alone tells."""
    known = {statement.id: statement for statement in shared}
    found = [one for one in page.account.omissions if one.line in known]
    if found:
        widely = known[found[0].line]
        absent = ", ".join(page.letter(one.article) for one in found if one.line == widely.id)
        yield _line(page, "missing", widely, f"absent from {absent}")
        return
    alone = sorted(page.account.only, key=lambda o: _weight(page, o))
    yield from (_alone(page, only) for only in alone[:1])


def _told_here(page: Page, only: Only) -> ToldHere | None:
    here = page.labels.subjects.get(page.labels.near(Place(only.article, only.span)))
    return here if isinstance(here, ToldHere) else None


def _weight(page: Page, only: Only) -> tuple[int, int]:
    """Events first, then words told, those in quotation marks before others."""
    here = _told_here(page, only)
    mode = here.tellings[0][1].mode if here else "indirect"
    return ("event", "statement", "figure", "passage").index(only.what), ("direct", "mixed", "indirect").index(mode)


def _alone(page: Page, only: Only) -> Line:
    place, here = Place(only.article, only.span), _told_here(page, only)
    cue, words = in_place(page.view.cue_at(place)), _clipped(page.view.at(place))
    outlet = page.outlet(only.article)
    who = page.speaker(here.tellings[0][0].speaker) if here else outlet
    return Line("only one", page.spot(place), who, cue, words, f"only in {page.letter(only.article)}, {outlet}")
