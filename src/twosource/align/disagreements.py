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
from twosource.align.contrast import conditional, denials, denied
from twosource.align.edited import turned
from twosource.align.edits import LEAST_WORDS, MOST_CHANGED, Edit, changes
from twosource.align.passages import Passage, distance
from twosource.align.strength import firmer, firmer_apart
from twosource.align.words import keys, words
from twosource.article import hull
from twosource.report import Report

LEAST_TOLD = 4
"""Words of a telling that is compared with another one of its statement; speaker and likeness say already that the two
are one, so fewer will do than for a sentence by itself.
"""


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
        if len(one.forms) >= LEAST_TOLD:
            told[one.forms, one.denied].setdefault(telling.article, one.passage)
    both: frozenset[str] | None = None
    for (one_way, left), (other_way, right) in combinations(told.items(), 2):
        if (share := distance(one_way[0], other_way[0])) > MOST_CHANGED:
            continue
        short = min(len(one_way[0]), len(other_way[0])) < LEAST_WORDS
        if short and both is None:
            both = _both_ways(told)
        if pair := _apart(left, right, both if short and both else frozenset()):
            edit = Edit(*pair, changes(*pair), share)
            sides = known[pair[0].article], known[pair[1].article]
            if found := turned(edit, *sides, cues_differ=one_way[1] != other_way[1]):
                yield found
                return


def _both_ways(told: Mapping[tuple[tuple[str, ...], bool], Mapping[str, Passage]]) -> frozenset[str]:
    """The articles that tell a statement both affirmed and denied: where words are few, none of them is a party."""
    ways: dict[str, set[bool]] = defaultdict(set)
    for (_, so), places in told.items():
        for article, passage in places.items():
            ways[article].add((len(denials(passage.words)) % 2 == 1) != so)
    return frozenset(article for article, seen in ways.items() if len(seen) > 1)


def _apart(
    left: Mapping[str, Passage], right: Mapping[str, Passage], aside: frozenset[str]
) -> tuple[Passage, Passage] | None:
    """The first tellings of each version in reports that do not have the other one and are not set ``aside``; None
    where there are none.
    """
    one = next((p for article, p in left.items() if article not in right and article not in aside), None)
    other = next((p for article, p in right.items() if article not in left and article not in aside), None)
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
    """Tell whether the cue gives the content as not so; an open question ("whether") is neither so nor not so."""
    first = words(report.article.text, telling.content)[:1]
    return not any(conditional(word.form) for word in first) and denied(words(report.article.text, telling.cue))


def _passage(telling: Telling, report: Report) -> Passage:
    seen = words(report.article.text, telling.content)
    return Passage(telling.article, hull(telling.content), telling.mode, seen, keys(seen))
