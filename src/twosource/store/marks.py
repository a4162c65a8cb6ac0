"""Where the words of a search stand in a text as received, so that a page can mark them."""

import re
from collections.abc import Iterable

from twosource.article import Span
from twosource.store.wording import Phrase, folded, places

READ = 200_000
"""Code points of one text that are looked through; folding them takes about 8 ms (2026-11-22)."""

MOST = 100
"""Places of one phrase that are returned."""

EXCERPT, BEFORE = 240, 80
"""Code points of an excerpt, and how many of them stand before the first match."""


def matched(text: str, phrases: Iterable[Phrase]) -> tuple[Span, ...]:
    """Return the places of the phrases in ``text``, in order and without overlap; marks inside a word belong to it."""
    wanted = dict.fromkeys(phrases)
    if not wanted:
        return ()
    shown = text[:READ]
    flat = f" {folded(shown)} "
    at = places(shown)
    found: set[Span] = set()
    for phrase in wanted:
        found |= {
            _span(m.start(1) - 1, m.end(1) - 1, at) for m, _ in zip(_all(phrase, flat), range(MOST), strict=False)
        }
    return _apart(sorted(found, key=lambda s: (s.start, -s.end)))


def _all(phrase: Phrase, flat: str) -> Iterable[re.Match[str]]:
    """All matches in folded text, where words are separated by spaces alone."""
    return re.compile(f" ({' +'.join(map(re.escape, phrase.keys))}{'[^ ]*' if phrase.prefix else ''})(?= )").finditer(
        flat
    )


def _span(start: int, end: int, at: list[int] | None) -> Span:
    return Span(start, end) if at is None else Span(at[start], at[end - 1] + 1)


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def excerpt(text: str, spans: tuple[Span, ...]) -> Span:
    """Return the stretch of ``text`` around the first match, or its beginning, that a list shows; whole words."""
    first = max(0, spans[0].start - BEFORE) if spans else 0
    if first:
        first = next((i + 1 for i in range(first, spans[0].start) if text[i].isspace()), first)
    last = min(len(text), first + EXCERPT)
    if last < len(text):
        last = next((i for i in range(last, max(first, last - BEFORE), -1) if text[i].isspace()), last)
    return Span(first, last).trimmed(text)
