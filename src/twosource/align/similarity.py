"""How alike two stretches of text are: TF-IDF over the story's own sentences, and how much of one the other contains.

Evidence: content words only, compared by key. Similarity proposes what may tell the same; it never says that two
tellings agree, because every such measure puts a contradicting copy above a true paraphrase (tried: TF-IDF, BM25,
sentence encoders).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TypeVar

Keys = tuple[str, ...]

COMMON = 400
"""Holders from which on a word, run or number proposes no pair: bounds the work on hostile or huge inputs. Fifty
reports of 800 words have no such content word.
"""

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Weights:
    """How telling each word is in this story. Sentences that several articles share word for word count once."""

    sentences: int
    within: Mapping[str, int]

    def of(self, key: str) -> float:
        """Return the word's weight, at least 1: smoothed inverse document frequency, natural logarithm."""
        return 1.0 + math.log((1 + self.sentences) / (1 + self.within.get(key, 0)))

    def vector(self, keys: Keys) -> "Vector":
        """Return the words as a vector for comparing."""
        weighted = {key: self.of(key) * (1 + math.log(count)) for key, count in Counter(keys).items()}
        return vector(weighted)


@dataclass(frozen=True, slots=True)
class Vector:
    """Content words with their weights, the vector's length, and the sum of the weights."""

    weighted: Mapping[str, float]
    length: float
    whole: float


def vector(weighted: Mapping[str, float]) -> Vector:
    """Return the vector of these weights."""
    return Vector(weighted, math.sqrt(math.fsum(w * w for w in weighted.values())), math.fsum(weighted.values()))


def weigh(sentences: Iterable[Keys]) -> Weights:
    """Learn the weights from the story's sentences, each given as keys; order and copies play no part."""
    distinct = {tuple(sorted(s)) for s in sentences if s}
    return Weights(len(distinct), Counter(key for s in distinct for key in set(s)))


def cosine(left: Vector, right: Vector) -> float:
    """Return the cosine of the angle between the two, 0 to 1; 0 where one is empty."""
    if not left.length or not right.length:
        return 0.0
    a, b = left.weighted, right.weighted
    if len(b) < len(a):
        a, b = b, a
    # fsum: exact, so that the order of words and of the two sides plays no part
    return math.fsum(w * b[key] for key, w in a.items() if key in b) / (left.length * right.length)


def containment(left: Vector, right: Vector) -> float:
    """Return how much of ``left``'s weight stands in ``right``, 0 to 1: 1 where ``right`` has all its words."""
    if not left.whole:
        return 0.0
    return math.fsum(w for key, w in left.weighted.items() if key in right.weighted) / left.whole


def rarest(found: Vector, most: int) -> tuple[str, ...]:
    """Return the ``most`` weightiest words of a vector, of equals the first by letters: enough to look likes up by."""
    return tuple(sorted(found.weighted, key=lambda key: (-found.weighted[key], key))[:most])


def run_length(left: Sequence[str], right: Sequence[str]) -> int:
    """Return the length of the longest run of words that stands in both."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(right):
        places[word].append(i)
    best, ends = 0, dict[int, int]()
    for word in left:
        ends = {i: ends.get(i - 1, 0) + 1 for i in places.get(word, ())}
        best = max(best, *ends.values()) if ends else best
    return best


def proposed(held: Iterable[Iterable[T]]) -> Counter[tuple[int, int]]:
    """Return the pairs (low, high) of indices that share something, and how much: the inverted index of all pair
    searches.

    ``held`` gives for each index, from 0 on, what it holds, each only once. What `COMMON` or more hold proposes
    nothing.
    """
    holders: dict[T, list[int]] = defaultdict(list)
    for i, things in enumerate(held):
        for thing in things:
            holders[thing].append(i)
    # most words of a shared sentence have the same holders: those are paired once
    times = Counter(tuple(indices) for indices in holders.values() if 1 < len(indices) < COMMON)
    found: Counter[tuple[int, int]] = Counter()
    for shared in sorted(set(times.values())):
        alike = (combinations(indices, 2) for indices, n in times.items() if n == shared)
        counts = Counter(chain.from_iterable(alike))
        if not found and shared == 1:
            found = counts
            continue
        for pair, n in counts.items():
            found[pair] += n * shared
    return found
