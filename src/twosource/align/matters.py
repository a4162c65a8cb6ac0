"""Matters: whether two clauses of one speaker are of one matter, or each of its own.

Evidence: the names and times that each clause gives and the other one lacks, and the words with content that stand
around both: at the beginning of their articles, and close by.
"""

from collections.abc import Collection
from functools import lru_cache

from twosource.align.contrast import calendar
from twosource.align.utterances import Clause, Said, times_in
from twosource.align.words import keys, words
from twosource.article import Span, hull

LEAST_SHARED = 2
"""Different content words, beside the one that the change is about, that make two clauses of one matter by
themselves.
"""

SHARE_AROUND = 0.15
"""Least share of the words around that must be in common, of the side that has fewer."""

LEAST_AROUND = 3
"""Different content words around both, beside those compared, that make two stories one matter."""

AROUND = 300
"""Code points at the beginning of an article, and on each side of a quotation, that tell what it is about."""


def other_things(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether words beside two nouns make them two things ("bus fares", "train fares")."""
    return bool(one and other) and set(one).isdisjoint(other)


def names_in(clause: Clause) -> frozenset[str]:
    """Return the keys of the names in a clause, days and months aside."""
    text = clause.said.report.article.text
    inside = clause.seen[clause.cue + 1 :]
    return frozenset(w.key for w in inside if w.key and text[w.span.start].isupper() and not calendar(w))


def names_differ(one: Clause, other: Clause) -> bool:
    """Tell whether each clause has a name that the other one lacks."""
    left, right = names_in(one), names_in(other)
    return bool(left - right and right - left)


def times_differ(one: Clause, other: Clause) -> bool:
    """Tell whether both clauses name times and none of them is shared."""
    left, right = times_in(one), times_in(other)
    return bool(left and right) and not any(a[0] <= b[1] and b[0] <= a[1] for a in left for b in right)


def one_matter(one: Clause, other: Clause) -> bool | None:
    """Tell whether two clauses stand in one story, or in articles that have more than the clauses in common; None
    where these have nothing else in common.
    """
    if (one.said.story and one.said.story == other.said.story) or one.said.article == other.said.article:
        return True
    own = {*one.part.keys} & {*other.part.keys}
    left, right = _around(one.said) - own, _around(other.said) - own
    shared = len(left & right)
    return shared >= max(LEAST_AROUND, SHARE_AROUND * min(len(left), len(right))) if shared else None


def _around(said: Said) -> frozenset[str]:
    """Keys of what stands at the beginning of an article and around a quotation, without the name and roles of who
    speaks.
    """
    person = said.report.person(said.quotation.speaker)
    roles = (word for role in person.roles for word in role.split() if word.islower()) if person else ()
    known = " ".join((person.name, *roles)) if person else ""
    return _keys_around(said.report.article.text, hull(said.quotation.content), known)


@lru_cache(maxsize=512)
def _keys_around(text: str, place: Span, known: str) -> frozenset[str]:
    near = Span(max(0, place.start - AROUND), min(len(text), place.end + AROUND))
    named = keys(words(known, (Span(0, len(known)),)))
    return frozenset(keys(words(text, (Span(0, min(AROUND, len(text))), near)))) - {*named}
