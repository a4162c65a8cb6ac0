"""Coverage as a table: what several reports tell, against the reports, those of one text side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from twosource.account import AccountArticle, FigureLine, FigureTelling, Place, Statement
from twosource.render.annotate import in_place
from twosource.render.view import articles_of, headline, origins_of
from twosource.web import links
from twosource.web.reading import Told
from twosource.web.templating import short
from twosource.web.views.chips import Chip, chip_of_report, speaker
from twosource.web.views.figures import MOST as FIGURES
from twosource.web.views.figures import ranked as ranked_figures
from twosource.web.views.statements import MOST as STATEMENTS
from twosource.web.views.statements import conflicts_of, ranked, sides

MOST_ROWS = 18
"""Rows: the statements and figures that most reports tell."""

MOST_COLUMNS = 50
"""Reports: further ones are told as a number."""

LONGEST = 60
"""Code points of the words in a row's head."""

LETTERS = {"d": "D", "i": "I", "f": "F", "x": "X", "c": "C", "n": "·"}
"""What stands in a cell: direct words, indirect, a figure, in conflict, told by a copy of another report, not told."""


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that carry one text, side by side."""

    name: str
    columns: int

    @property
    def called(self) -> str:
        """The name as a narrow column can carry it: whose text it is, where that is known."""
        return self.name.partition(": ")[2] or "one text"


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: where its line is, who, the cue that must stand before the words, how many reports tell it, on how many
    origins, a code a column; ``values`` are those that conflict, and "x2" in a cell says that it tells the second.
    """

    target: str
    who: str
    cue: str
    words: str
    reports: int
    origins: int
    cells: tuple[str, ...]
    values: tuple[str, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether some cell is in conflict."""
        return any(cell.startswith("x") for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table."""

    groups: tuple[Group, ...]
    columns: tuple[Chip, ...]
    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: int


def matrix(told: Told) -> Matrix:
    """Return the table of a story."""
    articles = _columns(told)
    kept = articles[:MOST_COLUMNS]
    copies = _copies(kept)
    groups = tuple(
        Group(short(told.page.view.origin(origin), 60), len(list(same)))
        for origin, same in groupby(kept, key=lambda a: a.origin)
    )
    facts: list[Statement | FigureLine] = [*ranked(told), *ranked_figures(told)[0]]
    facts.sort(key=lambda fact: -len(articles_of(fact)))
    disputed = sides(told)
    here = {s.id for s in ranked(told)[:STATEMENTS]} | {f.id for f in ranked_figures(told)[0][:FIGURES]}
    rows = tuple(_row(told, fact, kept, copies, disputed, here) for fact in facts[:MOST_ROWS])
    titles = tuple(short(headline(a), 120) for a in kept)
    return Matrix(groups, tuple(chip_of_report(told, a.id) for a in kept), titles, rows, len(articles) - len(kept))


def _columns(told: Told) -> list[AccountArticle]:
    """The reports, those of one text together, in the order of the first of each."""
    order = {a.origin: n for n, a in reversed(list(enumerate(told.account.articles)))}
    return sorted(told.account.articles, key=lambda a: order[a.origin])


def _copies(articles: list[AccountArticle]) -> set[str]:
    """The reports that carry a text which another one carried before them."""
    firsts = {a.origin: a.id for a in reversed(articles)}
    return {a.id for a in articles if firsts[a.origin] != a.id}


def _row(
    told: Told,
    fact: Statement | FigureLine,
    articles: list[AccountArticle],
    copies: set[str],
    disputed: dict[str, list[tuple[str, int, int]]],
    here: set[str],
) -> Row:
    values: tuple[FigureTelling, ...] = ()
    if isinstance(fact, Statement):
        codes = _said(fact, copies, disputed)
        first = fact.tellings[0]
        who, cue = speaker(told, fact.speaker), in_place(told.page.view.cue(first))
        words = told.page.view.words(first.article, first.content)
    else:
        values = _values(fact, disputed)
        codes = _counted(fact, copies, values)
        who, cue, words = "", "", told.page.view.subject(fact)
    shown = in_place(words[: LONGEST + 1])
    cut = shown if len(shown) <= LONGEST else shown[:LONGEST].rpartition(" ")[0] + " …"
    reports = len(articles_of(fact))
    cells = tuple(codes.get(a.id, "n") for a in articles)
    against = tuple(in_place(told.page.view.at(Place(t.article, t.span))[:30]) for t in values)
    target = f"#{fact.id}" if fact.id in here else _address(told, fact)
    return Row(target, who, cue, cut, reports, min(len(origins_of(fact.tellings)), reports), cells, against)


def _address(told: Told, fact: Statement | FigureLine) -> str:
    """Where a fact is that the page itself does not list."""
    if isinstance(fact, Statement):
        return links.statement(told.story.id, told.name_of(fact.tellings[0]))
    return links.figure(told.story.id, fact.tellings[0].figure)


def _said(statement: Statement, copies: set[str], disputed: dict[str, list[tuple[str, int, int]]]) -> dict[str, str]:
    against = bool(conflicts_of(statement, disputed))
    codes: dict[str, str] = {}
    for telling in statement.tellings:
        own = "i" if telling.mode == "indirect" else "d"
        here = conflicts_of(statement, {telling.article: disputed.get(telling.article, [])}) if against else []
        code = "x" if here else "c" if telling.article in copies else own
        codes[telling.article] = min(code, codes.get(telling.article, code), key="xcdi".index)
    return codes


def _counted(line: FigureLine, copies: set[str], values: Sequence[FigureTelling]) -> dict[str, str]:
    """A code a report: which of the conflicting values it tells, else whether it tells the figure of itself."""
    sides = {_value(telling): f"x{number}" for number, telling in enumerate(values, 1)}
    codes: dict[str, str] = {}
    for telling in line.tellings:
        code = sides.get(_value(telling), "c" if telling.article in copies else "f")
        known = codes.get(telling.article, code)
        codes[telling.article] = min(code, known, key=lambda found: "xcf".index(found[0]))
    return codes


def _values(line: FigureLine, disputed: dict[str, list[tuple[str, int, int]]]) -> tuple[FigureTelling, ...]:
    """The first telling of each value of a figure that a conflict has; of each value, where no conflict has the place.

    Of a figure without conflict: none.
    """
    against = [t for t in line.tellings if _in_conflict(t, disputed)] or list(line.tellings)
    if line.agreement != "conflict":
        return ()
    return tuple({_value(telling): telling for telling in reversed(against)}.values())[::-1]


def _in_conflict(telling: FigureTelling, disputed: dict[str, list[tuple[str, int, int]]]) -> bool:
    here = disputed.get(telling.article, ())
    return any(start < telling.span.end and telling.span.start < end for _, start, end in here)


def _value(telling: FigureTelling) -> tuple[float | None, ...]:
    return (telling.value, telling.low, telling.high, telling.of)
