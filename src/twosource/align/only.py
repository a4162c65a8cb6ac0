"""Only: what one report alone tells, the weightiest first.

Evidence: statements and figures without a telling elsewhere, and sentences that no other report comes near. A
statement whose words another report tells in its own voice is not alone.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, takewhile

from twosource.account import Conflict, FigureLine, Only, OnlyWhat, Statement
from twosource.align.passages import Passage, passages, story_weights, touching
from twosource.align.similarity import COMMON, Keys, Vector, Weights, containment, cosine
from twosource.align.words import keys, words
from twosource.anchor import fold
from twosource.article import Span, Spans, hull
from twosource.report import Report

NEAR = 0.3
"""Cosine with a sentence of another report from which on a sentence is told there too. On seven hand-made accounts 14
of 203 lines are told elsewhere after all, and 51 of 78 lines of one report are found; swept 0.25 to 0.5, 2026-11-22.
"""

WITHIN = 0.6
"""Share of a telling's words in one sentence of another report from which on it is told there too; swept 0.5 to 0.8
without much effect.
"""

LEAST = 4
"""Content words a passage must have to be listed."""

LEAST_SAID = 2
"""Content words that words not in quotation marks must have to be listed."""

MOST = 20
"""Lines listed for one report; swept 12 to 30."""

FADES = 12
"""Sentences after which a passage's weight is halved, because reports tell the weightiest first."""

TAKEN_UP = 0.2
"""Share of a line's words that a sentence must hold to build on it. No measure of weight tried (words, place, building
on, links to the story) orders the lines of a report as the hand-made accounts select them (0.44 to 0.57 of pairs, 250
lines, 2026-11-22), so this follows what an editor asked for.
"""

FEW = 60
"""Sentences from which on a word is the story's, and says nothing of what builds on what."""

_WEIGHT: Mapping[OnlyWhat, float] = {"statement": 1.25, "figure": 1.1, "event": 1.0, "passage": 0.8}


class _Story:
    """The sentences of all reports, found by the words they hold."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.weights: Weights = story_weights(reports)
        self.reports = {report.id: report for report in reports}
        self.sentences = [passage for report in reports for passage in passages(report)]
        self.vectors = [self.weights.vector(passage.keys) for passage in self.sentences]
        self.ranks = {(p.article, p.span): i for report in reports for i, p in enumerate(passages(report))}
        self.holders: dict[str, list[int]] = defaultdict(list)
        for at, vector in enumerate(self.vectors):
            for key in vector.weighted:
                self.holders[key].append(at)

    def keys(self, article: str, spans: Spans) -> Keys:
        """The keys of places in an article."""
        return keys(words(self.reports[article].article.text, spans))

    def sentence(self, article: str, span: Span) -> Passage | None:
        """The first sentence that a place touches."""
        return next(iter(touching(self.reports[article], span)), None)

    def elsewhere(self, article: str, seen: Keys) -> bool:
        """Tell whether another report has a sentence that tells ``seen``."""
        vector = self.weights.vector(seen)
        tried: set[int] = set()
        for key in _telling(vector):
            held = self.holders.get(key, ())
            for at in held if len(held) < COMMON else ():
                if at not in tried and self.sentences[at].article != article:
                    tried.add(at)
                    if _near(vector, self.vectors[at]):
                        return True
        return False

    def ended(self, passage: Passage) -> bool:
        """Tell whether a passage ends as a sentence does: what does not is furniture or a line of a list."""
        end = fold(passage.span.of(self.reports[passage.article].article.text)[-4:]).rstrip("\"')] ")
        return end[-1:] in {".", "?", "!", "…"}

    def weight(self, one: Only) -> float:
        """How much a line says and how much builds on it, less the further down it stands."""
        sentence = self.sentence(one.article, one.span)
        rank = self.ranks[sentence.article, sentence.span] if sentence else 0
        vector = self.weights.vector(self.keys(one.article, (one.span,)))
        said = sum(self.weights.of(key) for key in sorted(vector.weighted))
        return _WEIGHT[one.what] * said * (1 + self._built_on(vector, sentence)) / (1 + rank / FADES)

    def _built_on(self, vector: Vector, own: Passage | None) -> float:
        """How many other sentences, of any report, take up a share of the words; each counts by that share."""
        taken: dict[int, float] = defaultdict(float)
        for key, weight in vector.weighted.items():
            held = self.holders.get(key, ())
            for at in held if len(held) < FEW else ():
                taken[at] += weight
        parts = (taken[at] / vector.whole for at in sorted(taken) if self.sentences[at] is not own)
        return sum(part for part in parts if part >= TAKEN_UP)


def _telling(vector: Vector) -> list[str]:
    """The rarest words of a stretch: whatever is near it shares one of them, for the others alone are too light."""
    ranked = sorted(vector.weighted, key=lambda key: (-vector.weighted[key], key))
    sums = accumulate(vector.weighted[key] for key in reversed(ranked))
    squares = accumulate(vector.weighted[key] ** 2 for key in reversed(ranked))
    light = zip(sums, squares, strict=True)
    tail = takewhile(lambda at: at[0] < WITHIN * vector.whole and at[1] < (NEAR * vector.length) ** 2, light)
    return ranked[: len(ranked) - sum(1 for _ in tail)]


def _near(vector: Vector, other: Vector) -> bool:
    """Tell whether shared words make two stretches alike, or one a part of the other."""
    inside = len(vector.weighted) > 1 and containment(vector, other) >= WITHIN
    return inside or cosine(vector, other) >= NEAR


def partial(report: Report) -> bool:
    """Tell whether only a part of the article was received, such as the words before a paywall."""
    return any(note.code == "partial" for note in report.notes)


def find_only(
    reports: Sequence[Report], statements: Sequence[Statement], figures: Sequence[FigureLine]
) -> tuple[Only, ...]:
    """Return what one report alone tells, the weightiest first, at most `MOST` lines for each report.

    One report alone gives none, and nor does one beside empty reports and those of which only a part was received: what
    these leave out nobody knows.
    """
    if sum(bool(passages(report)) and not partial(report) for report in reports) < 2:
        return ()
    story = _Story(reports)
    taken = _shared(statements, figures)
    found = _apart([*_statements(statements, story), *_figures(figures, story)], taken)
    for one in found:
        taken[one.article].append(one.span)
    for article, spans in _spoken(statements):
        taken[article] += spans
    found += _apart(_passages(story), taken)
    ranked = sorted(found, key=lambda one: (-story.weight(one), one.article, one.span))
    return tuple(_at_most(ranked))


def undisputed(found: Iterable[Only], conflicts: Iterable[Conflict]) -> tuple[Only, ...]:
    """Return the lines that are no side of a conflict: what another report tells otherwise is not told by one alone."""
    sides: dict[str, list[Span]] = defaultdict(list)
    for side in (place for conflict in conflicts for place in (conflict.left, conflict.right)):
        sides[side.article].append(side.span)
    return tuple(one for one in found if not any(one.span.overlaps(span) for span in sides[one.article]))


def _shared(statements: Sequence[Statement], figures: Sequence[FigureLine]) -> dict[str, list[Span]]:
    """The places, by article, of what several reports tell."""
    places: dict[str, list[Span]] = defaultdict(list)
    for statement in statements:
        if len({telling.article for telling in statement.tellings}) > 1:
            for telling in statement.tellings:
                places[telling.article] += telling.content
    for line in figures:
        if len({telling.article for telling in line.tellings}) > 1:
            for figure in line.tellings:
                places[figure.article].append(figure.span)
    return places


def _spoken(statements: Sequence[Statement]) -> Iterator[tuple[str, Spans]]:
    """The cues and sources of what several reports tell: the rest of a sentence is no passage of its own."""
    for statement in statements:
        if len({telling.article for telling in statement.tellings}) > 1:
            for telling in statement.tellings:
                yield telling.article, (*telling.cue, *telling.source)


def _apart(found: Iterable[Only], taken: Mapping[str, Sequence[Span]]) -> list[Only]:
    """Leave out what touches a place that is taken."""
    starts = {article: sorted(places) for article, places in taken.items()}
    reach = {article: list(accumulate((place.end for place in places), max)) for article, places in starts.items()}

    def touches(one: Only) -> bool:
        before = bisect_left(starts.get(one.article, []), (one.span.end, 0))
        return before > 0 and reach[one.article][before - 1] > one.span.start

    return [one for one in found if not touches(one)]


def _statements(statements: Sequence[Statement], story: _Story) -> Iterator[Only]:
    for statement in statements:
        if len({telling.article for telling in statement.tellings}) == 1:
            told = [(t, story.keys(t.article, t.content)) for t in statement.tellings]
            first, seen = max(told, key=lambda pair: len(pair[1]))
            enough = len(set(seen)) >= (1 if first.mode == "direct" else LEAST_SAID)
            if enough and not story.elsewhere(first.article, seen):
                yield Only(article=first.article, span=hull(first.content), what="statement")


def _figures(figures: Sequence[FigureLine], story: _Story) -> Iterator[Only]:
    for line in figures:
        if len({telling.article for telling in line.tellings}) == 1:
            first = line.tellings[0]
            sentence = story.sentence(first.article, first.span)
            if sentence and not story.elsewhere(first.article, sentence.keys):
                yield Only(article=first.article, span=first.span, what="figure")


def _passages(story: _Story) -> Iterator[Only]:
    for passage in story.sentences:
        told = len(set(passage.keys)) >= LEAST and passage.kind == "body" and story.ended(passage)
        if told and not story.elsewhere(passage.article, passage.keys):
            yield Only(article=passage.article, span=passage.span, what="passage")


def _at_most(ranked: Sequence[Only]) -> Iterator[Only]:
    listed: dict[str, int] = defaultdict(int)
    for one in ranked:
        listed[one.article] += 1
        if listed[one.article] <= MOST:
            yield one
