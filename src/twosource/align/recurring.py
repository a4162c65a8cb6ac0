"""Recurring: which of very many quotations of one speaker may be on one matter at different times.

Evidence: pairs of content words, next to each other or with one between, in quotations of days far enough apart. The
fewer quotations share a pair, the more it says, and those count more in which words of denial, commitment or stance
differ. It only proposes what is read closely (`positions`), so that the work does not grow with the square of what a
speaker said.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from twosource.align.contrast import ContrastTable
from twosource.align.positionwords import PositionsTable
from twosource.align.utterances import APART
from twosource.align.words import key
from twosource.anchor import fold
from twosource.lang import ENGLISH, Language

COMMON = 60
"""Quotations from which on a pair of words says nothing of a matter."""

SAME = 0.2
"""What a pair counts, of 1, where the quotations that share it have the same kinds of marks: they may have other
figures."""

LOOKED_AT = 40
"""Words of a quotation that are looked at."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def recurring(told: Sequence[tuple[int, str]], most: int, lang: Language = ENGLISH) -> list[int]:
    """Return the indices, in order, of at most ``most`` quotations (number of the day, words) that recur at another
    time.

    Of quotations in the same words only the first is returned.
    """
    if len(told) <= most:
        return list(range(len(told)))
    at = [day for day, _ in told]
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    known: set[tuple[str | int, ...]] = set()
    keyed: dict[str, tuple[str, int]] = {}
    marked = [0] * len(told)
    for i, (_, said) in enumerate(told):
        found, marked[i] = _keys(said, keyed, lang)
        if (*found, marked[i]) not in known:
            known.add((*found, marked[i]))
            for pair in _pairs(found):
                holders[pair].append(i)
    scores = [0.0] * len(told)
    for held in holders.values():
        if 1 < len(held) <= COMMON and max(days := [at[i] for i in held]) - min(days) >= APART:
            weight = (1.0 if len({marked[i] for i in held}) > 1 else SAME) / len(held)
            for i in held:
                scores[i] += weight
    best = sorted((i for i, score in enumerate(scores) if score), key=lambda i: (-scores[i], i))[:most]
    return sorted(best)


def _keys(said: str, keyed: dict[str, tuple[str, int]], lang: Language) -> tuple[tuple[str, ...], int]:
    """The words with content of a quotation, and which kinds of marks it has, one bit each; ``keyed`` keeps what each
    form stands for.
    """
    found, marked = [], 0
    for form in _WORD.findall(fold(said[: 12 * LOOKED_AT]).lower())[:LOOKED_AT]:
        if form not in keyed:
            keyed[form] = key(form, lang), _marks(lang).get(form, 0)
        content, mark = keyed[form]
        marked |= mark
        if content:
            found.append(content)
    return tuple(found), marked


@cache
def _marks(lang: Language) -> dict[str, int]:
    """The words that turn a position, by their kind: denials, low commitments, one of two sides and the other."""
    contrast, table = lang.table("contrast", ContrastTable), lang.table("positions", PositionsTable)
    sides = [line.partition("|") for line in table.contraries]
    kinds = (
        f"{contrast.negators} {contrast.refusals} {table.intending}",
        " ".join(contrast.commitment[0]),
        " ".join((*table.favour, *(one for one, _, _ in sides))),
        " ".join((*table.against, *(other for _, _, other in sides))),
    )
    return {form: 1 << n for n, forms in enumerate(kinds) for form in forms.split()}


def _pairs(found: Sequence[str]) -> set[tuple[str, str]]:
    near = {*pairwise(found), *zip(found, found[2:], strict=False)}
    return {pair if pair[0] < pair[1] else (pair[1], pair[0]) for pair in near}
