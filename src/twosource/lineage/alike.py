"""Sentences that two reports tell in nearly the same words: what is left of a copy when every few words were changed.

Evidence: the longest common subsequence of the words of two sentences. Two people who write about one event seldom have
half the words of a sentence in common in one order; somebody who goes over another's text leaves more than that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

LEAST = 6
"""Words of a sentence, and of what two of them have in common, below which likeness is chance."""

ALIKE = 0.5
"""Part of the shorter sentence's words that both have in one order (news_cluster and basil, 0.5, 0.6; 2026-11-22)."""

LONGEST = 60
"""Words after which a sentence is cut: longer ones are lists, or text without stops."""

COMMON = 20
"""Sentences of one report that may hold a word for it to lead to them."""

TRIED = 2
"""Sentences of the other report that are tried for each, those with most words in common first."""

SHOWN = 3
"""Pairs of sentences given as evidence."""

VOCABULARY = 0.3
"""Part of the smaller vocabulary in common below which no sentence is looked at; edited copies have half and more."""


Range = tuple[int, int]
"""Numbers of the first word of a stretch and of the one behind it."""


@dataclass(frozen=True, slots=True)
class Alike:
    """What two reports tell in nearly the same words: the larger share of either's words, 0 to 1, and how many.

    ``sentences`` are where they stand in the left and the right text, those with most words in common first.
    """

    share: float = 0.0
    words: int = 0
    sentences: tuple[tuple[Range, Range], ...] = ()


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text, less those of fewer than `LEAST` words; ``holding``: which hold a content word."""

    words: tuple[tuple[str, ...], ...]
    places: tuple[Range, ...]
    content: tuple[tuple[str, ...], ...]
    holding: Mapping[str, Sequence[int]]
    total: int


def part(forms: Iterable[tuple[str, bool]]) -> Sentences:
    """Return the sentences of a text from its words, each with whether one ends behind it."""
    found: list[list[tuple[int, str]]] = [[]]
    for at, (form, ends) in enumerate(forms):
        if form:
            found[-1].append((at, form))
        if ends or len(found[-1]) >= LONGEST:
            found.append([])
    kept = [sentence for sentence in found if len(sentence) >= LEAST]
    words = tuple(tuple(form for _, form in sentence) for sentence in kept)
    places = tuple((sentence[0][0], sentence[-1][0] + 1) for sentence in kept)
    # in order, not as sets, so that equals are always tried in one order
    content = tuple(tuple(dict.fromkeys(w for w in sentence if len(w) > 3)) for sentence in words)
    holding: dict[str, list[int]] = defaultdict(list)
    for number, telling in enumerate(content):
        for word in telling:
            holding[word].append(number)
    return Sentences(words, places, content, holding, sum(map(len, words)))


def find_alike(left: Sentences, right: Sentences) -> Alike:
    """Return what two texts tell alike. Linear in their length."""
    common = len(left.holding.keys() & right.holding.keys())
    if common < VOCABULARY * min(len(left.holding), len(right.holding)):
        return Alike()
    of_left = [0] * len(left.words)
    of_right = [0] * len(right.words)
    matches = sorted(_matches(left, right), key=lambda m: -m[2])
    for i, j, length in matches:
        of_left[i], of_right[j] = max(of_left[i], length), max(of_right[j], length)
    share = max(sum(of_left) / max(1, left.total), sum(of_right) / max(1, right.total))
    shown = tuple((left.places[i], right.places[j]) for i, j, _ in matches[:SHOWN])
    return Alike(min(1.0, share), min(sum(of_left), sum(of_right)), shown)


def _matches(left: Sentences, right: Sentences) -> Iterator[tuple[int, int, int]]:
    """Sentences that are alike, by number, with how many words they have in common."""
    from rapidfuzz.distance import LCSseq

    for i, (words, content) in enumerate(zip(left.words, left.content, strict=True)):
        held = [numbers for word in content if (numbers := right.holding.get(word)) and len(numbers) <= COMMON]
        for j, common in Counter(j for numbers in held for j in numbers).most_common(TRIED):
            other = right.words[j]
            if 3 * common >= min(len(content), len(right.content[j])) and (
                length := LCSseq.similarity(words, other)
            ) >= max(LEAST, ALIKE * min(len(words), len(other))):
                yield i, j, length
