"""Answered: what a speaker would not tell at one time, and told at a later one.

Evidence: the phrases of silence at the head of a quotation ("declined to say whether"), the words behind them, which
are what was asked, and later words of the same speaker that hold most of these. Who had told it before broke no
silence.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from twosource.align.matters import one_matter
from twosource.align.silence import ASKED, LEAST_ASKED
from twosource.align.standing import silent
from twosource.align.turning import Turn
from twosource.align.utterances import Clause, first_of, one_occasion
from twosource.align.words import keys
from twosource.article import hull

MOST_TOLD = 60
"""Clauses that hold one word of what was asked and are looked at; bounds the work."""


def answered(found: Sequence[Clause], spoken: Sequence[Clause]) -> Iterator[Turn]:
    """Yield each silence among ``found`` with the first later telling, among ``spoken``, of what was asked."""
    silences = [(clause, phrase) for clause in found if (phrase := silent(clause.seen))]
    held: dict[str, list[Clause]] = defaultdict(list)
    for clause in spoken if silences else ():
        for key in {*clause.part.keys}:
            held[key].append(clause)
    for clause, (first, end) in silences:
        asked = frozenset(keys(clause.seen[end:]))
        if asked and (late := _told(clause, asked, held)):
            shown = " ".join(w.span.of(clause.said.report.article.text) for w in clause.seen[first:end])
            enough = len(asked) > LEAST_ASKED
            yield Turn(
                kind="silence",
                sure=enough or (len(asked) == LEAST_ASKED and bool(one_matter(clause, late))),
                why=f"“{shown}” before, tells it later",
                early=clause,
                late=late,
                spans=(clause.span(first, len(clause.seen) - 1), hull(late.part.spans)),
                matter=tuple(sorted(asked)),
                states=("silent", "told"),
            )


def _told(silence: Clause, asked: frozenset[str], held: Mapping[str, Sequence[Clause]]) -> Clause | None:
    """The first clause that tells what was asked, if it came later than the silence."""
    rarest = min(asked, key=lambda key: (len(held.get(key, ())) or MOST_TOLD, key))
    told = [one for one in held.get(rarest, ())[:MOST_TOLD] if _answers(one, silence, asked)]
    later = [c for c in told if first_of(silence.when, c.when) and not _one_occasion(silence, c)]
    if not later or len(later) < len(told):
        return None
    return min(later, key=lambda c: (c.when.start, c.said.article, c.part.spans))


def _one_occasion(one: Clause, other: Clause) -> bool:
    return one_occasion(one.said, other.said, one.when, other.when)


def _answers(one: Clause, silence: Clause, asked: frozenset[str]) -> bool:
    """Tell whether a clause holds what was asked; where that is one word, in the same story alone."""
    shared = frozenset(one.part.keys) & asked
    if len(asked) >= LEAST_ASKED:
        return len(shared) >= max(LEAST_ASKED, ASKED * len(asked))
    return shared == asked and one.said.story is not None and one.said.story == silence.said.story
