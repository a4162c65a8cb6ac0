"""Words, numbers and signs of one paragraph, each at its place, as figures and time expressions read them.

The parse model's tokens are not used for this: they split "$5m" and "58-year-old" in several ways, and without a model
there are none.
"""

import re
from typing import NamedTuple

_LEXEME = re.compile(
    r"(?i:[ap]\.m\.?|u\.s\.|u\.k\.|b\.c\.e?\.?|a\.d\.)(?!\w)"  # abbreviations whose stops belong to them
    r"|[¼½¾⅐-⅞]"
    r"|\d[\d.,]*"
    r"|(?<![\w.])\.\d+"
    r"|[^\W\d_¼½¾⅐-⅞]+"
    r"|[^\w\s]|_"
)
_APART = 1 << 30


class Lexeme(NamedTuple):
    """One word, number or sign: half-open place in the paragraph's text, lower-case form, and form as written."""

    start: int
    end: int
    low: str
    text: str

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        """Tell whether it is written in digits ("4", "1,200", ".5")."""
        return self.text[-1].isdecimal()


def lexemes(text: str) -> list[Lexeme]:
    """Return the lexemes of ``text`` in order. Stops and commas after a number are signs of their own. Linear in
    length.
    """
    found: list[Lexeme] = []
    for match in _LEXEME.finditer(text):
        start, end = match.span()
        shown = match.group()
        if shown[-1] in ".," and shown[0].isdecimal():
            bare = shown.rstrip(".,")
            found.append(Lexeme(start, start + len(bare), bare, bare))
            found.extend(Lexeme(i, i + 1, text[i], text[i]) for i in range(start + len(bare), end))
        else:
            found.append(Lexeme(start, end, shown.lower(), shown))
    return found


def gap(words: list[Lexeme], at: int) -> int:
    """Return how many characters stand before lexeme ``at`` since the last one; very many where either is missing."""
    return words[at].start - words[at - 1].end if 0 < at < len(words) else _APART
