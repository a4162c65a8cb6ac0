"""Measures and currencies: which words name them, and how large one is in the base unit of its kind.

A figure keeps the unit it was told in, under one canonical name ("square miles" and "sq mi" are "mi2"); nothing is
converted on reading, because what an outlet told is part of the evidence. Whoever compares two tellings takes the
factors of `Units.measures`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from twosource.extract.lexemes import Lexeme, gap, lexemes
from twosource.lang import Language

Mode = Literal["name", "sign", "glued"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of ``units.toml``; ``factor`` is its size in the base unit of its kind, None for temperatures."""

    unit: str
    kind: str
    names: tuple[str, ...]
    factor: float | None = None
    signs: tuple[str, ...] = ()
    glued: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency; ``before`` and ``after`` name its country beside a sign ("A$5", "$5 Canadian")."""

    unit: str
    names: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    glued: tuple[str, ...] = ()
    hundredth_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitTable:
    """``units.toml`` of a language."""

    measures: tuple[Measure, ...]
    currencies: tuple[Currency, ...]


@dataclass(frozen=True, slots=True)
class UnitWord:
    """One spelling of a unit: its words, the unit and its kind ("money" for currencies), and how it must stand."""

    words: tuple[str, ...]
    unit: str
    kind: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a language, ready for look-up by first word."""

    after: dict[str, tuple[UnitWord, ...]]
    """Lower-case first word: spellings that follow a number, longest first."""
    signs: dict[str, str]
    """Currency sign, as written: currency."""
    codes: dict[str, str]
    """Three-letter code or word in lower case that may stand before a number: currency."""
    countries_before: dict[str, str]
    countries_after: dict[str, str]
    hundredths: dict[str, frozenset[str]]
    """Unit of a hundredth ("cents"): currencies it is a hundredth of."""
    measures: dict[str, Measure]


@cache
def units(lang: Language) -> Units:
    """Return the units of ``lang``."""
    table = lang.table("units", UnitTable)
    spelled = [w for m in table.measures for w in _spellings(m.names, m.signs, m.glued, m.unit, m.kind)]
    spelled += [w for c in table.currencies for w in _spellings(c.names, c.signs, c.glued, c.unit, "money")]
    after: dict[str, list[UnitWord]] = {}
    for word in spelled:
        after.setdefault(word.words[0].lower(), []).append(word)
    currencies = table.currencies
    return Units(
        after={first: tuple(sorted(group, key=lambda w: -len(w.words))) for first, group in after.items()},
        signs={sign: c.unit for c in currencies for sign in c.signs},
        codes={name: c.unit for c in currencies for name in c.names if len(name) == 3 and name == c.unit.lower()},
        countries_before={word: c.unit for c in currencies for word in c.before},
        countries_after={word: c.unit for c in currencies for word in c.after},
        hundredths={c.unit: frozenset(c.hundredth_of) for c in currencies if c.hundredth_of},
        measures={m.unit: m for m in table.measures},
    )


def _spellings(
    names: tuple[str, ...], signs: tuple[str, ...], glued: tuple[str, ...], unit: str, kind: str
) -> list[UnitWord]:
    found = [UnitWord(tuple(w.low for w in lexemes(n)), unit, kind, "name") for n in names]
    found += [UnitWord((*w.words[:-1], w.words[-1] + "s"), unit, kind, "name") for w in found if w.words[-1].isalpha()]
    found += [UnitWord(tuple(w.text for w in lexemes(n)), unit, kind, "sign") for n in signs]
    return found + [UnitWord(tuple(w.text for w in lexemes(n)), unit, kind, "glued") for n in glued]


def unit_at(words: list[Lexeme], at: int, known: Units) -> tuple[int, UnitWord] | None:
    """Return where the unit that begins at word ``at`` ends (not included) and what it is, the longest spelling, or
    None.

    A hyphen between number and unit ("three-year", "68-ounce") is the caller's to skip.
    """
    if at >= len(words):
        return None
    for spelling in known.after.get(words[at].low, ()):
        last = at + len(spelling.words)
        if last <= len(words) and _stands(words, at, last, spelling):
            return last, spelling
    return None


def _stands(words: list[Lexeme], at: int, last: int, spelling: UnitWord) -> bool:
    shown = tuple(w.low if spelling.mode == "name" else w.text for w in words[at:last])
    if shown != spelling.words or any(gap(words, i) > 2 for i in range(at + 1, last)):
        return False
    if spelling.mode == "name":
        return True
    if any(gap(words, i) > 0 for i in range(at + 1, last)):
        return False  # "5 ft 2" is no area
    room = 0 if spelling.mode == "glued" else 1
    followed = gap(words, last) == 0 and words[last].text[0].isalnum() if last < len(words) else False
    return gap(words, at) <= room and not followed
