"""Sources of claims: which reported words of several reports go back to one source, and what it was.

Words that two reports both quote have one source; so have the words of one speaker to one outlet or before one public.
Two people never share a source, whatever words of theirs stand side by side in two copies.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from twosource.account import OriginKind
from twosource.article import Span
from twosource.lineage.claims import Claim
from twosource.lineage.occasions import Occasion
from twosource.lineage.pairs import Pair
from twosource.lineage.reuse import Run
from twosource.lineage.told import Told
from twosource.lineage.unions import unite
from twosource.lineage.witness import Witness

HALF_QUOTED = 8
"""Words in common, marked as quoted in one report only, from which they have one source."""


ALIKE = 70.0
"""Likeness of two surnames' keys, 0 to 100, from which they may be spellings of one (own judgement, 2026-11-22)."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a group of claims comes from. ``outlet`` is the outlet that heard it first, "" where nobody says one.

    ``kind`` is None where no report tells the occasion. ``speaker`` is the speaker's name in most of the claims.
    """

    claims: tuple[Claim, ...]
    kind: OriginKind | None
    outlet: str
    speaker: str

    @property
    def told(self) -> Iterator[Occasion]:
        """Return the occasions of the claims that are of the source's kind, and so tell of it."""
        occasions = (claim.occasion for claim in self.claims)
        return (o for o in occasions if o and o.outlet == self.outlet and o.kind == self.kind)

    @property
    def places(self) -> dict[str, list[Span]]:
        """Return, for each article, where it tells of the source; the reported words where it does not."""
        found: dict[str, list[Span]] = {}
        for claim in self.claims:
            occasion = claim.occasion
            if occasion and occasion.outlet == self.outlet and occasion.kind == self.kind:
                found.setdefault(claim.article, []).append(occasion.span)
        silent = [c for c in self.claims if c.article not in found]
        for claim in silent:
            found.setdefault(claim.article, []).append(claim.content)
        return {article: list(dict.fromkeys(spans)) for article, spans in found.items()}


class Sources:
    """The sources of all claims of a story; every claim stands in exactly one."""

    def __init__(self, witnesses: Sequence[Witness], pairs: Sequence[Pair]) -> None:
        claims = [c for w in witnesses for c in w.claims]
        self._index = _Index(claims, witnesses)
        ties = list(dict.fromkeys(tie for pair in pairs for tie in _ties(pair, self._index, whole=pair.one_text)))
        claims = _better_told(claims, ties)
        united = unite(len(claims), [*ties, *_same_occasion(claims)])
        groups = [part for group in united for part in _by_person(group, claims)]
        self.all = tuple(_source([claims[i] for i in group]) for group in groups)
        self._of = {i: source for group, source in zip(groups, self.all, strict=True) for i in group}
        self._claims = claims

    def at(self, article: str, first: int, last: int) -> list[Source]:
        """Return the sources of the reported words from word ``first`` of an article up to, not including, ``last``."""
        return [self._of[i] for i in self._index.at(article, first, last)]

    def of(self, article: str) -> Iterator[tuple[Claim, Source]]:
        """Return each claim of an article with its source."""
        return ((self._claims[i], self._of[i]) for i in self._index.all_of(article))


class _Reach(NamedTuple):
    """A claim by its number, and the told words its content touches: from ``first`` up to, not including, ``end``.

    ``begins`` is the first word that begins inside the content.
    """

    number: int
    first: int
    end: int
    begins: int


class _Index:
    """Finds the claims, by number, whose words stand in a stretch of an article."""

    def __init__(self, claims: Sequence[Claim], witnesses: Sequence[Witness]) -> None:
        self._claims = claims
        self._outlets = [c.occasion.outlet if c.occasion else "" for c in claims]
        self._people = [c.speaker if c.person else None for c in claims]
        told = {w.id: w.told for w in witnesses}
        ordered = sorted((c.article, c.content, i) for i, c in enumerate(claims))
        self._held = {
            article: _Held([_reach(told[article], content, i) for _, content, i in held], len(told[article].forms))
            for article, held in groupby(ordered, key=itemgetter(0))
        }

    def all_of(self, article: str) -> Iterator[int]:
        """Return the claims of an article, in order of their words."""
        return (reach.number for reach in self.held(article).known)

    def may_join(self, left: int, right: int, *, whole: bool) -> bool:
        """Tell whether two claims do not say that they come from two different outlets, or from two people.

        What outlet a copy names for the words of the text it copies (``whole``) makes no second source of them.
        """
        outlet, other = self._outlets[left], self._outlets[right]
        if not whole and outlet and other and outlet != other:
            return False
        one, two = self._people[left], self._people[right]
        return one is None or two is None or _one_name(one, two)

    def at(self, article: str, first: int, last: int) -> list[int]:
        """Return the claims of an article whose content touches its words from ``first`` to before ``last``."""
        return [reach.number for reach in self.held(article).at(first, last)]

    def held(self, article: str) -> "_Held":
        """Return the claims of one article."""
        return self._held.get(article, _NOTHING)


class _Held:
    """The claims of one article in order of their words."""

    def __init__(self, known: Sequence[_Reach], words: int) -> None:
        self.known = known
        self._from = _from(known, words)

    def at(self, first: int, last: int) -> list[_Reach]:
        """Return those whose content touches the article's words from ``first`` to before ``last``."""
        found: list[_Reach] = []
        known = self.known
        for i in range(self._from[first] if known else 0, len(known)):
            reach = known[i]
            if reach.first >= last:
                break
            if reach.end > first:
                found.append(reach)
        return found


def _reach(told: Told, content: Span, number: int) -> _Reach:
    return _Reach(
        number,
        bisect_right(told.ends, content.start),
        bisect_left(told.starts, content.end),
        bisect_left(told.starts, content.start),
    )


def _from(known: Sequence[_Reach], words: int) -> list[int]:
    """For each word of an article the first claim, in order, that reaches beyond it."""
    found: list[int] = []
    at = 0
    ends = list(accumulate((reach.end for reach in known), max))
    for word in range(words):
        while at < len(ends) and ends[at] <= word:
            at += 1
        found.append(at)
    return found


_NOTHING = _Held((), 0)


def _ties(pair: Pair, index: _Index, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Claims of two reports with words in common: quoted ones, or any where the texts are one (``whole``)."""
    if shared := pair.shared:
        here, there = index.held(pair.left.id), index.held(pair.right.id)
        half = (run for run in shared.half_quoted if run.length >= HALF_QUOTED)
        for run in shared.runs if whole else dict.fromkeys((*shared.quoted, *half)):
            for left in here.at(run.left, run.left + run.length):
                for right in there.at(*_same_words(run, left)):
                    if index.may_join(left.number, right.number, whole=whole):
                        yield left.number, right.number


def _better_told(claims: Sequence[Claim], ties: Sequence[tuple[int, int]]) -> list[Claim]:
    """Take an occasion that was only carried over to words off them where another report tells one of these words."""
    told = {i for tie in ties for i, other in (tie, tie[::-1]) if claims[other].occasion and not claims[other].carried}
    return [replace(c, occasion=None) if c.carried and i in told else c for i, c in enumerate(claims)]


def _same_words(run: Run, left: _Reach) -> tuple[int, int]:
    """Where the words of a claim that lie in a run stand in the right report: from, and up to but not including."""
    first = min(max(left.begins, run.left), run.left + run.length - 1)
    stop = min(max(left.end, first + 1), run.left + run.length)
    moved = run.right - run.left
    return first + moved, stop + moved


def _same_occasion(claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Claims of one speaker to one outlet, or on one kind of public occasion, each with the one before it."""
    last: dict[tuple[str, ...], int] = {}
    for index, claim in enumerate(claims):
        if claim.speaker and (occasion := claim.occasion):
            # an interview that names no outlet was given to the report's own
            here = occasion.kind, claim.article if occasion.kind == "interview" else ""
            key = (claim.speaker, occasion.outlet, *(() if occasion.outlet else here))
            if key in last:
                yield last[key], index
            last[key] = index


@lru_cache(maxsize=65536)
def _one_name(left: str, right: str) -> bool:
    """Tell whether two keys of surnames may be one name: equal, one inside the other, or spelled nearly alike."""
    return left in right or right in left or ratio(left, right) >= ALIKE


def _by_person(group: Sequence[int], claims: Sequence[Claim]) -> Iterator[list[int]]:
    """Part a group of claims that words without a known speaker have chained together; those come last."""
    parts: list[tuple[str, list[int]]] = []
    others: list[int] = []
    for i in group:
        claim = claims[i]
        if not claim.person:
            others.append(i)
        elif part := next((held for name, held in parts if _one_name(name, claim.speaker)), None):
            part.append(i)
        else:
            parts.append((claim.speaker, [i]))
    if len(parts) < 2:
        yield list(group)
        return
    for _, held in parts:
        yield held
    if others:
        yield others


def _source(claims: Sequence[Claim]) -> Source:
    """The source of claims that belong together: the outlet most of them name, else the occasion most of them name.

    Occasions told of the words themselves go before those carried over; more writings than outlets make it a writing.
    """
    direct = [c.occasion for c in claims if c.occasion and not c.carried]
    written = [o for o in direct if o.kind == "press_release"]
    if 2 * len(written) > len(direct):
        direct = written
    occasions = direct or [c.occasion for c in claims if c.occasion]
    outlets = Counter(o.outlet for o in occasions if o.outlet)
    outlet = min(outlets, key=lambda name: (-outlets[name], name), default="")
    kinds = Counter(o.kind for o in occasions if o.outlet == outlet)
    kind = min(kinds, key=lambda k: (k != "interview", -kinds[k], k), default=None)
    names = Counter(c.name for c in claims if c.name)
    return Source(tuple(claims), kind, outlet, min(names, key=lambda n: (-names[n], -len(n), n), default=""))
