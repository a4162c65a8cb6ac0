"""Counting: which reports count as one.

Those that carry one text, whole or reworked, or one agency's text, that rewrote one release, and that lean on one other
outlet. A shared press conference does not make reports one. In doubt they are one: the count is an upper bound.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from twosource.extract.outlets import squeezed
from twosource.lineage.pairs import Pair
from twosource.lineage.sources import Sources
from twosource.lineage.unions import unite
from twosource.lineage.witness import Witness

LEAN = 0.5
"""Part of a report's reported words that another outlet heard first, from which the report leans on that outlet."""

LEAN_ALL = 0.8
"""Part of them that other outlets heard first, from which the report leans on each that gives a fair part of it."""

LEAN_EACH = 0.25
"""That fair part. All three set on the seven accounts of 2010 to 2025 and read against 62 more stories, 2026-11-22."""


def leanings(witness: Witness, sources: Sources) -> tuple[str, ...]:
    """Return the outlets, other than its own, on whose reporting a report mainly rests, in alphabetical order.

    Words given to nobody, of which no occasion is told, show no source of its own: `LEAN_ALL` is of all others.
    """
    words: Counter[str] = Counter()
    names: dict[str, str] = {}
    total = sourced = 0
    for claim, source in sources.of(witness.id):
        total += claim.words
        sourced += claim.words if claim.given or claim.occasion or source.kind else 0
        outlet = claim.occasion.outlet if claim.occasion and claim.occasion.outlet else source.outlet
        if outlet and (key := squeezed(outlet)) not in witness.publishers:
            words[key] += claim.words
            names.setdefault(key, outlet)
    least = LEAN_EACH if sum(words.values()) >= LEAN_ALL * sourced else LEAN
    return tuple(sorted({names[key] for key, n in words.items() if n >= least * total} | set(witness.credited)))


def count_as_one(
    witnesses: Sequence[Witness], copies: Sequence[Pair], leaning: Mapping[str, Sequence[str]]
) -> list[list[int]]:
    """Return the groups of witnesses, by number, that count as one report each. ``copies`` are pairs of one text."""
    number = {w.id: i for i, w in enumerate(witnesses)}
    ties = [(number[pair.left.id], number[pair.right.id]) for pair in copies]
    holders: dict[str, list[int]] = defaultdict(list)
    for i, witness in enumerate(witnesses):
        for name in {squeezed(name) for name in (*witness.agencies, *leaning[witness.id])}:
            holders[name].append(i)
    for name, held in holders.items():
        # one of the outlet's own reports is the one leant on; its others are still reports of their own
        publishing = [i for i, w in enumerate(witnesses) if squeezed(w.outlet) == name][:1]
        ties += ((held[0], other) for other in (*held, *publishing))
    return unite(len(witnesses), ties)
