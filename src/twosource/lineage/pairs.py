"""Two reports side by side: what their own words say about copying, before anybody's sources are asked.

A copy may be cut, reordered, lightly edited and given another headline; a stub may hold the headline alone.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from twosource.account import LinkKind
from twosource.lineage.alike import Alike, find_alike
from twosource.lineage.reuse import FEW, Shared, equal_words, find_shared
from twosource.lineage.witness import Witness

COPY = 0.85
"""Share of own words from which a text is a copy; below, it was reworked.

95 pairs of news_cluster and basil: copies 0.97 to 1.0, rewrites 0.32 to 0.78, 2026-11-22; as all constants here.
"""

PARTIAL = 0.2
"""Share of own words from which a text is partly a copy; reports not copied have at most 0.12, copies 0.31 and more."""

LEAST = 15
"""Own words in common below which a small share means nothing."""

LIFTED = 15
"""Own words of a passage, small edits bridged, from which a sentence was lifted; reports not copied have at most 12."""

PADDED = 80
"""Own words in long passages from which two texts are one, whatever else was put around them: three sentences or four.

Reports of one event that are not copies have at most 57 in 702 pairs of news_cluster and basil and 373 of wikinews.
"""

PASSAGE = 10
"""Words of a passage that counts for that; the chance runs of two long texts are shorter."""

REWORDED = 0.35
"""Share of own words in sentences told alike from which a text was gone over.

Reports not copied have at most 0.30 (702 pairs of news_cluster and basil, 373 of wikinews, read by eye where near);
texts with a third cut, the rest shuffled, a tenth of the words and all names changed have 0.38 and more. Swept 0.2 to
0.4.
"""

LEAST_ALIKE = 20
"""Own words in such sentences that this needs."""

WHOLE = 0.6
"""Share of all told words, quoted or not, from which two texts are one: marks around it make a copy no quotation.

Reports that quote one release or one interview have at most 0.46.
"""

LEAST_WHOLE = 30
"""Words in common that this needs: two short reports may both be hardly more than one quotation."""

STUB = 40
"""Own words of a report up to which an equal headline makes it a copy: there is nothing else in it."""

HEADLINE = 6
"""Words of a headline that nobody writes twice."""


@dataclass(frozen=True, eq=False)
class Pair:
    """Two reports of a story, ``left`` having the smaller id, and what their texts share (None: nothing).

    ``crowded`` is true in stories of more than `FEW` reports: what two texts without an own run in common share is then
    not looked for, because of the number of pairs.
    """

    left: Witness
    right: Witness
    shared: Shared | None
    crowded: bool = False

    @cached_property
    def own_share(self) -> float:
        """Containment of own words, 0 to 1."""
        return self.shared.own_share if self.shared else 0.0

    @property
    def copied_share(self) -> float:
        """Part of the shorter text that was copied, edited sentences included, 0 to 1."""
        whole = self.share if self._whole >= WHOLE else 0.0
        return max(
            self.own_share, whole, 0.0 if self.own_share >= PARTIAL or not self.gone_over else self.gone_over.share
        )

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
        """Return "copy" or "partial_copy" where the words of the two reports tell it, else None."""
        if self.left.told.forms == self.right.told.forms != ():
            return "copy"
        if self.shared and (self.own_share >= COPY or _stub(self) or self._whole >= COPY):
            return "copy"
        return "partial_copy" if self._reworked or self._lifted else None

    @property
    def one_text(self) -> bool:
        """Tell whether the two count as one text: more than a lifted sentence is common to them."""
        return self.text == "copy" or (self.text is not None and self._reworked)

    @cached_property
    def _reworked(self) -> bool:
        fair = self.own_share >= PARTIAL and self.own_words >= LEAST
        return fair or self._whole >= WHOLE or self._padded or self.gone_over is not None

    @cached_property
    def _passages(self) -> tuple[int, ...]:
        """The words of each passage of own words."""
        return tuple(map(equal_words, self.shared.own_passages)) if self.shared else ()

    @property
    def _padded(self) -> bool:
        return sum(words for words in self._passages if words >= PASSAGE) >= PADDED

    @property
    def _whole(self) -> float:
        """The share of all told words, where it is of more than a few; 0 elsewhere."""
        told = self.shared
        return told.share if told and sum(run.length for run in told.runs) >= LEAST_WHOLE else 0.0

    @cached_property
    def gone_over(self) -> Alike | None:
        """Return the sentences of one that were gone over to make the other's, where they are a fair part of a text."""
        if self.crowded and not (self.shared and self.shared.own):
            return None
        left, right = self.left.told, self.right.told
        own = find_alike(left.own_sentences, right.own_sentences)
        if own.share >= REWORDED and own.words >= LEAST_ALIKE:
            return own
        told = find_alike(left.sentences, right.sentences)
        return told if told.share >= WHOLE and told.words >= LEAST_WHOLE else None

    @property
    def _lifted(self) -> bool:
        """Tell whether a sentence was lifted; an outlet's two reports may repeat its standing phrases."""
        house = self.left.outlet and self.left.outlet == self.right.outlet
        return not house and max(self._passages, default=0) >= LIFTED


def all_pairs(witnesses: Sequence[Witness]) -> tuple[Pair, ...]:
    """Return every two witnesses, in order of their ids."""
    known = {(s.left.id, s.right.id): s for s in find_shared([w.told for w in witnesses])}
    ordered = sorted(witnesses, key=lambda w: w.id)
    crowded = len(ordered) > FEW
    return tuple(Pair(a, b, known.get((a.id, b.id)), crowded) for i, a in enumerate(ordered) for b in ordered[i + 1 :])


def _stub(pair: Pair) -> bool:
    """Tell whether one of the reports is little more than the other's headline."""
    left, right = (_headline(w) for w in (pair.left, pair.right))
    return left == right and len(left) >= HEADLINE and min(pair.left.told.own_words, pair.right.told.own_words) <= STUB


def _headline(witness: Witness) -> tuple[str, ...]:
    told = witness.told
    end = next((b.end for b in witness.report.blocks if b.kind == "headline"), 0)
    return told.forms[: bisect_left(told.starts, end)]


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
