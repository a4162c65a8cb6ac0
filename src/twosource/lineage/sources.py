"""Sources of claims: which reported words of several reports go back to one source, and what it was.

Words that two reports both quote have one source; so have the words of one speaker to one outlet or before one public.
Two people never share a source, whatever words of theirs stand side by side in two copies.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from twosource.account import OriginKind
from twosource.article import Span
from twosource.lineage.claims import Claim
from twosource.lineage.occasions import Occasion
from twosource.lineage.pairs import Pair
from twosource.lineage.reuse import Run, Shared
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
        self._index = _Index(claims)
        ties = [tie for pair in pairs for tie in _ties(pair, self._index, whole=pair.one_text)]
        claims = _better_told(claims, ties)
        united = unite(len(claims), [*ties, *_same_occasion(claims)])
        groups = [part for group in united for part in _by_person(group, claims)]
        self.all = tuple(_source([claims[i] for i in group]) for group in groups)
        self._of = {i: source for group, source in zip(groups, self.all, strict=True) for i in group}
        self._claims = claims

    def at(self, article: str, span: Span) -> list[Source]:
        """Return the sources of the reported words in a stretch of an article."""
        return [self._of[i] for i in self._index.at(article, span)]

    def of(self, article: str) -> Iterator[tuple[Claim, Source]]:
        """Return each claim of an article with its source."""
        return ((self._claims[i], self._of[i]) for i in self._index.all_of(article))


class _Index:
    """Finds the claims, by number, whose words stand in a stretch of an article."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._known: dict[str, list[tuple[Span, int]]] = defaultdict(list)
        for index, claim in enumerate(claims):
            self._known[claim.article].append((claim.content, index))
        for known in self._known.values():
            known.sort()
        self._starts = {article: [content.start for content, _ in known] for article, known in self._known.items()}
        self._longest = {article: max(c.width for c, _ in known) for article, known in self._known.items()}

    def all_of(self, article: str) -> Iterator[int]:
        """Return the claims of an article, in order of their words."""
        return (index for _, index in self._known.get(article, ()))

    def content(self, claim: int) -> Span:
        """Return where a claim's reported words stand."""
        return self._claims[claim].content

    def may_join(self, left: int, right: int, *, whole: bool) -> bool:
        """Tell whether two claims do not say that they come from two different outlets, or from two people.

        What outlet a copy names for the words of the text it copies (``whole``) makes no second source of them.
        """
        one, other = self._claims[left], self._claims[right]
        outlets = {o.outlet for o in (one.occasion, other.occasion) if o and o.outlet}
        two_people = one.person and other.person and not _one_name(one.speaker, other.speaker)
        return (whole or len(outlets) < 2) and not two_people

    def at(self, article: str, span: Span) -> list[int]:
        """Return the claims of an article whose words a stretch of it touches."""
        if not (known := self._known.get(article)):
            return []
        starts = self._starts[article]
        first = bisect_left(starts, span.start - self._longest[article])
        begun = known[first : bisect_left(starts, span.end, first)]
        return [index for content, index in begun if content.end > span.start]


def _ties(pair: Pair, index: _Index, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Claims of two reports with words in common: quoted ones, or any where the texts are one (``whole``)."""
    if shared := pair.shared:
        here, there = pair.left.id, pair.right.id
        half = (run for run in shared.half_quoted if run.length >= HALF_QUOTED)
        for run in shared.runs if whole else dict.fromkeys((*shared.quoted, *half)):
            for left in index.at(here, shared.left.place(run.left, run.left + run.length)):
                for right in index.at(there, _same_words(shared, run, index.content(left))):
                    if index.may_join(left, right, whole=whole):
                        yield left, right


def _better_told(claims: Sequence[Claim], ties: Sequence[tuple[int, int]]) -> list[Claim]:
    """Take an occasion that was only carried over to words off them where another report tells one of these words."""
    told = {i for tie in ties for i, other in (tie, tie[::-1]) if claims[other].occasion and not claims[other].carried}
    return [replace(c, occasion=None) if c.carried and i in told else c for i, c in enumerate(claims)]


def _same_words(shared: Shared, run: Run, content: Span) -> Span:
    """Where the words of ``content`` that lie in a run stand in the right report."""
    first = bisect_left(shared.left.starts, content.start, run.left, run.left + run.length - 1)
    stop = bisect_left(shared.left.starts, content.end, first + 1, run.left + run.length)
    moved = run.right - run.left
    return shared.right.place(first + moved, stop + moved)


def _same_occasion(claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Claims of one speaker to one outlet, or on one kind of public occasion, each with the one before it."""
    last: dict[tuple[str, str, str], int] = {}
    for index, claim in enumerate(claims):
        if claim.speaker and (occasion := claim.occasion):
            key = (claim.speaker, occasion.outlet, "" if occasion.outlet else occasion.kind)
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
