"""Text reuse: passages two reports have word for word, or nearly so, found with an inverted index of word shingles.

A shared passage alone says nothing: `Shared` keeps own and reported words apart, so that a press conference does not
look like copying. Shares are containments in the shorter text, never Jaccard, for a copy may be cut.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, combinations, pairwise
from typing import NamedTuple

from twosource.article import Span
from twosource.lineage.index import CONTENT
from twosource.lineage.told import Told

SHINGLE = 5
"""Words of a shingle (95 pairs of news_cluster and basil, swept 4 to 7, 2026-11-22)."""

GAP = 3
"""Most words on either side between two equal runs for them to be one passage that was edited in between."""

REPEATS = 4
"""Places of one shingle in one report that are compared (a headline comes back in the text; a litany is cut off)."""

FEW = 60
"""Reports of one story up to which every two that share a shingle are compared (the command line takes fifty).

In larger stories two reports are compared where they share words that fewer hold, or stand next to each other among
the holders: a text on five hundred sites stays one text without 124,750 comparisons.
"""

OWN_RUN = 4
"""Own words in a row that count as shared; fewer is the "he said" between two quotations."""

NAME = 12
"""Words of the longest names and titles."""

_FLAGGED = re.compile(b"\1+")

_END = ("\0", "\0\0")
"""Behind the last word of a left and of a right text: equal to no word, and not to each other."""

Shingle = tuple[str, ...]
Places = Mapping[int, Sequence[int]]
"""Where each telling shingle, by its number, begins."""


class Run(NamedTuple):
    """``length`` equal words from word ``left`` of one report and word ``right`` of the other on."""

    left: int
    right: int
    length: int


@dataclass(frozen=True)
class Shared:
    """What two reports share, ``left`` having the smaller id; ``runs`` are in order of the left report."""

    left: Told
    right: Told
    runs: tuple[Run, ...]

    @cached_property
    def own(self) -> tuple[Run, ...]:
        """The parts of the runs that are own words of both reports."""
        return tuple(run for run in self._parts(self.left.own, self.right.own, OWN_RUN) if self.speaks(run))

    @cached_property
    def own_passages(self) -> list[list[Run]]:
        """The own words in common, with small edits between them bridged."""
        return bridged(self.own)

    @cached_property
    def quoted(self) -> tuple[Run, ...]:
        """The parts of the runs that both reports quote."""
        return tuple(self._parts(self.left.quoted, self.right.quoted, SHINGLE))

    @cached_property
    def half_quoted(self) -> tuple[Run, ...]:
        """The parts of the runs that at least one of the reports quotes."""
        return tuple(self._parts(self.left.quoted, self.right.quoted, SHINGLE, either=True))

    def speaks(self, run: Run) -> bool:
        """Tell whether a run says something: it is too long for a name or title, or has words in small letters."""
        left, right, length = run
        return (
            length > NAME
            or self.left.small.count(1, left, left + length) >= CONTENT
            or self.right.small.count(1, right, right + length) >= CONTENT
        )

    @cached_property
    def own_share(self) -> float:
        """Containment of own words, 0 to 1: the larger part of a report's own words that are the other's own too."""
        left, right = self._own_counts
        return min(1.0, max(left / max(1, self.left.own_words), right / max(1, self.right.own_words)))

    @property
    def own_words(self) -> int:
        """How many own words the reports have in common, small edits between them included."""
        return min(self._own_counts)

    @cached_property
    def _own_counts(self) -> tuple[int, int]:
        left = [(g[0].left, g[-1].left + g[-1].length) for g in self.own_passages]
        right = [(g[0].right, g[-1].right + g[-1].length) for g in self.own_passages]
        return _count(self.left.own, left), _count(self.right.own, right)

    @cached_property
    def share(self) -> float:
        """Containment of all told words, 0 to 1."""
        left = covered([(left, left + length) for left, _, length in self.runs])
        right = covered([(right, right + length) for _, right, length in self.runs])
        return min(1.0, max(left / max(1, len(self.left.forms)), right / max(1, len(self.right.forms))))

    @cached_property
    def _firsts(self) -> list[int]:
        """Where each run begins when all stand in a row with a word between them, and where the row ends."""
        return list(accumulate((run.length + 1 for run in self.runs), initial=0))

    def _parts(self, left: bytes, right: bytes, least: int, *, either: bool = False) -> Iterator[Run]:
        """Cut each run to the stretches flagged on both sides (or on ``either``), at least ``least`` words long."""
        # all runs at once, with an unflagged word between them: a third of the time
        a = int.from_bytes(b"\0".join([left[at : at + length] for at, _, length in self.runs]))
        b = int.from_bytes(b"\0".join([right[at : at + length] for _, at, length in self.runs]))
        firsts, i = self._firsts, 0
        for part in _FLAGGED.finditer((a | b if either else a & b).to_bytes(max(0, firsts[-1] - 1))):
            at, end = part.span()
            if end - at >= least:
                while firsts[i + 1] <= at:
                    i += 1
                run, into = self.runs[i], at - firsts[i]
                whole = end - at == run.length
                yield run if whole else Run(run.left + into, run.right + into, end - at)


def covered(ranges: Sequence[tuple[int, int]]) -> int:
    """Return how many words the ranges [start, end) cover together."""
    total = at = 0
    for start, end in sorted(ranges):
        if end > at:
            total += end - (max(at, start))
            at = end
    return total


def _count(flags: bytes, ranges: Sequence[tuple[int, int]]) -> int:
    """Number of flagged words that the ranges [start, end) cover together."""
    total = at = 0
    for start, end in sorted(ranges):
        if end > at:
            total += flags.count(1, max(at, start), end)
            at = end
    return total


def bridged(runs: Sequence[Run]) -> list[list[Run]]:
    """Join neighbouring runs between which at most `GAP` words were edited."""
    groups: list[list[Run]] = []
    for run in runs:
        if groups and _continues(groups[-1][-1], run):
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _continues(before: Run, run: Run) -> bool:
    left, right = run.left - before.left - before.length, run.right - before.right - before.length
    return -SHINGLE < left <= GAP and -SHINGLE < right <= GAP


def find_shared(texts: Sequence[Told]) -> tuple[Shared, ...]:
    """Return what every two of ``texts`` share, pairs without any passage left out, in order of their ids."""
    ordered = sorted(texts, key=lambda t: t.id)
    numbers: dict[Shingle, int] = {}
    begun = [_shingles(t.forms, numbers) for t in ordered]
    holders: dict[int, list[int]] = defaultdict(list)
    for i, places in enumerate(begun):
        for number in dict.fromkeys(number for _, number in places):
            holders[number].append(i)
    kept = [[place for place in places if len(holders[place[1]]) > 1] for places in begun]
    where = [_where(places) for places in kept]
    texts_left, texts_right = ([(*told.forms, end) for told in ordered] for end in _END)
    found = (
        Shared(ordered[i], ordered[j], _runs(texts_left[i], texts_right[j], kept[i], where[j]))
        for i, j in _pairs(holders.values())
    )
    return tuple(shared for shared in found if shared.runs)


def _shingles(forms: Shingle, numbers: dict[Shingle, int]) -> list[tuple[int, int]]:
    """Where each telling shingle begins, and its number, in order; ``numbers`` keeps those of shingles seen before."""
    weight = [len(w) > 3 or w.isdigit() for w in forms]
    ahead = list(accumulate(weight, initial=0))
    return [
        (at, numbers.setdefault(forms[at : at + SHINGLE], len(numbers)))
        for at in range(len(forms) - SHINGLE + 1)
        if ahead[at + SHINGLE] - ahead[at] >= CONTENT
    ]


def _where(places: Sequence[tuple[int, int]]) -> Places:
    """The first places of each shingle."""
    found: dict[int, list[int]] = defaultdict(list)
    for at, number in places:
        if len(found[number]) < REPEATS:
            found[number].append(at)
    return dict(found)


def _pairs(holders: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    """Texts to compare, by number: every two holders of a shingle that few hold, neighbours among many."""
    groups = {tuple(held) for held in holders if len(held) > 1}
    few = (combinations(held, 2) for held in groups if len(held) <= FEW)
    many = (pairwise(held) for held in groups if len(held) > FEW)
    return sorted({*chain.from_iterable(few), *chain.from_iterable(many)})


def _runs(left: Shingle, right: Shingle, here: Sequence[tuple[int, int]], there: Places) -> tuple[Run, ...]:
    """Equal runs, each as long as it goes, from left to right; small edits between two of them are bridged.

    The two texts end in words that nothing is equal to (`_END`).
    """
    found: list[Run] = []
    free = 0
    for at, number in here:
        if at >= free and number in there:
            free = begun = 0
            for start in there[number]:
                i, j = at + SHINGLE, start + SHINGLE
                while left[i] == right[j]:
                    i += 1
                    j += 1
                if i > free:
                    free, begun = i, start
            found.append(Run(at, begun, free - at))
            free += 1 - SHINGLE
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Passage:
    """Two stretches of text that agree but for small edits: article spans, and the number of equal words."""

    left: Span
    right: Span
    words: int


def passages(shared: Shared, runs: Sequence[Run], most: int) -> tuple[Passage, ...]:
    """Join ``runs`` of ``shared`` across small edits and return the ``most`` longest as places, the longest first."""
    groups = sorted(bridged(runs), key=lambda group: (-equal_words(group), group[0].left, group[-1].left))
    return tuple(
        Passage(
            shared.left.place(group[0].left, group[-1].left + group[-1].length),
            shared.right.place(group[0].right, group[-1].right + group[-1].length),
            equal_words(group),
        )
        for group in groups[:most]
    )


def equal_words(group: Sequence[Run]) -> int:
    """Return how many words the runs of a passage have together."""
    return sum(run.length for run in group)
