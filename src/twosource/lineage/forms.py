"""The words of a text as copies are compared by: small letters, without what a copyist can change unseen.

Evidence: Unicode itself. Accents, full-width letters and ligatures fall away, letters that look Latin in another script
become the Latin ones, and characters that nobody sees stand inside a word without parting it.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_UNSEEN = "\u00ad\u0300-\u036f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_TOKEN = re.compile(rf"(?:[^\W_]|[{_UNSEEN}])+")
_ASCII_TOKEN = re.compile(r"[^\W_]+")
_NOT_SEEN = re.compile(rf"[{_UNSEEN}]+")

_LOOKS = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u04cf\u0261\u0131"
    "\u03bf\u03b1\u03bd\u03c1\u03c5\u03c9\u03ba\u03b9\u03c4\u0432\u043a\u043c\u043d\u0442\u0433\u043f\u02bc",
    "aeopcyxijshdqwlgioavpuwkitbkmhtrn'",
)
"""Small letters of other scripts that look like a Latin one (after the Unicode confusables)."""


def forms(folded: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int, int]]:
    """Yield the form of each word of a stretch of folded text, and where it starts and ends, in order. Linear."""
    stop = len(folded) if end is None else end
    token = _ASCII_TOKEN if folded.isascii() else _TOKEN  # twice as fast
    for match in token.finditer(folded, start, stop):
        word = match.group()
        form = word.lower() if word.isascii() else _plain(word)
        if form:
            yield form, match.start(), match.end()


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    """The form of a word that has more than ASCII letters; "" where nothing of it can be seen."""
    bare = unicodedata.normalize("NFKD", _NOT_SEEN.sub("", word)).casefold()
    shown = "".join(c for c in bare if c.isalnum())
    return shown.translate(_LOOKS)
