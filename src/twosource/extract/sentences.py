"""Parses the told blocks paragraph by paragraph, on a length-preserving fold, so that token places are article places.

spaCy tokens stay inside extract/ and resolve/; what leaves them are spans.
"""

import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from twosource.anchor import fold
from twosource.article import TOLD_IN, Article, Block, Span
from twosource.facts import Note
from twosource.lang import Language

if TYPE_CHECKING:
    from spacy.language import Language as Parser
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

MAX_PARAGRAPH = 4_000
"""Code points parsed as one document; longer blocks are cut at white space (the parser's memory grows with length)."""

MAX_BATCH = 20_000
"""Code points parsed at once: a batch of long documents took half a gigabyte for 100 kB of text (2026-11-22)."""

MAX_PARSED = 300_000
"""Code points parsed of one article, about 50,000 words; what follows is labelled but not read, and a note says so."""

MAX_RUN = 500
"""Code points without white space from which nothing is a word, and the tokenizer's time grows with the square."""

DATELINE = 120
"""Code points from the start of a paragraph within which a dateline ends."""

OPENING = 2
"""Body paragraphs that may open with a place alone ("LISBON - ..."); later ones need an agency's name with it."""

_RUN = re.compile(rf"\S{{{MAX_RUN},}}")
_DATELINE = re.compile(
    r"(?P<city>[A-Z][A-Z.'/ -]{2,30}(?:, ?[A-Z][\w.' ]{1,30}){0,2}(?:, \d{1,2})?)?"
    r"(?: ?\((?P<agency>[A-Z][\w.,&/ -]{1,40})\))? ?-{1,2} "
)


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
        first = max(0, bisect_right(self.doc, start, key=_place) - 1)
        touching = takewhile(lambda t: t.idx < end, (self.doc[i] for i in range(first, len(self.doc))))
        return [t for t in touching if start < t.idx + len(t.text)]


def _place(token: "Token") -> int:
    return token.idx


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
            nlp.add_pipe("doc_cleaner", config={"attrs": {"tensor": None}})
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
        docs = _parse(nlp, [fold(span.of(article.text)) for _, span in pieces])
        paragraphs = tuple(Paragraph(block, span.start, doc) for (block, span), doc in zip(pieces, docs, strict=True))
        if model is None:
            notes += (Note("no_parse_model", f"none of {', '.join(lang.models)} is installed: pattern rules only"),)
        yield Parsed(paragraphs, model, notes)


def _parse(nlp: "Parser", texts: list[str]) -> "Iterator[Doc]":
    """Yield the documents of ``texts`` in order, parsed in batches of bounded size."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > MAX_BATCH:
            yield from nlp.pipe(batch)
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    yield from nlp.pipe(batch)


def _pieces(article: Article, blocks: tuple[Block, ...]) -> tuple[list[tuple[Block, Span]], tuple[Note, ...]]:
    """Return the stretches to parse with their blocks, and notes on what was left out."""
    found: list[tuple[Block, Span]] = []
    notes: list[Note] = []
    room, bodies = MAX_PARSED, 0
    for block in (b for b in blocks if b.kind in TOLD_IN):
        bodies += block.kind == "body"
        opens = _dateline(block.span.of(article.text), opens=bodies <= OPENING)
        told = Span(block.start + opens, min(block.end, block.start + opens + room))
        room -= told.width
        runs = [Span(*run.span()).moved(told.start) for run in _RUN.finditer(told.of(article.text))]
        notes += (Note("unbroken_run", f"{run.width:,} characters without a space were not read", run) for run in runs)
        found += ((block, piece) for part in _between(told, runs) for piece in _cut(part, article.text))
        if told.end < block.end:
            rest = Span(told.end, len(article.text))
            notes.append(Note("too_long", f"only the first {MAX_PARSED:,} characters were read", rest))
            break
    return found, tuple(notes)


def _between(told: Span, runs: list[Span]) -> Iterator[Span]:
    """Yield what is left of ``told`` without ``runs``."""
    start = told.start
    for run in runs:
        yield Span(start, run.start)
        start = run.end
    yield Span(start, told.end)


def _dateline(text: str, *, opens: bool) -> int:
    """Return how many code points of a paragraph are its dateline: no part of what is told, and no source of it."""
    found = _DATELINE.match(fold(text[:DATELINE]))
    if found is None or not (found["agency"] or (opens and found["city"])):
        return 0
    return found.end()


def _cut(span: Span, text: str) -> Iterator[Span]:
    """Cut a long span at the last white space within reach, so that no word is split if it can be helped."""
    start = span.start
    while span.end - start > MAX_PARAGRAPH:
        stop = start + MAX_PARAGRAPH
        space = max(text.rfind(" ", start + 1, stop), text.rfind("\n", start + 1, stop))
        stop = space if space > start else stop
        yield Span(start, stop)
        start = stop
    if start < span.end:
        yield Span(start, span.end)
