"""Tells that a text is only a part of its article: it ends at a wall, in an ellipsis, or far below its stated length.

That a page calls itself "not free" is no evidence alone: 28 of 80 development pages do and hold the whole article.
"""

import re
from collections.abc import Iterator, Sequence

from twosource.anchor import fold
from twosource.article import Block
from twosource.clean.lines import line_at
from twosource.clean.metadata import Metadata
from twosource.clean.phrases import Table
from twosource.clean.plain import label_text
from twosource.clean.signs import is_wall

SHORT = 250
"""Words of the report up to which a wall counts wherever it stands: the first sentences may follow it."""

PARAGRAPH = 8
"""Words of a body line after a wall that show that it was none."""

STUB = 60
"""Words of the report below which a page that is not free is a stub."""

STATED = 1.5
"""Times as many words as are shown that a page which is not free must state to have, for what is shown to be a part."""

SIGNED = 200
"""Code points of the longest line in which writers and editors sign."""

MAX_QUOTED = 80
"""Code points of a line that a remark quotes."""

_CUT = re.compile(r"\w[,;]?[\s\[(]{0,2}(?:\.\.\.|…)[\s\])]{0,3}$")
_COUNTED = re.compile(r"\[\+?\d{1,7} char(?:s|acters)?\]\s{0,3}$")
_ENDINGS = ("...", "…", "]")


def cut_short(text: str, markup: Sequence[Block], title: str | None, known: Table) -> str | None:
    """Return why ``text`` is taken for a part of its article, as a clause for people, or None.

    ``markup`` are the blocks of a page; a text without is labelled only where a phrase or an ellipsis asks for it.
    """
    folded = fold(text)
    if not (_holds_phrase(folded.casefold(), known) or _may_be_cut(folded)):
        return None
    blocks = markup or label_text(text, title, known)
    return _at_wall(folded, blocks, known) or _in_ellipsis(folded, blocks, known)


def stub(said: Metadata, text: str, markup: Sequence[Block], known: Table) -> str | None:
    """Return why a page that is not free holds only a part of its article, by its length, or None.

    A report that those who wrote and edited it sign at its end is whole, however short: an agency's first flash.
    """
    if said.free is not False or not markup or _is_signed(text, markup, known):
        return None
    shown = sum(len(block.span.of(text).split()) for block in markup if block.kind == "body")
    if said.words is not None and said.words >= STATED * shown + STUB:
        return f"the page is not free and shows {shown} of {said.words} words"
    return f"the page is not free and shows {shown} words" if shown < STUB and said.words is None else None


def _is_signed(text: str, blocks: Sequence[Block], known: Table) -> bool:
    """Tell whether the line after the last paragraph says who wrote, reported and edited it."""
    last = max((i for i, block in enumerate(blocks) if block.kind == "body"), default=len(blocks))
    signed = [fold(block.span.of(text)).casefold() for block in blocks[last : last + 2] if block.span.width <= SIGNED]
    return any(phrase in line for line in signed for phrase in known.byline.contains)


def _at_wall(text: str, blocks: Sequence[Block], known: Table) -> str | None:
    """A wall after which no paragraph comes, or in a text so short that it may stand at its head."""
    body = [(block.start, len(block.span.of(text).split())) for block in blocks if block.kind == "body"]
    short = sum(words for _, words in body) <= SHORT
    last = max((start for start, words in body if words >= PARAGRAPH), default=-1)
    for line in (block for block in blocks if short or block.start >= last):
        if is_wall(line_at(line.span, line.span.of(text)), known):
            return f"it ends at the line «{line.span.of(text)[:MAX_QUOTED]}»"
    return None


def _in_ellipsis(text: str, blocks: Sequence[Block], known: Table) -> str | None:
    """The last paragraph breaks off: in an ellipsis, or in the count of what is left that some feeds put there."""
    last = next((block.span.of(text) for block in reversed(blocks) if block.kind == "body"), "")
    if _COUNTED.search(last, max(0, len(last) - 40)):
        return f"it breaks off: «…{last[-MAX_QUOTED:]}»"
    sentence = last[max(0, len(last) - 300) :]
    if len(sentence.split()) < PARAGRAPH or not _CUT.search(sentence, max(0, len(sentence) - 12)):
        return None
    tail = sentence[-MAX_QUOTED:].casefold()
    return None if any(map(tail.__contains__, known.partial.growing)) else f"it breaks off: «…{last[-MAX_QUOTED:]}»"


def _may_be_cut(folded: str) -> bool:
    """Tell whether any line ends as a text that breaks off does."""
    return any(line.rstrip().endswith(_ENDINGS) for line in _ends(folded))


def _ends(folded: str) -> Iterator[str]:
    return (line[-16:] for line in folded.splitlines() if line)


def _holds_phrase(key: str, known: Table) -> bool:
    return any(map(key.__contains__, known.partial.starts)) or any(map(key.__contains__, known.partial.contains))
