"""An inverted index over the live articles: which are nearest to a vector, without a look at the others.

Evidence: postings of rare terms. The rarest terms of an article are read first, until `BUDGET` postings have been read,
so that an answer costs the same however many articles are live; what is found is then compared exactly.
"""

from array import array
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from twosource.stories.features import BITS, Features

Terms = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]
Vector = tuple[Terms, Floats]

_NOTHING: Vector = (np.zeros(1, np.uint32), np.zeros(1, np.float32))
"""The vector of an article without words: one term of no weight, so that every stretch of terms has a first."""

BUDGET = 4_000
"""Postings read for one article."""

NOTICED = 0.003
"""Least part of the product that the terms read must give before an article is looked at. With 0.03 far stories are not
seen and crowding is taken too low: pair F1 85.0 instead of 88.2 on the mean of the story sets (2026-11-22).
"""

SPARE = 1_000
"""Dropped articles that may lie in the index before it is cleaned, or as many as are live."""


class Index:
    """Live articles by their terms. Every answer is a function of the live articles and their order of arrival."""

    def __init__(self) -> None:
        """Begin without an article."""
        self._slot: dict[str, int] = {}
        self._names: list[str] = []
        self._rows: list[Vector] = []
        self._postings: dict[int, array[int]] = {}
        self._dead: Counter[int] = Counter()
        self._sums = np.zeros(1024, np.float32)
        self._last = np.zeros(1024, np.int32)
        self._live = np.zeros(1024, np.bool_)
        self._scratch = np.zeros(1 << BITS, np.float32)

    def __len__(self) -> int:
        """Return the number of live articles."""
        return len(self._slot)

    def add(self, article: str, found: Features) -> None:
        """Take in an article that is not there yet."""
        slot = len(self._names)
        terms, weights = np.frombuffer(found.terms, np.uint32), np.frombuffer(found.weights, np.float32)
        self._slot[article] = slot
        self._names.append(article)
        self._rows.append((terms, weights) if len(terms) else _NOTHING)
        if slot >= len(self._sums):
            self._sums = np.zeros(2 * slot, np.float32)
            self._last = np.zeros(2 * slot, np.int32)
            self._live = np.concatenate((self._live, np.zeros(2 * slot - len(self._live), np.bool_)))
        self._live[slot] = True
        postings = self._postings
        rare = found.rare
        for term, bits in zip(terms[:rare].tolist(), weights[:rare].view(np.uint32).tolist(), strict=True):
            known = postings.get(term)
            if known is None:
                postings[term] = array("I", (slot, bits))
            else:
                known.append(slot)
                known.append(bits)

    def drop(self, article: str, found: Features) -> None:
        """Forget an article and the features it was added with."""
        slot = self._slot.pop(article)
        self._rows[slot] = _NOTHING
        self._live[slot] = False
        self._dead.update(np.frombuffer(found.terms, np.uint32)[: found.rare].tolist())
        if len(self._names) - len(self._slot) > max(SPARE, len(self._slot)):
            self._clean()

    def near(self, found: Features, most: int) -> list[str]:
        """Return at most ``most`` live articles that share rare terms with ``found``, nearest first."""
        slots, products = self._read(found)
        if not len(slots):
            return []
        np.add.at(self._sums, slots, products)
        found_at = np.arange(len(slots), dtype=np.int32)
        self._last[slots] = found_at
        once = (self._last[slots] == found_at) & self._live[slots]
        noticed = slots[once]
        sums = self._sums[noticed]
        self._sums[slots] = 0
        enough = sums >= NOTICED
        noticed, sums = noticed[enough], sums[enough]
        if len(noticed) > 2 * most:
            least = np.partition(sums, len(sums) - 2 * most)[len(sums) - 2 * most]
            noticed, sums = noticed[sums >= least], sums[sums >= least]
        order = np.lexsort((noticed, -sums))
        return [self._names[slot] for slot in noticed[order][:most].tolist()]

    def _read(self, found: Features) -> tuple[Places, Floats]:
        """The postings of the rarest terms: slots, and the products of both weights."""
        postings, dead = self._postings, self._dead
        terms = np.frombuffer(found.terms, np.uint32)[: found.rare].tolist()
        known = [(len(p) >> 1, t, i, p) for i, t in enumerate(terms) if (p := postings.get(t))]
        if dead:
            known = [(n - dead.get(t, 0), t, i, p) for n, t, i, p in known]
        known.sort()
        left = BUDGET
        read: list[Terms] = []
        places: list[int] = []
        for live, _, place, posting in known:
            if read and live > left:
                break
            left -= live
            read.append(np.frombuffer(posting, np.uint32))
            places.append(place)
        if not read:
            return np.empty(0, np.intp), np.empty(0, np.float32)
        both = np.concatenate(read)
        own = np.frombuffer(found.weights, np.float32)[places]
        weights = both[1::2].copy().view(np.float32) * np.repeat(own, [len(r) // 2 for r in read])
        return both[::2].astype(np.intp), weights

    def products(self, found: Features, articles: Sequence[str]) -> Floats:
        """Return the exact product of ``found`` with each of ``articles`` (live)."""
        terms, weights = np.frombuffer(found.terms, np.uint32), np.frombuffer(found.weights, np.float32)
        return self._products(terms, weights, [self._rows[self._slot[article]] for article in articles])

    def _products(
        self,
        terms: Terms,
        weights: Floats,
        rows: Sequence[Vector],
    ) -> Floats:
        if not rows:
            return np.empty(0, np.float32)
        self._scratch[terms] = weights
        starts = np.zeros(len(rows), np.intp)
        np.cumsum([len(row[0]) for row in rows[:-1]], out=starts[1:])
        values = self._scratch.take(np.concatenate([row[0] for row in rows]), mode="clip")
        values *= np.concatenate([row[1] for row in rows])
        self._scratch[terms] = 0
        products: Floats = np.add.reduceat(values, starts)
        return products

    def matrix(self, articles: Sequence[str]) -> Floats:
        """Return the exact products of all pairs of ``articles`` (live), symmetric."""
        rows = [self._rows[self._slot[article]] for article in articles]
        return np.stack([self._products(*row, rows) for row in rows]) if rows else np.zeros((0, 0), np.float32)

    def _clean(self) -> None:
        """Renumber the live articles and drop the postings of the others."""
        kept = sorted(self._slot.values())
        place = np.full(len(self._names), -1, np.int64)
        place[kept] = np.arange(len(kept))
        self._names = [self._names[slot] for slot in kept]
        self._rows = [self._rows[slot] for slot in kept]
        self._slot = {name: i for i, name in enumerate(self._names)}
        fresh: dict[int, array[int]] = {}
        for term, posting in self._postings.items():
            pairs = np.frombuffer(posting, np.uint32).reshape(-1, 2)
            new = place[pairs[:, 0]]
            if (alive := new >= 0).any():
                pairs = pairs[alive].copy()
                pairs[:, 0] = new[alive]
                fresh[term] = array("I", pairs.tobytes())
        self._postings = fresh
        self._dead.clear()
        self._sums = np.zeros(max(1024, 2 * len(kept)), np.float32)
        self._last = np.zeros(len(self._sums), np.int32)
        self._live = np.arange(len(self._sums)) < len(kept)
