"""Signatures: who put their name under a paragraph, as under an embedded post ("... - Jan Holt (@holt) May 2")."""

from collections.abc import Iterator, Sequence

from twosource.article import Span
from twosource.extract.words import Word
from twosource.resolve.cast import Cast, Member
from twosource.resolve.scene import Scene

TAIL = 12
"""Words that may follow the name of a signature: an address and a date."""

SIGNED = 20
"""Words from the end of a paragraph among which its signature is looked for."""

_DASHES = frozenset({"-", "--", "---"})


def signed(scene: Scene, cast: Cast) -> list[tuple[Span, Member]]:
    """Return the stretches of words that have a signature right under them, in order, each with who signed."""
    return [found for words in scene.paragraphs() for found in _signature(words, cast)]


def _signature(words: Sequence[Word], cast: Cast) -> Iterator[tuple[Span, Member]]:
    """The last dash of the paragraph with a name behind it that an address or nothing follows."""
    for i in range(len(words) - 2, max(0, len(words) - 2 - SIGNED), -1):
        if words[i].text in _DASHES:
            name = cast.beginning(words[i + 1].start)
            after = [w for w in words[i + 1 :] if name and w.start >= name.span.end]
            if name and len(after) <= TAIL and (not after or after[0].text == "("):
                yield Span(words[0].start, words[i].start), cast.by_mention[name.span]
            return
