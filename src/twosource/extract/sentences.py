"""Parses the told blocks paragraph by paragraph, on a length-preserving fold, so that token places are article places.

spaCy tokens stay inside extract/ and resolve/; what leaves them are spans.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from twosource.anchor import fold
from twosource.article import TOLD_IN, Article, Block, Span
from twosource.facts import Note
from twosource.lang import Language

if TYPE_CHECKING:
    from spacy.language import Language as Parser
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

MAX_PARAGRAPH = 10_000
"""Code points parsed as one document; longer blocks are cut at white space (the parser's memory grows with length)."""

MAX_PARSED = 1_000_000
"""Code points parsed of one article; what follows is labelled but not read (notes/reliability.md T8)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One parsed block, or a piece of a very long one. ``start`` is the article offset of its first character.

    ``doc`` is made from the folded text: straight quotation marks and apostrophes, plain spaces and hyphens.
    Without a parse model ``doc`` has sentences but no tags or dependencies: check ``parsed``.
    """

    block: Block
    start: int
    doc: "Doc"

    @property
    def parsed(self) -> bool:
        """Tell whether tags and dependencies are there."""
        return bool(self.doc.has_annotation("DEP"))

    @property
    def span(self) -> Span:
        """The paragraph's place in the article."""
        return Span(self.start, self.start + len(self.doc.text))

    def place(self, first: "Token", last: "Token | None" = None) -> Span:
        """Return the article span from ``first`` to ``last``, both included (``first`` alone without it)."""
        last = last or first
        return Span(self.start + first.idx, self.start + last.idx + len(last.text))

    def place_of(self, tokens: "TokenSpan") -> Span:
        """Return the article span of a spaCy span."""
        return Span(self.start + tokens.start_char, self.start + tokens.end_char)

    def tokens(self, span: Span) -> "list[Token]":
        """Return the tokens that touch ``span`` (article offsets)."""
        start, end = span.start - self.start, span.end - self.start
        return [t for t in self.doc if t.idx < end and start < t.idx + len(t.text)]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The told paragraphs of one article in reading order, the model's name and version, and what was left out."""

    paragraphs: tuple[Paragraph, ...]
    model: str | None
    notes: tuple[Note, ...] = ()


@cache
def _pipeline(lang: Language) -> "tuple[Parser, str | None]":
    """Load the first installed parse model; without one, a tokenizer with a rule for sentence ends."""
    import spacy

    for name in lang.models:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                nlp = spacy.load(name)
            return nlp, f"{name} {nlp.meta['version']}"
        except OSError:
            continue
    nlp = spacy.blank(lang.code)
    nlp.add_pipe("sentencizer")
    return nlp, None


@contextmanager
def parsing(article: Article, blocks: tuple[Block, ...], lang: Language) -> Iterator[Parsed]:
    """Parse the told blocks. The documents live only inside the ``with``: the string store forgets them at its end."""
    nlp, model = _pipeline(lang)
    pieces, notes = _pieces(article, blocks)
    with nlp.memory_zone():
        docs = nlp.pipe((fold(span.of(article.text)) for _, span in pieces), batch_size=64)
        paragraphs = tuple(
            Paragraph(block, span.start, doc) for (block, span), doc in zip(pieces, docs, strict=True)
        )
        if model is None:
            notes += (Note("no_parse_model", f"none of {', '.join(lang.models)} is installed: pattern rules only"),)
        yield Parsed(paragraphs, model, notes)


def _pieces(article: Article, blocks: tuple[Block, ...]) -> tuple[list[tuple[Block, Span]], tuple[Note, ...]]:
    """Return the stretches to parse with their blocks, and a note where the article was too long."""
    found: list[tuple[Block, Span]] = []
    room = MAX_PARSED
    for block in blocks:
        if block.kind not in TOLD_IN:
            continue
        if block.span.width > room:
            rest = Span(block.start, len(article.text))
            return found, (Note("too_long", f"only the first {MAX_PARSED:,} characters were read", rest),)
        room -= block.span.width
        found += ((block, piece) for piece in _cut(block.span, article.text))
    return found, ()


def _cut(span: Span, text: str) -> Iterator[Span]:
    """Cut a long span at the last white space within reach, so that no word is split if it can be helped."""
    start = span.start
    while span.end - start > MAX_PARAGRAPH:
        stop = start + MAX_PARAGRAPH
        space = max(text.rfind(" ", start + 1, stop), text.rfind("\n", start + 1, stop))
        stop = space if space > start else stop
        yield Span(start, stop)
        start = stop
    yield Span(start, span.end)
