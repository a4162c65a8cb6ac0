"""What a word is when stored texts are searched: one folding for every store, for queries and for the places shown.

A word is a run of letters and digits; case, accents and width do not count, and marks or soft hyphens inside it are
passed over. `folded` gives what goes into a full-text index: such words and spaces, nothing else, so that SQLite and
PostgreSQL, whose own rules differ, find the same articles.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_SPELLED = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e",
}  # fmt: skip
"""Latin letters that Unicode does not take apart, as readers without them type them."""

_JOINERS = {0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}
"""Soft hyphen, zero-width space and joiners: inside a word they are not seen."""

_WORD = re.compile(r"\S+")


def _fold_character(char: str) -> str:
    """What one character is in an index: letters and digits, nothing (a mark), or a space."""
    if ord(char) in _JOINERS or unicodedata.category(char)[0] == "M":
        return ""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    kept = (_SPELLED.get(c, c if c.isalnum() else " ") for c in plain if unicodedata.category(c)[0] != "M")
    return "".join(kept) or " "


class _Table(dict[int, str]):
    """Every character's folding, filled in as characters are met (at most one entry for each there is)."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _fold_character(chr(code))
        return found


_TABLE = _Table()


class Word(NamedTuple):
    """A word of a text: where it stands there, and what it is folded."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words that must stand in a row (at least one); with ``prefix`` the last may go on ("dron*")."""

    keys: tuple[str, ...]
    prefix: bool = False


Clauses = tuple[tuple[Phrase, ...], ...]
"""What a text must hold: of every clause at least one phrase."""


def folded(text: str) -> str:
    """Return the folded words of ``text`` with spaces between them, for a full-text index. Total and linear."""
    return text.translate(_TABLE)


def keys(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text`` in order."""
    return tuple(folded(text).split())


def words(text: str) -> Iterator[Word]:
    """Yield the words of ``text`` with their places; their keys are those of `keys`, in the same order."""
    at = places(text)
    for found in _WORD.finditer(folded(text)):
        start, end = found.span()
        yield Word(start, end, found[0]) if at is None else Word(at[start], at[end - 1] + 1, found[0])


def places(text: str) -> list[int] | None:
    """Return, for each character of the folded text, which of ``text`` it comes from; None where both run in step."""
    if all(len(_TABLE[ord(c)]) == 1 for c in set(text)):
        return None
    return [at for at, char in enumerate(text) for _ in _TABLE[ord(char)]]
