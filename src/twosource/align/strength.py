"""Strength: one thing told as surer in one report than in another ("may" against "will", "did not rule out" against
"planned").

Evidence: the marks of commitment in the words between source and content and in the content itself. Two marks are
compared by their steps; a low mark is also compared with a telling that has its next word without any mark. Two
different direct quotations are two utterances; a paraphrase that weakens or hardens quoted words is a change of
strength even where its report has the quotation as well.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from twosource.account import Certainty, Conflict, Place, Statement, Telling
from twosource.align.clauses import clause, conflict, covering
from twosource.align.contrast import Commitment, auxiliary, bases, commitments, conditional, denied, duty, unasserted
from twosource.align.passages import sentences
from twosource.align.similarity import proposed
from twosource.align.words import Word, keys, words
from twosource.article import Span, Spans, hull
from twosource.report import Report

FAR = 3
"""Steps of commitment from which on a disagreement is certain: from open to certain."""

LOW = 1
"""Highest step that is compared with a telling without any mark."""

LEAD = 80
"""Code points between source and content in which a mark may stand ("told reporters that he planned")."""

REACH = 4
"""Words after a mark in which the word it commits to must stand."""

LEAST_SHARED = 3
"""Content words, marks aside, that a telling must have to be compared with one of another statement."""

CLOSE = 12
"""Words on each side of a mark that it is compared with."""

HELD = 0.75
"""Share of them that the other telling must hold. Of 89 stories not used for any tuning none has such a pair, of seven
hand-made accounts one, and rightly, 2026-11-22.
"""


@dataclass(frozen=True, slots=True)
class _Version:
    """A telling with its words from behind the source on, and the first mark of commitment in them."""

    telling: Telling
    seen: tuple[Word, ...]
    mark: Commitment | None
    named: bool
    """Whether source and cue say who speaks: the better evidence of equals."""

    @property
    def article(self) -> str:
        return self.telling.article

    @property
    def quoted(self) -> bool:
        return self.telling.mode == "direct"

    @property
    def step(self) -> int:
        return self.mark.step if self.mark else 0

    def about(self, reach: int = 1000) -> frozenset[str]:
        """The keys of what stands around the mark, at most ``reach`` words away."""
        if self.mark is None:
            return frozenset(keys(self.seen))
        before = self.seen[max(0, self.mark.first - reach) : self.mark.first]
        return frozenset(keys((*before, *self.seen[self.mark.last + 1 : self.mark.last + 1 + reach])))


def firmer(statement: Statement, known: Mapping[str, Report]) -> Iterator[Conflict]:
    """Yield the widest gap in commitment between two reports of a statement, if any."""
    told = [_version(telling, known[telling.article]) for telling in statement.tellings]
    steps: dict[tuple[str, bool], set[int]] = defaultdict(set)
    for one in told:
        if one.mark:
            steps[one.article, one.quoted].add(one.step)
    found = [
        (gap, one.named + other.named, -i, -j, one, other, at)
        for (i, one), (j, other) in combinations(enumerate(told), 2)
        if one.article != other.article and not one.quoted & other.quoted
        for gap, at in _gap(one, other, steps)
    ]
    if found:
        gap, _, _, _, one, other, (a, b) = max(found, key=lambda g: g[:4])
        yield _conflict(gap, (one, a), (other, b), known)


def firmer_apart(statements: Sequence[Statement], known: Mapping[str, Report]) -> Iterator[Conflict]:
    """Yield, for every two statements of one speaker, the first tellings of which one has all that the other one says,
    with another mark: then likeness alone set them apart.
    """
    told = [
        (number, one)
        for number, statement in enumerate(statements)
        for telling in statement.tellings
        if statement.speaker and (one := _version(telling, known[telling.article])).mark
    ]
    held = (((statements[n].speaker, key) for key in one.about()) for n, one in told)
    shown: set[tuple[int, int]] = set()
    for a, b in sorted(proposed(held)):
        (m, one), (n, other) = told[a], told[b]
        if m != n and (m, n) not in shown and _says_all(one, other):
            shown.add((m, n))
            for gap, (left, right) in _gap(one, other, defaultdict(set)):
                yield _conflict(gap, (one, left), (other, right), known)


def _says_all(one: _Version, other: _Version) -> bool:
    """Tell whether one telling holds nearly all words of the other one, from another report and not both quoted."""
    short, long = sorted((one.about(CLOSE), other.about(CLOSE)), key=len)
    enough = len(short) >= LEAST_SHARED and len(short & long) >= HELD * len(short)
    return enough and one.article != other.article and not one.quoted & other.quoted


def _version(telling: Telling, report: Report) -> _Version:
    text = report.article.text
    seen = words(text, (*_lead(telling), *telling.content))
    source = [span.of(text) for span in telling.source]
    named = bool(telling.cue) and any(shown[:1].isupper() for shown in source)
    return _Version(telling, seen, next(iter(commitments(seen)), None), named)


def _lead(telling: Telling) -> Spans:
    """What stands between source and content: the cue, and what the content lost to it."""
    ends = [span.end for span in telling.source if span.end <= telling.content[0].start]
    near = max(ends, default=0) >= telling.content[0].start - LEAD
    return (Span(max(ends), telling.content[0].start),) if ends and near else ()


_Gap = tuple[int, tuple[Span, Span]]


def _gap(one: _Version, other: _Version, steps: Mapping[tuple[str, bool], set[int]]) -> Iterator[_Gap]:
    """How many steps two tellings are apart and where that shows; nothing where they are not, or where one report
    has it both ways.
    """
    if one.mark and other.mark:
        apart = abs(one.step - other.step)
        if apart and one.about() & other.about() and _one_scale(one, other) and not _both_ways(one, other, steps):
            yield apart, (_marked(one, one.mark), _marked(other, other.mark))
    elif one.mark:
        for flat in _flat(one, one.mark, other, steps):
            yield 1, (_marked(one, one.mark), flat)
    elif other.mark:
        for flat in _flat(other, other.mark, one, steps):
            yield 1, (flat, _marked(other, other.mark))


def _one_scale(one: _Version, other: _Version) -> bool:
    """Tell whether two marks can be compared: a duty ("must") is set against anything else only where both commit to
    one verb.
    """
    sides = [(version.seen, version.mark) for version in (one, other) if version.mark]
    duties = {duty(seen[mark.first].form) for seen, mark in sides}
    # behind such marks a verb has one form
    verbs = {next((w.form for w in seen[mark.last + 1 :][:REACH] if w.key), "") for seen, mark in sides}
    return len(duties) < 2 or len(verbs - {""}) == 1


def _flat(
    low: _Version, mark: Commitment, flat: _Version, steps: Mapping[tuple[str, bool], set[int]]
) -> Iterator[Span]:
    """Where a telling of a report without any mark asserts what another one tells as open, in like words."""
    marked = steps[flat.article, True] | steps[flat.article, False]
    ours, theirs = low.about(), flat.about()
    alike = 2 * len(ours & theirs) >= min(len(ours), len(theirs))
    if mark.step <= LOW and alike and not marked and not denied(low.seen[: mark.first]):
        yield from flatly(low.seen, mark, flat.seen)


def _both_ways(one: _Version, other: _Version, steps: Mapping[tuple[str, bool], set[int]]) -> bool:
    if one.quoted == other.quoted:
        mine, theirs = (steps[v.article, True] | steps[v.article, False] for v in (one, other))
        return bool(mine & theirs)
    words, free = (one, other) if one.quoted else (other, one)
    return words.step in steps[free.article, False] or free.step in (
        steps[words.article, True] | steps[words.article, False]
    )


def flatly(low: Sequence[Word], mark: Commitment, flat: Sequence[Word]) -> Iterator[Span]:
    """Yield where ``flat``, which has no mark of its own, asserts the word that an auxiliary ("may") commits to only
    weakly in ``low``, if it does.
    """
    if mark.first < mark.last or not auxiliary(low[mark.first].form):
        return
    head = next((word for word in low[mark.last + 1 : mark.last + 1 + REACH] if word.key), None)
    at = next((i for i, word in enumerate(flat) if head and word.key and bases(word) & bases(head)), None)
    if at is None or any(conditional(word.form) for word in flat[:at]):
        return
    if not any(unasserted(word.form) for word in flat[max(0, at - REACH) : at]):
        yield flat[at].span


def _marked(one: _Version, mark: Commitment) -> Span:
    return covering(one.seen[mark.first : mark.last + 1])


def _conflict(
    gap: int, left: tuple[_Version, Span], right: tuple[_Version, Span], known: Mapping[str, Report]
) -> Conflict:
    places = [_shown(one.telling, at, known[one.article]) for one, at in (left, right)]
    said = [at.of(known[one.article].article.text) for one, at in (left, right)]
    why = f"firmer in one: “{said[0]}” against “{said[1]}”"
    certainty: Certainty = "conflict" if gap >= FAR else "possible"
    return conflict("strength", certainty, why, places[0], places[1], {"steps_apart": gap})


def _shown(telling: Telling, mark: Span, report: Report) -> Place:
    """The clause around the mark, in the sentence that holds it."""
    text = report.article.text
    whole = hull((*_lead(telling), *telling.content))
    sentence = next((s for s in sentences(text, whole) if s.overlaps(mark)), whole)
    return Place(telling.article, clause(text, sentence, mark))
