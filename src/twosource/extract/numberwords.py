"""Number words of a language, and numbers in digits.

Decides which runs of digits and marks are one number: a run that fits no way of writing one ("1,2,3,4", mixed scripts)
is none at all.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from twosource.extract.lexemes import Lexeme, gap
from twosource.lang import Language

MAX_DIGITS = 24
"""Longest run of digits, marks included, that is read as a number (a trillion with cents and marks has 20)."""

Kind = Literal["unit", "zero", "teen", "tens", "hundred", "scale", "plural", "dozen"]


@dataclass(frozen=True, slots=True)
class NumeralTable:
    """``numerals.toml`` of a language: the words numbers are made of, each with its value."""

    articles: tuple[str, ...]
    point: str
    minus: tuple[str, ...]
    half: str
    hundred: str
    of: str
    units: dict[str, float]
    zero: dict[str, float]
    teens: dict[str, float]
    tens: dict[str, float]
    scales: dict[str, float]
    scales_plural: dict[str, float]
    scales_short: dict[str, float]
    scales_glued: dict[str, float]
    scales_money: dict[str, float]
    dozens: dict[str, float]
    denominators: dict[str, float]
    denominator_ends: dict[str, float]
    joined_by: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Number words by kind, ready for look-up."""

    table: NumeralTable
    kinds: dict[str, tuple[Kind, float]]

    def starts(self, word: Lexeme) -> bool:
        """Tell whether a number may begin with ``word`` (articles included)."""
        low = word.low
        return low in self.kinds or low in self.openers or low[-1].isnumeric()

    @property
    def openers(self) -> frozenset[str]:
        """Words that begin a number without being one."""
        return _openers(self.table.articles, self.table.minus, self.table.half)


@cache
def _openers(articles: tuple[str, ...], minus: tuple[str, ...], half: str) -> frozenset[str]:
    return frozenset((*articles, *minus, half))


@cache
def lexicon(lang: Language) -> Lexicon:
    """Return the number words of ``lang``."""
    table = lang.table("numerals", NumeralTable)
    kinds: dict[str, tuple[Kind, float]] = {table.hundred: ("hundred", 100.0)}
    groups: tuple[tuple[Kind, dict[str, float]], ...] = (
        ("unit", table.units),
        ("zero", table.zero),
        ("teen", table.teens),
        ("tens", table.tens),
        ("scale", table.scales | table.scales_short),
        ("plural", table.scales_plural),
        ("dozen", table.dozens),
    )
    for kind, values in groups:
        kinds |= {word: (kind, value) for word, value in values.items()}
    return Lexicon(table, kinds)


def number_in_digits(shown: str) -> float | None:
    """Return the value of a run of digits and marks, or None where it is not one number.

    Read: "1200", "1,200.5", "12,34,567" (Indian), "1.200.000" and "1.111,11" (continental), ".5". Digits of another
    script count if all are of one script.
    """
    if len(shown) > MAX_DIGITS:
        return None
    plain = _one_script(shown)
    if plain is None:
        return None
    commas, stops = plain.count(","), plain.count(".")
    if stops > 1 or (stops and commas and plain.rfind(",") > plain.rfind(".")):
        plain = plain.translate(_SWAPPED)
        commas, stops = stops, commas
    if stops > 1:
        return None
    whole, _, decimals = plain.partition(".")
    if commas and not _grouped(whole.split(",")):
        return None
    return float(f"{whole.replace(',', '') or '0'}.{decimals or '0'}") if "," not in decimals else None


_SWAPPED = str.maketrans(",.", ".,")


def _one_script(shown: str) -> str | None:
    """Write the digits in ASCII; None where they come from several scripts."""
    if shown.isascii():
        return shown
    zeros = {ord(c) - unicodedata.decimal(c) for c in shown if c.isdecimal()}
    if len(zeros) != 1:
        return None
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in shown)


def _grouped(groups: list[str]) -> bool:
    """Tell whether commas stand at thousands, or as in Indian usage at hundreds above the last thousand."""
    if not 1 <= len(groups[0]) <= 3 or len(groups[-1]) != 3:
        return False
    inner = {len(g) for g in groups[1:-1]}
    return inner <= {3} or (inner <= {2} and len(groups[0]) <= 2)


def denominator_at(words: list[Lexeme], at: int, lex: Lexicon) -> tuple[int, float] | None:
    """Return where the denominator at lexeme ``at`` ends (not included) and its value: "fifths", "twenty-fifth"."""
    if at >= len(words):
        return None
    kind, tens = lex.kinds.get(words[at].low, ("", 0.0))
    if kind != "tens":
        under = lex.table.denominators.get(words[at].low)
        return (at + 1, under) if under else None
    after = past_hyphen(words, at + 1)
    low = words[after].low if after < len(words) else ""
    unit = lex.table.denominator_ends.get(low)
    return (after + 1, tens + unit) if unit else None


def past_hyphen(words: list[Lexeme], at: int) -> int:
    """Return the index of lexeme ``at``, or of the one after it if ``at`` is a hyphen that touches both sides."""
    hyphen = at + 1 < len(words) and words[at].text == "-" and gap(words, at) == gap(words, at + 1) == 0
    return at + 1 if hyphen else at


def scale_of(word: Lexeme, lex: Lexicon) -> float | None:
    """Return what a scale word multiplies by ("million", "dozen", "hundred"), None for any other word."""
    kind, value = lex.kinds.get(word.low, ("", 0.0))
    return value if kind in ("scale", "dozen", "hundred") else None
