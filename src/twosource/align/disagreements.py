"""Disagreements between tellings of one statement: firmer in one report than in another, or given to someone else.

Evidence: the first mark of commitment in each telling ("may", "plans to", "must"), and the same words under two
speakers. A report that also tells it the other's way is no party to a disagreement, and two different direct
quotations are two utterances, not two readings of one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from twosource.account import Conflict, Place, Statement, Telling
from twosource.align.attributions import other_speakers
from twosource.align.clauses import clause, conflict, covering
from twosource.align.contrast import Commitment, commitments, denied
from twosource.align.edited import turned
from twosource.align.edits import LEAST_WORDS, MOST_CHANGED, Edit, changes
from twosource.align.passages import Passage, distance, sentences
from twosource.align.words import keys, words
from twosource.article import Span, hull
from twosource.report import Report

FAR = 3
"""Steps of commitment from which on a disagreement is certain: from open to certain."""


def disagreements(reports: Sequence[Report], statements: Sequence[Statement]) -> Iterator[Conflict]:
    """Yield what tellings of one statement disagree on, in the order of statements."""
    known = {report.id: report for report in reports}
    for statement in statements:
        if statement.relation != "single":
            yield from _firmer(statement, known)
            yield from _turned(statement, known)
    yield from other_speakers(statements, known)


def _firmer(statement: Statement, known: dict[str, Report]) -> Iterator[Conflict]:
    """The widest gap in commitment between two reports of a statement."""
    marked = [(t, mark) for t in statement.tellings if (mark := _mark(t, known[t.article]))]
    steps: dict[str, set[int]] = defaultdict(set)
    for telling, (commitment, _) in marked:
        steps[telling.article].add(commitment.step)
    gaps = [
        (abs(a[0].step - b[0].step), -i, -j, one, other, a, b)
        for i, (one, a) in enumerate(marked)
        for j, (other, b) in enumerate(marked[i + 1 :])
        if one.article != other.article
        and not one.mode == other.mode == "direct"
        and not steps[one.article] & steps[other.article]
    ]
    if gaps:
        gap, _, _, one, other, (_, a), (_, b) = max(gaps, key=lambda g: g[:3])
        left, right = _shown(one, a, known), _shown(other, b, known)
        said = (a.of(known[one.article].article.text), b.of(known[other.article].article.text))
        why = f"firmer in one: “{said[0]}” against “{said[1]}”"
        yield conflict("strength", "conflict" if gap >= FAR else "possible", why, left, right, {"steps_apart": gap})


def _turned(statement: Statement, known: dict[str, Report]) -> Iterator[Conflict]:
    """The first two tellings that are one sentence but for a denial, in reports that have it one way only."""
    told = [_version(telling, known[telling.article]) for telling in statement.tellings]
    has = {(one.passage.article, one.forms, one.denied) for one in told}
    for one, other in combinations(told, 2):
        left, right = one.passage.article, other.passage.article
        both = {(left, other.forms, other.denied), (right, one.forms, one.denied)} & has
        if left == right or both or min(len(one.forms), len(other.forms)) < LEAST_WORDS:
            continue
        if (share := distance(one.forms, other.forms)) <= MOST_CHANGED:
            edit = Edit(one.passage, other.passage, changes(one.passage, other.passage), share)
            cues_differ = one.denied != other.denied
            if found := turned(edit, known[left], known[right], cues_differ=cues_differ):
                yield found
                return


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


def _mark(telling: Telling, report: Report) -> tuple[Commitment, Span] | None:
    """The first mark of a telling and its place."""
    seen = words(report.article.text, telling.content)
    mark = next(iter(commitments(seen)), None)
    return (mark, covering(seen[mark.first : mark.last + 1])) if mark else None


def _shown(telling: Telling, mark: Span, known: dict[str, Report]) -> Place:
    text = known[telling.article].article.text
    piece = next(span for span in telling.content if span.overlaps(mark))
    sentence = next((s for s in sentences(text, piece) if s.overlaps(mark)), piece)
    return Place(telling.article, clause(text, sentence, mark))
