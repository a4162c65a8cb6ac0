"""Which of many texts share passages, without comparing all pairs: an index of winnowed fingerprints with positions.

Evidence: hashes of a few words in a row. Of every window of such hashes the smallest is kept, so that two texts with a
passage of ``shingle + window - 1`` words in common always share a fingerprint (Schleimer, Wilkerson, Aiken 2003).
Phrases that an outlet repeats from article to article are its own furniture and lead nowhere.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from zlib import crc32

MANY = 40
"""Holders of one fingerprint up to which every two are compared; of more, each is compared with the next one.

A text on a thousand sites stays one group that way, and a stock phrase costs as much as it has holders (own judgement,
2026-11-22; 10,000 made articles take 13 s and lose no pair of the sample).
"""

STANDING = 5
"""Articles of one outlet that hold a fingerprint before it can be the outlet's standing phrase."""

STANDING_SHARE = 0.1
"""Part of an outlet's articles that hold it (own judgement, 2026-11-22: no story fills a tenth of its output)."""

OUTPUT = 20
"""Articles of an outlet from which that can be told: a few of them may be one text over and over."""

CONTENT = 2
"""Words of four letters or more, or with a digit, that a shingle needs to be evidence of anything."""

_BASE = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_NEVER = 1 << 64

Print = tuple[int, int]
"""A fingerprint and the number of the word it begins at."""


def fingerprints(words: Sequence[str], shingle: int, window: int, known: dict[str, int]) -> list[Print]:
    """Return the fingerprints of a text in order of place; a shingle of small words only is never one.

    ``known`` keeps the numbers of words seen before; share one among the texts of an index. Linear in ``words``.
    """
    hashes = _hashes(words, shingle, known)
    if window == 1:
        return [(h, at) for at, h in enumerate(hashes) if h != _NEVER]
    found: list[Print] = []
    least, place = _NEVER, -1
    for at, value in enumerate(hashes):
        if value <= least:
            least, place = value, at
        elif place <= at - window:
            least, place = _least(hashes, at - window + 1, at)
        else:
            continue
        # the smallest of the first windows is only known when the first is full; earlier ones do no harm
        if least != _NEVER:
            found.append((least, place))
    return found


def _least(hashes: Sequence[int], first: int, last: int) -> Print:
    """The smallest of a window and its last place."""
    least = min(hashes[first : last + 1])
    return least, next(at for at in range(last, first - 1, -1) if hashes[at] == least)


def _hashes(words: Sequence[str], shingle: int, known: dict[str, int]) -> list[int]:
    """The hash of every shingle; `_NEVER` for those without enough content."""
    numbers = [known.get(w) or known.setdefault(w, _number(w)) for w in words]
    leaving = pow(_BASE, shingle, 1 << 64)
    found: list[int] = []
    value = heavy = 0
    for at, number in enumerate(numbers):
        value = (value * _BASE + number) & _MASK
        heavy += number & 1
        if at >= shingle:
            gone = numbers[at - shingle]
            value = (value - gone * leaving) & _MASK
            heavy -= gone & 1
        if at >= shingle - 1:
            # the high half of a product hash is the well-mixed one
            found.append(((value * _BASE) & _MASK) >> 20 if heavy >= CONTENT else _NEVER)
    return found


def _number(word: str) -> int:
    """A number for a word, never 0, the same on every machine; odd for words that carry content."""
    raw = word.encode("utf-8", "surrogatepass")
    return (crc32(raw) << 32 | crc32(raw, 1) << 1 | 1) - (len(word) <= 3 and not word.isdigit()) or 2


class Index:
    """Texts by their fingerprints. Add them all, then ask for the pairs; texts are numbered in the order added."""

    def __init__(self, shingle: int, window: int, many: int = MANY) -> None:
        """Take the words of a shingle, the shingles of which one is kept at least (1: all), and what are ``many``."""
        self.shingle, self.window, self.many = shingle, window, many
        self.prints: list[dict[int, int]] = []
        self._known: dict[str, int] = {}
        self._holders: dict[int, list[int]] = defaultdict(list)
        self._outlets: list[str] = []

    def add(self, words: Sequence[str], outlet: str = "") -> None:
        """Add a text; ``outlet`` is "" where nobody knows it."""
        # a fingerprint that comes back in a text is kept at its first place
        prints = dict(reversed(fingerprints(words, self.shingle, self.window, self._known)))
        for value in prints:
            self._holders[value].append(len(self.prints))
        self.prints.append(prints)
        self._outlets.append(outlet)

    def close(self) -> Iterator[tuple[int, int]]:
        """Yield every two texts, smaller number first, that share a fingerprint few texts hold; in no set order."""
        few = {tuple(h) for h in self._telling() if len(h) <= self.many}
        yield from {pair for held in few for pair in combinations(held, 2)}

    def neighbours(self) -> Iterator[tuple[int, int]]:
        """Yield every two texts that stand next to each other among the many that hold a fingerprint."""
        many = {tuple(h) for h in self._telling() if len(h) > self.many}
        yield from {pair for held in many for pair in pairwise(held)}

    def common(self, left: int, right: int) -> list[tuple[int, int]]:
        """Return where two texts have a fingerprint in common: the numbers of the words, in order of the left text."""
        a, b = self.prints[left], self.prints[right]
        smaller = a if len(a) <= len(b) else b
        return sorted((a[value], b[value]) for value in smaller if value in a and value in b)

    def _telling(self) -> Iterable[Sequence[int]]:
        """The holders of each fingerprint of several texts, those left out whose outlets repeat it everywhere."""
        written = Counter(self._outlets)
        return (self._without_standing(held, written) for held in self._holders.values() if len(held) > 1)

    def _without_standing(self, held: Sequence[int], written: Counter[str]) -> Sequence[int]:
        if len(held) < STANDING:
            return held
        by = Counter(self._outlets[number] for number in held)
        large = {o: n for o, n in by.items() if o and written[o] >= OUTPUT}
        house = {o for o, n in large.items() if n >= STANDING and n >= STANDING_SHARE * written[o]}
        return [number for number in held if self._outlets[number] not in house] if house else held
