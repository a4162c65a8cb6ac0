"""Two reports side by side: what their own words say about copying, before anybody's sources are asked.

A copy may be cut, reordered, lightly edited and given another headline; a stub may hold the headline alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from twosource.account import LinkKind
from twosource.lineage.reuse import Shared, find_shared
from twosource.lineage.witness import Witness

COPY = 0.8
"""Share of own words from which a text is a copy; below, it was reworked.

95 pairs of news_cluster and basil: copies 0.95 to 1.0, rewrites 0.42 to 0.77, 2026-11-22; as all constants here.
"""

PARTIAL = 0.2
"""Share of own words from which a text is partly a copy; independent reports share at most 0.05, quoting ones 0.17."""

LEAST = 15
"""Own words in common below which a small share means nothing."""

LIFTED = 14
"""Own words in a row beyond which a sentence was lifted; reports not copied have at most 10, lifted ones 15 and 17."""

STUB = 40
"""Own words of a report up to which an equal headline makes it a copy: there is nothing else in it."""

HEADLINE = 6
"""Words of a headline that nobody writes twice."""


@dataclass(frozen=True, eq=False)
class Pair:
    """Two reports of a story, ``left`` having the smaller id, and what their texts share (None: nothing)."""

    left: Witness
    right: Witness
    shared: Shared | None

    @cached_property
    def own_share(self) -> float:
        """Containment of own words, 0 to 1."""
        return self.shared.own_share if self.shared else 0.0

    @property
    def share(self) -> float:
        """Containment of all told words, 0 to 1."""
        return self.shared.share if self.shared else 0.0

    @cached_property
    def own_words(self) -> int:
        """Own words in common."""
        return self.shared.own_words if self.shared else 0

    @cached_property
    def text(self) -> LinkKind | None:
        """Return "copy" or "partial_copy" where the own words of the two reports tell it, else None."""
        if self.shared is None:
            return None
        if self.own_share >= COPY or _stub(self):
            return "copy"
        return "partial_copy" if self._reworked or self._lifted else None

    @property
    def one_text(self) -> bool:
        """Tell whether the two count as one text: more than a lifted sentence is common to them."""
        return self.text == "copy" or (self.text is not None and self._reworked)

    @property
    def _reworked(self) -> bool:
        return self.own_share >= PARTIAL and self.own_words >= LEAST

    @property
    def _lifted(self) -> bool:
        """Tell whether a sentence was lifted; an outlet's two reports may repeat its standing phrases."""
        house = self.left.outlet and self.left.outlet == self.right.outlet
        return not house and any(run.length > LIFTED for run in self.shared.own) if self.shared else False


def all_pairs(witnesses: Sequence[Witness]) -> tuple[Pair, ...]:
    """Return every two witnesses, in order of their ids."""
    known = {(s.left.id, s.right.id): s for s in find_shared([w.told for w in witnesses])}
    ordered = sorted(witnesses, key=lambda w: w.id)
    return tuple(Pair(a, b, known.get((a.id, b.id))) for i, a in enumerate(ordered) for b in ordered[i + 1 :])


def _stub(pair: Pair) -> bool:
    """Tell whether one of the reports is little more than the other's headline."""
    left, right = (_headline(w) for w in (pair.left, pair.right))
    return left == right and len(left) >= HEADLINE and min(pair.left.told.own_words, pair.right.told.own_words) <= STUB


def _headline(witness: Witness) -> tuple[str, ...]:
    told = witness.told
    end = next((b.end for b in witness.report.blocks if b.kind == "headline"), 0)
    return tuple(form for form, start in zip(told.forms, told.starts, strict=True) if start < end)


def released(pairs: Sequence[Pair]) -> frozenset[Pair]:
    """Return the pairs whose own words in common are a release's.

    One of the two is the release, or both have half as many words at least from one that is a third report.
    """
    copied = [pair for pair in pairs if pair.text]
    taken: dict[str, dict[str, int]] = defaultdict(dict)
    for pair in copied:
        for release, other in ((pair.left, pair.right), (pair.right, pair.left)):
            if release.release:
                taken[other.id][release.id] = pair.own_words
    return frozenset(pair for pair in copied if pair.left.release or pair.right.release or _both_took(pair, taken))


def _both_took(pair: Pair, taken: Mapping[str, Mapping[str, int]]) -> bool:
    left, right = taken[pair.left.id], taken[pair.right.id]
    return any(min(left[release], right[release]) >= pair.own_words / 2 for release in left.keys() & right.keys())
