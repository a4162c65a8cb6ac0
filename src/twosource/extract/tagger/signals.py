"""What the tagger sees of a paragraph: each word's pieces, and what the parse and the quotation marks say of it.

The words are the parser's tokens. Signs are small whole numbers, 0 where nothing is known: without a parse the tagger
still works on the words and marks alone.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from twosource.article import Span
from twosource.extract.marked import Marked
from twosource.extract.tagger.wordpiece import WordPiece
from twosource.lang import Language

if TYPE_CHECKING:
    from spacy.tokens import Token

MARKS = 6
"""Values of the sign for marks: unknown, outside, in a pair, in one not closed; in a heading outside and inside."""

FIELDS = 4
"""Signs of a word: tag, relation to its head, kind of name, quotation marks."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the parse of one language can say of a word; a sign is a place in these lists, from 1."""

    tags: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def sizes(self) -> tuple[int, int, int, int]:
        """Number of values of each sign; 0 is unknown, the last kind of name is none."""
        return len(self.tags) + 1, len(self.relations) + 1, len(self.names) + 2, MARKS


@dataclass(frozen=True, slots=True)
class Signals:
    """One paragraph for the tagger: for each word its place in the article, its pieces, its signs and its head.

    ``signs``: words x `FIELDS`; ``heads``: the head's place among the words (its own where it has none); ``breaks``:
    the places among the words where a sentence starts.
    """

    spans: tuple[Span, ...]
    pieces: tuple[tuple[int, ...], ...]
    signs: NDArray[np.int64]
    heads: NDArray[np.int64]
    breaks: tuple[int, ...]


class Eyes:
    """Reads paragraphs into signals: a vocabulary of pieces and an inventory of signs."""

    def __init__(self, wordpiece: WordPiece, lang: Language) -> None:
        """Take the pieces of the model's vocabulary and the inventory of the language."""
        known = lang.table("tagger", Inventory)
        self.wordpiece = wordpiece
        self.sizes = known.sizes
        self._tags, self._relations, self._names = (
            {name: number for number, name in enumerate(names, start=1)}
            for names in (known.tags, known.relations, known.names)
        )
        self._no_name = len(known.names) + 1

    def read(self, marked: Marked) -> Signals:
        """Return what the tagger sees of a paragraph; white space is no word."""
        words = [t for t in marked.doc if not t.is_space]
        place = {t.i: n for n, t in enumerate(words)}
        parsed = marked.paragraph.parsed
        signs = [(*(self._parse(t) if parsed else (0, 0, 0)), _marks(marked, t)) for t in words]
        heads = [place.get(t.head.i, n) if parsed else n for n, t in enumerate(words)]
        starts = {first for first, _ in marked.sentences}
        return Signals(
            spans=tuple(marked.paragraph.place(t) for t in words),
            pieces=tuple(self.wordpiece.pieces(t.text) for t in words),
            signs=np.array(signs, dtype=np.int64).reshape(len(words), FIELDS),
            heads=np.array(heads, dtype=np.int64),
            breaks=tuple(n for n, t in enumerate(words) if t.i in starts),
        )

    def _parse(self, token: "Token") -> tuple[int, int, int]:
        name = self._names.get(token.ent_type_, self._no_name)
        return self._tags.get(token.tag_, 0), self._relations.get(token.dep_, 0), name


def _marks(marked: Marked, token: "Token") -> int:
    pair = marked.pair_at(token.i)
    if marked.paragraph.block.kind != "body":
        return 4 if pair is None else 5
    return 1 if pair is None else 2 if pair.closed else 3
