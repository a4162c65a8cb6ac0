"""Finds a stored span again in a text that may have changed: W3C TextPositionSelector and TextQuoteSelector together.

Order of evidence: the quoted words where their context fits, then what stands between prefix and suffix, then the words
alone where they are long and stand once. Nothing is returned rather than a poor match.
"""

import unicodedata
from dataclasses import dataclass

from twosource.article import Span

CONTEXT = 32
"""Code points of prefix and suffix kept with a quote, as the W3C model's examples and Hypothesis do."""

MIN_CONTEXT = 0.5
"""Least share of prefix and suffix that must agree before one of several equal quotes, or a gap, is accepted."""

SLACK = 0.25
"""How much longer or shorter than the quote the stretch between prefix and suffix may be."""

MIN_ALIKE = 0.6
"""Least word overlap of that stretch with the quote."""

MAX_PLACES = 1000
"""Places of one quote that are looked at; a text that repeats it more often cannot tell them apart anyway."""

_SPACES = "\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_DOUBLE = "“”„‟«»″〝〞＂"
_SINGLE = "‘’‚‛‹›′ʼ＇`´"
_DASHES = "‐‑‒–—―−﹘﹣－"


def _fold_table() -> dict[int, str]:
    table = {ord(c): " " for c in _SPACES}
    table |= {ord(c): '"' for c in _DOUBLE} | {ord(c): "'" for c in _SINGLE} | {ord(c): "-" for c in _DASHES}
    table |= dict.fromkeys((*range(32), *range(127, 160)), " ")
    table |= dict.fromkeys(range(55296, 57344), "�")
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Return ``text`` with quotation marks, dashes, spaces and controls made plain, one code point for one."""
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class TextPosition:
    """W3C TextPositionSelector: code points, start included, end not."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextQuote:
    """W3C TextQuoteSelector: the exact words with what stands before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Selector:
    """Both selectors of one span, as stored or shared."""

    position: TextPosition
    quote: TextQuote


def select(text: str, span: Span) -> Selector:
    """Describe ``span`` of ``text`` so that `find` can find it again."""
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return Selector(TextPosition(*span), TextQuote(span.of(text), before, after))


def find(text: str, selector: Selector) -> Span | None:
    """Return where the selected words stand in ``text`` now, or None where no place is good enough.

    Survives text added or removed elsewhere, other quotation marks, dashes and spaces, and small edits of the words.
    """
    folded, quote, near = fold(text), _folded(selector.quote), selector.position.start
    if not quote.exact:
        return None
    return _in_context(folded, quote, near) or _between(folded, quote, near) or _alone(folded, quote)


def _folded(quote: TextQuote) -> TextQuote:
    return TextQuote(fold(quote.exact), fold(quote.prefix), fold(quote.suffix))


def _in_context(text: str, quote: TextQuote, near: int) -> Span | None:
    """The words as they were, where their context fits best (position breaks a tie)."""
    width = len(quote.exact)
    scored = [(_context(text, quote, at, at + width), -abs(at - near), at) for at in _occurrences(text, quote.exact)]
    fit, _, best = max(scored, default=(0.0, 0, 0))
    return Span(best, best + width) if fit >= MIN_CONTEXT else None


def _alone(text: str, quote: TextQuote) -> Span | None:
    """Words long enough to be their own proof, at their only place."""
    places = _occurrences(text, quote.exact)
    return Span(places[0], places[0] + len(quote.exact)) if len(places) == 1 and len(quote.exact) >= CONTEXT else None


def _occurrences(text: str, words: str) -> list[int]:
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < MAX_PLACES:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _context(text: str, quote: TextQuote, start: int, end: int) -> float:
    """Share of prefix and suffix that stands around the place; 1.0 where the quote was stored without any."""
    wanted = len(quote.prefix) + len(quote.suffix)
    if not wanted:
        return 1.0
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return (_common(before[::-1], quote.prefix[::-1]) + _common(after, quote.suffix)) / wanted


def _common(left: str, right: str) -> int:
    """Length of the common beginning."""
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def _between(text: str, quote: TextQuote, near: int) -> Span | None:
    """Edited words: what stands between the old prefix and suffix, if about as long and much the same."""
    if len(quote.prefix) < CONTEXT / 2 and len(quote.suffix) < CONTEXT / 2:
        return None
    low, high = len(quote.exact) * (1 - SLACK), len(quote.exact) * (1 + SLACK) + 1
    starts = [at + len(quote.prefix) for at in _occurrences(text, quote.prefix)] if quote.prefix else [0]
    gaps = []
    for start in starts:
        reach = start + int(high) + len(quote.suffix)
        end = text.find(quote.suffix, start + int(low), reach) if quote.suffix else len(text)
        if end >= 0 and low <= end - start <= high and _alike(text[start:end], quote.exact) >= MIN_ALIKE:
            gaps.append(Span(start, end))
    return min(gaps, key=lambda gap: abs(gap.start - near), default=None)


def _alike(left: str, right: str) -> float:
    """Word overlap (Jaccard) of two short strings."""
    a, b = set(left.casefold().split()), set(right.casefold().split())
    return len(a & b) / len(a | b) if a | b else 1.0


def utf16_offset(text: str, offset: int) -> int:
    """Return the UTF-16 offset (as JavaScript counts) of a code-point offset: the one place where units change."""
    return offset + sum(ord(c) > 0xFFFF for c in text[:offset])


def code_point_offset(text: str, utf16: int) -> int:
    """Return the code-point offset of a UTF-16 offset; inside a surrogate pair, that of its character."""
    units = 0
    for at, char in enumerate(text):
        units += 2 if ord(char) > 0xFFFF else 1
        if units > utf16:
            return at
    return len(text)


def visible(text: str) -> str:
    """Return ``text`` with controls, bidi marks and lone surrogates written as escapes: safe on a terminal."""
    return "".join(c if _shown(c) else f"\\u{ord(c):04x}" for c in text)


def _shown(char: str) -> bool:
    return char == " " or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} or char == "\u00ad"
