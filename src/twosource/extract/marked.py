"""A paragraph with its pairs of quotation marks and its sentences, and the draft of an attribution found in it.

Sentence ends come from the parse, corrected by the marks: no end inside a pair, an end after a full stop before one,
and none where no closing punctuation stands.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from twosource.article import Article, Span, Spans
from twosource.extract.quotation_marks import MarkedPair, closes_unopened, pair_marks
from twosource.extract.sentences import Paragraph
from twosource.facts import Act, Mode, ToldTo

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from twosource.extract.frames import Frame

ENDS = frozenset({".", "!", "?", "...", "…", "?!", "!?"})
"""Tokens that close a sentence."""

EDGES = frozenset({",", ";", ":", "-", "--", "–", "—", "...", "…"})
"""Punctuation that belongs to no content at its edges."""

Range = tuple[int, int]
"""Token places of one document, half-open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An attribution before its id: spans of the article, the cue's token, and what found it.

    ``follows`` is the draft whose speaker goes on; ``mode`` is set only where the marks do not tell it.
    """

    content: Spans
    cue: Spans
    source: Spans
    act: Act
    score: float
    rule: str
    anchor: int | None = None
    mode: Mode | None = None
    told_to: ToldTo | None = None
    follows: "Draft | None" = None
    frame: "Frame | None" = None
    features: dict[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marked:
    """A paragraph, its outermost pairs, and for every token the pair that holds it (-1: none) and its sentence."""

    text: str
    paragraph: Paragraph
    pairs: tuple[MarkedPair, ...]
    ranges: tuple[Range, ...]
    holder: tuple[int, ...]
    sentences: tuple[Range, ...]
    sentence_of: tuple[int, ...]

    @property
    def doc(self) -> "Doc":
        """The paragraph's document."""
        return self.paragraph.doc

    def sentence(self, token: "Token") -> Range:
        """Return the token places of the sentence around ``token``; inside a pair, of the sentence within the pair."""
        first, last = self.sentences[self.sentence_of[token.i]]
        if self.holder[token.i] < 0:
            return first, last
        inside = [i for i in range(token.sent.start, token.sent.end) if self.holder[i] == self.holder[token.i]]
        return inside[0], inside[-1] + 1

    def pair_at(self, i: int) -> MarkedPair | None:
        """Return the outermost pair that holds token ``i``."""
        return self.pairs[self.holder[i]] if 0 <= i < len(self.holder) and self.holder[i] >= 0 else None

    def opens(self, i: int) -> MarkedPair | None:
        """Return the outermost pair whose first token is ``i``."""
        pair = self.pair_at(i)
        return pair if pair and (i == 0 or self.holder[i - 1] != self.holder[i]) else None

    def closes(self, i: int) -> MarkedPair | None:
        """Return the outermost pair whose last token is ``i``."""
        pair = self.pair_at(i)
        last = i + 1 == len(self.holder) or (pair is not None and self.holder[i + 1] != self.holder[i])
        return pair if pair and last else None

    def range_of(self, pair: MarkedPair) -> Range:
        """Return the token places of a pair."""
        return self.ranges[bisect_right(self.pairs, pair.span.start, key=lambda p: p.span.start) - 1]

    def place(self, first: int, end: int) -> Span:
        """Return the article span of the tokens from ``first`` to ``end``, not included."""
        return self.paragraph.place(self.doc[first], self.doc[end - 1])

    def content(self, first: int, end: int) -> Span | None:
        """Return a content's span without the punctuation around it, whole pairs kept; None where no word is left."""
        while first < end and (self.doc[first].text in EDGES or self.doc[first].is_space):
            first += 1
        while end > first and self._loose(end - 1):
            end -= 1
        if not any(t.is_alpha or t.like_num for t in self.doc[first:end]):
            return None
        span = self.place(first, end)
        for i in (first, end - 1):
            pair = self.pair_at(i)
            if pair and not pair.span.covers(span) and not span.covers(pair.span) and pair.closed:
                span = Span(min(span.start, pair.span.start), max(span.end, pair.span.end))
        return span

    def _loose(self, i: int) -> bool:
        """Punctuation at the end of a content that stands outside marks."""
        return self.doc[i].is_space or (self.holder[i] < 0 and (self.doc[i].text in EDGES or self.doc[i].text in ENDS))

    def is_clause(self, pair: MarkedPair) -> bool:
        """Tell whether a pair holds a sentence or clause, not a title or a phrase held at arm's length."""
        inner = pair.inner.of(self.text).strip()
        words = inner.split()
        if len(words) < 2 or _all_capital(words):
            return inner[-1:] in ("?", "!") or (
                inner[-1:] in ".," and len(words) == 1 and words[0].rstrip(".,").lower() in ("yes", "no")
            )
        if inner[-1:] in ".?!,…" and len(words) > 2:
            return True
        first, end = self.range_of(pair)
        subject = any(t.dep_ in ("nsubj", "nsubjpass", "expl") for t in self.doc[first:end])
        return subject or (inner[:1].isupper() and len(words) > 3)

    def is_title(self, i: int) -> bool:
        """Tell whether the pair that opens at token ``i`` is the name of a work or programme."""
        pair = self.pair_at(i)
        return pair is not None and pair.closed and _all_capital(pair.inner.of(self.text).strip().split())

    def after_comma(self, i: int) -> bool:
        """Tell whether a comma, dash or semicolon stands before token ``i``, also inside a closing mark."""
        if i == 0:
            return False
        pair = self.closes(i - 1)
        if pair is not None:
            return pair.inner.of(self.text).rstrip()[-1:] in ",;-–—"
        return self.doc[i - 1].text in EDGES - {":"}

    def _pairs_over(self, span: Span) -> tuple[MarkedPair, ...]:
        """The outermost pairs that share a character with ``span``."""
        first = bisect_right(self.pairs, span.start, key=lambda p: p.span.end)
        end = bisect_left(self.pairs, span.end, key=lambda p: p.span.start)
        return self.pairs[first:end]

    def mode(self, content: Spans) -> Mode:
        """Tell whether a content is a quotation, has quoted pieces, or has none."""
        marked = [p for s in content for p in self._pairs_over(s)]
        if not marked:
            return "indirect"
        outside = "".join(_without(self.text, s, marked) for s in content)
        return "mixed" if any(ch.isalnum() for ch in outside) else "direct"


def _ranges(holder: tuple[int, ...], count: int) -> tuple[Range, ...]:
    """The token places of every pair; a pair without a token of its own has none."""
    first, end = [0] * count, [0] * count
    for i, pair in enumerate(holder):
        if pair >= 0:
            first[pair] = first[pair] if end[pair] else i
            end[pair] = i + 1
    return tuple(zip(first, end, strict=True))


def _all_capital(words: list[str]) -> bool:
    """Words as a title writes them: capitals but for short words, more than one, no more than eight."""
    long = [w for w in words if len(w) > 3]
    return (
        1 < len(words) < 9
        and bool(long)
        and all(w.lstrip("([#@")[:1].isupper() for w in long)
        and words[0][:1].isupper()
    )


def _without(text: str, span: Span, pairs: list[MarkedPair]) -> str:
    """The characters of a span that stand in no pair."""
    left, at = "", span.start
    for pair in pairs:
        left += text[at : max(at, min(pair.span.start, span.end))]
        at = max(at, min(pair.span.end, span.end))
    return left + text[at : span.end]


MAX_RUN = 4
"""Paragraphs after an unclosed quotation in which its closing mark is looked for, where none of them opens anew."""


def mark_all(article: Article, paragraphs: tuple[Paragraph, ...]) -> tuple[Marked, ...]:
    """Find pairs and sentences of every paragraph; a quotation may run over paragraphs without new opening marks."""
    found: list[Marked] = []
    running = 0
    for n, paragraph in enumerate(paragraphs):
        if not running and found and found[-1].pairs and not found[-1].pairs[-1].closed:
            running = _run(article.text, paragraphs, n)
        marked = _mark(article.text, paragraph, continued=running > 0)
        running = max(0, running - 1)
        found.append(marked)
    return tuple(found)


def _run(text: str, paragraphs: tuple[Paragraph, ...], n: int) -> int:
    """Number of paragraphs from ``n`` on up to the one that closes the quotation; 0 where none does."""
    for ahead, paragraph in enumerate(paragraphs[n : n + MAX_RUN]):
        if closes_unopened(text, paragraph.span):
            return ahead + 1
        if any(p.span.start == paragraph.start for p in pair_marks(text, paragraph.span)[:1]):
            return 0
    return 0


def _mark(text: str, paragraph: Paragraph, *, continued: bool) -> Marked:
    pairs = tuple(p for p in pair_marks(text, paragraph.span, continued=continued) if p.depth == 0)
    holder = _holders(paragraph, pairs)
    sentences = _sentences(paragraph.doc, holder)
    of = tuple(n for n, (first, end) in enumerate(sentences) for _ in range(first, end))
    return Marked(text, paragraph, pairs, _ranges(holder, len(pairs)), holder, sentences, of)


def _holders(paragraph: Paragraph, pairs: tuple[MarkedPair, ...]) -> tuple[int, ...]:
    found, at = [], 0
    for token in paragraph.doc:
        place = paragraph.start + token.idx
        while at < len(pairs) and pairs[at].span.end <= place:
            at += 1
        found.append(at if at < len(pairs) and pairs[at].span.start < place + len(token.text) else -1)
    return tuple(found)


def _sentences(doc: "Doc", holder: tuple[int, ...]) -> tuple[Range, ...]:
    starts = [0, *(i for i in range(1, len(doc)) if _begins(doc, holder, i))]
    return tuple(zip(starts, [*starts[1:], len(doc)], strict=True)) if len(doc) else ()


def _begins(doc: "Doc", holder: tuple[int, ...], i: int) -> bool:
    """Tell whether a sentence starts at token ``i``."""
    if holder[i] >= 0 and holder[i] == holder[i - 1]:
        return False
    after_pair = holder[i - 1] >= 0 and holder[i - 1] != holder[i]
    last = _last_word_mark(doc, holder, i - 1) if after_pair else doc[i - 1].text
    if last not in ENDS:
        small = last[-1:] == "." and last[:1].islower()  # "at 4 a.m. The ship ...": as the parse says
        return small and not after_pair and bool(doc[i].is_sent_start) and doc[i].text[:1].isupper()
    if holder[i] >= 0 or after_pair:
        return not doc[i].text[:1].islower() and doc[i].text not in EDGES
    return bool(doc[i].is_sent_start)


def _last_word_mark(doc: "Doc", holder: tuple[int, ...], i: int) -> str:
    """The last punctuation inside the pair that ends at token ``i``, its closing mark left out."""
    inside = i - 1 if i and holder[i - 1] == holder[i] and not doc[i].is_alpha and doc[i].text not in ENDS else i
    text = doc[inside].text
    return text if text in ENDS else text[-1:] if text[-1:] in ".?!" and len(text) > 3 else text
