"""WordPiece: the pieces of a word in the vocabulary the encoder was trained with (Devlin et al. 2019, uncased).

A word is lower-cased, its marks are dropped, punctuation and CJK signs stand alone; what remains is cut greedily into
the longest known pieces. A word with a stretch that no piece covers is one unknown piece there.
"""

import unicodedata
from collections.abc import Iterator

MAX_LETTERS = 100
"""Code points of one stretch that are cut into pieces; a longer stretch is unknown, as in the encoder's training."""

MAX_KNOWN = 100_000
"""Words whose pieces are remembered, about 20 MB."""

_CJK = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


class WordPiece:
    """The vocabulary, and the pieces of every word met so far (words repeat; the memory of them is bounded)."""

    def __init__(self, vocabulary: str) -> None:
        """Take the vocabulary as one piece a line; a piece's id is its line number from 0."""
        self._ids = {piece: number for number, piece in enumerate(vocabulary.splitlines())}
        self.unknown, self.start, self.end = (self._ids[p] for p in ("[UNK]", "[CLS]", "[SEP]"))
        self._known: dict[str, tuple[int, ...]] = {}

    def pieces(self, word: str) -> tuple[int, ...]:
        """Return the ids of a word's pieces, at least one."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            known = tuple(i for part in _parts(word) for i in self._cut(part)) or (self.unknown,)
            self._known[word] = known
        return known

    def _cut(self, part: str) -> tuple[int, ...]:
        if len(part) > MAX_LETTERS:
            return (self.unknown,)
        found: list[int] = []
        at = 0
        while at < len(part):
            end = len(part)
            while end > at and (part[at:end] if not at else "##" + part[at:end]) not in self._ids:
                end -= 1
            if end == at:
                return (self.unknown,)
            found.append(self._ids[part[at:end] if not at else "##" + part[at:end]])
            at = end
        return tuple(found)


def _parts(word: str) -> Iterator[str]:
    """Yield the stretches of a word between punctuation, and each sign of punctuation."""
    plain = "".join(ch for ch in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(ch) != "Mn")
    start = 0
    for at, ch in enumerate(plain):
        alone = _alone(ch)
        if alone or ch.isspace() or unicodedata.category(ch)[0] == "C":
            if start < at:
                yield plain[start:at]
            if alone:
                yield ch
            start = at + 1
    if start < len(plain):
        yield plain[start:]


def _alone(ch: str) -> bool:
    if ch.isalnum() and ch.isascii():
        return False
    if ch.isascii():
        return ch.isprintable() and not ch.isspace()
    return unicodedata.category(ch)[0] == "P" or any(low <= ord(ch) <= high for low, high in _CJK)
