"""When a found span, name or figure counts as the one the gold has: spans are compared as sets of words."""

import re
import unicodedata
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

Offsets = Sequence[int]
"""[start, end] in code points."""

WORD = re.compile(r"\w+")

LEAST_SHARED = 0.4
"""Share of the union of two word sets that makes them one telling; the same bar as the shared gold's own scorer."""

PASSED_OVER = frozenset(["the", "a", "an", "his", "her", "its", "their", "our", "mr", "mrs", "ms", "dr", "s"])


class Words:
    """The words of a text by number, so that a span becomes the set of words it touches."""

    def __init__(self, text: str) -> None:
        self._owner = {c: n for n, m in enumerate(WORD.finditer(text)) for c in range(*m.span())}

    def of(self, spans: Iterable[Offsets]) -> frozenset[int]:
        return frozenset(self._owner[c] for s, e in spans for c in range(s, e) if c in self._owner)


@dataclass(slots=True)
class Tally:
    """Hits among the gold's and the found: precision, recall and F1 in per cent."""

    hits: int = 0
    gold: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, gold: Collection[Hashable], found: Collection[Hashable], hits: int, what: str = "") -> None:
        self.hits, self.gold, self.found = self.hits + hits, self.gold + len(gold), self.found + len(found)
        if hits < max(len(gold), len(found)):
            self.wrong.append(f"{what}: {hits} right of {len(gold)}, {len(found)} found")

    @property
    def f1(self) -> float:
        return 200 * self.hits / (self.gold + self.found) if self.gold + self.found else 0.0


@dataclass(slots=True)
class Share:
    """How many of how many are right, in per cent."""

    right: int = 0
    n: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, right: bool, what: str = "") -> None:
        self.n += 1
        self.right += right
        if not right and what:
            self.wrong.append(what)

    @property
    def value(self) -> float:
        return 100 * self.right / self.n if self.n else 0.0


def alike(gold: frozenset[int], found: frozenset[int]) -> bool:
    """Tell whether two word sets are one telling: enough shared, or the gold in a span not three times its size."""
    both = len(gold & found)
    if not both:
        return False
    return both >= LEAST_SHARED * len(gold | found) or (both >= 0.8 * len(gold) and len(found) <= 3 * len(gold))


def best(gold: frozenset[int], found: Sequence[frozenset[int]], used: set[int]) -> int | None:
    """Return the place of the free word set that is most like the gold's, or None where none is alike."""
    free = [n for n, words in enumerate(found) if n not in used and alike(gold, words)]
    return max(free, key=lambda n: (len(gold & found[n]) / len(gold | found[n]), -n)) if free else None


def match(gold: Sequence[frozenset[int]], found: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """Pair the gold's word sets with the found ones, each used once, in the gold's order."""
    used: set[int] = set()
    pairs = []
    for g, words in enumerate(gold):
        at = best(words, found, used)
        if at is not None:
            used.add(at)
            pairs.append((g, at))
    return pairs


def name_words(name: str | None) -> list[str]:
    """Return the words of a name in lower case, without marks, titles and determiners."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name or "") if not unicodedata.combining(c)).lower()
    return [w for w in WORD.findall(plain) if w not in PASSED_OVER]


def one_name(gold: str | None, found: str | None) -> bool:
    """Tell whether two names mean one speaker: one's words among the other's, or surnames that begin alike."""
    x, y = name_words(gold), name_words(found)
    if not x or not y:
        return not x and not y
    if set(x) <= set(y) or set(y) <= set(x):
        return True
    return x[-1][:5] == y[-1][:5] and len(x[-1]) >= 5 and x[0][0] == y[0][0]


def pairs_of(tellings: Sequence[tuple[str, Hashable]]) -> list[tuple[int, int]]:
    """Return every two places whose first members, the articles, differ."""
    return [(a, b) for a in range(len(tellings)) for b in range(a) if tellings[a][0] != tellings[b][0]]
