"""Edits: sentences that two reports share almost word for word, and what was changed in them.

Evidence: the words alone. A changed number, a lost "not", another day or another name in an otherwise equal sentence
is a conflict however the sentence is understood. A sentence that the other report also has unchanged is no edit.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from twosource.align.passages import Passage, distance, passages
from twosource.align.similarity import proposed
from twosource.align.words import Word
from twosource.report import Report

LEAST_WORDS = 6
"""Words a sentence must have to be followed through its edits; shorter ones are alike by chance."""

MOST_CHANGED = 0.35
"""Largest share of words changed between two versions of one sentence. Of 40 articles with one number changed 39 are
found, of 40 with one "not" added 39, and nothing else, 2026-11-22.
"""

SHORT = range(3, 9)
"""Words of sentences that share too few runs to be followed by themselves, and are followed where the sentences before
and after them are the same.
"""

SHARED_RUNS = 2
"""Three-word runs two sentences must share before they are compared."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the left sentence that stand where the right one has others; one side may be empty.

    ``left_at`` and ``right_at`` are the indices of the words where the change begins.
    """

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    left_at: int
    right_at: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One sentence in two versions, from two reports, and its changes in order."""

    left: Passage
    right: Passage
    changes: tuple[Change, ...]
    share: float


def edits(reports: Sequence[Report]) -> Iterator[Edit]:
    """Yield the edited sentences between reports, in order of the reports; of equal versions only the first."""
    unique: dict[tuple[str, ...], list[Passage]] = defaultdict(list)
    for report in reports:
        for passage in passages(report):
            if len(passage.words) >= LEAST_WORDS:
                unique[_forms(passage)].append(passage)
    versions = list(unique)
    near = {
        (a, b): share for a, b in _candidates(versions) if (share := distance(versions[a], versions[b])) <= MOST_CHANGED
    }
    best = _nearest(near)
    for (a, b), share in sorted(near.items()):
        if best[a] == b and best[b] == a and (pair := _apart(unique[versions[a]], unique[versions[b]])):
            yield Edit(*pair, changes(*pair), share)
    yield from _short(reports)


def _short(reports: Sequence[Report]) -> Iterator[Edit]:
    """The edits of sentences too short to be followed by themselves, between two sentences that were not edited."""
    places: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[tuple[str, ...], list[Passage]]] = {}
    for report in reports:
        told = passages(report)
        for before, passage, after in zip(told, told[1:], (*told[2:], None), strict=False):
            if len(passage.words) in SHORT and len(before.words) >= LEAST_WORDS:
                around = _forms(before), _forms(after) if after else ()
                places.setdefault(around, {}).setdefault(_forms(passage), []).append(passage)
    for versions in places.values():
        for (one, left), (other, right) in combinations(versions.items(), 2):
            if (share := distance(one, other)) <= MOST_CHANGED and (pair := _apart(left, right)):
                yield Edit(*pair, changes(*pair), share)


def _forms(passage: Passage) -> tuple[str, ...]:
    return tuple(word.form for word in passage.words)


def _candidates(versions: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Pairs of versions that share enough three-word runs."""
    shared = proposed({forms[at : at + 3] for at in range(len(forms) - 2)} for forms in versions)
    length = [len(forms) for forms in versions]
    return sorted(
        (a, b)
        for (a, b), count in shared.items()
        # by their lengths alone most pairs are too far apart
        if count >= SHARED_RUNS and abs(length[a] - length[b]) <= MOST_CHANGED * max(length[a], length[b])
    )


def _nearest(near: dict[tuple[int, int], float]) -> dict[int, int]:
    """The nearest other version of each; of equals the first."""
    best: dict[int, tuple[float, int]] = {}
    for (a, b), share in near.items():
        for one, other in ((a, b), (b, a)):
            best[one] = min(best.get(one, (2.0, 0)), (share, other))
    return {one: other for one, (_, other) in best.items()}


def _apart(left: Sequence[Passage], right: Sequence[Passage]) -> tuple[Passage, Passage] | None:
    """The first places of the two versions in reports that have only one of them; None where a report has both."""
    both = {p.article for p in left} & {p.article for p in right}
    one = next((p for p in left if p.article not in both), None)
    other = next((p for p in right if p.article not in both), None)
    return (one, other) if one and other else None


def changes(left: Passage, right: Passage) -> tuple[Change, ...]:
    """Return what must be changed in the left passage to get the right one, in order."""
    from rapidfuzz.distance import Levenshtein

    steps = Levenshtein.opcodes([w.form for w in left.words], [w.form for w in right.words])
    runs = (list(run) for equal, run in groupby(steps, key=lambda step: step.tag == "equal") if not equal)
    return tuple(
        Change(
            left.words[run[0].src_start : run[-1].src_end],
            right.words[run[0].dest_start : run[-1].dest_end],
            run[0].src_start,
            run[0].dest_start,
        )
        for run in runs
    )
