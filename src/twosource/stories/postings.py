"""Which articles have a term, and with what weight: one array for all terms, and where in it each begins."""

import numpy as np
import numpy.typing as npt

from twosource.stories.features import BITS

Terms = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]

BLOCK = 20_000
"""Terms cleaned at a time, so that a cleaning takes little memory beyond that of the postings."""

_BEGIN, _COUNT, _ROOM, _DEAD = range(4)
"""What is known of a term: where its postings begin, how many there are and may be, and how many are of dropped
articles.
"""


class Postings:
    """The postings of each term, in the order in which they were added.

    A posting is 64 bits: the article's slot in the lower half, its weight (float) in the upper.
    """

    def __init__(self) -> None:
        """Begin without a posting."""
        self._terms = np.zeros((1 << BITS, 4), np.int32)
        self._pool = np.zeros(1024, np.uint64)
        self._used = 0

    def add(self, slot: int, terms: Terms, weights: Terms) -> None:
        """Add a posting to each of ``terms``, which are different ones; ``weights`` are the bits of floats."""
        known = self._terms[terms]
        if (full := known[:, _COUNT] == known[:, _ROOM]).any():
            self._widen(terms[full], known[full])
            known = self._terms[terms]
        self._pool[known[:, _BEGIN] + known[:, _COUNT]] = weights.astype(np.uint64) << 32 | slot
        self._terms[terms, _COUNT] += 1

    def _widen(self, terms: Terms, known: npt.NDArray[np.int32]) -> None:
        """Move the postings of terms to where there is room for twice as many."""
        room = np.maximum(4, 2 * known[:, _ROOM].astype(np.intp))
        begin = self._used + room.cumsum() - room
        self._used += int(room.sum())
        if self._used > len(self._pool):
            more = self._used + self._used // 2 - len(self._pool)
            self._pool = np.concatenate((self._pool, np.empty(more, np.uint64)))
        counts = known[:, _COUNT]
        if counts.any():
            self._pool[stretches(begin, counts)] = self._pool[stretches(known[:, _BEGIN], counts)]
        self._terms[terms, _BEGIN] = begin
        self._terms[terms, _ROOM] = room

    def drop(self, terms: Terms) -> None:
        """Note that one posting of each of ``terms`` is of an article that was dropped."""
        self._terms[terms, _DEAD] += 1

    def read(self, terms: Terms, weights: Floats, most: int) -> tuple[Places, Floats]:
        """Return the slots in the postings of the rarest of ``terms``, and the products of both weights.

        Terms are read while they have at most ``most`` live postings in all, and one of them in any case.
        """
        known = self._terms[terms]
        live = known[:, _COUNT] - known[:, _DEAD]
        order = np.lexsort((terms, live))
        live = live[order]
        begin = int(np.searchsorted(live, 0, "right"))
        order = order[begin : max(begin + 1, int(np.searchsorted(live.cumsum(), most, "right")))]
        counts = known[order, _COUNT]
        found = self._pool.take(stretches(known[order, _BEGIN], counts)).view(np.uint32)
        return found[::2].astype(np.intp), found[1::2].view(np.float32) * weights.take(order).repeat(counts)

    def clean(self, place: npt.NDArray[np.int64]) -> None:
        """Give every slot its new number in ``place``; the postings of slots that have none (-1) go."""
        terms = np.flatnonzero(self._terms[:, _COUNT])
        blocks = [self._alive(block, place) for block in np.array_split(terms, 1 + len(terms) // BLOCK)]
        left = np.concatenate([counts for counts, _ in blocks])
        room = left + left // 4 + 1
        begin = room.cumsum() - room
        self._used = int(room.sum())
        self._pool = np.empty(self._used + self._used // 4 + 1024, np.uint64)
        self._terms[:] = 0
        self._terms[terms] = np.stack((begin, left, room, np.zeros_like(left)), axis=1)
        done = 0
        for counts, postings in blocks:
            self._pool[stretches(begin[done : done + len(counts)], counts)] = postings
            done += len(counts)

    def _alive(
        self, terms: Places, place: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint64]]:
        """How many postings of each of ``terms`` are left, and those postings, with new slots."""
        counts = self._terms[terms, _COUNT]
        postings = self._pool[stretches(self._terms[terms, _BEGIN], counts)]
        slots = place[(postings & 0xFFFFFFFF).astype(np.intp)]
        alive = slots >= 0
        left = np.add.reduceat(alive, counts.cumsum() - counts, dtype=np.int32) if len(terms) else counts
        renumbered = postings[alive] >> 32 << 32 | slots[alive].astype(np.uint64)
        return left, renumbered.astype(np.uint64, copy=False)


def stretches(begin: npt.NDArray[np.integer], counts: npt.NDArray[np.integer]) -> Places:
    """Return the places from each ``begin`` on, as many as ``counts`` says, one stretch behind the other."""
    after = counts.cumsum()
    places = np.arange(after[-1] if len(after) else 0)
    places += (begin - after + counts).repeat(counts)
    return places
