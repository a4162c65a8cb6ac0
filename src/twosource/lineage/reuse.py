"""Text reuse: passages two reports have word for word, or nearly so, found with an inverted index of word shingles.

A shared passage alone says nothing: `Shared` keeps own and reported words apart, so that a press conference does not
look like copying. Shares are containments in the shorter text, never Jaccard, for a copy may be cut.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from twosource.article import Span
from twosource.lineage.index import CONTENT, Index
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
    def quoted(self) -> tuple[Run, ...]:
        """The parts of the runs that both reports quote."""
        return tuple(self._parts(self.left.quoted, self.right.quoted, SHINGLE))

    @cached_property
    def half_quoted(self) -> tuple[Run, ...]:
        """The parts of the runs that at least one of the reports quotes."""
        return tuple(self._parts(self.left.quoted, self.right.quoted, SHINGLE, either=True))

    def speaks(self, run: Run) -> bool:
        """Tell whether a run says something: it is too long for a name or title, or has words in small letters."""
        return run.length > NAME or any(
            told.small.count(1, first, first + run.length) >= CONTENT
            for told, first in ((self.left, run.left), (self.right, run.right))
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
        left = [(g[0].left, g[-1].left + g[-1].length) for g in bridged(self.own)]
        right = [(g[0].right, g[-1].right + g[-1].length) for g in bridged(self.own)]
        return _count(self.left.own, left), _count(self.right.own, right)

    @cached_property
    def share(self) -> float:
        """Containment of all told words, 0 to 1."""
        left = covered([(r.left, r.left + r.length) for r in self.runs])
        right = covered([(r.right, r.right + r.length) for r in self.runs])
        return min(1.0, max(left / max(1, len(self.left.forms)), right / max(1, len(self.right.forms))))

    def _parts(self, left: bytes, right: bytes, least: int, *, either: bool = False) -> Iterator[Run]:
        """Cut each run to the stretches flagged on both sides (or on ``either``), at least ``least`` words long."""
        # all runs at once, with an unflagged word between them: a third of the time
        a = int.from_bytes(b"\0".join([left[run.left : run.left + run.length] for run in self.runs]))
        b = int.from_bytes(b"\0".join([right[run.right : run.right + run.length] for run in self.runs]))
        firsts = list(accumulate((run.length + 1 for run in self.runs), initial=0))
        for part in _FLAGGED.finditer((a | b if either else a & b).to_bytes(max(0, firsts[-1] - 1))):
            at, end = part.span()
            if end - at >= least:
                i = bisect_right(firsts, at) - 1
                run, into = self.runs[i], at - firsts[i]
                yield Run(run.left + into, run.right + into, end - at)


def covered(ranges: Sequence[tuple[int, int]]) -> int:
    """Return how many words the ranges [start, end) cover together."""
    total = at = 0
    for start, end in sorted(ranges):
        total += max(0, end - max(start, at))
        at = max(at, end)
    return total


def _count(flags: bytes, ranges: Sequence[tuple[int, int]]) -> int:
    """Number of flagged words that the ranges [start, end) cover together."""
    total = at = 0
    for start, end in sorted(ranges):
        total += flags.count(1, max(start, at), max(end, at))
        at = max(at, end)
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
    places = [_shingles(t, numbers) for t in ordered]
    index = Index(SHINGLE, 1, FEW)
    for told in ordered:
        index.add(told.forms)
    pairs = sorted({*index.close(), *index.neighbours()})
    found = (Shared(ordered[i], ordered[j], _runs(ordered[i], ordered[j], places[i], places[j])) for i, j in pairs)
    return tuple(shared for shared in found if shared.runs)


def _shingles(told: Told, numbers: dict[Shingle, int]) -> Places:
    """Where each telling shingle begins; ``numbers`` keeps the numbers of those seen before."""
    forms = told.forms
    weight = [len(w) > 3 or w.isdigit() for w in forms]
    found: dict[int, list[int]] = {}
    for at in range(len(forms) - SHINGLE + 1):
        if sum(weight[at : at + SHINGLE]) >= CONTENT:
            number = numbers.setdefault(forms[at : at + SHINGLE], len(numbers))
            found.setdefault(number, []).append(at)
    return found


def _runs(left: Told, right: Told, here: Places, there: Places) -> tuple[Run, ...]:
    """Equal runs, each as long as it goes, from left to right; small edits between two of them are bridged."""
    found: list[Run] = []
    free = 0
    common = here.keys() & there.keys()
    for at, shingle in sorted((at, number) for number in common for at in here[number]):
        if at >= free:
            runs = [_extended(left.forms, right.forms, at, start) for start in there[shingle][:REPEATS]]
            found.append(runs[0] if len(runs) == 1 else max(runs, key=lambda r: (r.length, -r.right)))
            free = at + found[-1].length - SHINGLE + 1
    return tuple(found)


def _extended(left: Shingle, right: Shingle, at: int, start: int) -> Run:
    length, most = SHINGLE, min(len(left) - at, len(right) - start)
    while length < most and left[at + length] == right[start + length]:
        length += 1
    return Run(at, start, length)


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
