"""Addresses that open an outlet's page at certain words: text fragments (``#:~:text=``, WICG Scroll to Text Fragment).

A browser finds the words only whole, inside one block, and takes the first place where they stand. So a place is named
by its words if they stand once, with words before and after where they do not, by first and last words where it is
long or runs over lines; where no name leads to it alone, the page's plain address is given.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from twosource.anchor import fold
from twosource.article import Span

MOST = 300
"""Code points that are named as they stand; of longer places only the ends (as the reference implementation does)."""

LEAST = 20
"""Code points below which words before and after are always added: pages have more text than the article."""

ENDS = 5
"""Words of either end of a long place, and of what stands before and after."""

AROUND = 120
"""Code points before and after a place among which those words are looked for."""

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def web_page(url: str | None) -> str | None:
    """Return the address where it is one of the web that can be opened from a page, else None."""
    try:
        split = urlsplit(url or "")
        fine = split.scheme.lower() in {"http", "https"} and bool(split.hostname)
    except ValueError:
        return None
    clean = (url or "").strip()
    return clean if fine and not any(c in clean for c in "\r\n\t\\ ") else None


def deep_link(url: str | None, text: str, span: Span) -> str | None:
    """Return the address of the page at ``span`` of its ``text``; the plain one where it cannot be named."""
    page = web_page(url)
    if page is None:
        return None
    place = _whole_words(text, span)
    named = next((n for n in _names(text, place) if n), "") if place.width else ""
    base, _, fragment = page.partition("#")
    kept = fragment.partition(":~:")[0]
    return f"{base}#{kept}:~:text={named}" if named else page


def _whole_words(text: str, span: Span) -> Span:
    """The place from the first to the last whole word that touches it."""
    reach = text[max(0, span.start - 40) : span.end + 40]
    shift = max(0, span.start - 40)
    words = [Span(*m.span()).moved(shift) for m in _WORD.finditer(fold(reach))]
    inside = [word for word in words if word.overlaps(span)]
    return Span(inside[0].start, inside[-1].end) if inside else Span(span.start, span.start)


def _names(text: str, place: Span) -> Iterator[str]:
    """Names of a place, the shortest first; each leads there and nowhere before it."""
    words = place.of(text)
    if place.width <= MOST and "\n" not in words:
        if place.width >= LEAST and _occurs_once(text, words):
            yield _coded(words)
        yield _with_context(text, place)
        return
    found = [Span(*m.span()).moved(place.start) for m in _WORD.finditer(fold(words))]
    above = [w for w in found if "\n" not in text[place.start : w.end]][:ENDS]
    below = [w for w in found if "\n" not in text[w.start : place.end]][-ENDS:]
    first, last = Span(place.start, above[-1].end), Span(below[0].start, place.end)
    if first.end <= last.start and _occurs_once(text, first.of(text)):
        yield f"{_coded(first.of(text))},{_coded(last.of(text))}"


def _with_context(text: str, place: Span) -> str:
    """The words with those before and after in the same line, where both together stand once."""
    before = text[max(0, place.start - AROUND) : place.start].rpartition("\n")[2]
    after = text[place.end : place.end + AROUND].partition("\n")[0]
    ahead = [m.start() for m in _WORD.finditer(fold(before))][-ENDS:]
    behind = [m.end() for m in _WORD.finditer(fold(after))][:ENDS]
    prefix = before[ahead[0] :].rstrip() if ahead else ""
    suffix = after[: behind[-1]].lstrip() if behind else ""
    start = place.start - len(before) + (ahead[0] if ahead else len(before))
    whole = text[start : place.end + (behind[-1] if behind else 0)]
    if not (prefix or suffix) or not _occurs_once(text, whole):
        return ""
    return (
        (f"{_coded(prefix)}-," if prefix else "") + _coded(place.of(text)) + (f",-{_coded(suffix)}" if suffix else "")
    )


def _occurs_once(text: str, words: str) -> bool:
    lowered, wanted = fold(text).lower(), fold(words).lower()
    at = lowered.find(wanted)
    return at >= 0 and lowered.find(wanted, at + 1) < 0


def _coded(words: str) -> str:
    """The words as they stand in a fragment: all that means something there is percent-encoded, also the hyphen."""
    return quote(" ".join(words.split()), safe="", errors="replace").replace("-", "%2D")
