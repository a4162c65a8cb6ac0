"""What comes in: an article as received, its blocks, and the one way to point into its text."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

BlockKind = Literal[
    "headline", "dek", "byline", "dateline", "heading", "body", "caption", "credit", "teaser", "boilerplate"
]

TOLD_IN: frozenset[BlockKind] = frozenset({"headline", "dek", "heading", "body"})
"""Kinds whose text is the report itself; all others are read for credits and names only."""


class Span(NamedTuple):
    """A stretch of one article's text: half-open, in Unicode code points (W3C TextPositionSelector)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters the span covers in ``text``."""
        return text[self.start : self.end]

    @property
    def width(self) -> int:
        """Number of code points covered."""
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def moved(self, by: int) -> "Span":
        """Return the span shifted right by ``by`` code points."""
        return Span(self.start + by, self.end + by)

    def trimmed(self, text: str) -> "Span":
        """Return the span without white space at its edges; it may become empty."""
        shown = self.of(text)
        start = self.start + len(shown) - len(shown.lstrip())
        return Span(start, max(start, self.start + len(shown.rstrip())))


Spans = tuple[Span, ...]


def hull(spans: Spans) -> Span:
    """Return the smallest span that covers all of ``spans`` (at least one)."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph of an article and what it is; blocks never overlap and are in reading order."""

    kind: BlockKind
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The block's place in the article's text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published: the name as the article or its user gives it, and the registrable domain where it is known."""

    name: str
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes an article came as, and what its source said of them."""

    body: bytes
    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as received. ``text`` is never changed after this; every offset anywhere refers to it.

    ``published`` is an RFC 3339 date or date-time as given, ``modified`` that of the last change the page states.
    ``markup`` holds the blocks that a page's own markup tells (empty for plain text, which is labelled from its lines
    alone); ``from_page`` says that ``text`` is our rendering of a page, so that it must be printed with the report.
    ``origin`` is the name by which messages call the input, such as a file name. ``remarks`` are (code, message)
    pairs on what happened on the way in, such as invalid bytes; they become notes of the report. ``original`` holds the
    bytes where the text is not all that came (a page); it plays no part in whether two articles are equal.
    """

    id: str
    text: str
    outlet: Outlet | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    markup: tuple[Block, ...] = ()
    from_page: bool = False
    origin: str = ""
    remarks: tuple[tuple[str, str], ...] = ()
    modified: str | None = None
    original: Original | None = field(default=None, compare=False, repr=False)

    @property
    def sha256(self) -> str:
        """Digest of the text as received (UTF-8), the article's identity for every id below it."""
        return digest(self.text)


def digest(text: str) -> str:
    """Return the SHA-256 of ``text`` in hexadecimal; lone surrogates count as themselves."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def stable_id(kind: str, *parts: object) -> str:
    """Return ``kind-`` and 12 hexadecimal digits that depend on ``parts`` alone, so that a second run agrees."""
    key = "\x1f".join(str(p) for p in parts)
    return f"{kind}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
