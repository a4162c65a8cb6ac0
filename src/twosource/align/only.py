"""Only: what one report alone tells, the weightiest first.

Evidence: statements and figures without a telling elsewhere, and sentences that no other report comes near. A statement
whose words another report
tells in its own voice is not alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from twosource.account import FigureLine, Only, OnlyWhat, Statement
from twosource.align.passages import Passage, passages, story_weights
from twosource.align.similarity import Keys, Vector, Weights
from twosource.align.words import keys, words
from twosource.article import Span, hull
from twosource.report import Report

NEAR = 0.35
"""Cosine with a sentence of another report from which on a sentence is told there too; swept 0.25 to 0.5 on seven
accounts, 2026-11-22.
"""

WITHIN = 0.6
"""Share of a telling's words in one sentence of another report from which on it is told there too; swept 0.5 to 0.8."""

LEAST = 4
"""Content words a passage must have to be listed."""

MOST = 12
"""Lines listed for one report."""

FADES = 12
"""Sentences after which a passage's weight is halved, because reports tell the weightiest first."""

_WEIGHT: Mapping[OnlyWhat, float] = {"statement": 1.25, "figure": 1.1, "event": 1.0, "passage": 0.8}


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    vector: Vector
    rank: int


class _Story:
    """The sentences of all reports, found by the words they hold."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.weights: Weights = story_weights(reports)
        self.texts = {report.id: report.article.text for report in reports}
        self.by_article: dict[str, list[_Sentence]] = {}
        self.sentences: list[_Sentence] = []
        self.holders: dict[str, list[int]] = defaultdict(list)
        for report in reports:
            told = [_Sentence(p, self.weights.vector(p.keys), i) for i, p in enumerate(passages(report))]
            self.by_article[report.id] = told
            for sentence in told:
                for key in sentence.vector.weighted:
                    self.holders[key].append(len(self.sentences))
                self.sentences.append(sentence)

    def elsewhere(self, article: str, seen: Keys) -> bool:
        """Tell whether another report has a sentence that tells ``seen``."""
        vector = self.weights.vector(seen)
        shared: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for key, weight in vector.weighted.items():
            for sentence in self.holders.get(key, ()):
                both = shared[sentence]
                both[0] += weight * self.sentences[sentence].vector.weighted[key]
                both[1] += weight
        return any(
            self.sentences[at].passage.article != article and self._near(vector, self.sentences[at], dot, held)
            for at, (dot, held) in shared.items()
        )

    @staticmethod
    def _near(vector: Vector, sentence: _Sentence, dot: float, held: float) -> bool:
        """Tell whether shared words make two stretches alike, or one a part of the other."""
        inside = len(vector.weighted) > 1 and held >= WITHIN * vector.whole
        return inside or dot >= NEAR * vector.length * sentence.vector.length

    def weight(self, article: str, span: Span) -> float:
        """How much a place says: the weight of its words, less the further down it stands."""
        seen = keys(words(self.texts[article], (span,)))
        rank = next((s.rank for s in self.by_article[article] if s.passage.span.overlaps(span)), 0)
        return sum(self.weights.of(key) for key in set(seen)) / (1 + rank / FADES)


def find_only(
    reports: Sequence[Report], statements: Sequence[Statement], figures: Sequence[FigureLine]
) -> tuple[Only, ...]:
    """Return what one report alone tells, the weightiest first, at most `MOST` lines for each report. One report alone
    gives none.
    """
    if len(reports) < 2:
        return ()
    story = _Story(reports)
    found = [*_statements(statements, story), *_figures(figures, story)]
    taken = defaultdict(list)
    for one in found:
        taken[one.article].append(one.span)
    found += [one for one in _passages(story) if not any(one.span.overlaps(span) for span in taken[one.article])]
    ranked = sorted(
        found, key=lambda one: (-_WEIGHT[one.what] * story.weight(one.article, one.span), one.article, one.span)
    )
    return tuple(_at_most(ranked))


def _statements(statements: Sequence[Statement], story: _Story) -> Iterator[Only]:
    for statement in statements:
        articles = {telling.article for telling in statement.tellings}
        if len(articles) == 1:
            told = [(t, keys(words(story.texts[t.article], t.content))) for t in statement.tellings]
            first, seen = max(told, key=lambda pair: len(pair[1]))
            if seen and not story.elsewhere(first.article, seen):
                yield Only(article=first.article, span=hull(first.content), what="statement")


def _figures(figures: Sequence[FigureLine], story: _Story) -> Iterator[Only]:
    for line in figures:
        if len({telling.article for telling in line.tellings}) == 1:
            first = line.tellings[0]
            sentence = next(
                (s.passage for s in story.by_article[first.article] if s.passage.span.overlaps(first.span)), None
            )
            if sentence and not story.elsewhere(first.article, sentence.keys):
                yield Only(article=first.article, span=first.span, what="figure")


def _passages(story: _Story) -> Iterator[Only]:
    for article, told in story.by_article.items():
        for sentence in told:
            if len(set(sentence.passage.keys)) >= LEAST and not story.elsewhere(article, sentence.passage.keys):
                yield Only(article=article, span=sentence.passage.span, what="passage")


def _at_most(ranked: Sequence[Only]) -> Iterator[Only]:
    listed: dict[str, int] = defaultdict(int)
    for one in ranked:
        listed[one.article] += 1
        if listed[one.article] <= MOST:
            yield one
