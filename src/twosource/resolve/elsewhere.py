"""Names of the cast in lines that are not read for statements (captions, credits between paragraphs): mentions, never
antecedents.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from twosource.anchor import fold
from twosource.article import Span
from twosource.extract.sentences import Paragraph
from twosource.extract.words import plain
from twosource.resolve.cast import Cast, Member
from twosource.resolve.names import parse_name, skeleton

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[-'][^\W_]+)?")


def look_elsewhere(cast: Cast, paragraphs: Sequence[Paragraph]) -> None:
    """Add the full names of known people that stand between the told paragraphs, other spellings of them included."""
    known: dict[tuple[str, str], Member] = {}
    for member in cast.members:
        parts = parse_name(member.name).parts if member.kind == "person" else ()
        if len(parts) > 1:
            known.setdefault((skeleton(parts[0]), skeleton(parts[-1])), member)
    for gap in _gaps(paragraphs) if known else ():
        words = _capitalised(gap, cast.text)
        for (first, given), (last, surname) in pairwise(words):
            named = known.get((given, surname))
            if named and last.start - first.end <= 1:
                named.mentions.append(Span(first.start, last.end))


def _gaps(paragraphs: Sequence[Paragraph]) -> list[Span]:
    """Stretches of text between one told paragraph and the next."""
    spans = [p.span for p in paragraphs]
    return [Span(a.end, b.start) for a, b in pairwise(spans) if b.start > a.end]


def _capitalised(gap: Span, text: str) -> list[tuple[Span, str]]:
    """Capitalised words of a gap with their skeletons, possessives cut off."""
    found = [(m.start(), m.group().removesuffix("'s")) for m in _WORD.finditer(fold(gap.of(text)))]
    return [(Span(at, at + len(w)).moved(gap.start), skeleton(plain(w))) for at, w in found if w[:1].isupper()]
