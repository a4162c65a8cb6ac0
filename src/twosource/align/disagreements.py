"""Disagreements between tellings of one statement: firmer in one report than in another, or given to someone else.

Evidence: how firmly each telling commits (`strength`), a denial lost or won (`edited`), and the same words under two
speakers (`attributions`). A report that also tells it the other's way is no party to a disagreement.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from twosource.account import Conflict, Statement, Telling
from twosource.align.attributions import other_speakers
from twosource.align.contrast import denied
from twosource.align.edited import turned
from twosource.align.edits import LEAST_WORDS, MOST_CHANGED, Edit, changes
from twosource.align.passages import Passage, distance
from twosource.align.strength import firmer, firmer_apart
from twosource.align.words import keys, words
from twosource.article import hull
from twosource.report import Report


def disagreements(reports: Sequence[Report], statements: Sequence[Statement]) -> Iterator[Conflict]:
    """Yield what tellings of one statement disagree on, in the order of statements."""
    known = {report.id: report for report in reports}
    for statement in statements:
        if statement.relation != "single":
            yield from firmer(statement, known)
            yield from _turned(statement, known)
    yield from firmer_apart(statements, known)
    yield from other_speakers(statements, known)


def _turned(statement: Statement, known: dict[str, Report]) -> Iterator[Conflict]:
    """The first two tellings that are one sentence but for a denial, in reports that have it one way only."""
    told: dict[tuple[tuple[str, ...], bool], dict[str, Passage]] = defaultdict(dict)
    for telling in statement.tellings:
        one = _version(telling, known[telling.article])
        if len(one.forms) >= LEAST_WORDS:
            told[one.forms, one.denied].setdefault(telling.article, one.passage)
    for (one_way, left), (other_way, right) in combinations(told.items(), 2):
        if (share := distance(one_way[0], other_way[0])) <= MOST_CHANGED and (pair := _apart(left, right)):
            edit = Edit(*pair, changes(*pair), share)
            sides = known[pair[0].article], known[pair[1].article]
            if found := turned(edit, *sides, cues_differ=one_way[1] != other_way[1]):
                yield found
                return


def _apart(left: Mapping[str, Passage], right: Mapping[str, Passage]) -> tuple[Passage, Passage] | None:
    """The first tellings of each version in reports that do not have the other one; None where all have both."""
    one = next((passage for article, passage in left.items() if article not in right), None)
    other = next((passage for article, passage in right.items() if article not in left), None)
    return (one, other) if one and other else None


@dataclass(frozen=True, slots=True)
class _Version:
    """A telling as one passage, and whether its cue gives it as not so."""

    passage: Passage
    forms: tuple[str, ...]
    denied: bool


def _version(telling: Telling, report: Report) -> _Version:
    passage = _passage(telling, report)
    return _Version(passage, tuple(word.form for word in passage.words), _denied(telling, report))


def _denied(telling: Telling, report: Report) -> bool:
    return denied(words(report.article.text, telling.cue))


def _passage(telling: Telling, report: Report) -> Passage:
    seen = words(report.article.text, telling.content)
    return Passage(telling.article, hull(telling.content), telling.mode, seen, keys(seen))
