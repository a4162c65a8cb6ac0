"""The words around numbers: what they say of a figure, or that there is none."""

from dataclasses import dataclass
from functools import cache

from twosource.extract.hedges import Hedges, hedges
from twosource.extract.numberwords import Lexicon, lexicon
from twosource.extract.units import Units, units
from twosource.lang import Language


@dataclass(frozen=True, slots=True)
class FigureTable:
    """``figures.toml`` of a language, hedges apart."""

    words: dict[str, tuple[str, ...]]
    rates: tuple[str, ...]
    labels: tuple[str, ...]
    labels_capital: tuple[str, ...]
    streets: tuple[str, ...]
    uncounted_by_one: tuple[str, ...]
    uncounted_by_no: tuple[str, ...]
    plurals: dict[str, str]


@dataclass(frozen=True, slots=True)
class FigureWords:
    """All that is known of a language for reading figure_words; word groups as sets."""

    numbers: Lexicon
    units: Units
    hedges: Hedges
    words: dict[str, frozenset[str]]
    rates: frozenset[str]
    labels: frozenset[str]
    labels_capital: frozenset[str]
    streets: frozenset[str]
    uncounted_by_one: frozenset[str]
    uncounted_by_no: frozenset[str]
    plurals: dict[str, str]


@cache
def figure_words(lang: Language) -> FigureWords:
    """Return the tables of ``lang`` for reading figure_words."""
    table = lang.table("figures", FigureTable)
    return FigureWords(
        numbers=lexicon(lang),
        units=units(lang),
        hedges=hedges(lang),
        words={name: frozenset(group) for name, group in table.words.items()},
        rates=frozenset(table.rates),
        labels=frozenset(table.labels),
        labels_capital=frozenset(table.labels_capital),
        streets=frozenset(table.streets),
        uncounted_by_one=frozenset(table.uncounted_by_one),
        uncounted_by_no=frozenset(table.uncounted_by_no),
        plurals=table.plurals,
    )
