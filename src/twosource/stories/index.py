"""An inverted index over the live articles: which are nearest to a vector, without a look at the others.

Evidence: postings of rare terms. The rarest terms of an article are read first, until `BUDGET` postings have been read,
so that an answer costs the same however many articles are live; what is found is then compared exactly.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from twosource.stories.features import BITS, Features
from twosource.stories.postings import Places, Postings, Terms

Floats = npt.NDArray[np.float32]

_NOTHING: Terms = np.zeros((2, 1), np.uint32)
"""The row of an article without words: one term of no weight, so that every stretch of terms has a first."""

BUDGET = 2_000
"""Live postings read for one article. Of 1,000 to 4,000 the best on the story sets, by 0.1 BCubed F1 (2026-11-22)."""

NOTICED = 0.003
"""Least part of the product that the terms read must give before an article is looked at. With 0.03 far stories are not
seen and crowding is taken too low: pair F1 85.0 instead of 88.2 on the mean of the story sets (2026-11-22).
"""

SEEN = 120
"""Articles of which the nearest stories are taken; with more, to 400, the story sets come out the same (2026-11-22)."""

SPARE = 1_000
"""Dropped articles that may lie in the index before it is cleaned, or `SPARE_SHARE` of the live ones."""

SPARE_SHARE = 0.25


class Index:
    """Live articles by their terms, and the story of each. Every answer is a function of the live articles, their
    stories and their order of arrival.

    An article's slot is its number in the index; a cleaning gives new ones, in the same order.
    """

    def __init__(self) -> None:
        """Begin without an article."""
        self._slot: dict[str, int] = {}
        self._names: list[str] = []
        self._rows: list[Terms] = []
        self._widths = np.zeros(1024, np.intp)
        self._postings = Postings()
        self._stories: dict[str, int] = {}
        self._titles: list[str] = []
        self._story = np.zeros(1024, np.int32)
        self._sums = np.zeros(1024, np.float32)
        self._live = np.zeros(1024, np.bool_)
        self._scratch = np.zeros(1 << BITS, np.float32)

    def __len__(self) -> int:
        """Return the number of live articles."""
        return len(self._slot)

    def add(self, article: str, found: Features, story: str = "") -> None:
        """Take in an article that is not there yet."""
        slot = len(self._names)
        row = np.frombuffer(found.terms + found.weights, np.uint32).reshape(2, -1)
        self._slot[article] = slot
        self._names.append(article)
        self._rows.append(row if row.size else _NOTHING)
        if slot >= len(self._sums):
            more = slot
            self._sums = np.zeros(slot + more, np.float32)
            self._live = np.concatenate((self._live, np.zeros(more, np.bool_)))
            self._widths = np.concatenate((self._widths, np.ones(more, np.intp)))
            self._story = np.concatenate((self._story, np.zeros(more, np.int32)))
        self._live[slot] = True
        self._story[slot] = self._numbered(story)
        self._widths[slot] = max(1, row.shape[1])
        self._postings.add(slot, *row[:, : found.rare])

    def drop(self, article: str, found: Features) -> None:
        """Forget an article and the features it was added with."""
        slot = self._slot.pop(article)
        self._rows[slot] = _NOTHING
        self._widths[slot] = 1
        self._live[slot] = False
        self._postings.drop(np.frombuffer(found.terms, np.uint32)[: found.rare])
        if len(self._names) - len(self._slot) > max(SPARE, SPARE_SHARE * len(self._slot)):
            self._clean()

    def assign(self, article: str, story: str) -> None:
        """Note that a live article is of another story now."""
        self._story[self._slot[article]] = self._numbered(story)

    def _numbered(self, story: str) -> int:
        if (number := self._stories.setdefault(story, len(self._titles))) == len(self._titles):
            self._titles.append(story)
        return number

    def slots(self, articles: Iterable[str]) -> list[int]:
        """Return the slots of live articles."""
        return [self._slot[article] for article in articles]

    def near(self, found: Features, most: int, but: str = "") -> dict[str, float]:
        """Return at most ``most`` stories with articles that share rare terms with ``found``, and the exact product
        with that article of each which shares most, highest first; ``but`` is not looked at.
        """
        slots = self._nearest(found, most, self._slot.get(but, -1))
        if not slots:
            return {}
        first = np.array(slots, np.intp)
        products = self._products(found, first)
        order = (-products).argsort(kind="stable")
        titles = self._titles
        stories = [titles[number] for number in self._story.take(first.take(order)).tolist()]
        return dict(zip(stories, products.take(order).tolist(), strict=True))

    def _nearest(self, found: Features, most: int, but: int) -> list[int]:
        """The slots of the articles that share most, one of each story."""
        slots = self._noticed(found)
        stories = self._story.take(slots)
        first: dict[int, int] = {}
        for slot, story in zip(slots.tolist(), stories.tolist(), strict=True):
            if story not in first and slot != but:
                first[story] = slot
                if len(first) == most:
                    break
        return list(first.values())

    def _noticed(self, found: Features) -> Places:
        """The slots of the live articles that share most with ``found`` in the terms read, most first."""
        rare = found.rare
        terms, weights = np.frombuffer(found.terms, np.uint32, rare), np.frombuffer(found.weights, np.float32, rare)
        slots, products = self._postings.read(terms, weights, BUDGET)
        if not len(slots):
            return slots
        sums = self._sums
        np.add.at(sums, slots, products)
        found_sums = sums.take(slots)
        places = np.arange(1, len(slots) + 1, dtype=np.float32)
        sums[slots] = places
        once = sums.take(slots) == places
        sums[slots] = 0
        once &= found_sums >= NOTICED
        once &= self._live.take(slots)
        noticed, sums = slots[once], found_sums[once]
        if len(noticed) > SEEN:
            least = np.partition(sums, -SEEN)[-SEEN]
            noticed, sums = noticed[sums >= least], sums[sums >= least]
        nearest: Places = noticed[np.lexsort((noticed, -sums))][:SEEN]
        return nearest

    def products(self, found: Features, slots: Sequence[int]) -> Floats:
        """Return the exact product of ``found`` with the article of each slot."""
        return self._products(found, np.array(slots, np.intp)) if slots else np.empty(0, np.float32)

    def _products(self, found: Features, slots: Places) -> Floats:
        terms, weights = np.frombuffer(found.terms, np.uint32), np.frombuffer(found.weights, np.float32)
        return self._along(terms, weights, *self._joined(slots))

    def _joined(self, slots: Places) -> tuple[Terms, Floats, Places]:
        """The terms and weights of articles, one behind the other, and where each begins."""
        rows, widths = self._rows, self._widths.take(slots)
        joined = np.concatenate([rows[slot] for slot in slots.tolist()], axis=1)
        return joined[0], joined[1].view(np.float32), np.cumsum(widths) - widths

    def _along(self, terms: Terms, weights: Floats, others: Terms, theirs: Floats, begin: Places) -> Floats:
        """The products of one vector with those that begin at ``begin`` of ``others`` and ``theirs``."""
        self._scratch[terms] = weights
        values = self._scratch.take(others, mode="clip")
        self._scratch[terms] = 0
        values *= theirs
        products: Floats = np.add.reduceat(values, begin)
        return products

    def matrix(self, articles: Sequence[str]) -> Floats:
        """Return the exact products of all pairs of ``articles`` (live), symmetric."""
        if not articles:
            return np.zeros((0, 0), np.float32)
        slots = np.array(self.slots(articles), np.intp)
        joined = self._joined(slots)
        rows = [self._rows[slot] for slot in slots.tolist()]
        return np.stack([self._along(row[0], row[1].view(np.float32), *joined) for row in rows])

    def _clean(self) -> None:
        """Renumber the live articles and drop the postings of the others."""
        kept = sorted(self._slot.values())
        place = np.full(len(self._names), -1, np.int64)
        place[kept] = np.arange(len(kept))
        self._names = [self._names[slot] for slot in kept]
        self._rows = [self._rows[slot] for slot in kept]
        stories = [self._titles[number] for number in self._story[kept].tolist()]
        self._stories, self._titles = {}, []
        self._slot = {name: i for i, name in enumerate(self._names)}
        self._postings.clean(place)
        self._sums = np.zeros(max(1024, 2 * len(kept)), np.float32)
        self._live = np.arange(len(self._sums)) < len(kept)
        self._widths = np.ones(len(self._sums), np.intp)
        self._widths[: len(kept)] = [row.shape[1] for row in self._rows]
        self._story = np.zeros(len(self._sums), np.int32)
        self._story[: len(kept)] = [self._numbered(story) for story in stories]
