"""Furniture of an outlet that no label caught: what several of its reports of one story repeat word for word.

Evidence: words that three reports of one outlet have in common, where they are a small part of each. Much of a text in
common is a text in several versions, never furniture.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from twosource.lineage.reuse import SHINGLE, Shingle
from twosource.lineage.told import Told

REPEATED = 3
"""Reports of one outlet that must hold the words (own judgement, 2026-11-22; two may be two versions)."""

MOST_WORDS = 80
"""Own words of a report that can be furniture: so many cannot hide more than a few lifted sentences."""

MOST_SHARE = 0.4
"""Part of a report's own words that can be."""


def without_furniture(texts: Sequence[Told], outlets: Sequence[str]) -> list[Told]:
    """Return ``texts`` with the repeated words of each outlet ("" where unknown) no longer counted as their own."""
    by_outlet: dict[str, list[int]] = defaultdict(list)
    for number, outlet in enumerate(outlets):
        if outlet:
            by_outlet[outlet].append(number)
    found = list(texts)
    for numbers in by_outlet.values():
        if len(numbers) >= REPEATED:
            held = Counter(s for n in numbers for s in set(_shingles(texts[n])))
            repeated = frozenset(s for s, count in held.items() if count >= REPEATED)
            for n in numbers:
                found[n] = _without(texts[n], repeated)
    return found


def _shingles(told: Told) -> list[Shingle]:
    return [told.forms[at : at + SHINGLE] for at in range(len(told.forms) - SHINGLE + 1)]


def _without(told: Told, repeated: frozenset[Shingle]) -> Told:
    own = bytearray(told.own)
    for at, shingle in enumerate(_shingles(told)):
        if shingle in repeated:
            own[at : at + SHINGLE] = bytes(SHINGLE)
    taken = told.own_words - sum(own)
    return replace(told, own=bytes(own)) if 0 < taken <= min(MOST_WORDS, MOST_SHARE * told.own_words) else told
