"""Words of a paragraph: tokens joined over hyphens, the unit in which names and roles are matched.

"Jean-Claude", "R-S.C." and "al-Qaeda" are one word each; a possessive "'s" is a word of its own.
"""

import unicodedata
from dataclasses import dataclass

from twosource.anchor import fold
from twosource.article import Span
from twosource.extract.sentences import Paragraph

HYPHENS = frozenset({"-", "\u2010", "\u2011"})
"""What joins two words into one; other dashes part them."""

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Penn Treebank tags of finite verbs."""


_ACCENTS = dict.fromkeys(range(0x300, 0x370))


def plain(text: str) -> str:
    """Return ``text`` lower case, quotation marks and spaces made plain, accents gone: for comparing words, not for
    offsets.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", fold(text)).translate(_ACCENTS)).lower()


@dataclass(frozen=True, slots=True)
class Word:
    """One word: article offsets, text, plain form, coarse and fine tag of its last token ("" without a parse model).

    ``token`` is the index of its last token in the paragraph's document, ``sentence`` the number of its sentence there.
    """

    start: int
    end: int
    text: str
    plain: str
    pos: str
    tag: str
    token: int
    sentence: int
    first: bool

    @property
    def span(self) -> Span:
        """The word's place in the article."""
        return Span(self.start, self.end)

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital letter (a letter without case counts as one)."""
        head = self.text[0]
        return head.isalpha() and not head.islower()

    @property
    def punctuation(self) -> bool:
        """Tell whether it has neither letter nor digit."""
        return not any(c.isalnum() for c in self.text)


def words_of(paragraph: Paragraph, text: str) -> tuple[Word, ...]:
    """Return the words of a paragraph in order, white space left out. ``text`` is the article's, where a dash is not
    a hyphen.
    """
    found: list[Word] = []
    sentence, opening, joined = -1, True, False
    parsed = paragraph.parsed
    for token in paragraph.doc:
        if token.is_sent_start or sentence < 0:
            sentence, opening = sentence + 1, True
        if token.is_space:
            joined = False
            continue
        place, end = paragraph.start + token.idx, paragraph.start + token.idx + len(token.text)
        hyphen = text[place:end] in HYPHENS and not token.whitespace_
        shown, start, first = token.text, place, opening
        if (
            found
            and (joined or hyphen)
            and found[-1].end == place
            and not opening
            and not (hyphen and found[-1].punctuation)
        ):
            last = found.pop()
            shown, start, first = last.text + token.text, last.start, last.first
        pos, tag = (token.pos_, token.tag_) if parsed else ("", "")
        found.append(Word(start, end, shown, plain(shown), pos, tag, token.i, sentence, first))
        joined, opening = hyphen, False
    return tuple(found)
