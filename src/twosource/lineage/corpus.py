"""Text reuse over many articles of mixed stories: every two that have a passage in common, at the cost of reading them.

Evidence: the index of fingerprints proposes pairs, the words themselves confirm them and say where the passages stand.
Quotations are not told apart here: two texts that quote one interview are a pair as well.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from twosource.anchor import fold
from twosource.article import Span
from twosource.lineage.forms import forms
from twosource.lineage.index import Index
from twosource.lineage.reuse import Run, bridged, covered
from twosource.lineage.unions import unite

SHINGLE = 5
"""Words of a shingle, as in a story."""

WINDOW = 8
"""Shingles of which one is kept: a passage of 12 words is always found (as the notes on scale, section 2, tried it)."""

LEAST = 16
"""Words in common from which two texts are a pair: a long sentence (own judgement, 2026-11-22)."""

SPREAD = 0.2
"""Share of the shorter text from which passages that very many texts hold make every two of them a pair."""

GROUP = 400
"""Texts that hold one passage up to which every two are a pair even where it is a small part of them.

Beyond, each is paired with its next neighbours only: a notice below thousands of articles is no news.
"""


@dataclass(frozen=True, slots=True)
class Reuse:
    """Two texts, by number, ``left`` the smaller, with ``words`` in common; each share is a part of its text, 0 to 1.

    ``passages`` are spans of the left and the right text that agree but for small edits, in order of the left one.
    """

    left: int
    right: int
    words: int
    left_share: float
    right_share: float
    passages: tuple[tuple[Span, Span], ...]


def reuse_pairs(texts: Iterable[str], outlets: Sequence[str] = ()) -> Iterator[Reuse]:
    """Yield every two texts that have `LEAST` words in common in passages of a dozen words or more, in no set order.

    ``outlets`` names the publisher of each text ("" where unknown), so that phrases which one repeats are left out.
    Time and memory grow with the words and with the pairs found, not with the pairs there could be.
    """
    index, corpus = Index(SHINGLE, WINDOW), _Corpus()
    for number, text in enumerate(texts):
        index.add(corpus.add(text), outlets[number] if number < len(outlets) else "")
    close, near = set(index.close()), set(index.neighbours())
    beside: list[Reuse] = []
    for pair in sorted(close | near):
        found = corpus.compare(*pair, index)
        if found and pair in near:
            beside.append(found)
        if found:
            yield found
    further = set(_within(beside, len(index.prints))) - close - near
    yield from filter(None, (corpus.compare(*pair, index) for pair in sorted(further)))


def _within(found: Sequence[Reuse], count: int) -> Iterator[tuple[int, int]]:
    """Every two texts that neighbours join: by anything in small groups, by a fair part in large ones."""
    of_any = unite(count, ((r.left, r.right) for r in found))
    fair = (r for r in found if max(r.left_share, r.right_share) >= SPREAD)
    of_text = unite(count, ((r.left, r.right) for r in fair))
    for group in (*(g for g in of_any if len(g) <= GROUP), *of_text):
        yield from combinations(group, 2)


class _Corpus:
    """The words of many texts as numbers, with their places."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words: list[array[int]] = []
        self._starts: list[array[int]] = []
        self._ends: list[array[int]] = []

    def add(self, text: str) -> list[str]:
        """Keep a text and return its forms."""
        found = list(forms(fold(text)))
        self._words.append(array("I", (self._numbers.setdefault(form, len(self._numbers)) for form, _, _ in found)))
        self._starts.append(array("I", (start for _, start, _ in found)))
        self._ends.append(array("I", (end for _, _, end in found)))
        return [form for form, _, _ in found]

    def compare(self, left: int, right: int, index: Index) -> Reuse | None:
        """Return what two texts share, where it is enough."""
        a, b = self._words[left], self._words[right]
        groups = bridged(_grown(a, b, index.common(left, right)))
        first = [(g[0].left, g[-1].left + g[-1].length) for g in groups]
        second = [(g[0].right, g[-1].right + g[-1].length) for g in groups]
        here, there = covered(first), covered(second)
        if min(here, there) < LEAST:
            return None
        places = tuple((self._place(left, x), self._place(right, y)) for x, y in zip(first, second, strict=True))
        return Reuse(left, right, min(here, there), here / len(a), there / len(b), places)

    def _place(self, text: int, words: tuple[int, int]) -> Span:
        return Span(self._starts[text][words[0]], self._ends[text][words[1] - 1])


def _grown(left: "array[int]", right: "array[int]", seeds: Sequence[tuple[int, int]]) -> list[Run]:
    """Equal runs around places where both texts have one fingerprint, each as long as it goes, from left to right."""
    found: list[Run] = []
    reached: dict[int, int] = {}
    for at, start in seeds:
        if at < reached.get(start - at, 0):
            continue
        first, stop = at, at
        while first and start - at + first and left[first - 1] == right[start - at + first - 1]:
            first -= 1
        most = min(len(left), len(right) - start + at)
        while stop < most and left[stop] == right[start - at + stop]:
            stop += 1
        reached[start - at] = max(stop, at + 1)
        if stop - first >= SHINGLE:  # two shingles can have one hash
            found.append(Run(first, start - at + first, stop - first))
    return sorted(found, key=lambda run: (run.left, run.right))
