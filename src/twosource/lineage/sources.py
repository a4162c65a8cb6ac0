"""Sources of claims: which reported words of several reports go back to one source, and what it was.

Words that two reports both quote have one source; so have the words of one speaker to one outlet or before one public.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from twosource.account import OriginKind
from twosource.article import Span
from twosource.lineage.claims import Claim
from twosource.lineage.pairs import Pair
from twosource.lineage.reuse import Run, Shared
from twosource.lineage.unions import unite
from twosource.lineage.witness import Witness

HALF_QUOTED = 8
"""Words in common, marked as quoted in one report only, from which they have one source."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a group of claims comes from. ``outlet`` is the outlet that heard it first, "" where nobody says one.

    ``kind`` is None where no report tells the occasion. ``speaker`` is the speaker's name in most of the claims.
    """

    claims: tuple[Claim, ...]
    kind: OriginKind | None
    outlet: str
    speaker: str


class Sources:
    """The sources of all claims of a story; every claim stands in exactly one."""

    def __init__(self, witnesses: Sequence[Witness], pairs: Sequence[Pair]) -> None:
        claims = [c for w in witnesses for c in w.claims]
        self._index = _Index(claims)
        ties = [tie for pair in pairs for tie in _ties(pair, self._index, whole=pair.one_text)]
        groups = unite(len(claims), [*ties, *_same_occasion(claims)])
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
        self._longest = {article: max(c.width for c, _ in known) for article, known in self._known.items()}

    def all_of(self, article: str) -> Iterator[int]:
        """Return the claims of an article, in order of their words."""
        return (index for _, index in self._known.get(article, ()))

    def content(self, claim: int) -> Span:
        """Return where a claim's reported words stand."""
        return self._claims[claim].content

    def may_join(self, left: int, right: int) -> bool:
        """Tell whether two claims do not say that they come from two different outlets."""
        outlets = {o.outlet for i in (left, right) if (o := self._claims[i].occasion) and o.outlet}
        return len(outlets) < 2

    def at(self, article: str, span: Span) -> Iterator[int]:
        known = self._known.get(article, [])
        if not known:
            return
        first = bisect_left(known, (Span(span.start - self._longest[article], 0), 0))
        for content, index in islice(known, first, None):
            if content.start >= span.end:
                return
            if content.overlaps(span):
                yield index


def _ties(pair: Pair, index: _Index, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Claims of two reports with words in common: quoted ones, or any where the texts are one (``whole``)."""
    if shared := pair.shared:
        half = (run for run in shared.half_quoted if run.length >= HALF_QUOTED)
        for run in shared.runs if whole else (*shared.quoted, *half):
            for left in index.at(pair.left.id, shared.left.place(run.left, run.left + run.length)):
                same = _same_words(shared, run, index.content(left))
                yield from ((left, right) for right in index.at(pair.right.id, same) if index.may_join(left, right))


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


def _source(claims: Sequence[Claim]) -> Source:
    """The source of claims that belong together: the outlet most of them name, else the occasion most of them name."""
    occasions = [c.occasion for c in claims if c.occasion]
    outlets = Counter(o.outlet for o in occasions if o.outlet)
    outlet = min(outlets, key=lambda name: (-outlets[name], name), default="")
    kinds = Counter(o.kind for o in occasions if o.outlet == outlet)
    kind = min(kinds, key=lambda k: (k != "interview", -kinds[k], k), default=None)
    names = Counter(c.name for c in claims if c.name)
    return Source(tuple(claims), kind, outlet, min(names, key=lambda n: (-names[n], -len(n), n), default=""))
