"""Cuts a received text into lines: one a paragraph, trimmed, with what can be seen of each without its neighbours.

Hard-wrapped text is told by the greedy test: a line was broken where the next word would not have fitted, so that its
paragraph goes on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from twosource.anchor import fold
from twosource.article import Span

MAX_WIDTH = 120
"""Widest column in code points that is still taken for hard wrapping; typewriters and mail wrap at 60 to 80."""

MIN_WIDTH = 40
"""Narrowest column in code points that is taken for hard wrapping; lines of a list are often shorter, and as even."""

MIN_WRAPPED = 0.8
"""Least share of line pairs where the next line's first word would not have fitted, for a text to count as wrapped.

394 of 405 wrapped copies (60, 72, 100 columns) of 135 news articles get their paragraphs back, and none of 1,286
articles with a line a paragraph is taken for wrapped (development stories, 2026-11-22).
"""

MIN_RUNNING_ON = 0.5
"""Least share of those pairs that run on into a word without a capital: lists and verse break where the sense does."""

EDGES = " .,:;!?|-*#>\"'()[]"
"""Characters that do not count at the edges of a line when it is compared."""

_RAW = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[*+•·‣▪■●○◦–-]|o(?= ))\s{1,8}")
_END = re.compile(r"[.!?…][\s\"')\]*]{0,4}$")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. ``span`` is its place in the article, ``text`` its folded characters.

    ``gap`` is the number of line breaks before it (2 and more: a blank line). ``bullet`` is the width of a list mark
    at its start. ``words`` are counted by white space. ``key`` is the line for comparison: lower case, single spaces,
    no punctuation at its edges. ``split`` says that it was cut off the line before (a credit).
    """

    span: Span
    text: str
    gap: int
    bullet: int
    words: int
    key: str
    split: bool = False

    @property
    def said(self) -> str:
        """The line without its list mark."""
        return self.text[self.bullet :]

    @property
    def ends(self) -> bool:
        """Tell whether the line ends as a sentence does."""
        return bool(_END.search(self.text, max(0, len(self.text) - 6)))


def line_at(span: Span, shown: str, gap: int = 1, *, split: bool = False) -> Line:
    """Return the line that stands at ``span``; ``shown`` is its folded text."""
    mark = _BULLET.match(shown)
    bullet = mark.end() if mark else 0
    words = shown[bullet:].casefold().split()
    return Line(span, shown, gap, bullet, len(words), " ".join(words).strip(EDGES), split)


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of ``text`` in reading order; together they hold every character that is not white space."""
    raw = list(_raw(text))
    return tuple(_joined(raw, fold(text)) if _wrapped(raw) else raw)


def _raw(text: str) -> Iterator[Line]:
    """The lines as they stand. A break counts once, also as carriage return and line feed."""
    last = 0
    for found in _RAW.finditer(text):
        span = Span(*found.span()).trimmed(text)
        if span.width:
            between = text[last : found.start()]
            gap = between.count("\n") or sum(c in "\r\v\f\x85\u2028\u2029" for c in between)
            last = found.end()
            yield line_at(span, fold(span.of(text)), gap)


def _wrapped(lines: list[Line]) -> bool:
    """Tell whether lines were broken to fit a column."""
    width = max((line.span.width for line in lines), default=0)
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap == 1 and not b.bullet]
    if not MIN_WIDTH <= width <= MAX_WIDTH or len(pairs) < 2:
        return False
    full = [(a, b) for a, b in pairs if _is_full(a, b, width)]
    running_on = sum(not a.ends and not b.text[:1].isupper() for a, b in full)
    return len(full) >= MIN_WRAPPED * len(pairs) and running_on >= MIN_RUNNING_ON * len(pairs)


def _is_full(line: Line, after: Line, width: int) -> bool:
    """Tell whether the next line's first word would have gone over the column; three characters of slack."""
    return line.span.width + 1 + len((after.text.split(maxsplit=1) or [""])[0]) >= width - 3


def _joined(lines: list[Line], folded: str) -> Iterator[Line]:
    width = max(line.span.width for line in lines)
    first = last = lines[0]
    for line in lines[1:]:
        if line.gap == 1 and not line.bullet and _is_full(last, line, width):
            last = line
            continue
        yield _paragraph(first, last, folded)
        first = last = line
    yield _paragraph(first, last, folded)


def _paragraph(first: Line, last: Line, folded: str) -> Line:
    span = Span(first.span.start, last.span.end)
    return line_at(span, span.of(folded), first.gap)
