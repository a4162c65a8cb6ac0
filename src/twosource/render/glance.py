"""The page's first lines: what several origins tell, what rests on one, what conflicts, what one report alone has.

No verdict: each line is the strongest of its kind by counts of origins and reports, and links to its place below.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.account import Conflict, Place, Statement
from twosource.render.alone import alone
from twosource.render.annotate import in_place
from twosource.render.labels import CountedHere
from twosource.render.page import Page
from twosource.render.phrases import CONFLICTS, counted
from twosource.render.view import articles_of, origins_of
from twosource.render.witnesses import absences, stubs

LONGEST = 120
"""Code points of the words in one line."""

MOST_SOLID, MOST_CONFLICTS = 2, 2
"""Lines of one kind; with one each of single origin, missing and of a lone report there are at most seven."""

MOST_WEIGHED = 8
"""Lines of one report alone among which one is chosen; they stand in the order of their weight."""

LEAST_LETTERS = 2
"""Letters that the name of what is counted must exceed."""

Kind = Literal["solid", "one origin", "conflict", "possible conflict", "missing", "only one"]

MARKS: dict[Kind, str] = {
    "solid": "✔",
    "one origin": "◐",
    "conflict": "✖",
    "possible conflict": "✖",
    "missing": "○",
    "only one": "①",
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
    """Return at most seven lines, the most widely told first, none twice; what conflicts stands there alone."""
    shared = [s for s in page.account.statements if len(articles_of(s)) > 1 and not _disputed(page, s)]
    shared.sort(key=lambda s: (-len(origins_of(s.tellings)), -len(articles_of(s))))
    several = [s for s in shared if len(origins_of(s.tellings)) > 1]
    single = sorted((s for s in shared if s not in several), key=lambda s: -len(articles_of(s)))
    lines = [_told(page, "solid", s) for s in several[:MOST_SOLID]]
    lines += [_told(page, "one origin", s) for s in single[:1]]
    lines += _conflicts(page)
    taken = {line.target for line in lines}
    return [*lines, *_missing(page, shared, taken), *_alone(page)]


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
    shown = trimmed(" ".join(in_place(words).split()))
    return shown if len(shown) <= LONGEST else shown[:LONGEST].rpartition(" ")[0] + " …"


_MARKS: dict[str, str] = {"“": "”", "«": "»", "„": "“"}


def trimmed(words: str) -> str:
    """Return words without what dangles at their ends: commas, and quotation marks that have no partner."""
    while words:
        inside = words.rstrip(",;:")
        if _dangling(inside):
            inside = inside[:-1]
        if _opening(inside):
            inside = inside[1:]
        inside = inside.strip()
        if inside == words:
            break
        words = inside
    return _closed(words)


def _dangling(words: str) -> bool:
    """Tell whether the last character is a closing mark that nothing opened."""
    opened = {closing: opening for opening, closing in _MARKS.items()}
    last = words[-1:]
    return (last in opened and opened[last] not in words) or (last == '"' and words.count('"') == 1)


def _opening(words: str) -> bool:
    """Tell whether the first character is an opening mark that nothing closes."""
    first = words[:1]
    return (first in _MARKS and _MARKS[first] not in words) or (first == '"' and words.count('"') == 1)


def _closed(words: str) -> str:
    """Leave out the comma that an outlet sets before its closing mark."""
    return words[:-2] + words[-1] if words[-2:] in {",”", ',"', ",»"} else words


def _conflicts(page: Page) -> Iterator[Line]:
    for conflict in sorted(page.account.conflicts, key=lambda c: c.certainty)[:MOST_CONFLICTS]:
        kind: Kind = "conflict" if conflict.certainty == "conflict" else "possible conflict"
        words = " ⇄ ".join(f"{page.letter(s.article)} “{_inside(page.view.at(s))}”" for s in _sides(conflict))
        told, about = CONFLICTS[conflict.kind], _about(page, conflict)
        who, rests = (about, told) if about else (told, "")
        yield Line(kind, conflict.id, who, "", words, rests)


def _sides(conflict: Conflict) -> tuple[Place, Place]:
    return conflict.left, conflict.right


def _inside(words: str) -> str:
    return _clipped(words).strip('“”"')


def _about(page: Page, conflict: Conflict) -> str:
    """What the figures of a conflict count, without the figures themselves; "" where nobody says it."""
    for place in _sides(conflict):
        here = page.labels.subjects.get(page.labels.near(place))
        if isinstance(here, CountedHere):
            told = in_place(page.view.subject(here.tellings[0][0])).strip("“”")
            own = in_place(page.view.at(place))
            what = told.removeprefix(own).removesuffix(own).strip(" ,")
            if sum(c.isalpha() for c in what) > LEAST_LETTERS:
                return what
    return ""


def _missing(page: Page, shared: Sequence[Statement], taken: Container[str]) -> Iterator[Line]:
    """What most reports tell and few of those that are long enough leave out; ``taken`` lines are shown already."""
    known = {statement.id: statement for statement in shared if statement.id not in taken}
    found = next((one for one in absences(page) if one.line in known), None)
    if found:
        absent = ", ".join(page.letter(article) for article in found.absent)
        enough = f", of {found.reports} long enough" if stubs(page) else ""
        yield _line(page, "missing", known[found.line], f"absent from {absent}{enough}")


def _alone(page: Page) -> Iterator[Line]:
    """The weightiest of what one report alone tells: before others what is said or counted, in no stub."""
    first, aside = page.account.only[:MOST_WEIGHED], stubs(page)
    chosen = [only for only in first if only.what != "passage" and only.article not in aside]
    for only in (chosen or first)[:1]:
        told, outlet = alone(page.view, only), page.outlet(only.article)
        around = " ".join(f"{told.before}{told.words}{told.after}".split())
        target = page.spot(Place(only.article, only.span))
        yield Line(
            "only one", target, told.who or outlet, told.cue, _clipped(around),
            f"only in {page.letter(only.article)}, {outlet}",
        )  # fmt: skip
