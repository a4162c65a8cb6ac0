"""The statements of a story: those that several reports tell, and what one report alone quotes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from twosource.account import Statement
from twosource.render.phrases import RELATIONS
from twosource.render.view import articles_of, origins_of
from twosource.web import links
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views.chips import Chip, chip_of_report, speaker
from twosource.web.views.wordings import Shown, shown_wordings

MOST = 15
"""Statements on the page of a story; the page of statements has all."""

MOST_WORDINGS, ALL_WORDINGS = 6, 60
"""Wordings of one statement in a list and on its own page."""

MOST_SPEAKERS = 40
"""Speakers that the filter offers, those who are quoted most first."""

Sides = tuple[tuple[str, int, int], ...]


class Wanted(NamedTuple):
    """A filter: speaker's id, mode of one telling at least, and ``rests``: several origins, one, or in a conflict."""

    speaker: str = ""
    mode: str = ""
    rests: str = ""

    @property
    def any(self) -> bool:
        """Whether it filters at all."""
        return bool(self.speaker or self.mode or self.rests)


@dataclass(frozen=True, slots=True)
class StatementShown:
    """A statement ready to show. ``hidden`` says that the filter leaves it out."""

    id: str
    address: str
    label: str
    speaker: str
    person: str
    role: str
    relation: str
    reports: int
    origins: int
    rests_on: tuple[str, ...]
    wordings: tuple[Shown, ...]
    left_out: int
    modes: str
    rests: str
    columns: bool
    conflicts: tuple[tuple[str, str], ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A speaker that the filter offers."""

    id: str
    name: str
    statements: int


def is_shared(statement: Statement) -> bool:
    """Tell whether several reports tell a statement."""
    return len(articles_of(statement)) > 1


def ranked(told: Told) -> list[Statement]:
    """Return the statements of several reports, those of most origins first, then those of most reports."""
    shared = [s for s in told.account.statements if is_shared(s)]
    return sorted(shared, key=lambda s: (-len(origins_of(s.tellings)), -len(articles_of(s))))


def shown(told: Told, statements: Iterable[Statement], wanted: Wanted = Wanted()) -> list[StatementShown]:  # noqa: B008
    """Return statements ready to show; those that the filter leaves out are marked, not missing."""
    disputed = sides(told)
    return [_shown(told, s, disputed, wanted, MOST_WORDINGS) for s in statements]


def shown_whole(told: Told, statement: Statement) -> StatementShown:
    """Return one statement in all its wordings."""
    return _shown(told, statement, sides(told), Wanted(), ALL_WORDINGS)


def sides(told: Told) -> dict[str, list[tuple[str, int, int]]]:
    """Return the places of all conflicts by article: conflict's id, start and end."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for conflict in told.account.conflicts:
        for side in (conflict.left, conflict.right):
            found.setdefault(side.article, []).append((conflict.id, *side.span))
    return found


def conflicts_of(statement: Statement, disputed: dict[str, list[tuple[str, int, int]]]) -> list[str]:
    """Return the ids of the conflicts that a statement's words are in."""
    told = ((t.article, span) for t in statement.tellings for span in t.content)
    return list(
        dict.fromkeys(
            conflict
            for article, span in told
            for conflict, start, end in disputed.get(article, ())
            if start < span.end and span.start < end
        )
    )


def _shown(
    told: Told, statement: Statement, disputed: dict[str, list[tuple[str, int, int]]], wanted: Wanted, most: int
) -> StatementShown:
    found, left_out = shown_wordings(told, statement, most)
    origins = origins_of(statement.tellings)
    person = told.page.view.people.get(statement.speaker or "")
    against = conflicts_of(statement, disputed)
    rests = " ".join(["several" if len(origins) > 1 else "one", *(["conflict"] if against else [])])
    modes = " ".join(dict.fromkeys(t.mode for t in statement.tellings))
    return StatementShown(
        id=statement.id,
        address=links.statement(told.story.id, told.name_of(statement.tellings[0])),
        label=told.page.labels.line(statement.id),
        speaker=speaker(told, statement.speaker),
        person=statement.speaker or "",
        role=short(", ".join(person.roles[:2]), 120) if person else "",
        relation=RELATIONS[statement.relation],
        reports=len(articles_of(statement)),
        origins=min(len(origins), len(articles_of(statement))),
        rests_on=tuple(short(told.page.view.origin(o), 120) for o in origins[:8]),
        wordings=found,
        left_out=left_out,
        modes=modes,
        rests=rests,
        columns=len(found) == 2 and len(told.account.articles) == 2,
        conflicts=tuple((links.conflict(told.story.id, c), told.page.labels.line(c)) for c in against),
        hidden=not fits(wanted, statement.speaker, modes, rests),
    )


def fits(wanted: Wanted, person: str | None, modes: str, rests: str) -> bool:
    """Tell whether a statement of these values passes the filter."""
    return (
        wanted.speaker in ("", person)
        and (not wanted.mode or wanted.mode in modes.split())
        and (not wanted.rests or wanted.rests in rests.split())
    )


def choices(told: Told, statements: Sequence[Statement]) -> list[Choice]:
    """Return the speakers of statements, those of most first."""
    counts: dict[str, int] = {}
    for statement in statements:
        if statement.speaker in told.page.view.people:
            counts[statement.speaker] = counts.get(statement.speaker, 0) + 1
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_SPEAKERS]
    return [Choice(person, speaker(told, person), count) for person, count in most]


@dataclass(frozen=True, slots=True)
class Alone:
    """What one report alone quotes: how much, and the first of it."""

    report: Chip
    count: int
    shown: tuple[StatementShown, ...]


def alone(told: Told, most: int) -> list[Alone]:
    """Return, for each report, the statements that only it tells: at most ``most`` shown of each."""
    by_article: dict[str, list[Statement]] = {}
    for statement in told.account.statements:
        if not is_shared(statement):
            by_article.setdefault(statement.tellings[0].article, []).append(statement)
    found = ((a.id, by_article[a.id]) for a in told.account.articles if a.id in by_article)
    return [Alone(chip_of_report(told, a), len(told_), tuple(shown(told, told_[:most]))) for a, told_ in found]
